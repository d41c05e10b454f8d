"""The portfolio in four cells: how attractive each account is, and how strong we are there."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.ticker import MaxNLocator

from kamtools.errors import InputError
from kamtools.language import tr, tr_in, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.contrast import letters
from kamtools.plots.fonts import figure_names
from kamtools.plots.naming import name_points
from kamtools.plots.portfolio import ALPHA, LARGEST_POINTS, SMALLEST_POINTS
from kamtools.plots.style import BLUE, GREEN, GREY, INK, ORANGE, styled_axes, write_title
from kamtools.selection.business_strength import STAND_IN
from kamtools.selection.matrix import ATTRACTIVE_FROM, CELLS, STRONG_FROM

HEIGHT_INCHES = 5.9
HOLLOW_ALPHA = 0.12
COLUMNS = ("strength", "attractiveness", "cell", "basis")
LOW, HIGH = 1.0, 10.0
LEAST_STRENGTH_SHOWN = 2.0
COLOURS = {"strategic": BLUE, "star": ORANGE, "status": GREEN, "streamline": GREY}
LABEL_PLACES = {
    "star": (0.0, 1.02, "left", "bottom"),
    "strategic": (1.0, 1.02, "right", "bottom"),
    "streamline": (0.0, -0.02, "left", "top"),
    "status": (1.0, -0.02, "right", "top"),
}
"""x and y of a cell's name, in parts of the axes, and how it is aligned: at its own corner."""


def matrix_points(table: pd.DataFrame, *, size: pd.Series | None = None) -> pd.DataFrame:
    """Return what the picture draws of each account that is placed.

    Parameters
    ----------
    table
        From `matrix.portfolio_matrix`: index account_id, `strength`, `attractiveness`, `cell`,
        `basis`.
    size
        By account_id, what the area of a bubble stands for, such as sales; all alike if None.

    Returns
    -------
    DataFrame
        Index account_id, the largest first: x, y, radius (points), cell, and is_stand_in,
        whether its strength is a stand-in for what the client itself would say.

    Raises
    ------
    InputError
        If a column is missing, or no account is placed.

    Examples
    --------
    >>> table = pd.DataFrame({"strength": [1.2, None], "attractiveness": [7.0, 3.0],
    ...     "cell": ["strategic", "not placed"], "basis": "stand-in: share of wallet"},
    ...     index=["a", "b"])
    >>> matrix_points(table)
         x    y  radius       cell  is_stand_in
    a  1.2  7.0     5.0  strategic         True
    """
    check_table(table, COLUMNS, "portfolios")
    radius = pd.Series(5.0, index=table.index)
    if size is not None:
        area = size.reindex(table.index).fillna(0).clip(lower=0)
        share = np.sqrt(area.to_numpy(dtype=float) / (area.max() or 1))
        radius = pd.Series(LARGEST_POINTS * share, index=table.index).clip(SMALLEST_POINTS)
    points = pd.DataFrame(
        {"x": table["strength"], "y": table["attractiveness"], "radius": radius,
         "cell": table["cell"], "is_stand_in": table["basis"].str.startswith(STAND_IN)}
    )[table["cell"].isin(COLOURS)]  # fmt: skip
    if points.empty:
        raise InputError("no account is placed: of none are attractiveness and strength known")
    return points.sort_values("radius", ascending=False, kind="stable")


def plot_matrix(
    table: pd.DataFrame,
    *,
    names: pd.Series,
    size: pd.Series | None = None,
    named: pd.Index | None = None,
    attractive_from: float = ATTRACTIVE_FROM,
    strong_from: float = STRONG_FROM,
    ax: Axes | None = None,
) -> Axes:
    """Draw the four cells with their policies, and name the accounts to invest in.

    Accounts of which the client was not asked are hollow. Names never overlap; one that finds
    no room becomes a number explained under the picture, and in axes of the caller's it is
    left out.

    Parameters
    ----------
    table, size
        As for `matrix_points`.
    names
        Name by account_id.
    named
        Ids of the accounts to name; the ten most attractive of the upper cells if None.
    attractive_from, strong_from
        Cut-offs, as in `matrix.portfolio_matrix`.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        As `matrix_points`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> table = pd.DataFrame({"strength": [1.2, 0.4], "attractiveness": [7.0, 8.0],
    ...                       "cell": ["strategic", "star"], "basis": ""}, index=["a", "b"])
    >>> ax = plot_matrix(table, names=pd.Series({"a": "Harbour Foods", "b": "浩瀚食品"}))
    >>> ax.figure.get_suptitle()
    '1 account is strategic, 1 is a star to be won'
    >>> plt.close("all")
    """
    points = matrix_points(table, size=size)
    own_figure = ax is None
    with styled_axes(ax, height=HEIGHT_INCHES) as ax:
        for is_hollow, of_kind in points.groupby("is_stand_in"):
            colours = of_kind["cell"].map(COLOURS).tolist()
            ax.scatter(
                of_kind["x"], of_kind["y"], s=(2 * of_kind["radius"]) ** 2, zorder=2,
                facecolors=[to_rgba(c, HOLLOW_ALPHA if is_hollow else ALPHA) for c in colours],
                edgecolors=colours if is_hollow else "white", linewidths=1.1,
            )  # fmt: skip
        right = max(LEAST_STRENGTH_SHOWN, points["x"].max() * 1.04)
        ax.set(xlim=(-0.03 * right, 1.03 * right), ylim=(LOW - 0.3, HIGH + 0.3))
        ax.axhline(attractive_from, color=INK, linewidth=1.1, zorder=1)
        ax.axvline(strong_from, color=INK, linewidth=1.1, zorder=1)
        ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        ax.xaxis.set_major_formatter("{x:g}")
        ax.set(xlabel=_strength_label(table, points), ylabel=tr("Attractiveness, 1–10"))
        _write_cells(ax)
        write_title(ax, _title(table))
        shown = _to_name(table) if named is None else named.intersection(points.index, sort=False)
        name_points(ax, points, figure_names(names.reindex(shown)), key=own_figure)
    return ax


def _write_cells(ax: Axes) -> None:
    """Write each cell's name and policy at its corner, outside the axes, where no name goes."""
    ax.tick_params(axis="x", pad=40)
    for cell in CELLS:
        x, y, across, up = LABEL_PLACES[cell.name]
        said = f"{_cell_name(cell.name)}\n{tr_in('value', cell.policy)}"
        ax.text(x, y, said, transform=ax.transAxes,
                ha=across, va=up, color=letters(COLOURS[cell.name]), linespacing=1.3,
                multialignment=across)  # fmt: skip


def _cell_name(name: str) -> str:
    return tr_in("value", name).capitalize()


def _strength_label(table: pd.DataFrame, points: pd.DataFrame) -> str:
    lines = [tr("Our strength as the client sees it (1 = level with the best rival)")]
    if points["is_stand_in"].any():
        lines.append(tr("Hollow: not asked, share of wallet and relationship stand in"))
    n_left_out = len(table) - len(points)
    if n_left_out:
        lines.append(tr_n("{n:,} account of which too little is known: not shown",
                          "{n:,} accounts of which too little is known: not shown",
                          n=n_left_out))  # fmt: skip
    return "\n".join(lines)


def _to_name(table: pd.DataFrame, most: int = 10) -> pd.Index:
    upper = table[table["cell"].isin(["strategic", "star"])]
    return upper["attractiveness"].sort_values(ascending=False, kind="stable").index[:most]


def _title(table: pd.DataFrame) -> str:
    counts = table["cell"].value_counts()
    strategic, star = int(counts.get("strategic", 0)), int(counts.get("star", 0))
    first = tr_n("{n:,} account is strategic", "{n:,} accounts are strategic", n=strategic)
    second = tr_n("{n:,} is a star to be won", "{n:,} are stars to be won", n=star)
    return tr("{first}, {second}", first=first, second=second)
