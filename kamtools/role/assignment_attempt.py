"""An assignment, or in words why there is none: for reports that go on either way."""

from dataclasses import dataclass

import pandas as pd

from kamtools.errors import InputError
from kamtools.role.assignment import Assignment, assign_accounts
from kamtools.role.assignment_rules import AssignmentRules, check_assignment_tables

NO_MANAGERS = (
    "Who looks after whom cannot be said: there are no managers. managers.csv would tell who "
    "there is, and accounts.csv who has which account today."
)


@dataclass(frozen=True)
class Attempt:
    """What came of looking for an assignment.

    Attributes
    ----------
    assignment
        None where there is none.
    problem
        Why there is none; blank where there is one.
    """

    assignment: Assignment | None
    problem: str


def attempt_assignment(
    accounts: pd.DataFrame,
    managers: pd.DataFrame | None,
    *,
    rules: AssignmentRules | None = None,
    assumptions: pd.DataFrame | None = None,
    gap: float = 0.01,
    time_limit_seconds: float = 60.0,
) -> Attempt:
    """Return the best assignment, or what stands in its way.

    Parameters
    ----------
    accounts, rules, assumptions, gap, time_limit_seconds
        As in `assignment.assign_accounts`.
    managers
        As there; None if the firm has no such table.

    Raises
    ------
    InputError
        If a table cannot be used. That no assignment meets all rules is no error here.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0]}, index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [100.0]}, index=["M1"])
    >>> attempt_assignment(accounts, managers).assignment is None
    True
    >>> attempt_assignment(accounts, None).problem == NO_MANAGERS
    True
    """
    if managers is None or managers.empty:
        return Attempt(None, NO_MANAGERS)
    check_assignment_tables(accounts, managers, rules or AssignmentRules())
    try:
        found = assign_accounts(
            accounts, managers, rules=rules, assumptions=assumptions, gap=gap,
            time_limit_seconds=time_limit_seconds,
        )  # fmt: skip
    except InputError as error:
        said = str(error)
        return Attempt(None, said[:1].upper() + said[1:])
    return Attempt(found, "")
