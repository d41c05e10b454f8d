"""The debrief of the balancing game: the year as it was, and what somebody who knew it would do."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.game_best import BestPlan, best_plan
from kamtools.power.game_choices import ANSWER_LABELS
from kamtools.power.game_hidden import hidden_words
from kamtools.power.game_law import law_words
from kamtools.power.game_month import Record
from kamtools.power.game_moves import Move
from kamtools.power.game_plans import Plans, joined, plan_of, run_plans
from kamtools.power.game_play import Game, play
from kamtools.power.game_reasons import answer_reason, effect_words
from kamtools.power.game_words import event_name, move_words, outcome_words, score_words

NOT_PROVEN = (
    "The best plan was found by beam searches from three starts, with one or two measures begun a "
    "month, and then by changing one or two decisions at a time: {looked_at:,} years were played "
    "for it. It knows all that you could not know. It is not proven that there is none better."
)
NOTHING_ELSE = "Your plan is the best that was found."
WORTH_TELLING = 0.05
"""Points from which on a difference is told."""


@dataclass(frozen=True, eq=False)
class Debrief:
    """What there is to say after the year.

    Attributes
    ----------
    summary : sentences
        The score, the best score found, and how it was looked for.
    months : index month
        `event`, `outcome`, `you`, `best`: what was decided, in words.
    differences : table
        One row for each decision in which the best plan found differs: `decision`, `you`,
        `best`, `points` (of score, if only this had been decided as in the best plan), `why`;
        the largest first.
    hidden, law : sentences
        What was hidden and which signs told it; what the law says to what was done.
    best : BestPlan
    best_game : Game
        The year played by the best plan found.
    """

    summary: tuple[str, ...]
    months: pd.DataFrame
    differences: pd.DataFrame
    hidden: tuple[str, ...]
    law: tuple[str, ...]
    best: BestPlan
    best_game: Game


def debrief(game: Game) -> Debrief:
    """Return the debrief of a game that is over.

    Parameters
    ----------
    game
        From `game_play.play`, all twelve months.

    Raises
    ------
    InputError
        If the year is not over.

    Examples
    --------
    >>> told = debrief(play("quiet_partner", [{}] * 5, seed=1))
    Traceback (most recent call last):
    kamtools.errors.InputError: the debrief comes after month 12; 5 are played
    """
    if not game.is_over:
        raise InputError(f"the debrief comes after month 12; {len(game.moves)} are played")
    scenario = game.year.scenario
    found = best_plan(game.year, known=(game.moves,))
    best_game = play(scenario, found.moves, seed=game.seed)
    labels = dict(zip(game.year.library.keys, game.year.library.labels, strict=True))
    months = pd.DataFrame(
        {
            "event": [event_name(event) for event in game.history["event"]],
            "outcome": [outcome_words(row, scenario) for _, row in game.history.iterrows()],
            "you": [move_words(move, labels) for move in game.moves],
            "best": [move_words(move, labels) for move in found.moves],
        },
        index=game.history.index,
        dtype="str",
    )
    differences = _differences(game, found)
    return Debrief(
        summary=tuple(_summary(game, best_game, found, differences)),
        months=months,
        differences=differences,
        hidden=tuple(hidden_words(game)),
        law=tuple(law_words(scenario, game.moves)),
        best=found,
        best_game=best_game,
    )


def _summary(game: Game, best_game: Game, found: BestPlan, differences: pd.DataFrame) -> list[str]:
    lines = [
        f"You: {score_words(game)}",
        f"Best plan found: {score_words(best_game)}",
        NOT_PROVEN.format(looked_at=found.looked_at),
    ]
    if differences.empty:
        return [*lines, NOTHING_ELSE]
    first = differences.iloc[0]
    if first["points"] > WORTH_TELLING:
        lines.append(
            f"What would have helped most by itself: {first['decision']}, {first['best']} instead "
            f"of {first['you']}: {first['points']:+.1f} points. {first['why']}"
        )
    return lines


def _differences(game: Game, found: BestPlan) -> pd.DataFrame:
    """Return what each single decision of the best plan would have brought the player."""
    year, mine, best = game.year, plan_of(game.year, game.moves), found.plan
    variants: list[Plans] = []
    rows: list[dict[str, object]] = []
    for place, key in enumerate(year.library.keys):
        you, other = _begun(game.moves, key), int(best.begin[0, place])
        if you != other:
            begin = mine.begin.copy()
            begin[0, place] = other
            variants.append(Plans(begin, mine.answer))
            rows.append(
                {
                    "decision": f"“{year.library.labels[place]}”",
                    "you": _when(you, game.moves, key),
                    "best": _when(other, found.moves, key),
                    "kind": "measure",
                }
            )
    for month, (move, other_move) in enumerate(zip(game.moves, found.moves, strict=True)):
        is_other = (move.answer, move.offer) != (other_move.answer, other_move.offer)
        if move.answer and other_move.answer and is_other:
            answer = mine.answer.copy()
            answer[0, month] = best.answer[0, month]
            variants.append(Plans(mine.begin, answer))
            event = event_name(str(game.history["event"].iloc[month])).lower()
            rows.append({"decision": f"the answer to the {event} of month {month + 1}",
                         "you": _said(move, year.library.keys, year.library.labels),
                         "best": _said(other_move, year.library.keys, year.library.labels),
                         "kind": month})  # fmt: skip
    columns = ["decision", "you", "best", "points", "why"]
    if not rows:
        return pd.DataFrame(columns=columns)
    parts, records = run_plans(year, joined([mine, *variants]))
    points = parts["score"][1:] - parts["score"][0]
    for number, row in enumerate(rows, start=1):
        row["points"] = float(points[number - 1])
        effect = _effect(game, records, number)
        if row["kind"] == "measure":
            row["why"] = f"By itself: {effect_words(game, effect)}."
        else:
            reason = answer_reason(game, int(str(row["kind"])))
            row["why"] = f"{reason} By itself: {effect_words(game, effect)}."
    table = pd.DataFrame(rows)[columns]
    return table.sort_values("points", ascending=False, kind="stable", ignore_index=True)


def _effect(game: Game, records: list[Record], number: int) -> dict[str, float]:
    """Return what a variant changes: imbalance, corridor, margin, terms, trust and waiting."""
    low, high = game.year.scenario.corridor
    imbalance = np.array([record["imbalance"] for record in records])
    held = ((imbalance >= low) & (imbalance <= high)).sum(axis=0)
    margin = np.array([record["margin"] for record in records]).sum(axis=0)
    share = records[-1]["share"]
    wait = np.nansum([record["wait"] for record in records], axis=0)
    return {
        "imbalance": float((imbalance[:, number] - imbalance[:, 0]).mean()),
        "months": float(held[number] - held[0]),
        "margin": float(margin[number] - margin[0]),
        "terms": float(share[number] - share[0]) * game.year.scenario.pie,
        "trust": float(records[-1]["trust"][number] - records[-1]["trust"][0]),
        "wait": float(wait[number] - wait[0]),
    }


def _begun(moves: tuple[Move, ...], key: str) -> int:
    """Return the month (1-12) in which a measure was begun by choice, 0 for never."""
    return next((month for month, move in enumerate(moves, start=1) if key in move.begin), 0)


def _when(month: int, moves: tuple[Move, ...], key: str) -> str:
    """Return when a measure was begun, or offered in place of money."""
    if month:
        return f"month {month}"
    offers = (place for place, move in enumerate(moves, start=1)
              if move.answer == "offer" and move.offer == key)  # fmt: skip
    offered = next(offers, 0)
    return f"offered in month {offered}" if offered else "never"


def _said(move: Move, keys: tuple[str, ...], labels: tuple[str, ...]) -> str:
    """Return an answer in quotation marks, an offer with what is offered."""
    if move.answer == "offer":
        return f"“Offer: {labels[keys.index(move.offer)]}”"
    return f"“{ANSWER_LABELS[move.answer]}”"
