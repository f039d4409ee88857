-- Which job serves the request that somebody sent under a key: job.RequestKey.
create table request_key (
  chosen_key varchar(200) not null primary key,
  digest varchar(64) not null,
  job_id bigint not null references job (id),
  kept_at timestamp(6) with time zone not null
);

create index request_key_age on request_key (kept_at);

-- How far somebody who tells people of them has read the stories of all jobs.
create table read_mark (
  reader varchar(100) not null primary key,
  event_id bigint not null
);
