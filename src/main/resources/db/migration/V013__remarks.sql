-- What a review says on single lines; see job.Remark. The review itself is a mention.
create sequence remark_seq start with 1 increment by 1;

create table remark (
  id bigint not null primary key,
  review_node varchar(200) not null,
  comment_id bigint not null,
  review_thread bigint not null,
  commit_id varchar(64) not null,
  path varchar(4100) not null,
  line_number bigint,
  hunk varchar(4100) not null,
  text varchar(66000) not null,
  constraint remark_once unique (review_node, comment_id)
);
