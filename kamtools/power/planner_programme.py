"""The linear programme of a portfolio's plan: which of the firm's measures, which accounts."""

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from kamtools.errors import RunError
from kamtools.power.planner_options import Options, Solved

MOST_STEPS = 60
"""Steps of the budget that are looked for, from nothing upwards."""


def solve_options(options: Options, weights: np.ndarray, budget: float | None) -> Solved | None:
    """Return the most weight that a budget reaches, at the least cost; None if it pays nothing.

    Parameters
    ----------
    options
        From `planner_options.account_options`.
    weights : (n_accounts,) above 0
    budget : money, None if there is no limit

    Raises
    ------
    RunError
        If the solver fails.

    Examples
    --------
    One account, reached for 9 alone, or for 3 once the firm has spent 5:

    >>> one = np.array([[0, 0]])
    >>> options = Options(["a"], pd.DataFrame(index=["own", "firm"]), np.array([0, 2]),
    ...                   np.array([0.0, 5.0]), one, one * 0.0, one * 0.0, one + 1,
    ...                   np.array([[9.0, 3.0]]), one + 0.9)
    >>> solve_options(options, np.ones(1), 20.0)
    Solved(firm=1, is_reached=array([ True]), cost=8.0, weight=1.0)
    >>> solve_options(options, np.ones(1), 7.0).cost
    0.0
    """
    most = _solve(options, weights, budget=budget, least_weight=0.0, by_cost=False)
    if most is None:
        return None
    return _solve(options, weights, budget=budget, least_weight=most.weight, by_cost=True)


def budget_steps(options: Options, weights: np.ndarray) -> pd.DataFrame:
    """Return what each further step of the budget reaches.

    Parameters
    ----------
    options, weights
        As in `solve_options`.

    Returns
    -------
    (n_steps, 4), by cost
        `cost`, `reached` (accounts), `weight`, `gain_per_money` (weight gained since the row
        before for each unit of money, NaN in the first).

    Raises
    ------
    RunError
        If the solver fails.

    Examples
    --------
    >>> two = np.zeros((2, 1), dtype=int)
    >>> options = Options(["a", "b"], pd.DataFrame(index=["own"]), np.array([0]), np.zeros(1),
    ...                   two, two * 0.0, two * 0.0, two + 1, np.array([[4.0], [6.0]]), two + 0.9)
    >>> budget_steps(options, np.ones(2))
       cost  reached  weight  gain_per_money
    0   0.0        0     0.0             NaN
    1   4.0        1     1.0        0.250000
    2  10.0        2     2.0        0.166667
    """
    rows: list[tuple[float, int, float]] = []
    least_weight = 0.0
    while len(rows) < MOST_STEPS:
        cheapest = _solve(options, weights, budget=None, least_weight=least_weight, by_cost=True)
        if cheapest is None:
            break
        best = _solve(options, weights, budget=cheapest.cost, least_weight=least_weight,
                      by_cost=False) or cheapest  # fmt: skip
        rows.append((cheapest.cost, int(best.is_reached.sum()), best.weight))
        least_weight = best.weight + float(weights.min()) * 1e-3
    table = pd.DataFrame(rows, columns=["cost", "reached", "weight"])
    return table.assign(gain_per_money=table["weight"].diff() / table["cost"].diff())


def budget_price(options: Options, weights: np.ndarray, budget: float | None) -> float:
    """Return the weight that one more unit of budget reaches in the relaxation.

    Parameters
    ----------
    options, weights, budget
        As in `solve_options`.

    Examples
    --------
    >>> two = np.zeros((2, 1), dtype=int)
    >>> options = Options(["a", "b"], pd.DataFrame(index=["own"]), np.array([0]), np.zeros(1),
    ...                   two, two * 0.0, two * 0.0, two + 1, np.array([[4.0], [5.0]]), two + 0.9)
    >>> round(budget_price(options, np.ones(2), 6.0), 3), budget_price(options, np.ones(2), None)
    (0.2, 0.0)
    """
    if budget is None:
        return 0.0
    value, cost, rows, upper, equal = _programme(options, weights)
    unit = max(float(np.abs(cost).max()), 1.0)
    solved = linprog(
        -value,
        A_ub=sparse.vstack([rows, sparse.csr_array(cost[np.newaxis] / unit)]),
        b_ub=np.append(upper, budget / unit),
        A_eq=equal,
        b_eq=np.ones(1),
        bounds=(0, 1),
        method="highs",
    )
    if solved.status != 0:
        raise RunError(f"the solver could not find the value of the budget: {solved.message}")
    return max(0.0, float(-solved.ineqlin.marginals[-1]) / unit)


def _programme(
    options: Options, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, sparse.csr_array, np.ndarray, sparse.csr_array]:
    """Return value and cost of each variable (y_F, then x_aF), and the rows x_aF ≤ y_F."""
    n_firm = len(options.firm_codes)
    account, firm = np.nonzero(np.isfinite(options.reach_cost))
    n_reach = len(account)
    value = np.concatenate([np.zeros(n_firm), weights[account]])
    extra = (options.reach_cost - options.least_cost)[account, firm]
    cost = np.concatenate([options.firm_cost + options.least_cost.sum(axis=0), extra])
    rows = sparse.hstack([
        sparse.csr_array((-np.ones(n_reach), (np.arange(n_reach), firm)), (n_reach, n_firm)),
        sparse.eye_array(n_reach),
    ]).tocsr()  # fmt: skip
    equal = sparse.csr_array((np.arange(n_firm + n_reach) < n_firm).astype(float)[np.newaxis])
    return value, cost, rows, np.zeros(n_reach), equal


def _solve(
    options: Options,
    weights: np.ndarray,
    *,
    budget: float | None,
    least_weight: float,
    by_cost: bool,
) -> Solved | None:
    """Return the cheapest solution of a least weight, or the heaviest; None if there is none."""
    value, cost, rows, upper, equal = _programme(options, weights)
    unit, size = max(float(np.abs(cost).max()), 1.0), float(weights.max())
    limit = np.inf if budget is None else budget / unit + 1e-9
    constraints = [
        LinearConstraint(equal, 1, 1),
        LinearConstraint(cost[np.newaxis] / unit, -np.inf, limit),
        LinearConstraint(value[np.newaxis] / size, least_weight / size - 1e-7, np.inf),
    ]
    if rows.shape[0]:
        constraints.append(LinearConstraint(rows, -np.inf, upper))
    solved = milp(
        cost / unit if by_cost else -value / size,
        integrality=np.ones(len(value)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": 0.0},
    )
    if solved.status == 2:
        return None
    if solved.status != 0:
        raise RunError(f"the solver could not find the best plan: {solved.message}")
    x = np.round(solved.x)
    n_firm = len(options.firm_codes)
    account, _ = np.nonzero(np.isfinite(options.reach_cost))
    is_reached = np.zeros(len(options.accounts), dtype=bool)
    is_reached[account[x[n_firm:] > 0.5]] = True
    return Solved(int(x[:n_firm].argmax()), is_reached, float(cost @ x), float(value @ x))
