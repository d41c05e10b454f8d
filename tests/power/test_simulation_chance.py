import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.simulation_assumptions import (
    NAMES,
    default_simulation_assumptions,
    known_assumptions,
    replace_assumption,
)
from kamtools.power.simulation_chance import draw_years

TABLE = default_simulation_assumptions()
ENDS = TABLE.set_index("assumption")


def test_assumptions_have_the_mean_of_their_triangle():
    # mean of a triangular distribution: (low + middle + high) / 3
    years = draw_years(TABLE, years=20_000, seed=3)
    for name in NAMES:
        low, middle, high = ENDS.loc[name, ["low", "value", "high"]]
        reach = 4 * (high - low) / np.sqrt(20_000)
        assert years.assumed[name].mean() == pytest.approx((low + middle + high) / 3, abs=reach)


def test_known_assumptions_leave_only_chance():
    years = draw_years(known_assumptions(TABLE), years=5, seed=3)
    for name in NAMES:
        assert years.assumed[name].tolist() == [ENDS.loc[name, "value"]] * 5


def test_preparations_and_reviews_have_their_mean_and_spread():
    years = draw_years(known_assumptions(TABLE), years=20_000, seed=3)
    for values, mean, spread in ((years.preparation, 60, 0.3), (years.review_noise, 1, 0.5)):
        assert values.mean() == pytest.approx(mean, rel=0.02)
        assert values.std() / values.mean() == pytest.approx(spread, rel=0.03)


def test_markets_tighten_as_often_as_assumed():
    years = draw_years(replace_assumption(TABLE, "market_tightens", 0.3), years=20_000, seed=3)
    assert years.tightens.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / 20_000))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**31), st.integers(1, 60))
def test_draws_stay_within_their_ends(seed, number):
    years = draw_years(TABLE, years=number, seed=seed)
    for name in NAMES:
        assert (years.assumed[name] >= ENDS.loc[name, "low"]).all()
        assert (years.assumed[name] <= ENDS.loc[name, "high"]).all()
    assert ((years.begin >= 0) & (years.begin < 365)).all()
    assert (years.preparation > 0).all()
    assert set(years.is_step.sum(axis=0)) <= set(range(4, 10))


@settings(deadline=None, max_examples=20)
@given(st.sampled_from([name for name in NAMES if name != "initiatives_per_year"]))
def test_replacing_an_assumption_leaves_the_luck_of_the_others(name):
    other = replace_assumption(TABLE, name, float(ENDS.loc[name, "low"]))
    before, after = (draw_years(table, years=30, seed=9) for table in (TABLE, other))
    for one in set(NAMES) - {name}:
        np.testing.assert_array_equal(before.assumed[one], after.assumed[one])
    np.testing.assert_array_equal(before.begin, after.begin)
    np.testing.assert_array_equal(before.signal, after.signal)


def test_seed_repeats_the_years_and_another_changes_them():
    first, again, other = (draw_years(TABLE, years=10, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.begin, again.begin)
    assert not np.array_equal(first.begin, other.begin)


def test_years_alike_share_their_assumptions_but_not_their_luck():
    years = draw_years(TABLE, years=6, seed=1, years_alike=3)
    review = years.assumed["relaxed_review_days"]
    assert review[0] == review[1] == review[2] != review[3] == review[5]
    assert len(np.unique(years.begin)) == years.begin.size


@pytest.mark.parametrize(("years", "alike"), [(0, 1), (5, 2), (4, 0)])
def test_years_that_cannot_be_are_refused(years, alike):
    with pytest.raises(InputError, match=f"multiple of those alike; got {years}, {alike}"):
        draw_years(TABLE, years=years, seed=1, years_alike=alike)


def test_missing_assumptions_are_refused():
    with pytest.raises(InputError, match="assumptions lack window_days"):
        draw_years(TABLE[TABLE["assumption"] != "window_days"], years=1, seed=1)


def test_assumptions_are_not_modified():
    table = default_simulation_assumptions()
    draw_years(table, years=3, seed=1)
    pd.testing.assert_frame_equal(table, default_simulation_assumptions())
