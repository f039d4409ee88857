-- Two remarks of a review: one on a line, one on a file whose line is gone.
insert into remark (id, review_node, comment_id, review_thread, commit_id, path, line_number, hunk, text) values
  (next value for remark_seq, 'PRR_kwDOA95', 9501, 9501, '9501aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'src/Pump.java', 12, '@@ -12 +12 @@', 'Why twice?'),
  (next value for remark_seq, 'PRR_kwDOA95', 9502, 9401, '9501aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'README.md', null, '', 'As above.');
