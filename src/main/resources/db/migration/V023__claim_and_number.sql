-- All that a claim asks is answered by one index; each of three was written anew with every change of a job.
drop index job_lease;
drop index job_due;
drop index job_queue;
create index job_claim on job (state, lease_end, due_at, id);

-- Whoever says something under an issue asks for its newest job.
create index job_subject on job (repository_key, issue_number, id);

-- The number of the newest job, written together with it.
create table job_number (
  id bigint not null primary key,
  newest bigint not null
);

insert into job_number values (1, nextval('job_seq') - 1);
drop sequence job_seq;
