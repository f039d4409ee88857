-- A job that waits with a plan, in its second budget, and the mention that asked for the plan.
insert into job
  (id, version, repository, repository_key, issue_number, active_subject, kind, title, requester_id, requester_login, state, reason, draft,
   attempt, token, input_tokens, output_tokens, usd, created_at, updated_at, plan_stage, plan_text,
   before_input_tokens, before_output_tokens, before_usd, before_worked_millis, untold) values
  (next value for job_seq, 4, 'Ada/Engine', 'ada/engine', 71, 'ada/engine#71', 'IMPLEMENT', 'Engine overheats', 7, 'ada', 'needs-you',
   '1. Cool it', false, 1, 1, 900, 90, 0.5, timestamp with time zone '2026-11-21 10:00:00+00',
   timestamp with time zone '2026-11-21 10:05:00+00', 'proposed', '1. Cool it', 400, 40, 0.2, 60000, true);
insert into mention
  (id, node_id, repository, issue_number, source, source_id, author_id, author_login, title, text, link, written_at, kept_at, verdict,
   job_id, founding, delivered, wish) values
  (next value for mention_seq, 'IC_kwDOA92', 'Ada/Engine', 71, 'ISSUE_COMMENT', 9092, 7, 'ada', 'Engine overheats', '@knight plan it',
   'https://github.com/Ada/Engine/issues/71#issuecomment-9092', timestamp with time zone '2026-11-21 09:59:58+00',
   timestamp with time zone '2026-11-21 10:00:00+00', 'ACCEPTED', 1, false, false, 'PLAN');
