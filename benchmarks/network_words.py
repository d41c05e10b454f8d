"""The sentences of the section on Iowa's trade network; every number in them is computed."""

import pandas as pd

from benchmarks.network_numbers import points, signed, span
from benchmarks.network_study import (
    CAPTIVE_ACCOUNTS,
    CAPTIVE_SUPPLIERS,
    DRAWS,
    FIRST_YEAR,
    LAST_YEAR,
    LEAST_STORES,
    LEAST_TRADE,
    LEVEL,
    NAMED_FROM,
    SEED,
    TEST_BASES,
    TEST_LEAST,
    Study,
)
from kamtools.power.zones import PROPOSED
from kamtools.wording import listing, money, percent

SHOWN_YEARS = (FIRST_YEAR, 2013, NAMED_FROM, 2020, LAST_YEAR)
YEAR_ROWS = {
    "vendors that sell": ("suppliers", "count"),
    "buying organisations": ("accounts", "count"),
    "effective number of vendors": ("effective_suppliers", "number"),
    "effective number of buyers": ("effective_accounts", "number"),
    "share of Hy-Vee, the largest buyer in every year": ("largest_account_share", "share"),
    "vendors with more than half of their sales at one buyer": ("suppliers_leaning", "share"),
    "these vendors' part of all trade": ("trade_leaning_on_accounts", "share"),
    "buyers with more than half of their purchases from one vendor": ("accounts_leaning", "share"),
    "these buyers' part of all trade": ("trade_leaning_on_suppliers", "share"),
    "imbalance, mean over the trade": ("imbalance", "signed"),
    "*dollars whose vendor is not known*": ("without_vendor", "share"),
    "*dollars whose store has no name*": ("without_name", "share"),
}
OUTCOME_WORDS = {
    "change": "change of dollars, second to third year",
    "still_trading": "still trading in the third year",
}
PREDICTOR_WORDS = {"power_imbalance": "imbalance", "mutual_dependence": "mutual dependence"}

ZONE_WORDS = {"captive supplier": "captive vendor", "captive account": "captive chain"}

REGRESSION = (
    "**Regression to the mean.** A pair that happens to sell much in a year looks dependent in "
    "that year and falls back in the next, without any power at work. In made data with nothing "
    "but such luck (a test in `tests/power/test_network_loss.py`) the imbalance of the same year "
    "goes with a loss, that of the year before with none. Holding the pair's size equal takes "
    "most of this away, measuring a year before the rest: those rows are the test. What the same "
    "year shows on top may be an effect that is over within a year, or a remainder of chance; "
    "these data cannot tell which. Imbalance is also made of the same three sizes that are held "
    "equal, so the test only asks whether it says more than they do. And an observed difference "
    "is not an effect: who deals with whom was not drawn by lot, nor is “gone” always the chain's "
    "decision: stores close, brands end."
)
LIMITS = (
    "**Price power: nothing.** The State is the only wholesaler, adds half to what it pays, and "
    "sells to every store at one price. Neither side can bargain over price here, so no loss of "
    "margin can be seen, only volume and presence. Where prices are negotiated, imbalance may do "
    "what it cannot do here.",
    "**A vendor's sales are its sales in Iowa.** A firm that sells everywhere does not live or "
    "die with a chain in Iowa, whatever its share here.",
    "**A chain's purchases are its liquor from the State.** A grocer or fuel station sells much "
    "else.",
    "**Alternatives are counted, not tested.** The curve is assumed; that a chain has eleven "
    "other vendors does not make vodka replace whiskey, and what a brand draws into the shop is "
    "not in the data.",
    "**The vendor is who owned the brand on 1 November 2022**, in all years. Items that had left "
    "the State's list by then have no vendor, so brands that ended are missing, the more the "
    "earlier.",
    "**Chains are told from store names by this project**, not by the State. Stores closed before "
    "the list of 2022 have no name and count as buyers of their own: read the years before 2017 "
    "as background. Banners that independents share are not chains.",
    "**Shops of makers and distributors** count in everybody's totals, but are not listed as "
    "chains and are left out of the test. Some very large stores probably supply bars (our "
    "inference).",
    "**The last years were the pandemic's,** with bars closed and people buying for home.",
)


def introduction(found: Study) -> str:
    """Say what the data are."""
    last = found.pairs[found.pairs["period"] == LAST_YEAR]
    return (
        "The State of Iowa is the only wholesaler of liquor and publishes every line that it "
        "invoices to the stores, and whose brand it is. So both sides are known: vendors sell, "
        "stores buy, and a store belongs to its chain. From 25,060,495 lines (January 2012 to "
        f"October {LAST_YEAR}) come {len(found.pairs):,} pairs of vendor, buyer and year; in "
        f"the twelve months to October {LAST_YEAR} {last['supplier'].nunique():,} vendors and "
        f"{last['account_id'].nunique():,} buying organisations traded "
        f"{money(last['amount'].sum(), '$')} in {len(last):,} pairs. Years end in October; "
        f"{FIRST_YEAR} has ten months. Dollars are what stores paid. Source: State of Iowa, open "
        "data, Iowa Liquor Sales. One command makes this section: "
        "`python -m benchmarks.network_tables`."
    )


def definitions(found: Study) -> str:
    """Say what is measured, and what is assumed."""
    half, room = (
        found.assumptions[found.assumptions["input"] == name].iloc[0]
        for name in ("half_at", "room")
    )
    return (
        "**How it is measured.** *Stake*: the share of the vendor's Iowa sales that goes to the "
        "chain; the share of the chain's liquor purchases that comes from the vendor. "
        "*Effective others*: 1 ÷ the sum of squared shares of a side's other partners among "
        "themselves (four equal ones make 4). *Availability*: N ÷ (N + h) × min(1, g × (1 − "
        "share) ÷ share), N being the effective others; **assumptions**, the same for both "
        f"sides: h = {half.middle:g} ({half.low:g} to {half.high:g}) others at which half of "
        f"the trade finds a place, g = {percent(room.middle)} ({percent(room.low)} to "
        f"{percent(room.high)}) that the others could take on within a year. *Dependence*: "
        "stake × (1 − availability). *Imbalance*: the vendor's minus the chain's (plus: the "
        "chain is stronger); *mutual*: both together. In a network of two sides, Burt's "
        "constraint of a firm is the sum of its squared shares, so it adds nothing to them.\n\n"
        f"**Intervals** ({percent(LEVEL)}): {DRAWS:,} draws of the twelve months in blocks of "
        "three; of imbalance, with h and g drawn from their triangles too. They say how firm "
        f"the year's number is, not what comes next. Seed {SEED}."
    )


def about_pairs(found: Study) -> str:
    """Say what the list was chosen from, and how it stands if the assumptions move."""
    listed, steady = found.listed, found.steady.set_index("replacing")
    first, last = found.most.head(CAPTIVE_SUPPLIERS), found.most.tail(CAPTIVE_ACCOUNTS)
    captive = listed[listed["zone"] == "captive supplier"]
    by_chain = captive["account_id"].value_counts()
    shares = listing([f"{chain} {count}" for chain, count in by_chain.items()])
    return (
        f"Listed: the {CAPTIVE_SUPPLIERS} most imbalanced one way and {CAPTIVE_ACCOUNTS} the "
        f"other, of {len(listed):,} pairs of at least {money(LEAST_TRADE, '$')} a year with "
        f"a chain of at least {LEAST_STORES} stores ({listed['account_id'].nunique()} chains). "
        f"In {len(captive)} of them the vendor is captive (imbalance above "
        f"{PROPOSED.imbalance:g}; at {shares}), in {_count(listed, 'captive account')} the chain; "
        f"{_count(listed, 'interlocked') or 'none'} is interlocked. The ten vendors sell "
        f"{span(first['supplier_share'])} of their Iowa volume to one chain, of whose purchases "
        f"they are {span(first['account_share'])}. The other way round a chain has "
        f"{span(last['account_share'])} from one vendor, for which it is "
        f"{span(last['supplier_share'])}. With the assumptions at the end that makes everybody "
        f"hard to replace, the vendor is captive in {steady.at['hard', 'captive_suppliers']} pairs "
        f"and the chain in {steady.at['hard', 'captive_accounts']}; at the easy end in "
        f"{steady.at['easy', 'captive_suppliers']} and {steady.at['easy', 'captive_accounts']}. "
        f"Of the first ten, {steady.at['hard', 'first_ten_again']} and "
        f"{steady.at['easy', 'first_ten_again']} are among the first ten there too: how many are "
        "captive hangs on the assumption, who comes first much less."
    )


def about_years(found: Study) -> str:
    """Say what moved in all."""
    years, early, late = found.years, NAMED_FROM, LAST_YEAR
    peak = years["imbalance"].idxmax()
    return (
        f"From {early} to {late} the number of vendors went from "
        f"{years.at[early, 'suppliers']:.0f} to {years.at[late, 'suppliers']:.0f}, and Hy-Vee's "
        f"share from {percent(years.at[early, 'largest_account_share'])} to "
        f"{percent(years.at[late, 'largest_account_share'])}. Vendors that sell more than half to "
        f"one buyer went from {percent(years.at[early, 'suppliers_leaning'])} of all to "
        f"{percent(years.at[late, 'suppliers_leaning'])}: many, and small. Over the trade, "
        f"imbalance was highest in {peak} ({signed(years.at[peak, 'imbalance'])}) and is "
        f"{signed(years.at[late, 'imbalance'])} in {late}. Part of the rise before {early} is "
        "that stores without a name cannot be counted to their chains. Pairs that moved most "
        f"from {early} to {late}, large enough in both years:"
    )


def about_moved() -> str:
    """Say what the intervals of changes are."""
    return (
        "The interval draws the same months and the same assumptions for both years. These are the "
        "largest of many moves, so the next ones will on average be smaller."
    )


def about_test(found: Study) -> str:
    """State the test as it was set before looking."""
    pairs = found.test.loc[0, ["suppliers", "accounts"]]
    first, last = TEST_BASES
    return (
        "The rules were set before the outcome was looked at. First year: how imbalanced is the "
        f"pair ({first} to {last}; pairs of at least {money(TEST_LEAST, '$')} in that year)? "
        "Second to third year: change of dollars, 200 (new − old) ÷ (new + old), in points, so "
        "that −200 is gone; and does the pair still trade? Held equal: logarithm of the pair's, "
        "the vendor's and the buyer's trade in the first year, and the year. Errors clustered by "
        "vendor "
        f"({pairs['suppliers']}) and by buyer ({pairs['accounts']}). If dependence invites "
        "pressure, more imbalance should come before a loss: a negative difference."
    )


def outcome_of_test(found: Study) -> str:
    """Say what came out, whatever it is."""
    test = found.test.set_index(["outcome", "measured", "predictor"])
    change = test.loc[("change", "a year before", "power_imbalance")]
    naive = test.loc[("change", "in the same year", "power_imbalance")]
    stays = test.loc[("still_trading", "a year before", "power_imbalance")]
    mutual = test.loc[("still_trading", "a year before", "mutual_dependence")]
    return (
        f"**Outcome: {_verdict(change)}** Change of dollars {_effect(change)}, still trading "
        f"{_effect(stays)}, for 0.10 more imbalance. Measured in the same year, the difference is "
        f"{_effect(naive)}. Mutual dependence: still trading {_effect(mutual)}. With nothing held "
        "equal, the pairs in which the vendor is captive fared best; they are also the larger ones:"
    )


def _effect(row: pd.Series) -> str:
    return f"{points(row['effect'])} points ({points(row['low'])} to {points(row['high'])})"


def _verdict(row: pd.Series) -> str:
    if row["high"] < 0:
        return "more imbalance came before a loss of dollars."
    if row["low"] > 0:
        return "more imbalance came before a gain of dollars."
    return "no loss of dollars can be shown to follow imbalance, nor can it be ruled out."


def _count(listed: pd.DataFrame, zone: str) -> int:
    return int((listed["zone"] == zone).sum())
