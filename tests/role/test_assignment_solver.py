"""The solver against OR-Library's generalised assignment problems, enumeration and its limits."""

from dataclasses import fields, replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.assignment import model
from kamtools.errors import RunError
from kamtools.role import assignment_solver
from kamtools.role.assignment_model import AssignmentModel, broken_rows
from kamtools.role.assignment_solver import cheapest_assignment

# OR-Library, gap1, the first of five instances (Beasley 1990, JORS 41(11), 1069-1072):
# profits and needs by agent and job, and the agents' capacity; the largest profit is 336.
PROFIT = [
    [17, 21, 22, 18, 24, 15, 20, 18, 19, 18, 16, 22, 24, 24, 16],
    [23, 16, 21, 16, 17, 16, 19, 25, 18, 21, 17, 15, 25, 17, 24],
    [16, 20, 16, 25, 24, 16, 17, 19, 19, 18, 20, 16, 17, 21, 24],
    [19, 19, 22, 22, 20, 16, 19, 17, 21, 19, 25, 23, 25, 25, 25],
    [18, 19, 15, 15, 21, 25, 16, 16, 23, 15, 22, 17, 19, 22, 24],
]
NEED = [
    [8, 15, 14, 23, 8, 16, 8, 25, 9, 17, 25, 15, 10, 8, 24],
    [15, 7, 23, 22, 11, 11, 12, 10, 17, 16, 7, 16, 10, 18, 22],
    [21, 20, 6, 22, 24, 10, 24, 9, 21, 14, 11, 14, 11, 19, 16],
    [20, 11, 8, 14, 9, 5, 6, 19, 19, 7, 6, 6, 13, 9, 18],
    [8, 13, 13, 13, 10, 20, 25, 16, 16, 17, 10, 10, 5, 12, 23],
]
CAPACITY = [36, 34, 38, 27, 33]
OPTIMA = [336, 327, 339, 341, 326]


def generalised(profit, need, capacity):
    """Return the problem of the largest profit as one of the least cost."""
    n_managers = len(capacity)
    return AssignmentModel(
        cost=-np.array(profit, dtype=float).T,
        hours=np.array(need, dtype=float).T,
        capacity=np.array(capacity, dtype=float),
        low=np.full(n_managers, -np.inf),
        high=np.full(n_managers, np.inf),
        span=np.inf,
        rivals=np.empty((0, 2), dtype=int),
    )


def instances(text):
    """Yield profit, need, capacity and optimum of each instance of OR-Library's file."""
    numbers = [int(word) for word in text.split()]
    n_instances, at = numbers[0], 1
    for _ in range(n_instances):
        agents, jobs = numbers[at : at + 2]
        tables = np.array(numbers[at + 2 : at + 2 + 2 * agents * jobs])
        profit, need = tables.reshape(2, agents, jobs)
        at += 2 + 2 * agents * jobs
        yield profit, need, numbers[at : at + agents], numbers[at + agents]
        at += agents + 1


def solve(problem, *, gap=0.0):
    return cheapest_assignment(problem, gap=gap, time_limit_seconds=60)


def test_first_instance_of_the_or_library_has_its_published_optimum():
    solution = solve(generalised(PROFIT, NEED, CAPACITY))
    assert -solution.cost == pytest.approx(336)
    assert solution.bound == solution.cost


def test_all_five_instances_of_the_or_library_have_their_published_optima(shared_data):
    text = (shared_data / "facts" / "gap1.txt").read_text(encoding="utf-8")
    found = list(instances(text))
    assert [optimum for *_, optimum in found] == OPTIMA
    for profit, need, capacity, optimum in found:
        assert -solve(generalised(profit, need, capacity)).cost == pytest.approx(optimum)


def test_without_limits_each_account_has_its_cheapest_manager():
    problem = generalised([[1, 5], [3, 2]], [[9, 9], [9, 9]], [np.inf, np.inf])
    assert solve(problem).place.tolist() == [1, 0]


def test_a_pair_that_is_not_allowed_is_never_chosen():
    problem = generalised([[1, 5], [3, 2]], [[9, 9], [9, 9]], [np.inf, np.inf])
    problem.cost[0, 1] = np.inf
    assert solve(problem).place.tolist() == [0, 0]
    assert solve(replace(problem, span=1.0)).place.tolist() == [0, 1]


def test_there_is_no_assignment_beyond_the_capacity_or_without_an_allowed_manager():
    problem = generalised([[1, 5], [3, 2]], [[9, 9], [9, 9]], [8, 8])
    assert solve(problem) is None
    assert solve(replace(problem, cost=np.full((2, 2), np.inf))) is None


def test_bound_holds_for_every_gap_and_core():
    problem = model(60, 10, seed=3)
    best = solve(problem).cost
    for gap in (0.01, 0.05, 0.5):
        solution = solve(problem, gap=gap)
        assert solution.bound <= best + 1e-6 <= solution.cost + 2e-6
        assert solution.cost - solution.bound <= gap * solution.cost + 1e-6


@pytest.mark.parametrize("pairs", [1, 1_000])
def test_size_of_the_first_core_does_not_change_the_optimum(pairs, monkeypatch):
    problem = model(40, 8, seed=4)
    cost = solve(problem).cost
    monkeypatch.setattr(assignment_solver, "FIRST_CORE", pairs)
    assert solve(problem).cost == pytest.approx(cost)


def test_pairs_that_cost_the_same_leave_no_account_out():
    problem = generalised(np.zeros((3, 6)), np.full((3, 6), 50), [100, 110, 110])
    assert sorted(solve(problem).place.tolist()) == [0, 0, 1, 1, 2, 2]
    assert solve(replace(problem, capacity=np.array([99.0, 110, 110]))) is None


def test_time_that_is_too_short_is_said():
    with pytest.raises(RunError, match="no assignment was found in 1e-09 seconds"):
        cheapest_assignment(model(60, 10, seed=3), gap=0, time_limit_seconds=1e-9)


def test_same_model_gives_the_same_assignment():
    first, second = (solve(model(60, 10, seed=6), gap=0.01) for _ in range(2))
    assert first.place.tolist() == second.place.tolist()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 5), st.sampled_from([1.2, 1.5, 3.0]), st.booleans())
def test_least_cost_is_that_of_trying_all(seed, n_accounts, room, has_limits):
    rng = np.random.default_rng(seed)
    hours = np.repeat(rng.integers(1, 9, (n_accounts, 1)).astype(float), 3, axis=1)
    fair = hours[:, 0].sum() / 3
    problem = AssignmentModel(
        cost=rng.integers(-5, 9, (n_accounts, 3)).astype(float),
        hours=hours,
        capacity=np.full(3, room * fair),
        low=np.full(3, 0.3 * fair if has_limits else -np.inf),
        high=np.full(3, 1.4 * fair if has_limits else np.inf),
        span=3.0 if has_limits else np.inf,
        rivals=np.array([[0, 1]]) if has_limits else np.empty((0, 2), dtype=int),
    )
    costs = [
        problem.cost[np.arange(n_accounts), place].sum()
        for place in map(np.array, product(range(3), repeat=n_accounts))
        if not broken_rows(problem, place)
    ]
    solution = solve(problem)
    if not costs:
        assert solution is None
    else:
        assert solution.cost == pytest.approx(min(costs))
        assert not broken_rows(problem, solution.place)


def test_model_stays_as_it_was():
    problem = model(30, 6, seed=1)
    before = [np.copy(getattr(problem, field.name)) for field in fields(problem)]
    solve(problem)
    for field, value in zip(fields(problem), before, strict=True):
        np.testing.assert_array_equal(getattr(problem, field.name), value)
