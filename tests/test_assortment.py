import datetime

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import ledger
from kamtools.assortment import SALES_COLUMNS, group_sales

AS_OF = datetime.date(2024, 12, 31)


def lines(*rows):
    """Return invoice lines from (account_id, product, date, amount[, cost])."""
    table = pa.table(
        {
            "account_id": [row[0] for row in rows],
            "product": pa.array([row[1] for row in rows], pa.string()),
            "date": [datetime.date.fromisoformat(row[2]) for row in rows],
            "amount": pa.array([float(row[3]) for row in rows]),
            "cost": pa.array([row[4] if len(row) > 4 else None for row in rows], pa.float64()),
        }
    )
    return ibis.duckdb.connect().create_table("lines", table)


def sales(*rows, **options):
    return group_sales(lines(*rows), as_of=AS_OF, **options)


def test_credit_note_lowers_the_revenue_of_its_group_and_is_no_order():
    row = sales(("A", "tea", "2024-05-01", 50), ("A", "tea", "2024-06-01", -20)).iloc[0]
    assert (row["revenue"], row["orders"]) == (30.0, 1)


def test_only_the_months_asked_for_count():
    rows = [("A", "tea", "2024-12-31", 1), ("A", "tea", "2024-07-01", 2),
            ("A", "tea", "2024-01-01", 4), ("A", "tea", "2023-12-31", 8)]  # fmt: skip
    assert sales(*rows)["revenue"].tolist() == [7.0]
    assert sales(*rows, months=6)["revenue"].tolist() == [3.0]


def test_products_go_under_their_groups_and_others_stay_their_own():
    rows = [("A", "green tea", "2024-05-01", 5), ("A", "black tea", "2024-05-01", 6),
            ("A", "salt", "2024-05-01", 7)]  # fmt: skip
    table = sales(*rows, groups=pd.Series({"green tea": "tea", "black tea": "tea"}))
    assert dict(zip(table["product_group"], table["revenue"], strict=True)) == {
        "salt": 7.0, "tea": 11.0,
    }  # fmt: skip
    assert table.set_index("product_group")["orders"].to_dict() == {"salt": 1, "tea": 1}


def test_lines_without_a_product_have_a_group_without_a_name():
    table = sales(("A", None, "2024-05-01", 5), ("A", " ", "2024-05-01", 6),
                  ("A", "tea", "2024-05-01", 7))  # fmt: skip
    assert dict(zip(table["product_group"], table["revenue"], strict=True)) == {"": 11, "tea": 7}


def test_without_products_nothing_is_known():
    assert sales(("A", None, "2024-05-01", 5)) is None
    assert group_sales(lines(("A", "tea", "2024-05-01", 5)).drop("product"), as_of=AS_OF) is None


def test_margin_is_not_known_where_more_than_a_tenth_has_no_cost():
    table = sales(("A", "tea", "2024-05-01", 90, 45.0), ("A", "tea", "2024-05-01", 10),
                  ("B", "tea", "2024-05-01", 80, 40.0), ("B", "tea", "2024-05-01", 20))  # fmt: skip
    assert table["margin"].tolist()[0] == 50.0
    assert np.isnan(table["margin"].tolist()[1])


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.sampled_from(["tea", "salt", None]),
                  st.floats(-100, 100).map(lambda one: round(one, 2))),
        min_size=1, max_size=20,
    )
)  # fmt: skip
def test_groups_add_up_to_what_the_scorecard_says(rows):
    made = lines(*[(who, what, "2024-05-01", money) for who, what, money in rows])
    table = group_sales(made, as_of=AS_OF)
    if table is not None:
        card = ledger.scorecard(made, as_of=AS_OF)["revenue"].sort_index()
        summed = table.groupby("account_id")["revenue"].sum()
        assert summed.to_numpy() == pytest.approx(card.to_numpy(), abs=1e-6)
        assert list(table.columns) == SALES_COLUMNS


def test_groups_given_are_not_changed():
    groups = pd.Series({"tea": "drinks"})
    before = groups.copy()
    sales(("A", "tea", "2024-05-01", 5), groups=groups)
    pd.testing.assert_series_equal(groups, before)
