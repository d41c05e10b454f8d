from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.selection.service_cost import service_cost

AS_OF = date(2024, 12, 31)
IDS = pd.Index(["a", "b"], name="account_id")


def lines(**columns):
    n = len(next(iter(columns.values())))
    table = {"account_id": ["a"] * n, "date": ["2024-06-01"] * n, "hours": [1.0] * n, **columns}
    frame = pd.DataFrame(table)
    return frame.assign(date=pd.to_datetime(frame["date"]))


def test_cost_of_the_lines_is_added_up():
    assert service_cost(lines(cost=[10.0, 5.0]), IDS, as_of=AS_OF)["a"] == 15


def test_hours_stand_in_for_a_cost_that_is_missing():
    table = lines(cost=[10.0, np.nan], hours=[1.0, 2.0])
    assert service_cost(table, IDS, as_of=AS_OF, cost_per_hour=50)["a"] == 110


def test_account_without_a_line_cost_nothing():
    assert service_cost(lines(cost=[10.0]), IDS, as_of=AS_OF)["b"] == 0


def test_line_of_unknown_cost_makes_the_account_unknown_not_cheaper():
    assert np.isnan(service_cost(lines(cost=[10.0, np.nan]), IDS, as_of=AS_OF)["a"])


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_the_twelve_months_up_to_the_day_count(day, counted):
    table = lines(cost=[10.0, 1.0], date=[day, "2024-06-01"])
    assert service_cost(table, IDS, as_of=AS_OF)["a"] == (11 if counted else 1)


def test_no_table_is_not_known():
    assert service_cost(None, IDS, as_of=AS_OF).isna().all()


def test_no_line_in_the_year_is_not_known():
    assert service_cost(lines(cost=[1.0], date=["2020-01-01"]), IDS, as_of=AS_OF).isna().all()


def test_hours_without_any_cost_are_not_known():
    assert np.isnan(service_cost(lines(hours=[3.0]), IDS, as_of=AS_OF)["a"])


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20), st.randoms())
def test_order_of_lines_does_not_matter(costs, random):
    table = lines(cost=costs)
    order = list(table.index)
    random.shuffle(order)
    expected = service_cost(table, IDS, as_of=AS_OF)
    pd.testing.assert_series_equal(service_cost(table.loc[order], IDS, as_of=AS_OF), expected)


def test_service_is_not_modified():
    table = lines(cost=[10.0, np.nan])
    before = table.copy()
    service_cost(table, IDS, as_of=AS_OF, cost_per_hour=50)
    pd.testing.assert_frame_equal(table, before)
