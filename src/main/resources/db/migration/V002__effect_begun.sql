-- A call that may have got through, and what is to be looked at once GitHub's lists have caught up.
alter table effect add column begun_at timestamp(6) with time zone;
alter table effect add column check_at timestamp(6) with time zone;

create index effect_check on effect (check_at);
