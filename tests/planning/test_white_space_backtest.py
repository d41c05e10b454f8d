import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import engagement
from kamtools.assortment import group_sales
from kamtools.errors import InputError
from kamtools.planning.white_space_backtest import backtest_white_space
from kamtools.planning.white_space_words import describe_white_space_backtest
from kamtools.samples import locate

GROUPS = [f"g{k:02d}" for k in range(12)]


def long(wide):
    return wide.rename_axis("account_id").reset_index().melt(
        "account_id", var_name="product_group", value_name="revenue"
    )  # fmt: skip


def years(*, seed, trades):
    """Return two years of 120 accounts: of two trades with groups of their own, or of none.

    A group is bought in a year with four chances in five where it belongs to the trade, and
    one in twenty otherwise; without trades, with the same chance everywhere.
    """
    rng = np.random.default_rng(seed)
    trade = np.arange(120) % 2
    own = (np.arange(12) % 2)[None, :] == trade[:, None]
    chance = np.where(own, 0.8, 0.05) if trades else np.full(own.shape, 0.425)
    made = []
    for _ in range(2):
        bought = rng.random(chance.shape) < chance
        money = np.where(bought, rng.gamma(4.0, 50.0, chance.shape), 0.0)
        index = [f"a{k:03d}" for k in range(120)]
        made.append(long(pd.DataFrame(money, index=index, columns=GROUPS)))
    return made


def test_gaps_of_a_trade_are_filled_more_often_than_such_gaps_elsewhere():
    table = backtest_white_space(*years(seed=1, trades=True), draws=200, seed=1).table
    assert table.loc["filled", "value"] == pytest.approx(0.8, abs=0.08)
    assert table.loc["lift_over_like", "low"] > 1.5
    # What is expected is a share of revenue as it stands, without the group: on the low side.
    assert 1.0 < table.loc["realised", "value"] < 2.0


def test_where_purchases_are_random_naming_gaps_tells_nothing():
    lifts = [
        backtest_white_space(*years(seed=seed, trades=False), at_least=0.4, draws=200, seed=1)
        .table.loc["lift_over_like"]
        for seed in range(3)
    ]  # fmt: skip
    for lift in lifts:
        assert lift["value"] == pytest.approx(1.0, abs=0.12)
    assert sum(lift["low"] < 1 < lift["high"] for lift in lifts) >= 2


def test_account_that_left_counts_for_nothing():
    before, after = years(seed=1, trades=True)
    gone = after[after["account_id"] != "a000"]
    found = backtest_white_space(before, gone, draws=10, seed=1)
    assert found.accounts == 119


def test_when_nothing_is_named_nothing_is_said_of_it():
    before, after = years(seed=1, trades=True)
    found = backtest_white_space(before, after, at_least=1.0, draws=10, seed=1)
    assert found.named == 0
    assert found.table.loc["filled"].isna().all()
    assert "nothing can be said" in describe_white_space_backtest(found)


def test_sample_company_whose_products_are_drawn_at_random_shows_no_skill():
    firm = engagement.roll_up(engagement.load(locate("sample")))
    before, after = (
        group_sales(firm.invoices, as_of=datetime.date(year, 12, 31)) for year in (2023, 2024)
    )
    found = backtest_white_space(before, after, draws=300, seed=1)
    lift = found.table.loc["lift_over_like"]
    assert lift["low"] < 1.05
    assert lift["value"] == pytest.approx(1.0, abs=0.08)
    assert "told nothing" in describe_white_space_backtest(found)


def test_online_retail_fills_products_named_more_often_than_such_gaps(shared_data, monkeypatch):
    monkeypatch.setenv("KAMTOOLS_DATA", str(shared_data))
    firm = engagement.load(locate("online-retail"))
    halves = (datetime.date(2011, 6, 9), datetime.date(2011, 12, 9))
    groups = firm.invoices.select("product").distinct().to_pandas()["product"].dropna()
    heads = groups.set_axis(groups).str.extract(r"^(\d{3})")[0].dropna()
    before, after = (
        group_sales(firm.invoices, as_of=day, months=6, groups=heads) for day in halves
    )
    table = backtest_white_space(before, after, draws=300, seed=1).table
    assert table.loc["lift", "value"] == pytest.approx(4.2, abs=0.3)
    assert table.loc["lift_over_like", "low"] > 1.03
    assert table.loc["lift_over_like", "high"] < 1.2  # the group and the size tell most of it
    assert table.loc["realised", "high"] < 1.0


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 100), st.floats(0.1, 50))
def test_shares_are_shares_and_currency_does_not_matter(seed, rate):
    before, after = years(seed=seed, trades=True)
    one = backtest_white_space(before, after, draws=20, seed=1).table
    scaled = (part.assign(revenue=part["revenue"] * rate) for part in (before, after))
    other = backtest_white_space(*scaled, draws=20, seed=1).table
    assert one["value"].to_numpy() == pytest.approx(other["value"].to_numpy())
    assert one.loc[["filled", "all_gaps", "like_gaps"]].stack().between(0, 1).all()


def test_without_products_or_a_second_period_there_is_nothing_to_look_back_on():
    before, after = years(seed=1, trades=True)
    for given_ in ((None, after), (before, None), (before, after.assign(account_id="new"))):
        found = backtest_white_space(*given_, draws=10, seed=1)
        assert (found.accounts, found.named, found.gaps) == (0, 0, 0)
        assert found.table.isna().all(axis=None)
        assert describe_white_space_backtest(found).startswith("How often such gaps are filled")


def test_sales_without_an_account_are_refused():
    before, after = years(seed=1, trades=True)
    with pytest.raises(InputError, match="lack the columns account_id"):
        backtest_white_space(before.drop(columns="account_id"), after, draws=10, seed=1)


def test_sales_given_to_the_backtest_are_not_changed():
    given_ = years(seed=1, trades=True)
    before = [one.copy() for one in given_]
    backtest_white_space(*given_, draws=10, seed=1)
    for one, copy in zip(given_, before, strict=True):
        pd.testing.assert_frame_equal(one, copy)
