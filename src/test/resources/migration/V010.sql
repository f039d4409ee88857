-- A mention with the issue that it stands under.
insert into mention
  (id, node_id, repository, issue_number, source, source_id, author_id, author_login, title, text, link, written_at, kept_at, verdict,
   job_id, founding, delivered, report_author_id, report_author_login, report_text) values
  (next value for mention_seq, 'IC_kwDOA91', 'Ada/Engine', 52, 'ISSUE_COMMENT', 9091, 7, 'ada', 'Engine stalls', '@knight mend it',
   'https://github.com/Ada/Engine/issues/52#issuecomment-9091', timestamp with time zone '2026-11-20 09:59:58+00',
   timestamp with time zone '2026-11-20 10:00:00+00', 'ACCEPTED', 1, false, false, 8, 'grace', 'It stalls in winter.');
