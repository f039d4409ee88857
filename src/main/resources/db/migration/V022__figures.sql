-- What each model of a job cost on each day; see job.FigureStore. Of earlier jobs the model is not known.
create table spend (
  job_id bigint not null references job (id),
  spent_on date not null,
  model varchar(200) not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  usd numeric(18, 9) not null,
  primary key (job_id, spent_on, model)
);

create index spend_day on spend (spent_on);

insert into spend
  select id, cast(updated_at as date), 'unknown', input_tokens, output_tokens, usd
  from job
  where input_tokens + output_tokens > 0;

-- When people merged what a job had made.
create table merged (
  job_id bigint not null primary key references job (id),
  merged_at timestamp(6) with time zone not null
);

create index job_created on job (created_at);
