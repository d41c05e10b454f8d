"""The tables of a back-test in Markdown, and the calibration of several firms in one."""

from collections.abc import Callable, Sequence

import pandas as pd

from kamtools.selection.backtest_dates import period_name
from kamtools.selection.backtest_lists import METHOD_LABELS, SALES_RANK
from kamtools.selection.backtest_table import BETTER, POOLED, WORSE

MARKS = {BETTER: " ▲", WORSE: " ▼"}
FEWER_DATES = "°"
OF_HOW_MANY = "of how many"
NOTHING = "–"
FORECASTS = ("auto", "recency", "trend", "bg_nbd")


def percent_cell(value: float) -> str:
    """Return a share in per cent, without the sign; a decimal where it is nearly all."""
    if pd.isna(value):
        return NOTHING
    text = f"{100 * value:.1f}" if 0.95 < value < 0.9995 else f"{100 * value:.0f}"
    return text.replace("-", "−")


def interval_cell(value: float, low: float, high: float) -> str:
    """Return a share with its interval, in per cent."""
    if pd.isna(value):
        return NOTHING
    return f"{percent_cell(value)} ({percent_cell(low)}–{percent_cell(high)})"


def markdown(rows: pd.DataFrame, cell: Callable[[pd.Series], str]) -> str:
    """Return a table of methods by horizons, without those that could not be used at all."""
    horizons = sorted(rows["horizon_months"].unique())
    head = ["", *(period_name(int(horizon)) for horizon in horizons)]
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * len(horizons)}"]
    for method in dict.fromkeys(rows["method"]):
        of_method = rows[rows["method"] == method].set_index("horizon_months")
        cells = [cell(of_method.loc[h]) if h in of_method.index else NOTHING for h in horizons]
        if set(cells) != {NOTHING}:
            lines.append(f"| {METHOD_LABELS.get(method, method)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def share_table(rows: pd.DataFrame) -> str:
    """Return shares with interval, dates better and worse than sales rank, and verdict."""
    all_dates = rows.groupby("horizon_months")["n_dates"].transform("max")

    def cell(row: pd.Series) -> str:
        text = interval_cell(row["value"], row["low"], row["high"])
        if text == NOTHING:
            return text
        dates = f" {row['dates_better']:.0f}:{row['dates_worse']:.0f}" if row["verdict"] else ""
        short = FEWER_DATES if row["is_short"] else ""
        return f"{text}{short}{dates}{MARKS.get(row['verdict'], '')}"

    return markdown(rows.assign(is_short=rows["n_dates"] < all_dates), cell)


def risers_and_faders(pooled: pd.DataFrame) -> str:
    """Return risers found and faders avoided, as "17 / 39", and of how many."""
    keys = ["method", "horizon_months"]
    risers = pooled[pooled["measure"] == "risers_found"]
    faders = pooled[pooled["measure"] == "faders_avoided"]
    both = risers.merge(faders[[*keys, "value", "out_of"]], on=keys, suffixes=("", "_faders"))
    sales = both[both["method"] == SALES_RANK].assign(method=OF_HOW_MANY)
    both = pd.concat([both[both["method"] != SALES_RANK], sales])

    def cell(row: pd.Series) -> str:
        if row["method"] == OF_HOW_MANY:
            counts = row[["out_of", "out_of_faders"]].fillna(0)
            return " / ".join(f"{count:.0f}" for count in counts)
        if pd.isna(row["value"]) and pd.isna(row["value_faders"]):
            return NOTHING
        return f"{percent_cell(row['value'])} / {percent_cell(row['value_faders'])}"

    return markdown(both, cell)


def other_sizes(table: pd.DataFrame, top: int) -> str:
    """Return where a way was better or worse than sales rank in lists of other sizes."""
    rows = table[(table["date"] == POOLED) & (table["top"] != top)]
    said = []
    for measure, word in (("revenue_share", "revenue"), ("margin_share", "margin")):
        for verdict in (BETTER, WORSE):
            having = rows[(rows["measure"] == measure) & (rows["verdict"] == verdict)]
            named = [
                f"{METHOD_LABELS[str(method)]} ({_sizes_and_months(group)})"
                for method, group in having.groupby("method", sort=False)
            ]
            if named:
                said.append(f"{word} {verdict}: {', '.join(named)}")
    sizes = ", ".join(str(size) for size in sorted(rows["top"].unique()))
    if not sizes:
        return ""
    return f"Lists of {sizes}: {'; '.join(said) or 'no difference shown by any way'}."


def _sizes_and_months(rows: pd.DataFrame) -> str:
    """Return for each list size at which horizons, in months."""
    parts = [
        f"{top}: {', '.join(str(int(horizon)) for horizon in sorted(group['horizon_months']))}"
        for top, group in rows.groupby("top")
    ]
    return f"{'; '.join(parts)} months"


def calibration_table(held: Sequence[pd.DataFrame]) -> str:
    """Return in how many of 100 accounts the interval held, all and the largest, by forecast.

    Parameters
    ----------
    held : from `backtest_calibration.calibration`, with a column `data`; may be empty
    """
    rows = pd.concat([table for table in held if len(table)])
    names = [METHOD_LABELS[name] for name in FORECASTS]
    lines = [
        f"| data | months | what | {names[0]}: all | largest 20 | brought ÷ forecast | "
        f"{' | '.join(names[1:])} |",
        f"|---|--:|---|{'--:|' * 6}",
    ]
    for (data, horizon, measure), group in rows.groupby(
        ["data", "horizon_months", "measure"], sort=False
    ):
        by = group.assign(size=group["accounts"].str.split().str[0]).set_index(["method", "size"])
        cells = [_both(by, method) for method in FORECASTS[1:]]
        chosen = [
            interval_cell(*by.loc[("auto", size), ["held", "held_low", "held_high"]])
            for size in ("all", "top")
        ]
        total = by.loc[("auto", "all"), "brought_to_forecast"]
        lines.append(
            f"| {data} | {horizon} | {measure} | {' | '.join(chosen)} | {total:.2f} | "
            f"{' | '.join(cells)} |"
        )
    return "\n".join(lines)


def _both(by: pd.DataFrame, method: str) -> str:
    if (method, "all") not in by.index:
        return NOTHING
    return " / ".join(percent_cell(by.loc[(method, size), "held"]) for size in ("all", "top"))
