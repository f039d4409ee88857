-- How long a job was at work, over all its attempts.
alter table job add column worked_millis bigint default 0 not null;

-- Whether it was called off and nobody has looked yet for what it made.
alter table job add column unkept boolean default false not null;
create index job_unkept on job (unkept, id);
