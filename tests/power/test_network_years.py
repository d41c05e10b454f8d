import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.network import network_pairs
from kamtools.power.network_years import change_intervals, network_by_period, pairs_side_by_side

EDGES = pd.DataFrame(
    {
        "period": [2017] * 4 + [2022] * 4,
        "supplier": ["Still", "Still", "Giant", "Giant"] * 2,
        "account_id": ["Chain", "Corner"] * 4,
        "amount": [90.0, 10.0, 400.0, 500.0, 40.0, 60.0, 500.0, 400.0],
    }
)
PAIRS = network_pairs(EDGES)


def monthly(first, sizes, seed=None):
    months = pd.date_range(first, periods=12, freq="MS")
    edges = pd.MultiIndex.from_product([months, ["S", "T"], ["a", "b"]]).to_frame(
        index=False, name=["period", "supplier", "account_id"]
    )
    noise = 1.0 if seed is None else np.random.default_rng(seed).lognormal(0, 0.3, len(edges))
    return edges.assign(amount=np.tile(sizes, 12) * noise)


def test_a_network_of_two_and_two_counted_by_hand():
    years = network_by_period(PAIRS)
    assert years.loc[2017, ["suppliers", "accounts", "pairs"]].tolist() == [2, 2, 4]
    assert years.loc[2017, "amount"] == 1000
    assert years.loc[2017, "effective_suppliers"] == pytest.approx(1 / (0.1**2 + 0.9**2))
    # In 2017 Still sells 9 of 10 to the Chain and Giant 5 of 9 to the Corner; 2022 the same way.
    assert years["suppliers_leaning"].tolist() == [1.0, 1.0]
    assert years.loc[2017, "trade_leaning_on_accounts"] == pytest.approx(1.0)


@given(st.integers(0, 10_000))
def test_zones_take_all_of_the_trade_and_shares_stay_shares(seed):
    rng = np.random.default_rng(seed)
    edges = pd.DataFrame({"period": np.repeat([1, 2], 12), "supplier": list("SSSTTTUUUVVV") * 2,
                          "account_id": list("abc") * 8,
                          "amount": rng.lognormal(2, 2, 24) + 0.1})  # fmt: skip
    years = network_by_period(network_pairs(edges))
    zones = ["trade_interlocked", "trade_captive_supplier", "trade_captive_account",
             "trade_loose", "trade_between"]  # fmt: skip
    assert years[zones].sum(axis=1).tolist() == pytest.approx([1.0, 1.0])
    assert (years["effective_suppliers"] <= years["suppliers"] + 1e-9).all()
    assert years["imbalance"].between(-1, 1).all()


def test_pairs_stand_beside_themselves_with_their_change():
    beside = pairs_side_by_side(PAIRS, [2017, 2022])
    pair = beside.loc[("Still", "Chain")]
    assert (pair["supplier_share_2017"], pair["supplier_share_2022"]) == (0.9, 0.4)
    assert pair["supplier_share_change"] == pytest.approx(-0.5)
    assert pair["amount_change"] == -50


def test_a_pair_that_trades_in_one_period_only_is_not_compared():
    gone = network_pairs(EDGES.drop(index=4))
    assert ("Still", "Chain") not in pairs_side_by_side(gone, [2017, 2022]).index


def test_a_network_that_did_not_move_has_no_change_whatever_the_assumptions():
    before, after = (monthly(first, [5, 3, 2, 8]) for first in ("2016-11-01", "2021-11-01"))
    found = change_intervals(
        before, after, wanted=before[["supplier", "account_id"]][:4], draws=30, seed=1
    )
    numbers = found.drop(columns=["supplier", "account_id"])
    assert np.allclose(numbers, 0)


def test_a_clear_move_has_an_interval_on_its_side_of_zero_around_the_measured_one():
    before = monthly("2016-11-01", [9, 1, 5, 5], seed=1)
    after = monthly("2021-11-01", [3, 7, 5, 5], seed=2)
    wanted = pd.DataFrame({"supplier": ["S"], "account_id": ["a"]})
    found = change_intervals(before, after, wanted=wanted, draws=400, seed=1).iloc[0]
    share = [
        one[(one["supplier"] == "S")].groupby("account_id")["amount"].sum().pipe(
            lambda sums: sums["a"] / sums.sum()
        )
        for one in (before, after)
    ]  # fmt: skip
    assert found["supplier_share_low"] < share[1] - share[0] < found["supplier_share_high"] < 0


@pytest.mark.parametrize(
    ("periods", "message"), [([2017], "two or more periods"), ([2017, 2030], "2030.* not there")]
)
def test_periods_that_are_not_there_are_refused(periods, message):
    with pytest.raises(InputError, match=message):
        pairs_side_by_side(PAIRS, periods)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"draws": 0}, "draws must be at least 1; got 0"), ({"level": 0.0}, "above 0 and below 1")],
)
def test_impossible_draws_of_a_change_are_refused(options, message):
    before = monthly("2016-11-01", [1, 1, 1, 1])
    wanted = before[["supplier", "account_id"]][:1]
    with pytest.raises(InputError, match=message):
        change_intervals(before, before, wanted=wanted, **{"draws": 5, "seed": 1} | options)


def test_windows_of_different_length_are_refused():
    before = monthly("2016-11-01", [1, 1, 1, 1])
    wanted = before[["supplier", "account_id"]][:1]
    with pytest.raises(InputError, match="got 12 and 8"):
        change_intervals(before, before[:32], wanted=wanted, draws=5, seed=1)


def test_pairs_of_years_are_left_unchanged():
    before = PAIRS.copy(deep=True)
    network_by_period(PAIRS)
    pairs_side_by_side(PAIRS, [2017, 2022])
    pd.testing.assert_frame_equal(PAIRS, before)
