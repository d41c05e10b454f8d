"""Exercises that check themselves, without a network and without telling the answer.

- `exercises`: all there are, and `check`, which a notebook calls;
- `readiness_exercises`, `selection_exercises` with `selection_answers`, `role_exercises` and
  `role_hours_exercises` with `role_answers`, `role_hours_answers` and `role_raci`;
- `power_exercises`, `power_conflict_exercises` and `power_balance_exercises`, each with its
  answers, and `power_examples`, the accounts that they are about;
- `cases` with `case_facts`, `case_dependence` and `case_numbers`: case studies and their rules;
  `case_list` and `case_comparison`: all of them side by side; `written_numbers`: numbers in a
  text; `predictions`: what a reader predicted beside the model;
- `knowledge_test` with `knowledge_items`, `knowledge_faults`, `knowledge_scores`,
  `knowledge_records`, `knowledge_pages` and `knowledge_widget`: what people think before and
  after a course;
- `judging`: what an exercise is, and how an answer is judged;
- `answers`: what a person typed as a number, a choice or a set of names; sealed answers;
- `feedback`: what the person reads; `live_feedback`: with hints behind a button;
- `progress`: what is answered and looked up, recorded in a trainee's pack; `progress_file`: the
  SQLite file; `progress_counts`: tries, hints, solved; `progress_page`: the learner's own page.

An expected answer is worked out from the data when it is checked, or kept as a seal (a salted
hash). That keeps it from being read by the way; it does not stop a determined search.
"""
