-- What a job's people have given it: the plan that they agreed on, and what the job had cost when its present budget
-- began; see job.Mandate.
alter table job add column plan_stage varchar(20) default 'none' not null;
alter table job add column plan_text varchar(8000);
alter table job add column plan_by varchar(100);
alter table job add column before_input_tokens bigint default 0 not null;
alter table job add column before_output_tokens bigint default 0 not null;
alter table job add column before_usd numeric(18, 9) default 0 not null;
alter table job add column before_worked_millis bigint default 0 not null;
-- What a mention wants by its first word: job.Order.
alter table mention add column wish varchar(20) default 'DO' not null;
