"""What if somebody leaves, is hired, has fewer hours, or a key account comes? At once."""

from dataclasses import replace

import numpy as np
import pandas as pd

from kamtools.errors import InputError, KamtoolsError
from kamtools.explorers.role_case import Case, accounts_at, settings_at_start, team_at
from kamtools.explorers.role_controls import make_role_controls
from kamtools.explorers.role_widget import RoleExplorer
from kamtools.role.assignment import Assignment, assign_accounts
from kamtools.role.assignment_rules import (
    AssignmentRules,
    assignment_prices,
    check_assignment_tables,
)
from kamtools.role.raci_cover import check_counterparts
from kamtools.role.raci_table import raci_table

START_SECONDS = 10.0


def role_explorer(
    accounts: pd.DataFrame,
    managers: pd.DataFrame,
    *,
    names: pd.Series,
    hours_per_year: float,
    share_for_accounts: float,
    seed: int,
    candidates: pd.DataFrame | None = None,
    counterparts: pd.DataFrame | None = None,
    activities: pd.DataFrame | None = None,
    assignment: Assignment | None = None,
    rules: AssignmentRules | None = None,
    assumptions: pd.DataFrame | None = None,
) -> RoleExplorer:
    """Return controls for people, capacity and accounts, with the assignment that follows.

    Each answer is the assignment of the start with as few moves as possible, and what it
    covers: rivals, languages, competences, loads, contacts and activities with nobody. It is
    a way to try, not a way to decide.

    Parameters
    ----------
    accounts, managers
        As `assignment.assign_accounts` takes them. Accounts may have `tier`, `hours_low`,
        `hours_high` and `source`, from `workload.workload`: the heads then have a range.
        Managers may have `name`.
    names
        Name by account_id, of accounts and candidates; may hold any character.
    hours_per_year, share_for_accounts : above 0; above 0 and up to 1
        Of a full-time manager, to start with. When they are moved, all capacities move in
        proportion. A capacity that is not known is their product.
    seed
        Of the range of the heads that are needed.
    candidates : index account_id
        Accounts that might become a key account, with the columns of accounts, `hours` at
        least; None for none. Those that are accounts already are left out.
    counterparts
        `account_id` as in accounts, `client_role` and `person`; None where not known.
    activities
        As for `raci_table.raci_table`; None where not known.
    assignment
        Of these accounts, to start with; found here if None.
    rules, assumptions
        As for `assignment.assign_accounts`; those of the assignment, where one is given and
        they are None.

    Returns
    -------
    RoleExplorer
        To be the last line of a cell. Where no assignment meets all rules, it says which of
        them fight, and shows what has nobody if nothing moves.

    Raises
    ------
    InputError
        If tables, rules or numbers are not possible, or do not fit each other.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0], "manager_id": ["M1", "M2"]},
    ...                         index=["a", "b"])
    >>> managers = pd.DataFrame({"name": ["Li", "Eva"], "capacity_hours": 150.0},
    ...                         index=["M1", "M2"])
    >>> explorer = role_explorer(accounts, managers, hours_per_year=300, share_for_accounts=0.5,
    ...                          names=pd.Series({"a": "Giant", "b": "Riser"}), seed=1)
    >>> explorer.leaver.value = "M1"
    >>> "Giant (Li to Eva)" in explorer.summary.value
    True
    """
    if rules is None:
        rules = AssignmentRules() if assignment is None else assignment.rules
    prices = assignment_prices(assumptions)
    if assumptions is None and assignment is not None:
        prices = assignment.prices
    case = Case(
        accounts=accounts.rename_axis("account_id"),
        candidates=_candidates(accounts, candidates),
        managers=managers.rename_axis("manager_id"),
        names=names,
        rules=rules,
        prices=prices,
        hours_per_year=float(hours_per_year),
        share_for_accounts=float(share_for_accounts),
        seed=seed,
        counterparts=counterparts,
        activities=activities,
    )
    _check(case, assignment)
    start = _found(case) if assignment is None else replace(assignment, prices=prices)
    case = replace(case, start=start)
    return RoleExplorer(case, make_role_controls(case))


def _candidates(accounts: pd.DataFrame, candidates: pd.DataFrame | None) -> pd.DataFrame:
    if candidates is None:
        return accounts[:0]
    if "hours" not in candidates:
        raise InputError("candidates lack the column hours")
    return candidates[~candidates.index.isin(accounts.index)].rename_axis("account_id")


def _check(case: Case, assignment: Assignment | None) -> None:
    check_assignment_tables(case.accounts, case.managers, case.rules)
    if len(case.candidates):
        check_assignment_tables(case.candidates, case.managers, case.rules)
    if not (np.isfinite(case.hours_per_year) and case.hours_per_year > 0):
        raise InputError(f"hours_per_year must be a number above 0; got {case.hours_per_year:g}")
    if not 0 < case.share_for_accounts <= 1:
        raise InputError(
            f"share_for_accounts must be above 0 and up to 1; got {case.share_for_accounts:g}"
        )
    if case.counterparts is not None:
        check_counterparts(case.counterparts)
    if case.activities is not None:
        raci_table(case.activities)
    if assignment is not None and set(assignment.table.index) != set(case.accounts.index):
        raise InputError(
            f"the assignment is of {len(assignment.table):,} accounts, which are not the "
            f"{len(case.accounts):,} given"
        )


def _found(case: Case) -> Assignment | None:
    """Return the assignment to start with, None if there is none within the rules."""
    at_start = settings_at_start(case)
    try:
        return assign_accounts(
            accounts_at(case, at_start), team_at(case, at_start), rules=case.rules,
            assumptions=case.prices.to_frame("value"), time_limit_seconds=START_SECONDS,
        )  # fmt: skip
    except KamtoolsError:
        # What fights is told by the explorer, which asks again for each of its settings.
        return None
