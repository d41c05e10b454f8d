"""The table of a back-test: tidy, with fixed names and columns, for backtest.csv."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kamtools.selection.backtest_dates import window_months
from kamtools.selection.backtest_lists import METHOD_LABELS, SALES_RANK
from kamtools.selection.backtest_measures import MEASURE_LABELS
from kamtools.selection.backtest_tally import ANY_LIST, DECIMALS, NEWCOMERS, Tally
from kamtools.selection.bootstrap import Array, percentile_interval

COLUMNS = {
    "date": "the day on which the list was made, as 2019-12-31, or 'pooled': all dates together",
    "horizon_months": "months from the date to the end of what is looked at",
    "window_months": "how many months up to that end are looked at: 12 or, if fewer, all",
    "top": "number of accounts in the list",
    "method": "way of choosing, of `backtest_lists.METHOD_LABELS`; 'any_list' for newcomers",
    "measure": "of `backtest_measures.MEASURE_LABELS`, and 'newcomers': share of the later top, "
    "of all accounts, that had no sales in the 12 months before and could not be listed",
    "value": "share, as a rule 0-1; NaN where the method could not be used",
    "low": "lower bound of its bootstrap interval",
    "high": "upper bound",
    "difference_to_sales_rank": "value less that of sales rank at the same dates",
    "difference_low": "lower bound of its bootstrap interval, within the same draws",
    "difference_high": "upper bound",
    "verdict": "'better', 'worse' or 'no difference shown', as that interval is above 0, below "
    "0 or on both sides; blank for sales rank and where sales rank is 0 by definition",
    "dates_better": "at how many of the dates the list caught more than that of sales rank",
    "dates_worse": "at how many it caught less: one date alone can carry a verdict",
    "out_of": "the whole of which the value is a part: money or number of accounts, all dates",
    "n_accounts": "that could be chosen at the date; pooled: their mean",
    "n_dates": "dates behind the row",
    "note": "why the method is missing, at all dates or at some",
}
POOLED = "pooled"
BETTER, WORSE, NO_DIFFERENCE = "better", "worse", "no difference shown"
COMPARED = ("revenue_share", "margin_share", "top_found")
"""Measures with a verdict: of the others sales rank has none by definition."""
PLACES = {
    "measure": {name: at for at, name in enumerate([*MEASURE_LABELS, NEWCOMERS])},
    "method": {name: at for at, name in enumerate([*METHOD_LABELS, ANY_LIST])},
}
KEYS = ["horizon_months", "top", "measure"]


def empty_table(reason: str) -> pd.DataFrame:
    """Return a table without a row, with the reason in its `attrs`.

    Examples
    --------
    >>> empty_table("No back-test: too short.").attrs["reason"]
    'No back-test: too short.'
    """
    table = pd.DataFrame({name: [] for name in COLUMNS})
    table.attrs["reason"] = reason
    return table


def tidy(tallies: Sequence[Tally], *, missing: Mapping[str, str], level: float) -> pd.DataFrame:
    """Return the table of all measures, pooled over the dates and by date.

    Parameters
    ----------
    tallies : from `backtest_tally.tallies`, of all dates
    missing : method -> why it could not be used, at some dates or at all
    level : of the intervals
    """
    keys = pd.DataFrame(
        {
            "date": [str(tally.date) for tally in tallies],
            **{name: [getattr(tally, name) for tally in tallies] for name in [*KEYS, "method"]},
            "n_accounts": [tally.n_accounts for tally in tallies],
        }
    )
    part = np.array([tally.part for tally in tallies])
    whole = np.array([tally.whole for tally in tallies])
    sales = _sales_row(keys)
    base = np.where((sales >= 0)[:, None], part[sales], np.nan)
    gain = np.round((part - base)[:, 0] / np.maximum(whole[:, 0], 1), DECIMALS)
    alone = keys.assign(
        n_dates=1, dates_better=(gain > 0).astype(int), dates_worse=(gain < 0).astype(int)
    )
    groups = list(keys.groupby([*KEYS, "method"], sort=False).indices.values())
    first = [rows[0] for rows in groups]
    counted = ["n_dates", "dates_better", "dates_worse"]
    sums = np.array([alone[counted].to_numpy()[rows].sum(axis=0) for rows in groups])
    pooled = keys.iloc[first].assign(
        date=POOLED,
        n_accounts=[round(keys["n_accounts"].to_numpy()[rows].mean()) for rows in groups],
        **dict(zip(counted, sums.T, strict=True)),
    )
    added = [
        np.array([table[rows].sum(axis=0) for rows in groups]) for table in (part, whole, base)
    ]
    table = pd.concat(
        [_measured(pooled, *added, level=level), _measured(alone, part, whole, base, level=level)]
    )
    return _finish(table, missing)


def _sales_row(keys: pd.DataFrame) -> np.ndarray:
    """Return for each row the position of sales rank's row to compare it with; -1 without one."""
    same = ["date", *KEYS]
    is_sales = keys["method"] == SALES_RANK
    at = keys.loc[is_sales, same].assign(row=np.flatnonzero(is_sales))
    return keys[same].merge(at, on=same, how="left")["row"].fillna(-1).to_numpy(dtype=int)


def _measured(
    keys: pd.DataFrame, part: Array, whole: Array, base: Array, *, level: float
) -> pd.DataFrame:
    """Return values, intervals and differences; the whole is the same for all methods."""
    whole = np.where(whole > 0, whole, np.nan)
    value, difference = part / whole, (part - base) / whole
    low, high = percentile_interval(value, level=level)
    difference_low, difference_high = percentile_interval(difference, level=level)
    return keys.assign(
        window_months=keys["horizon_months"].map(window_months),
        value=value[:, 0],
        low=low,
        high=high,
        difference_to_sales_rank=difference[:, 0],
        difference_low=difference_low,
        difference_high=difference_high,
        verdict=_verdicts(keys, difference_low, difference_high),
        out_of=whole[:, 0],
    )


def _verdicts(keys: pd.DataFrame, low: Array, high: Array) -> np.ndarray:
    is_compared = keys["measure"].isin(COMPARED) & (keys["method"] != SALES_RANK) & ~np.isnan(low)
    return np.select(
        [~is_compared.to_numpy(), low > 0, high < 0], ["", BETTER, WORSE], NO_DIFFERENCE
    )


def _finish(table: pd.DataFrame, missing: Mapping[str, str]) -> pd.DataFrame:
    """Return the table in order, with rows for the methods that are missing, and why."""
    absent = _absent(table, missing)
    rows = pd.concat([table, absent] if len(absent) else [table], ignore_index=True)
    all_dates = rows.groupby(["date", *KEYS])["n_dates"].transform("max")
    why = rows["method"].map(missing).where(rows["n_dates"] < all_dates, "")
    rows = rows.assign(note=why.astype("str").fillna(""))
    by = ["date", "horizon_months", "top", "measure", "method"]
    ordered: pd.DataFrame = rows.sort_values(by, key=_place, kind="stable", ignore_index=True)
    return ordered[list(COLUMNS)]


def _absent(table: pd.DataFrame, missing: Mapping[str, str]) -> pd.DataFrame:
    """Return a row for each pooled measure of sales rank and each method that has none."""
    keys = ["date", *KEYS, "method"]
    is_sales = (table["method"] == SALES_RANK) & (table["date"] == POOLED)
    sales = table.loc[is_sales, ["date", *KEYS, "window_months", "n_accounts"]]
    every = sales.merge(pd.DataFrame({"method": [*missing]}), how="cross")
    seen = pd.MultiIndex.from_frame(table[keys])
    is_absent = ~pd.MultiIndex.from_frame(every[keys]).isin(seen)
    return every[is_absent].assign(n_dates=0, dates_better=0, dates_worse=0, verdict="")


def _place(column: pd.Series) -> pd.Series:
    """Return what to sort a column by: pooled first, measures and methods as they are listed."""
    if column.name == "date":
        return column.where(column != POOLED, "")
    if column.name in PLACES:
        return column.map(PLACES[str(column.name)])
    return column
