"""Which rules of a RACI cannot be judged, why, and which file would tell."""

from typing import NamedTuple

import pandas as pd

from kamtools.role.raci_controls import MANAGER, SEGREGATED, recognised
from kamtools.role.raci_hours import hours_without_activity, responsible_hours
from kamtools.wording import listing

WHOLLY, PARTLY = "the whole rule", "a part of it"
MOST_NAMED = 5
"""Activities or roles that a sentence names; of more it tells the number."""
_FILE = "activities.csv"


class Unchecked(NamedTuple):
    """A rule, or a part of one, that could not be judged."""

    rule: int
    part: str
    why: str
    file: str


def missing_columns(table: pd.DataFrame) -> list[Unchecked]:
    """Return the rules that a missing column keeps from being judged.

    Parameters
    ----------
    table : (n_activities, …), index activity
        From `raci_table.raci_table`.

    Examples
    --------
    >>> table = pd.DataFrame(columns=["R", "A", "C", "escalation_days"])
    >>> missing_columns(table)[0].why
    'There is no column deputy.'
    """
    needed = {
        "A": ("accountable", {1: WHOLLY, 3: WHOLLY, 6: WHOLLY, 10: PARTLY}),
        "C": ("consulted", {4: WHOLLY}),
        "deputy": ("deputy", {7: PARTLY}),
        "escalation_days": ("escalation_days", {9: WHOLLY}),
    }
    return [
        Unchecked(rule, part, f"There is no column {column}.", _FILE)
        for letter, (column, rules) in needed.items()
        if letter not in table
        for rule, part in rules.items()
    ]


def not_recognised(table: pd.DataFrame, controls: pd.DataFrame) -> list[Unchecked]:
    """Return what rule 6 speaks of and nothing in the table was taken for.

    Parameters
    ----------
    table
        As for `missing_columns`.
    controls
        As in `raci_controls.default_controls`.

    Examples
    --------
    >>> from kamtools.role.raci_controls import default_controls
    >>> table = pd.DataFrame({"R": [("KAM",)], "A": [("head of finance",)]},
    ...                      index=["Set price floor and credit limit"])
    >>> not_recognised(table, default_controls())[0].why
    'No activity is recognised as complaint closure; look at the keywords.'
    """
    if "A" not in table:
        return []
    absent = [
        name
        for name in SEGREGATED
        if not any(recognised(str(a), controls, kind="activity", control=name) for a in table.index)
    ]
    found = []
    if absent:
        part = WHOLLY if len(absent) == len(SEGREGATED) else PARTLY
        why = f"No activity is recognised as {listing(absent)}; look at the keywords."
        found.append(Unchecked(6, part, why, _FILE))
    letters = [letter for letter in "RACI" if letter in table]
    roles = {role for letter in letters for names in table[letter] for role in names}
    if not any(recognised(role, controls, kind="role", control=MANAGER) for role in roles):
        why = f"No role is recognised as {MANAGER}; look at the keywords."
        found.append(Unchecked(6, WHOLLY, why, _FILE))
    return found


def hours_unknown(
    table: pd.DataFrame, *, hours: pd.Series | None, capacity: pd.Series | None
) -> list[Unchecked]:
    """Return what is missing to compare work with hours (rule 5).

    Parameters
    ----------
    table
        As for `missing_columns`.
    hours, capacity
        As for `responsibility.check_raci`.

    Examples
    --------
    >>> table = pd.DataFrame({"R": [("Li",), ("Eva",)]}, index=["Visit", "Plan"])
    >>> hours = pd.Series({"Visit": 100.0, "Plan": 50.0})
    >>> hours_unknown(table, hours=hours, capacity=pd.Series({"Li": 800.0}))[0].why
    'The hours that Eva has are not known.'
    """
    if hours is None:
        return [Unchecked(5, WHOLLY, "The hours of the activities are not known.", "service.csv")]
    gaps = []
    strange = hours_without_activity(table, hours)
    if strange:
        why = f"Hours of {listing(strange)} belong to no activity in the list."
        gaps.append(Unchecked(5, PARTLY, why, _FILE))
    here = hours[hours.index.isin(table.index)].dropna()
    unknown = [str(name) for name in table.index if name not in here.index]
    if unknown:
        part = WHOLLY if here.empty else PARTLY
        verb = "has" if len(unknown) == 1 else "have"
        named = f": {listing(unknown)}" if len(unknown) <= MOST_NAMED else ""
        why = f"{len(unknown)} of {len(table)} activities {verb} no hours{named}."
        gaps.append(Unchecked(5, part, why, "service.csv"))
    known = pd.Series(dtype=float) if capacity is None else capacity.dropna()
    roles = responsible_hours(table, here).index.astype("str")
    without = [role for role in roles if role not in known.index]
    if without:
        part = WHOLLY if len(without) == len(roles) else PARTLY
        verb = "has" if len(without) == 1 else "have"
        who = listing(without) if len(without) <= MOST_NAMED else f"{len(without)} roles"
        why = f"The hours that {who} {verb} are not known."
        gaps.append(Unchecked(5, part, why, "managers.csv"))
    return gaps
