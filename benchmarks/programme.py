"""The list of key accounts as a 0/1 programme: `choose_within` beside PuLP and plain HiGHS.

    python -m benchmarks.programme

Each portfolio has 5,000 accounts and three limits: hours, budget, number of accounts. All
contenders get the same tables, build their own model and prove the optimum; all optima are
checked to be the same. They take turns, so that what else the machine does falls on all.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from copy import copy

import numpy as np
import pandas as pd
import pulp
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks.machine import describe_machine
from kamtools.selection.exact_choice import without_output
from kamtools.selection.limits import Limits
from kamtools.selection.near_misses import near_misses
from kamtools.selection.programme import choose_within

ACCOUNTS = 5_000
PORTFOLIOS = 10
ROUNDS = 3
SEED = 11
OURS = "kamtools, `choose_within`"

Contender = Callable[[pd.DataFrame, Limits], float]


def portfolio(n_accounts: int, *, seed: int) -> tuple[pd.DataFrame, Limits]:
    """Return candidates of lognormal value, whose hours and costs rise with it, and limits.

    Hours and budget let in about one account in twenty-five; the number of accounts is about
    as tight. Hours are whole tenths and money whole cents, as in a firm's own files.
    """
    rng = np.random.default_rng(seed)
    value = rng.lognormal(0, 1.2, n_accounts)
    hours = np.clip(20 * np.sqrt(value) * rng.lognormal(0, 0.5, n_accounts), 3, 400).round(1)
    cost = (48 * hours + value * rng.lognormal(5, 0.6, n_accounts)).round(2)
    candidates = pd.DataFrame(
        {"value": value, "hours": hours, "cost": cost},
        index=pd.Index([f"A{place:05d}" for place in range(n_accounts)], name="account_id"),
    )
    limits = Limits(
        hours=round(0.06 * hours.sum()),
        budget=round(0.08 * cost.sum()),
        accounts=round(0.03 * n_accounts),
    )
    return candidates, limits


def kamtools_value(candidates: pd.DataFrame, limits: Limits) -> float:
    """Return the optimum by our programme."""
    return choose_within(candidates, limits).value


def pulp_value(candidates: pd.DataFrame, limits: Limits) -> float:
    """Return the optimum by the model as PuLP's documentation writes one, and its own solver."""
    model = pulp.LpProblem("key_accounts", pulp.LpMaximize)
    chosen = model.add_variable_dicts("x", list(candidates.index), cat="Binary")
    value, hours, cost = (candidates[column].to_dict() for column in ("value", "hours", "cost"))
    model += pulp.lpSum(value[account] * chosen[account] for account in candidates.index)
    model += pulp.lpSum(hours[account] * chosen[account] for account in candidates.index) <= (
        limits.hours
    )
    model += pulp.lpSum(cost[account] * chosen[account] for account in candidates.index) <= (
        limits.budget
    )
    model += pulp.lpSum(chosen[account] for account in candidates.index) <= limits.accounts
    solver = copy(pulp.LpSolverDefault)
    solver.msg = False
    model.solve(solver)
    if pulp.LpStatus[model.status] != "Optimal":
        raise RuntimeError(f"PuLP did not prove the optimum: {pulp.LpStatus[model.status]}")
    return sum(value[account] for account in candidates.index if chosen[account].value() > 0.5)


def milp_value(candidates: pd.DataFrame, limits: Limits) -> float:
    """Return the optimum by SciPy's `milp` on all accounts at once, asked for no gap."""
    n = len(candidates)
    rows = np.vstack([candidates["hours"], candidates["cost"], np.ones(n)])
    upper = [limits.hours, limits.budget, limits.accounts]
    value = candidates["value"].to_numpy()
    with without_output():
        solved = milp(
            -value,
            integrality=np.ones(n),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(sparse.csc_array(rows), -np.inf, upper),
            options={"mip_rel_gap": 0},
        )
    return float(value @ (solved.x > 0.5))


CONTENDERS: dict[str, Contender] = {
    OURS: kamtools_value,
    "PuLP, its default solver CBC": pulp_value,
    "SciPy's `milp` (HiGHS) alone": milp_value,
}


def compare(n_accounts: int, portfolios: int, rounds: int) -> tuple[pd.DataFrame, float]:
    """Return the seconds of each contender by portfolio, and the largest relative difference.

    The seconds of a portfolio are the median of the rounds; the difference is that of an
    optimum from ours.
    """
    seconds, apart = [], 0.0
    for number in range(portfolios):
        candidates, limits = portfolio(n_accounts, seed=SEED + number)
        took: dict[str, list[float]] = {name: [] for name in CONTENDERS}
        found: dict[str, float] = {}
        for _ in range(rounds):
            for name, contender in CONTENDERS.items():
                start = time.perf_counter()
                found[name] = contender(candidates, limits)
                took[name].append(time.perf_counter() - start)
        apart = max(apart, *(abs(value / found[OURS] - 1) for value in found.values()))
        seconds.append({name: statistics.median(times) for name, times in took.items()})
    return pd.DataFrame(seconds), apart


def table(seconds: pd.DataFrame) -> str:
    """Return the Markdown table: median, range, and how many times ours the others take."""
    lines = [
        "| | seconds, median | from – to | times ours, median | from – to |",
        "|---|--:|--:|--:|--:|",
    ]
    for name in seconds:
        times, ratio = seconds[name], seconds[name] / seconds[OURS]
        compared = "| | |"
        if name != OURS:
            compared = f"| {ratio.median():.1f} × | {ratio.min():.1f} – {ratio.max():.1f} |"
        lines.append(
            f"| {name} | {times.median():.2f} | {times.min():.2f} – {times.max():.2f} {compared}"
        )
    return "\n".join(lines)


def near_miss_seconds(n_accounts: int) -> float:
    """Return how long it takes to find the ten accounts that just missed, proven."""
    programme = choose_within(*portfolio(n_accounts, seed=SEED))
    start = time.perf_counter()
    near_misses(programme, top=10)
    return time.perf_counter() - start


def main() -> None:
    """Print what README.md shows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.programme", description=__doc__)
    parser.add_argument("--accounts", type=int, default=ACCOUNTS)
    parser.add_argument("--portfolios", type=int, default=PORTFOLIOS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    print(f"{describe_machine(('numpy', 'pandas', 'PuLP', 'scipy'))}\n")
    seconds, apart = compare(options.accounts, options.portfolios, options.rounds)
    print(
        f"{options.accounts:,} accounts, limits on hours, budget and number; "
        f"{options.portfolios} portfolios, {options.rounds} rounds in turn; model and solving. "
        f"Every optimum proven, and the same to {apart:.0e} of its value.\n"
    )
    print(table(seconds))
    took = near_miss_seconds(options.accounts)
    print(f"\nThe ten accounts that just missed, each with its proven price: {took:.1f} seconds.")


if __name__ == "__main__":
    main()
