import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.time_equations import (
    capacity_rate,
    default_time_equations,
    equation_hours,
    order_drivers,
)

COLUMNS = ["activity", "driver", "hours"]
ORDERS = pd.DataFrame({"amount": [90.0, 50.0, -20.0], "lines": [3, 1, 1]})


def equations(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def test_rate_of_kaplan_and_andersons_service_department():
    # Kaplan & Anderson (2004), HBR 82(11): 560,000 a quarter for 28 people of 31,250 paid
    # minutes, of which four fifths are practical: 700,000 minutes, 0.80 a minute.
    assert capacity_rate(560_000, 28 * 31_250) == pytest.approx(0.8)


def test_cost_assigned_by_kaplan_and_anderson_leaves_unused_capacity():
    # The same: 8, 44 and 50 minutes for an order, an inquiry and a credit check; 49,000,
    # 1,400 and 2,500 of them: 578,600 minutes, 462,880 of the 560,000.
    table = equations(("order", "orders", 8), ("inquiry", "inquiries", 44),
                      ("credit check", "checks", 50))  # fmt: skip
    drivers = pd.DataFrame({"orders": [49_000], "inquiries": [1_400], "checks": [2_500]})
    minutes = equation_hours(table, drivers)
    assert minutes.to_numpy().tolist() == [[392_000, 61_600, 125_000]]
    assert minutes.sum(axis=1)[0] * capacity_rate(560_000, 875_000) == pytest.approx(462_880)


def test_packing_takes_longer_for_special_goods_and_by_air():
    # Kaplan & Anderson (2004): 0.5 minutes, 6.5 more for special packing, 0.2 more by air.
    table = equations(("packing", "orders", 0.5), ("packing", "special", 6.5),
                      ("packing", "by_air", 0.2))  # fmt: skip
    drivers = pd.DataFrame({"orders": [1, 1, 1], "special": [0, 1, 1], "by_air": [0, 0, 1]})
    assert equation_hours(table, drivers)["packing"].tolist() == pytest.approx([0.5, 7, 7.2])


def test_people_who_always_work_cost_what_they_are_paid():
    assert capacity_rate(80_000, 1_600, practical_share=1) == 50


def test_an_order_without_lines_takes_the_base_time():
    drivers = pd.DataFrame({"orders": [1], "lines": [0]})
    assert equation_hours(default_time_equations(), drivers)["order entry"].tolist() == [0.25]


def test_credit_note_is_not_an_order():
    assert order_drivers(ORDERS)["orders"].tolist() == [1, 1, 0]
    assert order_drivers(ORDERS)["lines"].tolist() == [3, 1, 0]
    assert order_drivers(ORDERS)["credit_notes"].tolist() == [0, 0, 1]


def test_driver_without_hours_for_an_activity_adds_nothing():
    table = equations(("entry", "lines", 0.1), ("credit", "credit_notes", 2.0))
    hours = equation_hours(table, order_drivers(ORDERS))
    assert hours["credit"].tolist() == [0, 0, 2]
    assert hours["entry"].tolist() == pytest.approx([0.3, 0.1, 0])


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8),
    st.floats(0, 10), st.floats(0, 10),
)  # fmt: skip
def test_hours_of_two_orders_together_are_the_sum(counts, per_order, per_line):
    drivers = pd.DataFrame(counts, columns=["orders", "lines"])
    table = equations(("entry", "orders", per_order), ("entry", "lines", per_line))
    each = equation_hours(table, drivers)["entry"].sum()
    together = equation_hours(table, drivers.sum().to_frame().T)["entry"].iloc[0]
    assert each == pytest.approx(together)


@given(st.permutations(range(4)))
def test_order_of_the_rows_does_not_matter(order):
    table = equations(("a", "orders", 1.0), ("a", "lines", 2.0), ("b", "lines", 3.0),
                      ("b", "credit_notes", 4.0))  # fmt: skip
    hours = equation_hours(table.iloc[list(order)], order_drivers(ORDERS))
    expected = equation_hours(table, order_drivers(ORDERS))
    pd.testing.assert_frame_equal(hours[["a", "b"]], expected)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"activity": ["a"]}), "lack the column driver and hours"),
        (equations(), "time equations are empty"),
        (equations(("a", "boxes", 1)), "driver 'boxes'; counted are: orders, lines, credit_notes"),
        (equations(("a", "lines", 1), ("a", "lines", 2)), "'lines' of 'a' twice"),
        (equations(("a", "lines", -1)), "at least 0; got -1 for 'a'"),
        (equations(("a", "lines", "soon")), "got soon for 'a'"),
        (equations(("a", "lines", np.inf)), "got inf for 'a'"),
    ],
)
def test_wrong_equations_are_refused(table, message):
    with pytest.raises(InputError, match=message):
        equation_hours(table, order_drivers(ORDERS))


@pytest.mark.parametrize(
    ("arguments", "share", "message"),
    [
        ((0, 1), 0.8, "cost_of_capacity must be a number above 0; got 0"),
        ((1, float("nan")), 0.8, "paid_hours must be a number above 0; got nan"),
        ((1, 1), 0, "practical_share must be above 0 and up to 1; got 0"),
        ((1, 1), 80, "got 80"),
    ],
)
def test_rate_out_of_nothing_is_refused(arguments, share, message):
    with pytest.raises(InputError, match=message):
        capacity_rate(*arguments, practical_share=share)


def test_arguments_are_not_modified():
    table, drivers = default_time_equations(), order_drivers(ORDERS)
    copies = table.copy(), drivers.copy()
    equation_hours(table, drivers)
    pd.testing.assert_frame_equal(table, copies[0])
    pd.testing.assert_frame_equal(drivers, copies[1])
