-- The issue that a mention stands under, as it was when the mention was read; null for earlier mentions.
alter table mention add column report_author_id bigint;
alter table mention add column report_author_login varchar(100);
alter table mention add column report_text varchar(66000);
