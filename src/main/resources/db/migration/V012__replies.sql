-- What knight answers somebody besides the status comments; see job.Reply.
create sequence reply_seq start with 1 increment by 1;

create table reply (
  id bigint not null primary key,
  reply_key varchar(300) not null,
  job_id bigint references job (id),
  repository varchar(140) not null,
  issue_number bigint not null,
  -- The first comment of a review's thread; null in the conversation.
  review_thread bigint,
  body varchar(66000) not null,
  state varchar(20) not null,
  external_id bigint,
  link varchar(2000),
  planned_at timestamp(6) with time zone not null,
  begun_at timestamp(6) with time zone,
  constraint reply_once unique (reply_key)
);

create index reply_unmade on reply (state, id);
