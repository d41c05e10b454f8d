"""Figures of how far a firm lives on few accounts, and how well sales foretell sales."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.language import tr
from kamtools.plots.contrast import letters
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import (
    BLUE,
    GREY,
    INK,
    PALE,
    VERMILLION,
    percent_axis,
    styled_axes,
    write_title,
)
from kamtools.selection.concentration import round_half_up
from kamtools.wording import percent


def pareto_marks(
    curve: pd.DataFrame, *, account_share: float = 0.2, revenue_share: float = 0.8
) -> pd.DataFrame:
    """Return the two points that are read off a Pareto curve.

    Parameters
    ----------
    curve
        As `concentration.pareto_curve` returns it: index account_id from the largest down,
        columns account_share and revenue_share, both cumulated and 0-1.
    account_share
        The share of accounts (0-1), rounded to whole accounts, whose revenue is asked.
    revenue_share
        The share of revenue (0-1) for which it is asked how many accounts bring it.

    Returns
    -------
    DataFrame
        Rows "top" and "reached"; columns accounts (a whole number), account_share and
        revenue_share.

    Examples
    --------
    >>> curve = pd.DataFrame(
    ...     {"account_share": [0.25, 0.5, 0.75, 1.0], "revenue_share": [0.7, 0.9, 0.96, 1.0]}
    ... )
    >>> pareto_marks(curve)
             accounts  account_share  revenue_share
    top             1           0.25            0.7
    reached         2           0.50            0.9
    """
    top = max(1, round_half_up(account_share * len(curve)))
    below = (curve["revenue_share"] < revenue_share - 1e-12).to_numpy()
    reached = len(curve) if below.all() else int(below.argmin()) + 1
    marks = curve[["account_share", "revenue_share"]].iloc[[top - 1, reached - 1]]
    marks = marks.set_axis(["top", "reached"])
    marks.insert(0, "accounts", [top, reached])
    return marks


def plot_pareto(
    curve: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    account_share: float = 0.2,
    revenue_share: float = 0.8,
    largest: int = 3,
    ax: Axes | None = None,
) -> Axes:
    """Draw what share of revenue the largest accounts bring, with two points read off.

    Parameters
    ----------
    curve, account_share, revenue_share
        As for `pareto_marks`.
    names
        Name by account_id; where given, the largest accounts are listed with their shares.
    largest
        How many of the largest accounts to list.
    ax
        Where to draw; a new figure if None.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> curve = pd.DataFrame(
    ...     {"account_share": [0.25, 0.5, 0.75, 1.0], "revenue_share": [0.7, 0.9, 0.96, 1.0]},
    ...     index=pd.Index(["C1", "C2", "C3", "C4"], name="account_id"),
    ... )
    >>> plot_pareto(curve).figure.get_suptitle()
    'The top 25 % of accounts bring 70 % of revenue'
    >>> plt.close("all")
    """
    marks = pareto_marks(curve, account_share=account_share, revenue_share=revenue_share)
    with styled_axes(ax) as ax:
        ax.plot([0, 1], [0, 1], color=PALE, linewidth=1.2, linestyle=(0, (4, 3)))
        ax.plot([0, *curve["account_share"]], [0, *curve["revenue_share"]], color=BLUE)
        for x, y, colour in zip(
            marks["account_share"], marks["revenue_share"], (VERMILLION, GREY), strict=True
        ):
            ax.plot([x, x, 0], [0, y, y], color=colour, linewidth=1.1, linestyle=(0, (2, 2)))
            ax.plot(x, y, "o", color=colour, markersize=8, zorder=4)
        highest = 1.02 * max(1.0, curve["revenue_share"].max())
        ax.set(xlim=(0, 1.01), ylim=(0, highest), yticks=np.arange(0.2, highest, 0.2))
        ax.set(xlabel=tr("Accounts, from the largest down"), ylabel=tr("Revenue"))
        ax.text(0.98, 0.03, _notes(curve, marks, names, largest), transform=ax.transAxes,
                ha="right", va="bottom", linespacing=1.45, parse_math=False)  # fmt: skip
        accounts, brought = marks[["account_share", "revenue_share"]].iloc[0]
        write_title(
            ax,
            tr(
                "The top {accounts} of accounts bring {share} of revenue",
                accounts=percent(accounts),
                share=percent(brought),
            ),
        )
        percent_axis(ax.xaxis)
        percent_axis(ax.yaxis)
    return ax


def plot_miss_rates(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    r"""Draw how many of the later top accounts an earlier list by sales missed.

    Parameters
    ----------
    table
        As `miss_rate.miss_rate_table` returns it; of its columns elite_size (accounts),
        elite_share, missed (accounts), observed_miss_rate, expected_miss_rate,
        expected_low and expected_high are drawn, the rates 0-1.
    ax
        Where to draw; a new figure if None.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> row = {"elite_share": 0.1, "elite_size": 30, "missed": 12, "observed_miss_rate": 0.4}
    >>> expected = {"expected_miss_rate": 0.5, "expected_low": 0.33, "expected_high": 0.63}
    >>> ax = plot_miss_rates(pd.DataFrame([row | expected]))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['top 30\n(10 %)']
    >>> plt.close("all")
    """
    rows = table.sort_values("elite_size", ascending=False).reset_index(drop=True)
    with styled_axes(ax) as ax:
        ax.barh(
            rows.index,
            rows["expected_high"] - rows["expected_low"],
            left=rows["expected_low"],
            height=0.34,
            color=PALE,
            label=tr("9 in 10 by chance"),
        )
        ax.plot(
            rows["expected_miss_rate"],
            rows.index,
            "|",
            color=INK,
            markersize=18,
            markeredgewidth=2,
            label=tr("expected"),
        )
        ax.plot(rows["observed_miss_rate"], rows.index, "o", color=VERMILLION, markersize=10,
                label=tr("missed here"))  # fmt: skip
        for y, (missed, size) in enumerate(zip(rows["missed"], rows["elite_size"], strict=True)):
            ax.text(1.02, y, tr("{n} of {all}", n=f"{missed:.0f}", all=f"{size:.0f}"), va="center",
                    color=letters(VERMILLION), transform=ax.get_yaxis_transform())  # fmt: skip
        sizes = zip(rows["elite_size"], rows["elite_share"], strict=True)
        ax.set_yticks(
            rows.index,
            [tr("top {n}", n=f"{size:.0f}") + f"\n({percent(share)})" for size, share in sizes],
        )
        ax.set(xlim=(-0.03, 1.03), ylim=(len(rows) - 0.5, -0.5))
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(tr("Missed of the later year's top accounts"))
        write_title(ax, tr("What a list by sales missed a year later"))
        ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, borderpad=0.2,
                  handlelength=1.4, columnspacing=1.5)  # fmt: skip
        percent_axis(ax.xaxis)
    return ax


def _notes(curve: pd.DataFrame, marks: pd.DataFrame, names: pd.Series | None, largest: int) -> str:
    """Return what stands under the curve, where no curve of shares can run."""
    n_reached, accounts, reached = marks.iloc[1]
    lines = [
        tr("{share} is reached with {n:,.0f} accounts ({accounts})",
           share=percent(reached), n=n_reached, accounts=percent(accounts))
    ]  # fmt: skip
    if names is not None and largest > 0:
        parts = curve["revenue_share"].diff().fillna(curve["revenue_share"]).iloc[:largest]
        shown = figure_names(names.reindex(parts.index))
        lines += [f"{name}: {percent(part)}" for name, part in zip(shown, parts, strict=True)]
    return "\n".join(lines)
