"""How far one rule would have to move for an assignment to be possible, if all others stay."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import LinearConstraint

from kamtools.role.assignment_kinds import is_possible, kinds_in_force, model_under
from kamtools.role.assignment_model import AssignmentModel, assignment_rows, row_units
from kamtools.role.assignment_rules import AssignmentRules
from kamtools.role.assignment_search import once, scaled_rows, search_whole
from kamtools.wording import percent

NEAR_ENOUGH = 0.05
"""A way out is told when none is nearer by more than this part of the way."""
WITHOUT = {
    "rivals": "if rivals may share a manager",
    "language": "if a manager need not speak an account's language",
    "region": "if a manager may be in another region",
    "competences": "if a manager need not have all competences that an account needs",
}


def ways_out(
    fighting: Sequence[str],
    accounts: pd.DataFrame,
    managers: pd.DataFrame,
    rules: AssignmentRules,
    *,
    time_limit: float,
) -> tuple[list[str], bool]:
    """Return in words how far each kind of rule has to move, and whether all is decided.

    Parameters
    ----------
    fighting
        Kinds of rules that fight.
    accounts, managers, rules
        As for `assignment.assign_accounts`.
    time_limit : seconds
        Most that each search may take. What it has found by then is a way out, though perhaps
        not the nearest.

    Returns
    -------
    list of str, bool
        A kind that is no way out by itself is not in the list. False if time ran out before
        that was proven of all that are not.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0, 60.0]}, index=["a", "b", "c"])
    >>> managers = pd.DataFrame({"capacity_hours": [None, None]}, index=["M1", "M2"])
    >>> ways_out(["balance"], accounts, managers, AssignmentRules(), time_limit=5)
    (['with loads within ±34 % of their share'], True)
    """
    others = kinds_in_force(accounts, managers, rules)
    ways, is_decided = [], True
    for kind in fighting:
        if kind in WITHOUT:
            model = model_under([one for one in others if one != kind], accounts, managers, rules)
            everyone = np.ones(len(accounts), dtype=bool)
            answer = is_possible(model, everyone, time_limit=time_limit)
            ways += [WITHOUT[kind]] if answer else []
            is_decided &= answer is not None
        else:
            model = model_under(others, accounts, managers, rules)
            found = least_stretch(model, kind, time_limit=time_limit)
            place = None if found is None else found.place
            ways += [] if place is None else [_words(kind, model, place)]
            is_decided &= found is None or place is not None
    return ways, is_decided


@dataclass(frozen=True)
class Stretched:
    """An assignment for which a limit moves; `place` is None if time ran out before one."""

    place: np.ndarray | None


def least_stretch(model: AssignmentModel, kind: str, *, time_limit: float) -> Stretched | None:
    """Return the assignment for which one kind of limit moves least; None if none will do.

    Parameters
    ----------
    model : AssignmentModel
    kind
        "capacity" (least hours more in all), "balance" (least share for every manager) or
        "span" (fewest more accounts for every manager).
    time_limit : seconds
    """
    accounts, managers = np.nonzero(np.isfinite(model.cost))
    if len(np.unique(accounts)) < len(model.cost):
        return None
    whole = assignment_rows(model, accounts, managers)
    unit = row_units(model, whole)
    rows = scaled_rows(model, whole)
    is_kind = rows.kinds == kind
    target = _targets(model)
    if kind == "capacity":
        by_row = sparse.csr_array(
            (is_kind.astype(float), (np.arange(len(is_kind)), rows.managers)),
            shape=(len(is_kind), len(model.capacity)),
        )
    else:
        step = target[rows.managers] / unit if kind == "balance" else np.ones(len(is_kind))
        by_row = sparse.csr_array(np.where(is_kind, step, 0.0)[:, np.newaxis])
    n_more = by_row.shape[1]
    found = search_whole(
        np.concatenate([np.zeros(len(accounts)), np.ones(n_more)]),
        np.concatenate([np.ones(len(accounts), dtype=int), np.zeros(n_more, dtype=int)]),
        [
            LinearConstraint(
                sparse.hstack([once(accounts), sparse.csc_array((len(model.cost), n_more))]), 1, 1
            ),
            LinearConstraint(sparse.hstack([rows.matrix, -by_row]), -np.inf, rows.upper),
        ],
        NEAR_ENOUGH,
        time_limit,
    )
    if found is None or found.x is None:
        return None if found is None else Stretched(None)
    place = np.empty(len(model.cost), dtype=int)
    is_in = found.x[: len(accounts)] > 0.5
    place[accounts[is_in]] = managers[is_in]
    return Stretched(place)


def _targets(model: AssignmentModel) -> np.ndarray:
    """Return the middle of each band, 0 where there is none."""
    has_band = np.isfinite(model.low) & np.isfinite(model.high)
    low, high = np.where(has_band, model.low, 0.0), np.where(has_band, model.high, 0.0)
    return (low + high) / 2


def _words(kind: str, model: AssignmentModel, place: np.ndarray) -> str:
    n_managers = len(model.capacity)
    load = np.bincount(place, model.hours[np.arange(len(place)), place], minlength=n_managers)
    if kind == "span":
        return f"with up to {int(np.bincount(place).max()):,} accounts for a manager"
    if kind == "capacity":
        more = float(np.maximum(load - model.capacity, 0).sum())
        return f"with {math.ceil(more - 1e-6):,} more hours of capacity"
    target = _targets(model)
    apart = np.abs(load - target)[target > 0] / target[target > 0]
    return f"with loads within ±{percent(math.ceil(100 * apart.max() - 1e-6) / 100)} of their share"
