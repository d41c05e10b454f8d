"""What a firm does before and after its choice (E10-E12, E22).

- `statements`: what is asked, with a written anchor for each level;
- `readiness`: levels to a score for each dimension, and the gaps to close;
- `gap_order`: how firm the order of the gaps is; `readiness_words`: all of it in words;
- `conditions`: what of a firm decides which form it needs, measured;
- `structure`: the form that fits, and what would tip it; `structure_words`: in words;
- `default_choice`, `chosen`: the key accounts that later notebooks are about, as notebook 2
  chooses them or as a person names them;
- `role_inputs`, `role_decisions`: the firm's tables as the role takes them, and what follows
  from it, with owner and date;
- `power_assumptions`, `power_inputs`, `power_decisions`: what exposure and bargaining assume and
  need of the firm, and what follows, with owner, date and trigger;
- `calendar`: the year ahead, with a notice before each step (E1-E3); `calendar_rules` and
  `working_days` set the days, `calendar_summary` tells it, `calendar_ics` writes the file;
- `steps`, `notice_kept`: whom a step concerns, and whether the promised notice was given;
  `notice_words`: in words;
- `briefing`, with the modules of its name: what a client is told of its market, and the gate in
  front of it (E3);
- `white_space`, with the modules of its name, and `similar_accounts`: what accounts alike buy and
  this one does not, tested on the firm's own past;
- `relationship_map`, `relationship_threads`, `relationship_words`: who talks to whom;
- `account_plan` with `account_position` and `account_parts`, `account_plan_changes`: the plan for
  one account, where it stands, and what became of the last plan.

All are pure functions on tables and draw nothing; the one file that is read is the text of
the statements, which comes with the package.
"""
