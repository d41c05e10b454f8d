"""Where the accounts stand on the power map, and what could move one, in words."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.planner_words import signed
from kamtools.power.zones import ZONES
from kamtools.wording import listing, percent

TOLD = 5
"""Accounts that are named one by one."""

SURE = 0.8
"""Probability from which an account is said to be in its zone."""

MEANING = {
    "interlocked": "need each other about alike, and much",
    "captive supplier": "hold the stronger side",
    "captive account": "need us more than we need them",
    "loose": "could do without us, as we without them",
    "between": "are in none of the named zones",
}
"""What it says of accounts that they are in a zone."""


def describe_power(table: pd.DataFrame, *, names: pd.Series | None = None) -> str:
    """Return who is in which zone, and of whom that is sure.

    Parameters
    ----------
    table
        From `dependence.power_table`.
    names : index account_id
        Of the accounts; ids stand where there is none.

    Raises
    ------
    InputError
        If there is no account.

    Examples
    --------
    >>> table = pd.DataFrame({"account_id": ["a", "b"], "zone": ["captive supplier", "loose"],
    ...                       "power_imbalance": [0.35, 0.02], "zone_probability": [0.95, 0.6]})
    >>> print(describe_power(table))
    Of 2 accounts 1 holds the stronger side (captive supplier): a (+0.35, 95 %). 1 could do
    without us, as we without them (loose): b (+0.02, 60 %). In brackets: imbalance, and how
    sure the zone is. With 1 account less than 80 % is sure: look at what could move it before
    acting on it.
    """
    if table.empty:
        raise InputError("there is no account on the power map to describe")
    shown = names_of(table["account_id"], names)
    sentences = []
    for zone in ZONES:
        inside = table[table["zone"] == zone]
        if inside.empty:
            continue
        order = inside["power_imbalance"].abs().sort_values(ascending=False, kind="stable").index
        told = [
            f"{shown[place]} ({signed(inside.loc[place, 'power_imbalance'])}, "
            f"{percent(inside.loc[place, 'zone_probability'])})"
            for place in order[:TOLD]
        ]
        more = len(inside) - len(told)
        told += [f"{more:,} more"] if more else []
        sentences.append(f"{_count(zone, len(inside))} ({zone}): {listing(told)}.")
    total = f"Of {len(table):,} account{'' if len(table) == 1 else 's'} "
    unsure = int((table["zone_probability"] < SURE).sum())
    doubt = (
        f"With {unsure:,} account{'' if unsure == 1 else 's'} less than {percent(SURE)} is sure: "
        f"look at what could move {'it' if unsure == 1 else 'them'} before acting on it."
    )
    brackets = "In brackets: imbalance, and how sure the zone is."
    return " ".join([total + sentences[0], *sentences[1:], brackets, *([doubt] if unsure else [])])


def power_headline(table: pd.DataFrame, *, names: pd.Series | None = None) -> str:
    """Return in one sentence who holds the firm captive, for those who read no further.

    Parameters
    ----------
    table
        From `dependence.power_table`, of at least one account.
    names : index account_id
        Of the accounts; ids stand where there is none.

    Examples
    --------
    >>> table = pd.DataFrame({"account_id": ["a", "b"], "zone": ["captive supplier", "loose"],
    ...                       "power_imbalance": [0.35, 0.02]})
    >>> power_headline(table, names=pd.Series({"a": "浩瀚"}))
    '1 of 2 key accounts whose both sides are known holds us captive: 浩瀚 (+0.35).'
    >>> power_headline(table.tail(1))
    'None of the key accounts whose both sides are known holds us captive.'
    """
    strong = table[table["zone"] == "captive supplier"]
    if strong.empty:
        return "None of the key accounts whose both sides are known holds us captive."
    strong = strong.sort_values("power_imbalance", ascending=False, kind="stable")
    called = names_of(strong["account_id"], names)
    pairs = zip(called, strong["power_imbalance"], strict=True)
    told = [f"{name} ({signed(imbalance)})" for name, imbalance in pairs][:TOLD]
    more = len(strong) - len(told)
    told += [f"{more:,} more"] if more else []
    holds = "holds" if len(strong) == 1 else "hold"
    return (
        f"{len(strong):,} of {len(table):,} key accounts whose both sides are known {holds} us "
        f"captive: {listing(told)}."
    )


def describe_flips(flips: pd.DataFrame, account_id: str, *, name: str = "") -> str:
    """Return which single facts, within their own range, would move one account.

    Parameters
    ----------
    flips
        From `dependence_flips.fact_flips`.
    account_id, name
        Which account, and what it is called.

    Raises
    ------
    InputError
        If the table has no fact of the account.

    Examples
    --------
    >>> flips = pd.DataFrame({"account_id": "a", "side": "account", "part": "spend",
    ...     "fact": "availability", "moved_to": ["low", "high"], "value": [0.1, 0.7],
    ...     "zone_before": "captive supplier", "zone": ["between", "captive supplier"],
    ...     "flips": [True, False]})
    >>> describe_flips(flips, "a", name="浩瀚")
    '浩瀚 leaves the zone “captive supplier” if the availability of spend (its side) is 0.10:
    then it is “between”.'
    """
    own = flips[flips["account_id"] == account_id]
    if own.empty:
        raise InputError(f"no facts of account {account_id!r} were moved")
    who, zone = name or account_id, own["zone_before"].iloc[0]
    within = own[own["flips"] & own["moved_to"].isin(["low", "high"])]
    if not within.empty:
        told = [_moved(row) for row in within.to_dict("records")[:TOLD]]
        return f"{who} leaves the zone “{zone}” if {'; or if '.join(told)}."
    beyond = own[own["flips"]]
    if beyond.empty:
        return f"No single fact, however wrong, would move {who} out of the zone “{zone}”."
    facts = [
        _fact(row) for row in beyond.drop_duplicates(["side", "part", "fact"]).to_dict("records")
    ]
    return (
        f"No single fact within its range would move {who} out of the zone “{zone}”; only one "
        f"that is wholly wrong would: {listing(facts[:TOLD])}."
    )


def names_of(account_ids: pd.Series, names: pd.Series | None) -> pd.Series:
    """Return what to call each account: its name, or its id where there is none.

    Examples
    --------
    >>> names_of(pd.Series(["a", "b"]), pd.Series({"a": "Harbour"})).tolist()
    ['Harbour', 'b']
    """
    if names is None:
        return account_ids
    return account_ids.map(names).fillna(account_ids)


def _count(zone: str, count: int) -> str:
    words = MEANING[zone]
    if count == 1:
        first, _, rest = words.partition(" ")
        one = {"need": "needs", "hold": "holds", "could": "could", "are": "is"}[first]
        words = f"{one} {rest}"
    return f"{count:,} {words}"


def _fact(row: dict[Hashable, Any]) -> str:
    side = "its" if row["side"] == "account" else "our"
    return f"the {row['fact']} of {row['part']} ({side} side)"


def _moved(row: dict[Hashable, Any]) -> str:
    return f"{_fact(row)} is {row['value']:.2f}: then it is “{row['zone']}”"
