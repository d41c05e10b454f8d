"""The balancing game in words: events, answers, the month's report, what came of it."""

import pandas as pd

from kamtools.power.game_choices import ANSWER_LABELS, expected_bargain
from kamtools.power.game_moves import Move
from kamtools.power.game_play import Game
from kamtools.power.game_scenario import Scenario
from kamtools.power.game_scenario_checks import MONTHS
from kamtools.power.game_signs import HURRIED_DAYS, MOST_OFFERS, PATIENT_DAYS
from kamtools.wording import listing, money, percent

UNINVITED = "The account feels strong, and asks for a better price."


def event_words(game: Game) -> str:
    """Return what happens this month, "" if nothing does.

    Parameters
    ----------
    game : Game

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> event_words(start("powerful_distributor", seed=1))
    ''
    """
    opening, scenario = game.opening, game.year.scenario
    if opening is None or opening.event[0] < 0:
        return ""
    planned = int(game.year.events[game.state.month])
    text = str(scenario.events[planned]["text"]) if planned >= 0 else UNINVITED
    ask = float(opening.ask[0])
    if not ask:
        return text
    ours = float(game.state.share[0]) * scenario.pie
    share = percent(ask / ours)
    return f"{text} It asks for {money(ask, scenario.currency)} a year, {share} of our margin."


def bargain_words(game: Game) -> str:
    """Return what the model expects of a demand, from what the player can know.

    Parameters
    ----------
    game
        That is not over.
    """
    table, currency = expected_bargain(game), game.year.scenario.currency
    low, middle, high = (
        money(max(float(end), 0.0), currency) for end in table.T["concession"].tolist()
    )
    return (
        f"From what we know, bargaining to the end would cost us {middle} a year ({low} to {high}, "
        "eight cases in ten). What it really insists on hangs on its patience and alternatives."
    )


def report_words(game: Game) -> list[str]:
    """Return the signs of the month, each with how to read it.

    Parameters
    ----------
    game : Game

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> report_words(start("powerful_distributor", seed=1))[0][:28]
    'Imbalance: we estimate +0.32'
    """
    signs = game.signs.iloc[-1]
    spread = game.year.scenario.assumed("sign_noise")
    waits = game.history["wait"].dropna()
    lines = [
        f"Imbalance: we estimate {_signed(signs['imbalance_seen'])} (two months in three within "
        f"±{spread:.2f}; plus: {game.year.scenario.account} is stronger).",
        f"Alternatives: its buyers asked for {signs['offers_asked']:.0f} of {MOST_OFFERS} rivals' "
        "offers (the more, the better it could do without us).",
        f"Patience: it took {signs['answer_days']:.0f} days to answer us (about "
        f"{HURRIED_DAYS:.0f}: in a hurry; about {PATIENT_DAYS:.0f}: it can wait).",
        f"Trust: the survey says {signs['trust_seen']:.2f} of 1.",
        f"Market: this month's figures point to a {signs['market']} market.",
    ]
    if len(waits):
        lines.append(f"Friction: our last step waited {waits.iloc[-1]:.0f} days for consent.")
    return lines


def outcome_words(row: pd.Series, scenario: Scenario) -> str:
    """Return what came of a month's event, "" if there was none.

    Parameters
    ----------
    row
        Of a game's history.
    scenario : Scenario
    """
    currency = scenario.currency
    given = f"{money(row['given'], currency)} a year" if row["given"] else "no money"
    told = {
        "agreed": f"{scenario.account} agreed; we gave {given}",
        "gave way": f"{scenario.account} put up with it; we gave {given}",
        "fought": f"{scenario.account} fought: it cost us {money(row['loss'], currency)} and "
        f"{given} after it",
        "met": "the rival came to market" + (f"; we gave {given}" if row["given"] else ""),
    }.get(str(row["outcome"]), "")
    if row["is_found_out"]:
        told += f"{'; ' if told else ''}something unlawful came to light: a fine of "
        told += money(row["fine"], currency)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def move_words(move: Move, labels: dict[str, str]) -> str:
    """Return a move in words.

    Parameters
    ----------
    move : Move
    labels
        By key of the measure.

    Examples
    --------
    >>> move_words(Move(("plan_sharing",), (), "refuse"), {"plan_sharing": "Share the plan"})
    'Refuse; begin: Share the plan'
    >>> move_words(Move(), {})
    'Nothing'
    """
    parts = []
    if move.answer == "offer":
        parts.append(f"Offer: {labels[move.offer]}")
    elif move.answer:
        parts.append(ANSWER_LABELS[move.answer])
    if move.begin:
        names = [labels[key] + (" (without counsel)" if key in move.without_counsel else "")
                 for key in move.begin]  # fmt: skip
        parts.append(f"{'begin' if parts else 'Begin'}: {'; '.join(names)}")
    return "; ".join(parts) or "Nothing"


def score_words(game: Game) -> str:
    """Return the score of the months played, and what it is made of.

    Parameters
    ----------
    game
        With at least one month played.
    """
    score, weights = game.score, game.year.scenario.score
    months = len(game.history)
    parts = [
        f"margin {score['margin_points']:.0f} of {100 * weights['margin']:.0f} "
        f"({percent(score['margin_kept'])} of this year's kept, {percent(score['terms_kept'])} of "
        "the terms)",
        f"corridor {score['corridor_points']:.0f} of {100 * weights['corridor']:.0f} "
        f"({round(months * score['corridor_held'])} of {months} months)",
        f"trust {score['trust_points']:.0f} of {100 * weights['trust']:.0f}",
    ]
    if score["law_points"] < 0:
        parts.append(f"law −{-score['law_points']:.0f}")
    when = "" if months == MONTHS else f" after {months} of {MONTHS} months"
    return f"{score['score']:.0f} of 100 points{when}: {listing(parts)}."


def event_name(event: str) -> str:
    """Return what an event is called in a table.

    Examples
    --------
    >>> event_name("price_demand"), event_name("")
    ('Price demand', '')
    """
    return event.replace("_", " ").capitalize()


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{abs(value):.2f}"
