"""How the account stands and bargains in the balancing game, for any number of plays at once.

Dependence is stake × (1 − availability), moved by measures as `measure_effects` moves it and
joined by noisy-or. Bargaining follows `bargaining.settle`: what a side earns without the other
for good (outside option), and while they do not agree (inside option), both follow from its
dependence; how a surplus is split follows from the patience of both. A delisting is nearer to
going without each other than a dispute is: more of what each side could do elsewhere is at hand,
so both dependences count for more, in what the account could win and in what it would lose.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from kamtools.power.bargaining import rubinstein_share, settle
from kamtools.power.game_chance import Bools, Floats, Ints, Year
from kamtools.power.game_scenario import Scenario
from kamtools.power.measure_effects import moved

Fight = Literal["dispute", "delisting"]


@dataclass(frozen=True)
class Standing:
    """How both sides stand at one moment, in each play.

    Attributes
    ----------
    supplier, account : (n_plays,), 0-1
        Dependence of each.
    """

    supplier: Floats
    account: Floats

    @property
    def imbalance(self) -> Floats:
        """(n_plays,), -1 to 1; plus: the account is stronger."""
        return self.supplier - self.account

    @property
    def mutual(self) -> Floats:
        """(n_plays,), 0 to 2."""
        return self.supplier + self.account


@dataclass(frozen=True)
class Bargain:
    """What the account could get, and what a fight would cost both, in each play.

    A fight is a dispute after a price demand, or the delisting that was threatened.

    Attributes
    ----------
    concession : (n_plays,), money a year
        What it gets if it bargains to the end: today's take less the settlement, at least 0.
    reserve : (n_plays,)
        What it insists on: the concession less what trust leaves us.
    kind : "dispute" or "delisting"
    fight : (n_plays,), money
        What the fight costs the account.
    loss : (n_plays,), money
        What the fight costs us.
    """

    concession: Floats
    reserve: Floats
    kind: Fight
    fight: Floats
    loss: Floats


def strength_of(year: Year, begun: Ints, month: int) -> Floats:
    """Return how far each measure works, 0-1.

    Parameters
    ----------
    year : Year
    begun : (n_plays, n_measures)
        Month (1-12) in which a measure was begun, 0 where it was not.
    month
        Months that have gone by: a measure begun in month 1 has run a month when month is 1.

    Returns
    -------
    (n_plays, n_measures)

    Notes
    -----
    b m / M while m, the months run, is below M, the months to work; 1 from then on. b is the
    assumption `builds_up`.
    """
    run = np.where(begun > 0, month + 1.0 - begun, 0.0)
    months = year.library.months
    part = np.divide(run, months, out=np.ones_like(run), where=months > 0)
    share = np.where(part >= 1, 1.0, year.scenario.assumed("builds_up") * part)
    return np.where((begun > 0) & (run > 0), share, 0.0)


def standing_of(year: Year, strength: Floats, *, belief: Floats, rival_left: Floats) -> Standing:
    """Return both sides' dependence.

    Parameters
    ----------
    year : Year
    strength : (n_plays, n_measures)
        From `strength_of`.
    belief : (n_plays,), 0-1
        How likely the account thinks that its market tightens.
    rival_left : (n_plays,), 0-1
        Part of what is missing in its alternatives that rivals' launches have left missing.
    """
    effects = year.effects * strength[:, year.measure_of]
    effects = np.where(year.awareness, effects * _aware(year, belief)[:, None], effects)
    stake = _moved(year.stake, effects, year.on_stake)
    available = _moved(year.availability, effects, year.on_availability)
    rivals = np.where(year.is_supplier, 1.0, rival_left[:, None])
    available = 1 - (1 - available) * rivals
    free = 1 - stake * (1 - available)
    return Standing(
        supplier=1 - free[:, year.is_supplier].prod(axis=1),
        account=1 - free[:, ~year.is_supplier].prod(axis=1),
    )


def bargain_of(
    year: Year, standing: Standing, *, share: Floats, trust: Floats, fight: Fight = "dispute"
) -> Bargain:
    """Return what the account could get by bargaining, and what a fight would cost.

    Parameters
    ----------
    year : Year
    standing : Standing
    share : (n_plays,), 0-1
        Of the pie, that the supplier gets today.
    trust : (n_plays,), 0-1
    fight
        What it comes to where they do not agree: "dispute" after a price demand, "delisting"
        after a threat to delist.

    Notes
    -----
    With dependence D, a side that leaves keeps (1 − D) of what it got at the start of the year:
    its outside option. A share of that it earns during the fight: its inside option. In a
    delisting that share is larger, on both sides, than in a dispute (the assumptions say why).
    A choice of the terms on which there is no agreement is what Nash calls a threat.
    """
    scenario = year.scenario
    pie, start = scenario.pie, scenario.supplier_share
    ours_outside = (1 - standing.supplier) * start * pie
    theirs_outside = (1 - standing.account) * (1 - start) * pie
    theirs_outside = np.minimum(theirs_outside, pie - ours_outside)  # but for rounding it is
    ours_share, theirs_share = inside_shares(scenario, fight)
    ours_inside, theirs_inside = ours_share * ours_outside, theirs_share * theirs_outside
    strength = rubinstein_share(
        supplier_patience=scenario.assumed("supplier_patience"),
        account_patience=year.account_patience,
    )
    settlement = settle(
        pie, supplier_inside=ours_inside, account_inside=theirs_inside,
        supplier_outside=ours_outside, account_outside=theirs_outside,
        supplier_strength=strength,
    )  # fmt: skip
    concession = np.maximum(share * pie - settlement, 0.0)
    ours = np.maximum(share * pie - ours_inside, 0.0)
    theirs = np.maximum((1 - share) * pie - theirs_inside, 0.0)
    part = scenario.assumed(f"{fight}_months") / 12 * scenario.assumed(f"{fight}_share")
    return Bargain(
        concession=concession,
        reserve=concession * (1 - scenario.assumed("goodwill") * trust),
        kind=fight,
        fight=part * theirs,
        loss=part * ours,
    )


def inside_shares(scenario: Scenario, fight: Fight) -> tuple[float, float]:
    """Return what share of its outside option each side earns in a fight: ours, the account's.

    Examples
    --------
    >>> from kamtools.power.game_scenario import shipped_scenario
    >>> scenario = shipped_scenario("delisting_chain")
    >>> inside_shares(scenario, "dispute"), inside_shares(scenario, "delisting")
    ((0.5, 0.6), (0.8, 0.85))
    """
    stage = "delisting_" if fight == "delisting" else ""
    ours, theirs = (
        scenario.assumed(f"{stage}{side}_inside_share") for side in ("supplier", "account")
    )
    return ours, theirs


def _aware(year: Year, belief: Floats) -> Floats:
    """Return how far the account counts out alternatives, -1 to 1: below 0 it is calmed."""
    first = year.first_belief
    return np.where(belief >= first, (belief - first) / (1 - first), (belief - first) / first)


def _moved(values: Floats, effects: Floats, works: Bools) -> Floats:
    """Return the inputs of each play after its effects, as `measure_effects.moved` has it."""
    left, kept = 1 - np.maximum(effects, 0), 1 + np.minimum(effects, 0)
    columns = [
        moved(value, left[:, on_it].prod(axis=1), kept[:, on_it].prod(axis=1))
        for value, on_it in zip(values, works.T, strict=True)
    ]
    return np.array(columns).T
