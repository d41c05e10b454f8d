"""What a firm does with its choice: first of all, whether it is ready for one (E10-E12).

- `statements`: what is asked, with a written anchor for each level;
- `readiness`: levels to a score for each dimension, and the gaps to close first;
- `gap_order`: how firm that order is, and where people see it differently;
- `structure`: which form of key-account management fits, from measured conditions.

All are pure functions on tables: they read no files and draw nothing.
"""
