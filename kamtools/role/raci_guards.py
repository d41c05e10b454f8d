"""Rules 6 and 10: what the key account manager must not decide, and what strategy must.

Both speak of activities and roles that are recognised by keywords, see `raci_controls`.
"""

import pandas as pd

from kamtools.role.raci_controls import MANAGER, NOTICE, SEGREGATED, STRATEGY, recognised
from kamtools.role.raci_rules import MUST, Finding
from kamtools.wording import listing

_WANTED = (
    ("R", MANAGER, "the key account manager", "does it",
     "Let the key account manager do it, whom the client knows."),
    ("A", STRATEGY, "strategy", "answers for it",
     "Let strategy answer for it: notice must follow the plan."),
)  # fmt: skip


def segregated(table: pd.DataFrame, controls: pd.DataFrame) -> list[Finding]:
    """Return the limits that the key account manager answers for (rule 6).

    Examples
    --------
    >>> from kamtools.role.raci_controls import default_controls
    >>> table = pd.DataFrame({"A": [("KAM",)]}, index=["Set the credit limit"])
    >>> segregated(table, default_controls())[0].found
    'KAM answers for it (credit limit).'
    """
    findings = []
    for activity, names in table["A"].items():
        own = tuple(n for n in names if recognised(n, controls, kind="role", control=MANAGER))
        which = [
            control
            for control in SEGREGATED
            if recognised(str(activity), controls, kind="activity", control=control)
        ]
        if own and which:
            found = f"{listing(own)} answers for it ({listing(which)})."
            mend = "Give the A to finance or quality; the manager is asked."
            findings.append(Finding(6, "activity", str(activity), found, mend, MUST, own))
    return findings


def notice_given(table: pd.DataFrame, controls: pd.DataFrame) -> list[Finding]:
    """Return what is wrong with advance notice: an A in strategy, an R in key accounts (rule 10).

    That no activity is advance notice is a finding too.

    Parameters
    ----------
    table
        As for `raci_rules.one_accountable`; whether strategy answers is judged where there is "A".
    controls
        As in `raci_controls.default_controls`.

    Examples
    --------
    >>> from kamtools.role.raci_controls import default_controls
    >>> table = pd.DataFrame({"R": [("KAM",)], "A": [("head of sales",)]},
    ...                      index=["Give notice of our steps"])
    >>> notice_given(table, default_controls())[0].mend
    'Let strategy answer for it: notice must follow the plan.'
    """
    is_notice = [
        recognised(str(activity), controls, kind="activity", control=NOTICE)
        for activity in table.index
    ]
    if not any(is_notice):
        return [
            Finding(10, "activity", "advance notice", "No activity is recognised as this.",
                    "Add it: strategy answers (A), the key account manager does it (R). If it is "
                    "there, add its words to the controls.", MUST)
        ]  # fmt: skip
    findings = []
    for activity, row in table[is_notice].iterrows():
        for letter, control, ours, did, mend in _WANTED:
            names = row[letter] if letter in table else None
            if names is not None and not _has_one(names, controls, control):
                found = f"{listing(names) or 'Nobody'} {did}, and {ours} does not."
                findings.append(Finding(10, "activity", str(activity), found, mend, MUST, names))
    return findings


def _has_one(names: tuple[str, ...], controls: pd.DataFrame, control: str) -> bool:
    return any(recognised(name, controls, kind="role", control=control) for name in names)
