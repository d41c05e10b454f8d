"""The range in which an agreement can lie: where each side walks, and where it may settle."""

import pandas as pd
from matplotlib.axes import Axes

from kamtools.errors import InputError
from kamtools.language import marked, tr
from kamtools.plots.checking import check_table
from kamtools.plots.style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PALE,
    VERMILLION,
    money_axis,
    styled_axes,
    write_title,
)

ROWS = {
    "supplier_walks": (marked("We would walk below"), VERMILLION),
    "inside": (marked("All options inside (Nash)"), ORANGE),
    "outside": (marked("All options outside"), ORANGE),
    "settlement": (marked("Each where it belongs"), GREEN),
    "account_walks": (marked("The account would walk above"), BLUE),
}


def plot_bargaining(table: pd.DataFrame, *, currency: str = "", ax: Axes | None = None) -> Axes:
    """Draw the walk-away points and solutions with intervals, and where we stand today.

    Parameters
    ----------
    table : index as `bargaining_range.RESULTS`
        `low`, `middle`, `high` in money a year to the supplier.
    currency
        Stands in the label of the axis.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        If a column or a row is missing.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> names = [*ROWS, "today"]
    >>> table = pd.DataFrame({"low": range(6), "middle": range(1, 7), "high": range(2, 8)},
    ...                      index=names)
    >>> plot_bargaining(table).figure.get_suptitle()
    'Today lies outside the range of agreement'
    >>> plt.close("all")
    """
    check_table(table, ("low", "middle", "high"), "bargaining range")
    lacking = [name for name in (*ROWS, "today") if name not in table.index]
    if lacking:
        raise InputError(f"bargaining range lacks the rows {', '.join(lacking)}")
    middle = table["middle"].astype(float)
    today = float(middle["today"])
    low, high = (float(middle[f"{who}_walks"]) for who in ("supplier", "account"))
    with styled_axes(ax, height=3.9) as ax:
        if low <= high:
            ax.axvspan(low, high, color=PALE, alpha=0.35, linewidth=0)
        for y, (name, (_, colour)) in enumerate(ROWS.items()):
            row = table.loc[name]
            ax.hlines(y, row["low"], row["high"], color=colour, linewidth=8, alpha=0.4)
            ax.plot(row["middle"], y, "o", color=colour, markersize=8)
        ax.axvline(today, color=INK, linewidth=1.6, linestyle="--")
        ax.annotate(
            tr("today"), (today, -0.6), xytext=(5, -2), textcoords="offset points", va="top"
        )
        ax.set_yticks(range(len(ROWS)), [tr(label) for label, _ in ROWS.values()])
        ax.set_ylim(len(ROWS) - 0.5, -0.8)
        ax.margins(x=0.06)
        ax.grid(visible=False, axis="y")
        what = tr("To us, a year")
        ax.set_xlabel(f"{what} ({currency})" if currency else what, parse_math=False)
        write_title(ax, _title(today, low, high))
        money_axis(ax.xaxis)
    return ax


def _title(today: float, low: float, high: float) -> str:
    if low > high:
        return tr("Both sides are better off apart")
    if not low <= today <= high:
        return tr("Today lies outside the range of agreement")
    share = 100 * (today - low) / max(high - low, 1e-12)
    return tr("Today we hold {share:.0f} % of the range", share=share)
