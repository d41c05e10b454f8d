import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.role.expected_hours import expected_hours
from kamtools.role.time_fit import TimeFit, fit_time_log
from kamtools.role.time_log import logged_hours

NOTHING = pd.DataFrame()


def fit_of(between, within, **columns):
    table = pd.DataFrame(
        {"logged": [100.0], "modelled": [60.0], "modelled_low": [55.0], "modelled_high": [65.0],
         "years": [1], "is_set_aside": [False], **columns}, index=["a"],
    )  # fmt: skip
    return TimeFit(NOTHING, table, NOTHING, NOTHING, 0.5, between, within, "", ())


def test_log_is_believed_as_far_as_differences_last():
    # Best linear prediction with equal variances and one year: half of the difference stays.
    assert expected_hours(fit_of(6.0, 6.0)).at["a", "hours"] == 80


def test_range_is_that_of_a_year_around_the_prediction():
    row = expected_hours(fit_of(6.0, 6.0)).loc["a"]
    half = 1.645 * np.sqrt(80 * (6 * 0.5 + 6))
    assert (row["hours_low"], row["hours_high"]) == pytest.approx((80 - half, 80 + half))


def test_account_whose_years_never_differ_is_its_log():
    assert expected_hours(fit_of(6.0, 0.0)).at["a", "hours"] == 100


def test_differences_that_never_last_leave_the_model():
    assert expected_hours(fit_of(0.0, 6.0)).at["a", "hours"] == 60


def test_one_year_that_cannot_tell_leaves_the_log():
    assert expected_hours(fit_of(float("nan"), 6.0)).at["a", "hours"] == 100


def test_account_set_aside_keeps_its_own_log():
    assert expected_hours(fit_of(6.0, 6.0, is_set_aside=[True])).at["a", "hours"] == 100


def test_account_without_known_drivers_keeps_its_own_log():
    row = expected_hours(fit_of(6.0, 6.0, modelled=[np.nan])).loc["a"]
    assert row["hours"] == 100
    assert row["source"] == "service log"


def test_account_that_the_log_does_not_hold_is_modelled():
    row = expected_hours(fit_of(6.0, 6.0, logged=[np.nan], years=[0])).loc["a"]
    assert row["hours"] == 60
    assert row["source"] == "service log fit"


def test_account_of_which_nothing_tells_has_no_hours():
    row = expected_hours(fit_of(6.0, 6.0, logged=[np.nan], modelled=[np.nan], years=[0])).loc["a"]
    assert row.isna().all()


@settings(deadline=None)
@given(st.floats(0, 50), st.floats(0, 50), st.integers(1, 5), st.floats(0, 1_000))
def test_prediction_lies_between_model_and_log(between, within, years, logged):
    row = expected_hours(fit_of(between, within, years=[years], logged=[logged])).loc["a"]
    assert min(logged, 60) - 1e-9 <= row["hours"] <= max(logged, 60) + 1e-9
    assert 0 <= row["hours_low"] <= row["hours"] <= row["hours_high"]


@settings(deadline=None)
@given(st.integers(1, 5))
def test_more_years_draw_the_prediction_to_the_log(years):
    fewer, more = (expected_hours(fit_of(6.0, 6.0, years=[n])) for n in (years, years + 1))
    assert more.at["a", "hours"] > fewer.at["a", "hours"]


def test_next_years_hours_fall_into_the_range_as_often_as_it_says():
    rng = np.random.default_rng(4)
    accounts = pd.Index([f"a{row:04d}" for row in range(1_500)], name="account_id")
    sites = pd.DataFrame({"sites": rng.integers(1, 12, 1_500)}, index=accounts)
    mean = (20 + 6 * sites["sites"].to_numpy()) * rng.gamma(6, 1 / 6, 1_500)
    years = rng.poisson(mean, (4, 1_500))
    log = pd.concat(
        [pd.DataFrame({"account_id": accounts, "date": pd.Timestamp(2021 + row, 6, 1),
                       "activity": "visit", "hours": years[row]}) for row in range(4)]
    )  # fmt: skip
    known = logged_hours(log, accounts, as_of=datetime.date(2023, 12, 31), years=3)
    found = expected_hours(fit_time_log(known, sites, seed=1))
    inside = (found["hours_low"] <= years[3]) & (years[3] <= found["hours_high"])
    assert 0.87 <= inside.mean() <= 0.93


def test_fit_given_is_not_changed():
    fit = fit_of(6.0, 6.0)
    before = fit.by_account.copy(deep=True)
    expected_hours(fit)
    pd.testing.assert_frame_equal(fit.by_account, before)
