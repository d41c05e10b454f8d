"""What each account will bring in the next period, with an interval, and by which method.

Three methods, of which the size and rhythm of the data choose one:

- "recency": an account silent for too long is gone, any other repeats last year;
- "trend": last year with a part of its growth, times the chance that the account returns;
- "bg_nbd": expected orders by BG/NBD times expected value of an order by Gamma-Gamma.

All look only at the history handed to them, which ends on its own last day.
"""

from dataclasses import dataclass

import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.history import (
    MONTHS_PER_YEAR,
    check_history,
    months_known,
    purchase_summary,
)
from kamtools.selection.purchase_forecast import MIN_REPEAT_ACCOUNTS, forecast_by_purchases
from kamtools.selection.rhythm import irregularity, share_of_months_ordered
from kamtools.selection.rule_forecast import forecast_by_recency, forecast_by_trend
from kamtools.selection.trials import trial_horizon
from kamtools.wording import percent

METHODS = ("recency", "trend", "bg_nbd")
FORECAST_COLUMNS = [
    "revenue", "revenue_low", "revenue_high", "margin", "margin_low", "margin_high", "p_alive",
    "value_at_risk", "method",
]  # fmt: skip
NEARLY_EVERY_MONTH = 0.8
BY_THE_CLOCK = 0.5


@dataclass(frozen=True)
class ForecastChoice:
    """A method of forecasting, and in a sentence or two why it and what it cannot tell."""

    method: str
    reason: str


def choose_forecast(history: pd.DataFrame, *, horizon_months: int = 12) -> ForecastChoice:
    """Return the method that this firm's data can carry, and why.

    BG/NBD is chosen where 200 accounts or more have ordered twice, at irregular times. It is
    not where the accounts that bring the revenue order in four fifths of their months, nor
    where gaps between orders are less than half as irregular as by chance: then its premise
    is false. A trend needs two years. What is left is the recency rule.

    Parameters
    ----------
    history : from `purchases.purchase_history`
    horizon_months : 1 or more

    Raises
    ------
    InputError
        If the history is not one, or covers less than six whole months.

    Examples
    --------
    >>> months = pd.DataFrame({"account_id": "a", "months_back": range(12), "revenue": 9.0,
    ...                        "costed": 0.0, "margin": 0.0, "orders": 1, "gross": 9.0,
    ...                        "first_order_gross": 9.0})
    >>> days = months["months_back"] * 30.4 + 29.0
    >>> choice = choose_forecast(months.assign(first_days_back=days, last_days_back=days))
    >>> choice.method
    'recency'
    >>> print(choice.reason)
    Last year again: accounts order in 100 % of their months, so the question is how much they
    will buy, not whether they still do, and 12 months are too few to tell growth from season.
    The interval is stretched from trials of 6 months, as the history allows none of 12. No
    season is known yet: before a high season the forecast is too low.
    """
    check_history(history)
    tried = trial_horizon(history, horizon_months=_whole(horizon_months))
    months = months_known(history)
    has_two_years = months >= 2 * MONTHS_PER_YEAR
    against = _against_purchases(history)
    if not against:
        method, reason = "bg_nbd", _for_purchases(history)
    elif has_two_years:
        method, reason = "trend", f"Trend: {against}."
    else:
        method = "recency"
        reason = (
            f"Last year again: {against}, and {months} months are too few to tell growth from "
            "season."
        )
    if tried < horizon_months and method != "bg_nbd":
        reason += (
            f" The interval is stretched from trials of {tried} months, as the history allows "
            f"none of {horizon_months}."
        )
    if not has_two_years:
        reason += " No season is known yet: before a high season the forecast is too low."
    return ForecastChoice(method, reason)


def forecast(
    history: pd.DataFrame,
    *,
    horizon_months: int = 12,
    method: str = "auto",
    interval: float = 0.9,
    seed: int,
) -> pd.DataFrame:
    """Return the revenue and margin expected of each account, with intervals.

    Parameters
    ----------
    history : from `purchases.purchase_history`
        Ends on the day from which the forecast looks ahead; nothing later is in it.
    horizon_months : 1 or more
    method : "auto", "recency", "trend" or "bg_nbd"
        "auto" as `choose_forecast` has it.
    interval : between 0 and 1
        Part of the accounts whose revenue shall come out between low and high.
    seed
        Of the simulation behind the intervals of "bg_nbd"; the other methods draw nothing.

    Returns
    -------
    (n_accounts, 9), index account_id in its order
        - revenue : expected, net; revenue_low, revenue_high : its interval
        - margin : revenue × the account's margin rate; margin_low, margin_high : its
          interval; NaN where the cost is not known. With "bg_nbd" the rate is taken as
          certain, which makes the interval too narrow where rates move
        - p_alive : 0-1. "bg_nbd": probability that the account has not stopped for good; an
          account with a single order counts as alive. Else: that it orders again within the
          horizon (or as much of it as an earlier trial could look at)
        - value_at_risk : (1 − p_alive) × revenue, what is lost of the forecast on average if
          accounts leave as often as expected. Little for an account that is safe, and for
          one that is as good as gone, on which the forecast no longer counts
        - method : the one used

    Raises
    ------
    InputError
        If an argument is out of its range, or the method cannot be used on this history.

    Examples
    --------
    >>> months = pd.DataFrame({"account_id": ["a"] * 24 + ["b"] * 24,
    ...                        "months_back": [*range(24), *range(24)], "revenue": 9.0,
    ...                        "costed": 9.0, "margin": 3.0, "orders": 1, "gross": 9.0,
    ...                        "first_order_gross": 9.0})
    >>> days = months["months_back"] * 30.4 + 29.0
    >>> history = months.assign(first_days_back=days, last_days_back=days)
    >>> table = forecast(history, method="recency", seed=1)
    >>> table[["revenue", "revenue_low", "revenue_high", "margin", "method"]]
                revenue  revenue_low  revenue_high  margin   method
    account_id
    a             108.0        108.0         108.0    36.0  recency
    b             108.0        108.0         108.0    36.0  recency
    """
    check_history(history)
    months = _whole(horizon_months)
    if not 0 < interval < 1:
        raise InputError(f"interval must be between 0 and 1, such as 0.9; got {interval}")
    chosen = choose_forecast(history, horizon_months=months).method if method == "auto" else method
    if chosen == "recency":
        table = forecast_by_recency(history, horizon_months=months, interval=interval)
    elif chosen == "trend":
        table = forecast_by_trend(history, horizon_months=months, interval=interval)
    elif chosen == "bg_nbd":
        table = forecast_by_purchases(history, horizon_months=months, interval=interval, seed=seed)
    else:
        raise InputError(f"method must be 'auto' or one of {', '.join(METHODS)}; got {method!r}")
    at_risk = (1 - table["p_alive"]) * table["revenue"].clip(lower=0)
    return table.assign(value_at_risk=at_risk, method=chosen)[FORECAST_COLUMNS]


def _against_purchases(history: pd.DataFrame) -> str:
    """Return why BG/NBD is not to be used on this history; nothing if it may be."""
    share = share_of_months_ordered(history)
    if share >= NEARLY_EVERY_MONTH:
        return (
            f"accounts order in {percent(share)} of their months, so the question is how much "
            "they will buy, not whether they still do"
        )
    if irregularity(history) < BY_THE_CLOCK:
        return "accounts order at fixed intervals, which BG/NBD would take for chance"
    n_repeat = _count_repeat(history)
    if n_repeat < MIN_REPEAT_ACCOUNTS:
        return (
            f"{n_repeat:,} accounts have ordered twice, and BG/NBD cannot be told from fewer "
            f"than {MIN_REPEAT_ACCOUNTS}"
        )
    return ""


def _for_purchases(history: pd.DataFrame) -> str:
    return (
        f"BG/NBD: {_count_repeat(history):,} accounts have ordered twice or more, at irregular "
        "times, so how often they order tells whether they still do."
    )


def _count_repeat(history: pd.DataFrame) -> int:
    return int((purchase_summary(history)["frequency"] > 0).sum())


def _whole(horizon_months: int) -> int:
    is_whole = isinstance(horizon_months, int) and not isinstance(horizon_months, bool)
    if not is_whole or horizon_months < 1:
        raise InputError(
            f"horizon_months must be a whole number of 1 or more; got {horizon_months!r}"
        )
    return horizon_months
