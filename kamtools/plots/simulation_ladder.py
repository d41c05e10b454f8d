"""The simulated ladder: how long steps wait on each rung, and what both sides gain."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_in
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import drawable, shorten
from kamtools.plots.style import BLUE, GREY, INK, VERMILLION, styled_axes, write_title

SIDES = {"supplier": (marked("the supplier"), BLUE, -0.16),
         "account": (marked("the account"), VERMILLION, 0.16)}  # fmt: skip
"""Side -> what the legend says, its colour, and its place within the rung's row."""

COLUMNS = (
    "rung",
    *(f"{name}{end}" for name in ("friction_days", "supplier_gain", "account_gain")
      for end in ("", "_low", "_high")),
)  # fmt: skip

MOST_RUNGS = 10
RUNG_INCHES = 0.6
REST_INCHES = 1.65
LABEL_COLUMNS = 20
LABEL_LINES = 2
TITLE_CHARACTERS = 24


def simulation_points(ladder: pd.DataFrame) -> pd.DataFrame:
    """Return the points and ranges to draw, two for each rung.

    Parameters
    ----------
    ladder
        From `power.simulation_ladder.simulate_ladder`.

    Returns
    -------
    (2 × n_rungs, 6)
        `rung`, `side`, `y` (0 for the first rung, downwards; the supplier a little above the
        account), `value`, `low`, `high` (points of margin gained over the first rung).

    Raises
    ------
    InputError
        If a column is missing, or there are no rungs or more than ten.

    Examples
    --------
    >>> rung = {"rung": "Notice", "friction_days": 17, "friction_days_low": 0,
    ...         "friction_days_high": 56, "supplier_gain": 3.0, "supplier_gain_low": 0.1,
    ...         "supplier_gain_high": 6.8, "account_gain": 2.0, "account_gain_low": 0.7,
    ...         "account_gain_high": 4.2}
    >>> simulation_points(pd.DataFrame([rung]))[["side", "y", "value", "low", "high"]]
           side     y  value  low  high
    0  supplier -0.16    3.0  0.1   6.8
    1   account  0.16    2.0  0.7   4.2
    """
    check_table(ladder, COLUMNS, "simulated ladders")
    if len(ladder) > MOST_RUNGS:
        raise InputError(f"a ladder is drawn for up to {MOST_RUNGS} rungs; got {len(ladder)}")
    rows = np.arange(len(ladder))
    parts = [
        pd.DataFrame({"rung": ladder["rung"].to_numpy(), "side": side, "y": rows + offset,
                      "value": ladder[f"{side}_gain"].to_numpy(dtype=float),
                      "low": ladder[f"{side}_gain_low"].to_numpy(dtype=float),
                      "high": ladder[f"{side}_gain_high"].to_numpy(dtype=float)})
        for side, (_, _, offset) in SIDES.items()
    ]  # fmt: skip
    return pd.concat(parts).sort_values("y", kind="stable", ignore_index=True)


def plot_simulation_ladder(ladder: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what both sides gain on each rung, with ranges, and how long its steps wait.

    A dot is the mean, the line through it the range of the years; at the right stand the days
    that a step waits, mean and range.

    Parameters
    ----------
    ladder
        From `power.simulation_ladder.simulate_ladder`.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        As `simulation_points`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> rung = {"rung": "+ advance notice", "friction_days": 17, "friction_days_low": 0,
    ...         "friction_days_high": 56, "supplier_gain": 3.0, "supplier_gain_low": 0.1,
    ...         "supplier_gain_high": 6.8, "account_gain": 2.0, "account_gain_low": 0.7,
    ...         "account_gain_high": 4.2}
    >>> plot_simulation_ladder(pd.DataFrame([rung])).figure.get_suptitle()
    'Best for the supplier: advance notice, +3.0 points'
    >>> plt.close("all")
    """
    points = simulation_points(ladder)
    with styled_axes(ax, height=REST_INCHES + RUNG_INCHES * len(ladder)) as ax:
        ax.axvline(0, color=GREY, linewidth=1)
        for side, (_, colour, _) in SIDES.items():
            own = points[points["side"] == side]
            ax.hlines(own["y"], own["low"], own["high"], color=colour, linewidth=3, alpha=0.6)
            ax.plot(own["value"], own["y"], "o", color=colour, markersize=8, zorder=4)
        ax.set_yticks(range(len(ladder)), [_label(rung) for rung in ladder["rung"]])
        ax.set_ylim(len(ladder) - 0.45, -0.55)
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(tr("Points of margin gained, of 100"))
        ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}".replace("-", "−"))
        _write_waits(ax, ladder)
        ax.legend(handles=_handles(), loc="lower left", bbox_to_anchor=(0, 1), ncols=2,
                  borderaxespad=0.2, columnspacing=1.2)  # fmt: skip
        write_title(ax, _title(ladder))
    return ax


def _write_waits(ax: Axes, ladder: pd.DataFrame) -> None:
    """Write at the right how many days a step waits on each rung."""
    ends = ladder[["friction_days", "friction_days_low", "friction_days_high"]].round()
    for row, (mean, low, high) in enumerate(ends.to_numpy(dtype=int)):
        ax.annotate(
            f"{mean} ({low}–{high})", (1, row), xycoords=("axes fraction", "data"), xytext=(10, 0),
            textcoords="offset points", va="center", color=INK, annotation_clip=False,
        )  # fmt: skip
    ax.annotate(
        tr("days of waiting"), (1, -0.45), xycoords=("axes fraction", "data"), xytext=(10, 0),
        textcoords="offset points", va="center", color=GREY, annotation_clip=False,
    )  # fmt: skip


def _label(rung: str) -> str:
    text = drawable(tr_in("value", str(rung)))
    columns = LABEL_COLUMNS if text.isascii() else LABEL_COLUMNS // 2
    return "\n".join(textwrap.wrap(shorten(text, LABEL_LINES * LABEL_COLUMNS - 4), columns))


def _handles() -> list[Line2D]:
    return [
        Line2D([], [], color=colour, marker="o", markersize=8, linewidth=3, label=tr(label))
        for label, colour, _ in SIDES.values()
    ]


def _title(ladder: pd.DataFrame) -> str:
    """Return which rung gains the supplier most."""
    best = ladder.iloc[int(ladder["supplier_gain"].to_numpy(dtype=float).argmax())]
    if not best["supplier_gain"] > 0:
        return tr("No measure gains the supplier more than it costs")
    rung = tr_in("value", str(best["rung"])).removeprefix("+ ")
    name = shorten(drawable(rung), TITLE_CHARACTERS)
    return tr("Best for the supplier: {name}, +{points:.1f} points",
              name=name, points=best["supplier_gain"])  # fmt: skip
