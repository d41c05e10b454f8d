"""The best 0/1 choice under linear limits, with the proof that none is better.

HiGHS, through SciPy, finds prices of the limits from the linear relaxation, and they say of
nearly every account for sure whether it is in. Mostly a look at few changes then settles the
rest (`near_relaxed`). Where it does not, HiGHS searches a core of a few dozen accounts, and
the bound proves that nothing outside the core could do better.

References
----------
.. [1] Balas, E. and Zemel, E. (1980), "An algorithm for large zero-one knapsack problems",
   Operations Research 28(5), 1130-1154.
.. [2] Huangfu, Q. and Hall, J. A. J. (2018), "Parallelizing the dual revised simplex method",
   Mathematical Programming Computation 10(1), 119-142 (HiGHS).
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from kamtools.errors import RunError
from kamtools.selection.near_relaxed import best_near

FIRST_CORE = 50
"""Accounts in the first core: more than most programmes need, few enough to be quick."""
SCALE = 1_000.0
"""Value of the most valuable account inside the solver, whose tolerances are absolute."""
TOLERANCE = 1e-6
"""What the solver counts as nothing: of a limit, in units of the largest account's use of it;
of value, in thousandths of the most valuable account's, so a billionth of that."""


@dataclass(frozen=True)
class Choice:
    """The best choice, and the bound that proves it.

    Attributes
    ----------
    x : (n_accounts,) bool
    value
        Sum of the values of the chosen.
    bound
        No choice within the limits is worth more; equal to `value` if the optimum is proven.
    relaxed
        Value if accounts could be chosen in parts: at least `bound`.
    prices : (n_rows,) at least 0
        Value of one more unit of each limit in that relaxation.
    margins : (n_accounts,)
        Value less the price of what the account uses: above 0 if it pays for its use.
    """

    x: np.ndarray
    value: float
    bound: float
    relaxed: float
    prices: np.ndarray
    margins: np.ndarray


def best_choice(
    value: np.ndarray,
    matrix: sparse.csc_array,
    upper: np.ndarray,
    *,
    fixed: np.ndarray | None = None,
    gap: float = 0.0,
) -> Choice | None:
    """Return the choice of the largest value with matrix @ x <= upper, None if there is none.

    Parameters
    ----------
    value : (n_accounts,) finite, of any sign
    matrix : (n_rows, n_accounts), sparse
    upper : (n_rows,)
    fixed : (n_accounts,) 1, 0, or NaN where it is to be chosen
    gap : share, at least 0
        Stop as soon as no choice can be better by more than this part of the value.

    Raises
    ------
    RunError
        If the solver fails, or returns a choice that does not meet the limits.

    Notes
    -----
    For any prices p >= 0 and every x within the limits (weak duality)

        v·x <= p·b + sum_i max(v_i − p·a_i, 0) − sum over i with x_i ≠ [v_i > p·a_i] of
        |v_i − p·a_i|,

    so an account whose |v_i − p·a_i| exceeds the bound less the best value found stays where
    its sign puts it [1]_. The optimum over the others is the optimum over all.

    Examples
    --------
    >>> hours = sparse.csc_array([[60.0, 50.0, 50.0]])
    >>> choice = best_choice(np.array([10.0, 7.0, 6.0]), hours, np.array([100.0]))
    >>> choice.x.tolist(), choice.value, choice.bound
    ([False, True, True], 13.0, 13.0)
    >>> best_choice(np.array([1.0]), sparse.csc_array([[-1.0]]), np.array([-2.0])) is None
    True
    """
    given = np.full(len(value), np.nan) if fixed is None else fixed
    is_free = np.isnan(given)
    set_in = np.nan_to_num(given)
    largest = float(np.abs(value).max(initial=0.0))
    scale = SCALE / largest if largest > 0 else 1.0
    rows, room = _scaled(matrix, upper - matrix @ set_in)
    solved = _solve_free(value[is_free] * scale, rows[:, is_free], room, gap)
    if solved is None:
        return None
    x_free, excess, relaxed, prices = solved
    x = set_in > 0.5
    x[is_free] = x_free
    if (rows @ x > upper / _units(matrix) + 10 * TOLERANCE).any():
        raise RunError("the solver returned a choice that does not meet the limits")
    worth = float(value @ x)
    prices = prices / scale / _units(matrix)
    bound = worth + excess / scale
    return Choice(
        x=x,
        value=worth,
        bound=bound,
        relaxed=max(float(value @ set_in) + relaxed / scale, bound),
        prices=prices,
        margins=value - matrix.T @ prices,
    )


def _units(matrix: sparse.csc_array) -> np.ndarray:
    """Return the largest use of each limit by any account."""
    largest = abs(matrix).max(axis=1).toarray().ravel() if matrix.nnz else np.zeros(matrix.shape[0])
    return np.where(largest > 0, largest, 1.0)


def _scaled(matrix: sparse.csc_array, upper: np.ndarray) -> tuple[sparse.csc_array, np.ndarray]:
    unit = _units(matrix)
    return sparse.csc_array(sparse.diags_array(1 / unit) @ matrix), upper / unit


def _solve_free(
    value: np.ndarray, matrix: sparse.csc_array, upper: np.ndarray, gap: float
) -> tuple[np.ndarray, float, float, np.ndarray] | None:
    """Return choice, what may be missing of the best, relaxed value and prices of the limits.

    All in the solver's units.
    """
    prices = _prices(value, matrix, upper)
    if prices is None:
        return None
    margins = value - matrix.T @ prices
    relaxed = float(prices @ upper + np.maximum(margins, 0).sum())
    leans_in, distance = margins > 0, np.abs(margins)
    x = best_near(leans_in, distance, matrix, upper, prices) if len(value) else None
    if x is not None:
        return x, 0.0, relaxed, prices
    order = np.argsort(distance, kind="stable")
    size = min(FIRST_CORE, len(value))
    while True:
        core = np.sort(order[:size])
        x = leans_in.copy()
        x[core] = False
        solved = _solve_core(value[core], matrix[:, core], upper - matrix @ x, gap)
        is_whole = size == len(value)
        if solved is None and is_whole:
            return None
        needed = 2 * size
        if solved is not None:
            worth_outside = float(value @ x)
            x[core], core_bound = solved
            best = float(value @ x)
            outside = -np.inf if is_whole else relaxed - distance[order[size]]
            if outside <= best + max(gap * abs(best), TOLERANCE):
                excess = max(worth_outside + core_bound, outside) - best
                return x, excess if excess > 2 * TOLERANCE else 0.0, relaxed, prices
            needed = int(np.searchsorted(distance[order], relaxed - best, side="right"))
        size = min(max(needed, size + 1), len(value))


def _prices(value: np.ndarray, matrix: sparse.csc_array, upper: np.ndarray) -> np.ndarray | None:
    """Return the prices of the limits, None if even parts of accounts cannot meet them."""
    if not len(value):
        return None if (upper < -TOLERANCE).any() else np.zeros(len(upper))
    if not len(upper):
        return np.zeros(0)
    solved = linprog(-value, A_ub=matrix, b_ub=upper, bounds=(0, 1), method="highs")
    if solved.status == 2:
        return None
    if solved.status != 0:
        raise RunError(f"the solver could not find prices of the limits: {solved.message}")
    return np.maximum(-solved.ineqlin.marginals, 0.0)


def _solve_core(
    value: np.ndarray, matrix: sparse.csc_array, upper: np.ndarray, gap: float
) -> tuple[np.ndarray, float] | None:
    """Return choice and bound of a small programme, None if nothing meets its limits."""
    if not len(value):
        return None if (upper < -TOLERANCE).any() else (np.zeros(0, dtype=bool), 0.0)
    if not len(upper):
        return value > 0, float(np.maximum(value, 0).sum())
    with without_output():
        solved = milp(
            -value,
            integrality=np.ones(len(value)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, -np.inf, upper),
            options={"mip_rel_gap": gap},
        )
    if solved.status == 2:
        return None
    if solved.status != 0:
        raise RunError(f"the solver could not prove the best choice: {solved.message}")
    return solved.x > 0.5, float(-solved.mip_dual_bound)


@contextlib.contextmanager
def without_output() -> Iterator[None]:
    """Keep the process's standard output from a line that HiGHS writes though asked not to.

    The HiGHS of SciPy 1.17 writes "HighsMipSolverData::transformNewIntegerFeasibleSolution
    tmpSolver.run();" past Python, so that it would end up in notebooks and pipes (known as
    jump-dev/HiGHS.jl issue 312).
    """
    try:
        sys.stdout.flush()
        saved = os.dup(1)
    except (AttributeError, OSError, ValueError):  # no standard output to keep clean
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            yield
    finally:
        os.dup2(saved, 1)
        os.close(saved)
