"""Time equations fitted to the service log: how many hours an account takes, and why.

For each activity the hours of an account-year are a base and so many hours for each unit of
each driver, none of them negative. An account-year with many hours also varies more, so that
each is weighted by 1 / its expected hours: then the modelled hours of an activity sum to the
logged ones, and the coefficients are the likeliest of a Poisson count. An account far above
all others of its kind would bend every coefficient; it is set aside, named, and keeps its own
log.

References
----------
.. [1] Kaplan, R. S. and Anderson, S. R. (2004), "Time-driven activity-based costing",
   Harvard Business Review 82(11), 131-138.
.. [2] McCullagh, P. and Nelder, J. A. (1989), "Generalized Linear Models", 2nd ed., ch. 9.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.nonnegative_fit import (
    Floats,
    explained,
    far_groups,
    persistence,
    resampled_fits,
    weighted_fit,
)

BASE = "base"
ACCOUNTS_PER_TERM = 8
FAR = 12.0
"""Robust standard deviations above the fit from which an account is set aside. Hours are
skewed: of log-normal ones that spread by 0.7, one in a thousand stands 11 above."""
DRAWS = 400
RANGE = (0.05, 0.95)
COEFFICIENTS = ("activity", "driver", "hours", "low", "high")


@dataclass(frozen=True)
class TimeFit:
    """Time equations of a service log; without a coefficient where `problem` says why.

    Attributes
    ----------
    coefficients
        One row for each activity and driver: `activity`, `driver` ("base" for each account),
        `hours` a year for each unit, `low` and `high` (5 and 95 % of resampled accounts).
    by_account
        Index account_id: `logged` (mean of the years; NaN for an account without a line),
        `modelled`, `modelled_low`, `modelled_high` (hours a year; NaN where a driver is not
        known), `difference` (logged − modelled), `years` in the log, `is_set_aside`.
    modelled, logged
        Hours a year by account and activity.
    r_squared
        Part of the variance of the account-years' hours that the drivers explain; accounts
        that are set aside do not count.
    between, within
        Variances of an account's hours around its model, in units of the modelled hours: of
        what stays with the account, and of what a single year adds. NaN where the log holds
        one year and cannot tell them apart.
    problem
        Why there is no fit; "" where there is one.
    notes
        What was left out and why.
    """

    coefficients: pd.DataFrame
    by_account: pd.DataFrame
    modelled: pd.DataFrame
    logged: pd.DataFrame
    r_squared: float
    between: float
    within: float
    problem: str
    notes: tuple[str, ...]


def fit_time_log(
    hours: pd.DataFrame, drivers: pd.DataFrame, *, seed: int, draws: int = DRAWS
) -> TimeFit:
    """Return the time equations that fit the log best, with their uncertainty.

    Parameters
    ----------
    hours
        From `logged_hours`: account-years by activity.
    drivers : (n_accounts, n_drivers) numbers of at least 0, index account_id
        What may explain the hours: sites, orders, the square root of sales. Accounts with a
        driver that is missing are left out of the fit.
    seed
        Of the resampled accounts.
    draws
        How many times accounts are resampled.

    Returns
    -------
    TimeFit
        Its `problem` says so where there are fewer than 8 accounts for each term, or no driver
        varies. A driver that does not vary is left out and named in `notes`.

    Raises
    ------
    InputError
        If a driver is not a number of at least 0.

    Notes
    -----
    h_iy = b_0 + sum_m b_m x_im, b ≥ 0, for each activity; weights 1 / h_i are updated until
    they settle (quasi-Poisson, identity link [2]_). Ranges: accounts are drawn with
    replacement, all years of one together, under the weights of the fit.

    Examples
    --------
    >>> accounts = pd.Index([f"a{n:02d}" for n in range(20)], name="account_id")
    >>> sites = pd.DataFrame({"sites": range(1, 21)}, index=accounts)
    >>> rows = pd.MultiIndex.from_product([accounts, [0]], names=["account_id", "years_back"])
    >>> hours = pd.DataFrame({"visit": [10.0 + 3.0 * n for n in range(1, 21)]}, index=rows)
    >>> fit_time_log(hours, sites, seed=1).coefficients[["driver", "hours"]].round(6)
      driver  hours
    0   base   10.0
    1  sites    3.0
    """
    if hours.empty:
        return _no_fit(hours, "it holds no work for these accounts", [])
    numbers = _checked(drivers)
    varies = numbers.nunique() > 1
    notes = [f"{name} does not vary" for name in numbers.columns[~varies]]
    numbers = numbers.loc[:, varies]
    accounts = hours.index.get_level_values("account_id")
    known = numbers.dropna().index.intersection(accounts.unique(), sort=False)
    left_out = accounts.nunique() - len(known)
    if left_out:
        notes.append(f"{left_out:,} accounts of the log without known drivers")
    terms = numbers.shape[1] + 1
    if not varies.any():
        return _no_fit(hours, "no driver varies between the accounts", notes)
    if len(known) < ACCOUNTS_PER_TERM * terms:
        least = ACCOUNTS_PER_TERM * terms
        problem = f"{terms} terms need at least {least} accounts with a log; got {len(known)}"
        return _no_fit(hours, problem, notes)
    return _fit(hours, numbers, known, notes, seed=seed, draws=draws)


def _fit(
    hours: pd.DataFrame,
    drivers: pd.DataFrame,
    known: pd.Index,
    notes: list[str],
    *,
    seed: int,
    draws: int,
) -> TimeFit:
    rows = hours[hours.index.get_level_values("account_id").isin(known)]
    accounts = rows.index.get_level_values("account_id")
    design = _design(drivers.loc[accounts])
    y = rows.to_numpy(dtype=float)
    kept = ~far_groups(design, y, pd.factorize(accounts)[0], limit=FAR)
    coefficients, weights = weighted_fit(design[kept], y[kept])
    group = pd.factorize(accounts[kept])[0]
    drawn = resampled_fits(design[kept], y[kept], weights, group, seed=seed, draws=draws)
    expected, total = (design @ coefficients).sum(axis=1)[kept], y.sum(axis=1)[kept]
    between, within = persistence(total - expected, expected, group)
    return TimeFit(
        coefficients=_coefficient_table(rows.columns, drivers.columns, coefficients, drawn),
        by_account=_by_account(hours, drivers, coefficients, drawn, accounts[~kept]),
        modelled=_modelled(drivers, coefficients, rows.columns),
        logged=_mean_of_years(hours),
        r_squared=explained(total, expected),
        between=between,
        within=within,
        problem="",
        notes=tuple(notes),
    )


def _no_fit(hours: pd.DataFrame, problem: str, notes: list[str]) -> TimeFit:
    logged = _mean_of_years(hours)
    unknown = pd.DataFrame(float("nan"), index=logged.index, columns=logged.columns)
    table = pd.DataFrame(
        {
            "logged": logged.sum(axis=1),
            **dict.fromkeys(["modelled", "modelled_low", "modelled_high", "difference"], np.nan),
            "years": hours.groupby("account_id").size(),
            "is_set_aside": False,
        }
    )
    empty = pd.DataFrame(columns=list(COEFFICIENTS))
    nan = float("nan")
    return TimeFit(empty, table, unknown, logged, nan, nan, nan, problem, tuple(notes))


def _by_account(
    hours: pd.DataFrame, drivers: pd.DataFrame, coefficients: Floats, drawn: Floats, far: pd.Index
) -> pd.DataFrame:
    logged, years = _mean_of_years(hours).sum(axis=1), hours.groupby("account_id").size()
    design, total = _design(drivers), coefficients.sum(axis=1)
    low, high = np.quantile(drawn.sum(axis=2) @ design.T, RANGE, axis=0)
    table = pd.DataFrame(
        {"modelled": design @ total, "modelled_low": low, "modelled_high": high},
        index=drivers.index,
    )
    table = table.reindex(drivers.index.union(logged.index, sort=False))
    table.insert(0, "logged", logged.reindex(table.index))
    return table.assign(
        difference=table["logged"] - table["modelled"],
        years=years.reindex(table.index, fill_value=0),
        is_set_aside=table.index.isin(far),
    )


def _coefficient_table(
    activities: pd.Index, drivers: pd.Index, coefficients: Floats, drawn: Floats
) -> pd.DataFrame:
    terms = [BASE, *drivers]
    low, high = np.quantile(drawn, RANGE, axis=0)
    columns = (np.repeat(activities, len(terms)), terms * len(activities),
               coefficients.T.ravel(), low.T.ravel(), high.T.ravel())  # fmt: skip
    return pd.DataFrame(dict(zip(COEFFICIENTS, columns, strict=True)))


def _modelled(drivers: pd.DataFrame, coefficients: Floats, activities: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(_design(drivers) @ coefficients, index=drivers.index, columns=activities)


def _mean_of_years(hours: pd.DataFrame) -> pd.DataFrame:
    return hours.groupby("account_id").mean()


def _design(drivers: pd.DataFrame) -> Floats:
    return np.column_stack([np.ones(len(drivers)), drivers.to_numpy(dtype=float)])


def _checked(drivers: pd.DataFrame) -> pd.DataFrame:
    numbers = drivers.apply(pd.to_numeric, errors="coerce").astype(float)
    wrong = (numbers < 0) | np.isinf(numbers) | (numbers.isna() & drivers.notna())
    if wrong.to_numpy().any():
        row, column = np.argwhere(wrong.to_numpy())[0]
        raise InputError(
            f"drivers must be numbers of at least 0; got {drivers.iat[row, column]!s} for "
            f"{drivers.columns[column]!r} of {drivers.index[row]!r}"
        )
    return numbers
