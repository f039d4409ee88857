-- A job that is held, and one that was let through and is at work again.
insert into job
  (id, version, repository, repository_key, issue_number, active_subject, kind, title, requester_id, requester_login, state, step,
   lease_owner, lease_end, reason, draft, attempt, token, branch, input_tokens, output_tokens, usd, created_at, updated_at, untold,
   held_tree, held_diff, released_by) values
  (next value for job_seq, 6, 'Ada/Engine', 'ada/engine', 60, 'ada/engine#60', 'IMPLEMENT', 'Build it nightly', 7, 'ada', 'needs-you',
   null, null, null, '- `.github/workflows/ci.yml`: it runs', false, 1, 2, 'knight/60-build-it-nightly', 1200, 340, 0.5,
   timestamp with time zone '2026-11-20 10:00:00+00', timestamp with time zone '2026-11-20 10:00:30+00', true,
   '4b825dc642cb6eb9a060e54bf8d69288fbee4904', '+on: schedule', null),
  (next value for job_seq, 9, 'Ada/Engine', 'ada/engine', 61, 'ada/engine#61', 'IMPLEMENT', 'Build it weekly', 7, 'ada', 'running',
   'PUBLISH', '71@1764000000', timestamp with time zone '2026-11-20 10:01:00+00', null, false, 2, 3, 'knight/61-build-it-weekly', 1200,
   340, 0.5, timestamp with time zone '2026-11-20 10:00:00+00', timestamp with time zone '2026-11-20 10:00:30+00', true,
   '4b825dc642cb6eb9a060e54bf8d69288fbee4904', '', 'grace');
