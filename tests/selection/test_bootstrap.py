import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.bootstrap import account_draws, percentile_interval


@given(st.integers(1, 40), st.integers(1, 20), st.integers(0, 5))
def test_every_draw_holds_as_many_accounts_as_there_are(n_accounts, draws, seed):
    counts = account_draws(n_accounts, draws=draws, seed=seed)
    assert counts.shape == (draws + 1, n_accounts)
    assert (counts.sum(axis=1) == n_accounts).all()
    assert (counts[0] == 1).all()


def test_same_seed_draws_the_same_accounts_and_another_others():
    first, again, other = (account_draws(30, draws=5, seed=seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_interval_of_a_mean_is_that_of_the_normal_law():
    # 400 values of standard deviation 1: the mean's error is 1/20, its 95 % interval ±1.96/20.
    values = np.random.default_rng(3).normal(size=400)
    values = (values - values.mean()) / values.std()
    counts = account_draws(400, draws=4000, seed=1)
    low, high = percentile_interval(counts @ values / 400, level=0.95)
    assert (low, high) == pytest.approx((-1.96 / 20, 1.96 / 20), abs=0.006)


def test_draws_without_a_figure_are_passed_over():
    values = np.array([[5.0, 1.0, np.nan, 3.0], [5.0, np.nan, np.nan, np.nan]])
    low, high = percentile_interval(values, level=0.5)
    assert (low[0], high[0]) == (1.5, 2.5)
    assert np.isnan([low[1], high[1]]).all()


def test_no_draws_and_a_level_beyond_one_are_refused():
    with pytest.raises(InputError, match="got 3 accounts and 0 draws"):
        account_draws(3, draws=0, seed=1)
    with pytest.raises(InputError, match="level must be between 0 and 1"):
        percentile_interval(np.zeros(3), level=95)


def test_the_figures_stay_as_they_were():
    values = np.array([1.0, np.nan, 2.0])
    percentile_interval(values, level=0.9)
    np.testing.assert_array_equal(values, [1.0, np.nan, 2.0])
