"""What follows for accounts, loads, cover and heads from who looks after whom."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.explorers.role_case import (
    NONE,
    Case,
    Settings,
    accounts_at,
    full_time_heads,
    rules_at,
    settings_at_start,
    team_at,
)
from kamtools.explorers.role_cover import bare_activities, contact_cover, cover
from kamtools.role.assignment_fit import today_of
from kamtools.role.assignment_loads import manager_loads
from kamtools.role.assignment_reading import read_assignment, unmatched_accounts
from kamtools.role.headcount import Headcount, headcount

CONTACTS = ["contacts", "nobody", "elsewhere"]


@dataclass(frozen=True)
class Answer:
    """What follows from the settings.

    Attributes
    ----------
    rows : index account_id
        `name`, `hours`, `manager_id`, `manager` (its name), `before` (name of the manager at
        the start; missing for a new account), `today` (name of today's manager), `is_moved`
        (against the start), `is_new`, `lacks` (in words), `contacts`, `nobody`, `elsewhere`
        (0 where not known). Managers in the order of the team, most hours first.
    loads
        As `assignment_loads.manager_loads`, with `name` and `hours_at_start`.
    cover : index as in `role_cover.MEASURES`
    need : Headcount
    heads, full_time_heads
        Managers there, and what they come to in full-time managers.
    bare_activities
        Activities that nobody does, nor stands in for, or that nobody answers for.
    gap : 0-1
        What may be saved at most of moves and hours, as a share; 0 if it is proven that
        nothing can be.
    """

    rows: pd.DataFrame
    loads: pd.DataFrame
    cover: pd.Series
    need: Headcount
    heads: int
    full_time_heads: float
    bare_activities: tuple[str, ...]
    gap: float


def answer_of(
    case: Case, settings: Settings, manager_ids: pd.Series, *, gap: float = 0.0
) -> Answer:
    """Return what follows if these managers look after the accounts.

    Parameters
    ----------
    case, settings
        What is known, and where the controls stand.
    manager_ids : index account_id
        Who looks after each account, whether the rules allow it or not; missing for nobody.
    gap
        What may be saved at most, as a share.

    Examples
    --------
    >>> from kamtools.role.assignment_rules import AssignmentRules, assignment_prices
    >>> accounts = pd.DataFrame({"hours": [60.0]}, index=["a"])
    >>> managers = pd.DataFrame({"capacity_hours": [50.0]}, index=["M1"])
    >>> case = Case(accounts, accounts[:0], managers, pd.Series(dtype=str), AssignmentRules(),
    ...             assignment_prices(None), 100.0, 0.5, seed=1)
    >>> answer = answer_of(case, Settings(100.0, 0.5), pd.Series({"a": "M1"}))
    >>> answer.need.managers, answer.heads, answer.cover["over_capacity"]
    (2, 1, np.float64(1.0))
    """
    accounts, team = accounts_at(case, settings), team_at(case, settings)
    rules = rules_at(case, settings)
    at_start = team_at(case, settings_at_start(case))["name"]
    gone = [] if settings.leaver == NONE else [settings.leaver, at_start[settings.leaver]]
    table = read_assignment(
        accounts, team, manager_ids=manager_ids, assumptions=case.prices.to_frame("value")
    )
    contacts = None
    if case.counterparts is not None:
        contacts = contact_cover(case.counterparts, table["manager_id"], team, gone=gone)
    bare = None if case.activities is None else bare_activities(case.activities, gone=gone)
    before = manager_ids_before(case)
    hours_before = case.accounts["hours"].groupby(before).sum().reindex(team.index)
    loads = manager_loads(table, accounts, team, balance=rules.balance)
    names = pd.concat([at_start, team["name"]])
    return Answer(
        rows=_rows(case, table, accounts, team, names[~names.index.duplicated()], contacts),
        loads=loads.assign(name=team["name"], hours_at_start=hours_before.fillna(0.0)),
        cover=cover(table, accounts, team, rules, contacts=contacts,
                    n_bare_activities=None if bare is None else len(bare)),
        need=_need(case, settings, accounts),
        heads=len(team),
        full_time_heads=full_time_heads(team, settings),
        bare_activities=tuple(bare or ()),
        gap=gap,
    )  # fmt: skip


def manager_ids_before(case: Case) -> pd.Series:
    """Return each key account's manager at the start; today's where there is no start."""
    if case.start is not None:
        return case.start.table["manager_id"]
    return today_of(case.accounts)


def _rows(
    case: Case,
    table: pd.DataFrame,
    accounts: pd.DataFrame,
    team: pd.DataFrame,
    names: pd.Series,
    contacts: pd.DataFrame | None,
) -> pd.DataFrame:
    before = manager_ids_before(case).reindex(accounts.index)
    known = before.notna() & table["manager_id"].notna()
    lacks = unmatched_accounts(table, accounts, team)["lacks"].astype("str")
    counts = pd.DataFrame(0, index=accounts.index, columns=CONTACTS)
    rows = pd.DataFrame(
        {
            "name": accounts["name"],
            "hours": accounts["hours"].astype(float),
            "manager_id": table["manager_id"],
            "manager": _named(table["manager_id"], names),
            "before": _named(before, names),
            "today": _named(table["manager_today"], names),
            "is_moved": known & (table["manager_id"] != before),
            "is_new": ~accounts.index.isin(case.accounts.index),
            "lacks": lacks.reindex(accounts.index).fillna(""),
        }
    ).join(counts if contacts is None else contacts)
    place = team.index.get_indexer(pd.Index(rows["manager_id"]))
    ordered = rows.assign(place=np.where(place >= 0, place, len(team))).sort_values(
        ["place", "hours"], ascending=[True, False], kind="stable"
    )
    return ordered.drop(columns="place")


def _named(ids: pd.Series, names: pd.Series) -> pd.Series:
    """Return the name of each manager; the id of one who is not in the table."""
    return ids.map(names).astype(object).fillna(ids.astype(object))


def _need(case: Case, settings: Settings, accounts: pd.DataFrame) -> Headcount:
    """Return the heads that the hours need, with a range where the hours have one."""
    table = accounts.reindex(columns=["tier", "source", "hours", "hours_low", "hours_high"])
    words = table[["tier", "source"]].astype(object).fillna("")
    table = table.assign(tier=words["tier"], source=words["source"])
    return headcount(
        table, hours_per_year=settings.hours_per_year,
        share_for_accounts=settings.share_for_accounts, seed=case.seed,
        max_span=case.rules.max_span,
    )  # fmt: skip
