import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.evaluation import Trial, clean_effect
from kamtools.power.evaluation_two_way import (
    two_way_comparisons,
    two_way_effect,
    two_way_weights,
)


def trial(outcome, starts):
    outcome = np.array(outcome, dtype=float)
    return Trial(
        pd.Index(range(len(outcome))), np.arange(1.0, outcome.shape[1] + 1), outcome,
        np.array(starts, dtype=float), np.zeros(len(outcome), dtype=int),
    )  # fmt: skip


DESIGNS = st.lists(
    st.sampled_from([2.0, 3.0, 5.0, 6.0, np.inf]), min_size=3, max_size=8
).filter(lambda starts: len(set(starts)) > 1)  # fmt: skip


def worked_example():
    """Return the published example: three units, ten periods, effects 2 from 5 and 4 from 8."""
    periods, starts = np.arange(1, 11), np.array([np.inf, 5, 8])
    on = periods >= starts[:, None]
    outcome = np.arange(1, 4)[:, None] + periods + on * np.array([[0], [2], [4]])
    return trial(outcome, starts)


def test_decomposition_is_that_of_the_published_example():
    # asjadnaqvi.github.io/DiD, "bacon-decomp": feols gives 2.90909; bacondecomp the table
    table = two_way_comparisons(worked_example()).set_index(["start", "against"])
    for pair, weight, effect in (
        ((5, np.inf), 0.3636364, 2), ((8, np.inf), 0.3181818, 4),
        ((8, 5), 0.1363636, 4), ((5, 8), 0.1818182, 2),
    ):  # fmt: skip
        assert table.loc[pair, "weight"] == pytest.approx(weight, abs=1e-7)
        assert table.loc[pair, "effect"] == pytest.approx(effect)
        assert table.loc[pair, "is_clean"] == (pair != (8, 5))
    assert two_way_effect(worked_example()) == pytest.approx(2.909091, abs=1e-6)


def test_a_growing_effect_comes_out_with_the_wrong_sign():
    # de Chaisemartin and D'Haultfœuille (2020): weights 1/2, 1 and −1/2, effects 1, 1 and 4
    weights = two_way_weights(np.array([3.0, 2.0]), np.arange(1.0, 4))
    assert weights[0, 2] == pytest.approx(0.5)
    assert weights[1, 1:].tolist() == pytest.approx([1, -0.5])
    made = trial([[0, 0, 1], [0, 1, 4]], [3, 2])
    assert two_way_effect(made) == pytest.approx(-0.5)
    assert clean_effect(made) == pytest.approx(1)


@settings(deadline=None)
@given(DESIGNS, st.integers(0, 1_000))
def test_the_regression_is_the_weighted_sum_of_its_comparisons(starts, seed):
    made = trial(np.random.default_rng(seed).normal(0, 10, (len(starts), 6)), starts)
    table = two_way_comparisons(made)
    assert table["weight"].sum() == pytest.approx(1)
    assert (table["weight"] > 0).all()
    assert (table["weight"] * table["effect"]).sum() == pytest.approx(two_way_effect(made))


@settings(deadline=None)
@given(DESIGNS, st.integers(0, 1_000))
def test_it_is_the_least_squares_fit_with_account_and_quarter_effects(starts, seed):
    made = trial(np.random.default_rng(seed).normal(0, 10, (len(starts), 6)), starts)
    accounts, quarters = made.outcome.shape
    by_account = np.kron(np.eye(accounts), np.ones((quarters, 1)))
    by_quarter = np.tile(np.eye(quarters), (accounts, 1))
    dummies = np.hstack([by_account, by_quarter, made.is_on.reshape(-1, 1)])
    fit = np.linalg.lstsq(dummies, made.outcome.ravel(), rcond=None)[0]
    assert two_way_effect(made) == pytest.approx(fit[-1])


@given(st.integers(1, 4), st.integers(1, 4), st.sampled_from([2.0, 3.0, 6.0]), st.integers(0, 99))
def test_it_is_the_clean_effect_where_all_starters_start_at_once(n, m, start, seed):
    outcome = np.random.default_rng(seed).normal(0, 10, (n + m, 6))
    made = trial(outcome, [start] * n + [np.inf] * m)
    assert two_way_effect(made) == pytest.approx(clean_effect(made))


def test_accounts_that_start_after_the_last_quarter_count_as_never_starting():
    outcome = np.random.default_rng(1).normal(0, 1, (3, 5))
    late, never = (trial(outcome, [2, 4, start]) for start in (6, np.inf))
    pd.testing.assert_frame_equal(two_way_comparisons(late), two_way_comparisons(never))


@pytest.mark.parametrize("starts", [[2, 2], [np.inf, np.inf], [3, 9]])
def test_trials_with_nobody_to_compare_are_refused_or_compared(starts):
    made = trial([[1, 2, 3, 4], [4, 5, 7, 8]], starts)
    if starts == [3, 9]:
        assert len(two_way_comparisons(made)) == 1
        return
    for function in (two_way_effect, two_way_comparisons):
        with pytest.raises(InputError, match="nobody is left to compare with"):
            function(made)


def test_the_trial_is_not_modified():
    made = worked_example()
    outcome, starts = made.outcome.copy(), made.starts.copy()
    two_way_comparisons(made)
    two_way_effect(made)
    np.testing.assert_array_equal(made.outcome, outcome)
    np.testing.assert_array_equal(made.starts, starts)
