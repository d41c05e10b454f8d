import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.backtest_dates import (
    LEAST_KNOWN_MONTHS,
    check_dates,
    check_horizons,
    date_before,
    past_dates,
    period_name,
    too_short,
)


@given(st.integers(9, 200), st.integers(1, 12))
def test_dates_leave_something_known_before_and_something_to_look_at_after(months, most):
    ago = past_dates(months, most_dates=most)
    assert 1 <= len(ago) <= most
    assert min(ago) >= 3
    assert max(ago) <= months - LEAST_KNOWN_MONTHS


def test_earliest_date_has_a_year_behind_it_where_there_is_one():
    assert max(past_dates(130)) == 118
    assert max(past_dates(14)) == 8


def test_history_short_of_one_month_says_so(history_of):
    text = too_short(history_of({"a": [5.0] * 8}))
    assert "the history covers 8, so 1 is missing" in text
    assert too_short(history_of({"a": [5.0] * 9})) == ""


def test_last_day_of_a_month_stays_the_last_day():
    assert date_before(datetime.date(2020, 2, 29), 12) == datetime.date(2019, 2, 28)
    assert date_before(datetime.date(2019, 2, 28), 12) == datetime.date(2018, 2, 28)
    assert date_before(datetime.date(2021, 2, 28), 12) == datetime.date(2020, 2, 29)


@pytest.mark.parametrize(
    ("horizon", "name"), [(1, "next month"), (36, "year 3"), (18, "months 7 to 18")]
)
def test_horizons_have_names(horizon, name):
    assert period_name(horizon) == name


@pytest.mark.parametrize("horizons", [(), (0,), (3.5,), (True,)])
def test_horizons_that_are_none_are_refused(horizons):
    with pytest.raises(InputError, match="horizons_months must be whole numbers of 1 or more"):
        check_horizons(horizons)


@pytest.mark.parametrize("ago", [(), (2,), (19,)])
def test_dates_out_of_reach_are_refused(ago):
    with pytest.raises(InputError, match="months_ago must be from 3, the shortest horizon, to 18"):
        check_dates(ago, 24, shortest=3)


def test_no_date_at_all_is_refused():
    with pytest.raises(InputError, match="most_dates must be 1 or more; got 0"):
        past_dates(24, most_dates=0)
