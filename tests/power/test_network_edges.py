import datetime

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.network_edges import edges_from_lines, yearly

SUPPLIERS = pd.Series({"gin": "Still", "rye": "Still", "rum": "Giant"})
BUYERS = pd.Series({"S1": "Harbour", "S2": "Harbour", "S3": "S3"})
LINES = pd.DataFrame(
    {
        "product": ["gin", "rye", "rum", "gin", "ale"],
        "account_id": ["S1", "S2", "S3", "S9", "S1"],
        "date": [datetime.date(2021, 10, 31)] * 4 + [datetime.date(2021, 11, 1)],
        "amount": [0.1, 0.2, 5.0, 7.0, 9.0],
    }
)


def edges_of(lines, **options):
    table = ibis.memtable(pa.Table.from_pandas(lines, preserve_index=False))
    return edges_from_lines(table, suppliers=SUPPLIERS, buyers=BUYERS, **options)


def test_lines_of_a_chain_and_of_a_supplier_add_up_to_the_cent():
    edges = edges_of(LINES)
    harbour = edges[(edges["supplier"] == "Still") & (edges["account_id"] == "Harbour")]
    assert harbour["amount"].tolist() == [0.3]
    assert harbour["period"].tolist() == [pd.Timestamp("2021-10-01")]


def test_a_store_without_a_chain_is_its_own_buyer():
    assert {"S3", "S9"} <= set(edges_of(LINES)["account_id"])


def test_a_product_without_a_supplier_keeps_its_trade():
    edges = edges_of(LINES)
    unknown = edges[edges["supplier"].isna()]
    assert unknown["amount"].tolist() == [9.0]
    assert edges["amount"].sum() == pytest.approx(LINES["amount"].sum())


@pytest.mark.parametrize(("year_ends", "years"), [(12, {2021}), (10, {2021, 2022}), (9, {2022})])
def test_a_year_is_named_by_the_year_in_which_it_ends(year_ends, years):
    assert set(edges_of(LINES, period="year", year_ends=year_ends)["period"]) == years


@settings(max_examples=10)
@given(st.lists(st.tuples(st.sampled_from(["gin", "rum", "ale"]), st.sampled_from(["S1", "S4"]),
                          st.dates(datetime.date(2019, 1, 1), datetime.date(2021, 12, 31)),
                          st.integers(-999, 99_999)), min_size=1, max_size=40),
       st.integers(1, 12))  # fmt: skip
def test_months_add_up_to_years_and_to_all(rows, year_ends):
    lines = pd.DataFrame(rows, columns=["product", "account_id", "date", "amount"])
    lines["amount"] = lines["amount"] / 100
    by_year = edges_of(lines, period="year", year_ends=year_ends)
    pd.testing.assert_frame_equal(yearly(edges_of(lines), year_ends=year_ends), by_year)
    assert by_year["amount"].sum() == pytest.approx(lines["amount"].sum())


def test_the_order_of_lines_leaves_no_trace():
    pd.testing.assert_frame_equal(edges_of(LINES), edges_of(LINES[::-1]))


@pytest.mark.parametrize(
    ("lines", "options", "message"),
    [
        (LINES.drop(columns=["date", "amount"]), {}, "columns date, amount"),
        (LINES, {"period": "week"}, "one of month, year; got 'week'"),
        (LINES, {"year_ends": 13}, "from 1 to 12; got 13"),
    ],
)
def test_unusable_lines_are_refused(lines, options, message):
    with pytest.raises(InputError, match=message):
        edges_of(lines, **options)


def test_lists_of_suppliers_and_buyers_are_left_unchanged():
    before = SUPPLIERS.copy(), BUYERS.copy()
    edges_of(LINES)
    pd.testing.assert_series_equal(SUPPLIERS, before[0])
    pd.testing.assert_series_equal(BUYERS, before[1])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"suppliers": pd.concat([SUPPLIERS, SUPPLIERS[:1]])}, "product gin stands twice"),
        ({"buyers": pd.concat([BUYERS, BUYERS[1:2]])}, "account_id S2 stands twice"),
    ],
)
def test_a_list_that_would_count_lines_twice_is_refused(options, message):
    table = ibis.memtable(pa.Table.from_pandas(LINES, preserve_index=False))
    with pytest.raises(InputError, match=message):
        edges_from_lines(table, **{"suppliers": SUPPLIERS, "buyers": BUYERS} | options)
