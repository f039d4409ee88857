-- A convention that somebody confirmed.
insert into convention
  (id, repository, repository_key, rule, stage, said_by_id, said_by_login, source, source_key, served_by, learnt_at, used_at, note) values
  (next value for convention_seq, 'Ada/Engine', 'ada/engine', 'Tests use AssertJ.', 'CONFIRMED', 7, 'ada',
   'https://github.com/Ada/Engine/pull/90#discussion_r1', 'PRRC_kwDOA1', '0123456789012345678901234567890123456789',
   timestamp with time zone '2026-11-20 10:00:00+00', timestamp with time zone '2026-11-21 10:00:00+00', 'confirmed by ada');
