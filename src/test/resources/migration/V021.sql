-- A request that was sent under a key, and a reader of the stories.
insert into request_key (chosen_key, digest, job_id, kept_at) values
  ('3f1c', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 1,
   timestamp with time zone '2026-11-22 10:00:00+00');
insert into read_mark (reader, event_id) values ('notify url', 7);
