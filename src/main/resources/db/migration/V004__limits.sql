-- How long a job was at work, over all its attempts.
alter table job add column worked_millis bigint default 0 not null;
