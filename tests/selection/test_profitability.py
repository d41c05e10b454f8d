import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.profitability import (
    break_even_amount,
    describe_orders,
    order_profit_by_account,
    profit_by_account,
    profit_by_order,
)

SCORECARD = pd.DataFrame(
    {"revenue": [90.0, 50.0, 0.0], "margin": [20.0, 15.0, np.nan]},
    index=pd.Index(["giant", "small", "gone"], name="account_id"),
)
COST = pd.Series({"giant": 29.0, "small": 5.0, "gone": 0.0})
ORDERS = pd.DataFrame(
    {"account_id": ["a", "a", "b", "b"], "invoice_id": ["1", "2", "3", "C1"],
     "amount": [100.0, 20.0, 50.0, -5.0], "margin": [30.0, 6.0, np.nan, -5.0],
     "lines": [2, 1, 1, 1]},
)  # fmt: skip
HANDLING = pd.Series([10.0] * 4)


def test_giant_that_costs_more_than_its_margin_is_last_of_those_known():
    table = profit_by_account(SCORECARD, COST)
    assert table.index.tolist() == ["small", "giant", "gone"]
    assert table["profit"]["giant"] == -9
    assert table["profit_rate"]["giant"] == pytest.approx(-0.1)


def test_profit_is_the_margin_where_no_cost_of_service_is_known():
    table = profit_by_account(SCORECARD, COST * np.nan)
    assert table["profit"]["giant"] == 20
    assert table["service_cost"].isna().all()


def test_account_without_revenue_has_no_profit_rate():
    table = profit_by_account(SCORECARD.fillna(0), COST)
    assert np.isnan(table["profit_rate"]["gone"])


def test_order_is_paid_by_its_margin_not_its_amount():
    table = profit_by_order(ORDERS, HANDLING)
    assert table["invoice_id"].tolist() == ["2", "1", "3"]
    assert table["profit"].tolist()[:2] == [-4, 20]
    assert np.isnan(table["profit"].iloc[2])


def test_account_is_told_how_many_of_its_orders_lose():
    table = order_profit_by_account(profit_by_order(ORDERS, HANDLING))
    assert table.loc["a"].tolist() == [2, 1, 0.5, -4]
    assert "b" not in table.index


def test_break_even_is_where_the_margin_pays_for_the_handling():
    # 36 of 120 is a margin of 30 %; a handling of 10 asks for an order of 33.33.
    assert break_even_amount(profit_by_order(ORDERS, HANDLING)) == pytest.approx(100 / 3)


def test_no_order_breaks_even_without_a_margin():
    losing = ORDERS.assign(margin=-1.0)
    assert np.isnan(break_even_amount(profit_by_order(losing, HANDLING)))


orders = st.lists(
    st.tuples(st.sampled_from("abc"), st.floats(1, 1e5), st.floats(-1e4, 1e5), st.floats(0, 1e3)),
    min_size=1, max_size=15,
)  # fmt: skip


def made(rows):
    table = pd.DataFrame(rows, columns=["account_id", "amount", "margin", "handling"])
    table = table.assign(lines=1, invoice_id=[str(number) for number in range(len(table))])
    return profit_by_order(table, table["handling"]), table


@given(orders)
def test_profit_of_all_orders_is_margin_less_handling(rows):
    profit, table = made(rows)
    assert profit["profit"].sum() == pytest.approx(
        table["margin"].sum() - table["handling"].sum(), abs=1e-6
    )
    assert profit["profit"].is_monotonic_increasing


@given(orders)
def test_losses_by_account_add_up_to_those_of_the_orders(rows):
    profit, _ = made(rows)
    by_account = order_profit_by_account(profit)
    assert by_account["loss"].sum() == pytest.approx(profit["profit"].clip(upper=0).sum())
    assert by_account["orders"].sum() == len(profit)
    assert by_account["share_without_profit"].between(0, 1).all()


def test_words_count_the_orders_without_profit():
    assert describe_orders(profit_by_order(ORDERS, HANDLING), currency="EUR") == (
        "1 of 2 orders (50 %) brought no profit: together they lost EUR 4. At the usual margin "
        "an order below EUR 33 does not pay for its handling. Not counted: 1 order whose "
        "profit is not known."
    )


def test_order_below_its_cost_brings_no_profit_whatever_its_handling_costs():
    below = profit_by_order(ORDERS.assign(margin=[30.0, -6.0, 5.0, 0.0]), HANDLING * np.nan)
    assert below["profit"].tolist() == [-6, 5, 30]
    assert describe_orders(below) == (
        "1 of 3 orders (33 %) brought no profit even before handling, whose cost is not known: "
        "together they lost 6."
    )


def test_words_say_what_is_missing_where_nothing_is_known():
    text = describe_orders(profit_by_order(ORDERS.assign(margin=np.nan), HANDLING))
    assert text.endswith("it needs the cost of the goods.")


def test_scorecard_without_margin_is_refused():
    with pytest.raises(InputError, match="lacks the column margin"):
        profit_by_account(SCORECARD[["revenue"]], COST)


def test_arguments_are_not_modified():
    scorecard, cost, table = SCORECARD.copy(), COST.copy(), ORDERS.copy()
    profit_by_account(scorecard, cost)
    profit_by_order(table, HANDLING)
    pd.testing.assert_frame_equal(scorecard, SCORECARD)
    pd.testing.assert_series_equal(cost, COST)
    pd.testing.assert_frame_equal(table, ORDERS)
