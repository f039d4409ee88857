-- What went wrong with a job on its way, counted by class; see job.Setbacks.
alter table job add column failures integer default 0 not null;
alter table job add column bugs integer default 0 not null;
alter table job add column waits integer default 0 not null;
alter table job add column waiting_since timestamp(6) with time zone;
alter table job add column crashes integer default 0 not null;
alter table job add column steps integer default 0 not null;
alter table job add column furthest integer default 0 not null;
