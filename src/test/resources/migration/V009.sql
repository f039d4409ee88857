-- A mention beyond what its author may ask for.
insert into mention values
  (next value for mention_seq, 'IC_kwDOA90', 'Ada/Engine', 52, 'ISSUE_COMMENT', 9090, 7, 'ada', 'Engine stalls',
   '@knight and this, too', 'https://github.com/Ada/Engine/issues/52#issuecomment-9090',
   timestamp with time zone '2026-11-20 09:59:58+00', timestamp with time zone '2026-11-20 10:00:00+00', 'LIMITED', null, false, false);
