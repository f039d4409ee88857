-- What two models of a job cost, and when its pull request was merged.
insert into spend (job_id, spent_on, model, input_tokens, output_tokens, usd)
  select min(id), date '2026-11-20', 'your-model', 1200, 340, 0.0123 from job;
insert into spend (job_id, spent_on, model, input_tokens, output_tokens, usd)
  select min(id), date '2026-11-20', 'your-other-model', 200, 40, 0.0012 from job;
insert into merged (job_id, merged_at)
  select min(id), timestamp with time zone '2026-11-21 10:00:00+00' from job;
