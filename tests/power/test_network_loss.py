import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.network import network_pairs
from kamtools.power.network_loss import (
    imbalance_and_loss,
    loss_panel,
    outcome_by_imbalance,
)


def pairs_of(edges):
    return network_pairs(
        pd.DataFrame(edges, columns=["period", "supplier", "account_id", "amount"])
    )


def made_panel(seed, *, effect=0.0, suppliers=40, accounts=40):
    """Return a panel in which only imbalance (and noise of supplier and account) makes change."""
    rng = np.random.default_rng(seed)
    supplier, account = np.divmod(np.arange(suppliers * accounts), accounts)
    rows = pd.DataFrame({"year": 2017 + rng.integers(0, 3, len(supplier)),
                         "supplier": supplier, "account_id": account})  # fmt: skip
    for name in ("power_imbalance", "mutual_dependence", "log_pair", "log_supplier", "log_account"):
        rows[name] = rng.normal(0, 0.3, len(rows))
        rows[f"{name}_start"] = rows[name]
    shared = rng.normal(0, 0.2, suppliers)[supplier] + rng.normal(0, 0.2, accounts)[account]
    rows["change"] = effect * rows["power_imbalance"] + shared + rng.normal(0, 0.5, len(rows))
    return rows.assign(still_trading=(rng.random(len(rows)) < 0.8).astype(float))


def first_row(panel):
    return imbalance_and_loss(panel).iloc[0]


def test_a_pair_is_measured_in_the_first_year_and_followed_to_the_third():
    pairs = pairs_of([(2017, "S", "a", 60.0), (2018, "S", "a", 100.0), (2019, "S", "a", 50.0),
                      (2017, "S", "b", 40.0), (2018, "S", "b", 10.0), (2019, "T", "b", 1.0),
                      (2017, "T", "b", 5.0)])  # fmt: skip
    panel = loss_panel(pairs, first_base=2017, last_base=2017, least_amount=10)
    one, two = panel.iloc[0], panel.iloc[1]
    assert (one["change"], one["still_trading"]) == (pytest.approx(2 * -50 / 150), 1)
    assert (two["change"], two["still_trading"]) == (-2, 0)
    assert one["power_imbalance"] == pairs["power_imbalance"][0]
    assert one["power_imbalance_start"] == pairs[pairs["period"] == 2018]["power_imbalance"].iloc[0]
    assert one[["log_pair", "log_supplier", "log_account"]].tolist() == pytest.approx(
        np.log([60, 100, 60]).tolist()
    )
    assert len(panel) == 2  # the third pair is below the least amount


def test_a_pair_that_ended_before_the_second_year_has_no_change_and_no_longer_trades():
    pairs = pairs_of([(2017, "S", "a", 60.0), (2018, "S", "b", 1.0), (2019, "S", "b", 1.0)])
    row = loss_panel(pairs, first_base=2017, last_base=2017, least_amount=1).iloc[0]
    assert np.isnan(row["change"])
    assert row["still_trading"] == 0


def test_a_planted_effect_is_found_with_its_size():
    row = first_row(made_panel(1, effect=-0.8))
    assert row["low"] < -0.08 < row["high"] < 0


def test_without_an_effect_the_interval_misses_zero_about_once_in_twenty():
    missed = sum(
        not row["low"] <= 0 <= row["high"] for row in map(first_row, map(made_panel, range(60)))
    )
    assert missed <= 8


def test_luck_alone_looks_like_an_effect_only_in_the_year_where_the_change_begins():
    # Each pair has its own level; each year multiplies it by luck that does not last. No power is
    # at work, yet a supplier's lucky pair looks dependent in that year and falls back.
    rng = np.random.default_rng(3)
    account = np.concatenate([rng.choice(20, 4, replace=False) for _ in range(300)])
    pairs = pd.DataFrame({"supplier": np.repeat(np.arange(300), 4), "account_id": account})
    level = rng.lognormal(4, 1, len(pairs))
    years = [
        pairs.assign(period=year, amount=level * rng.lognormal(0, 0.7, len(pairs)))
        for year in range(2017, 2022)
    ]
    edges = pd.concat(years, ignore_index=True)
    panel = loss_panel(network_pairs(edges), first_base=2017, last_base=2019, least_amount=1)
    correlation = panel[["power_imbalance", "power_imbalance_start", "change"]].corr()["change"]
    assert correlation["power_imbalance_start"] < -0.25
    assert abs(correlation["power_imbalance"]) < 0.04
    row = first_row(panel)
    assert row["low"] < 0 < row["high"]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.floats(-5, 5))
def test_a_constant_more_in_a_control_changes_no_effect(seed, more):
    panel = made_panel(seed, suppliers=15, accounts=15)
    moved = panel.assign(log_pair=panel["log_pair"] + more)
    one, other = first_row(panel), first_row(moved)
    assert other[["effect", "low", "high"]].tolist() == pytest.approx(
        one[["effect", "low", "high"]].tolist(), abs=1e-8
    )


def test_groups_hold_every_pair_once():
    panel = made_panel(2).assign(power_imbalance=lambda rows: rows["power_imbalance"].clip(-1, 1))
    groups = outcome_by_imbalance(panel)
    assert groups["pairs"].sum() == len(panel)
    assert len(groups) == 5


def test_a_group_that_is_one_accounts_is_told():
    panel = made_panel(2).iloc[:4].assign(power_imbalance=0.5, supplier=list("STUV"))
    group = outcome_by_imbalance(panel.assign(account_id=list("aaab"))).iloc[-1]
    assert group[["pairs", "largest_supplier", "largest_account"]].tolist() == [4, 0.25, 0.75]


def test_years_that_are_missing_are_named():
    pairs = pairs_of([(2017, "S", "a", 60.0), (2018, "S", "a", 60.0)])
    with pytest.raises(InputError, match="need the years 2017 to 2019; missing: 2019"):
        loss_panel(pairs, first_base=2017, last_base=2017, least_amount=1)


@pytest.mark.parametrize(
    ("panel", "options", "message"),
    [
        (made_panel(1, suppliers=5), {}, "at least 30 rows, 10 suppliers and 10 accounts"),
        (made_panel(1), {"level": 0.0}, "above 0 and below 1; got 0"),
        (made_panel(1).assign(log_pair=1.0), {}, "the same thing twice"),
    ],
)
def test_a_test_that_cannot_be_made_is_refused(panel, options, message):
    with pytest.raises(InputError, match=message):
        imbalance_and_loss(panel, **options)


def test_the_panel_is_left_unchanged():
    panel = made_panel(4)
    imbalance_and_loss(panel)
    outcome_by_imbalance(panel)
    pd.testing.assert_frame_equal(panel, made_panel(4))
