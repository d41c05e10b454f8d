"""The ladder of measures: imbalance and mutual dependence after each step."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_in
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import drawable, shorten
from kamtools.plots.style import BLUE, GREEN, INK, VERMILLION, styled_axes, write_title

COLUMNS = ("step", "power_imbalance", "power_imbalance_low", "power_imbalance_high",
           "mutual_dependence", "mutual_dependence_low", "mutual_dependence_high",
           "probability")  # fmt: skip

AXES = {
    "power_imbalance": (marked("imbalance I (plus: the account is stronger)"), BLUE, -0.17),
    "mutual_dependence": (marked("mutual dependence J"), VERMILLION, 0.17),
}
"""Quantity -> what the legend says, its colour, and its place within the step's row."""

MOST_STEPS = 10
STEP_INCHES = 0.62
REST_INCHES = 1.75
LABEL_COLUMNS = 26
LABEL_LINES = 2


def ladder_points(ladder: pd.DataFrame) -> pd.DataFrame:
    """Return the points and ranges to draw, two for each step.

    Parameters
    ----------
    ladder
        From `power.planner_ladder.measure_ladder`.

    Returns
    -------
    (2 × n_steps, 6)
        `step`, `quantity`, `y` (0 for the first step, downwards; imbalance a little above
        mutual dependence), `value`, `low`, `high`.

    Raises
    ------
    InputError
        If a column is missing, or there are no steps or more than ten.

    Examples
    --------
    >>> step = {"step": "Today", "probability": 0.1,
    ...         "power_imbalance": 0.34, "power_imbalance_low": 0.2, "power_imbalance_high": 0.5,
    ...         "mutual_dependence": 0.7, "mutual_dependence_low": 0.6,
    ...         "mutual_dependence_high": 0.8}
    >>> ladder_points(pd.DataFrame([step]))[["quantity", "y", "value", "low", "high"]]
                quantity     y  value  low  high
    0    power_imbalance -0.17   0.34  0.2   0.5
    1  mutual_dependence  0.17   0.70  0.6   0.8
    """
    check_table(ladder, COLUMNS, "ladders")
    if len(ladder) > MOST_STEPS:
        raise InputError(f"a ladder is drawn for up to {MOST_STEPS} steps; got {len(ladder)}")
    rows = np.arange(len(ladder))
    parts = [
        pd.DataFrame({"step": ladder["step"].to_numpy(), "quantity": quantity,
                      "y": rows + offset, "value": ladder[quantity].to_numpy(),
                      "low": ladder[f"{quantity}_low"].to_numpy(),
                      "high": ladder[f"{quantity}_high"].to_numpy()})
        for quantity, (_, _, offset) in AXES.items()
    ]  # fmt: skip
    return pd.concat(parts).sort_values("y", kind="stable", ignore_index=True)


def plot_ladder(
    ladder: pd.DataFrame, *, corridor: tuple[float, float], ax: Axes | None = None
) -> Axes:
    """Draw imbalance and mutual dependence step by step, with ranges and the corridor.

    A line across is the range of nine in ten scenarios, the dot has everything at its middle.
    A step that moves the blue dot to the corridor and the red one to the right makes both
    sides need each other more; one that moves both to the left makes us need them less.

    Parameters
    ----------
    ladder
        From `power.planner_ladder.measure_ladder`.
    corridor
        Low and high of the imbalance.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        As `ladder_points`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> step = {"step": "Today", "probability": 0.1,
    ...         "power_imbalance": 0.34, "power_imbalance_low": 0.2, "power_imbalance_high": 0.5,
    ...         "mutual_dependence": 0.7, "mutual_dependence_low": 0.6,
    ...         "mutual_dependence_high": 0.8}
    >>> ax = plot_ladder(pd.DataFrame([step]), corridor=(-0.15, 0.15))
    >>> ax.figure.get_suptitle()
    'Today the imbalance is +0.34, outside the corridor'
    >>> plt.close("all")
    """
    points = ladder_points(ladder)
    height = REST_INCHES + STEP_INCHES * len(ladder)
    with styled_axes(ax, height=height) as ax:
        ax.axvspan(*corridor, color=GREEN, alpha=0.14, linewidth=0)
        ax.axvline(0, color=GREEN, linewidth=1)
        for quantity, (_, colour, _) in AXES.items():
            own = points[points["quantity"] == quantity]
            ax.plot(own["value"], own["y"], color=colour, linewidth=1.2, alpha=0.45, zorder=3)
            ax.hlines(own["y"], own["low"], own["high"], color=colour, linewidth=3, alpha=0.75)
            ax.plot(own["value"], own["y"], "o", color=colour, markersize=8, zorder=4)
        ax.set_yticks(range(len(ladder)), [_label(step) for step in ladder["step"]])
        ax.set_ylim(len(ladder) - 0.45, -0.55)
        ax.grid(visible=False, axis="y")
        _write_chances(ax, ladder["probability"])
        ax.set_xlabel(tr("Imbalance, mutual dependence"))
        ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        ax.xaxis.set_major_formatter(lambda x, _: f"{x + 0.0:.3g}".replace("-", "−"))
        ax.legend(handles=_handles(), loc="lower left", bbox_to_anchor=(0, 1), ncols=1,
                  borderaxespad=0.2)  # fmt: skip
        write_title(ax, _title(ladder, corridor))
    return ax


def _write_chances(ax: Axes, probability: pd.Series) -> None:
    """Write at the right how probable the corridor is after each step."""
    for row, chance in enumerate(probability):
        ax.annotate(
            f"{100 * chance:.0f} %", (1, row), xycoords=("axes fraction", "data"), xytext=(8, 0),
            textcoords="offset points", va="center", color=INK, annotation_clip=False,
        )  # fmt: skip
    ax.annotate(
        tr("in corridor"), (1, 1), xycoords="axes fraction", xytext=(8, 4),
        textcoords="offset points", va="bottom", ha="center", color=INK, annotation_clip=False,
    )  # fmt: skip


def _label(step: str) -> str:
    text = drawable(tr_in("value", str(step)))
    columns = LABEL_COLUMNS if text.isascii() else LABEL_COLUMNS // 2
    return "\n".join(textwrap.wrap(shorten(text, LABEL_LINES * LABEL_COLUMNS - 4), columns))


def _handles() -> list[Line2D | Patch]:
    lines: list[Line2D | Patch] = [
        Line2D([], [], color=colour, marker="o", markersize=8, linewidth=3, label=tr(label))
        for label, colour, _ in AXES.values()
    ]
    return [*lines, Patch(color=GREEN, alpha=0.2, label=tr("corridor of the imbalance"))]


def _title(ladder: pd.DataFrame, corridor: tuple[float, float]) -> str:
    """Return where the imbalance is at the end, and what became of the tie."""
    first, last = ladder.iloc[0], ladder.iloc[-1]
    end = last["power_imbalance"]
    shown = f"{end:+.2f}".replace("-", "−")
    inside = corridor[0] <= end <= corridor[1]
    where = tr("inside the corridor") if inside else tr("outside the corridor")
    if len(ladder) == 1:
        return tr("Today the imbalance is {value}, {where}", value=shown, where=where)
    rise = last["mutual_dependence"] - first["mutual_dependence"]
    tie = tr("closer") if rise > 0.02 else tr("looser") if rise < -0.02 else tr("as it was")
    return tr("The imbalance ends at {value}, {where}; the tie is {tie}",
              value=shown, where=where, tie=tie)  # fmt: skip
