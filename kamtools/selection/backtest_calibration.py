"""Did the forecast's intervals hold? Counted at past dates, account by account.

A forecast says that an account's revenue of the coming months will come out between low and
high for nine accounts in ten. At each past date it is made from what was known then, and
counted how many came out inside, below and above.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection import backtest_dates as dates
from kamtools.selection.backtest_lists import FORECAST_METHODS
from kamtools.selection.backtest_outcomes import months_between
from kamtools.selection.bootstrap import account_draws, percentile_interval
from kamtools.selection.forecast import choose_forecast, forecast
from kamtools.selection.history import (
    MONTHS_PER_YEAR,
    as_known_earlier,
    by_month,
    check_history,
    months_known,
)

COLUMNS = {
    "method": "of forecasting; 'auto': the one that the data chose at each date",
    "horizon_months": "the months right after the date, all of them",
    "measure": "'revenue' or, where the cost is known, 'margin'",
    "accounts": "'all' that bought in the year before, or 'top 20' of them by the forecast",
    "n": "accounts judged, all dates together",
    "n_dates": "dates",
    "interval": "share that should have come out inside, 0-1",
    "held": "share that did, 0-1",
    "held_low": "lower bound of its bootstrap interval (95 %)",
    "held_high": "upper bound",
    "below": "share that came out below the interval",
    "above": "share that came out above",
    "brought_to_forecast": "what the accounts brought in all ÷ what was forecast in all",
}
LEVEL = 0.95
ALMOST = 1e-6
MEASURES = ("revenue", "margin")


def calibration(
    history: pd.DataFrame,
    *,
    horizons_months: Sequence[int] = (3, 12),
    methods: Sequence[str] = ("auto", *FORECAST_METHODS),
    top: int = 20,
    interval: float = 0.9,
    most_dates: int = 4,
    draws: int = 500,
    seed: int,
) -> pd.DataFrame:
    """Return how often the intervals of the forecasts held.

    Parameters
    ----------
    history : from `purchases.purchase_history`
    horizons_months : 1 or more each; those that the history does not reach are left out
    methods : of "auto", "recency", "trend", "bg_nbd"; left out where they cannot be used
    top : number of accounts with the largest forecast to count apart
    interval : between 0 and 1
    most_dates, draws : of the back-test and of the bootstrap over accounts
    seed : of the bootstrap and of the simulation in BG/NBD

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`; empty, with the reason in `attrs["reason"]`, where the
        history is too short.

    Raises
    ------
    InputError
        If an argument is out of its range.
    """
    check_history(history)
    unknown = [name for name in methods if name not in ("auto", *FORECAST_METHODS)]
    if unknown or top < 1:
        raise InputError(
            f"methods must be of auto, {', '.join(FORECAST_METHODS)} and top 1 or more; got "
            f"{', '.join(methods)} and {top}"
        )
    wanted = dates.check_horizons(horizons_months)
    why = dates.too_short(history, wanted)
    if why:
        return _empty(why)
    ago = dates.past_dates(months_known(history), horizons_months=wanted, most_dates=most_dates)
    cases = [
        case
        for months_ago in ago
        for horizon in wanted
        if horizon <= months_ago
        for case in _cases(history, months_ago, horizon, methods, top, interval, seed)
    ]
    if not cases:
        return _empty("No forecast could be made at a past date.")
    accounts = np.sort(history["account_id"].unique())
    counts = account_draws(len(accounts), draws=draws, seed=seed)
    judged = pd.concat(cases, ignore_index=True)
    place = np.searchsorted(accounts, judged["account_id"].to_numpy())
    keys = ["method", "horizon_months", "measure", "accounts"]
    rows = [
        judged.iloc[at[:1]][keys].assign(
            interval=interval, **_counted(judged.iloc[at], counts[:, place[at]])
        )
        for at in judged.groupby(keys, sort=False).indices.values()
    ]
    table = pd.concat(rows, ignore_index=True)[list(COLUMNS)]
    by = ["measure", "horizon_months", "method", "accounts"]
    listed = {"measure": [*MEASURES], "method": [*methods]}
    return table.sort_values(
        by,
        key=lambda column: (
            column.map(listed[column.name].index) if column.name in listed else column
        ),
        kind="stable",
        ignore_index=True,
    )


def _empty(reason: str) -> pd.DataFrame:
    table = pd.DataFrame({name: [] for name in COLUMNS})
    table.attrs["reason"] = reason
    return table


def _cases(
    history: pd.DataFrame,
    months_ago: int,
    horizon: int,
    methods: Sequence[str],
    top: int,
    interval: float,
    seed: int,
) -> list[pd.DataFrame]:
    """Return each account's forecast, interval and outcome at one date, a row each."""
    known = as_known_earlier(history, months_ago)
    bought = known[known["months_back"] < MONTHS_PER_YEAR].groupby("account_id")["revenue"].sum()
    accounts = bought.index[bought > 0]
    brought = _brought(history, months_ago, horizon).reindex(accounts)
    made: dict[str, pd.DataFrame] = {}
    cases = []
    for method in methods:
        try:
            chosen = (
                choose_forecast(known, horizon_months=horizon).method
                if method == "auto"
                else method
            )
            if chosen not in made:
                made[chosen] = forecast(
                    known, horizon_months=horizon, method=chosen, interval=interval, seed=seed
                )
        except InputError:
            continue
        table = made[chosen].reindex(accounts)
        for measure in MEASURES:
            case = pd.DataFrame(
                {
                    "account_id": accounts,
                    "method": method,
                    "horizon_months": horizon,
                    "measure": measure,
                    "accounts": "all",
                    "months_ago": months_ago,
                    "forecast": table[measure].to_numpy(),
                    "low": table[f"{measure}_low"].to_numpy(),
                    "high": table[f"{measure}_high"].to_numpy(),
                    "brought": brought[measure].to_numpy(),
                }
            ).dropna()
            largest = case.sort_values("forecast", ascending=False, kind="stable").head(top)
            cases += [case, largest.assign(accounts=f"top {top}")]
    return [case for case in cases if len(case)]


def _brought(history: pd.DataFrame, months_ago: int, horizon: int) -> pd.DataFrame:
    panels = {measure: by_month(history, measure) for measure in MEASURES}
    return pd.DataFrame(
        {
            measure: months_between(panel, months_ago - horizon, months_ago)
            for measure, panel in panels.items()
        }
    )


def _counted(cases: pd.DataFrame, counts: np.ndarray) -> dict[str, float]:
    slack = ALMOST * cases["forecast"].abs().to_numpy() + ALMOST
    brought = cases["brought"].to_numpy()
    below = brought < cases["low"].to_numpy() - slack
    above = brought > cases["high"].to_numpy() + slack
    n = counts.sum(axis=1)
    held = np.divide(counts @ ~(below | above), n, out=np.full(len(n), np.nan), where=n > 0)
    low, high = percentile_interval(held, level=LEVEL)
    expected = cases["forecast"].sum()
    return {
        "n": len(cases),
        "n_dates": cases["months_ago"].nunique(),
        "held": float(held[0]),
        "held_low": float(low),
        "held_high": float(high),
        "below": float(below.mean()),
        "above": float(above.mean()),
        "brought_to_forecast": float(brought.sum() / expected) if expected > 0 else float("nan"),
    }
