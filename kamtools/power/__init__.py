"""Who holds the power, and what restores the balance (E1-E8, E18, E20).

- `dependence`: how each side depends on the other, part by part, with its range; `zones`: where
  that puts an account; `dependence_flips`: which single fact, if wrong, changes the zone;
- `exposure`, `exposure_recovery`, `exposure_disclosure`: the account goes; what it costs, how long
  it takes to recover, and what has to be disclosed;
- `bargaining`, `bargaining_range`: inside and outside options kept apart, and how large a
  concession could become before we would rather walk;
- `stop`, `stop_cases`: a delivery stop, day by day, and the public ones replayed;
- `measures`, with `measure_checks`, `measure_effects` and `measure_words`: a library of balancing
  measures, what each changes, what it costs, and what the law says to it;
- `planner`, with the modules of its name: the cheapest set of measures that brings an account, or
  all of them under one budget, into the corridor.

All are pure functions on tables; the texts of the measures and of the public stops come with the
package.
"""
