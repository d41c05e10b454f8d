"""Ladders as paths on the map of imbalance and mutual dependence."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_in
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import drawable, shorten
from kamtools.plots.ladder import COLUMNS
from kamtools.plots.style import GREEN, GREY, SERIES, styled_axes, write_title

MOST_PATHS = 4
LEGEND_LINE_INCHES = 0.27
HEIGHT_INCHES = 4.2
NAME_COLUMNS = 56


def plot_ladder_paths(
    ladders: Mapping[str, pd.DataFrame],
    *,
    corridor: tuple[float, float],
    ax: Axes | None = None,
) -> Axes:
    """Draw the way of each ladder: imbalance across, mutual dependence upwards.

    The crosses are the ranges of nine in ten scenarios at the end of each way. A way that
    leads up makes both sides need each other more; one that leads down loosens the tie.

    Parameters
    ----------
    ladders
        From `power.planner_ladder.measure_ladder`, under the name of the way; the same start.
    corridor
        Low and high of the imbalance.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        If there is no ladder or more than four, or one lacks a column or has no step.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> step = {"step": "Today", "probability": 0.1,
    ...         "power_imbalance": 0.34, "power_imbalance_low": 0.2, "power_imbalance_high": 0.5,
    ...         "mutual_dependence": 0.7, "mutual_dependence_low": 0.6,
    ...         "mutual_dependence_high": 0.8}
    >>> ladder = pd.DataFrame([step, step | {"power_imbalance": 0.1, "mutual_dependence": 0.9}])
    >>> ax = plot_ladder_paths({"be needed more": ladder}, corridor=(-0.15, 0.15))
    >>> ax.figure.get_suptitle()
    'One way into the corridor'
    >>> plt.close("all")
    """
    if not 1 <= len(ladders) <= MOST_PATHS:
        raise InputError(f"paths are drawn for 1 to {MOST_PATHS} ladders; got {len(ladders)}")
    for ladder in ladders.values():
        check_table(ladder, COLUMNS, "ladders")
    height = HEIGHT_INCHES + LEGEND_LINE_INCHES * (len(ladders) + 2)
    with styled_axes(ax, height=height) as ax:
        ax.axvspan(*corridor, color=GREEN, alpha=0.14, linewidth=0, label=tr("corridor"))
        ax.axvline(0, color=GREEN, linewidth=1)
        for (name, ladder), colour in zip(ladders.items(), SERIES, strict=False):
            _draw_path(ax, name, ladder, colour)
        start = next(iter(ladders.values())).iloc[0]
        ax.plot(start["power_imbalance"], start["mutual_dependence"], "o", color=GREY,
                markersize=11, zorder=6, linestyle="", label=tr("today"))  # fmt: skip
        ax.margins(0.1)
        ax.set_xlabel(tr("Imbalance I (plus: the account is stronger)"))
        ax.set_ylabel(tr("Mutual dependence J"))
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:.1f}".replace("-", "−"))
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=1, borderaxespad=0.2)
        write_title(ax, _title(ladders, corridor))
    return ax


def _draw_path(ax: Axes, name: str, ladder: pd.DataFrame, colour: str) -> None:
    across, up = ladder["power_imbalance"].to_numpy(), ladder["mutual_dependence"].to_numpy()
    label = shorten(drawable(tr_in("value", str(name))), NAME_COLUMNS)
    ax.plot(across, up, "o-", color=colour, markersize=6, linewidth=2, zorder=4, label=label)
    end = ladder.iloc[-1]
    ax.hlines(up[-1], end["power_imbalance_low"], end["power_imbalance_high"], color=colour,
              alpha=0.45, linewidth=3)  # fmt: skip
    ax.vlines(across[-1], end["mutual_dependence_low"], end["mutual_dependence_high"],
              color=colour, alpha=0.45, linewidth=3)  # fmt: skip
    ax.plot(across[-1], up[-1], "o", color=colour, markersize=11, zorder=5)


def _title(ladders: Mapping[str, pd.DataFrame], corridor: tuple[float, float]) -> str:
    ends = [ladder["power_imbalance"].iloc[-1] for ladder in ladders.values()]
    inside = sum(corridor[0] <= end <= corridor[1] for end in ends)
    said = (marked("No way into the corridor"), marked("One way into the corridor"),
            marked("Two ways into the corridor"), marked("Three ways into the corridor"),
            marked("Four ways into the corridor"))  # fmt: skip
    return tr(said[inside])
