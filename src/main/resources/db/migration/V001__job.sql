-- Said in SQL that H2 and PostgreSQL both speak. Names of repositories are kept as GitHub writes
-- them, and a second time in lower case where they are compared.

-- Uncached, so that a crash leaves no hole in the numbers that people read.
create sequence job_seq start with 1 increment by 1 cache 1;
create sequence attempt_seq start with 1 increment by 1;
create sequence mention_seq start with 1 increment by 1;
create sequence event_seq start with 1 increment by 1;
create sequence effect_seq start with 1 increment by 1;
create sequence stream_seq start with 1 increment by 1;

create table job (
  id bigint not null primary key,
  version bigint not null,
  repository varchar(140) not null,
  repository_key varchar(140) not null,
  issue_number bigint not null,
  -- The subject while the job is unfinished, then null: one active job for each subject.
  active_subject varchar(170),
  kind varchar(20) not null,
  title varchar(300) not null,
  requester_id bigint not null,
  requester_login varchar(100) not null,
  state varchar(20) not null,
  step varchar(20),
  lease_owner varchar(200),
  lease_end timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  reason varchar(8000),
  pull_request varchar(2000),
  draft boolean not null,
  kept_branch varchar(300),
  attempt integer not null,
  token bigint not null,
  branch varchar(300),
  input_tokens bigint not null,
  output_tokens bigint not null,
  usd numeric(18, 9) not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  -- Whether the status comment may tell of an older version.
  untold boolean not null,
  constraint job_active_subject unique (active_subject)
);

-- One index for each of the questions that a claim asks.
create index job_lease on job (state, lease_end);
create index job_due on job (state, due_at);
create index job_queue on job (state, id);
create index job_untold on job (untold, updated_at);

create table attempt (
  id bigint not null primary key,
  job_id bigint not null references job (id),
  attempt_number integer not null,
  token bigint not null,
  owner varchar(200) not null,
  started_at timestamp(6) with time zone not null,
  ended_at timestamp(6) with time zone,
  outcome varchar(20),
  constraint attempt_token unique (job_id, token)
);

create table mention (
  id bigint not null primary key,
  node_id varchar(200) not null,
  repository varchar(140) not null,
  issue_number bigint not null,
  source varchar(20) not null,
  source_id bigint not null,
  author_id bigint not null,
  author_login varchar(100) not null,
  title varchar(300) not null,
  text varchar(66000) not null,
  link varchar(2000) not null,
  written_at timestamp(6) with time zone not null,
  kept_at timestamp(6) with time zone not null,
  verdict varchar(20) not null,
  job_id bigint references job (id),
  -- Whether its job was made for it; otherwise it joined a job that was there.
  founding boolean not null,
  delivered boolean not null,
  constraint mention_node unique (node_id)
);

create index mention_job on mention (job_id, written_at, id);

create table event (
  id bigint not null primary key,
  job_id bigint not null references job (id),
  happened_at timestamp(6) with time zone not null,
  kind varchar(40) not null,
  text varchar(4000) not null
);

create index event_story on event (job_id, id);

create table effect (
  id bigint not null primary key,
  job_id bigint not null references job (id),
  kind varchar(20) not null,
  effect_key varchar(300) not null,
  state varchar(20) not null,
  external_id varchar(200),
  link varchar(2000),
  planned_at timestamp(6) with time zone not null,
  constraint effect_once unique (job_id, kind, effect_key)
);

create index effect_unsettled on effect (kind, state, id);
create index effect_made on effect (kind, external_id);

create table told (
  job_id bigint not null primary key references job (id),
  version bigint not null,
  digest varchar(200) not null,
  told_at timestamp(6) with time zone not null
);

create table stream (
  id bigint not null primary key,
  repository_key varchar(140) not null,
  kind varchar(20) not null,
  since timestamp(6) with time zone not null,
  etag varchar(500),
  constraint stream_once unique (repository_key, kind)
);

create table repository (
  repository_key varchar(140) not null primary key,
  config varchar(66000) not null,
  reported varchar(200) not null
);
