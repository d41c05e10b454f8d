"""Last year again, in season, and the half of a trend that tends to last.

Three steps, each with an expected revenue per account if the account stays:

- `last_year_again` spreads the mean month of the last year (of an account's own months, if
  it is younger) over the coming months by the firm's season;
- `growth_so_far` measures how fast an account grows, drawn towards the firm's mean the more,
  the less the account's own months can tell (empirical Bayes);
- `trend_goes_on` lets a part of that growth go on.

References
----------
.. [1] Efron, B. and Morris, C. (1975), "Data analysis using Stein's estimator and its
   generalizations", Journal of the American Statistical Association 70(350), 311-319.
.. [2] Gardner, E. S. and McKenzie, E. (1985), "Forecasting trends in time series",
   Management Science 31(10), 1237-1246: why a trend is damped.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.history import MONTHS_PER_YEAR, by_month, months_known

Array = npt.NDArray[np.float64]

HALF_YEAR = MONTHS_PER_YEAR // 2
FIRM_TREND_KEPT = 0.5
OWN_TREND_KEPT = 0.1
"""Parts of the firm's yearly growth, and of an account's deviation from it, that went on.

Of the values tried, those that erred least for suppliers of Iowa's liquor stores, judged on
2017 to 2019 (eleven, with 100 accounts or more); the differences are small, and a trend
taken whole errs most.
"""
SEASON_YEARS_ASSUMED = 1.0
"""The season seen is drawn towards none as if one more year had shown none."""
MIDDLE_OUT = (np.arange(MONTHS_PER_YEAR) - (MONTHS_PER_YEAR - 1) / 2) / MONTHS_PER_YEAR
"""How far each month of a year lies from its middle, in years."""
LARGEST_GROWTH_IN_SEASON = 0.5
LARGEST_FIRM_GROWTH = 0.4
LARGEST_OWN_GROWTH = 0.7
SMALLEST_SPREAD = 0.002


def season(revenue: pd.DataFrame) -> Array:
    """Return the firm's season: what each of the coming 12 months is of a mean month.

    Parameters
    ----------
    revenue : accounts by months, the oldest first, from `history.by_month`

    Returns
    -------
    (12,) with mean 1
        The next month first; the growth from year to year is taken out of it. Without two
        whole years all are 1, as season and growth cannot be told apart.

    Examples
    --------
    >>> season(pd.DataFrame([[1.0] * 30])).tolist() == [1.0] * 12
    True
    """
    years = revenue.shape[1] // MONTHS_PER_YEAR
    monthly = revenue.to_numpy().sum(axis=0).clip(min=0)[-years * MONTHS_PER_YEAR :]
    if years < 2:
        return np.ones(MONTHS_PER_YEAR)
    by_year = monthly.reshape(years, MONTHS_PER_YEAR)
    totals = by_year.sum(axis=1)
    sold = by_year[totals > 0] * np.exp(-_yearly_growth(totals) * MIDDLE_OUT)
    seen = (sold / sold.mean(axis=1, keepdims=True)).sum(axis=0)  # of each year's mean month
    return np.asarray((seen + SEASON_YEARS_ASSUMED) / (len(sold) + SEASON_YEARS_ASSUMED))


def _yearly_growth(totals: Array) -> float:
    """Return the mean yearly growth from the first to the last year, in logarithms."""
    if totals[0] <= 0 or totals[-1] <= 0:
        return 0.0
    growth = np.log(totals[-1] / totals[0]) / (len(totals) - 1)
    return float(np.clip(growth, -LARGEST_GROWTH_IN_SEASON, LARGEST_GROWTH_IN_SEASON))


def last_year_again(history: pd.DataFrame, *, horizon_months: int) -> pd.Series:
    """Return what each account brings in the coming months if it goes on as in the last year.

    Parameters
    ----------
    history : from `purchases.purchase_history`
    horizon_months : 1 or more

    Returns
    -------
    (n_accounts,) money, index account_id
        0 for an account that bought nothing net in the last 12 months.

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> last_year_again(example_history(), horizon_months=2).to_dict()
    {'a': 20.0, 'b': 10.0}
    """
    revenue = by_month(history)
    index = season(revenue)
    recent = revenue.iloc[:, -MONTHS_PER_YEAR:]
    weights = _tenure_weights(history, recent) * index[-recent.shape[1] :]
    level = recent.sum(axis=1).clip(lower=0) / weights.sum(axis=1)
    ahead = index[np.arange(horizon_months) % MONTHS_PER_YEAR].sum()
    return (level * ahead).rename("value")


def check_two_years(history: pd.DataFrame) -> None:
    """Refuse a history too short for a trend.

    Raises
    ------
    InputError
        If it covers less than two whole years.
    """
    months = months_known(history)
    if months < 2 * MONTHS_PER_YEAR:
        raise InputError(
            "a trend needs 24 whole months of history, as season and growth cannot be told "
            f"apart in less; got {months}: use 'recency'"
        )


def growth_so_far(history: pd.DataFrame) -> pd.DataFrame:
    """Return the firm's yearly growth and each account's deviation from it.

    Parameters
    ----------
    history : from `purchases.purchase_history`, with two whole years

    Returns
    -------
    (n_accounts, 2), index account_id
        - firm : logarithm of the last year's revenue ÷ that of the year before, over the
          accounts that bought in both; the same for all
        - own : change from the first to the second half of the last year, out of season,
          ÷ its mean, less the firm's mean change, times the weight it deserves; 0 for an
          account younger than a year

    Raises
    ------
    InputError
        If the history covers less than two whole years.

    Notes
    -----
    The weight of an account's deviation is τ²/(τ² + v): v is the variance of its change by
    the scatter of its months, τ² the variance of the changes over accounts beyond v [1]_.
    """
    check_two_years(history)
    revenue = by_month(history)
    year = revenue.iloc[:, -MONTHS_PER_YEAR:]
    before = revenue.iloc[:, -2 * MONTHS_PER_YEAR : -MONTHS_PER_YEAR]
    in_both = (year.sum(axis=1) > 0) & (before.sum(axis=1) > 0)
    ratio = year[in_both].sum().sum() / before[in_both].sum().sum() if in_both.any() else 1.0
    is_old = _tenure_weights(history, year).all(axis=1) & (year.sum(axis=1) > 0).to_numpy()
    own = np.zeros(len(revenue))
    if is_old.sum() > 2:
        own[is_old] = _shrunk_change(year.to_numpy()[is_old] / season(revenue))
    return pd.DataFrame({"firm": np.log(ratio), "own": own}, index=revenue.index)


def trend_goes_on(history: pd.DataFrame, *, horizon_months: int) -> pd.Series:
    """Return what each account brings in the coming months if part of its growth goes on.

    Growth is let run from the middle of the last year to the middle of the months asked
    for, though for a year at most, and both growths are bounded.

    Parameters
    ----------
    history : from `purchases.purchase_history`, with two whole years
    horizon_months : 1 or more

    Returns
    -------
    (n_accounts,) money, index account_id

    Raises
    ------
    InputError
        If the history covers less than two whole years.
    """
    growth = growth_so_far(history)
    years = min((MONTHS_PER_YEAR + horizon_months) / 2 / MONTHS_PER_YEAR, 1.0)
    firm = (FIRM_TREND_KEPT * growth["firm"]).clip(-LARGEST_FIRM_GROWTH, LARGEST_FIRM_GROWTH)
    own_per_year = growth["own"] * MONTHS_PER_YEAR / HALF_YEAR
    own = (OWN_TREND_KEPT * own_per_year).clip(-LARGEST_OWN_GROWTH, LARGEST_OWN_GROWTH)
    value = last_year_again(history, horizon_months=horizon_months)
    return (value * np.exp(firm * years) * (1 + own * years)).rename("value")


def _shrunk_change(months: Array) -> Array:
    """Return each account's change from half-year to half-year, less the mean, weighted."""
    mean = months.mean(axis=1)
    first, second = months[:, :HALF_YEAR], months[:, HALF_YEAR:]
    change = (second.mean(axis=1) - first.mean(axis=1)) / mean
    scatter = (first.var(axis=1, ddof=1) + second.var(axis=1, ddof=1)) / HALF_YEAR / mean**2
    precision = 1 / (scatter + np.median(scatter) + SMALLEST_SPREAD)
    deviation = change - np.average(change, weights=precision)
    spread = np.average(deviation**2 - scatter, weights=precision**2)  # τ², by moments
    spread = max(float(spread), SMALLEST_SPREAD)
    return np.asarray(deviation * spread / (spread + scatter))


def _tenure_weights(history: pd.DataFrame, recent: pd.DataFrame) -> Array:
    """Say of each account's recent months which it was an account in: 1, or 0 before."""
    first = history[history["orders"] > 0].groupby("account_id")["months_back"].max()
    first_back = first.reindex(recent.index).fillna(months_known(history)).to_numpy()
    return (recent.columns.to_numpy() <= np.maximum(first_back, 0)[:, None]).astype("float64")
