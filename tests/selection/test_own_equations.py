import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.selection.cost_to_serve import cost_by_account
from kamtools.selection.own_equations import describe_equations, equations_in_use
from kamtools.selection.time_equations import (
    DRIVERS,
    default_time_equations,
    equation_hours,
    order_drivers,
)

COLUMNS = ["activity", "driver", "hours"]
OWN = pd.DataFrame(
    [("packing", "orders", 0.5), ("packing", "lines", 0.1), ("credit", "credit_notes", 2.0)],
    columns=COLUMNS,
)
ORDERS = pd.DataFrame({"amount": [90.0, -20.0], "lines": [3, 1]})


@pytest.mark.parametrize("own", [None, OWN.iloc[:0]])
def test_firm_without_equations_starts_from_the_default_ones(own):
    assert equations_in_use(own).equals(default_time_equations())
    assert describe_equations(own).startswith("Assumed, as the firm has given no time equations")


def test_own_equations_replace_the_default_ones_altogether():
    hours = equation_hours(equations_in_use(OWN), order_drivers(ORDERS))
    assert hours.columns.tolist() == ["packing", "credit"]
    assert hours["packing"].tolist() == pytest.approx([0.8, 0.0])
    assert hours["credit"].tolist() == [0.0, 2.0]


def test_columns_of_the_firm_beside_the_equations_are_passed_over():
    noted = OWN.assign(remark="measured in May")[["remark", *reversed(COLUMNS)]]
    assert equations_in_use(noted).columns.tolist() == COLUMNS


def test_sentence_names_every_term_once_and_whose_it_is():
    assert describe_equations(OWN) == (
        "By the firm's own time equations packing takes 30 minutes an order and 6 minutes a "
        "line; credit takes 2 hours a credit note."
    )


def test_whoever_doubles_the_hours_doubles_the_cost():
    orders = pd.DataFrame({"account_id": ["a", "b"], "amount": [9.0, 9.0], "lines": [2, 5]})

    def cost(own):
        return cost_by_account(
            pd.Index(["a", "b"]), service=None, as_of=pd.Timestamp("2025-12-31").date(),
            cost_per_hour=40.0, orders=orders, equations=equations_in_use(own),
        ).total  # fmt: skip

    assert (2 * cost(OWN)).tolist() == cost(OWN.assign(hours=2 * OWN["hours"])).tolist()


def test_what_no_order_counts_is_refused_by_name():
    boxes = pd.DataFrame([("packing", "boxes", 0.5)], columns=COLUMNS)
    with pytest.raises(InputError, match="driver 'boxes'; counted are: orders, lines"):
        equation_hours(equations_in_use(boxes), order_drivers(ORDERS))


def test_every_driver_that_a_file_may_name_is_counted():
    assert tuple(order_drivers(ORDERS)) == DRIVERS


def test_own_table_is_not_modified():
    before = OWN.copy()
    used = equations_in_use(OWN)
    used.loc[0, "hours"] = 99.0
    describe_equations(OWN)
    pd.testing.assert_frame_equal(OWN, before)
