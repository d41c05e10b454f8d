import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.exposure import loss_if_gone, loss_words, missing_facts

ACCOUNTS = pd.DataFrame(
    {"revenue": [200.0, 300.0, 500.0], "margin": [60.0, 30.0, 210.0]}, index=["a", "b", "c"]
)
# Goertek 2022, bn yuan: revenue lost at most 3.3, which is 4.2 % of 2021's; direct loss about
# 0.9; impairment 1.1 to 1.5 (stock.hexun.com/2023-01-15/207649007.html). Profit 2021: 4.275
# (technology.followthistrendingworld.com/2022/11/goertek-received-notice-from-major.html).
GOERTEK = pd.DataFrame(
    {"revenue": [3.3, 3.3 / 0.042 - 3.3], "margin": [0.9, 10.0]}, index=["product", "rest"]
)


@pytest.mark.parametrize(("impairment", "change"), [(1.1, -2.0 / 4.275), (1.5, -2.4 / 4.275)])
def test_goertek_loses_about_half_of_its_profit_with_4_percent_of_revenue(impairment, change):
    row = loss_if_gone(GOERTEK, fixed_costs=10.9 - 4.275, write_off=impairment / 3.3).loc["product"]
    assert row["revenue_share"] == pytest.approx(0.042)
    assert row["profit_change"] == pytest.approx(change)
    assert 11 < row["leverage"] < 13.5


def test_goertek_in_print_fell_by_12_to_14_times_the_revenue_share():
    # Published forecast: net profit 1.71 to 2.14, after 4.275: all causes together.
    for profit, leverage in ((2.14, 11.9), (1.71, 14.3)):
        one = GOERTEK.assign(margin=[4.275 - profit, 10.0])
        row = loss_if_gone(one, fixed_costs=one["margin"].sum() - 4.275).loc["product"]
        assert row["leverage"] == pytest.approx(leverage, abs=0.05)


def test_without_fixed_costs_profit_falls_as_the_margin():
    gone = loss_if_gone(ACCOUNTS, fixed_costs=0)
    assert gone["profit_change"].tolist() == pytest.approx((-gone["margin_share"]).tolist())


def test_all_fixed_costs_avoidable_and_equal_margins_give_leverage_one():
    even = ACCOUNTS.assign(margin=ACCOUNTS["revenue"] * 0.3)
    gone = loss_if_gone(even, fixed_costs=200, avoidable_share=1)
    assert gone["leverage"].tolist() == pytest.approx([1, 1, 1])


def test_covenant_breaks_where_debt_exceeds_its_multiple_of_what_is_left():
    gone = loss_if_gone(ACCOUNTS, fixed_costs=150, debt=300, covenant=3)
    assert gone["debt_multiple"].tolist() == pytest.approx([300 / 90, 300 / 120, np.inf])
    assert gone["is_breach"].tolist() == [True, False, True]
    assert "above the covenant" in loss_words(gone, "a", name="Harbour")


def test_what_rests_on_unknown_facts_is_missing_and_named():
    gone = loss_if_gone(ACCOUNTS)
    assert gone[["profit_after", "profit_change", "leverage"]].isna().all(axis=None)
    assert gone["is_breach"].isna().all()
    assert "fixed costs are not known" in loss_words(gone, "a", name="Harbour")
    assert "fixed costs, cash, debt and covenant" in missing_facts()


def test_a_firm_without_profit_gets_no_change_in_percent():
    gone = loss_if_gone(ACCOUNTS, fixed_costs=400)
    assert gone["profit_change"].isna().all()
    assert "profit, which is −100 today, falls to −160" in loss_words(gone, "a", name="Harbour")


@given(st.floats(0, 250), st.floats(0.01, 1000))
def test_leverage_rises_with_fixed_costs_and_ignores_the_currency(fixed, unit):
    before = loss_if_gone(ACCOUNTS, fixed_costs=fixed)["leverage"]
    more = loss_if_gone(ACCOUNTS, fixed_costs=fixed + 10)["leverage"]
    other = loss_if_gone(ACCOUNTS * unit, fixed_costs=fixed * unit)["leverage"]
    assert (more > before).all()
    assert other.tolist() == pytest.approx(before.tolist())


@pytest.mark.parametrize(
    ("accounts", "options", "message"),
    [
        (ACCOUNTS.drop(columns="margin"), {}, "columns margin"),
        (ACCOUNTS.rename(index={"b": "a"}), {}, "a stands twice"),
        (ACCOUNTS.assign(margin=np.nan), {}, "account a: revenue and margin"),
        (ACCOUNTS * 0, {}, "sum to more than 0"),
        (ACCOUNTS, {"fixed_costs": -1.0}, "fixed_costs must be a number of at least 0; got -1"),
        (ACCOUNTS, {"avoidable_share": 1.2}, "avoidable_share must be from 0 to 1; got 1.2"),
    ],
)
def test_unusable_exposure_input_is_refused(accounts, options, message):
    with pytest.raises(InputError, match=message):
        loss_if_gone(accounts, **options)


def test_unknown_account_is_refused_in_words():
    with pytest.raises(InputError, match="account z is not among"):
        loss_words(loss_if_gone(ACCOUNTS), "z", name="Z")


def test_accounts_of_the_exposure_are_left_unchanged():
    before = ACCOUNTS.copy(deep=True)
    loss_if_gone(ACCOUNTS, fixed_costs=100, debt=1, covenant=2)
    pd.testing.assert_frame_equal(ACCOUNTS, before)
