"""Ways to play the balancing game without a player, to see whether a scenario is a fair one.

In a fair scenario doing nothing, doing everything, chance and good sense come to different scores,
good sense to more than the first three in most years, and somebody who knows all to the most.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from kamtools.power.dependence import middle_dependence
from kamtools.power.game_account import inside_shares, strength_of
from kamtools.power.game_best import best_plan
from kamtools.power.game_chance import Ints
from kamtools.power.game_choices import (
    answer_choices,
    expected_bargain,
    known_inputs,
    measure_choices,
)
from kamtools.power.game_month import DEMANDS
from kamtools.power.game_moves import Move
from kamtools.power.game_play import Game, play_month, start
from kamtools.power.game_scenario import Scenario
from kamtools.power.game_scenario_checks import EVENTS, MONTHS
from kamtools.power.game_state import QUIET, why_not
from kamtools.power.measure_effects import moved, works_on

Policy = Callable[[Game, np.random.Generator], Move]

ROOM = 0.08
"""How far within the corridor good sense wants to be, since it sees with noise."""
LATEST = 7
"""Month after which good sense begins no measure for the balance: it would work too late."""
AT_ONCE = 4
"""Measures that good sense begins in a month at most."""


def play_policy(scenario: Scenario | str, policy: Policy, *, seed: int) -> Game:
    """Return the year that a policy plays.

    Parameters
    ----------
    scenario, seed
        As in `game_play.start`; the policy's own chance comes from the seed too.
    policy
        From the game as it stands to the move of the month.

    Examples
    --------
    >>> play_policy("quiet_partner", do_nothing, seed=1).is_over
    True
    """
    game = start(scenario, seed=seed)
    rng = np.random.default_rng([seed, 99])
    while not game.is_over:
        game = play_month(game, policy(game, rng))
    return game


def do_nothing(game: Game, rng: np.random.Generator) -> Move:
    """Begin nothing, refuse everything."""
    return Move(answer=QUIET[_event(game)] if _event(game) else "")


def do_everything(game: Game, rng: np.random.Generator) -> Move:
    """Begin all that the budget allows, the cheapest first; give a part; show facts."""
    begin = _begun_in_order(game, list(measure_choices(game).sort_values("cost").index), 99)
    answer = {"competitor_launch": "facts", "": ""}.get(_event(game), "part")
    return Move(begin=tuple(begin), answer=answer)


def play_at_random(game: Game, rng: np.random.Generator) -> Move:
    """Begin up to two measures, and answer, by chance, within the law."""
    open_to = list(measure_choices(game).query("why_not == ''").index)
    count = min(int(rng.integers(0, 3)), len(open_to))
    picked = [open_to[place] for place in rng.permutation(len(open_to))[:count]]
    answers = [answer for answer in answer_choices(game) if answer not in ("pass_on", "offer")]
    answer = answers[int(rng.integers(len(answers)))] if answers else ""
    begin = _begun_in_order(game, picked, 2)
    if answer == "counterpart" and game.year.scenario.counterpart in begin:
        answer = "part"
    return Move(begin=tuple(begin), answer=answer)


def play_sensibly(game: Game, rng: np.random.Generator) -> Move:
    """Communicate first, then balance what is out of the corridor, by what a player can see.

    The plan is shared and notice given where steps are to come. Measures are begun, the one with
    most balance for its money first, until the model expects to be within the corridor, the
    imbalance being estimated from the last signs. Demands are met as the bargaining range expects.
    """
    return Move(begin=tuple(_sensible_measures(game)), answer=_sensible_answer(game))


def answer_all(answer: str) -> Policy:
    """Return the policy that begins what good sense begins, and answers every demand alike.

    Parameters
    ----------
    answer
        To price demands and threats to delist, such as "concede"; launches are met sensibly.

    Examples
    --------
    >>> game = play_policy("powerful_distributor", answer_all("refuse"), seed=4)
    >>> game.history.query("event == 'delisting_threat'")[["answer", "outcome"]].values.tolist()
    [['refuse', 'gave way']]
    """

    def policy(game: Game, rng: np.random.Generator) -> Move:
        is_demand = _event(game) in DEMANDS
        said = answer if is_demand else _sensible_answer(game)
        return Move(begin=tuple(_sensible_measures(game)), answer=said)

    return policy


POLICIES: dict[str, Policy] = {
    "nothing": do_nothing,
    "everything": do_everything,
    "random": play_at_random,
    "sensible": play_sensibly,
}
ONE_ANSWER: dict[str, Policy] = {
    "accepting": answer_all("concede"),
    "refusing": answer_all("refuse"),
}
"""Good sense about measures, one answer to all: what the answers by themselves are worth."""


def compare_policies(scenario: Scenario | str, *, seeds: Sequence[int]) -> pd.DataFrame:
    """Return the score of each policy, and of the best plan found, in each of some years.

    Parameters
    ----------
    scenario
        As in `game_play.start`.
    seeds
        Which years.

    Returns
    -------
    (n_seeds, 7), index seed
        In points: those of `POLICIES`, those of `ONE_ANSWER`, and "omniscient", who does not
        see what the policies did.
    """
    rows = {}
    for seed in seeds:
        games = {name: play_policy(scenario, policy, seed=seed)
                 for name, policy in (POLICIES | ONE_ANSWER).items()}  # fmt: skip
        scores = {name: float(game.score["score"]) for name, game in games.items()}
        scores["omniscient"] = float(best_plan(games["nothing"].year).score["score"])
        rows[seed] = scores
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("seed")


def _event(game: Game) -> str:
    event = -1 if game.opening is None else int(game.opening.event[0])
    return EVENTS[event] if event >= 0 else ""


def _begun_in_order(game: Game, wanted: list[str], most: int) -> list[str]:
    """Return those of the measures wanted that can begin together, the first ones first."""
    keys = game.year.library.keys
    chosen = np.zeros(len(keys), dtype=bool)
    for key in wanted:
        place = keys.index(key)
        if chosen.sum() < most and not why_not(game.year, game.state, chosen, place):
            chosen[place] = True
    return [key for key, is_chosen in zip(keys, chosen, strict=True) if is_chosen]


def _sensible_measures(game: Game) -> list[str]:
    year, scenario, month = game.year, game.year.scenario, game.state.month + 1
    to_come = sum(step >= month + 2 for step in scenario.steps)
    talk = ["plan_sharing", "advance_notice"] if to_come >= 2 else []
    wanted = [key for key in talk if key in year.library.keys]
    seen = float(game.signs["imbalance_seen"].tail(3).mean())
    now = float(middle_dependence(known_inputs(game))["power_imbalance"].iloc[0])
    begun = game.state.begun[0]
    high = scenario.corridor[1]
    rank: list[tuple[float, str]] = []
    choices = measure_choices(game)
    costs = choices["cost"].to_dict()
    is_open = (choices["why_not"] == "").to_dict()
    later_on = _expected(game, begun)
    if month <= LATEST and seen + later_on - now > high - ROOM:
        for place, key in enumerate(year.library.keys):
            later = begun.copy()
            later[place] = month
            gain = later_on - _expected(game, later)
            if is_open[key] and gain > 0:
                rank.append((-gain / max(costs[key], 1.0), key))
    for _, key in sorted(rank):
        if seen + later_on - now <= high - ROOM or len(wanted) >= AT_ONCE:
            break
        begun = begun.copy()
        begun[year.library.keys.index(key)] = month
        later_on = _expected(game, begun)
        wanted.append(key)
    return _begun_in_order(game, wanted, AT_ONCE)


def _expected(game: Game, begun: Ints) -> float:
    """Return the imbalance that the model expects half-way to the year's end."""
    year, scenario = game.year, game.year.scenario
    half_way = (game.state.month + MONTHS + 1) // 2
    strength = strength_of(year, begun[None], half_way)[0][year.measure_of]
    inputs, effects = scenario.inputs, scenario.measures["effect"].to_numpy() * strength
    works = works_on(scenario.measures, inputs)
    is_stake = (scenario.measures["acts_on"] == "stake").to_numpy()[:, None]
    after = []
    for name, on_it in (("stake", works & is_stake), ("availability", works & ~is_stake)):
        left = np.where(on_it, 1 - np.maximum(effects, 0)[:, None], 1.0).prod(axis=0)
        kept = np.where(on_it, 1 + np.minimum(effects, 0)[:, None], 1.0).prod(axis=0)
        after.append(moved(inputs[name].to_numpy(), left, kept))
    free = 1 - after[0] * (1 - after[1])
    return float(free[~year.is_supplier].prod() - free[year.is_supplier].prod())


def _sensible_answer(game: Game) -> str:
    event = _event(game)
    if event in ("", "competitor_launch"):
        seen = float(game.signs["imbalance_seen"].tail(3).mean())
        near = seen > game.year.scenario.corridor[1] - 2 * ROOM
        return "" if not event else ("facts" if near else "ignore")
    scenario, opening = game.year.scenario, game.opening
    assert opening is not None
    table = expected_bargain(game)
    trust = float(game.signs["trust_seen"].tail(3).mean())
    expected = max(_middle(table, "concession"), 0.0)
    reserve = expected * (1 - scenario.assumed("goodwill") * trust)
    limit = float(_fight_limit(game, table))
    part = scenario.assumed("part_share") * float(opening.ask[0])
    if reserve <= limit:
        return "refuse"
    return "part" if reserve - part <= limit else "concede"


def _fight_limit(game: Game, table: pd.DataFrame) -> float:
    """Return what a fight would cost the account, as it looks from outside."""
    scenario, opening = game.year.scenario, game.opening
    assert opening is not None
    kind = opening.bargain.kind
    part = scenario.assumed(f"{kind}_months") * scenario.assumed(f"{kind}_share") / 12
    theirs = scenario.pie - _middle(table, "today")
    outside = scenario.pie - _middle(table, "account_walks")
    return part * max(theirs - inside_shares(scenario, kind)[1] * outside, 0.0)


def _middle(table: pd.DataFrame, name: str) -> float:
    return float(table["middle"].to_dict()[name])
