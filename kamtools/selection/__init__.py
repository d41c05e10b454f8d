"""Which accounts are key: from a scorecard to a list that can be defended.

In the order in which they are used:

- `concentration`, `inequality`: is 80/20 true of this firm, and what is true instead (E14);
- `miss_rate`: how many of tomorrow's top accounts a list by sales misses;
- `time_equations`, `cost_to_serve`, `profitability`, `whale`: what serving costs, which accounts
  and which orders bring no profit (E13);
- `criteria`: what counts, with its meaning and scale; `goals`, `service_cost` and
  `value_scales` compute parts of it; `measurement` makes the table of account by criterion;
- `weights`: what counts how much; `judged_weights` by swings, `comparisons`, `ahp` and
  `contradictions` by pairs, `data_weights` by the numbers themselves;
- `freeze`, `weight_history`: weights settled before the scores are seen, and what later changes
  of them did;
- `normalisation`, `scoring`, `promethee`, `ranking`: weighted sum, TOPSIS and PROMETHEE II;
- `agreement`, `reversal`, `anchored`: whether the list hangs on the method, or on who else is
  in the table;
- `explanation`: what lifts an account and what holds it back, in one sentence;
- `portfolio`: the chosen list beside the list by sales;
- `sensitivity`: how the list moves when the weights or the method do;
- `wording`: numbers and lists as a manager reads them.

All are pure functions on tables whose index is `account_id`: they read no files and draw
nothing.
"""
