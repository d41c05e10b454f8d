import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.plots.power_regions import account_regions, region
from kamtools.power.dependence import DependenceDraws


def test_a_region_holds_its_share_of_the_draws():
    x, y = np.random.default_rng(1).normal(size=(2, 4_000))
    corners = region(x, y, 0.5)
    # Half of a round normal lies within 1.177 standard deviations.
    assert np.hypot(*corners.T).max() == pytest.approx(1.177, abs=0.05)


@pytest.mark.parametrize("spread", [0.0, 1.0])
def test_draws_on_a_point_or_a_line_have_no_region(spread):
    x = spread * np.random.default_rng(1).random(50)
    assert region(x, 2 * x, 0.9) is None


@given(st.floats(0.2, 1.0), st.floats(-1, 1), st.floats(-1, 1))
def test_a_region_moves_with_its_draws(level, across, up):
    x, y = np.random.default_rng(2).random((2, 200))
    moved = region(x + across, y + up, level)
    still = region(x, y, level).mean(axis=0)
    assert moved.mean(axis=0) == pytest.approx(still + np.array([across, up]), abs=0.02)


def test_the_smaller_region_lies_in_the_larger():
    drawn = DependenceDraws(pd.Index(["a"]), *np.random.default_rng(1).random((2, 900, 1)))
    large, small = account_regions(drawn.accounts, drawn)["a"]
    assert (small.min(axis=0) >= large.min(axis=0)).all()
    assert (small.max(axis=0) <= large.max(axis=0)).all()


def test_an_account_without_draws_is_refused():
    drawn = DependenceDraws(pd.Index(["a"]), *np.zeros((2, 5, 1)))
    with pytest.raises(InputError, match="the draws have no account b"):
        account_regions(pd.Index(["a", "b"]), drawn)


def test_draws_are_left_as_they_were():
    values = np.random.default_rng(1).random((2, 50, 1))
    before = values.copy()
    account_regions(pd.Index(["a"]), DependenceDraws(pd.Index(["a"]), *values))
    assert np.array_equal(values, before)
