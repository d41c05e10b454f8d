"""What a stop of deliveries has cost both sides by each day, and where the lines cross."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.language import tr
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import BLUE, INK, VERMILLION, money_axis, styled_axes, write_title

COLUMNS = tuple(
    f"{side}_loss{end}" for side in ("supplier", "account") for end in ("_low", "", "_high")
)


def plot_stop(
    course: pd.DataFrame, *, supplier: str, account: str, currency: str = "",
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw both sides' losses, summed up, with their bands, and the day on which they cross.

    Parameters
    ----------
    course : index day
        As `stop.simulate_stop` returns it.
    supplier, account
        Names for the legend.
    currency
        Stands in the label of the axis.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        If a column is missing or there is no day.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> course = pd.DataFrame({name: [4.0, 8.0] for name in COLUMNS}, index=[1, 2])
    >>> course["account_loss"] = [0.0, 9.0]
    >>> plot_stop(course, supplier="We", account="浩瀚").figure.get_suptitle()
    'From day 2 on the account has lost more'
    >>> plt.close("all")
    """
    check_table(course, COLUMNS, "course of the stop")
    day = course.index.to_numpy()
    names = figure_names(pd.Series([supplier, account]))
    with styled_axes(ax) as ax:
        for side, name, colour in zip(
            ("supplier", "account"), names, (VERMILLION, BLUE), strict=True
        ):
            low, high = (course[f"{side}_loss_{end}"] for end in ("low", "high"))
            ax.fill_between(day, low, high, color=colour, alpha=0.15, linewidth=0)
            ax.plot(day, course[f"{side}_loss"], color=colour, label=name)
        is_over = (course["account_loss"] > course["supplier_loss"]).to_numpy()
        title = tr("The supplier has lost more on every day")
        if is_over.any():
            first = int(is_over.argmax())
            title = tr("From day {day} on the account has lost more", day=day[first])
            ax.plot(day[first], course["account_loss"].iloc[first], "o", color=INK, markersize=8)
        if is_over.all():
            title = tr("The account has lost more from the first day")
        bottom = float(np.min(course[list(COLUMNS)].to_numpy()))
        ax.set_ylim(min(0.0, bottom), None)
        ax.set_xlim(day[0], max(day[-1], day[0] + 1))
        ax.set_xlabel(tr("Days of the stop"))
        what = tr("Margin lost since it began")
        ax.set_ylabel(f"{what} ({currency})" if currency else what, parse_math=False)
        legend = ax.legend(loc="upper left")
        for text in legend.get_texts():
            text.set_parse_math(False)
        write_title(ax, title)
        money_axis(ax.yaxis)
    return ax
