import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.trend import growth_so_far, last_year_again, season, trend_goes_on

SEASON = np.array([1.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5])


def test_twice_the_same_year_shows_two_thirds_of_its_season():
    # Two years seen, one assumed without a season.
    seen = season(pd.DataFrame([np.tile(SEASON, 2)]))
    np.testing.assert_allclose(seen, 1 + (SEASON - 1) * 2 / 3)


def test_growth_is_not_taken_for_a_season():
    growing = 1.2 ** (np.arange(36) / 12)
    np.testing.assert_allclose(season(pd.DataFrame([growing])), np.ones(12), rtol=1e-3)


def test_season_is_unknown_before_two_years():
    np.testing.assert_array_equal(season(pd.DataFrame([np.tile(SEASON, 2)[1:]])), np.ones(12))


def test_steady_account_repeats_last_year(history_of):
    history = history_of({"a": [10.0] * 24, "b": [20.0] * 24})
    for rule in (last_year_again, trend_goes_on):
        np.testing.assert_allclose(rule(history, horizon_months=12), [120, 240])
        np.testing.assert_allclose(rule(history, horizon_months=3), [30, 60])


def test_quarter_before_the_high_season_is_forecast_higher(history_of):
    history = history_of({"a": np.tile(10 * SEASON, 3)})
    next_month = last_year_again(history, horizon_months=1)["a"]
    assert next_month == pytest.approx(10 * (1 + 0.5 * 3 / 4), rel=0.1)
    assert next_month > last_year_again(history, horizon_months=12)["a"] / 12


def test_young_account_is_judged_by_its_own_months(history_of):
    old = {f"old {number}": [10.0] * 24 for number in range(200)}
    history = history_of({**old, "new": [0.0] * 20 + [10.0] * 4})
    assert last_year_again(history, horizon_months=12)["new"] == pytest.approx(120, rel=0.01)


def test_account_that_bought_nothing_last_year_is_expected_to_buy_nothing(history_of):
    history = history_of({"a": [10.0] * 24, "b": [10.0] * 12 + [0.0] * 12})
    assert last_year_again(history, horizon_months=12)["b"] == 0


def test_half_of_the_growth_of_all_goes_on(history_of):
    history = history_of({name: [10.0] * 12 + [12.1] * 12 for name in "abcd"})
    np.testing.assert_allclose(trend_goes_on(history, horizon_months=12), 12 * 12.1 * 1.1)


def test_noisy_account_is_drawn_further_towards_the_mean(history_of):
    steady = {f"s{step}": [10.0] * 18 + [10.0 + step] * 6 for step in range(-4, 5)}
    noise = np.array([12.0, -12.0] * 3)
    noisy = np.concatenate([[14.0] * 12, 14.0 + noise, 18.0 + noise]) - 4
    growth = growth_so_far(history_of({**steady, "noisy": noisy}))["own"]
    assert 0 < growth["noisy"] < growth["s4"] / 2


def test_riser_is_expected_above_its_last_year_and_fader_below(history_of):
    flat = {f"f{i}": [50.0] * 36 for i in range(6)}
    riser = {"riser": 50 * 1.05 ** np.arange(-35, 1)}
    fader = {"fader": 50 * 0.95 ** np.arange(36)}
    history = history_of({**flat, **riser, **fader})
    growth = growth_so_far(history)["own"]
    assert growth["riser"] > 0 > growth["fader"]


@given(rate=st.floats(0.001, 1000), horizon=st.integers(1, 30))
def test_forecast_is_in_the_same_currency_as_the_history(history_of, rate, horizon):
    panel = np.random.default_rng(1).gamma(2.0, 5.0, (6, 30))
    one = trend_goes_on(history_of(panel), horizon_months=horizon)
    other = trend_goes_on(history_of(panel * rate), horizon_months=horizon)
    np.testing.assert_allclose(one * rate, other, rtol=1e-9)


def test_trend_is_not_let_run_for_more_than_a_year(history_of):
    history = history_of({name: [10.0] * 12 + [12.1] * 12 for name in "abcd"})
    one, three = (trend_goes_on(history, horizon_months=months)["a"] for months in (12, 36))
    assert three == pytest.approx(3 * one)


def test_trend_of_less_than_two_years_is_refused(history_of):
    with pytest.raises(
        InputError, match=r"needs 24 whole months of history.*got 23: use 'recency'"
    ):
        trend_goes_on(history_of({"a": [10.0] * 23}), horizon_months=12)


def test_history_of_a_trend_is_not_modified(history_of):
    history = history_of({"a": np.arange(1.0, 25.0), "b": [3.0] * 24, "c": [2.0, 5.0] * 12})
    before = history.copy()
    trend_goes_on(history, horizon_months=6)
    pd.testing.assert_frame_equal(history, before)
