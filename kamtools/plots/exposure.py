"""How the loss of an account adds up over the months, and when it has been refilled."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kamtools.language import marked, tr
from kamtools.plots.checking import check_table
from kamtools.plots.style import BLUE, INK, SKY, money_axis, short_money, styled_axes, write_title

SERIES = {"loss": marked("Loss of the month"), "cumulative_loss": marked("Loss in all"),
          "cash": marked("Cash")}  # fmt: skip


def plot_exposure(
    course: pd.DataFrame, *, show: str = "cumulative_loss", currency: str = "",
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw one line of the course with its band.

    Parameters
    ----------
    course : index month
        As `exposure_recovery.simulate_recovery` returns it.
    show
        "loss", "cumulative_loss" or "cash".
    currency
        Stands in the label of the axis.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        If a column is missing or there is no month.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> course = pd.DataFrame({"loss_low": [8, 4], "loss": [9, 5], "loss_high": [10, 6]},
    ...                       index=pd.RangeIndex(2, name="month"))
    >>> plot_exposure(course, show="loss").get_ylabel()
    'Loss of the month'
    >>> plt.close("all")
    """
    check_table(course, (f"{show}_low", show, f"{show}_high"), "course of the exposure")
    month = course.index.to_numpy() + 1
    low, middle, high = (course[f"{show}{end}"].to_numpy(float) for end in ("_low", "", "_high"))
    with styled_axes(ax) as ax:
        ax.fill_between(month, low, high, color=SKY, alpha=0.35, linewidth=0, label=tr("interval"))
        ax.plot(month, middle, color=BLUE, label=tr("middle"))
        if show == "cash":
            ax.axhline(0, color=INK, linewidth=1)
        else:
            ax.set_ylim(min(0.0, float(np.nanmin(low))), None)
        ax.set_xlim(month[0], max(month[-1], month[0] + 1))
        ax.set_xlabel(tr("Months after the first part goes"))
        label = tr(SERIES.get(show, show))
        ax.set_ylabel(f"{label} ({currency})" if currency else label, parse_math=False)
        ax.legend(loc="best")
        last = tr("{low} to {high}", low=short_money(low[-1]), high=short_money(high[-1]))
        write_title(
            ax, tr("{what} after {n} months: {range}", what=label, n=len(month), range=last)
        )
        ax.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10]))
        money_axis(ax.yaxis)
    return ax
