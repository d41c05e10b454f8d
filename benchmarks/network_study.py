"""What is asked of Iowa's trade network, its rules in one place; see `network_tables`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from benchmarks.network_iowa import NO_NAME, OWN_SHOP, Parties, data_files, lines_of, parties
from kamtools.errors import InputError
from kamtools.power.network import network_pairs
from kamtools.power.network_assumptions import assumptions_at, network_assumptions
from kamtools.power.network_edges import edges_from_lines, yearly
from kamtools.power.network_intervals import network_intervals
from kamtools.power.network_loss import imbalance_and_loss, loss_panel, outcome_by_imbalance
from kamtools.power.network_years import change_intervals, network_by_period, pairs_side_by_side
from kamtools.power.zones import PROPOSED

YEAR_ENDS = 10
LAST_YEAR, NAMED_FROM, FIRST_YEAR = 2022, 2017, 2012
LEAST_TRADE, LEAST_STORES = 100_000.0, 3
CAPTIVE_SUPPLIERS, CAPTIVE_ACCOUNTS, MOVED = 10, 5, 8
TEST_BASES, TEST_LEAST = (2017, 2020), 1_000.0
TEST_LARGER = 10_000.0
SEED, DRAWS, LEVEL = 20_221_031, 2_000, 0.90
ENDS: dict[Literal["low", "middle", "high"], str] = {
    "low": "hard", "middle": "middle", "high": "easy"
}  # fmt: skip
"""Ends of the assumptions, by how hard they make it to replace a partner."""

KEYS = ["supplier", "account_id"]


@dataclass(frozen=True)
class Study:
    """Everything that the section tells.

    Attributes
    ----------
    lines : how many were read
    pairs : of all years, as `network_pairs` returns them, with `segment` and `stores`
    listed : pairs of the last year that are large enough and with a chain
    most : the most imbalanced of them, with intervals, both directions; `months` in which they
        traded, `own_brand`, the share of their trade in items of the chain's own brand
    steady : captive suppliers and captive accounts among the listed, by end of the assumptions
    years : the network by year, with coverage and the largest account's share
    moved : pairs that moved most since 2017, with intervals
    panel, test, groups : does imbalance come before a loss?
    afterwards : the test of imbalance without those that weigh most, and of other pairs;
        looked at after the test, to see how firm it is
    assumptions : what is assumed
    """

    lines: int
    pairs: pd.DataFrame
    listed: pd.DataFrame
    most: pd.DataFrame
    steady: pd.DataFrame
    years: pd.DataFrame
    moved: pd.DataFrame
    panel: pd.DataFrame
    test: pd.DataFrame
    groups: pd.DataFrame
    afterwards: pd.DataFrame
    assumptions: pd.DataFrame


def study(data: Path) -> Study:
    """Return the study of the files in `data`."""
    parted = parties(data)
    lines = lines_of(data_files(data))
    monthly = edges_from_lines(lines, suppliers=parted.suppliers, buyers=parted.buyers)
    edges = yearly(monthly, year_ends=YEAR_ENDS)
    pairs = _described(network_pairs(edges), parted)
    listed = list_pairs(pairs, year=LAST_YEAR)
    panel = loss_panel(
        pairs[pairs["segment"] != OWN_SHOP],
        first_base=TEST_BASES[0],
        last_base=TEST_BASES[1],
        least_amount=TEST_LEAST,
    )
    window = _window(monthly, LAST_YEAR)
    return Study(
        lines=int(lines.count().to_pyarrow().as_py()),
        pairs=pairs,
        listed=listed,
        most=_with_own_brands(_most(listed, window), lines, parted),
        steady=_steady(edges[edges["period"] == LAST_YEAR], listed),
        years=_years(edges, pairs, parted),
        moved=_moved(pairs, monthly),
        panel=panel,
        test=imbalance_and_loss(panel),
        groups=outcome_by_imbalance(panel),
        afterwards=_afterwards(panel, parted),
        assumptions=network_assumptions(),
    )


def list_pairs(pairs: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Return the pairs of a year that are large enough to be listed, and with a chain of stores.

    A maker's own shop, and a distributor's, is no chain: it depends on its owner by design.
    """
    is_listed = (
        (pairs["period"] == year)
        & (pairs["amount"] >= LEAST_TRADE)
        & (pairs["segment"] == "chain store")
        & (pairs["stores"] >= LEAST_STORES)
    )
    return pairs[is_listed]


def _described(pairs: pd.DataFrame, parted: Parties) -> pd.DataFrame:
    accounts = parted.accounts
    return pairs.assign(
        segment=pairs["account_id"].map(accounts["segment"]),
        stores=pairs["account_id"].map(accounts["stores"]),
    )


def _window(monthly: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the edges of the twelve months to October of the year."""
    last = pd.Timestamp(year, YEAR_ENDS, 1)
    return monthly[monthly["period"].between(last - pd.DateOffset(months=11), last)]


def _most(listed: pd.DataFrame, window: pd.DataFrame) -> pd.DataFrame:
    """Return the most imbalanced pairs of both directions with their intervals."""
    ranked = listed.sort_values("power_imbalance", ascending=False)
    most = pd.concat([ranked.head(CAPTIVE_SUPPLIERS), ranked.tail(CAPTIVE_ACCOUNTS)[::-1]])
    intervals = network_intervals(window, draws=DRAWS, seed=SEED, wanted=most[KEYS], level=LEVEL)
    traded = window[window["amount"] > 0].groupby(KEYS).size().rename("months").reset_index()
    return most.merge(traded, on=KEYS, how="left").merge(intervals, on=KEYS)


def _with_own_brands(most: pd.DataFrame, lines: ir.Table, parted: Parties) -> pd.DataFrame:
    """Add what share of each pair's trade is in items that bear the chain's own brand."""
    own = lines.filter(lines["product"].isin(parted.own_brands.index.tolist()))
    edges = edges_from_lines(
        own, suppliers=parted.suppliers, buyers=parted.buyers, period="year", year_ends=YEAR_ENDS
    )
    edges = edges[edges["account_id"].isin(parted.own_brands)]
    amount = edges.set_index(["period", *KEYS])["amount"].rename("own_brand")
    beside = most.join(amount, on=["period", *KEYS])["own_brand"].fillna(0.0)
    return most.assign(own_brand=beside / most["amount"])


def _steady(edges: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Return how many listed pairs are captive, and who leads, at each end of the assumptions."""
    first = set(_top(listed))
    rows = []
    for end, replacing in ENDS.items():
        again = network_pairs(edges, assumptions=assumptions_at(network_assumptions(), end))
        again = again.merge(listed[KEYS], on=KEYS)
        rows.append(
            {
                "replacing": replacing,
                "captive_suppliers": int((again["zone"] == "captive supplier").sum()),
                "captive_accounts": int((again["zone"] == "captive account").sum()),
                "first_ten_again": len(first & set(_top(again))),
            }
        )
    return pd.DataFrame(rows)


def _top(pairs: pd.DataFrame) -> list[tuple[str, str]]:
    first = pairs.nlargest(CAPTIVE_SUPPLIERS, "power_imbalance")
    return list(first[KEYS].itertuples(index=False, name=None))


def _years(edges: pd.DataFrame, pairs: pd.DataFrame, parted: Parties) -> pd.DataFrame:
    """Return the network of each year, what is not known of it, and its largest account."""
    total = edges.groupby("period")["amount"].sum()
    nameless = edges["account_id"].map(parted.accounts["segment"]) == NO_NAME
    by_account = pairs.groupby(["period", "account_id"])["amount"].sum()
    every = by_account.groupby("period").sum()
    return network_by_period(pairs).assign(
        without_vendor=edges["amount"].where(edges["supplier"].isna(), 0)
        .groupby(edges["period"]).sum() / total,
        without_name=edges["amount"].where(nameless, 0).groupby(edges["period"]).sum() / total,
        largest_account=by_account.groupby("period").idxmax().str[1],
        largest_account_share=by_account.groupby("period").max() / every,
    )  # fmt: skip


def _moved(pairs: pd.DataFrame, monthly: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs, large enough in both years, whose imbalance moved most since 2017."""
    large = [list_pairs(pairs, year=year) for year in (NAMED_FROM, LAST_YEAR)]
    beside = pairs_side_by_side(pd.concat(large), [NAMED_FROM, LAST_YEAR])
    order = beside["power_imbalance_change"].abs().sort_values(ascending=False).index
    most = beside.loc[order[:MOVED]].reset_index()
    change = change_intervals(
        _window(monthly, NAMED_FROM),
        _window(monthly, LAST_YEAR),
        wanted=most[KEYS],
        draws=DRAWS,
        seed=SEED,
        level=LEVEL,
    )
    return most.merge(change, on=KEYS)


def heaviest(panel: pd.DataFrame) -> dict[str, list[str]]:
    """Return who stands most often among the captive pairs of the test.

    "account" to whom vendors are captive, "suppliers", two, to whom buyers are.
    """
    imbalance = panel["power_imbalance"]
    accounts = panel.loc[imbalance > PROPOSED.imbalance, "account_id"].value_counts()
    suppliers = panel.loc[imbalance < -PROPOSED.imbalance, "supplier"].value_counts()
    return {"account": accounts.index[:1].tolist(), "suppliers": suppliers.index[:2].tolist()}


def _afterwards(panel: pd.DataFrame, parted: Parties) -> pd.DataFrame:
    """Return the test of imbalance, measured a year before, for parts large enough to have one."""
    heavy = heaviest(panel)
    chains = parted.accounts.index[parted.accounts["segment"] == "chain store"]
    without_account = ~panel["account_id"].isin(heavy["account"])
    without_suppliers = ~panel["supplier"].isin(heavy["suppliers"])
    parts = {
        "all": pd.Series(True, index=panel.index),
        "without_account": without_account,
        "without_suppliers": without_suppliers,
        "larger": panel["log_pair"] >= np.log(TEST_LARGER),
        "chains": panel["account_id"].isin(chains),
    }
    tests = []
    for name, part in parts.items():
        try:
            tests.append(imbalance_and_loss(panel[part]).assign(part=name))
        except InputError:  # too few are left to compare
            continue
    every = pd.concat(tests, ignore_index=True)
    is_main = (every["measured"] == "a year before") & (every["predictor"] == "power_imbalance")
    return every[is_main].reset_index(drop=True)
