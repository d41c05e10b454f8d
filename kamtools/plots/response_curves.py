"""How each account's margin answers to hours, with today's hours and the chosen ones."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from kamtools.errors import InputError
from kamtools.language import tr, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import GREY, SERIES, money_axis, styled_axes, write_title
from kamtools.role.allocation import CURVE, expected_margin

POINTS = 160
BEYOND = 1.25
LEGEND_LINE_INCHES = 0.26
HEIGHT_INCHES = 4.3
CHOICE = ("today_hours", "hours", "margin")


def curve_points(curves: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return the points of each account's curve up to a little beyond its hours.

    Parameters
    ----------
    curves
        From `response_curves.account_curves`.
    chosen
        The `by_account` of an `allocation.Allocation`, for the accounts to draw.

    Returns
    -------
    (160, n_accounts) money
        Index hours a year, from 0 to a quarter beyond the most that anyone has or gets.

    Raises
    ------
    InputError
        If a table lacks a column or an account, or there are none or more than six.

    Examples
    --------
    >>> curves = pd.DataFrame({"margin": [100.0], "hours": [10.0], "minimum": [0.5],
    ...                        "maximum": [1.4], "c": [0.8], "d": [2.5]}, index=["a"])
    >>> chosen = pd.DataFrame({"today_hours": [10.0], "hours": [16.0], "margin": [121.0]}, ["a"])
    >>> curve_points(curves, chosen).iloc[[0, -1]].round(1)
             a
    0.0    50.0
    20.0  128.8
    """
    check_table(curves, CURVE, "response curves")
    check_table(chosen, CHOICE, "hours chosen")
    if len(chosen) > len(SERIES) or not chosen.index.isin(curves.index).all():
        raise InputError(
            f"response curves are drawn for 1 to {len(SERIES)} accounts that have a curve; got "
            f"{len(chosen)}"
        )
    most = BEYOND * chosen[["today_hours", "hours"]].to_numpy().max()
    grid = pd.Index(np.linspace(0, most, POINTS))
    drawn = curves.loc[chosen.index]
    points = [expected_margin(drawn, pd.Series(hours, index=drawn.index)) for hours in grid]
    return pd.DataFrame(np.vstack(points), index=grid, columns=chosen.index)


def plot_response_curves(
    curves: pd.DataFrame,
    chosen: pd.DataFrame,
    *,
    names: pd.Series,
    currency: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the curves of up to six accounts: an open circle today, a full one as chosen.

    Where the hours are chosen well, the curves are equally steep at the full circles, apart
    from those at the least or the most hours that an account may have.

    Parameters
    ----------
    curves, chosen
        As for `curve_points`.
    names
        Name by account_id.
    currency
        Stands in the label of the axis.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        As `curve_points`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> curves = pd.DataFrame({"margin": [100.0], "hours": [10.0], "minimum": [0.5],
    ...                        "maximum": [1.4], "c": [0.8], "d": [2.5]}, index=["a"])
    >>> chosen = pd.DataFrame({"today_hours": [10.0], "hours": [16.0], "margin": [121.0]}, ["a"])
    >>> ax = plot_response_curves(curves, chosen, names=pd.Series({"a": "浩瀚食品"}))
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['浩瀚食品', 'hours today', 'hours chosen']
    >>> plt.close("all")
    """
    points = curve_points(curves, chosen)
    shown = figure_names(names.reindex(chosen.index))
    today = expected_margin(curves.loc[chosen.index], chosen["today_hours"])
    legend_lines = -(-(len(chosen) + 2) // 2)
    with styled_axes(ax, height=HEIGHT_INCHES + LEGEND_LINE_INCHES * legend_lines) as ax:
        for account, colour in zip(chosen.index, SERIES, strict=False):
            row = chosen.loc[account]
            ax.plot(points.index, points[account], color=colour, label=shown[account])
            ax.plot(row["today_hours"], today[account], "o", color=colour, markersize=9,
                    markerfacecolor="white", markeredgewidth=2, zorder=4)  # fmt: skip
            ax.plot(row["hours"], row["margin"], "o", color=colour, markersize=9, zorder=5,
                    clip_on=False)  # fmt: skip
        ax.set_xlim(0, points.index[-1])
        ax.set_ylim(bottom=min(0.0, float(points.to_numpy().min())))
        ax.set_xlabel(tr("Hours a year"))
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.set_ylabel(
            tr("Expected margin a year, {currency}", currency=currency)
            if currency
            else tr("Expected margin a year")
        )
        money_axis(ax.yaxis)
        handles = [*ax.get_legend_handles_labels()[0], _circle("white", tr("hours today")),
                   _circle(GREY, tr("hours chosen"))]  # fmt: skip
        ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
        write_title(ax, _title(chosen))
    return ax


def _circle(face: str, label: str) -> Line2D:
    return Line2D([], [], linestyle="", marker="o", color=GREY, markersize=9,
                  markerfacecolor=face, markeredgewidth=2, label=label)  # fmt: skip


def _title(chosen: pd.DataFrame) -> str:
    more = int((chosen["hours"] > chosen["today_hours"]).sum())
    less = int((chosen["hours"] < chosen["today_hours"]).sum())
    if not more and not less:
        return tr("Every account keeps today's hours")
    if len(chosen) == 1:
        if more:
            return tr("The account should get more hours than today")
        return tr("The account should get fewer hours than today")
    parts = [tr_n("{n} gets more", "{n} get more", n=more)] if more else []
    parts += [tr_n("{n} gets fewer", "{n} get fewer", n=less)] if less else []
    said = tr(" and ").join(parts)
    return tr("Of {n} accounts, {said} hours than today", n=len(chosen), said=said)
