import datetime

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import ledger

AS_OF = datetime.date(2024, 12, 31)


def lines(*rows):
    """Return invoice lines from (account_id, date, amount[, cost])."""
    table = pa.table(
        {
            "account_id": [row[0] for row in rows],
            "invoice_id": [str(number) for number, _ in enumerate(rows)],
            "date": [datetime.date.fromisoformat(row[1]) for row in rows],
            "amount": pa.array([float(row[2]) for row in rows]),
            "cost": pa.array([row[3] if len(row) > 3 else None for row in rows], pa.float64()),
            "product": pa.array([None] * len(rows), pa.string()),
        }
    )
    return ibis.duckdb.connect().create_table("lines", table)


def card(*rows, as_of=AS_OF):
    return ledger.scorecard(lines(*rows), as_of=as_of)


def steady(amount=10, months=24):
    ends = pd.date_range(end="2024-12-15", periods=months, freq="MS") + pd.Timedelta(days=14)
    return [("A", day.date().isoformat(), amount) for day in ends]


def test_an_account_that_buys_the_same_each_month_is_steady():
    row = card(*steady()).loc["A"]
    assert row.revenue == row.revenue_previous == 120
    assert row[["growth", "trend", "volatility", "returns_rate"]].tolist() == [0, 0, 0, 0]
    assert row.regularity == 1
    assert (row.orders, row.months_active, row.tenure_months) == (12, 12, 24)
    assert row.recency_days == 16


def test_revenue_that_rises_by_a_tenth_of_its_mean_a_month_has_that_trend():
    rows = [("A", f"2024-{month:02d}-15", 100 + 10 * (month - 6.5)) for month in range(1, 13)]
    assert card(*rows).loc["A", "trend"] == pytest.approx(0.1)


def test_trend_and_volatility_equal_those_of_numpy():
    amounts = np.random.default_rng(1).lognormal(size=12).round(2)
    rows = [("A", f"2024-{month:02d}-15", amounts[month - 1]) for month in range(1, 13)]
    row = card(*rows).loc["A"]
    assert row.trend == pytest.approx(np.polyfit(range(12), amounts, 1)[0] / amounts.mean())
    assert row.volatility == pytest.approx(amounts.std() / amounts.mean())


def test_months_without_an_order_count_as_zero_after_the_first():
    rows = [("A", "2024-09-10", 30), ("A", "2024-12-10", 10), ("B", "2023-01-01", 1)]
    row = card(*rows).loc["A"]
    assert row.volatility == pytest.approx(np.std([30, 0, 0, 10]) / 10)
    assert row.regularity == 0.5


def test_months_are_counted_back_from_as_of():
    rows = [("A", "2024-03-11", 1), ("A", "2024-03-10", 2), ("A", "2023-03-11", 4),
            ("A", "2023-03-10", 8), ("A", "2022-03-11", 16)]  # fmt: skip
    row = card(*rows, as_of=datetime.date(2024, 3, 10)).loc["A"]
    assert row.revenue == 6
    assert row.revenue_previous == 24
    assert row.revenue_total == 30


def test_months_are_calendar_months_where_as_of_ends_one():
    rows = [("A", "2024-02-29", 1), ("A", "2024-01-31", 2), ("A", "2023-02-28", 4)]
    row = card(*rows, as_of=datetime.date(2024, 2, 29)).loc["A"]
    assert row.revenue == 3


def test_lines_after_as_of_do_not_count():
    rows = [("A", "2024-01-01", 1), ("A", "2024-01-02", 5)]
    assert card(*rows, as_of=datetime.date(2024, 1, 1)).loc["A", "revenue"] == 1


def test_an_order_cancelled_minutes_later_leaves_nothing():
    rows = [("A", "2024-01-18", 77183.60), ("A", "2024-01-18", -77183.60), ("B", "2024-01-01", 1)]
    row = card(*rows).loc["A"]
    assert row.revenue == 0
    assert row.returns_rate == 1
    assert np.isnan(row.volatility)


def test_growth_is_unknown_where_the_ledger_starts_too_late():
    row = card(("A", "2023-06-01", 5), ("A", "2024-06-01", 10)).loc["A"]
    assert np.isnan(row.growth)
    assert np.isnan(row.revenue_previous)


def test_margin_is_unknown_where_a_tenth_or_more_has_no_cost():
    rows = [("A", "2024-01-01", 80, 60.0), ("A", "2024-02-01", 20)]
    assert np.isnan(card(*rows).loc["A", "margin"])


def test_margin_applies_the_known_rate_to_a_small_rest():
    rows = [("A", "2024-01-01", 95, 57.0), ("A", "2024-02-01", 5)]
    assert card(*rows).loc["A", "margin"] == pytest.approx(40)


def test_several_invoices_of_a_day_are_one_order():
    rows = [("A", "2024-01-01", 1), ("A", "2024-01-01", 2), ("A", "2024-01-02", 3)]
    assert card(*rows).loc["A", "orders"] == 2


def test_an_account_with_nothing_but_credit_notes_never_ordered():
    row = card(("A", "2024-01-01", -5), ("B", "2024-01-01", 5)).loc["A"]
    assert row.orders == 0
    assert np.isnan(row.recency_days)
    assert pd.isna(row.first_order)


def test_accounts_come_largest_first_and_equals_by_name():
    rows = [("C", "2024-01-01", 1), ("B", "2024-01-01", 2), ("A", "2024-01-01", 1)]
    assert card(*rows).index.tolist() == ["B", "A", "C"]


LINES = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.dates(datetime.date(2022, 1, 1), AS_OF).map(str),
        st.integers(-500, 5000).filter(bool).map(lambda cents: cents / 100),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=25, deadline=None)
@given(LINES, st.randoms())
def test_the_order_of_the_lines_leaves_no_trace(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(card(*rows), card(*shuffled), check_exact=True)


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_money_is_neither_lost_nor_made(rows):
    scored = card(*rows)
    assert scored.revenue_total.sum() == pytest.approx(sum(row[2] for row in rows))
    assert scored.returns_rate.dropna().between(0, 1).all()
    assert scored.regularity.dropna().between(0, 1).all()
    assert list(scored.columns) == ledger.SCORECARD_COLUMNS


def test_the_monthly_series_adds_up_to_the_ledger():
    rows = [("A", "2024-01-05", 5, 3.0), ("A", "2024-01-07", -1, 0.0), ("A", "2024-03-05", 2, 1.0)]
    series = ledger.monthly(lines(*rows))
    assert series["month"].tolist() == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-03-01")]
    assert series["revenue"].tolist() == [4, 2]
    assert series["margin"].tolist() == [1, 1]
    assert series["orders"].tolist() == [1, 1]


def test_stores_are_rolled_up_before_anything_is_counted():
    rows = [("S1", "2024-01-01", 1), ("S2", "2024-01-01", 2), ("S3", "2024-01-01", 4)]
    accounts = pd.DataFrame({"account_id": ["S1", "S2", "S3"], "chain": ["Tea", "Tea ", None]})
    rolled = ledger.scorecard(ledger.roll_up(lines(*rows), accounts), as_of=AS_OF)
    assert rolled["revenue"].to_dict() == {"S3": 4, "Tea": 3}
    assert rolled.loc["Tea", "orders"] == 1


def test_a_credit_of_many_decimals_is_no_order():
    row = card(("A", "2024-03-01", 100), ("A", "2024-12-01", -10.00005)).loc["A"]
    assert (row.orders, row.recency_days) == (1, 305)
