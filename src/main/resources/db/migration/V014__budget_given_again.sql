-- Whether a limit ended a job, so that a person may give it the same budget once more; when a person last had the job go on
-- after an end, by the clock of who said so; and who gave the present budget, if the one before had run out.
alter table job add column limited boolean default false not null;
alter table job add column budget_since timestamp(6) with time zone;
alter table job add column budget_by varchar(100);
