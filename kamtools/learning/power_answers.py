"""Answers of the exercises on measuring power: dependence, zones, flips, the account gone."""

from collections.abc import Mapping

import pandas as pd

from kamtools.learning.answers import folded, is_empty
from kamtools.learning.judging import Context
from kamtools.power.dependence import middle_dependence
from kamtools.power.dependence_flips import fact_flips
from kamtools.power.exposure import loss_if_gone
from kamtools.power.zones import PROPOSED, ZONES, zone_numbers

PLACED = "all in their zones"
LEFT_OUT = "an account is left out"
NO_ZONE = "no such zone"
TURNED = "the sides are turned round"
UNEVEN = "uneven and called interlocked"
NAMED = "a zone for one that is in none"
UNNAMED = "in no zone though it is in one"


def imbalance(context: Context) -> float:
    """Return D_S − D_B of the one account of the inputs."""
    return _middle(context, "power_imbalance")


def mutual(context: Context) -> float:
    """Return D_S + D_B of the one account of the inputs."""
    return _middle(context, "mutual_dependence")


def difference_of_stakes(context: Context) -> float:
    """Return the imbalance that leaves the alternatives out."""
    stake = context["inputs"].groupby("side")["stake"].sum()
    return float(stake["supplier"] - stake["account"])


def with_alternatives_as_they_are(context: Context) -> float:
    """Return the imbalance that takes stake × availability."""
    inputs = context["inputs"]
    wrong = (inputs["stake"] * inputs["availability"]).groupby(inputs["side"]).sum()
    return float(wrong["supplier"] - wrong["account"])


def joined(context: Context) -> float:
    """Return how the supplier depends on the account, its parts joined by noisy-or."""
    return _middle(context, "supplier_dependence")


def mean_part(context: Context) -> float:
    """Return the mean of the supplier's parts."""
    return float(supplier_parts(context).to_numpy().mean())


def supplier_parts(context: Context) -> pd.Series:
    """Return stake × (1 − availability) of each part of the supplier's side."""
    ours = context["inputs"].loc[context["inputs"]["side"] == "supplier"]
    parts: pd.Series = ours["stake"] * (1 - ours["availability"])
    return parts


def zone_verdict(answer: object, places: pd.DataFrame) -> object:
    """Return what is first wrong with accounts put into zones, as a word that `check` understands.

    Parameters
    ----------
    answer
        Account -> zone, as a dict or a series; may be anything.
    places : index account
        `supplier_dependence`, `account_dependence` (0-1).

    Returns
    -------
    object
        Of accounts with zones: "all in their zones" or what is first wrong. What is empty stays
        as it is; what is no dict and no series comes back in a list, which `check` does not
        understand.

    Examples
    --------
    >>> places = pd.DataFrame({"supplier_dependence": [0.7], "account_dependence": [0.35]},
    ...                       index=["Harbour"])
    >>> zone_verdict({"harbour": "Captive account"}, places), zone_verdict("loose", places)
    ('the sides are turned round', ['loose'])
    """
    if is_empty(answer):
        return answer
    if not isinstance(answer, Mapping | pd.Series):
        return [answer]
    given = {folded(str(name)): folded(str(zone)) for name, zone in answer.items()}
    right = _zones(places)
    if not set(map(folded, right)) <= set(given):
        return LEFT_OUT
    pairs = [(zone, given[folded(name)]) for name, zone in right.items()]
    faults = [_zone_fault(zone, guess) for zone, guess in pairs if zone != guess]
    order = (NO_ZONE, TURNED, UNEVEN, NAMED, UNNAMED)
    return next((fault for fault in order if fault in faults), PLACED)


def flipping_facts(context: Context) -> set[str]:
    """Return the facts that change the zone within their own range."""
    flips = fact_flips(context["inputs"])
    return _facts(flips[flips["flips"] & flips["moved_to"].isin(["low", "high"])])


def flipping_if_wholly_wrong(context: Context) -> set[str]:
    """Return the facts that change the zone if they are 0 or 1."""
    flips = fact_flips(context["inputs"])
    return _facts(flips[flips["flips"] & flips["moved_to"].isin(["none", "all"])])


def widest_range(context: Context) -> str:
    """Return the fact of which least is known."""
    return max(_spans(context), key=_spans(context).__getitem__)


def largest_stake(context: Context) -> str:
    """Return the stake that is highest in the middle."""
    inputs = context["inputs"]
    return f"stake of {inputs.loc[inputs['stake'].idxmax(), 'part']}"


def our_alternatives(context: Context) -> str:
    """Return the availability of alternatives to what the supplier has most at stake."""
    parts = supplier_parts(context)
    return f"availability of {context['inputs'].loc[parts.idxmax(), 'part']}"


def profit_lost(context: Context) -> float:
    """Return which share of profit goes with the largest account, nothing saved or replaced."""
    return -float(_gone(context)["profit_change"])


def revenue_lost(context: Context) -> float:
    """Return which share of revenue goes with it."""
    return float(_gone(context)["revenue_share"])


def margin_rate(context: Context) -> float:
    """Return its margin as a share of its own revenue."""
    gone = _gone(context)
    return float(gone["margin"] / gone["revenue"])


def revenue_over_profit(context: Context) -> float:
    """Return its revenue as a share of the firm's profit."""
    gone = _gone(context)
    return float(gone["revenue"] / gone["profit_before"])


def _middle(context: Context, column: str) -> float:
    return float(middle_dependence(context["inputs"])[column].iloc[0])


def _zones(places: pd.DataFrame) -> dict[str, str]:
    ours, theirs = (places[f"{side}_dependence"].to_numpy() for side in ("supplier", "account"))
    numbers = zone_numbers(ours - theirs, ours + theirs, cutoffs=PROPOSED)
    return {str(name): ZONES[place] for name, place in zip(places.index, numbers, strict=True)}


def _zone_fault(zone: str, guess: str) -> str:
    if guess not in ZONES:
        return NO_ZONE
    captive = {"captive supplier", "captive account"}
    if {zone, guess} == captive:
        return TURNED
    if zone in captive and guess == "interlocked":
        return UNEVEN
    return NAMED if zone == "between" else UNNAMED


def _facts(flips: pd.DataFrame) -> set[str]:
    return set(flips["fact"] + " of " + flips["part"])


def _spans(context: Context) -> dict[str, float]:
    return {
        f"{fact} of {row['part']}": row[f"{fact}_high"] - row[f"{fact}_low"]
        for _, row in context["inputs"].iterrows()
        for fact in ("stake", "availability")
    }


def _gone(context: Context) -> pd.Series:
    gone = loss_if_gone(context["accounts"], fixed_costs=context["fixed_costs"])
    return gone.nlargest(1, "revenue").iloc[0]
