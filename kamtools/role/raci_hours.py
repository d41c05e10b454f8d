"""Hours a year of those who are responsible, from the hours of the activities.

A service log names work in its own words ("visit"), a RACI in others ("Visit the client's
buyers and stores"). `match_logged` proposes which is which, to be looked over and corrected.
"""

from collections.abc import Iterable

import pandas as pd

from kamtools.errors import InputError
from kamtools.role.raci_controls import has_all_words
from kamtools.wording import listing


def match_logged(logged: Iterable[str], table: pd.DataFrame) -> pd.Series:
    """Return which activity each kind of logged work belongs to, as a proposal.

    It is the one activity that has all the words of the log. Where none has, or several have,
    it stays open: fill it in by hand.

    Parameters
    ----------
    logged
        Kinds of work in the words of the log.
    table : (n_activities, …), index activity
        From `raci_table.raci_table`.

    Returns
    -------
    (n_kinds,) activities, index logged; NaN where it is open

    Examples
    --------
    >>> table = pd.DataFrame(index=["Visit the client's buyers", "Close complaints"])
    >>> match_logged(["visit", "complaint", "order entry"], table).tolist()
    ["Visit the client's buyers", 'Close complaints', nan]
    """
    kinds = list(dict.fromkeys(logged))
    found = [[a for a in map(str, table.index) if has_all_words(a, kind)] for kind in kinds]
    return pd.Series(
        [some[0] if len(some) == 1 else None for some in found],
        pd.Index(kinds, name="logged", dtype="str"), name="activity", dtype="str",
    )  # fmt: skip


def activity_hours(logged: pd.Series, matches: pd.Series) -> pd.Series:
    """Return the hours a year of each activity, from those of each kind of logged work.

    Parameters
    ----------
    logged : hours a year, index the kind of work in the words of the log
    matches : activity, index the kind of work
        From `match_logged`. Work that is matched with no activity keeps its own name, so that
        a check can tell of it.

    Returns
    -------
    (n_activities,) hours a year, index activity

    Examples
    --------
    >>> matches = pd.Series({"visit": "Visit the buyers", "call": "Visit the buyers"})
    >>> activity_hours(pd.Series({"visit": 90.0, "call": 10.0, "travel": 5.0}), matches).to_dict()
    {'Visit the buyers': 100.0, 'travel': 5.0}
    """
    kinds = logged.index.astype("str")
    names = matches.reindex(kinds).astype("str").fillna(pd.Series(kinds, index=kinds))
    hours = logged.astype(float).groupby(names.to_numpy(), sort=False).sum(min_count=1)
    return hours.rename_axis("activity").rename("hours_per_year")


def responsible_hours(table: pd.DataFrame, hours: pd.Series) -> pd.DataFrame:
    """Return the hours a year that each role works on what it is responsible for.

    The hours of an activity are split evenly between those who are responsible for it, since
    a RACI does not say who does how much. Being accountable, consulted or informed takes time
    too, which is not counted.

    Parameters
    ----------
    table : (n_activities, …), index activity
        From `raci_table`.
    hours : hours a year of at least 0, index activity
        NaN, or no entry, where they are not known.

    Returns
    -------
    (n_roles, 3), index role, the most hours first
        `hours_per_year`, 0 where none are known; `activities`, the number of those that the
        role is responsible for; `without_hours`, the number of those among them that have no
        hours: the role works more than is told here.

    Raises
    ------
    InputError
        If hours are negative, given twice, or of an activity that there is not.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Visit", "Plan"], "function": ["client"] * 2,
    ...                            "responsible": ["Li; Eva", "Li"]})
    >>> from kamtools.role.raci_table import raci_table
    >>> responsible_hours(raci_table(activities), pd.Series({"Visit": 300.0}))
          hours_per_year  activities  without_hours
    role
    Li             150.0           2              1
    Eva            150.0           1              0
    """
    _check_hours(hours, table.index)
    shares = pd.DataFrame(
        {
            "role": table["R"],
            "hours_per_year": hours.reindex(table.index).astype(float) / table["R"].map(len),
        }
    ).explode("role")
    shares = shares[shares["role"].notna()]
    by_role = shares.groupby(shares["role"].astype("str"), sort=False)["hours_per_year"]
    result = pd.DataFrame(
        {
            "hours_per_year": by_role.sum(),
            "activities": by_role.size(),
            "without_hours": by_role.size() - by_role.count(),
        }
    )
    return result.rename_axis("role").sort_values("hours_per_year", ascending=False, kind="stable")


def hours_without_activity(table: pd.DataFrame, hours: pd.Series) -> list[str]:
    """Return the activities that have hours and are not in the RACI.

    Examples
    --------
    >>> hours_without_activity(pd.DataFrame(index=["Visit"]), pd.Series({"Calls": 9.0}))
    ['Calls']
    """
    return [str(name) for name in hours.index if name not in table.index]


def _check_hours(hours: pd.Series, activities: Iterable[object]) -> None:
    known = set(activities)
    unknown = [str(name) for name in hours.index if name not in known]
    if unknown:
        raise InputError(f"hours are given for {listing(unknown)}, which is no activity")
    if not hours.index.is_unique:
        raise InputError(f"hours of {hours.index[hours.index.duplicated()][0]} are given twice")
    if (hours < 0).any():
        name = hours.index[hours < 0][0]
        raise InputError(f"hours must be at least 0; got {hours[name]:g} for {name}")
