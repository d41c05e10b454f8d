"""What was hidden in a year of the balancing game, and which signs could have told it."""

import numpy as np

from kamtools.power.game_play import Game
from kamtools.power.game_signs import (
    HURRIED_DAYS,
    MOST_OFFERS,
    PATIENT_DAYS,
    patience_scale,
)
from kamtools.power.game_state import open_month, start_state
from kamtools.wording import percent

CLOSE = 0.1
"""How near on a scale of 0 to 1 a sign must come to count as readable."""


def hidden_words(game: Game) -> list[str]:
    """Return what was hidden, each with the sign that told it and whether it told it right.

    Parameters
    ----------
    game
        With at least one month played.

    Examples
    --------
    >>> from kamtools.power.game_play import play
    >>> game = play("quiet_partner", [{}, {}, {}], seed=1)
    >>> [line.split(":")[0] for line in hidden_words(game)]
    ['Patience', 'Alternatives', 'Market', 'Trust', 'Imbalance']
    """
    return [_patience(game), _alternatives(game), _market(game), _trust(game), _imbalance(game)]


def _patience(game: Game) -> str:
    scale = patience_scale(game.year)
    kind = "in a hurry" if scale < 1 / 3 else "neither hurried nor patient"
    kind = "patient" if scale > 2 / 3 else kind
    days = game.signs["answer_days"]
    seen = (days - HURRIED_DAYS) / (PATIENT_DAYS - HURRIED_DAYS)
    return (
        f"Patience: the account was {kind} (a deal one round later was worth "
        f"{game.year.account_patience:.3f} of one today to it). It took {days.mean():.0f} days to "
        f"answer on average; {_readable(seen.to_numpy(), np.full(len(seen), scale))}"
    )


def _alternatives(game: Game) -> str:
    seen = game.signs["offers_asked"].to_numpy() / MOST_OFFERS
    truth = _at_openings(game, "account_dependence")
    return (
        f"Alternatives: what it would have lost without us went from {percent(truth[0])} to "
        f"{percent(truth[-1])} of what it earns with us. Its buyers asked for "
        f"{MOST_OFFERS * seen.mean():.0f} of {MOST_OFFERS} offers on average; "
        f"{_readable(seen, 1 - truth)}"
    )


def _market(game: Game) -> str:
    tighter = int((game.signs["market"] == "tighter").sum())
    months, tightens = len(game.signs), game.year.tightens
    is_even = 2 * tighter == months
    is_right = (2 * tighter > months) == tightens
    verdict = "told nothing" if is_even else "was right" if is_right else "misled"
    before, after = game.year.first_belief, float(game.history["belief"].iloc[-1])
    if abs(after - before) < 0.005:
        belief = f"The account went on thinking that likely to {percent(before)}."
    else:
        moved = "more aware" if after > before else "calmer"
        belief = (
            f"Briefings from true figures made it {moved}: it thought that likely to "
            f"{percent(before)} at first, and to {percent(after)} at the end."
        )
    return (
        f"Market: it {'did tighten' if tightens else 'did not tighten'}; {tighter} of {months} "
        f"months' figures said tighter, which {verdict} on the whole. {belief}"
    )


def _trust(game: Game) -> str:
    seen = game.signs["trust_seen"].to_numpy()
    truth = np.array([game.year.first_trust, *game.history["trust"]])[: len(seen)]
    return (
        f"Trust: it went from {truth[0]:.2f} to {game.history['trust'].iloc[-1]:.2f}. The survey: "
        f"{_readable(seen, truth)}"
    )


def _imbalance(game: Game) -> str:
    seen = game.signs["imbalance_seen"].to_numpy()
    truth = _at_openings(game, "imbalance")
    error = np.abs(seen - truth).mean()
    smooth = abs(seen.mean() - truth.mean())
    return (
        f"Imbalance: a single month's estimate was {error:.2f} off on average, the mean of all "
        f"months {smooth:.2f}: three months together say more than one."
    )


def _at_openings(game: Game, name: str) -> np.ndarray:
    """Return what was true when each month's signs were read."""
    at_start = open_month(game.year, start_state(game.year, plays=1)).standing
    first = {"account_dependence": at_start.account[0], "imbalance": at_start.imbalance[0]}[name]
    return np.array([first, *game.history[name]])[: len(game.signs)]


def _readable(seen: np.ndarray, truth: np.ndarray) -> str:
    """Say from which month on the mean of a sign stayed near the truth."""
    months = np.arange(1, len(seen) + 1)
    off = np.abs(np.cumsum(seen - truth) / months)
    wrong = np.flatnonzero(off > CLOSE)
    if not len(wrong):
        return "readable from the first month on."
    if wrong[-1] + 1 == len(seen):
        return "it misled you, even taken together."
    return f"taken together, readable from month {wrong[-1] + 2} on."
