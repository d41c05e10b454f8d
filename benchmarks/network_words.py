"""The sentences of the section on Iowa's trade network; every number in them is computed."""

import pandas as pd

from benchmarks.network_loss_section import verdict
from benchmarks.network_numbers import plain, signed, span
from benchmarks.network_study import (
    CAPTIVE_ACCOUNTS,
    CAPTIVE_SUPPLIERS,
    DRAWS,
    FIRST_YEAR,
    KEYS,
    LAST_YEAR,
    LEAST_STORES,
    LEAST_TRADE,
    LEVEL,
    NAMED_FROM,
    SEED,
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
    "share of the largest buyer": ("largest_account_share", "share"),
    "vendors with more than half of their sales at one buyer": ("suppliers_leaning", "share"),
    "these vendors' part of all trade": ("trade_leaning_on_accounts", "share"),
    "buyers with more than half of their purchases from one vendor": ("accounts_leaning", "share"),
    "these buyers' part of all trade": ("trade_leaning_on_suppliers", "share"),
    "imbalance, mean over the trade": ("imbalance", "signed"),
    "*dollars whose vendor is not known*": ("without_vendor", "share"),
    "*dollars whose store has no name*": ("without_name", "share"),
}
ZONE_WORDS = {"captive supplier": "captive vendor", "captive account": "captive chain"}
LIMITS = (
    "**Price power: nothing.** The State is the only wholesaler, adds half to what it pays, and "
    "sells to every store at one price. Neither side can bargain over price, so no loss of margin "
    "can be seen, only volume and presence. Where prices are negotiated, imbalance may do what it "
    "cannot do here.",
    "**A vendor's sales are its sales in Iowa.** A firm that sells everywhere does not live or "
    "die with a chain in Iowa. Nor are a chain's purchases of liquor all that it sells.",
    "**Alternatives are counted, not tested.** The curve is assumed. Ten other vendors do not make "
    "vodka replace whiskey, and what a brand draws into the shop is not in the data.",
    "**The vendor is who owned the brand on 1 November 2022**, in all years. Items that had left "
    "the State's list by then have no vendor, so brands that ended are missing, the more the "
    "earlier, and with them some of the losses that the test looks for.",
    "**Chains are told from store names by this project**, not by the State. Stores closed before "
    "the list of 2022 have no name and count as buyers of their own: read the years before "
    f"{NAMED_FROM} as background. Banners that independents share are not chains.",
    "**Shops of makers and distributors** count in everybody's totals, but are not listed as "
    "chains. Some very large stores probably supply bars (our inference).",
    "**The last years were the pandemic's,** with bars closed and people buying for home.",
)


def introduction(found: Study, command: str) -> str:
    """Say what the data are."""
    last = found.pairs[found.pairs["period"] == LAST_YEAR]
    return (
        "Here both sides are known. The State of Iowa is the only wholesaler of liquor, and "
        "publishes every line that it invoices to the stores and whose brand each item is: vendors "
        f"sell, stores buy, a store belongs to its chain. {found.lines:,} lines, {FIRST_YEAR} to "
        f"October {LAST_YEAR}, make {len(found.pairs):,} pairs of vendor, buyer and year; in "
        f"the twelve months to October {LAST_YEAR} {last['supplier'].nunique():,} vendors and "
        f"{last['account_id'].nunique():,} buying organisations traded "
        f"{money(last['amount'].sum(), '$')} in {len(last):,} pairs. Years end in October; "
        f"{FIRST_YEAR} has ten months. Dollars are what stores paid.\n\n"
        f"`{command}` makes this section and its picture, with `KAMTOOLS_DATA` naming the folder "
        "that holds the State's lines and lists (`iowa/`)."
    )


def in_short(found: Study) -> str:
    """Say what was found, in a few lines."""
    listed, years = found.listed, found.years
    captive = listed["zone"] == "captive supplier"
    part = listed.loc[captive, "amount"].sum() / listed["amount"].sum()
    change = found.moved["power_imbalance_change"]
    first, chain = found.most.head(CAPTIVE_SUPPLIERS), found.most.iloc[CAPTIVE_SUPPLIERS]
    every = found.pairs.set_index(["period", *KEYS])["power_imbalance"]
    before = every.get((NAMED_FROM, chain.supplier, chain.account_id), 0.0)
    own = first[first["own_brand"] > 0.5]
    chains = listing(sorted(set(own["account_id"])))
    named = (
        f" Of the {CAPTIVE_SUPPLIERS} most captive, {len(own)} fill bottles under {chains}'s own "
        "brand: their dependence was chosen with the business."
        if len(own)
        else ""
    )
    lines = [
        f"**Captivity is one-sided.** Of {len(listed)} pairs of a chain and a vendor that trade "
        f"at least {money(LEAST_TRADE, '$')} a year, the vendor is captive in "
        f"{_count(listed, 'captive supplier')}, the chain in {_count(listed, 'captive account')}, "
        f"and {_count(listed, 'interlocked') or 'none'} is interlocked, the state that the "
        f"essay aims at. Pairs with a captive vendor are {percent(part)} of these dollars.{named}",
        f"**It moves.** Vendors that sell more than half of their volume to one buyer went from "
        f"{percent(years.at[NAMED_FROM, 'suppliers_leaning'])} of all in {NAMED_FROM} to "
        f"{percent(years.at[LAST_YEAR, 'suppliers_leaning'])} in {LAST_YEAR}. Of the large pairs "
        f"of both years, the imbalance of single ones moved by {signed(change.min())} to "
        f"{signed(change.max())}; {plain(chain.account_id)}'s with {plain(chain.supplier)} went to "
        f"{signed(chain.power_imbalance)}, from {signed(before)}.",
        f"**What follows from it is not shown.** {verdict(found)} Prices are fixed, so nothing "
        "can be said on margin.",
    ]
    return "\n".join(f"- {line}" for line in lines)


def definitions(found: Study) -> str:
    """Say what is measured, and what is assumed."""
    half, room = (
        found.assumptions[found.assumptions["input"] == name].iloc[0]
        for name in ("half_at", "room")
    )
    return (
        "*Stake*: the share of the vendor's Iowa sales that goes to the "
        "chain; the share of the chain's liquor purchases that comes from the vendor. "
        "*Effective others*: 1 ÷ the sum of squared shares of a side's other partners among "
        "themselves (four equal ones make 4). *Availability*: N ÷ (N + h) × min(1, g × (1 − "
        "share) ÷ share), N being the effective others; **assumptions**, the same for both "
        f"sides: h = {half.middle:g} ({half.low:g} to {half.high:g}) others at which half of "
        f"the trade finds a place, g = {percent(room.middle)} ({percent(room.low)} to "
        f"{percent(room.high)}) that the others could take on within a year. *Dependence*: "
        "stake × (1 − availability). *Imbalance*: the vendor's minus the chain's (plus: the "
        "chain is stronger); *mutual*: both together. The zones have the cut-offs that the whole "
        "chapter uses. In a network of two sides, Burt's "
        "constraint of a firm is the sum of its squared shares, its concentration (HHI), so it "
        "adds nothing to the shares.\n\n"
        f"**Intervals** ({percent(LEVEL)}): {DRAWS:,} draws of the twelve months in blocks of "
        "three; of imbalance, with h and g drawn from their triangles too (seed "
        f"{SEED}). They say how firm the year's number is, not what comes next, and are rather too "
        "narrow: in made years of twelve months such an interval held the true share in 60 to 78 "
        "of 100 (`tests/power/test_network_intervals.py`)."
    )


def about_pairs(found: Study) -> str:
    """Say what the list was chosen from, and how it stands if the assumptions move."""
    listed, steady = found.listed, found.steady.set_index("replacing")
    first, last = found.most.head(CAPTIVE_SUPPLIERS), found.most.tail(CAPTIVE_ACCOUNTS)
    captive = listed[listed["zone"] == "captive supplier"]
    by_chain = captive["account_id"].value_counts()
    shares = listing([f"{chain} {count}" for chain, count in by_chain.items()])
    return (
        f"{_about_own_brands(first)}{_about_seldom(first)}Listed: the {CAPTIVE_SUPPLIERS} most "
        f"imbalanced one way and {CAPTIVE_ACCOUNTS} the other, of {len(listed):,} pairs of at "
        f"least {money(LEAST_TRADE, '$')} a year with a chain of at least {LEAST_STORES} stores "
        f"({listed['account_id'].nunique()} chains). In {len(captive)} of them the vendor is "
        f"captive (imbalance above {PROPOSED.imbalance:g}; {shares}), in "
        f"{_count(listed, 'captive account')} the chain. The {CAPTIVE_SUPPLIERS} vendors sell "
        f"{span(first['supplier_share'])} of their Iowa volume to one chain, of whose purchases "
        f"they are {span(first['account_share'])}. The other way round a chain has "
        f"{span(last['account_share'])} from one vendor, for which it is "
        f"{span(last['supplier_share'])}.\n\n"
        "How many are captive hangs on the assumptions: at the end that makes everybody hard to "
        f"replace, {steady.at['hard', 'captive_suppliers']} vendors and "
        f"{steady.at['hard', 'captive_accounts']} chains; at the easy end "
        f"{steady.at['easy', 'captive_suppliers']} and {steady.at['easy', 'captive_accounts']}. "
        f"Who comes first hangs on them less: of the first {CAPTIVE_SUPPLIERS} vendors, "
        f"{steady.at['hard', 'first_ten_again']} and {steady.at['easy', 'first_ten_again']} are "
        "among the first there too."
    )


def about_years(found: Study) -> str:
    """Say what moved in all."""
    years, early, late = found.years, NAMED_FROM, LAST_YEAR
    peak = years["imbalance"].idxmax()
    largest = listing(list(dict.fromkeys(years["largest_account"])))
    return (
        f"From {early} to {late} the number of vendors went from "
        f"{years.at[early, 'suppliers']:.0f} to {years.at[late, 'suppliers']:.0f}, and the share "
        f"of the largest buyer ({largest}) from "
        f"{percent(years.at[early, 'largest_account_share'])} to "
        f"{percent(years.at[late, 'largest_account_share'])}. Vendors that sell more than half to "
        f"one buyer went from {percent(years.at[early, 'suppliers_leaning'])} of all to "
        f"{percent(years.at[late, 'suppliers_leaning'])}, with "
        f"{percent(years.at[late, 'trade_leaning_on_accounts'])} of the trade in {late}. Over the "
        f"trade, imbalance was highest in {peak} ({signed(years.at[peak, 'imbalance'])}) and is "
        f"{signed(years.at[late, 'imbalance'])} in {late}. Before {early}, stores without a name "
        "are missing from their chains.\n\n"
        f"Of the pairs that were large enough in {early} and in {late}, these moved most. The "
        "interval draws the same months and the same assumptions for both years; as they are the "
        "largest of many moves, their next ones will on average be smaller."
    )


def _about_own_brands(first: pd.DataFrame) -> str:
    own = first[first["own_brand"] > 0.5]
    if own.empty:
        return ""
    share = (own["own_brand"] * own["amount"]).sum() / own["amount"].sum()
    return (
        f"° The vendor fills the chain's own brand ({percent(share)} of these dollars, by the "
        "names of the items). Hardly anybody else takes such bottles: the dependence was agreed. "
    )


def _about_seldom(first: pd.DataFrame) -> str:
    seldom = first[first["months"] < 10]
    names = [f"{plain(pair.supplier)} in {pair.months}" for pair in seldom.itertuples()]
    if not names:
        return ""
    return f"Months with trade, of twelve: {listing(names)}, so few that little is firm. "


def _count(listed: pd.DataFrame, zone: str) -> int:
    return int((listed["zone"] == zone).sum())
