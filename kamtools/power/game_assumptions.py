"""The assumptions of the balancing game: their names, their ranges, and a scenario's table of them.

Every number by which the account and the year behave stands in the `[assumptions]` of a scenario,
each with its meaning, to be argued with and replaced. What a trainer's scenario leaves out is taken
from the one named in `BASE`.
"""

import math
from typing import Any

import pandas as pd

BASE = "powerful_distributor"
"""Shipped scenario whose assumptions hold where another says nothing."""

RANGES: dict[str, tuple[float, float]] = {
    "builds_up": (0, 1),
    "margin_floor": (0, 0.99),
    "next_year": (0, 10),
    "likelihood_ratio": (1, 100),
    "briefing_read": (0, 1),
    "belief_kept": (0, 1),
    "step_share": (0, 1),
    "review_days": (0, 365),
    "alert_review_share": (0, 1),
    "plan_sharing_saves": (0, 1),
    "notice_days": (0, 365),
    "window_days": (1, 3650),
    "review_spread": (0, 2),
    "supplier_patience": (0, 0.999),
    "supplier_inside_share": (0, 1),
    "account_inside_share": (0, 1),
    "goodwill": (0, 1),
    "over_ask": (0, 10),
    "bluff_ask": (0, 0.5),
    "part_share": (0, 1),
    "offer_value": (0, 100),
    "uninvited_demand": (0, 1),
    "appetite": (0, 10),
    "dispute_months": (0, 12),
    "dispute_share": (0, 1),
    "delisting_months": (0, 12),
    "delisting_share": (0, 1),
    "delisting_supplier_inside_share": (0, 1),
    "delisting_account_inside_share": (0, 1),
    "resolve_spread": (0, 2),
    "facts_cost": (0, math.inf),
    "facts_share": (0, 1),
    "match_share": (0, 0.5),
    "match_effect": (0, 1),
    "trust_gain": (0, 1),
    "trust_fades": (0, 1),
    "trust_agreement": (0, 1),
    "trust_refusal": (0, 1),
    "trust_dispute": (0, 1),
    "trust_pressure": (0, 1),
    "counsel_fee": (0, math.inf),
    "no_counsel_risk": (0, 1),
    "no_counsel_points": (0, 100),
    "pass_on_effect": (0, 1),
    "pass_on_risk": (0, 1),
    "pass_on_points": (0, 100),
    "fine": (0, 1),
    "fine_trust": (0, 1),
    "sign_noise": (0, 1),
}
"""Assumption -> least and most that it may be."""


def assumption_faults(given: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what is wrong with a scenario's assumptions: key, what was seen, what is expected.

    Parameters
    ----------
    given
        Name -> `{"value": number, "meaning": text}`, or a number alone.

    Examples
    --------
    >>> assumption_faults({"goodwill": {"value": 1.4, "meaning": "x"}, "mood": 1})
    [('assumptions.goodwill', '1.4', 'a number from 0 to 1'),
     ('assumptions.mood', '1', 'a known name (no such assumption)')]
    """
    faults = []
    for name, entry in given.items():
        value: Any = entry.get("value") if isinstance(entry, dict) else entry
        if name not in RANGES:
            faults.append((f"assumptions.{name}", str(value), "a known name (no such assumption)"))
            continue
        least, most = RANGES[name]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not least <= float(value) <= most or math.isinf(float(value)):
            wanted = f"from {least:g}" + ("" if math.isinf(most) else f" to {most:g}")
            faults.append((f"assumptions.{name}", repr(value), f"a number {wanted}"))
    return faults


def assumption_table(given: dict[str, Any], base: dict[str, Any]) -> pd.DataFrame:
    """Return the assumptions of a scenario, those that it leaves out taken from the base.

    Parameters
    ----------
    given, base
        As in `assumption_faults`; the base holds all of them, each with its meaning.

    Returns
    -------
    DataFrame, index assumption
        `value`, `meaning`, `source` ("this scenario", or the name of the base).

    Examples
    --------
    >>> base = {name: {"value": 0.0, "meaning": name} for name in RANGES}
    >>> table = assumption_table({"goodwill": 0.2}, base)
    >>> table.loc[["builds_up", "goodwill"], ["value", "source"]]
                value                source
    assumption
    builds_up     0.0  powerful_distributor
    goodwill      0.2         this scenario
    """
    rows = []
    for name in RANGES:
        own, entry = given.get(name), base[name]
        if isinstance(own, dict):
            entry = {"meaning": entry["meaning"], **own}
        elif own is not None:
            entry = {**entry, "value": own}
        source = BASE if own is None else "this scenario"
        rows.append((name, float(entry["value"]), str(entry["meaning"]), source))
    table = pd.DataFrame(rows, columns=["assumption", "value", "meaning", "source"])
    return table.astype({"meaning": "str", "source": "str"}).set_index("assumption")
