"""How well the accounts are looked after: rivals, match, loads, moves, and what has nobody."""

from collections.abc import Collection

import pandas as pd

from kamtools.role.assignment_loads import BALANCE, manager_loads
from kamtools.role.assignment_rules import AssignmentRules
from kamtools.role.raci_table import names_in, raci_table

MEASURES = {
    "without_manager": "Accounts without a manager",
    "over_capacity": "Managers beyond their capacity",
    "outside_band": "Managers outside the band of loads",
    "least_load": "Lightest load, of its share",
    "highest_load": "Fullest load, of its share",
    "rival_pairs": "Pairs of rivals with one manager",
    "language_unmatched": "Accounts whose language is not spoken",
    "region_unmatched": "Accounts in another region",
    "competence_met": "Needed competences met, by hours",
    "moves": "Accounts with another manager than today",
    "contacts_nobody": "Client contacts with nobody",
    "contacts_elsewhere": "Client contacts that only another manager has",
    "activities_nobody": "Activities with nobody",
}
"""Measures of `cover`, as a manager calls them."""
SHARES = ("least_load", "highest_load", "competence_met")
MORE_IS_BETTER = ("least_load", "competence_met")


def cover(
    table: pd.DataFrame,
    accounts: pd.DataFrame,
    team: pd.DataFrame,
    rules: AssignmentRules,
    *,
    contacts: pd.DataFrame | None,
    n_bare_activities: int | None,
) -> pd.Series:
    """Return the measures of one assignment.

    Parameters
    ----------
    table
        From `assignment_reading.read_assignment`, or `table` of an assignment, with
        `manager_today`.
    accounts, team
        As for `assignment.assign_accounts`.
    rules
        Of which the band is taken; 15 % where they have none.
    contacts
        From `contact_cover`; None where contacts are not known.
    n_bare_activities
        From `bare_activities`, their number; None where activities are not known.

    Returns
    -------
    (n_measures,) index as in `MEASURES`
        Those that can be told. Loads and competences are shares, all others counts.

    Examples
    --------
    >>> from kamtools.role.assignment_reading import read_assignment
    >>> accounts = pd.DataFrame({"hours": [60.0, 90.0], "manager_id": "M1"}, index=["a", "b"])
    >>> team = pd.DataFrame({"capacity_hours": [100.0, 100.0]}, index=["M1", "M2"])
    >>> measured = cover(read_assignment(accounts, team), accounts, team, AssignmentRules(),
    ...                  contacts=None, n_bare_activities=2)
    >>> measured[["over_capacity", "highest_load", "activities_nobody"]].to_dict()
    {'over_capacity': 1.0, 'highest_load': 2.0, 'activities_nobody': 2.0}
    """
    band = BALANCE if rules.balance is None else rules.balance
    loads = manager_loads(table, accounts, team, balance=band)
    placed = table[table["manager_id"].notna()]
    met = float((placed["competence_met"] * placed["hours_per_year"]).sum())
    hours = float(placed["hours_per_year"].sum())
    moved = placed["manager_today"].notna() & (placed["manager_id"] != placed["manager_today"])
    measured = {
        "without_manager": table["manager_id"].isna().sum(),
        "over_capacity": loads["is_over_capacity"].sum(),
        "outside_band": loads["is_outside"].sum(),
        "least_load": loads["load_index"].min(),
        "highest_load": loads["load_index"].max(),
        "rival_pairs": loads["rival_pairs"].sum(),
        "language_unmatched": (~placed["language_matched"]).sum(),
        "region_unmatched": (~placed["region_matched"]).sum(),
        "competence_met": met / hours if hours > 0 else 1.0,
        "moves": moved.sum(),
    }
    if contacts is not None:
        measured["contacts_nobody"] = contacts["nobody"].sum()
        measured["contacts_elsewhere"] = contacts["elsewhere"].sum()
    if n_bare_activities is not None:
        measured["activities_nobody"] = n_bare_activities
    return pd.Series(measured, dtype=float).rename_axis("measure")


def contact_cover(
    counterparts: pd.DataFrame,
    manager_ids: pd.Series,
    team: pd.DataFrame,
    *,
    gone: Collection[str] = (),
) -> pd.DataFrame:
    """Return how many client contacts each account has, and how many of them lack somebody.

    Parameters
    ----------
    counterparts
        `account_id`, `client_role`, `person` (of us; several are separated by semicolons).
    manager_ids : index account_id
        Who looks after each account; missing for nobody.
    team : index manager_id
        With `name`.
    gone
        Name and id of who has left.

    Returns
    -------
    (n_accounts, 3), index account_id, counts
        `contacts`; `nobody`, with none of us; `elsewhere`, which managers have and the one
        who looks after the account has not, so that it is to be handed over.

    Examples
    --------
    >>> counterparts = pd.DataFrame({"account_id": "a", "person": ["Li", "Eva", None, "sales"],
    ...                              "client_role": ["buyer", "owner", "quality", "goods-in"]})
    >>> team = pd.DataFrame({"name": ["Eva", "Jo"]}, index=["M2", "M3"])
    >>> contact_cover(counterparts, pd.Series({"a": "M3"}), team, gone=["Li"])
                contacts  nobody  elsewhere
    account_id
    a                  4       2          1
    """
    folded = {_fold(one) for one in gone}
    id_of = {_fold(str(name)): one for one, name in team["name"].items()}
    id_of |= {_fold(str(one)): one for one in team.index}
    rows = counterparts[counterparts["account_id"].isin(manager_ids.index)]
    counts = {account: [0, 0, 0] for account in manager_ids.index}
    people = names_in(rows["person"])
    for account, who in zip(rows["account_id"], people, strict=True):
        left = [_fold(one) for one in who if _fold(one) not in folded]
        theirs = {id_of.get(one) for one in left}
        counts[account][0] += 1
        counts[account][1] += not left
        counts[account][2] += bool(
            left and None not in theirs and manager_ids[account] not in theirs
        )
    return pd.DataFrame.from_dict(
        counts, orient="index", columns=["contacts", "nobody", "elsewhere"]
    ).rename_axis("account_id")


def bare_activities(activities: pd.DataFrame, *, gone: Collection[str] = ()) -> list[str]:
    """Return the activities that nobody does, nor stands in for, or that nobody answers for.

    Parameters
    ----------
    activities
        As for `raci_table.raci_table`.
    gone
        Name and id of who has left. Where roles stand in the table and not people, whoever
        fills the role goes on.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Visit", "Plan"], "function": "client",
    ...                            "responsible": ["Li", "Li"], "deputy": ["Eva", None]})
    >>> bare_activities(activities), bare_activities(activities, gone=["Li"])
    ([], ['Plan'])
    """
    if activities.empty:
        return []
    folded = {_fold(one) for one in gone}
    table = raci_table(activities)
    stays = {
        letter: table[letter].map(lambda who: any(_fold(one) not in folded for one in who))
        for letter in ("R", "deputy", "A")
        if letter in table
    }
    does = stays["R"] | stays.get("deputy", False)
    answers = stays.get("A", pd.Series(True, index=table.index))
    return [str(activity) for activity in table.index[~(does & answers)]]


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()
