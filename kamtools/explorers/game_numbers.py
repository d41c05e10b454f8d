"""The picture of the balancing game in numbers, for who would rather read it, or must."""

import pandas as pd

from kamtools.explorers.game_picture import year_series
from kamtools.plots.style import short_money
from kamtools.power.game_play import Game

HEADS = {
    "seen": "Imbalance, estimate",
    "imbalance": "Imbalance as it was",
    "best_imbalance": "Imbalance, best plan found",
    "margin": "Margin",
    "best_margin": "Margin, best plan found",
    "trust_seen": "Trust, estimate",
    "trust": "Trust as it was",
    "best_trust": "Trust, best plan found",
}
UNKNOWN = "–"


def numbers_html(game: Game, best: Game | None = None) -> str:
    """Return what the picture shows as a table that unfolds, a row for each month.

    Parameters
    ----------
    game, best
        As in `game_picture.year_series`.

    Examples
    --------
    >>> from kamtools.power.game_play import play
    >>> html = numbers_html(play("quiet_partner", [{}], seed=1))
    >>> "Imbalance, estimate" in html, "Imbalance as it was" in html
    (True, False)
    """
    table = pd.DataFrame(year_series(game, best))
    shown = [name for name in HEADS if name in table]
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Month", *map(HEADS.get, shown)))
    rows = "".join(
        f'<tr><th scope="row">{month}</th>'
        + "".join(f'<td class="n">{_written(name, row[name])}</td>' for name in shown)
        + "</tr>"
        for month, row in table.iterrows()
    )
    low, high = (_written("seen", end) for end in game.year.scenario.corridor)
    return (
        '<div class="kam-game"><details><summary>The picture in numbers</summary>'
        f"<table><caption>The year month by month; the corridor is {low} to {high}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details></div>"
    )


def _written(name: str, value: float) -> str:
    if pd.isna(value):
        return UNKNOWN
    if "margin" in name:
        return short_money(value)
    return f"{value:.2f}" if "trust" in name else f"{value:+.2f}".replace("-", "−")
