"""What a firm does with its choice: first of all, whether it is ready for one (E10-E12).

- `statements`: what is asked, with a written anchor for each level;
- `readiness`: levels to a score for each dimension, and the gaps to close;
- `gap_order`: how firm the order of the gaps is; `readiness_words`: all of it in words;
- `conditions`: what of a firm decides which form it needs, measured;
- `structure`: the form that fits, and what would tip it; `structure_words`: in words.

All are pure functions on tables and draw nothing; the one file that is read is the text of
the statements, which comes with the package.
"""
