"""Which accounts are key: from a scorecard to a list that can be defended.

In the order in which they are used:

- `concentration`, `inequality`: is 80/20 true of this firm, and what is true instead (E14);
- `miss_rate`: how many of tomorrow's top accounts a list by sales misses;
- `time_equations`, `own_equations`, `cost_to_serve`, `profitability`, `whale`: what serving
  costs, which accounts and which orders bring no profit (E13);
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
- `sensitivity`: how the list moves when one weight or the method does;
- `weight_draws`, `value_draws`, `draw_scores`, `rank_tally`, `acceptability`, `verdicts`,
  `pairwise`: how often an account would be chosen if weights and values were others (SMAA-2);
- `history`, `recency`, `trend`, `rhythm`, `purchase_model`, `spend_model`, `rule_forecast`,
  `purchase_forecast`, `trials`, `intervals`, `forecast`, `outlook`: what may come, with its
  range, by the method that the data can carry (E17, E19);
- `attractiveness`, `business_strength`, `matrix`: four cells, with a policy for each;
- `characteristic_parts`, `characteristics`: the five characteristics (E17-E21);
- `account_hours`, `list_value`, `limits`, `programme`, `exact_choice`, `conflicting_limits`,
  `marginal_hours`, `near_misses`, `near_relaxed`, `other_ways`, `hours_doubt`: the best list
  within the hours and the money there are;
- `portfolio`: the chosen list beside the list by sales;
- `quarter_signals`, `gate_rules`, `stage_gates`, `gates_in_force`: who is promoted, who is on
  notice, and when each is looked at again;
- `backtest`, with `backtest_dates`, `backtest_lists`, `backtest_outcomes`, `backtest_measures`,
  `backtest_tally`, `backtest_table`, `backtest_words`, `backtest_calibration`, `bootstrap`:
  whether such lists found what mattered later.

All are pure functions on tables whose index is `account_id`: they read no files and draw
nothing.
"""
