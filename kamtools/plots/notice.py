"""How many days of notice pay: the gain of both sides, the best length, and the essay's."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.errors import InputError
from kamtools.language import tr
from kamtools.plots.checking import check_table
from kamtools.plots.contrast import letters
from kamtools.plots.style import BLUE, GREEN, GREY, INK, VERMILLION, styled_axes, write_title
from kamtools.power.simulation_notice import ENOUGH, ESSAY_DAYS, BestNotice, best_notice

COLUMNS = ("supplier_gain", "supplier_gain_low", "supplier_gain_high", "account_margin")
HEADROOM = 0.2


def notice_points(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the points of both sides' curves.

    Parameters
    ----------
    curve : index notice_days, from 0 and rising
        From `power.simulation_notice.notice_curve`.

    Returns
    -------
    (n_lengths, 5)
        `days`; `supplier`, `low`, `high`, the supplier's gain over no notice with its interval,
        and `account`, the account's (points of 100).

    Raises
    ------
    InputError
        If a column is missing, or there are fewer than two lengths or the first is not 0.

    Examples
    --------
    >>> curve = pd.DataFrame({"supplier_gain": [0, 2.0], "supplier_gain_low": [0, -1.0],
    ...                       "supplier_gain_high": [0, 5.0], "account_margin": [97.0, 98.5]},
    ...                      index=[0, 21])
    >>> notice_points(curve)
       days  supplier  low  high  account
    0   0.0       0.0  0.0   0.0      0.0
    1  21.0       2.0 -1.0   5.0      1.5
    """
    check_table(curve, COLUMNS, "curves of notice")
    days = curve.index.to_numpy(dtype=float)
    if len(days) < 2 or days[0] != 0 or (np.diff(days) <= 0).any():
        raise InputError("a curve of notice begins at 0 days and rises to one length or more")
    values = curve[list(COLUMNS)].astype(float).reset_index(drop=True)
    return pd.DataFrame(
        {
            "days": days,
            "supplier": values["supplier_gain"],
            "low": values["supplier_gain_low"],
            "high": values["supplier_gain_high"],
            "account": values["account_margin"] - values["account_margin"].iloc[0],
        }
    )


def plot_notice(curve: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what each length of notice gains, with half a month to a month shaded.

    The pale band holds the supplier's gain in the years simulated. Two marks are on its mean:
    the length that gains most, and the shortest that brings nearly as much.

    Parameters
    ----------
    curve
        From `power.simulation_notice.notice_curve`.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        As `notice_points`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> curve = pd.DataFrame({"supplier_gain": [0, 1.9, 2.0], "supplier_gain_low": [0, -1, -1],
    ...                       "supplier_gain_high": [0, 4, 5.0], "account_margin": [97, 98, 98.5]},
    ...                      index=[0, 21, 40])
    >>> plot_notice(curve).figure.get_suptitle()
    '21 days of notice bring nearly all that notice can'
    >>> plt.close("all")
    """
    points = notice_points(curve)
    best = best_notice(curve)
    with styled_axes(ax) as ax:
        ax.axvspan(*ESSAY_DAYS, color=GREEN, alpha=0.14, linewidth=0)
        ax.axhline(0, color=GREY, linewidth=1)
        ax.fill_between(points["days"], points["low"], points["high"], color=BLUE, alpha=0.12,
                        linewidth=0)  # fmt: skip
        ax.plot(points["days"], points["account"], color=VERMILLION)
        ax.plot(points["days"], points["supplier"], color=BLUE)
        ax.set_xlim(0, points["days"].iloc[-1])
        low, high = ax.get_ylim()
        ax.set_ylim(low, high + HEADROOM * (high - low))
        ax.set_xlabel(tr("Days of notice before a step is ready"))
        ax.set_ylabel(tr("Points of margin gained"))
        ax.yaxis.set_major_formatter(lambda y, _: f"{y:g}".replace("-", "−"))
        if best.best_days > 0:
            _mark(ax, points, best)
        _write_names(ax, points)
        write_title(ax, _title(best))
    return ax


def _mark(ax: Axes, points: pd.DataFrame, best: BestNotice) -> None:
    """Mark the best length, and the shortest that is nearly as good where it is another."""
    height, width = points.set_index("days")["supplier"], points["days"].iloc[-1]
    is_last = best.best_days > 0.8 * width
    is_near = best.best_days - best.enough_days < 0.3 * width
    said = tr("best: {days:g}", days=best.best_days)
    marks = [(best.best_days, said, "right" if is_last else "left",
              28 if is_last and is_near else 9)]  # fmt: skip
    if best.enough_days < best.best_days:
        is_first = best.enough_days < 0.25 * width
        text = tr("{share:.0f} % of it: {days:g}", share=100 * ENOUGH, days=best.enough_days)
        marks.append((best.enough_days, text,
                      "left" if is_first else "right", -12 if is_first else 9))  # fmt: skip
    for days, text, side, offset in marks:
        ax.plot(days, height[days], "o", color=BLUE, markersize=9, zorder=4)
        ax.annotate(text, (days, height[days]), xytext=(4 if side == "right" else -4, offset),
                    textcoords="offset points", ha=side, color=INK,
                    va="bottom" if offset > 0 else "top")  # fmt: skip


def _write_names(ax: Axes, points: pd.DataFrame) -> None:
    """Write both names at the right end of their lines, the higher one higher, and the essay's."""
    last = points.iloc[-1]
    names = [(last["supplier"], tr("the supplier"), BLUE),
             (last["account"], tr("the account"), VERMILLION)]  # fmt: skip
    for place, (height, name, colour) in enumerate(sorted(names)):
        ax.annotate(
            name, (1, height), xycoords=("axes fraction", "data"), xytext=(6, 5 if place else -5),
            textcoords="offset points", color=letters(colour), va="bottom" if place else "top",
            fontweight="bold", annotation_clip=False,
        )  # fmt: skip
    ax.annotate(
        tr("half a month\nto a month"), (sum(ESSAY_DAYS) / 2, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, -4), textcoords="offset points", ha="center", va="top", color=INK,
    )  # fmt: skip


def _title(best: BestNotice) -> str:
    if best.best_days == 0:
        return tr("No length of notice pays the supplier")
    return tr("{days:g} days of notice bring nearly all that notice can", days=best.enough_days)
