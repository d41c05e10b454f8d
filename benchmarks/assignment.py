"""Accounts to managers: our programme beside PuLP with CBC, plain HiGHS, and a greedy hand.

    python -m benchmarks.assignment

All contenders get the same model: capacity, span, a band of ±15 % around each manager's share,
rivals apart, prices of region, language, competences and moves. The first three may stop when
no assignment can be cheaper by more than 1 %. Each runs in a process of its own; they take
turns. What they find is checked against all limits here.
"""

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pulp
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks.machine import describe_machine
from benchmarks.measuring import run_apart
from kamtools.role.assignment_fit import measure_fit, model_of
from kamtools.role.assignment_model import (
    AssignmentModel,
    assignment_rows,
    broken_rows,
    rival_sets,
)
from kamtools.role.assignment_rules import AssignmentRules, assignment_prices
from kamtools.role.assignment_solver import cheapest_assignment
from kamtools.role.greedy_assignment import greedy_assignment

GAP = 0.01
TIME_LIMIT_SECONDS = 900
SEED = 5
OURS = "kamtools, `cheapest_assignment`"
ALONE = "SciPy's `milp` (HiGHS) alone"
GREEDY = "greedy, the largest account first"
SIZES = ((200, 10), (500, 20), (1_000, 30), (2_000, 50), (5_000, 50), (5_000, 100))
_KILOBYTE = 1 if sys.platform == "darwin" else 1024

Contender = Callable[[AssignmentModel], tuple[np.ndarray, float]]


@dataclass(frozen=True)
class Run:
    """One contender's assignment, what it claims of it, and what that took."""

    place: np.ndarray
    bound: float
    seconds: float
    peak_bytes: int


def tables(n_accounts: int, n_managers: int, *, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return accounts and managers of a firm whose regions are not equally staffed.

    Hours are lognormal; three accounts in ten have a manager of another region today; one in
    ten wants a language that three managers in ten speak; each needs up to three of twelve
    competences, of which a manager has four in ten; one account in eight has a rival in its
    region. Accounts take 90 % of all capacity.
    """
    rng = np.random.default_rng(seed)
    regions = np.array([f"R{number}" for number in range(min(10, n_managers))])
    competences = np.array([f"C{number}" for number in range(12)])
    team = pd.DataFrame(
        {
            "region": regions[np.arange(n_managers) % len(regions)],
            "languages": np.where(rng.random(n_managers) < 0.3, "Mandarin", None),
            "competences": [
                "; ".join(competences[rng.random(12) < 0.4]) for _ in range(n_managers)
            ],
        },
        index=pd.Index([f"M{place:03d}" for place in range(n_managers)], name="manager_id"),
    )
    hours = np.clip(rng.lognormal(4.2, 0.6, n_accounts), 20, 400).round()
    region = rng.integers(0, len(regions), n_accounts)
    local = region + len(regions) * rng.integers(0, n_managers // len(regions), n_accounts)
    today = np.where(rng.random(n_accounts) < 0.7, local, rng.integers(0, n_managers, n_accounts))
    number = rng.integers(0, 4, n_accounts)
    ids = pd.Index([f"A{place:05d}" for place in range(n_accounts)], name="account_id")
    accounts = pd.DataFrame(
        {
            "hours": hours,
            "region": regions[region],
            "language": np.where(rng.random(n_accounts) < 0.1, "Mandarin", None),
            "needs": [
                "; ".join(rng.choice(competences, size=size, replace=False)) for size in number
            ],
            "manager_id": team.index.to_numpy()[today],
            "relation_years": rng.integers(0, 12, n_accounts).astype(float),
            "rivals": None,
        },
        index=ids,
    )
    for account in rng.choice(n_accounts, n_accounts // 8, replace=False):
        rival = rng.choice(np.flatnonzero(region == region[account]))
        accounts.iloc[account, -1] = ids[rival]
    capacity = hours.sum() / n_managers / 0.9 * rng.uniform(0.8, 1.2, n_managers)
    return accounts, team.assign(capacity_hours=capacity.round())


def model(n_accounts: int, n_managers: int, *, seed: int) -> AssignmentModel:
    """Return the programme of `tables`, with a span of a quarter above the average."""
    accounts, managers = tables(n_accounts, n_managers, seed=seed)
    rules = AssignmentRules(max_span=int(1.25 * n_accounts / n_managers) + 1)
    return model_of(
        accounts, managers, rules, measure_fit(accounts, managers, assignment_prices(None))
    )


def kamtools_run(problem: AssignmentModel) -> tuple[np.ndarray, float]:
    """Return assignment and bound by our programme."""
    solution = cheapest_assignment(problem, gap=GAP, time_limit_seconds=TIME_LIMIT_SECONDS)
    assert solution is not None
    return solution.place, solution.bound


def milp_run(problem: AssignmentModel) -> tuple[np.ndarray, float]:
    """Return assignment and bound by SciPy's `milp` on all pairs and the same rows at once."""
    accounts, managers = np.nonzero(np.isfinite(problem.cost))
    rows = assignment_rows(problem, accounts, managers)
    columns = np.arange(len(accounts))
    once = sparse.csc_array((np.ones(len(accounts)), (accounts, columns)))
    solved = milp(
        problem.cost[accounts, managers],
        integrality=np.ones(len(accounts)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(once, 1, 1),
            LinearConstraint(rows.matrix, -np.inf, rows.upper),
        ],
        options={"mip_rel_gap": GAP, "time_limit": TIME_LIMIT_SECONDS},
    )
    place = np.full(len(problem.cost), -1)
    if solved.x is not None:
        is_in = solved.x > 0.5
        place[accounts[is_in]] = managers[is_in]
    return place, float(solved.mip_dual_bound)


def pulp_run(problem: AssignmentModel) -> tuple[np.ndarray, float]:
    """Return assignment and bound by the same model in PuLP, and its own solver, CBC.

    CBC's bound is not told by PuLP: where it stops by itself it is the cost less the gap.
    """
    n_accounts, n_managers = problem.cost.shape
    programme = pulp.LpProblem("accounts_to_managers", pulp.LpMinimize)
    x = [
        [
            programme.add_variable(f"x_{account}_{manager}", cat="Binary")
            for manager in range(n_managers)
        ]
        for account in range(n_accounts)
    ]
    pairs = [(i, j) for i in range(n_accounts) for j in range(n_managers)]
    programme += pulp.lpSum(float(problem.cost[i, j]) * x[i][j] for i, j in pairs)
    for i in range(n_accounts):
        programme += pulp.lpSum(x[i]) == 1
    sets = rival_sets(problem.rivals)
    for j in range(n_managers):
        load = pulp.lpSum(float(problem.hours[i, j]) * x[i][j] for i in range(n_accounts))
        programme += load <= float(min(problem.capacity[j], problem.high[j]))
        programme += load >= float(problem.low[j])
        programme += pulp.lpSum(x[i][j] for i in range(n_accounts)) <= problem.span
        for members in sets:
            programme += pulp.lpSum(x[i][j] for i in members) <= 1
    solver = copy(pulp.LpSolverDefault)
    solver.msg, solver.timeLimit = False, TIME_LIMIT_SECONDS
    solver.optionsDict["gapRel"] = GAP
    programme.solve(solver)
    place = np.full(n_accounts, -1)
    for i, j in pairs:
        if (x[i][j].value() or 0.0) > 0.5:
            place[i] = j
    is_within = programme.sol_status == pulp.LpSolutionOptimal
    bound = float(pulp.value(programme.objective) or 0) * (1 - GAP) if is_within else -np.inf
    return place, bound


def greedy_run(problem: AssignmentModel) -> tuple[np.ndarray, float]:
    """Return the greedy assignment, of which nothing is known."""
    return greedy_assignment(problem), -np.inf


CONTENDERS: dict[str, Contender] = {
    OURS: kamtools_run,
    ALONE: milp_run,
    "PuLP, its default solver CBC": pulp_run,
    GREEDY: greedy_run,
}


def run(name: str, n_accounts: int, n_managers: int, seed: int) -> Run:
    """Return one contender's run; model building in its own form counts, the tables do not.

    The peak is that of the process or of the solver that it starts, the larger of the two.
    """
    problem = model(n_accounts, n_managers, seed=seed)
    start = time.perf_counter()
    place, bound = CONTENDERS[name](problem)
    seconds = time.perf_counter() - start
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Run(place, bound, seconds, peak * _KILOBYTE)


def cost_of(problem: AssignmentModel, place: np.ndarray) -> float:
    """Return the hours lost by the accounts that have a manager."""
    placed = np.flatnonzero(place >= 0)
    return float(problem.cost[placed, place[placed]].sum())


def compare(n_accounts: int, n_managers: int, rounds: int, names: tuple[str, ...]) -> pd.DataFrame:
    """Return by contender the median seconds, span, peak, cost, gap and broken limits."""
    problem = model(n_accounts, n_managers, seed=SEED)
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            runs[name].append(run_apart(run, name, n_accounts, n_managers, SEED))
    best_bound = max(one.bound for done in runs.values() for one in done)
    rows = {}
    for name, done in runs.items():
        times = [one.seconds for one in done]
        cost = cost_of(problem, done[-1].place)
        rows[name] = {
            "seconds": statistics.median(times),
            "from": min(times),
            "to": max(times),
            "peak_mb": max(one.peak_bytes for one in done) / 1e6,
            "hours_lost": cost,
            "own_gap": (cost - done[-1].bound) / cost,
            "over_best_bound": cost / best_bound - 1,
            "broken": ", ".join(
                f"{number} {kind}" for kind, number in broken_rows(problem, done[-1].place).items()
            ),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def table(compared: pd.DataFrame) -> str:
    """Return the Markdown table of one size."""
    lines = [
        "| | seconds, median | from – to | times ours | peak MB | hours lost | proven gap "
        "| above the best bound | limits broken |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    ours = compared.loc[OURS, "seconds"]
    for name, row in compared.iterrows():
        gap = "none" if np.isinf(row["own_gap"]) else f"{100 * row['own_gap']:.2f} %"
        lines.append(
            f"| {name} | {row['seconds']:.2f} | {row['from']:.2f} – {row['to']:.2f} "
            f"| {row['seconds'] / ours:.1f} × | {row['peak_mb']:,.0f} | {row['hours_lost']:,.0f} "
            f"| {gap} | {100 * row['over_best_bound']:.2f} % | {row['broken'] or 'none'} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print what README.md shows, and write it where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.assignment", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--milp-up-to", type=int, default=2_000, help="accounts, HiGHS alone")
    options = parser.parse_args()
    parts = [describe_machine(("numpy", "pandas", "PuLP", "scipy"))]
    for n_accounts, n_managers in SIZES:
        is_small = n_accounts <= options.milp_up_to
        names = tuple(name for name in CONTENDERS if is_small or name != ALONE)
        compared = compare(n_accounts, n_managers, options.rounds, names)
        parts.append(f"### {n_accounts:,} accounts, {n_managers} managers\n\n{table(compared)}")
        print(parts[-1], flush=True)
        if options.out:
            options.out.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
