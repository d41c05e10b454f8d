"""A division of work that somebody has mended, judged by the rules of a RACI."""

import pandas as pd

from kamtools.learning.answers import folded, is_empty
from kamtools.role.responsibility import check_raci

SOUND = "sound"
UNCHANGED = "unchanged"
LOST = "an activity is lost"
UNREADABLE = "unreadable"
BLIND = "a rule cannot be judged"
_ELSEWHERE = (5, 8)  # judged by hours and by counterparts, which are no part of this table


def first_fault(answer: object, activities: pd.DataFrame) -> object:
    """Return what is first wrong with a mended table, as a word that `check` understands.

    Parameters
    ----------
    answer
        The mended table as a person left it; may be anything.
    activities
        The table that was to be mended, as in activities.csv.

    Returns
    -------
    object
        Of a table: "sound", "unchanged", "an activity is lost", "unreadable", "a rule cannot
        be judged" or "rule 6", the first rule that is broken, worst first. What is empty stays
        as it is, and what is no table comes back in a list, which `check` does not understand.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Close complaints"], "function": ["after-sales"],
    ...     "responsible": ["officer"], "accountable": ["key account manager"]})
    >>> first_fault(activities, activities), first_fault(activities.head(0), activities)
    ('unchanged', 'an activity is lost')
    >>> first_fault(..., activities), first_fault("done", activities)
    (Ellipsis, ['done'])
    """
    if isinstance(answer, pd.DataFrame):
        return _fault_of(answer, activities)
    return answer if is_empty(answer) else [answer]


def _fault_of(table: pd.DataFrame, activities: pd.DataFrame) -> str:
    mended = table if "activity" in table else table.reset_index()
    if "activity" not in mended or not _names(activities) <= _names(mended):
        return LOST
    if mended.equals(activities):
        return UNCHANGED
    try:
        findings = check_raci(mended)
    except Exception:  # whatever a person did to the table, a notebook must go on
        return UNREADABLE
    if len(findings.violations):
        return f"rule {findings.violations['rule'].iloc[0]}"
    not_judged = ~findings.not_checked["rule"].isin(_ELSEWHERE)
    return BLIND if not_judged.any() else SOUND


def _names(table: pd.DataFrame) -> set[str]:
    return {folded(str(name)) for name in table["activity"]}
