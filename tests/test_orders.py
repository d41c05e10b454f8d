import datetime

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import ledger
from kamtools.orders import orders

AS_OF = datetime.date(2024, 12, 31)


def lines(*rows):
    """Return invoice lines from (account_id, invoice_id, date, amount, cost)."""
    table = pa.table(
        {
            "account_id": [row[0] for row in rows],
            "invoice_id": pa.array([row[1] for row in rows], pa.string()),
            "date": [datetime.date.fromisoformat(row[2]) for row in rows],
            "amount": pa.array([float(row[3]) for row in rows]),
            "cost": pa.array([row[4] for row in rows], pa.float64()),
        }
    )
    return ibis.duckdb.connect().create_table("lines", table)


def test_lines_of_one_number_are_one_order():
    table = orders(
        lines(("A", "1", "2024-03-02", 10, 6), ("A", "1", "2024-03-01", 5, 1)), as_of=AS_OF
    )
    assert table.shape == (1, 6)
    row = table.iloc[0]
    assert (row.amount, row.margin, row.lines) == (15, 8, 2)
    assert row.date.date().isoformat() == "2024-03-01"


def test_same_number_of_two_accounts_is_two_orders():
    table = orders(
        lines(("B", "1", "2024-03-01", 5, 1), ("A", "1", "2024-03-01", 10, 6)), as_of=AS_OF
    )
    assert table["account_id"].tolist() == ["A", "B"]


def test_lines_without_a_number_are_an_order_a_day():
    rows = [("A", None, day, 10, 6) for day in ("2024-03-01", "2024-03-01", "2024-03-02")]
    assert orders(lines(*rows), as_of=AS_OF)["lines"].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2023-12-31", 0), ("2024-01-01", 1), ("2024-12-31", 1), ("2025-01-01", 0)],
)
def test_the_twelve_months_up_to_the_day_count(day, counted):
    assert len(orders(lines(("A", "1", day, 10, 6)), as_of=AS_OF)) == counted


def test_margin_is_not_known_where_cost_is_missing_for_more_than_a_tenth():
    table = orders(
        lines(("A", "1", "2024-03-01", 80, 40), ("A", "1", "2024-03-01", 20, None)), as_of=AS_OF
    )
    assert np.isnan(table["margin"][0])


def test_margin_of_the_few_lines_without_cost_is_that_of_the_others():
    table = orders(
        lines(("A", "1", "2024-03-01", 95, 38), ("A", "1", "2024-03-01", 5, None)), as_of=AS_OF
    )
    assert table["margin"][0] == pytest.approx(60)


def test_credit_note_keeps_its_sign():
    table = orders(lines(("A", "C1", "2024-03-01", -20, 0)), as_of=AS_OF)
    assert (table["amount"][0], table["margin"][0]) == (-20, -20)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.sampled_from("1234"),
                  st.dates(datetime.date(2023, 1, 1), datetime.date(2024, 12, 31)),
                  st.integers(-50, 500), st.integers(0, 100)),
        min_size=1, max_size=15,
    ),
    st.sampled_from([AS_OF, datetime.date(2024, 6, 17), datetime.date(2024, 2, 29)]),
)  # fmt: skip
def test_orders_add_up_to_the_scorecard(rows, as_of):
    named = [(a, f"{a}{number}", str(day), amount, cost) for a, number, day, amount, cost in rows]
    table = lines(*named)
    by_account = orders(table, as_of=as_of).groupby("account_id")["amount"].sum()
    if any(row[2] <= as_of for row in rows):
        revenue = ledger.scorecard(table, as_of=as_of)["revenue"]
        assert by_account.reindex(revenue.index, fill_value=0.0).tolist() == pytest.approx(
            revenue.tolist()
        )
