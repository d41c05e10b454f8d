"""The hours a year that each account takes, by what they go into, and how sure they are."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_in
from kamtools.plots.fonts import drawable, figure_names, shorten
from kamtools.plots.style import GREY, INK, PALE, SERIES, styled_axes, write_title
from kamtools.role.workload import TO_COME
from kamtools.wording import percent

OTHER = marked("all other work")
ROW_INCHES = 0.3
FRAME_INCHES = 1.2
LEGEND_LINE_INCHES = 0.26
RANGES = ("hours_low", "hours_high")
FAR_TIMES = 2.5
ROOM = 1.12


def workload_bars(parts: pd.DataFrame, *, top: int | None = None) -> pd.DataFrame:
    """Return the bars of the picture: most hours first, few enough parts for the colours.

    Parameters
    ----------
    parts
        Hours of at least 0 by account and part, from `workload.workload_parts`.
    top
        Keep only the accounts with the most hours; all if None.

    Returns
    -------
    DataFrame
        Rows by falling hours. At most six parts, those with the most hours first, then what
        all others sum to, then what the log does not hold yet.

    Raises
    ------
    InputError
        If there is no account or no part.

    Examples
    --------
    >>> parts = pd.DataFrame({"visit": [30.0, 90.0], "complaint": [40.0, 10.0]}, ["a", "b"])
    >>> workload_bars(parts)
       visit  complaint
    b   90.0       10.0
    a   30.0       40.0
    """
    if parts.empty:
        raise InputError(
            "workload is drawn for at least one account with hours; got "
            f"{parts.shape[0]} accounts, {parts.shape[1]} parts"
        )
    order = parts.sum(axis=1).sort_values(ascending=False, kind="stable").index[:top]
    rows = parts.loc[order]
    done = rows.drop(columns=TO_COME, errors="ignore")
    most = done.sum().sort_values(ascending=False, kind="stable").index
    bars = done[most[: len(SERIES)]]
    if len(most) > len(SERIES):
        bars = bars.assign(**{OTHER: done[most[len(SERIES) :]].sum(axis=1)})
    return bars.join(rows[[TO_COME]]) if TO_COME in rows else bars


def plot_workload(
    parts: pd.DataFrame,
    *,
    names: pd.Series,
    table: pd.DataFrame | None = None,
    top: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar of hours for each account, and a line from its least to its most hours.

    A bar of more than two and a half times the most hours of all others is cut, with its hours
    written at the cut.

    Parameters
    ----------
    parts
        As for `workload_bars`.
    names
        Name by account_id.
    table
        From `workload.workload`, for `hours_low` and `hours_high`; no ranges if None.
    top
        Draw only the accounts with the most hours; all if None.
    ax
        Where to draw; a new figure if None, the taller the more accounts.

    Raises
    ------
    InputError
        As `workload_bars`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> parts = pd.DataFrame({"visit": [30.0, 90.0], "complaint": [40.0, 10.0]}, ["a", "b"])
    >>> ax = plot_workload(parts, names=pd.Series({"a": "Harbour Foods", "b": "浩瀚食品"}))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['浩瀚食品', 'Harbour Foods']
    >>> plt.close("all")
    """
    bars = workload_bars(parts, top=top)
    legend_lines = -(-(bars.shape[1] + (table is not None)) // 2)
    height = FRAME_INCHES + legend_lines * LEGEND_LINE_INCHES + ROW_INCHES * len(bars)
    with styled_axes(ax, height=height) as ax:
        y = np.arange(len(bars))
        start = bars.cumsum(axis=1) - bars
        for part, colour in zip(bars.columns, _colours(bars.columns), strict=True):
            ax.barh(y, bars[part], left=start[part], height=0.68, color=colour, linewidth=0.6,
                    edgecolor="white", hatch="////" if part == TO_COME else None,
                    label=shorten(drawable(_said(str(part))), 28))  # fmt: skip
        if table is not None:
            low, high = (table[column].reindex(bars.index) for column in RANGES)
            ax.hlines(y, low, high, color=INK, linewidth=1.6, zorder=4, label=tr("least to most"))
            ax.plot(low, y, "|", high, y, "|", color=INK, markersize=8, markeredgewidth=1.6,
                    zorder=4)  # fmt: skip
        ax.set_yticks(y, figure_names(names.reindex(bars.index)), parse_math=False)
        ax.set_ylim(len(bars) - 0.4, -0.6)
        _limit_hours(ax, bars.sum(axis=1), None if table is None else table["hours_high"])
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(tr("Hours a year"))
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
        write_title(ax, _title(parts, bars))
    return ax


def _limit_hours(ax: Axes, hours: pd.Series, high: pd.Series | None) -> None:
    """Cut bars that would make all others unreadable, and write their hours at the cut."""
    ends = hours if high is None else high.reindex(hours.index).fillna(hours).clip(lower=hours)
    is_far = hours > FAR_TIMES * hours.median()
    is_far &= hours > FAR_TIMES * ends[~is_far].max()
    end = ROOM * float(ends[~is_far].max())
    ax.set_xlim(0, end if end > 0 else 1.0)
    for row in np.flatnonzero(is_far):
        ax.text(0.985 * end, float(row), f"{hours.iloc[row]:,.0f} →", ha="right", va="center",
                color=INK, weight="bold", zorder=5,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})  # fmt: skip


def _colours(parts: pd.Index) -> list[str]:
    fixed = {OTHER: GREY, TO_COME: PALE}
    return [fixed.get(str(part), colour) for part, colour in zip(
        parts, (*SERIES, GREY, PALE), strict=False)]  # fmt: skip


def _said(part: str) -> str:
    return tr(OTHER) if part == OTHER else tr_in("value", part)


def _title(parts: pd.DataFrame, bars: pd.DataFrame) -> str:
    n, total = len(parts), parts.to_numpy().sum()
    if n == 1:
        return tr("The account takes {hours:,.0f} hours a year", hours=total)
    if len(bars) < n:
        share = bars.to_numpy().sum() / total
        return tr("{shown:,} of {n:,} accounts take {share} of {hours:,.0f} hours a year",
                  shown=len(bars), n=n, share=percent(share), hours=total)  # fmt: skip
    return tr("{n:,} accounts take {hours:,.0f} hours a year", n=n, hours=total)
