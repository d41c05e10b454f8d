import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.assignment import model
from kamtools.role.assignment_model import broken_rows
from kamtools.role.assignment_solver import cheapest_assignment
from kamtools.role.greedy_assignment import greedy_assignment


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1_000))
def test_greedy_breaks_at_most_the_lower_end_of_the_balance(seed):
    problem = model(40, 8, seed=seed)
    assert set(broken_rows(problem, greedy_assignment(problem))) <= {"balance", "without a manager"}


def test_greedy_that_keeps_all_limits_is_never_cheaper_than_the_optimum():
    for seed in range(5):
        problem = model(40, 8, seed=seed)
        place = greedy_assignment(problem)
        if not broken_rows(problem, place):
            best = cheapest_assignment(problem, gap=0, time_limit_seconds=60)
            assert problem.cost[np.arange(40), place].sum() >= best.cost - 1e-6


def test_an_account_that_fits_nowhere_is_left_without_a_manager():
    problem = model(40, 8, seed=1)
    problem.hours[7] = 1e6
    assert greedy_assignment(problem)[7] == -1
