-- Answers: one that is there, one of no job that may be on its way, one in a thread that is planned.
insert into reply
  (id, reply_key, job_id, repository, issue_number, review_thread, body, state, external_id, link, planned_at, begun_at) values
  (next value for reply_seq, 'status Ada/Engine#52', 1, 'Ada/Engine', 52, null, 'I am at it.', 'DONE', 9301,
   'https://github.com/Ada/Engine/issues/52#issuecomment-9301', timestamp with time zone '2026-11-20 10:01:00+00',
   timestamp with time zone '2026-11-20 10:01:01+00'),
  (next value for reply_seq, 'help IC_kwDOA92', null, 'Ada/Engine', 53, null, 'I know these words.', 'UNKNOWN', null, null,
   timestamp with time zone '2026-11-20 10:02:00+00', timestamp with time zone '2026-11-20 10:02:01+00'),
  (next value for reply_seq, 'thread PRRC_kwDOA93', 1, 'Ada/Engine', 54, 9401, 'Mended.', 'INTENT', null, null,
   timestamp with time zone '2026-11-20 10:03:00+00', null);
