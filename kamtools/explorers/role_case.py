"""What the role explorer knows, where its controls stand, and the tables that follow."""

import math
from dataclasses import dataclass, replace

import pandas as pd

from kamtools.explorers.selection_words import account_names
from kamtools.role.assignment import Assignment
from kamtools.role.assignment_rules import AssignmentRules
from kamtools.schema import names_in

NONE = ""
"""No manager, or no account: a dropdown cannot stand on None."""
FITS_ALL = NONE
"""Whom somebody hired is like where nobody is named: whatever the accounts ask for is there."""
PROFILE = {"region": ("region",), "languages": ("language",), "competences": ("needs",)}
"""Columns of managers, and those of accounts that ask for what is in them."""


@dataclass(frozen=True)
class Case:
    """What is known, and does not move.

    Attributes
    ----------
    accounts, candidates : index account_id
        The key accounts, and accounts that might become one, as
        `assignment.assign_accounts` takes them; candidates may be empty.
    managers : index manager_id
        As `assignment.assign_accounts` takes them.
    names : name by account_id
    rules, prices
        What an assignment must respect, and what it is priced by.
    hours_per_year, share_for_accounts
        Of a full-time manager at the start: hours, and the share of them for accounts (0-1).
    seed
        Of the range of the heads that are needed.
    counterparts, activities
        As for `leaving.leaving`; None where there is no such table.
    start : Assignment or None
        What holds before anything is moved; None if there is no assignment within the rules.
    """

    accounts: pd.DataFrame
    candidates: pd.DataFrame
    managers: pd.DataFrame
    names: pd.Series
    rules: AssignmentRules
    prices: pd.Series
    hours_per_year: float
    share_for_accounts: float
    seed: int
    counterparts: pd.DataFrame | None = None
    activities: pd.DataFrame | None = None
    start: Assignment | None = None


@dataclass(frozen=True)
class Settings:
    """Where the controls stand.

    Attributes
    ----------
    hours_per_year : hours of a full-time manager
    share_for_accounts : 0-1
    hires : managers who come
    hire_like
        manager_id of whom they are like; `FITS_ALL` if they match every account.
    leaver
        manager_id of who leaves; `NONE` for nobody.
    new_account
        account_id of the candidate who becomes a key account; `NONE` for none.
    balance : share
        How far a load may be from its share; that of the case's rules if None.
    """

    hours_per_year: float
    share_for_accounts: float
    hires: int = 0
    hire_like: str = FITS_ALL
    leaver: str = NONE
    new_account: str = NONE
    balance: float | None = None

    @property
    def full_time_hours(self) -> float:
        """Hours a year that a full-time manager has for accounts."""
        return self.hours_per_year * self.share_for_accounts


def settings_at_start(case: Case) -> Settings:
    """Return where the controls stand before anything is moved."""
    return Settings(case.hours_per_year, case.share_for_accounts, balance=case.rules.balance)


def rules_at(case: Case, settings: Settings) -> AssignmentRules:
    """Return what an assignment must respect under these settings.

    Parameters
    ----------
    case, settings
        What is known, and where the controls stand.
    """
    return replace(case.rules, balance=settings.balance) if settings.balance else case.rules


def team_at(case: Case, settings: Settings) -> pd.DataFrame:
    """Return the managers under these settings.

    Capacities keep their proportions: who works half the hours of another still does. A
    manager whose capacity is not known has the hours of a full-time manager, as have those
    who are hired.

    Parameters
    ----------
    case, settings
        What is known, and where the controls stand.

    Returns
    -------
    (n_managers, …), index manager_id
        The columns of the case's managers, `capacity_hours` and `name` filled. Those who are
        hired come last.

    Examples
    --------
    >>> managers = pd.DataFrame({"capacity_hours": [900.0, 450.0]}, index=["M1", "M2"])
    >>> accounts = pd.DataFrame({"hours": [60.0]}, index=["a"])
    >>> case = Case(accounts, accounts[:0], managers, pd.Series(dtype=str), AssignmentRules(),
    ...             pd.Series(dtype=float), 1800.0, 0.5, seed=1)
    >>> team_at(case, Settings(1800.0, 0.6, hires=1, leaver="M1"))[["name", "capacity_hours"]]
                          name  capacity_hours
    manager_id
    M2                      M2           540.0
    new 1       New manager 1          1080.0
    """
    team = case.managers.rename_axis("manager_id")
    ids = team.index.astype(str).to_series(index=team.index)
    known = team["name"].fillna(ids) if "name" in team else ids
    more = settings.full_time_hours / settings_at_start(case).full_time_hours
    capacity = (team["capacity_hours"].astype(float) * more).fillna(settings.full_time_hours)
    team = team.assign(name=known.astype(str), capacity_hours=capacity)
    hires = [_hire(case, settings, team, number) for number in range(1, settings.hires + 1)]
    stays = team[team.index != settings.leaver]
    return pd.concat([stays, *hires]) if hires else stays


def accounts_at(case: Case, settings: Settings) -> pd.DataFrame:
    """Return the key accounts under these settings, a new one last, each with its name.

    Parameters
    ----------
    case, settings
        What is known, and where the controls stand.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0, 90.0]}, index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [900.0]}, index=["M1"])
    >>> case = Case(accounts[:1], accounts[1:], managers, pd.Series({"b": "浩瀚食品"}),
    ...             AssignmentRules(), pd.Series(dtype=float), 1800.0, 0.5, seed=1)
    >>> accounts_at(case, Settings(1800.0, 0.5, new_account="b"))
                hours  name
    account_id
    a            60.0     a
    b            90.0  浩瀚食品
    """
    accounts = case.accounts
    if settings.new_account != NONE:
        accounts = pd.concat([accounts, case.candidates.loc[[settings.new_account]]])
    named = account_names(accounts.index, case.names)
    return accounts.assign(name=named).rename_axis("account_id")


def full_time_heads(team: pd.DataFrame, settings: Settings) -> float:
    """Return how many full-time managers the capacities come to.

    Examples
    --------
    >>> team = pd.DataFrame({"capacity_hours": [900.0, 450.0]})
    >>> full_time_heads(team, Settings(1800.0, 0.5))
    1.5
    """
    return math.fsum(team["capacity_hours"]) / settings.full_time_hours


def _hire(case: Case, settings: Settings, team: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return the row of somebody hired, with the columns of the team."""
    row: dict[str, object] = {}
    for column, asked_for in PROFILE.items():
        if column in team and settings.hire_like != FITS_ALL:
            row[column] = team.at[settings.hire_like, column]
        elif column in team:
            tables = (case.accounts, case.candidates)
            asked = [table[one] for table in tables for one in asked_for if one in table]
            words = [word for cells in asked for cell in cells for word in names_in(cell)]
            row[column] = "; ".join(dict.fromkeys(words))
    row |= {"capacity_hours": settings.full_time_hours, "name": f"New manager {number}"}
    new_id = f"new {number}"
    while new_id in team.index:
        new_id = f"{new_id}+"
    return pd.DataFrame([row], index=pd.Index([new_id], name="manager_id"))
