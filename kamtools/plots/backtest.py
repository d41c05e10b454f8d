"""What lists made in the past were worth later, by way of choosing and by horizon."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.errors import InputError
from kamtools.language import current, tr, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.line_names import write_line_names
from kamtools.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    percent_axis,
    styled_axes,
    write_title,
)
from kamtools.selection.backtest_dates import MONTHS_PER_YEAR, period_name
from kamtools.selection.backtest_lists import METHOD_LABELS, SALES_RANK
from kamtools.selection.backtest_measures import MEASURE_LABELS
from kamtools.selection.backtest_table import BETTER, POOLED, WORSE
from kamtools.selection.backtest_words import main_top, share_text, sizes

COLOURS = {
    SALES_RANK: INK,
    "score": BLUE,
    "auto": GREEN,
    "auto_margin": GREEN,
    "recent_sales": PURPLE,
    "margin_rank": PURPLE,
    "rfm": ORANGE,
    "bg_nbd": SKY,
    "trend": VERMILLION,
    "recency": GREY,
}
SHOWN = {
    "revenue_share": (SALES_RANK, "score", "auto", "recent_sales", "rfm", "bg_nbd"),
    "margin_share": (SALES_RANK, "score", "auto_margin", "margin_rank", "rfm", "bg_nbd"),
}
"""Of the other ways recency and trend are, as a rule, the forecast that the data choose."""
COLUMNS = ("date", "horizon_months", "top", "method", "measure", "value", "low", "high", "n_dates")
DODGE = 0.55


def lines_shown(
    table: pd.DataFrame,
    *,
    measure: str = "revenue_share",
    top: int | None = None,
    methods: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the rows that the picture shows: one measure, one list size, all dates together.

    Parameters
    ----------
    table
        From `backtest.backtest`.
    measure
        Of `backtest_measures.MEASURE_LABELS`.
    top
        List size; None for 20, or the nearest there is.
    methods
        Ways of choosing, of `backtest_lists.METHOD_LABELS`; None for the main ones. Those
        that could not be used are left out.

    Raises
    ------
    InputError
        If a column is missing, or the table has no such list, measure or method.

    Examples
    --------
    >>> row = {"date": "pooled", "horizon_months": 12, "top": 20, "measure": "revenue_share",
    ...        "value": 0.9, "low": 0.8, "high": 0.95, "n_dates": 4}
    >>> table = pd.DataFrame([row | {"method": "sales_rank"}, row | {"method": "score"}])
    >>> lines_shown(table, methods=["score"])["method"].tolist()
    ['score']
    """
    check_table(table, COLUMNS, "back-tests")
    if measure not in MEASURE_LABELS:
        raise InputError(f"measure must be one of {', '.join(MEASURE_LABELS)}; got {measure!r}")
    size = main_top(table) if top is None else top
    if size not in set(table["top"]):
        raise InputError(f"no list of {size} accounts was judged; there are {sizes(table)}")
    wanted = list(methods or SHOWN.get(measure, SHOWN["revenue_share"]))
    unknown = [name for name in wanted if name not in METHOD_LABELS]
    if unknown:
        raise InputError(f"no way of choosing is called {unknown[0]!r}; there are: "
                         f"{', '.join(METHOD_LABELS)}")  # fmt: skip
    is_it = (table["date"] == POOLED) & (table["measure"] == measure) & (table["top"] == size)
    rows = table[is_it & table["method"].isin(wanted) & table["value"].notna()]
    if rows.empty:
        raise InputError(f"{MEASURE_LABELS[measure].lower()} is known of none of these lists")
    place = rows["method"].map({name: at for at, name in enumerate(wanted)})
    return rows.assign(place=place).sort_values(["place", "horizon_months"]).drop(columns="place")


def plot_backtest(
    table: pd.DataFrame,
    *,
    measure: str = "revenue_share",
    top: int | None = None,
    methods: Sequence[str] | None = None,
    difference: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw what the lists caught by horizon, one line a way of choosing, with its interval.

    Parameters
    ----------
    table, measure, top, methods
        As for `lines_shown`. Where the table is empty, the reason is written instead.
    difference
        Whether to draw the difference to sales rank at the same dates in place of the share:
        its intervals are those of the verdict, and narrower, as both lists meet the same luck.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        As `lines_shown`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> row = {"date": "pooled", "horizon_months": 24, "top": 20, "measure": "revenue_share",
    ...        "method": "sales_rank", "value": 0.9, "low": 0.8, "high": 0.95, "n_dates": 4}
    >>> plot_backtest(pd.DataFrame([row])).figure.get_suptitle()
    'Sales rank caught 90 % of the best possible in year 2'
    >>> plt.close("all")
    """
    if table.empty and "reason" in table.attrs:
        return _write_reason(str(table.attrs["reason"]), ax)
    rows = lines_shown(table, measure=measure, top=top, methods=methods)
    shown = _differences(rows) if difference else rows
    with styled_axes(ax) as ax:
        _draw_lines(ax, shown)
        if difference:
            ax.axhline(0, color=INK, linewidth=1.2)
        last = shown.groupby("method", sort=False)["value"].last()
        text = _points if difference else share_text
        write_line_names(
            ax,
            last.to_numpy(dtype=float),
            [f"{tr(METHOD_LABELS[str(name)])} {text(value)}" for name, value in last.items()],
            colours=[COLOURS[str(name)] for name in last.index],
        )
        label = tr(MEASURE_LABELS[measure])
        less = tr("{measure},\nless that of sales rank", measure=label)
        ax.set_ylabel(less if difference else label)
        ax.set_xlabel(_under(rows), loc="left", multialignment="left", linespacing=1.4)
        write_title(ax, _compared(rows) if difference else _title(rows, measure))
        percent_axis(ax.yaxis)
    return ax


def _differences(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the others, with their difference to sales rank as the value."""
    check_table(rows, ("difference_to_sales_rank", "verdict"), "back-tests")
    others = rows[rows["method"] != SALES_RANK]
    if others.empty:
        raise InputError("a difference to sales rank needs another way of choosing; got none")
    return others.assign(
        value=others["difference_to_sales_rank"],
        low=others["difference_low"],
        high=others["difference_high"],
    )


def _draw_lines(ax: Axes, rows: pd.DataFrame) -> None:
    horizons = sorted(rows["horizon_months"].unique())
    names = list(dict.fromkeys(rows["method"]))
    offsets = np.linspace(-0.5, 0.5, len(names)) * DODGE if len(names) > 1 else np.zeros(1)
    for name, offset in zip(names, offsets, strict=True):
        line, colour = rows[rows["method"] == name], COLOURS[name]
        x = np.searchsorted(horizons, line["horizon_months"]) + offset
        width = 2.8 if name == SALES_RANK else 1.7
        ax.vlines(x, line["low"], line["high"], color=colour, linewidth=1.3, alpha=0.5)
        ax.plot(x, line["value"], "o-", color=colour, linewidth=width, markersize=5)
    low, high = float(rows["low"].min()), float(rows["high"].max())
    spare = 0.05 * max(high - low, 0.02)
    ax.set(ylim=(low - spare, high + spare), xlim=(-0.5, len(horizons) - 0.5))
    ax.set_xticks(range(len(horizons)), [_tick(horizon) for horizon in horizons])
    ax.grid(visible=False, axis="x")


def _points(difference: float) -> str:
    return f"{100 * difference:+.1f}".replace("-", "−")


def _tick(horizon: int) -> str:
    if current() != "en":
        return _period(int(horizon))
    name = period_name(int(horizon)).removeprefix("next ").replace("months", "mo.")
    return (
        name.replace("mo. ", "").replace(" to ", "–") + "\nmo."
        if " to " in name
        else name.replace(" ", "\n")
    )


def _period(horizon: int) -> str:
    """Return what a horizon looks at, as `period_name` says it in English."""
    if horizon == 1:
        return tr("next month")
    if horizon < MONTHS_PER_YEAR:
        return tr("next {n} months", n=horizon)
    if horizon % MONTHS_PER_YEAR == 0:
        return tr("year {n}", n=horizon // MONTHS_PER_YEAR)
    return tr("months {low} to {high}", low=horizon - MONTHS_PER_YEAR + 1, high=horizon)


def _under(rows: pd.DataFrame) -> str:
    most, fewest = int(rows["n_dates"].max()), int(rows["n_dates"].min())
    dates = f"{most}" if most == fewest else tr("{low} to {high}", low=fewest, high=most)
    return tr_n(
        "Lists of {top:,}, made at {dates} past date; bars: bootstrap intervals",
        "Lists of {top:,}, made at {dates} past dates; bars: bootstrap intervals",
        n=most, dates=dates, top=rows["top"].iloc[0],
    )  # fmt: skip


def _title(rows: pd.DataFrame, measure: str) -> str:
    sales = rows[rows["method"] == SALES_RANK]
    if sales.empty or not measure.endswith("_share"):
        return tr(MEASURE_LABELS[measure])
    last = sales.iloc[-1]
    period = _period(int(last["horizon_months"]))
    when = period if period.startswith("year") or current() != "en" else f"the {period}"
    return tr("Sales rank caught {share} of the best possible in {when}",
              share=share_text(last["value"]), when=when)  # fmt: skip


def _compared(rows: pd.DataFrame) -> str:
    better, worse = (
        rows.loc[rows["verdict"] == word, "method"].nunique() for word in (BETTER, WORSE)
    )
    return tr("Beside sales rank: {better} better, {worse} worse",
              better=better or tr("none"), worse=worse or tr("none"))  # fmt: skip


def _write_reason(reason: str, ax: Axes | None) -> Axes:
    with styled_axes(ax, height=1.6) as ax:
        ax.set_axis_off()
        text = reason.removeprefix("No back-test: ")
        ax.text(0, 0.9, text[0].upper() + text[1:], va="top", wrap=True, transform=ax.transAxes)
        write_title(ax, tr("No back-test"))
    return ax
