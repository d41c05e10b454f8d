"""The moves of an assignment, each with what staying would do."""

import numpy as np
import pandas as pd

from kamtools.role.assignment import Assignment
from kamtools.role.assignment_fit import load_targets, rival_pairs
from kamtools.role.assignment_reading import (
    display_names,
    read_assignment,
    unmatched_accounts,
)
from kamtools.wording import listing, percent

NO_MANAGER = "has no manager today"
FREE = "moving it is priced at nothing, and it fits as well"


def assignment_moves(assignment: Assignment) -> pd.DataFrame:
    """Return the accounts that get another manager, or their first, and why.

    Parameters
    ----------
    assignment
        From `assignment.assign_accounts`.

    Returns
    -------
    DataFrame, index account_id
        `manager_today`, `manager_id`, `hours_per_year` and `reason`: what would happen if the
        account alone stayed where it is and all others had their proposed managers. Most hours
        first; accounts without a manager today come last.

    Examples
    --------
    >>> from kamtools.role.assignment import assign_accounts
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0, 60.0], "manager_id": ["M1", "M1", "M1"]},
    ...                         index=["a", "b", "c"])
    >>> managers = pd.DataFrame({"capacity_hours": [150.0, 75.0]}, index=["M1", "M2"])
    >>> assignment_moves(assign_accounts(accounts, managers))["reason"].tolist()
    ['with it M1 would have 180 of 150 hours; without it M2 would be 100 % below the fair
     share']
    """
    table = assignment.table
    moved = table[table["is_move"]].sort_values("hours_per_year", ascending=False, kind="stable")
    first = table[table["manager_today"].isna()]
    columns = ["manager_today", "manager_id", "hours_per_year"]
    reasons = _reasons(assignment, moved)
    return pd.concat(
        [moved[columns].assign(reason=reasons), first[columns].assign(reason=NO_MANAGER)]
    )


def _reasons(assignment: Assignment, moved: pd.DataFrame) -> pd.Series:
    """Return for each moved account what staying would do."""
    team = assignment.managers.index
    clauses = pd.DataFrame("", index=moved.index, columns=["left", "fit", "rules"], dtype=object)
    has_left = ~moved["manager_today"].isin(team)
    clauses.loc[has_left, "left"] = moved["manager_today"] + " no longer has accounts"
    could_stay = moved[~has_left]
    clauses.loc[could_stay.index, "fit"] = _better_fit(assignment, could_stay)
    clauses.loc[could_stay.index, "rules"] = _broken_rules(assignment, could_stay)
    words = [
        "; ".join(clause for clause in row if clause) or FREE for row in clauses.to_numpy().tolist()
    ]
    return pd.Series(words, index=moved.index, dtype=str)


def _better_fit(assignment: Assignment, moved: pd.DataFrame) -> list[str]:
    """Return what today's manager lacks and the new one does not, where that saves hours."""
    if moved.empty:
        return []
    accounts, managers = assignment.accounts.loc[moved.index], assignment.managers
    prices = assignment.prices.to_frame("value")
    lacks, misfit = [], []
    for manager_ids in (moved["manager_today"], moved["manager_id"]):
        table = read_assignment(accounts, managers, manager_ids=manager_ids, assumptions=prices)
        short = unmatched_accounts(table, accounts, managers)["lacks"]
        words = short.reindex(moved.index).fillna("").str.split("; ")
        lacks.append([set(one) - {""} for one in words])
        misfit.append(table["misfit_hours"])
    is_better = misfit[1] < misfit[0]
    today = display_names(managers).loc[moved["manager_today"]]
    return [
        f"{name} does not match {listing(sorted(before - after))}"
        if before - after and better
        else ""
        for name, before, after, better in zip(today, *lacks, is_better, strict=True)
    ]


def _broken_rules(assignment: Assignment, moved: pd.DataFrame) -> list[str]:
    """Return which rules would be broken if one account stayed and all others moved."""
    table, managers, rules = assignment.table, assignment.managers, assignment.rules
    load = table.groupby("manager_id")["hours_per_year"].sum().reindex(managers.index).fillna(0.0)
    number = table["manager_id"].value_counts()
    fair = pd.Series(load_targets(managers, float(load.sum())), index=managers.index)
    capacity = managers["capacity_hours"].astype(float)
    band = np.inf if rules.balance is None else rules.balance + 1e-9
    most = np.inf if rules.max_span is None else rules.max_span
    rivals = _rivals_of(assignment) if rules.rivals_apart else {}
    called, accounts = display_names(managers), display_names(assignment.accounts)
    told = []
    for account, row in moved[["manager_today", "manager_id", "hours_per_year"]].iterrows():
        today, new, hours = row.tolist()
        high, low = load[today] + hours, load[new] - hours
        whose, whom, found = called[today], called[new], []
        met = [rival for rival in rivals.get(account, []) if table.at[rival, "manager_id"] == today]
        if met:
            verb = "is" if len(met) == 1 else "are"
            who = f"{listing(accounts[met].tolist())}, its rival{'s'[: len(met) - 1]}"
            found.append(f"{who}, {verb} with {whose}")
        if high > capacity[today] * (1 + 1e-9):
            found.append(f"with it {whose} would have {high:,.0f} of {capacity[today]:,.0f} hours")
        elif fair[today] > 0 and high / fair[today] - 1 > band:
            over = percent(high / fair[today] - 1)
            found.append(f"with it {whose} would be {over} above the fair share")
        if number.get(today, 0) + 1 > most:
            found.append(f"with it {whose} would have {number[today] + 1} accounts, not {most}")
        if fair[new] > 0 and 1 - low / fair[new] > band:
            under = percent(1 - low / fair[new])
            found.append(f"without it {whom} would be {under} below the fair share")
        told.append("; ".join(found))
    return told


def _rivals_of(assignment: Assignment) -> dict[object, list[str]]:
    ids = assignment.accounts.index
    rivals: dict[object, list[str]] = {}
    for one, other in rival_pairs(assignment.accounts).tolist():
        rivals.setdefault(ids[one], []).append(ids[other])
        rivals.setdefault(ids[other], []).append(ids[one])
    return rivals
