"""Who holds the power, and what restores the balance (E1-E8, E18, E20).

- `dependence`: how each side depends on the other, part by part, with its range; `zones`: where
  that puts an account; `dependence_flips`: which single fact, if wrong, changes the zone;
  `dependence_words`: in words;
- `dependence_inputs`, with `dependence_assumptions`, `dependence_shares`, `dependence_sides` and
  `dependence_input_words`: dependence measured from the firm's data, joined by what is judged,
  and who lacks what; `dependence_money`: what it costs each side until it has replaced the other;
- `network`, with the modules of its name: dependence of every pair where the trade of both sides
  is known, how it moved, and whether losses follow an imbalance;
- `exposure`, `exposure_recovery`, `exposure_disclosure`: the account goes; what it costs, how long
  it takes to recover, and what has to be disclosed;
- `bargaining`, `bargaining_range`: inside and outside options kept apart, and how large a
  concession could become before we would rather walk;
- `stop`, `stop_cases`: a delivery stop, day by day, and the public ones replayed;
- `measures`, with `measure_checks`, `measure_effects` and `measure_words`: a library of balancing
  measures, what each changes, what it costs, and what the law says to it;
- `planner`, with the modules of its name: the cheapest set of measures that brings an account, or
  all of them under one budget, into the corridor;
- `simulation`, with the modules of its name: the mechanism of Haohan and Peihui year by year, its
  ladder, and how much notice pays;
- `evaluation`, with the modules of its name: how a firm tests a measure on its own accounts;
- `game_play`, with the modules of its name: the balancing game, twelve months as the supplier of
  a powerful account; `game_scenarios/` holds its scenarios, `game_best` and `game_debrief` what
  somebody who knew all would have done;
- `assumption_tables`: how a table of assumptions is checked, and one of them replaced.

All are pure functions on tables; the texts of the measures and of the public stops come with the
package.
"""
