"""What the player can choose this month, and what the model expects of a demand."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.bargaining import rubinstein_share
from kamtools.power.bargaining_range import bargaining_range
from kamtools.power.dependence import dependence_draws
from kamtools.power.game_account import inside_shares, strength_of
from kamtools.power.game_play import Game
from kamtools.power.game_scenario_checks import EVENTS
from kamtools.power.game_state import TAKES, cost_to_begin, why_not
from kamtools.power.measure_effects import apply_measures
from kamtools.power.measures import measure_list

DRAWS = 400

ANSWER_LABELS = {
    "concede": "Give all that is asked",
    "part": "Give a part of it",
    "refuse": "Refuse",
    "counterpart": "Give a part, against something",
    "offer": "Offer a measure instead of money",
    "ignore": "Do nothing about it",
    "facts": "Answer with true, sourced facts",
    "match": "Match the rival's terms",
    "pass_on": "Pass on what another client told us",
}
"""Answer -> what it is called."""


def measure_choices(game: Game) -> pd.DataFrame:
    """Return the measures with what they cost from now on, and whether they can begin.

    Parameters
    ----------
    game
        That is not over.

    Returns
    -------
    (n_measures, 8), index measure
        `label`; `cost` (money to the end of the year, counsel's fee included), `fee` (of it);
        `works_in` (month in which it fully works, may be above 12); `begun` (month, 0 if not);
        `why_not` ("" where it can begin); `legal`, `guard_rail`.

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> table = measure_choices(start("powerful_distributor", seed=1))
    >>> row = table.loc["advance_notice"]
    >>> float(row["cost"]), float(row["works_in"]), row["why_not"]
    (8500.0, 3.0, 'it needs plan_sharing first')
    """
    year, state = game.year, game.state
    library, month = year.library, state.month + 1
    listed = measure_list(year.scenario.measures)
    nothing = np.zeros(len(library.keys), dtype=bool)
    begun = state.begun[0]
    first = np.where(begun > 0, begun, month)
    return pd.DataFrame(
        {
            "label": listed["label"],
            "cost": cost_to_begin(year, month),
            "fee": year.scenario.assumed("counsel_fee") * library.is_counsel,
            "works_in": first + np.maximum(np.ceil(library.months), 1) - 1,
            "begun": begun,
            "why_not": pd.Series(
                [why_not(year, state, nothing, place) for place in range(len(library.keys))],
                index=listed.index, dtype="str",
            ),
            "legal": listed["legal"],
            "guard_rail": listed["guard_rail"],
        }
    )  # fmt: skip


def answer_choices(game: Game) -> list[str]:
    """Return the answers that this month's event takes and that are possible; none without one.

    Parameters
    ----------
    game : Game

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> answer_choices(start("powerful_distributor", seed=1))
    []
    """
    if game.opening is None or game.opening.event[0] < 0:
        return []
    takes = TAKES[EVENTS[int(game.opening.event[0])]]
    keys = game.year.library.keys
    counterpart = game.state.begun[0, keys.index(game.year.scenario.counterpart)] > 0
    is_left_out = {"counterpart": counterpart, "offer": not offer_choices(game)}
    return [answer for answer in takes if not is_left_out.get(answer, False)]


def offer_choices(game: Game) -> list[str]:
    """Return the measures that could be offered to the account this month."""
    year, state = game.year, game.state
    nothing = np.zeros(len(year.library.keys), dtype=bool)
    return [key for place, key in enumerate(year.library.keys)
            if year.library.is_status[place]
            and not why_not(year, state, nothing, place)]  # fmt: skip


def expected_bargain(game: Game) -> pd.DataFrame:
    """Return the bargaining range as it looks from what the player knows.

    Parameters
    ----------
    game
        That is not over.

    Returns
    -------
    DataFrame
        As `bargaining_range.bargaining_range`: dependence from the scenario's ranges and what
        the measures have done so far, patience from its range; where a delisting is threatened,
        what it would come to with that.

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> table = expected_bargain(start("powerful_distributor", seed=1))
    >>> bool(table.loc["concession", "low"] < table.loc["concession", "high"])
    True
    """
    scenario, state, opening = game.year.scenario, game.state, game.opening
    if opening is None:
        raise InputError("the year is over: nothing is bargained over any more")
    drawn = dependence_draws(known_inputs(game), draws=DRAWS, seed=game.seed)
    ends = [0.1, 0.5, 0.9]
    free_ours, free_theirs = (
        np.quantile(1 - side[:, 0], ends) for side in (drawn.supplier, drawn.account)
    )
    ours = free_ours * scenario.supplier_share * scenario.pie
    theirs = free_theirs * (1 - scenario.supplier_share) * scenario.pie
    patience = np.array(scenario.hidden["account_patience"][::-1], dtype=float)
    strength = rubinstein_share(
        supplier_patience=scenario.assumed("supplier_patience"), account_patience=patience
    )
    today = float(state.share[0]) * scenario.pie
    ours_share, theirs_share = inside_shares(scenario, opening.bargain.kind)
    rows = {
        "pie": [scenario.pie] * 3,
        "today": [today] * 3,
        "supplier_inside": ours * ours_share,
        "account_inside": theirs * theirs_share,
        "supplier_outside": ours,
        "account_outside": theirs,
        "supplier_strength": strength,
    }
    inputs = pd.DataFrame(rows, index=["low", "middle", "high"]).T.astype(float)
    return bargaining_range(inputs, draws=DRAWS, seed=game.seed, level=0.8)


def known_inputs(game: Game) -> pd.DataFrame:
    """Return the dependence inputs as the player knows them, measures having worked so far.

    Parameters
    ----------
    game : Game
    """
    year, state = game.year, game.state
    strength = strength_of(year, state.begun, state.month)[0]
    measures = year.scenario.measures
    worked = measures.copy()
    for name in ("effect_low", "effect", "effect_high"):
        worked[name] = measures[name] * strength[year.measure_of]
    begun = [key for key, month in zip(year.library.keys, state.begun[0], strict=True) if month]
    return apply_measures(year.scenario.inputs, worked, begun)
