"""Why each account stands where it does: what lifts it and what holds it back."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_in
from kamtools.plots.fonts import drawable, figure_names, shorten
from kamtools.plots.style import GREY, INK, SERIES, styled_axes

OTHER = marked("all other criteria")
ROW_INCHES = 0.3
FRAME_INCHES = 1.1
LEGEND_LINE_INCHES = 0.26


def lifts_and_brakes(
    contributions: pd.DataFrame, *, criteria: int = 6
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what lifts and what holds back each account, in a few criteria and the rest.

    Parameters
    ----------
    contributions
        By account × criterion, as `explanation.contributions` returns them; NaN where the
        account's value is not known, which neither lifts nor holds back.
    criteria
        How many criteria keep a column of their own: those that move these accounts most.

    Returns
    -------
    lifts, brakes
        Each with the index of `contributions`, a column for each of the `criteria`, the one
        that moves most first, and one for all other criteria if there are any that move.
        Lifts are at least 0, brakes at most 0; together they sum to the contributions.

    Examples
    --------
    >>> parts = pd.DataFrame({"fit": [0.1, None], "growth": [0.3, -0.2], "trend": [-0.1, 0.1]})
    >>> lifts, brakes = lifts_and_brakes(parts, criteria=1)
    >>> lifts
       growth  all other criteria
    0     0.3                 0.1
    1     0.0                 0.1
    >>> brakes
       growth  all other criteria
    0     0.0                -0.1
    1    -0.2                 0.0
    """
    known = contributions.fillna(0.0)
    moves = known.abs().sum().sort_values(ascending=False, kind="stable")
    own, rest = np.split(moves.index[moves > 0], [criteria])
    lifts, brakes = known.clip(lower=0), known.clip(upper=0)
    parts = []
    for side in (lifts, brakes):
        other = {OTHER: side[rest].sum(axis=1)} if len(rest) else {}
        parts.append(side[own].assign(**other))
    return parts[0], parts[1]


def plot_reasons(
    contributions: pd.DataFrame,
    *,
    names: pd.Series,
    labels: Mapping[str, str] | pd.Series | None = None,
    top: int | None = None,
    criteria: int = 6,
    ax: Axes | None = None,
) -> Axes:
    """Draw for each account what lifts it (right) and what holds it back (left), and the net.

    Parameters
    ----------
    contributions
        By account × criterion, as `explanation.contributions` returns them, the chosen
        accounts only and in the order in which they are to stand, the first on top.
    names
        Name by account_id.
    labels
        What a manager calls each criterion; a criterion without one keeps its name.
    top
        Draw only the first so many rows; all if None.
    criteria
        How many criteria have a colour of their own, at most 6.
    ax
        Where to draw; a new figure if None, the taller the more accounts.

    Raises
    ------
    InputError
        If there is no account, or `criteria` is not from 1 to 6.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> parts = pd.DataFrame({"fit": [0.1, -0.1], "growth": [0.3, -0.2]}, index=["C1", "C2"])
    >>> ax = plot_reasons(parts, names=pd.Series({"C1": "Harbour Foods", "C2": "浩瀚食品"}))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Harbour Foods', '浩瀚食品']
    >>> plt.close("all")
    """
    rows = contributions if top is None else contributions.iloc[:top]
    if rows.empty:
        raise InputError("reasons are drawn for at least one account; got none")
    if not 1 <= criteria <= len(SERIES):
        raise InputError(f"criteria must be from 1 to {len(SERIES)}; got {criteria}")
    lifts, brakes = lifts_and_brakes(rows, criteria=criteria)
    legend_lines = -(-(lifts.shape[1] + 1) // 2)
    height = FRAME_INCHES + legend_lines * LEGEND_LINE_INCHES + ROW_INCHES * len(rows)
    with styled_axes(ax, height=height) as ax:
        _draw_bars(ax, lifts, brakes, dict(labels) if labels is not None else {})
        y = np.arange(len(rows))
        ax.plot(rows.sum(axis=1), y, "D", color=INK, markersize=6.5, markeredgecolor="white",
                markeredgewidth=0.9, label=tr("net"), zorder=4)  # fmt: skip
        ax.axvline(0, color=INK, linewidth=0.9)
        ax.set_yticks(y, figure_names(names.reindex(rows.index)), parse_math=False)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(tr("Score below ← average account → above"))
        net, *bars = ax.get_legend_handles_labels()[0]
        ax.legend(handles=[*bars, net], loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    return ax


def _draw_bars(
    ax: Axes, lifts: pd.DataFrame, brakes: pd.DataFrame, labels: Mapping[str, str]
) -> None:
    """Stack the criteria outwards from the middle, the one that moves most next to it."""
    y = np.arange(len(lifts))
    for side in (lifts, brakes):
        start = side.cumsum(axis=1) - side
        for column, colour in zip(side.columns, (*SERIES, GREY), strict=False):
            shade = GREY if column == OTHER else colour
            said = tr(OTHER) if column == OTHER else tr_in("value", str(labels.get(column, column)))
            label = shorten(drawable(said), 28)
            ax.barh(y, side[column], left=start[column], height=0.66, color=shade,
                    edgecolor="white", linewidth=0.6,
                    label="_" if side is brakes else label)  # fmt: skip
