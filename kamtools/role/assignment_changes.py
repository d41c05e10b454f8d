"""What to do when a manager leaves, capacity changes or a key account comes: few moves first."""

import pandas as pd

from kamtools.role.assignment import Assignment, solve_assignment
from kamtools.role.assignment_rules import AssignmentRules

TIME_LIMIT_SECONDS = 0.5
"""Short, so that an explorer follows: with little spare capacity the proof may be cut off."""


def reassign(
    assignment: Assignment,
    *,
    accounts: pd.DataFrame | None = None,
    managers: pd.DataFrame | None = None,
    rules: AssignmentRules | None = None,
    gap: float = 0.0,
    time_limit_seconds: float = TIME_LIMIT_SECONDS,
) -> Assignment:
    """Return the assignment for a changed team or list that moves as few accounts as possible.

    First as few accounts as possible move that could stay, whatever a move might save; among
    those that move as few, the hours lost are least.

    Parameters
    ----------
    assignment
        What holds until now, from `assignment.assign_accounts` or from here.
    accounts
        As they are from now on, if they change. An account that was assigned stays with that
        manager if it can, whatever `manager_id` says; only new ones go by it.
    managers
        As they are from now on, if they change: one who leaves is simply not among them.
    rules
        If they change.
    gap, time_limit_seconds
        As for `assignment.assign_accounts`.

    Raises
    ------
    InputError
        As `assignment.assign_accounts`.

    Examples
    --------
    >>> from kamtools.role.assignment import assign_accounts
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0, 60.0]}, index=["a", "b", "c"])
    >>> managers = pd.DataFrame({"capacity_hours": [100.0, 100.0, 100.0]},
    ...                         index=["M1", "M2", "M3"])
    >>> before = assign_accounts(accounts, managers)
    >>> after = reassign(before, managers=managers.drop("M2").assign(capacity_hours=150.0),
    ...                  rules=AssignmentRules(balance=0.4))
    >>> stayed = before.table["manager_id"] != "M2"
    >>> (before.table["manager_id"] == after.table["manager_id"])[stayed].all()
    np.True_
    """
    known = assignment.accounts if accounts is None else accounts
    table = assignment.table.reindex(known.index)
    today = table["manager_id"]
    if "manager_id" in known:
        today = today.where(known.index.isin(assignment.table.index), known["manager_id"])
    known = known.assign(manager_id=today)
    if "relation_years" in known:
        has_just_come = table["is_move"].eq(True).to_numpy()
        known = known.assign(relation_years=known["relation_years"].mask(has_just_come, 0.0))
    return solve_assignment(
        known,
        assignment.managers if managers is None else managers,
        rules=rules or assignment.rules,
        prices=assignment.prices,
        gap=gap,
        time_limit_seconds=time_limit_seconds,
        moves_are_fewest=True,
    )
