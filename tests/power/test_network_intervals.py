import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power import network_months
from kamtools.power.network import network_pairs
from kamtools.power.network_assumptions import network_assumptions
from kamtools.power.network_intervals import network_intervals, pair_draws

MONTHS = pd.date_range("2021-11-01", periods=12, freq="MS")
NAMES = ("supplier_share", "account_share", "supplier_dependence", "account_dependence",
         "power_imbalance", "mutual_dependence")  # fmt: skip


def monthly(seed, *, noise=0.5, months=MONTHS, suppliers=4, accounts=5):
    rng = np.random.default_rng(seed)
    every = pd.MultiIndex.from_product(
        [months, list("STUVW")[:suppliers], list("abcdefg")[:accounts]]
    )
    edges = every.to_frame(index=False, name=["period", "supplier", "account_id"])
    size = np.tile(rng.lognormal(3, 1, suppliers * accounts), len(months))
    return edges.assign(amount=size * rng.lognormal(0, noise, len(edges)))


def whole(edges):
    sums = edges.groupby(["supplier", "account_id"], as_index=False)["amount"].sum()
    return network_pairs(sums.assign(period=1))


def test_months_that_are_all_alike_leave_no_doubt():
    found = network_intervals(monthly(1, noise=0), draws=40, seed=1, vary_assumptions=False)
    table = whole(monthly(1, noise=0))
    for name in NAMES:
        for end in ("_low", "_high"):
            assert found[f"{name}{end}"].tolist() == pytest.approx(table[name].tolist())


def test_the_whole_window_drawn_in_its_order_is_the_window_itself():
    edges = monthly(2)
    ((pairs, drawn),) = pair_draws(edges, draws=3, seed=5, block_months=12, vary_assumptions=False)
    table = whole(edges)
    assert pairs["supplier"].tolist() == table["supplier"].tolist()
    for name in NAMES:
        for draw in range(3):
            assert drawn[name][draw].tolist() == pytest.approx(table[name].tolist())


def test_a_share_of_equal_and_independent_months_varies_as_the_textbook_says():
    # Two accounts, months of 1 to either with probability a half: the share of 48 months has a
    # standard error of 0.5 / √48, and 90 % of the draws lie within 1.645 of it.
    rng = np.random.default_rng(11)
    months = pd.date_range("2018-01-01", periods=48, freq="MS")
    to_first = rng.permutation(np.repeat([True, False], 24))
    edges = pd.DataFrame({"period": months, "supplier": "S",
                          "account_id": np.where(to_first, "a", "b"), "amount": 1.0})  # fmt: skip
    found = network_intervals(edges, draws=4000, seed=3, block_months=1).iloc[0]
    half = 1.645 * 0.5 / np.sqrt(48)
    assert found["supplier_share_low"] == pytest.approx(0.5 - half, abs=0.015)
    assert found["supplier_share_high"] == pytest.approx(0.5 + half, abs=0.015)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_intervals_are_ordered_and_ignore_the_currency(seed, unit):
    edges = monthly(seed)
    found = network_intervals(edges, draws=30, seed=seed)
    other = network_intervals(edges.assign(amount=edges["amount"] * unit), draws=30, seed=seed)
    for name in NAMES:
        assert (found[f"{name}_low"] <= found[f"{name}_high"]).all()
        assert other[f"{name}_low"].tolist() == pytest.approx(found[f"{name}_low"].tolist())
    assert found["probability_account_stronger"].between(0, 1).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_exchange_of_sides_turns_the_interval(seed):
    edges = monthly(seed)
    turned = edges.rename(columns={"supplier": "account_id", "account_id": "supplier"})
    keys = ["supplier", "account_id"]
    one = network_intervals(edges, draws=30, seed=1).sort_values(keys)
    other = network_intervals(turned, draws=30, seed=1).sort_values(keys[::-1])
    assert other["power_imbalance_low"].tolist() == pytest.approx(
        (-one["power_imbalance_high"]).tolist()
    )


def test_wanted_pairs_are_the_same_as_among_all_in_the_order_wanted(monkeypatch):
    edges = monthly(3)
    every = network_intervals(edges, draws=50, seed=2)
    monkeypatch.setattr("kamtools.power.network_intervals.PAIRS_AT_ONCE", 3)
    monkeypatch.setattr(network_months, "PAIRS_AT_ONCE", 3)
    wanted = every.iloc[[7, 2, 11, 0]][["supplier", "account_id"]]
    some = network_intervals(edges, draws=50, seed=2, wanted=wanted)
    pd.testing.assert_frame_equal(some, every.iloc[[7, 2, 11, 0]].reset_index(drop=True))


def test_varied_assumptions_widen_the_imbalance_and_leave_the_shares():
    edges = monthly(4, noise=0.05)
    fixed = network_intervals(edges, draws=300, seed=1, vary_assumptions=False)
    varied = network_intervals(edges, draws=300, seed=1)
    width = [(one["mutual_dependence_high"] - one["mutual_dependence_low"]).mean()
             for one in (fixed, varied)]  # fmt: skip
    assert width[1] > 2 * width[0]
    assert varied["supplier_share_low"].equals(fixed["supplier_share_low"])


def test_trade_of_an_unknown_supplier_counts_in_the_purchases():
    edges = monthly(5, noise=0)
    unknown = edges[edges["supplier"] == "S"].assign(supplier=None)
    both = pd.concat([edges, unknown], ignore_index=True)
    low = network_intervals(both, draws=5, seed=1)["account_share_low"]
    sums = both.groupby(["supplier", "account_id"], dropna=False, as_index=False)["amount"].sum()
    assert low.tolist() == pytest.approx(
        network_pairs(sums.assign(period=1))["account_share"].tolist()
    )


def test_months_of_returns_never_push_a_share_over_the_whole():
    # Over the year S sells to a and gets less back; where the late months are drawn more often, a
    # returns more than it bought, and b alone is the trade of S.
    edges = monthly(8, noise=0.1, suppliers=2, accounts=2).assign(amount=1.0)
    returned = (edges["supplier"] == "S") & (edges["account_id"] == "a")
    late = edges["period"] >= MONTHS[8]
    edges["amount"] = edges["amount"].where(~(returned & late), -1.9)
    found = network_intervals(edges, draws=200, seed=1)
    assert found["supplier_share_high"].tolist()[1] == pytest.approx(1)
    for name in NAMES[:4]:
        assert found[f"{name}_high"].max() <= 1 + 1e-12


@pytest.mark.parametrize(("persistence", "held"), [(0.0, 0.78), (0.5, 0.64)])
def test_intervals_from_twelve_months_are_too_narrow_by_as_much_as_the_module_says(
    persistence, held
):
    # 400 suppliers sell two thirds to one account and a third to another, apart from luck of the
    # month that lasts or does not; their 90 % intervals hold the two thirds too seldom.
    rng = np.random.default_rng(4)
    luck = rng.normal(0, 1, (12, 800))
    for month in range(1, 12):
        luck[month] = persistence * luck[month - 1] + np.sqrt(1 - persistence**2) * luck[month]
    edges = pd.MultiIndex.from_product([MONTHS, range(400), ["a", "b"]]).to_frame(
        index=False, name=["period", "supplier", "account_id"]
    )
    edges["amount"] = np.where(edges["account_id"] == "a", 2, 1) * np.exp(0.5 * luck.ravel())
    found = network_intervals(edges, draws=200, seed=1)
    found = found[found["account_id"] == "a"]
    inside = (found["supplier_share_low"] <= 2 / 3) & (found["supplier_share_high"] >= 2 / 3)
    assert inside.mean() == pytest.approx(held, abs=0.06)


def test_the_same_seed_draws_the_same():
    edges, options = monthly(6), {"draws": 20, "seed": 9}
    pd.testing.assert_frame_equal(
        network_intervals(edges, **options), network_intervals(edges, **options)
    )


def test_each_draw_has_as_many_months_as_there_are_in_blocks_that_run_on():
    counts = network_months.month_counts(12, 5, draws=200, rng=np.random.default_rng(1))
    assert (counts.sum(axis=1) == 12).all()
    assert counts.mean(axis=0).tolist() == pytest.approx([1.0] * 12, abs=0.2)


@pytest.mark.parametrize(
    ("months", "options", "message"),
    [
        (5, {}, "at least 6 months; got 5"),
        (12, {"draws": 0}, "draws must be at least 1; got 0"),
        (12, {"level": 1.0}, "level must be above 0 and below 1"),
        (12, {"block_months": 13}, "block_months must be from 1 to 12; got 13"),
        (12, {"wanted": pd.DataFrame({"supplier": ["S"], "account_id": ["z"]})}, "S – z do not"),
        (12, {"assumptions": network_assumptions().iloc[:2]}, "once for each"),
    ],
)
def test_impossible_intervals_are_refused(months, options, message):
    with pytest.raises(InputError, match=message):
        network_intervals(monthly(1, months=MONTHS[:months]), **{"draws": 5, "seed": 1} | options)


def test_monthly_edges_are_left_unchanged():
    edges = monthly(7)
    network_intervals(edges, draws=5, seed=1)
    pd.testing.assert_frame_equal(edges, monthly(7))
