"""The statuses of an account, and the rules that move it from one to the next.

- standard: meets the entry threshold in a quarter -> probation;
- probation: meets it in so many quarters in a row -> key; falls below the exit threshold in
  one -> standard; in between, the count begins anew;
- key: falls below the exit threshold in a quarter -> notice;
- notice: meets the entry threshold in a quarter -> key; stays below the exit threshold in so
  many quarters in a row -> standard; in between, the count begins anew.
"""

import numpy as np
import pandas as pd

from kamtools.selection.quarter_signals import FAILED, MET

STANDARD, PROBATION, KEY, NOTICE = "standard", "probation", "key", "notice"
STATUSES = (STANDARD, PROBATION, KEY, NOTICE)
REVIEW_MONTHS = {STANDARD: 12, PROBATION: 3, KEY: 12, NOTICE: 3}
"""Months to the next review. A gate that an account trips before then brings it forward."""
FEWEST_QUARTERS, MOST_QUARTERS = 2, 4

RULES = {
    "enters": "Met the entry threshold: on probation.",
    "promoted": "Met the entry threshold in {quarters} quarters in a row: promoted to key account.",
    "dropped": "Fell below the exit threshold on probation: back to standard.",
    "on_probation": "On probation: {met} of {quarters} quarters met in a row.",
    "warned": "Fell below the exit threshold: on notice.",
    "restored": "Met the entry threshold again: key account.",
    "demoted": "Stayed below the exit threshold in {quarters} quarters in a row: demoted.",
    "on_notice": "On notice: {failed} of {quarters} quarters below the exit threshold in a row.",
    "stays": "No gate tripped: stays as it is.",
    "unseen": "Its behaviour is not known: stays as it is.",
}
"""What each rule is called in tables, and how it is told."""

TOLD = {
    "promoted": "Promoted to key account",
    "restored": "Off notice, key account again",
    "enters": "On probation from now",
    "warned": "On notice",
    "demoted": "No longer key account",
    "dropped": "Off probation",
}
"""Rules that move an account, in the order of a report."""


def next_status(
    now: np.ndarray, last: np.ndarray, met: np.ndarray, failed: np.ndarray, quarters: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rule that applies to each account, and the status that follows.

    Parameters
    ----------
    now : (n_accounts,) of `STATUSES`
    last : (n_accounts,) signal of the quarter that is reviewed; missing where not known
    met, failed : (n_accounts,) quarters in a row up to the last, that one included
    quarters
        In a row, for a promotion and for a demotion.

    Returns
    -------
    (n_accounts,) keys of `RULES`, and (n_accounts,) of `STATUSES`

    Examples
    --------
    >>> rule, following = next_status(np.array(["probation", "key"]), np.array(["met", "failed"]),
    ...                               np.array([3, 0]), np.array([0, 1]), 3)
    >>> rule.tolist(), following.tolist()
    (['promoted', 'warned'], ['key', 'notice'])
    """
    is_met, is_failed = last == MET, last == FAILED
    cases = [
        (pd.isna(last), "unseen", None),
        ((now == STANDARD) & is_met, "enters", PROBATION),
        ((now == PROBATION) & is_failed, "dropped", STANDARD),
        ((now == PROBATION) & (met >= quarters), "promoted", KEY),
        (now == PROBATION, "on_probation", None),
        ((now == KEY) & is_failed, "warned", NOTICE),
        ((now == NOTICE) & is_met, "restored", KEY),
        ((now == NOTICE) & (failed >= quarters), "demoted", STANDARD),
        (now == NOTICE, "on_notice", None),
    ]
    conditions = [condition for condition, _, _ in cases]
    rule = np.select(conditions, [name for _, name, _ in cases], "stays")
    following = np.select(conditions, [now if to is None else to for _, _, to in cases], now)
    return rule.astype(object), following.astype(object)
