-- A reference has an index of its own here, which is as good as these: what a job has of either is little, and put in order when
-- it is read. Each was written with each row.
drop index event_story;
drop index mention_job;

-- What names its job uniquely needs no second index for the reference, which H2 gave this name.
alter table attempt drop constraint if exists constraint_28;

-- Written anew with every change of a job, and read seldom: who made it when is in the order of the numbers.
drop index job_created;
