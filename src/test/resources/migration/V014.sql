-- A job that a limit ended, and one that goes on since then.
insert into job
  (id, version, repository, repository_key, issue_number, active_subject, kind, title, requester_id, requester_login, state, reason, draft,
   attempt, token, input_tokens, output_tokens, usd, created_at, updated_at, untold, limited) values
  (next value for job_seq, 6, 'Ada/Engine', 'ada/engine', 61, null, 'IMPLEMENT', 'Engine is loud', 7, 'ada', 'failed', 'The time is up.',
   false, 1, 1, 900, 90, 0.5, timestamp with time zone '2026-11-22 10:00:00+00', timestamp with time zone '2026-11-22 11:00:00+00', false, true);
insert into job
  (id, version, repository, repository_key, issue_number, active_subject, kind, title, requester_id, requester_login, state, draft,
   attempt, token, input_tokens, output_tokens, usd, created_at, updated_at, untold, before_usd, budget_since, budget_by) values
  (next value for job_seq, 7, 'Ada/Engine', 'ada/engine', 62, 'ada/engine#62', 'IMPLEMENT', 'Engine is slow', 7, 'ada', 'queued', false,
   1, 1, 900, 90, 0.5, timestamp with time zone '2026-11-22 10:00:00+00', timestamp with time zone '2026-11-22 11:00:00+00', true, 0.5,
   timestamp with time zone '2026-11-22 10:59:00+00', 'ada');
