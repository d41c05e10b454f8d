"""The cheapest assignment within the limits, with the bound that says how good it is.

HiGHS, through SciPy, finds prices of the limits from the linear relaxation. Priced with them,
nearly every pair of account and manager is too dear to be in any good assignment, whatever
the rest is. HiGHS then searches the few pairs that are left, and the bound covers all others.

References
----------
.. [1] Huangfu, Q. and Hall, J. A. J. (2018), "Parallelizing the dual revised simplex method",
   Mathematical Programming Computation 10(1), 119-142 (HiGHS).
.. [2] Fisher, M. L. (1981), "The Lagrangian relaxation method for solving integer programming
   problems", Management Science 27(1), 1-18.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, linprog

from kamtools.errors import RunError
from kamtools.role.assignment_improvement import settle
from kamtools.role.assignment_model import (
    TOLERANCE,
    AssignmentModel,
    Rows,
    assignment_rows,
    broken_rows,
)
from kamtools.role.assignment_search import Found, once, scaled_rows, search_whole

FIRST_CORE = 2
"""Pairs for each account in the first search. With twice as many it takes up to eight times
as long, and the bound was never the better by more than the gap that was allowed."""
SCALE = 1_000.0
"""Largest cost inside the solver, whose tolerances are absolute."""


@dataclass(frozen=True)
class Solution:
    """An assignment, and what proves how good it is.

    Attributes
    ----------
    place : (n_accounts,) int
        Manager of each account.
    cost
        Sum of the costs of its pairs.
    bound
        No assignment within the limits costs less; equal to `cost` if none is cheaper.
    """

    place: np.ndarray
    cost: float
    bound: float


def cheapest_assignment(
    model: AssignmentModel, *, gap: float, time_limit_seconds: float
) -> Solution | None:
    """Return the assignment of the least cost within the limits, None if there is none.

    Parameters
    ----------
    model : AssignmentModel
    gap : share, at least 0
        Stop as soon as no assignment can be cheaper by more than this part of the cost. With
        0 the assignment is proven to be the cheapest.
    time_limit_seconds : above 0
        Most that one search may take; what stands then is returned with its bound. Mostly
        there are one or two, and one more at most after a search that was cut off.

    Raises
    ------
    RunError
        If a search ends at the time limit without any assignment, and without proof that
        there is none; if the solver fails.

    Notes
    -----
    For prices p >= 0 of the rows A x <= b, every assignment x within them costs at least (weak
    duality [2]_)

        L = -p·b + sum_i min_j r_ij,   r_ij = c_ij + (p·A)_ij,

    and at least L + d_ij, d_ij = r_ij - min_k r_ik, if it holds the pair ij. So an assignment
    that is not among the pairs with d_ij <= t costs at least L + t, and the bound of all is
    the smaller of that and the bound of the search among those pairs. t grows until the gap
    is met.

    Examples
    --------
    >>> model = AssignmentModel(np.array([[1.0, 5.0], [1.0, 3.0]]), np.full((2, 2), 60.0),
    ...                         np.array([100.0, 100.0]), np.full(2, -np.inf),
    ...                         np.full(2, np.inf), np.inf, np.empty((0, 2), int))
    >>> solution = cheapest_assignment(model, gap=0, time_limit_seconds=10)
    >>> solution.place.tolist(), solution.cost, solution.bound
    ([0, 1], 4.0, 4.0)
    """
    if np.isinf(model.cost).all(axis=1).any():
        return None
    accounts, managers = np.nonzero(np.isfinite(model.cost))
    cost = model.cost[accounts, managers]
    largest = float(np.abs(cost).max())
    scale = SCALE / largest if largest > 0 else 1.0
    rows = scaled_rows(model, assignment_rows(model, accounts, managers))
    found = _search(cost * scale, accounts, managers, rows, gap, time_limit_seconds)
    if found is None:
        return None
    is_in, excess = found
    place = np.empty(len(model.cost), dtype=int)
    place[accounts[is_in]] = managers[is_in]
    if is_in.sum() != len(place) or broken_rows(model, place):
        raise RunError("the solver returned an assignment that does not meet the limits")
    total = float(model.cost[np.arange(len(place)), place].sum())
    settled = settle(model, place)
    settled_total = float(model.cost[np.arange(len(place)), settled].sum())
    bound = total - excess / scale
    return Solution(settled, settled_total, min(bound, settled_total))


def _search(
    cost: np.ndarray,
    accounts: np.ndarray,
    managers: np.ndarray,
    rows: Rows,
    gap: float,
    time_limit: float,
) -> tuple[np.ndarray, float] | None:
    """Return which pairs are in, and by how much their cost may exceed the least."""
    prices = _prices(cost, accounts, rows)
    if prices is None:
        return None
    relaxed, dearer = _priced(cost, accounts, rows, prices)
    order = _order(dearer, accounts)
    size = min(FIRST_CORE * (int(accounts.max()) + 1), len(cost))
    is_in, best = np.zeros(len(cost), dtype=bool), np.inf
    while True:
        core = np.sort(order[:size])
        outside = np.inf if size == len(cost) else relaxed + dearer[order[size]]
        solved = _solve_core(cost[core], accounts[core], rows, core, gap, time_limit)
        if solved is None and size == len(cost):
            return None
        if solved is not None:
            if solved.x is not None:
                is_in, best = _better(is_in, best, core, solved.x > 0.5, cost)
            bound = max(min(solved.bound, outside), relaxed)
            is_good = best - bound <= max(gap * abs(best), TOLERANCE)
            if np.isfinite(best) and (is_good or solved.is_out_of_time):
                return is_in, best - bound if best - bound > 2 * TOLERANCE else 0.0
            if solved.is_out_of_time and size == len(cost):
                raise RunError(
                    f"no assignment was found in {time_limit:g} seconds, nor proof that there is "
                    "none, for the rules leave little room: allow more time or loosen one"
                )
        if np.isinf(best):
            is_cut_off = solved is not None and solved.is_out_of_time
            size = len(cost) if is_cut_off else min(2 * size, len(cost))
            continue
        enough = best - gap * abs(best) - relaxed
        needed = int(np.searchsorted(dearer[order], enough, side="right"))
        size = min(max(needed, size + 1), len(cost))


def _priced(
    cost: np.ndarray, accounts: np.ndarray, rows: Rows, prices: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return L, and d of each pair: see the notes of `cheapest_assignment`."""
    priced = cost + rows.matrix.T @ prices
    least = np.full(accounts.max() + 1, np.inf)
    np.minimum.at(least, accounts, priced)
    return float(least.sum() - prices @ rows.upper), priced - least[accounts]


def _order(dearer: np.ndarray, accounts: np.ndarray) -> np.ndarray:
    """Return the pairs from the cheapest; of equal ones, each account's first before its second.

    So the first pairs, as many as there are accounts, hold every account.
    """
    by_account = np.lexsort((dearer, accounts))
    starts = np.searchsorted(accounts[by_account], np.arange(accounts.max() + 1))
    rank = np.empty(len(accounts), dtype=int)
    rank[by_account] = np.arange(len(accounts)) - starts[accounts[by_account]]
    return np.lexsort((accounts, rank, dearer))


def _better(
    is_in: np.ndarray, best: float, core: np.ndarray, found: np.ndarray, cost: np.ndarray
) -> tuple[np.ndarray, float]:
    """Return the cheaper of the pairs known so far and those found in a core."""
    found_cost = float(cost[core] @ found)
    if found_cost >= best:
        return is_in, best
    better = np.zeros(len(cost), dtype=bool)
    better[core] = found
    return better, found_cost


def _prices(cost: np.ndarray, accounts: np.ndarray, rows: Rows) -> np.ndarray | None:
    """Return the prices of the rows, None if even parts of accounts cannot meet them."""
    if not len(rows.upper):
        return np.zeros(0)
    solved = linprog(
        cost, A_ub=rows.matrix, b_ub=rows.upper, A_eq=once(accounts),
        b_eq=np.ones(accounts.max() + 1), bounds=(0, None), method="highs",
    )  # fmt: skip
    if solved.status == 2:
        return None
    if solved.status != 0:
        raise RunError(f"the solver could not find prices of the limits: {solved.message}")
    return np.maximum(-solved.ineqlin.marginals, 0.0)


def _solve_core(
    cost: np.ndarray,
    accounts: np.ndarray,
    rows: Rows,
    core: np.ndarray,
    gap: float,
    time_limit: float,
) -> Found | None:
    """Return what HiGHS finds among some pairs; None if nothing meets the limits."""
    limits = [
        LinearConstraint(once(accounts), 1, 1),
        LinearConstraint(rows.matrix[:, core], -np.inf, rows.upper),
    ]
    return search_whole(cost, np.ones(len(cost), dtype=int), limits, gap, time_limit)
