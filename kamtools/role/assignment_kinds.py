"""The rules of an assignment by kind, and whether some of them can be met together."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint

from kamtools.role.assignment_fit import measure_fit, model_of, rival_pairs
from kamtools.role.assignment_model import AssignmentModel, assignment_rows
from kamtools.role.assignment_rules import AssignmentRules, assignment_prices
from kamtools.role.assignment_search import once, scaled_rows, search_whole

KINDS = ("balance", "span", "rivals", "competences", "region", "language", "capacity")
"""Kinds of rules, in the order in which it is tried to do without them."""


def kinds_in_force(
    accounts: pd.DataFrame, managers: pd.DataFrame, rules: AssignmentRules
) -> list[str]:
    """Return the kinds of rules that there are.

    Parameters
    ----------
    accounts, managers, rules
        As for `assignment.assign_accounts`.

    Examples
    --------
    >>> managers = pd.DataFrame({"capacity_hours": [None]}, index=["M1"])
    >>> accounts = pd.DataFrame({"hours": [60.0]}, index=["a"])
    >>> kinds_in_force(accounts, managers, AssignmentRules(musts=("language",)))
    ['balance', 'language']
    """
    there_is = {
        "balance": rules.balance is not None,
        "span": rules.max_span is not None,
        "rivals": rules.rivals_apart and len(rival_pairs(accounts)) > 0,
        "capacity": bool(managers["capacity_hours"].notna().any()),
        **dict.fromkeys(rules.musts, True),
    }
    return [kind for kind in KINDS if there_is.get(kind, False)]


def model_under(
    kinds: Collection[str], accounts: pd.DataFrame, managers: pd.DataFrame, rules: AssignmentRules
) -> AssignmentModel:
    """Return the programme with the rules of some kinds only, in which every pair costs nothing.

    Parameters
    ----------
    kinds
        Some of those in force.
    accounts, managers, rules
        As for `assignment.assign_accounts`.
    """
    some = replace(
        rules,
        balance=rules.balance if "balance" in kinds else None,
        max_span=rules.max_span if "span" in kinds else None,
        rivals_apart="rivals" in kinds,
        musts=tuple(must for must in rules.musts if must in kinds),
    )
    fit = measure_fit(accounts, managers, assignment_prices(None))
    model = model_of(accounts, managers, some, fit)
    return replace(
        model,
        cost=np.where(np.isfinite(model.cost), 0.0, np.inf),
        capacity=model.capacity if "capacity" in kinds else np.full(len(managers), np.inf),
    )


def is_possible(model: AssignmentModel, is_needed: np.ndarray, *, time_limit: float) -> bool | None:
    """Say whether an assignment meets the limits; None if it is not known when time runs out.

    Parameters
    ----------
    model : AssignmentModel
    is_needed : (n_accounts,) bool
        Accounts that must have a manager; the others may do without.
    time_limit : seconds

    Examples
    --------
    >>> model = AssignmentModel(np.zeros((2, 1)), np.array([[60.0], [90.0]]), np.array([100.0]),
    ...                         np.array([-np.inf]), np.array([np.inf]), np.inf,
    ...                         np.empty((0, 2), int))
    >>> [is_possible(model, np.array(needed), time_limit=5) for needed in ([1, 1], [0, 1])]
    [False, True]
    """
    is_needed = np.asarray(is_needed, dtype=bool)
    is_open = np.isfinite(model.cost)
    if (is_needed & ~is_open.any(axis=1)).any() or _is_over_in_all(model, is_needed):
        return False
    if np.isinf(model.low).all():
        is_open &= is_needed[:, np.newaxis]
    accounts, managers = np.nonzero(is_open)
    if not len(accounts):
        return True
    rows = scaled_rows(model, assignment_rows(model, accounts, managers))
    count = once(accounts)
    limits = [
        LinearConstraint(count, is_needed[: count.shape[0]].astype(float), 1),
        LinearConstraint(rows.matrix, -np.inf, rows.upper),
    ]
    nothing = np.zeros(len(accounts))
    for whole in (0, 1):  # even in parts of accounts, which is quickly known, and then whole
        found = search_whole(nothing, np.full(len(accounts), whole), limits, 0.0, time_limit)
        if found is None:
            return False
    return None if found is None or found.x is None else True


def _is_over_in_all(model: AssignmentModel, is_needed: np.ndarray) -> bool:
    """Say whether a count is enough to see that there is no assignment, however it is divided."""
    least_hours = float(model.hours.min(axis=1)[is_needed].sum())
    most_hours = float(np.minimum(model.capacity, model.high).sum())
    return least_hours > most_hours * (1 + 1e-9) or is_needed.sum() > model.span * len(model.low)
