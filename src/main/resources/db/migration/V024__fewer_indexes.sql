-- What is written with every change of a job is read seldom: the few jobs that their status comments do not tell of are ordered
-- when they are read, and those whose work is not kept yet are found among the stopped ones.
drop index job_untold;
create index job_untold on job (untold, id);
drop index job_unkept;
