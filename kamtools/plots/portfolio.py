"""The portfolio: every account as a bubble, the chosen ones in colour and by name."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_in
from kamtools.plots.fonts import figure_names
from kamtools.plots.naming import name_points
from kamtools.plots.style import BLUE, PALE, VERMILLION, money_axis, styled_axes, write_title

SMALLEST_POINTS = 2.2
HEIGHT_INCHES = 5.2
LARGEST_POINTS = 13.0
ALPHA = 0.7
OTHERS = marked("other accounts")
GROUPS = {marked("chosen"): BLUE, marked("only on the list by sales"): VERMILLION, OTHERS: PALE}


def bubbles(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    size: str,
    chosen: pd.Series,
    by_sales: pd.Series | None = None,
    log: bool = True,
) -> pd.DataFrame:
    """Return what the portfolio picture draws of each account.

    Parameters
    ----------
    table
        Index account_id, with the numeric columns `x`, `y` and `size`.
    x, y, size
        Columns for the place and the area of a bubble; a `size` that is missing or below 0
        counts as 0.
    chosen
        By account_id, whether the account is on the chosen list.
    by_sales
        By account_id, whether it is on the list by sales.
    log
        Whether x is drawn on a logarithmic scale; accounts at or below 0 are then left out.

    Returns
    -------
    DataFrame
        Index account_id, the largest first; columns x, y, radius (points) and group, one of
        "chosen", "only on the list by sales" and "other accounts".

    Raises
    ------
    InputError
        If a column is not in the table.

    Examples
    --------
    >>> table = pd.DataFrame({"revenue": [9.0, 1.0, 0.0], "score": [0.4, 0.6, 0.1]})
    >>> bubbles(table, x="revenue", y="score", size="revenue", chosen=table["score"] > 0.5)
         x    y     radius           group
    0  9.0  0.4  13.000000  other accounts
    1  1.0  0.6   4.333333          chosen
    """
    missing = [column for column in (x, y, size) if column not in table]
    if missing:
        raise InputError(
            f"the portfolio needs the columns {', '.join(missing)}; "
            f"got {', '.join(map(str, table.columns))}"
        )
    area = table[size].fillna(0).clip(lower=0)
    radius = LARGEST_POINTS * np.sqrt(area / (area.max() or 1))
    sold = False if by_sales is None else by_sales.reindex(table.index, fill_value=False)
    group = np.select(
        [chosen.reindex(table.index, fill_value=False), sold], list(GROUPS)[:2], list(GROUPS)[2]
    )
    points = pd.DataFrame(
        {"x": table[x], "y": table[y], "radius": radius.clip(SMALLEST_POINTS), "group": group}
    )
    drawn = points[["x", "y"]].notna().all(axis=1) & ((points["x"] > 0) | (not log))
    return points[drawn].sort_values("radius", ascending=False, kind="stable")


def plot_portfolio(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    size: str,
    names: pd.Series,
    chosen: pd.Series,
    by_sales: pd.Series | None = None,
    x_label: str | None = None,
    y_label: str | None = None,
    title: str | None = None,
    currency: str = "",
    log: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw the portfolio with the names of the chosen accounts and of the largest by sales.

    Names never overlap. A name that finds no room becomes a number explained under the
    picture; in axes of the caller's, where a key has no place, it is left out and counted
    in the label of x.

    Parameters
    ----------
    table, x, y, size, chosen, by_sales, log
        As for `bubbles`; x is money.
    names
        Name by account_id.
    x_label, y_label
        What the axes say; the names of the columns if None.
    title
        What the picture says; none if None.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        If a column is not in the table, or no account can be drawn.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> table = pd.DataFrame({"revenue": [9e5, 1e5], "score": [0.4, 0.6]}, index=["C1", "C2"])
    >>> ax = plot_portfolio(
    ...     table,
    ...     x="revenue",
    ...     y="score",
    ...     size="revenue",
    ...     names=pd.Series({"C1": "Harbour Foods", "C2": "浩瀚食品"}),
    ...     chosen=table["score"] > 0.5,
    ... )
    >>> "浩瀚食品" in [text.get_text() for text in ax.texts]
    True
    >>> plt.close("all")
    """
    points = bubbles(table, x=x, y=y, size=size, chosen=chosen, by_sales=by_sales, log=log)
    if points.empty:
        raise InputError(f"no account has both {x} and {y}" + (" above 0" if log else ""))
    own_figure = ax is None
    with styled_axes(ax, height=HEIGHT_INCHES) as ax:
        n_left_out = len(table) - len(points)
        note = " " + tr("({n:,} without any: not shown)", n=n_left_out) if n_left_out else ""
        dress_portfolio(ax, x_label=_called(x_label or x, currency) + note,
                        y_label=_called(y_label or y), log=log)  # fmt: skip
        if title:
            write_title(ax, title)
        draw_bubbles(ax, points)
        rest = name_points(ax, points, bubble_names(points, names), key=own_figure)
        if len(rest) and not own_figure:
            ax.set_xlabel(f"{ax.get_xlabel()} " + tr("({n} names without room)", n=len(rest)))
    return ax


def _called(label: str, currency: str = "") -> str:
    return tr_in("value", label) + (f" ({currency})" if currency else "")


def dress_portfolio(ax: Axes, *, x_label: str, y_label: str, log: bool = True) -> None:
    """Give axes what a portfolio has apart from its bubbles: money along x, labels, legend.

    Parameters
    ----------
    ax
        Axes under our look, as `style.styled_axes` yields them.
    x_label, y_label
        What the axes say.
    log
        Whether x is logarithmic.
    """
    ax.set_xscale("log" if log else "linear")
    money_axis(ax.xaxis)
    ax.set(xlabel=x_label, ylabel=y_label)
    ax.margins(0.07)
    handles = [
        Line2D([], [], linestyle="", marker="o", markersize=9, alpha=ALPHA, color=colour)
        for colour in GROUPS.values()
    ]
    said = [tr(group) for group in GROUPS]
    ax.legend(handles, said, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3,
              borderpad=0.2, handletextpad=0.2, columnspacing=1.2)  # fmt: skip


def draw_bubbles(ax: Axes, points: pd.DataFrame) -> PathCollection:
    """Draw the bubbles, those without a group of interest at the back, small ones in front.

    Parameters
    ----------
    ax
        Where to draw.
    points
        As `bubbles` returns them.
    """
    depth = points["group"].map({group: -row for row, group in enumerate(GROUPS)})
    ordered = points.loc[depth.sort_values(kind="stable").index]
    return ax.scatter(
        ordered["x"], ordered["y"], s=(2 * ordered["radius"]) ** 2, alpha=ALPHA, zorder=2,
        color=ordered["group"].map(GROUPS).tolist(), edgecolors="white", linewidths=0.8,
    )  # fmt: skip


def bubble_names(points: pd.DataFrame, names: pd.Series) -> pd.Series:
    """Return the names that a portfolio shows: of the chosen, then of the largest by sales.

    Parameters
    ----------
    points
        As `bubbles` returns them.
    names
        Name by account_id.
    """
    groups = list(GROUPS)[:2]
    shown = pd.concat([points[points["group"] == group] for group in groups])
    return figure_names(names.reindex(shown.index))
