from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.time_log import logged_hours

AS_OF = date(2024, 12, 31)
IDS = pd.Index(["old", "new", "silent"], name="account_id")


def lines(*rows):
    table = pd.DataFrame(rows, columns=["account_id", "date", "activity", "hours"])
    return table.assign(date=pd.to_datetime(table["date"]))


LOG = lines(
    ("old", "2022-05-01", "visit", 4.0),
    ("old", "2024-12-31", "visit", 3.0),
    ("old", "2024-01-01", "complaint", 2.0),
    ("new", "2024-07-01", "visit", 5.0),
    ("other", "2024-07-01", "visit", 99.0),
)


def test_years_are_spans_of_twelve_months_up_to_the_last_day():
    hours = logged_hours(LOG, IDS, as_of=AS_OF, years=3)
    assert hours.loc[("old", 0)].to_dict() == {"complaint": 2.0, "visit": 3.0}
    assert hours.at[("old", 2), "visit"] == 4.0


def test_day_just_before_the_twelve_months_counts_for_the_year_before():
    log = lines(("old", "2023-12-31", "visit", 1.0), ("old", "2024-01-01", "visit", 2.0))
    hours = logged_hours(log, IDS, as_of=AS_OF, years=2)
    assert hours["visit"].tolist() == [2.0, 1.0]


def test_year_without_a_line_after_the_first_had_no_hours():
    hours = logged_hours(LOG, IDS, as_of=AS_OF, years=3)
    assert hours.loc[("old", 1)].sum() == 0


def test_years_before_an_account_came_are_no_rows():
    hours = logged_hours(LOG, IDS, as_of=AS_OF, years=3)
    assert hours.loc["new"].index.tolist() == [0]


def test_account_without_a_line_and_account_not_asked_for_are_no_rows():
    hours = logged_hours(LOG, IDS, as_of=AS_OF)
    assert sorted(hours.index.unique("account_id")) == ["new", "old"]


def test_work_without_a_name_is_called_so():
    log = lines(("old", "2024-05-01", None, 1.0), ("old", "2024-05-01", " visit ", 2.0))
    assert logged_hours(log, IDS, as_of=AS_OF).columns.tolist() == ["unnamed work", "visit"]


def test_log_that_ends_before_the_years_gives_no_rows():
    assert logged_hours(LOG, IDS, as_of=date(2030, 1, 1)).empty


LINES = st.tuples(
    st.sampled_from(["old", "new"]),
    st.integers(0, 700),
    st.sampled_from(["visit", "call"]),
    st.floats(0, 9),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(LINES, min_size=1))
def test_no_hour_is_lost(rows):
    days = pd.Timestamp(AS_OF)
    log = lines(*((who, days - pd.Timedelta(days=back), what, h) for who, back, what, h in rows))
    hours = logged_hours(log, IDS, as_of=AS_OF, years=2)
    assert hours.to_numpy().sum() == pytest.approx(log["hours"].sum())


def test_log_without_a_column_is_refused():
    with pytest.raises(InputError, match="service log lacks the column hours"):
        logged_hours(LOG.drop(columns="hours"), IDS, as_of=AS_OF)


def test_no_year_is_refused():
    with pytest.raises(InputError, match="years must be at least 1; got 0"):
        logged_hours(LOG, IDS, as_of=AS_OF, years=0)


def test_log_stays_as_it_was():
    before = LOG.copy(deep=True)
    logged_hours(LOG, IDS, as_of=AS_OF, years=3)
    pd.testing.assert_frame_equal(LOG, before)
