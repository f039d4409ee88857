-- What a store of schema 1 may hold: a job in every state, with all that belongs to it.
insert into job values
  (next value for job_seq, 3, 'Ada/Engine', 'ada/engine', 52, 'ada/engine#52', 'IMPLEMENT', 'Engine stalls', 7, 'ada',
   'queued', null, null, null, null, null, null, false, null, 0, 0, null, 0, 0, 0,
   timestamp with time zone '2026-11-20 10:00:00.123456+00', timestamp with time zone '2026-11-20 10:00:00.123456+00', true),
  (next value for job_seq, 9, 'Ada/Engine', 'ada/engine', 53, 'ada/engine#53', 'IMPLEMENT', 'It''s "odd" ü', 7, 'ada',
   'running', 'VERIFY', '71@1764000000', timestamp with time zone '2026-11-20 10:01:00+00', null, null, null, false, null, 2, 4,
   'knight/53-its-odd', 1200, 340, 0.012345678,
   timestamp with time zone '2026-11-20 10:00:00+00', timestamp with time zone '2026-11-20 10:00:30+00', true),
  (next value for job_seq, 5, 'ada/mill', 'ada/mill', 1, 'ada/mill#1', 'IMPLEMENT', 'Mill', 8, 'grace',
   'retrying', null, null, null, timestamp with time zone '2026-11-20 11:00:00+00', 'The model is away', null, false, null, 1, 2,
   null, 0, 0, 0, timestamp with time zone '2026-11-20 09:00:00+00', timestamp with time zone '2026-11-20 10:00:00+00', false),
  (next value for job_seq, 5, 'ada/mill', 'ada/mill', 2, 'ada/mill#2', 'IMPLEMENT', 'Which wheel', 8, 'grace',
   'needs-you', null, null, null, null, 'The left one?', null, false, null, 1, 2,
   null, 10, 20, 0.5, timestamp with time zone '2026-11-20 09:00:00+00', timestamp with time zone '2026-11-20 10:00:00+00', false),
  (next value for job_seq, 12, 'ada/mill', 'ada/mill', 3, null, 'IMPLEMENT', 'Done once', 8, 'grace',
   'done', null, null, null, null, 'All checks passed.', 'https://github.com/ada/mill/pull/4', true, null, 1, 2,
   'knight/3-done-once', 10, 20, 0.5, timestamp with time zone '2026-11-20 09:00:00+00', timestamp with time zone '2026-11-20 10:00:00+00', false),
  (next value for job_seq, 4, 'ada/mill', 'ada/mill', 3, null, 'IMPLEMENT', 'No change', 8, 'grace',
   'no-change', null, null, null, null, 'It was so already', null, false, null, 1, 2,
   null, 10, 20, 0.5, timestamp with time zone '2026-11-20 09:00:00+00', timestamp with time zone '2026-11-20 10:00:00+00', false),
  (next value for job_seq, 4, 'ada/mill', 'ada/mill', 5, null, 'IMPLEMENT', 'Failed', 8, 'grace',
   'failed', null, null, null, null, 'The checks fail', null, false, 'knight/kept/7', 5, 9,
   null, 10, 20, 0.5, timestamp with time zone '2026-11-20 09:00:00+00', timestamp with time zone '2026-11-20 10:00:00+00', false),
  (next value for job_seq, 4, 'ada/mill', 'ada/mill', 6, null, 'IMPLEMENT', 'Stopped', 8, 'grace',
   'stopped', null, null, null, null, 'Stopped by the operator.', null, false, null, 1, 2,
   null, 10, 20, 0.5, timestamp with time zone '2026-11-20 09:00:00+00', timestamp with time zone '2026-11-20 10:00:00+00', false);

insert into attempt values
  (next value for attempt_seq, 2, 1, 1, '70@1763990000', timestamp with time zone '2026-11-20 10:00:01+00',
   timestamp with time zone '2026-11-20 10:00:10+00', 'taken-over'),
  (next value for attempt_seq, 2, 2, 4, '71@1764000000', timestamp with time zone '2026-11-20 10:00:11+00', null, null),
  (next value for attempt_seq, 5, 1, 2, '70@1763990000', timestamp with time zone '2026-11-20 09:00:01+00',
   timestamp with time zone '2026-11-20 10:00:00+00', 'done');

insert into mention values
  (next value for mention_seq, 'IC_kwDOA1', 'Ada/Engine', 52, 'ISSUE_COMMENT', 9001, 7, 'ada', 'Engine stalls',
   U&'@knight please mend it \000a now', 'https://github.com/Ada/Engine/issues/52#issuecomment-9001',
   timestamp with time zone '2026-11-20 09:59:58+00', timestamp with time zone '2026-11-20 10:00:00+00', 'ACCEPTED', 1, true, false),
  (next value for mention_seq, 'IC_kwDOA2', 'Ada/Engine', 53, 'ISSUE', 9002, 7, 'ada', 'It''s "odd" ü',
   '@knight look', 'https://github.com/Ada/Engine/issues/53',
   timestamp with time zone '2026-11-20 09:59:58+00', timestamp with time zone '2026-11-20 10:00:00+00', 'ACCEPTED', 2, true, true),
  (next value for mention_seq, 'IC_kwDOA3', 'Ada/Engine', 53, 'ISSUE_COMMENT', 9003, 7, 'ada', 'It''s "odd" ü',
   '@knight and this', 'https://github.com/Ada/Engine/issues/53#issuecomment-9003',
   timestamp with time zone '2026-11-20 10:00:20+00', timestamp with time zone '2026-11-20 10:00:22+00', 'ACCEPTED', 2, false, false),
  (next value for mention_seq, 'IC_kwDOA4', 'ada/mill', 9, 'ISSUE_COMMENT', 9004, 66, 'eve', 'Mill',
   '@knight mine coins', 'https://github.com/ada/mill/issues/9#issuecomment-9004',
   timestamp with time zone '2026-11-20 10:00:20+00', timestamp with time zone '2026-11-20 10:00:22+00', 'STRANGER', null, false, false),
  (next value for mention_seq, 'hand:1', 'ada/mill', 3, 'COMMAND', 3, 8, 'grace', 'Done once',
   'do it', 'https://github.com/ada/mill/issues/3',
   timestamp with time zone '2026-11-20 09:00:00+00', timestamp with time zone '2026-11-20 09:00:00+00', 'ACCEPTED', 5, true, true);

insert into event values
  (next value for event_seq, 1, timestamp with time zone '2026-11-20 10:00:00.123456+00', 'accepted', 'ada asked: please mend it'),
  (next value for event_seq, 2, timestamp with time zone '2026-11-20 10:00:01+00', 'started', 'Attempt 1 started'),
  (next value for event_seq, 2, timestamp with time zone '2026-11-20 10:00:12+00', 'step', 'Entered verify'),
  (next value for event_seq, 5, timestamp with time zone '2026-11-20 10:00:00+00', 'finished', 'done: All checks passed.');

insert into effect values
  (next value for effect_seq, 1, 'REACTION', 'IC_kwDOA1', 'INTENT', null, null, timestamp with time zone '2026-11-20 10:00:00+00'),
  (next value for effect_seq, 2, 'STATUS_COMMENT', '', 'DONE', '9005', 'https://github.com/Ada/Engine/issues/53#issuecomment-9005',
   timestamp with time zone '2026-11-20 10:00:01+00'),
  (next value for effect_seq, 5, 'PUSH', 'knight/3-done-once', 'DONE', '0123456789abcdef0123456789abcdef01234567', null,
   timestamp with time zone '2026-11-20 09:59:00+00'),
  (next value for effect_seq, 5, 'PULL_REQUEST', 'knight/3-done-once', 'DONE', '4', 'https://github.com/ada/mill/pull/4',
   timestamp with time zone '2026-11-20 09:59:01+00'),
  (next value for effect_seq, 7, 'STATUS_COMMENT', '', 'GIVEN_UP', null, null, timestamp with time zone '2026-11-20 09:00:01+00');

insert into told values
  (2, 8, 'a3f5', timestamp with time zone '2026-11-20 10:00:12+00'),
  (5, 12, 'b7c1', timestamp with time zone '2026-11-20 10:00:01+00');

insert into stream values
  (next value for stream_seq, 'ada/engine', 'ISSUE_COMMENTS', timestamp with time zone '2026-11-20 09:59:58+00', '"abc"'),
  (next value for stream_seq, 'ada/mill', 'ISSUES', timestamp with time zone '2026-11-20 09:00:00+00', null);

insert into repository values ('ada/engine', 'verify: make check', 'd41d');
