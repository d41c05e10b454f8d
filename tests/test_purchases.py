import datetime

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import ledger
from kamtools.purchases import HISTORY_COLUMNS, purchase_history

AS_OF = datetime.date(2024, 12, 31)


def lines(*rows):
    """Return invoice lines from (account_id, date, amount[, cost])."""
    table = pa.table(
        {
            "account_id": [row[0] for row in rows],
            "date": [datetime.date.fromisoformat(row[1]) for row in rows],
            "amount": pa.array([float(row[2]) for row in rows]),
            "cost": pa.array([row[3] if len(row) > 3 else None for row in rows], pa.float64()),
        }
    )
    return ibis.duckdb.connect().create_table("lines", table)


def known(*rows, as_of=AS_OF):
    return purchase_history(lines(*rows), as_of=as_of)


def test_several_lines_of_a_day_are_one_order():
    row = known(("A", "2024-12-01", 5), ("A", "2024-12-01", 7), ("A", "2024-12-11", 9)).iloc[0]
    assert (row.orders, row.revenue, row.gross, row.first_order_gross) == (2, 21, 21, 12)
    assert (row.first_days_back, row.last_days_back) == (30, 20)


def test_credit_note_lowers_revenue_and_is_no_order():
    history = known(("A", "2024-11-01", 50), ("A", "2024-12-01", -20))
    assert history["revenue"].tolist() == [-20, 50]
    assert history["gross"].tolist() == [0, 50]
    assert history["orders"].tolist() == [0, 1]
    assert np.isnan(history["last_days_back"][0])


def test_margin_counts_the_lines_whose_cost_is_known():
    row = known(("A", "2024-12-01", 50, 30.0), ("A", "2024-12-02", 40)).iloc[0]
    assert (row.revenue, row.costed, row.margin) == (90, 50, 20)


def test_months_are_counted_back_from_as_of():
    history = known(
        ("A", "2024-03-10", 1), ("A", "2024-02-11", 2), ("A", "2024-02-10", 4),
        as_of=datetime.date(2024, 3, 10),
    )  # fmt: skip
    assert history[["months_back", "revenue"]].values.tolist() == [[0, 3], [1, 4]]


def test_nothing_after_as_of_is_known():
    early = [("A", "2024-05-05", 10), ("B", "2024-06-01", 20)]
    later = [("A", "2024-07-01", 99), ("C", "2024-08-01", 5)]
    as_of = datetime.date(2024, 6, 30)
    pd.testing.assert_frame_equal(known(*early, as_of=as_of), known(*early, *later, as_of=as_of))


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.dates(datetime.date(2023, 1, 1), AS_OF).map(str),
        st.integers(-500, 5000).filter(bool).map(lambda cents: cents / 100),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=20, deadline=None)
@given(ROWS)
def test_history_adds_up_to_the_scorecard(rows):
    table = lines(*rows)
    history = purchase_history(table, as_of=AS_OF)
    card = ledger.scorecard(table, as_of=AS_OF).sort_index()
    assert list(history) == HISTORY_COLUMNS
    by_account = history.groupby("account_id")
    np.testing.assert_allclose(by_account["revenue"].sum(), card["revenue_total"], atol=1e-9)
    np.testing.assert_allclose(
        by_account["last_days_back"].min(), card["recency_days"], equal_nan=True
    )


def test_lines_without_their_columns_are_refused():
    with pytest.raises(AttributeError, match="cost"):
        purchase_history(lines(("A", "2024-12-01", 5)).drop("cost"), as_of=AS_OF)
