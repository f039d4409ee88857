-- Whether it was called off and nobody has looked yet for what it made.
alter table job add column unkept boolean default false not null;
create index job_unkept on job (unkept, id);

-- What of a day's money is set aside for a job that runs, and what jobs have used of that day.
create sequence reservation_seq start with 1 increment by 1;

create table reservation (
  id bigint not null primary key,
  job_id bigint not null references job (id),
  reserved_on date not null,
  reserved numeric(18, 9) not null,
  cost_before numeric(18, 9) not null,
  used numeric(18, 9) not null,
  is_open boolean not null,
  constraint reservation_once unique (job_id, reserved_on)
);

create index reservation_day on reservation (reserved_on);
