import numpy as np
import pytest

from benchmarks import assignment
from benchmarks.assignment import (
    ALONE,
    CONTENDERS,
    GAP,
    GREEDY,
    OURS,
    broken_rows,
    compare,
    cost_of,
    model,
    table,
    tables,
)

SOLVERS = [name for name in CONTENDERS if name != GREEDY]


def test_all_solvers_prove_the_same_optimum_where_no_gap_is_allowed(monkeypatch):
    monkeypatch.setattr(assignment, "GAP", 0.0)
    problem = model(40, 8, seed=2)
    places = [CONTENDERS[name](problem)[0] for name in SOLVERS]
    assert all(broken_rows(problem, place) == {} for place in places)
    costs = [cost_of(problem, place) for place in places]
    assert costs == pytest.approx([costs[0]] * len(costs), rel=1e-7)


def test_bounds_of_all_solvers_hold():
    problem = model(60, 10, seed=3)
    runs = {name: CONTENDERS[name](problem) for name in SOLVERS}
    least = min(cost_of(problem, place) for place, _ in runs.values())
    for place, bound in runs.values():
        assert bound <= least + 1e-6
        assert cost_of(problem, place) <= least / (1 - GAP) + 1e-6


def test_limits_are_tight_enough_that_greedy_loses():
    problem = model(200, 10, seed=5)
    place, _ = CONTENDERS[GREEDY](problem)
    best, _ = CONTENDERS[OURS](problem)
    assert cost_of(problem, place) > 1.05 * cost_of(problem, best)


def test_same_seed_makes_the_same_tables():
    for one, other in zip(tables(20, 5, seed=1), tables(20, 5, seed=1), strict=True):
        assert one.equals(other)


def test_table_tells_ratio_memory_gap_and_broken_limits():
    compared = compare(40, 8, 1, (OURS, ALONE, GREEDY))
    assert compared.loc[OURS, "own_gap"] <= GAP
    assert compared.loc[OURS, "broken"] == ""
    assert (compared["peak_mb"] > 50).all()
    assert np.isinf(compared.loc[GREEDY, "own_gap"])
    assert table(compared).count(" × |") == 3
