from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.role.assignment_improvement import open_moves, settle
from kamtools.role.assignment_model import (
    AssignmentModel,
    assignment_rows,
    broken_rows,
    rival_sets,
)


@pytest.fixture
def small():
    """Return three accounts of 60 hours, two managers, all limits; the first two are rivals."""
    return AssignmentModel(
        cost=np.array([[0.0, 5.0], [0.0, 5.0], [9.0, 0.0]]),
        hours=np.full((3, 2), 60.0),
        capacity=np.array([130.0, np.inf]),
        low=np.array([50.0, 50.0]),
        high=np.array([130.0, 130.0]),
        span=2.0,
        rivals=np.array([[0, 1]]),
    )


def test_limits_that_are_infinite_have_no_rows(small):
    accounts, managers = np.nonzero(np.isfinite(small.cost))
    rows = assignment_rows(small, accounts, managers)
    kinds, counts = np.unique(rows.kinds, return_counts=True)
    assert dict(zip(kinds.tolist(), counts.tolist(), strict=True)) == {
        "balance": 4, "capacity": 1, "rivals": 2, "span": 2,
    }  # fmt: skip


def test_rows_tell_what_an_assignment_breaks(small):
    assert broken_rows(small, np.array([0, 1, 1])) == {}
    assert broken_rows(small, np.array([0, 0, 1])) == {"rivals": 1}
    assert broken_rows(small, np.array([0, 0, 0])) == {
        "balance": 2, "capacity": 1, "rivals": 1, "span": 1,
    }  # fmt: skip
    assert broken_rows(small, np.array([0, 1, -1])) == {"without a manager": 1}
    small.cost[2, 1] = np.inf
    assert broken_rows(small, np.array([0, 1, 1])) == {"not allowed": 1}


@settings(deadline=None)
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1])))
def test_rival_sets_hold_every_pair_and_only_rivals(pairs):
    sets = rival_sets(np.array(sorted(pairs)).reshape(-1, 2))
    assert {pair for members in sets for pair in combinations(members, 2)} == pairs


def test_open_moves_are_those_that_keep_every_limit(small):
    place = np.array([0, 1, 1])
    for account, manager in np.ndindex(3, 2):
        moved = place.copy()
        moved[account] = manager
        is_open = manager != place[account] and not broken_rows(small, moved)
        assert open_moves(small, place)[account, manager] == is_open


def test_settling_never_costs_more_and_leaves_no_move_that_saves(small):
    dear = np.array([1, 0, 0])
    settled = settle(small, dear)
    accounts = np.arange(3)
    assert small.cost[accounts, settled].sum() < small.cost[accounts, dear].sum()
    saving = small.cost[accounts, settled][:, np.newaxis] - small.cost
    assert not (open_moves(small, settled) & (saving > 1e-9)).any()
    assert dear.tolist() == [1, 0, 0]
