"""The forecast by a rule, recency or trend, with what its earlier trials teach."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from kamtools.selection.history import MONTHS_PER_YEAR, by_month, months_known, purchase_summary
from kamtools.selection.intervals import GONE, NOTHING, YOUNG, bounds, error_class
from kamtools.selection.recency import chance_of_return
from kamtools.selection.trend import check_two_years, last_year_again, trend_goes_on
from kamtools.selection.trials import Trial, earlier_trials

YOUNG_PRIOR = 10.0
"""Young accounts of mean size that are taken to have kept what their first months promised."""
SMALLEST_SCALE = 0.02
"""Of the median: an account's errors are measured against no less than this."""
Rule = Callable[..., pd.Series]


def forecast_by_recency(
    history: pd.DataFrame, *, horizon_months: int, interval: float
) -> pd.DataFrame:
    """Return last year again for each account, and nothing for one that is gone.

    Parameters, returns : as `forecast.forecast`, without the columns that all methods share.
    """
    table = _forecast(history, horizon_months, interval, last_year_again)
    is_gone = table["error_class"].isin([GONE, NOTHING])
    return _finish(table, table["scale"].where(~is_gone, 0.0))


def forecast_by_trend(
    history: pd.DataFrame, *, horizon_months: int, interval: float
) -> pd.DataFrame:
    """Return last year with a part of its growth, times the chance that the account returns.

    Parameters, returns : as `forecast.forecast`, without the columns that all methods share.

    Raises
    ------
    InputError
        If the history covers less than two whole years.
    """
    check_two_years(history)
    table = _forecast(history, horizon_months, interval, trend_goes_on)
    expected = (table["scale"] * table["p_alive"]).where(table["error_class"] != NOTHING, 0.0)
    return _finish(table, expected)


def _finish(table: pd.DataFrame, revenue: pd.Series) -> pd.DataFrame:
    margin = revenue * table["margin_rate"]
    return table.assign(
        revenue=revenue,
        revenue_low=np.minimum(table["revenue_low"], revenue),
        revenue_high=np.maximum(table["revenue_high"], revenue),
        margin=margin,
        margin_low=np.minimum(table["margin_low"], margin),
        margin_high=np.maximum(table["margin_high"], margin),
    )


def _forecast(
    history: pd.DataFrame, horizon_months: int, interval: float, rule: Rule
) -> pd.DataFrame:
    trials = earlier_trials(history, horizon_months=horizon_months)
    then = [_outlook(trial.past, trial.horizon_months, rule) for trial in trials]
    now = _outlook(history, horizon_months, rule)
    promise = _young_promise(then, trials)
    then = [_keep_promise(outlook, promise) for outlook in then]
    now = _keep_promise(now, promise)
    errors = pd.concat(
        [_errors(outlook, trial) for outlook, trial in zip(then, trials, strict=True)]
    )
    stretch = np.sqrt(horizon_months / trials[0].horizon_months)
    p_alive = chance_of_return(now, then, [trial.followed["has_ordered"] for trial in trials])
    limits = bounds(now, errors, interval=interval, stretch=float(stretch))
    return pd.concat([now, p_alive, limits], axis=1)


def _outlook(history: pd.DataFrame, horizon_months: int, rule: Rule) -> pd.DataFrame:
    """Return the summary of each account with its class and its revenue if it stays."""
    summary = purchase_summary(history)
    if months_known(history) < 2 * MONTHS_PER_YEAR:
        rule = last_year_again  # what an earlier trial of the trend has to do with
    value = rule(history, horizon_months=horizon_months)
    ever = by_month(history).sum(axis=1) / summary["T"].clip(lower=1) * horizon_months
    scale = value.where(value > 0, ever.clip(lower=0).fillna(0.0))
    smallest = SMALLEST_SCALE * scale[scale > 0].median() if (scale > 0).any() else 0.0
    return summary.assign(scale=scale.clip(lower=smallest), error_class=error_class(summary))


def _young_promise(then: Sequence[pd.DataFrame], trials: Sequence[Trial]) -> float:
    """Return what part of what their first months promised young accounts have brought."""
    young = pd.concat(
        [
            outlook[["scale"]].assign(brought=trial.followed["revenue"].clip(lower=0))[
                outlook["error_class"] == YOUNG
            ]
            for outlook, trial in zip(then, trials, strict=True)
        ]
    )
    if young["scale"].sum() <= 0:
        return 1.0
    prior = YOUNG_PRIOR * young["scale"].mean()
    return float((young["brought"].sum() + prior) / (young["scale"].sum() + prior))


def _keep_promise(outlook: pd.DataFrame, promise: float) -> pd.DataFrame:
    is_young = outlook["error_class"] == YOUNG
    return outlook.assign(scale=outlook["scale"].where(~is_young, promise * outlook["scale"]))


def _errors(outlook: pd.DataFrame, trial: Trial) -> pd.DataFrame:
    followed = trial.followed
    has_scale = outlook["scale"] > 0
    rate = (followed["margin"] / followed["revenue"]).where(followed["revenue"] != 0)
    change = (rate - outlook["margin_rate"]).where(followed["revenue"] != 0, 0.0)
    errors = pd.DataFrame(
        {
            "error_class": outlook["error_class"],
            "ratio": followed["revenue"] / outlook["scale"].where(has_scale, 1.0),
            "rate_change": change.where(outlook["margin_rate"].notna()),
        }
    )
    return errors[has_scale]
