import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.stop import INPUTS, crossing_day, daily_losses, simulate_stop, stop_words

POINTS = {
    "switch_share": 0.3, "substitute_share": 0.5, "supplier_margin": 0.4, "account_margin": 0.25,
    "substitute_margin": 0.3, "basket_margin": 0.2, "stock_days": 5.0, "basket": 4.0,
    "purchases": 100.0, "disputed": 0.02, "supplier_patience": 1.0, "account_patience": 1.0,
}  # fmt: skip


def stop_table(**changed):
    points = pd.Series(POINTS | changed)[list(INPUTS)]
    return pd.DataFrame({"low": points, "middle": points, "high": points})


def course(inputs=None, **options):
    given_inputs = stop_table() if inputs is None else inputs
    return simulate_stop(given_inputs, **{"days": 60, "draws": 20, "seed": 1} | options)


def test_losses_by_hand():
    # Full shelf: supplier 40, account 0. Empty: supplier 40 × 0.7 = 28; account
    # 25 − 0.7 × 0.5 × 30 + 0.3 × 4 × 20 = 38.5 a day.
    table = course()
    assert table.loc[5, ["supplier_loss", "account_loss"]].tolist() == pytest.approx([200, 0])
    assert table.loc[6, ["supplier_loss", "account_loss"]].tolist() == pytest.approx([228, 38.5])


def test_the_day_of_giving_in_is_where_the_limit_is_passed():
    # Limit 0.02 × 36,500 = 730: account after 5 + 19 days (731.5), supplier after 5 + 19 (732).
    table = course(stop_table(account_patience=0.9))
    assert table.attrs["length"]["middle"] == 5 + 18  # 18 × 38.5 = 693 > 657
    assert table["p_account_first"].iloc[-1] == 1


def test_equal_days_count_half_for_each():
    table = course()
    assert table.loc[60, ["p_supplier_first", "p_account_first"]].tolist() == [0.5, 0.5]


def test_an_account_with_endless_stock_and_patience_is_never_hurt():
    table = course(stop_table(stock_days=1000.0))
    assert table["account_loss"].eq(0).all()
    assert table["p_supplier_first"].iloc[-1] == 1
    assert crossing_day(table) == np.inf


def test_a_brand_that_all_shoppers_follow_costs_the_supplier_nothing_once_the_shelf_is_empty():
    table = course(stop_table(switch_share=1.0, stock_days=0.0))
    assert table["supplier_loss"].eq(0).all()
    assert table["p_account_first"].iloc[-1] == 1
    assert "has lost more" in stop_words(table, supplier="S", account="B")


@settings(deadline=None, max_examples=30)
@given(st.floats(0, 0.9), st.floats(0, 30), st.floats(0.01, 0.1))
def test_more_switching_hurts_the_account_and_spares_the_supplier(switch, stock, more):
    def losses(share):
        drawn = {name: np.array([value]) for name, value in POINTS.items()}
        drawn |= {"switch_share": np.array([share]), "stock_days": np.array([stock])}
        return daily_losses(drawn, days=40)

    (supplier, account), (supplier_more, account_more) = losses(switch), losses(switch + more)
    assert (supplier_more <= supplier).all()
    assert (account_more >= account).all()


@settings(deadline=None, max_examples=20)
@given(st.floats(0.01, 1000))
def test_who_gives_in_ignores_the_currency(unit):
    inputs = stop_table()
    wide = inputs.assign(low=inputs["low"] * 0.7)
    other = wide.copy()
    other.loc["purchases"] *= unit
    chances = ["p_supplier_first", "p_account_first", "p_open"]
    one, two = course(wide), course(other)
    assert np.abs(one[chances] - two[chances]).max(axis=None) <= 0.05 + 1e-12  # one tie of 20
    assert one[chances].sum(axis=1).tolist() == pytest.approx([1] * 60)


@pytest.mark.parametrize(
    ("inputs", "options", "message"),
    [
        (stop_table().drop("basket"), {}, "need basket"),
        (stop_table(switch_share=1.4), {}, "switch_share must be from 0 to 1"),
        (stop_table(stock_days=-1.0), {}, "stock_days must be 0 or more"),
        (stop_table(purchases=0.0), {}, "purchases must be above 0"),
        (stop_table(), {"days": 0}, "days and draws must be at least 1"),
    ],
)
def test_unusable_stop_input_is_refused(inputs, options, message):
    with pytest.raises(InputError, match=message):
        course(inputs, **options)


def test_inputs_of_the_stop_are_left_unchanged():
    inputs = stop_table()
    before = inputs.copy(deep=True)
    course(inputs)
    pd.testing.assert_frame_equal(inputs, before)
