import datetime

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.reading.values import Style, plain_text, read_date, read_number, recognise_style

POINT, COMMA = Style(".", "dmy"), Style(",", "dmy")


def column(*cells):
    connection = ibis.duckdb.connect()
    rows = pa.table({"row": list(range(2, len(cells) + 2)), "cell": list(cells)})
    return connection.create_table("cells", rows)


def numbers(style, *cells):
    table = column(*cells)
    read = table.select("row", value=read_number(table.cell, style)).order_by("row")
    return read.to_pandas()["value"].tolist()


def dates(order, *cells):
    table = column(*cells)
    read = table.select("row", value=read_date(table.cell, Style(".", order))).order_by("row")
    return [None if pd.isna(day) else pd.Timestamp(day).date() for day in read.to_pandas().value]


def recognise(*cells, kind="numbers", **options):
    named = {"numbers": [], "dates": [], kind: ["cell"]}
    return recognise_style(column(*cells), "invoices.csv", options=options, **named)


def test_numbers_with_a_decimal_point_are_read():
    assert numbers(POINT, "1,234.50", "-3", "+.5", "€ 12", "(7.25)", "8-", "1e3", "−2") == [
        1234.5, -3, 0.5, 12, -7.25, -8, 1000, -2,
    ]  # fmt: skip


def test_numbers_with_a_decimal_comma_are_read():
    assert numbers(COMMA, "1.234,50", "-3", "1 234,5", "12 €", "1'234,00", "0,001") == [
        1234.5, -3, 1234.5, 12, 1234, 0.001,
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["12x", "1,23,4.5", "--3", ".", "-", "1.2.3", "NaN", "n/a"])
def test_what_is_no_number_is_null(cell):
    assert pd.isna(numbers(POINT, cell, "1")[0])


@settings(max_examples=25, deadline=None)
@given(st.integers(-(10**9), 10**9))
def test_a_number_written_either_way_is_the_same(cents):
    amount = cents / 100
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert numbers(POINT, english) == numbers(COMMA, german) == [pytest.approx(amount)]


@pytest.mark.parametrize(
    "cell",
    ["2024-03-31", "2024/3/31", "20240331", "31.3.2024", "31/3/2024", "2024年3月31日",
     "31-03-2024 08:26", "2024-03-31T08:26:00Z", "31/3/2024 8:26 PM"],
)  # fmt: skip
def test_a_date_is_read_in_each_of_its_forms(cell):
    assert dates("dmy", cell) == [datetime.date(2024, 3, 31)]


def test_the_order_decides_a_slashed_date():
    assert dates("mdy", "3/4/2024") == [datetime.date(2024, 3, 4)]
    assert dates("dmy", "3/4/2024") == [datetime.date(2024, 4, 3)]


def test_a_day_that_does_not_exist_is_null():
    assert dates("dmy", "2023-02-29", "2024-02-29") == [None, datetime.date(2024, 2, 29)]


def test_the_decimal_mark_is_recognised_from_one_telling_value():
    assert recognise("1,234", "2.5")[0].decimal == "."
    assert recognise("1.234", "2,5")[0].decimal == ","


def test_values_that_can_be_read_both_ways_are_refused():
    _, faults = recognise("1,234", "2,345", "17")
    assert faults[0].row == 2
    assert faults[0].count == 2
    assert '[files.invoices] decimal = "." or ","' in faults[0].expected


def test_whole_numbers_need_no_decision():
    assert recognise("1234", "-5") == (Style(".", "dmy"), [])


def test_the_option_settles_the_decimal_mark():
    assert recognise("1,234", decimal=",") == (Style(",", "dmy"), [])


def test_the_date_order_is_recognised_from_one_telling_value():
    assert recognise("3/4/2024", "3/31/2024", kind="dates")[0].date_order == "mdy"
    assert recognise("3/4/2024", "31/3/2024", kind="dates")[0].date_order == "dmy"


def test_dates_that_can_be_read_both_ways_are_refused():
    _, faults = recognise("5/5/2024", "3/4/2024", kind="dates")
    assert 'date_order = "dmy" or "mdy"' in faults[0].expected


def test_space_around_a_text_is_no_part_of_it():
    table = column("  青禾 ", "\u00a0", "")
    assert table.select(cell=plain_text(table.cell)).to_pandas()["cell"].isna().sum() == 2
