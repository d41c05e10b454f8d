"""The whale curve: what the good accounts earn, and what the bad ones give back."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.language import tr, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import (
    BLUE,
    GREY,
    HEIGHT_INCHES,
    INK,
    VERMILLION,
    money_axis,
    percent_axis,
    short_money,
    styled_axes,
    write_title,
)
from kamtools.wording import percent

LINE_INCHES = 0.23
COLUMNS = ("account_share", "cumulative_profit", "profit_share")


def whale_marks(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the peak and the end of a whale curve.

    Parameters
    ----------
    curve
        From `whale.whale_curve`: index account_id, the most profitable first, with
        `account_share`, `cumulative_profit` and `profit_share`.

    Returns
    -------
    DataFrame
        Rows "peak" and "end"; columns accounts (a whole number) and those of the curve. The
        peak is the first point that no other exceeds.

    Raises
    ------
    InputError
        If a column is missing or there is no account.

    Examples
    --------
    >>> curve = pd.DataFrame({"account_share": [0.5, 1.0], "cumulative_profit": [120.0, 70.0],
    ...                       "profit_share": [1.7, 1.0]}, index=["b", "a"])
    >>> whale_marks(curve)[["accounts", "cumulative_profit"]]
          accounts  cumulative_profit
    peak         1              120.0
    end          2               70.0
    """
    check_table(curve, COLUMNS, "whale curves")
    peak = int(curve["cumulative_profit"].to_numpy().argmax())
    marks = curve[list(COLUMNS)].iloc[[peak, len(curve) - 1]].set_axis(["peak", "end"])
    marks.insert(0, "accounts", [peak + 1, len(curve)])
    return marks


def plot_whale(
    curve: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    currency: str = "",
    losers: int = 3,
    ax: Axes | None = None,
) -> Axes:
    """Draw cumulative profit over the accounts, with the peak and what is given back.

    Parameters
    ----------
    curve
        As for `whale_marks`.
    names
        Name by account_id; where given, the largest losses are listed under the picture.
    currency
        Stands in the label of the axis.
    losers
        How many of the accounts that lose money to list.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        As `whale_marks`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> curve = pd.DataFrame({"account_share": [0.5, 1.0], "cumulative_profit": [120.0, 80.0],
    ...                       "profit_share": [1.5, 1.0]}, index=["b", "a"])
    >>> plot_whale(curve).figure.get_suptitle()
    '50 % of accounts earn 150 % of the profit'
    >>> plt.close("all")
    """
    marks = whale_marks(curve)
    notes = _notes(curve, marks, names, losers)
    with styled_axes(ax, height=HEIGHT_INCHES + LINE_INCHES * len(notes)) as ax:
        x, y = np.append(0.0, curve["account_share"]), np.append(0.0, curve["cumulative_profit"])
        (top_x, end_x), (top_y, end_y) = marks[["account_share", "cumulative_profit"]].to_numpy().T
        ax.plot(x, y, color=BLUE, zorder=3)
        ax.axhline(0, color=INK, linewidth=0.9)
        ax.plot([top_x, top_x], [0, top_y], color=GREY, linewidth=1.1, linestyle=(0, (2, 2)))
        if top_x < end_x:
            ax.fill_between(x, y, top_y, where=x >= top_x, color=VERMILLION, alpha=0.18)
        ax.plot(top_x, top_y, "o", color=BLUE, markersize=9, zorder=4)
        ax.plot(end_x, end_y, "o", color=VERMILLION, markersize=9, zorder=4, clip_on=False)
        ax.set_xlim(0, 1.01)
        lines = [tr("Accounts, from the most profitable down"), *notes]
        ax.set_xlabel("\n".join(lines), loc="left", multialignment="left", linespacing=1.4,
                      parse_math=False)  # fmt: skip
        ax.set_ylabel(
            tr("Profit so far, {currency}", currency=currency) if currency else tr("Profit so far")
        )
        ax.margins(y=0.08)
        write_title(ax, _title(marks))
        percent_axis(ax.xaxis)
        money_axis(ax.yaxis)
    return ax


def _title(marks: pd.DataFrame) -> str:
    accounts, peak, earned = marks[list(COLUMNS)].to_numpy()[0]
    if peak <= 0:
        return tr("No account earns a profit")
    if accounts == 1:
        return tr("No account gives profit back")
    if np.isnan(earned):
        return tr(
            "{accounts} of accounts earn a profit, the firm does not", accounts=percent(accounts)
        )
    return tr("{accounts} of accounts earn {share} of the profit",
              accounts=percent(accounts), share=percent(earned))  # fmt: skip


def _notes(
    curve: pd.DataFrame, marks: pd.DataFrame, names: pd.Series | None, losers: int
) -> list[str]:
    """Return what stands under the picture, where no curve can run."""
    n_top, n_all = (int(count) for count in marks["accounts"])
    peak, end = (float(profit) for profit in marks["cumulative_profit"])
    if peak <= end:
        return []
    accounts = tr_n("{n:,} account", "{n:,} accounts", n=n_top)
    others = tr_n("{n:,} other", "{n:,} others", n=n_all - n_top)
    lines = [
        tr("Peak: {peak} with {accounts}; given back by {others}: {back}",
           peak=short_money(peak), accounts=accounts, others=others,
           back=short_money(peak - end))
    ]  # fmt: skip
    profit = curve["cumulative_profit"].diff().fillna(curve["cumulative_profit"])
    losing = profit[profit < 0].iloc[::-1][:losers]
    if names is not None and len(losing):
        shown = figure_names(names.reindex(losing.index))
        told = [f"{name} ({short_money(float(p))})" for name, p in zip(shown, losing, strict=True)]
        lines += (
            [tr("Largest losses:"), *told]
            if len(told) > 1
            else [tr("Largest loss: {told}", told=told[0])]
        )
    return lines
