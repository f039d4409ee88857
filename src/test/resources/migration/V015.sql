-- One question to which the work can go back, and one that came when the work was done.
insert into assumption
  (id, job_id, place, prompt_key, question, assumed, tree, entry, fate) values
  (next value for assumption_seq, 1, 1, 'implement IC_kwDOA91', 'Which colour?', 'red', '2e3d2a1f5b6c7d8e9f0a1b2c3d4e5f60718293a4', '8c8ac50b', 'OPEN'),
  (next value for assumption_seq, 1, 2, 'mend-verify 2e3d', 'Which size?', 'large', null, null, 'CONFIRMED');
