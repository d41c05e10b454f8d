"""What a back-test says, in words, and what it cannot say."""

import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.backtest_dates import period_name
from kamtools.selection.backtest_lists import BY_MARGIN, METHOD_LABELS, SALES_RANK
from kamtools.selection.backtest_table import BETTER, NO_DIFFERENCE, POOLED, WORSE
from kamtools.selection.backtest_tally import NEWCOMERS
from kamtools.wording import listing, percent

MAIN_TOP = 20
LIMITS = (
    "Ratings, goals and costs of service are known as of today only, so the scorecard here is "
    "that of the ledger alone. The intervals are for other accounts, not for other years, and "
    "of twenty comparisons one differs by chance."
)


def main_top(table: pd.DataFrame) -> int:
    """Return the list size to speak of: 20, or the nearest to it.

    Examples
    --------
    >>> main_top(pd.DataFrame({"top": [10, 20, 50]})), main_top(pd.DataFrame({"top": [8]}))
    (20, 8)
    """
    return int(min(table["top"].unique(), key=lambda top: (abs(top - MAIN_TOP), top)))


def share_text(share: float) -> str:
    """Return a share as a percentage, with a decimal where whole ones would hide what is left.

    Examples
    --------
    >>> share_text(0.9963), share_text(0.9), share_text(0.9999), share_text(-0.15)
    ('99.6 %', '90 %', '100 %', '−15 %')
    """
    text = f"{100 * share:.1f} %" if 0.95 < share < 0.9995 else percent(share)
    return text.replace("-", "−")


def describe_backtest(table: pd.DataFrame, *, top: int | None = None) -> str:
    """Return in words how the ways of choosing did beside sales rank, wins and losses alike.

    Parameters
    ----------
    table : from `backtest.backtest`
    top : list size to speak of; None for `main_top`

    Raises
    ------
    InputError
        If the table has no list of that size.

    Examples
    --------
    >>> from kamtools.selection.backtest_table import empty_table
    >>> print(describe_backtest(empty_table("No back-test: 5 months are missing.")))
    No back-test: 5 months are missing.
    """
    if table.empty:
        return str(table.attrs.get("reason", "No back-test: the table is empty."))
    size = main_top(table) if top is None else top
    rows = table[table["top"] == size]
    if rows.empty:
        raise InputError(f"no list of {size} accounts was judged; there are {sizes(table)}")
    days = sorted(rows.loc[rows["date"] != POOLED, "date"].unique())
    many = f"at {len(days)} past dates, {days[0]} to {days[-1]}"
    pooled = rows[rows["date"] == POOLED]
    sentences = [
        f"Lists of {size:,} accounts were made {many if len(days) > 1 else f'on {days[0]}'}, "
        "from what was known then.",
        _caught(pooled, "revenue"),
        _caught(pooled, "margin"),
        _risers(pooled),
        _newcomers(pooled),
        describe_missing(table, top=size),
        LIMITS,
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def sizes(table: pd.DataFrame) -> str:
    """Return the list sizes in a back-test's table, as text."""
    return listing([f"{top:,}" for top in sorted(table["top"].unique())])


def _caught(pooled: pd.DataFrame, word: str) -> str:
    rows = pooled[pooled["measure"] == f"{word}_share"]
    if not rows["value"].notna().any():
        return ""
    sales = rows[rows["method"] == SALES_RANK].sort_values("horizon_months")
    shown = sales.iloc[[0, -1] if len(sales) > 1 else [0]]
    numbers = shown[["horizon_months", "value", "low", "high"]].to_numpy(dtype=float)
    parts = [
        f"{share_text(value)} ({share_text(low)} to {share_text(high)}) in {_the(int(horizon))}"
        for horizon, value, low, high in numbers
    ]
    compared = rows[rows["verdict"] != ""]
    differs = compared[compared["verdict"] != NO_DIFFERENCE]
    n_tied = compared["method"].nunique() - differs["method"].nunique()
    said = [f"{verdict} than it: {_named(differs, verdict, len(sales))}"
            for verdict in (BETTER, WORSE)]  # fmt: skip
    if n_tied:
        said.append(f"{NO_DIFFERENCE}: {n_tied} other {'way' if n_tied == 1 else 'ways'}")
    text = "; ".join(said)
    return (
        f"Of the best possible {word} sales rank caught {listing(parts)}. "
        f"{text[0].upper()}{text[1:]}."
    )


def _named(differs: pd.DataFrame, verdict: str, n_horizons: int) -> str:
    having = differs[differs["verdict"] == verdict]
    said = [
        f"{_label(method)} ({_periods(rows, n_horizons)})"
        for method, rows in having.groupby("method", sort=False)
    ]
    return listing(said) if said else "none"


def _periods(rows: pd.DataFrame, n_horizons: int) -> str:
    if len(rows) == n_horizons:
        return "throughout"
    return ", ".join(period_name(int(horizon)) for horizon in sorted(rows["horizon_months"]))


def _the(horizon: int) -> str:
    name = period_name(horizon)
    return name if name.startswith("year") else f"the {name}"


def _risers(pooled: pd.DataFrame) -> str:
    risers = pooled[(pooled["measure"] == "risers_found") & pooled["value"].notna()]
    if risers.empty:
        return "Sales rank missed none of the true top."
    last = risers[risers["horizon_months"] == risers["horizon_months"].max()]
    n = int(last.loc[last["method"] == SALES_RANK, "out_of"].iloc[0])
    others = last[(last["method"] != SALES_RANK) & (last["value"] > 0)]
    best = others.sort_values("value", ascending=False, kind="stable").head(2)
    pairs = zip(best["method"], best["value"], strict=True)
    found = [f"{_label(method)} ({share_text(value)})" for method, value in pairs]
    told = f"the most were found by {listing(found)}" if found else "nobody else found any"
    return (
        f"Of the true top in {_the(int(last['horizon_months'].iloc[0]))} sales rank missed {n:,} "
        f"{'place' if n == 1 else 'places'}, all dates together; {told}."
    )


def _newcomers(pooled: pd.DataFrame) -> str:
    rows = pooled[pooled["measure"] == NEWCOMERS].dropna(subset="value")
    if rows.empty or rows["value"].max() == 0:
        return ""
    last = rows.sort_values("horizon_months").iloc[-1]
    return (
        f"{share_text(last['value'])} of the later top in {_the(int(last['horizon_months']))} "
        "had bought nothing in the year before: no list could name them."
    )


def describe_missing(table: pd.DataFrame, *, top: int | None = None) -> str:
    """Return in words which ways of choosing could not be judged, at which horizons, and why.

    Parameters
    ----------
    table : from `backtest.backtest`
    top : list size; None for `main_top`
    """
    size = main_top(table) if top is None else top
    is_it = (table["date"] == POOLED) & (table["top"] == size)
    rows = table[is_it & (table["measure"] == "revenue_share")]
    n_horizons = rows["horizon_months"].nunique()
    absent = rows[(rows["n_dates"] == 0) & ~rows["method"].isin(BY_MARGIN[1:])]
    said = []
    for method, group in absent.groupby("method", sort=False):
        periods = _periods(group, n_horizons)
        where = "" if periods == "throughout" else f", {periods}"
        name = "Margin" if method in BY_MARGIN else _label(method)
        said.append(f"{name}{where}: {group['note'].iloc[0]}.")
    return f"Not judged: {' '.join(said)}" if said else ""


def _label(method: object) -> str:
    return METHOD_LABELS.get(str(method), str(method))


def describe_calibration(table: pd.DataFrame, *, method: str = "auto") -> str:
    """Return in words how often the intervals of a forecast of revenue held.

    Parameters
    ----------
    table : from `backtest_calibration.calibration`
    method : of forecasting, as in the table

    Examples
    --------
    >>> row = {"method": "auto", "horizon_months": 12, "measure": "revenue", "n": 800,
    ...        "n_dates": 4, "interval": 0.9, "held": 0.87, "below": 0.05, "above": 0.08}
    >>> table = pd.DataFrame([row | {"accounts": "all"},
    ...                       row | {"accounts": "top 20", "held": 0.85}])
    >>> print(describe_calibration(table))
    Of 800 forecasts for 12 months 87 % came out inside an interval that should hold 90 %, 5 %
    below and 8 % above it; of the top 20 by forecast, 85 %.
    """
    if table.empty:
        return str(table.attrs.get("reason", "No forecast was judged."))
    rows = table[(table["method"] == method) & (table["measure"] == "revenue")]
    sentences = []
    for horizon, group in rows.groupby("horizon_months"):
        every = group[group["accounts"] == "all"].iloc[0]
        largest = group[group["accounts"] != "all"].iloc[0]
        sentences.append(
            f"Of {every['n']:,} forecasts for {horizon} months {share_text(every['held'])} came "
            f"out inside an interval that should hold {percent(every['interval'])}, "
            f"{percent(every['below'])} below and {percent(every['above'])} above it; of the "
            f"{largest['accounts']} by forecast, {share_text(largest['held'])}."
        )
    return " ".join(sentences) if sentences else f"No forecast by {method!r} was judged."
