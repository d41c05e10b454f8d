"""The year of the balancing game as a picture: imbalance with its corridor, margin, trust."""

import io

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave

from kamtools.plots.contrast import letters
from kamtools.plots.style import (
    BLUE,
    DPI,
    GREEN,
    GREY,
    INK,
    PALE,
    TEXT_POINTS,
    VERMILLION,
    money_axis,
    rc,
    styled_axes,
)
from kamtools.power.game_play import Game
from kamtools.power.game_scenario_checks import MONTHS

INCHES = (6.2, 5.6)
LEFT, WIDTH = 0.115, 0.865
BOXES = {"imbalance": (0.475, 0.415), "margin": (0.265, 0.15), "trust": (0.085, 0.12)}
"""Bottom and height of each part."""
MARKS = {"price_demand": "P", "delisting_threat": "D", "competitor_launch": "L"}
LEGEND = "P demand, D delisting threat, L launch"
CORRIDOR_COLOUR = "#d9efe6"


def year_series(game: Game, best: Game | None) -> dict[str, pd.Series]:
    """Return what the picture shows, by month.

    Parameters
    ----------
    game
        Over or not. Its true imbalance is shown only once it is over.
    best
        The best plan's year, once the game is over; None before.

    Returns
    -------
    name -> Series, index month
        `seen` (estimates of the imbalance), `margin`, `trust_seen`; and, where the game is over,
        `imbalance`, `trust`; with `best`, `best_imbalance`, `best_margin` and `best_trust`.

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> list(year_series(start("quiet_partner", seed=1), None))
    ['seen', 'margin', 'trust_seen']
    """
    series = {"seen": game.signs["imbalance_seen"], "margin": game.history["margin"],
              "trust_seen": game.signs["trust_seen"]}  # fmt: skip
    if game.is_over:
        series |= {name: game.history[name] for name in ("imbalance", "trust")}
    if best is not None:
        series |= {f"best_{name}": best.history[name] for name in ("imbalance", "margin", "trust")}
    return series


def year_png(game: Game, best: Game | None = None) -> bytes:
    r"""Return the year so far as the bytes of a PNG image.

    Parameters
    ----------
    game, best
        As in `year_series`.

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> year_png(start("quiet_partner", seed=1))[:4]
    b'\x89PNG'
    """
    with mpl.rc_context(rc()):
        canvas = FigureCanvasAgg(Figure(figsize=INCHES, dpi=DPI))
        axes = {name: canvas.figure.add_axes((LEFT, bottom, WIDTH, height))
                for name, (bottom, height) in BOXES.items()}  # fmt: skip
    series = year_series(game, best)
    for name, draw in (("imbalance", _imbalance), ("margin", _margin), ("trust", _trust)):
        with styled_axes(axes[name]) as ax:
            draw(ax, game, series)
            ax.set_xlim(0.4, MONTHS + 0.6)
            ax.set_xticks(range(1, MONTHS + 1), [] if name != "trust" else None)
            ax.grid(visible=False, axis="x")
    with mpl.rc_context(rc()):
        axes["trust"].set_xlabel("Month", labelpad=1)
        canvas.draw()
    drawn = io.BytesIO()
    imsave(drawn, canvas.buffer_rgba(), format="png", pil_kwargs={"compress_level": 3})
    return drawn.getvalue()


def _imbalance(ax: Axes, game: Game, series: dict[str, pd.Series]) -> None:
    low, high = game.year.scenario.corridor
    ax.axhspan(low, high, color=CORRIDOR_COLOUR, zorder=0, label="corridor")
    ax.axhline(0, color=PALE, linewidth=1, zorder=1)
    seen, spread = series["seen"], game.year.scenario.assumed("sign_noise")
    ax.errorbar(seen.index, seen, yerr=spread, fmt="o", color=BLUE, ecolor="#9cc5e0", markersize=5,
                linewidth=1.6, label="estimate", zorder=3)  # fmt: skip
    values = [seen - spread, seen + spread, pd.Series([low, high])]
    for name, colour, line, label in (
        ("imbalance", INK, "-", "as it was"), ("best_imbalance", GREEN, "--", "best plan found")
    ):  # fmt: skip
        if name in series:
            ax.plot(series[name].index, series[name], line, color=colour, label=label, zorder=4)
            values.append(series[name])
    least, most = pd.concat(values).agg(["min", "max"])
    ax.set_ylim(least - 0.04, most + 0.10)
    _mark_events(ax, game, most + 0.05)
    ax.set_title("Power imbalance (plus: the account is stronger)", fontsize=TEXT_POINTS, pad=28)
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=4, columnspacing=1.0,
              handlelength=1.4, handletextpad=0.5, borderpad=0.1)  # fmt: skip
    ax.yaxis.set_major_formatter(lambda value, _: _signed(value))


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−") if round(value, 3) else "0"


def _mark_events(ax: Axes, game: Game, height: float) -> None:
    events = game.history["event"]
    for month, event in events[events != ""].items():
        ax.text(float(str(month)), height, MARKS[event], ha="center", va="center",
                color=letters(VERMILLION), fontweight="bold", fontsize=TEXT_POINTS,
                parse_math=False, zorder=6)  # fmt: skip


def _margin(ax: Axes, game: Game, series: dict[str, pd.Series]) -> None:
    scenario, margin = game.year.scenario, series["margin"]
    full = scenario.supplier_share * scenario.pie / MONTHS
    ax.axhline(full, color=GREY, linewidth=1.2, linestyle=":", zorder=1)
    ax.bar(margin.index, margin, width=0.62, color=BLUE, zorder=2)
    if "best_margin" in series:
        best = series["best_margin"]
        ax.plot(best.index, best, "_", color=GREEN, markersize=15, markeredgewidth=2.6, zorder=4)
    values = np.append(margin.to_numpy(), full)
    ax.set_ylim(min(0.0, float(values.min())), 1.15 * float(values.max()))
    ax.set_title("Margin a month (dots: at today's terms)", fontsize=TEXT_POINTS, pad=4)
    ax.yaxis.set_major_locator(mpl.ticker.MaxNLocator(3))
    money_axis(ax.yaxis)


def _trust(ax: Axes, game: Game, series: dict[str, pd.Series]) -> None:
    ax.plot(series["trust_seen"].index, series["trust_seen"], "o", color=BLUE, markersize=5)
    for name, colour, line in (("trust", INK, "-"), ("best_trust", GREEN, "--")):
        if name in series:
            ax.plot(series[name].index, series[name], line, color=colour)
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1])
    ax.set_title("Trust (0 to 1)", fontsize=TEXT_POINTS, pad=4)
    if (game.history["event"] != "").any():
        ax.text(1.0, 1.06, LEGEND, transform=ax.transAxes, ha="right", va="bottom",
                color=letters(VERMILLION), fontsize=TEXT_POINTS, parse_math=False)  # fmt: skip
