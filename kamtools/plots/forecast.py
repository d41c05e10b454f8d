"""What each account may bring in the coming months, beside what it brought."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.language import tr, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import BLUE, INK, PALE, VERMILLION, money_axis, styled_axes, write_title

ROW_INCHES = 0.3
FRAME_INCHES = 1.5
AT_RISK_FROM = 0.2
COLUMNS = ("revenue", "revenue_low", "revenue_high", "p_alive")


def plot_forecast(
    table: pd.DataFrame,
    *,
    names: pd.Series,
    past: pd.Series,
    currency: str = "",
    top: int = 20,
    ax: Axes | None = None,
) -> Axes:
    """Draw the expected revenue of the accounts with its interval, beside that of the past.

    An account that may leave, with a fifth or more, is drawn in another colour.

    Parameters
    ----------
    table : index account_id, in the order of the rows
        `revenue`, `revenue_low`, `revenue_high` (money) and `p_alive` (0-1), from
        `forecast.forecast`.
    names
        Name by account_id.
    past
        Money by account_id: what the last period of the same length brought.
    currency
        Stands in the label of the axis.
    top
        Draw only the first so many accounts.
    ax
        Where to draw; a new figure if None, the taller the more accounts.

    Raises
    ------
    InputError
        If a column is missing or there is no account.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> table = pd.DataFrame({"revenue": [90.0, 20.0], "revenue_low": [70.0, 0.0],
    ...                       "revenue_high": [120.0, 40.0], "p_alive": [0.99, 0.6]},
    ...                      index=["a", "b"])
    >>> ax = plot_forecast(table, names=pd.Series({"a": "Harbour", "b": "浩瀚"}),
    ...                    past=pd.Series({"a": 80.0, "b": 30.0}))
    >>> ax.figure.get_suptitle()
    '1 of 2 accounts may well leave'
    >>> plt.close("all")
    """
    check_table(table, COLUMNS, "forecast")
    rows = table.iloc[:top]
    is_shaky = (rows["p_alive"] <= 1 - AT_RISK_FROM).to_numpy()
    y = np.arange(len(rows))
    with styled_axes(ax, height=FRAME_INCHES + ROW_INCHES * len(rows)) as ax:
        ax.hlines(
            y,
            rows["revenue_low"],
            rows["revenue_high"],
            color=PALE,
            linewidth=7,
            label=tr("interval"),
        )
        for mask, colour, label in (
            (~is_shaky, BLUE, tr("expected")),
            (is_shaky, VERMILLION, tr("expected, may leave")),
        ):
            if mask.any():
                ax.plot(rows["revenue"][mask], y[mask], "o", color=colour, label=label)
        ax.plot(past.reindex(rows.index), y, "|", color=INK, markersize=11, markeredgewidth=1.6,
                label=tr("last period"))  # fmt: skip
        ax.set_yticks(y, figure_names(names.reindex(rows.index)), parse_math=False)
        ax.set(xlim=(min(0, float(rows["revenue_low"].min())), None), ylim=(len(rows) - 0.4, -0.6))
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(tr("Revenue") + (f" ({currency})" if currency else ""), parse_math=False)
        ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=4, borderpad=0.2,
                  handletextpad=0.3, columnspacing=1.3)  # fmt: skip
        write_title(ax, _title(is_shaky))
        money_axis(ax.xaxis)
    return ax


def _title(is_shaky: np.ndarray) -> str:
    n, shaky = len(is_shaky), int(is_shaky.sum())
    return tr_n("{shaky} of {n} account may well leave", "{shaky} of {n} accounts may well leave",
                n=n, shaky=shaky or tr("None"))  # fmt: skip
