"""Which rules fight where no assignment meets them all: a smallest set, by the deletion filter.

References
----------
.. [1] Chinneck, J. W. and Dravnieks, E. W. (1991), "Locating minimal infeasible constraint sets
   in linear programs", ORSA Journal on Computing 3(2), 157-168.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.role.assignment_conflict_words import conflict_words
from kamtools.role.assignment_kinds import is_possible, kinds_in_force, model_under
from kamtools.role.assignment_model import AssignmentModel
from kamtools.role.assignment_rules import AssignmentRules
from kamtools.role.assignment_ways_out import ways_out

TEST_SECONDS = 2.0
"""Most that one test of a set may take; a rule whose test takes longer is kept in the set."""
WAY_OUT_SECONDS = 1.0
"""Most that the search for one way out may take."""
MOST_TESTS = 80
"""Tests of which accounts are part of a conflict; then it is told with those that are left."""


@dataclass(frozen=True)
class Conflict:
    """Rules that fight, and the accounts for which they do.

    Attributes
    ----------
    kinds : some of `assignment_kinds.KINDS`
        Without any one of them there would be an assignment that meets the others of these.
    accounts : (n_accounts,) bool
        Accounts that cannot all have a manager under these rules.
    is_smallest
        Whether all tests were decided in time, so that none of the kinds can be left out.
    """

    kinds: list[str]
    accounts: np.ndarray
    is_smallest: bool


def fighting_rules(
    accounts: pd.DataFrame, managers: pd.DataFrame, rules: AssignmentRules
) -> Conflict | None:
    """Return rules that cannot be met together, and could if any one were gone.

    Parameters
    ----------
    accounts, managers, rules
        As for `assignment.assign_accounts`.

    Returns
    -------
    Conflict or None
        None if there is an assignment that meets all rules, or it is not known in time.

    Notes
    -----
    Each kind of rule in turn is dropped for good if there is still no assignment without it
    [1]_; then each account, the small ones first, where naming them tells more than a total.
    There may be other such sets.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0, 90.0, 20.0], "language": ["zh", "zh", None]},
    ...                         index=["a", "b", "c"])
    >>> managers = pd.DataFrame({"capacity_hours": [100.0, 200.0], "languages": ["zh", None]},
    ...                         index=["M1", "M2"])
    >>> conflict = fighting_rules(accounts, managers, AssignmentRules(musts=("language",)))
    >>> conflict.kinds, conflict.accounts.tolist()
    (['language', 'capacity'], [True, True, False])
    """
    everyone = np.ones(len(accounts), dtype=bool)
    kinds = kinds_in_force(accounts, managers, rules)
    if _test(kinds, accounts, managers, rules) is not False:
        return None
    is_smallest = True
    for kind in kinds.copy():
        without = [one for one in kinds if one != kind]
        answer = _test(without, accounts, managers, rules)
        if answer is False:
            kinds = without
        is_smallest &= answer is not None
    model = model_under(kinds, accounts, managers, rules)
    is_over = accounts["hours"].sum() > model.capacity.sum()
    is_total = set(kinds) <= {"balance", "span"} or (set(kinds) <= {"capacity"} and is_over)
    needed = everyone if is_total else _fewest_accounts(model)
    return Conflict(kinds, needed, is_smallest)


def conflict_message(accounts: pd.DataFrame, managers: pd.DataFrame, rules: AssignmentRules) -> str:
    """Return in words which rules fight and what would end it, where no assignment meets all.

    Parameters
    ----------
    accounts, managers, rules
        As for `assignment.assign_accounts`.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0, 90.0]}, index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [50.0, 80.0]}, index=["M1", "M2"])
    >>> print(conflict_message(accounts, managers, AssignmentRules(balance=None)))
    no assignment meets all rules: the capacity of all managers is 130 hours a year, a
    and b need 150. There would be one with 20 more hours of capacity.
    """
    conflict = fighting_rules(accounts, managers, rules)
    if conflict is None:
        return "no assignment meets all rules; which of them fight was not found in time."
    words = conflict_words(conflict.kinds, conflict.accounts, accounts, managers, rules)
    told, is_decided = ways_out(
        conflict.kinds, accounts, managers, rules, time_limit=WAY_OUT_SECONDS
    )
    text = f"no assignment meets all rules: {'; '.join(words)}."
    if told:
        return f"{text} There would be one {', or '.join(told)}."
    return f"{text} Others fight too." if is_decided else text


def _test(
    kinds: list[str], accounts: pd.DataFrame, managers: pd.DataFrame, rules: AssignmentRules
) -> bool | None:
    model = model_under(kinds, accounts, managers, rules)
    return is_possible(model, np.ones(len(accounts), dtype=bool), time_limit=TEST_SECONDS)


def _fewest_accounts(model: AssignmentModel) -> np.ndarray:
    """Return accounts that cannot all have a manager, and of which none can be left out.

    They are left out in groups that get smaller, so that few tests are needed.
    """
    needed = np.ones(len(model.cost), dtype=bool)
    order = np.argsort(model.hours.max(axis=1), kind="stable")
    size, tests = (len(order) + 1) // 2, 0
    while size and tests < MOST_TESTS:
        left = order[needed[order]]
        for start in range(0, len(left), size):
            without = needed.copy()
            without[left[start : start + size]] = False
            tests += 1
            if without.any() and is_possible(model, without, time_limit=TEST_SECONDS) is False:
                needed = without
            if tests == MOST_TESTS:
                break
        size = size // 2
    return needed
