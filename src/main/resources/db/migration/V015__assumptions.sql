-- What the agent asked and went on without an answer to; see job.Assumption.
create sequence assumption_seq start with 1 increment by 1;

create table assumption (
  id bigint not null primary key,
  job_id bigint not null references job (id),
  -- Counts the assumptions of its job.
  place integer not null,
  prompt_key varchar(1000) not null,
  question varchar(2000) not null,
  assumed varchar(2000) not null,
  -- Where the work can go back to; both or neither.
  tree varchar(40),
  entry varchar(200),
  fate varchar(20) not null,
  constraint assumption_once unique (job_id, place)
);
