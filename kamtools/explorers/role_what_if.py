"""From where the controls stand to who looks after whom, and what has nobody: one function."""

import pandas as pd

from kamtools.errors import RunError
from kamtools.explorers.role_answer import Answer, answer_of, manager_ids_before
from kamtools.explorers.role_case import (
    Case,
    Settings,
    accounts_at,
    rules_at,
    settings_at_start,
    team_at,
)
from kamtools.role.assignment import Assignment, solve_assignment
from kamtools.role.assignment_changes import reassign
from kamtools.role.assignment_fit import today_of
from kamtools.role.assignment_rules import AssignmentRules

TIME_LIMIT_SECONDS = 0.5
"""Most that one search may take, so that the answer is there within a second."""
PATIENCE_SECONDS = 4.0
"""The same where nothing was found in that time."""
TODAY, START = "today", "start"


def what_if(case: Case, settings: Settings) -> Answer:
    """Return who looks after whom under these settings, and how well the accounts are covered.

    The assignment is the one of the start with as few moves as possible, so that it hangs on
    where the controls stand and not on the way there.

    Parameters
    ----------
    case, settings
        What is known, and what somebody wants to try.

    Raises
    ------
    InputError
        If no assignment meets all rules: the message says which of them fight.
    RunError
        If time runs out before any assignment is found.

    Examples
    --------
    >>> from kamtools.role.assignment_rules import AssignmentRules, assignment_prices
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0], "manager_id": ["M1", "M2"]},
    ...                         index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [150.0, 150.0]}, index=["M1", "M2"])
    >>> case = Case(accounts, accounts[:0], managers, pd.Series(dtype=str), AssignmentRules(),
    ...             assignment_prices(None), 300.0, 0.5, seed=1)
    >>> answer = what_if(case, Settings(300.0, 0.5, leaver="M1"))
    >>> answer.rows.loc["a", ["manager", "before"]].tolist()
    ['M2', 'M1']
    """
    accounts, team = accounts_at(case, settings), team_at(case, settings)
    rules = rules_at(case, settings)
    try:
        found = _assigned(case, accounts, team, rules, TIME_LIMIT_SECONDS)
    except RunError:
        found = _assigned(case, accounts, team, rules, PATIENCE_SECONDS)
    return answer_of(case, settings, found.table["manager_id"], gap=found.gap)


def unmoved(case: Case, settings: Settings) -> Answer:
    """Return what is left under these settings if no account gets another manager.

    The accounts of who leaves have nobody then; a new one has whom it has today.

    Parameters
    ----------
    case, settings
        What is known, and what somebody wants to try.

    Examples
    --------
    >>> from kamtools.role.assignment_rules import AssignmentRules, assignment_prices
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0], "manager_id": ["M1", "M2"]},
    ...                         index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [90.0, 90.0]}, index=["M1", "M2"])
    >>> case = Case(accounts, accounts[:0], managers, pd.Series(dtype=str), AssignmentRules(),
    ...             assignment_prices(None), 180.0, 0.5, seed=1)
    >>> unmoved(case, Settings(180.0, 0.5, leaver="M1")).cover["without_manager"]
    np.float64(1.0)
    """
    today = today_of(accounts_at(case, settings))
    return answer_of(case, settings, today.where(
        ~today.index.isin(case.accounts.index), manager_ids_before(case).reindex(today.index)
    ))  # fmt: skip


def earlier_cover(case: Case) -> pd.DataFrame:
    """Return the measures of cover of today's assignment and of the one at the start.

    Parameters
    ----------
    case
        What is known.

    Returns
    -------
    Index as in `role_cover.MEASURES`; columns `today` and `start`, each where it is known

    Examples
    --------
    >>> from kamtools.role.assignment_rules import AssignmentRules, assignment_prices
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0], "manager_id": "M1"}, index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [90.0, 90.0]}, index=["M1", "M2"])
    >>> case = Case(accounts, accounts[:0], managers, pd.Series(dtype=str), AssignmentRules(),
    ...             assignment_prices(None), 180.0, 0.5, seed=1)
    >>> earlier_cover(case).loc[["over_capacity", "highest_load"]]
                   today
    measure
    over_capacity    1.0
    highest_load     2.0
    """
    settings = settings_at_start(case)
    earlier = {}
    if today_of(case.accounts).isin(case.managers.index).any():
        earlier[TODAY] = answer_of(case, settings, today_of(case.accounts)).cover
    if case.start is not None:
        earlier[START] = answer_of(case, settings, case.start.table["manager_id"]).cover
    return pd.DataFrame(earlier)


def _assigned(
    case: Case,
    accounts: pd.DataFrame,
    team: pd.DataFrame,
    rules: AssignmentRules,
    time_limit_seconds: float,
) -> Assignment:
    if case.start is not None:
        return reassign(
            case.start, accounts=accounts, managers=team, rules=rules,
            time_limit_seconds=time_limit_seconds,
        )  # fmt: skip
    return solve_assignment(
        accounts, team, rules=rules, prices=case.prices, gap=0.0,
        time_limit_seconds=time_limit_seconds, moves_are_fewest=True,
    )  # fmt: skip
