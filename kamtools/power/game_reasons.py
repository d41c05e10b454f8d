"""Why the best plan found decides as it does, in plain words."""

from kamtools.power.game_play import Game
from kamtools.wording import listing, money, percent


def answer_reason(game: Game, place: int) -> str:
    """Return what was hidden behind an event, and decided how it should be answered.

    Parameters
    ----------
    game
        That is over.
    place
        Of the month, 0-11; one with an event.
    """
    scenario, row = game.year.scenario, game.history.iloc[place]
    account, currency = scenario.account, scenario.currency
    if row["event"] == "competitor_launch":
        before = game.history["trust"].iloc[place - 1] if place else game.year.first_trust
        undone = scenario.assumed("facts_share") * float(before)
        strength = float(game.year.launch[game.year.events[place]])
        match = money(scenario.assumed("match_share") * scenario.pie, currency)
        return (
            f"The launch closed {percent(strength)} of what {account} lacked in alternatives. With "
            f"trust at {before:.2f} facts undo {percent(undone)} of that; matching undoes "
            f"{percent(scenario.assumed('match_effect'))} and gives away {match} a year."
        )
    reserve, limit = (money(float(row[name]), currency) for name in ("reserve", "fights_for"))
    ask = money(float(row["ask"]), currency)
    if row["reserve"] <= 0:
        return (
            f"{account} asked for {ask}; by the model it could get nothing by bargaining: it was "
            "bluffing."
        )
    if row["reserve"] <= row["fights_for"]:
        return (
            f"{account} asked for {ask}; bargaining would have brought it {reserve} a year, it "
            f"took a fight to cost it {limit}: it was bluffing."
        )
    least = money(float(row["reserve"] - row["fights_for"]), currency)
    return (
        f"{account} asked for {ask}, insisted on {reserve} a year, and took a fight to cost it "
        f"{limit}: about {least} in money, or in what a measure is worth to it, kept it from "
        "fighting."
    )


def effect_words(game: Game, effect: dict[str, float]) -> str:
    """Return what one other decision would have changed.

    Parameters
    ----------
    game : Game
    effect
        `imbalance` (mean over the months), `months` (in the corridor), `margin` (money of this
        year), `terms` (money a year, at the price in the end), `trust` (at the end), `wait` (days
        of all steps): each as a change.

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> game = start("powerful_distributor", seed=1)
    >>> effect_words(game, {"imbalance": -0.021, "months": 2, "margin": -4500.0, "terms": 0.0,
    ...                     "trust": 0.001, "wait": -30.0})
    'EUR 4,500 less margin, imbalance −0.021 on average, 2 months more in the corridor and 30 days
    less waiting'
    """
    parts = []
    if abs(effect["margin"]) >= 0.5:
        amount = money(abs(effect["margin"]), game.year.scenario.currency)
        parts.append(f"{amount} {_more(effect['margin'])} margin")
    if abs(effect["terms"]) >= 0.5:
        amount = money(abs(effect["terms"]), game.year.scenario.currency)
        parts.append(f"terms {'better' if effect['terms'] > 0 else 'worse'} by {amount} a year")
    if abs(effect["imbalance"]) >= 0.0005:
        sign = "−" if effect["imbalance"] < 0 else "+"
        parts.append(f"imbalance {sign}{abs(effect['imbalance']):.3f} on average")
    if effect["months"]:
        count = abs(round(effect["months"]))
        unit = "month" if count == 1 else "months"
        parts.append(f"{count} {unit} {_more(effect['months'])} in the corridor")
    if abs(effect["wait"]) >= 0.5:
        parts.append(f"{abs(effect['wait']):.0f} days {_more(effect['wait'])} waiting")
    if abs(effect["trust"]) >= 0.005:
        points = 100 * effect["trust"]
        parts.append(f"trust {'−' if points < 0 else '+'}{abs(points):.0f} points of 100")
    return listing(parts) or "no difference in this year"


def _more(value: float) -> str:
    return "more" if value > 0 else "less"
