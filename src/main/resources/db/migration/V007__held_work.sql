-- What a job holds back until a person lets exactly that through: the tree that git makes of it, what
-- the person is shown of its diff, and who did; see job.Hold.
alter table job add column held_tree varchar(64);
alter table job add column held_diff varchar(8000);
alter table job add column released_by varchar(100);
