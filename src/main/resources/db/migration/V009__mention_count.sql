-- What came within the last hour is counted before more is accepted.
create index mention_kept on mention (kept_at);
