"""Who looks after the accounts: hours, heads, people and responsibilities.

In the order in which they are used:

- `assumptions`: hours by tier and driver, and what a manager has of them: one visible table;
- `time_log`, `time_fit`, `expected_hours`: what the service log tells of the hours of an account,
  by equations fitted to it and by its own record; `nonnegative_fit` does the arithmetic;
- `workload`: the hours a year that each account takes, and where each number comes from;
- `headcount`, `break_even`: how many managers that needs, and whether one more would pay;
- `response_curves`, `response_history`: how margin answers to hours, judged or from history;
  `field_test`: what is known of planning by such curves;
- `allocation`, `allocation_ways`: hours to accounts when hours are short, beside equal time,
  time by sales and today's; `concave_steps` does the arithmetic.

All are pure functions on tables whose index is `account_id`: they read no files and draw
nothing.
"""
