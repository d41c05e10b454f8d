"""Who does what: activities.csv as one row an activity, and as a matrix of letters."""

from collections.abc import Iterable
from itertools import chain

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

LETTERS = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed"}
"""The letters of a RACI in their order, and the column of activities.csv that each is from."""

_NEEDED = ("activity", "function", "responsible")
_SEPARATORS = r"[;；]"


def names_in(cells: pd.Series) -> pd.Series:
    """Return the names in each cell, which semicolons separate.

    Parameters
    ----------
    cells
        Text; may be missing.

    Returns
    -------
    Series
        By the same index, a tuple of names without doubles; () where there is none.

    Examples
    --------
    >>> names_in(pd.Series(["buyer; 林知秋；buyer", " ", None])).tolist()
    [('buyer', '林知秋'), (), ()]
    """
    parts = cells.astype("str").fillna("").str.split(_SEPARATORS, regex=True)
    return parts.map(lambda names: tuple(dict.fromkeys(filter(None, map(_plain, names)))))


def raci_table(activities: pd.DataFrame) -> pd.DataFrame:
    """Return each activity in one row, with the people behind each letter.

    Rows of the same activity are put together, and a name that is written in two ways (upper
    and lower case) is one name, as first written.

    Parameters
    ----------
    activities
        `activity`, `function` and `responsible`; `accountable`, `consulted`, `informed`,
        `deputy` and `escalation_days` (working days) where there are any.

    Returns
    -------
    (n_activities, …), index activity
        `function`; "R", and "A", "C", "I" and `deputy` where the columns are there: tuples of
        names; `escalation_days`, where it is there, the shortest one given.

    Raises
    ------
    InputError
        If a needed column is missing or a row has no activity.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Set the price floor"], "function": ["finance"],
    ...     "responsible": ["pricing analyst"], "accountable": ["head of finance"]})
    >>> raci_table(activities).loc["Set the price floor", ["R", "A"]].tolist()
    [('pricing analyst',), ('head of finance',)]
    """
    missing = [column for column in _NEEDED if column not in activities]
    if missing:
        raise InputError(
            f"activities need the columns {listing(_NEEDED)}; there is no {listing(missing)}"
        )
    named = activities["activity"].astype("str").str.split().str.join(" ").rename("activity")
    blank = np.flatnonzero(named.fillna("") == "")
    if len(blank):
        raise InputError(f"activities, row {blank[0] + 1}: no activity; expected its name")
    by_activity = activities.groupby(named.to_numpy(), sort=False)
    table = by_activity[["function"]].first().rename_axis("activity")
    table["function"] = table["function"].astype("str").str.strip()
    spelled: dict[str, str] = {}
    for letter, column in {**LETTERS, "deputy": "deputy"}.items():
        if column in activities:
            names = names_in(activities[column])
            together = {
                name: _in_one_spelling(chain.from_iterable(names[named == name]), spelled)
                for name in table.index
            }
            table[letter] = pd.Series(together, dtype=object)
    if "escalation_days" in activities:
        table["escalation_days"] = by_activity["escalation_days"].min().astype(float)
    return table


def raci_matrix(table: pd.DataFrame) -> pd.DataFrame:
    """Return the RACI as a matrix of letters.

    Parameters
    ----------
    table : (n_activities, …), index activity
        From `raci_table`.

    Returns
    -------
    (n_activities, n_roles), index activity, columns role
        "", or the letters of the role in the activity, such as "R", "A" or "RA". Roles that
        do or answer for something come first, in the order of the activities.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Set the price floor"], "function": ["finance"],
    ...     "responsible": ["analyst"], "accountable": ["analyst"], "consulted": ["sales"]})
    >>> raci_matrix(raci_table(activities))
    role                analyst sales
    activity
    Set the price floor      RA     C
    """
    letters = [letter for letter in LETTERS if letter in table]
    roles = dict.fromkeys(
        role
        for few in ("RA", "CI")
        for _, row in table.iterrows()
        for letter in few
        if letter in table
        for role in row[letter]
    )
    matrix = pd.DataFrame(
        "", index=table.index, columns=pd.Index(list(roles), name="role", dtype="str"), dtype="str"
    )
    for activity, row in table.iterrows():
        for role in matrix.columns:
            said = "".join(letter for letter in letters if role in row[letter])
            matrix.loc[activity, role] = said
    return matrix


def _plain(name: str) -> str:
    return " ".join(name.split())


def _in_one_spelling(names: Iterable[str], spelled: dict[str, str]) -> tuple[str, ...]:
    """Return the names as first written, without doubles; `spelled` is filled on the way."""
    return tuple(dict.fromkeys(spelled.setdefault(name.casefold(), name) for name in names))
