-- What people of a repository want done so, learnt from what they corrected: job.Convention.
create sequence convention_seq start with 1 increment by 1;

create table convention (
  id bigint not null primary key,
  repository varchar(140) not null,
  repository_key varchar(140) not null,
  rule varchar(300) not null,
  stage varchar(20) not null,
  said_by_id bigint not null,
  said_by_login varchar(100) not null,
  source varchar(2000) not null,
  source_key varchar(300) not null,
  served_by varchar(64),
  learnt_at timestamp(6) with time zone not null,
  used_at timestamp(6) with time zone not null,
  note varchar(300) not null,
  unique (repository_key, source_key, rule)
);
