"""Who looks after the accounts: hours, heads, people and responsibilities.

In the order in which they are used:

- `assumptions`: hours by tier and driver, and what a manager has of them: one visible table;
- `time_log`, `time_fit`, `expected_hours`: what the service log tells of the hours of an account,
  by equations fitted to it and by its own record; `nonnegative_fit` does the arithmetic;
- `workload`, `workload_words`: the hours a year that each account takes, and where each number
  comes from;
- `headcount`, `break_even`: how many managers that needs, and whether one more would pay;
- `response_curves`, `response_history`: how margin answers to hours, judged or from history;
  `field_test`: what is known of planning by such curves;
- `allocation`, `allocation_ways`: hours to accounts when hours are short, beside equal time,
  time by sales and today's; `concave_steps` does the arithmetic.

- `assignment`, with `assignment_rules`, `assignment_fit`, `assignment_model`, `assignment_search`,
  `assignment_solver` and `assignment_improvement`: accounts to managers; `greedy_assignment`: what
  one does by hand; `assignment_reading`, `assignment_loads`, `load_words`, `assignment_moves`,
  `assignment_words`: today's and the proposed one read; `assignment_changes`: a manager leaves or
  an account comes; `assignment_conflicts`, with `assignment_kinds`, `assignment_ways_out` and
  `assignment_conflict_words`: which rules fight; `assignment_attempt`: one of the two;
- `raci_table`, `raci_controls`, `raci_hours`: who does what, how its words are recognised, and
  hours by role; `raci_rules`, `raci_guards`, `raci_cover`, `raci_unchecked`: the ten rules, and
  what cannot be judged; `responsibility`, `responsibility_words`: all of them at once, in words;
- `leaving`, `leaving_words`: a manager leaves tomorrow;
- `competence_profile`: fourteen competences with written levels; `competence`: levels and gaps;
  `competence_training`, `competence_words`: who could take which account after which training;
- `organisation_form_limits`, `organisation_measures`, `organisation_form`, `organisation_words`:
  how people are put together for key accounts, for the firm and for each account;
- `kpis`: by what the role is measured and how it is paid, with the source of each;
- `profile`: the role charter, of `charter_accounts`, `charter_tasks`, `charter_measures` and
  `charter_onboarding`; `charter_form` says what it is made of.

All are pure functions on tables: they read no files, apart from the text of the competences that
comes with the package, and draw nothing.
"""
