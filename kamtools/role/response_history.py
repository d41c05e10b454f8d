"""What history can tell of a response curve: its slope at today's hours, and nothing else.

Hours of a few years lie near today's. They cannot show what an account brings without any
hours or with unlimited ones, so both ends stay judgements. The slope is read from how margin
moved with hours within the same account, years compared alike for all. Even so hours may have
followed margin instead of causing it; a slope from history is evidence, not proof.
"""

import numpy as np
import pandas as pd
from scipy import stats

from kamtools.errors import InputError
from kamtools.role.response_curves import Floats, curve_shapes, response

ACCOUNTS_NEEDED = 8
SPREAD_NEEDED = 0.1
LEVEL = 0.9
COLUMNS = ("account_id", "year", "hours", "margin", "tier")
ENOUGH = ""


def slopes_from_history(history: pd.DataFrame) -> pd.DataFrame:
    """Return for each tier by how much margin moved with hours, or why history cannot tell.

    Parameters
    ----------
    history
        One row an account and year: `account_id`, `year`, `hours` (at least 0), `margin`
        (money), `tier`. Accounts with one year, or whose mean hours or margin is not above 0,
        are left out.

    Returns
    -------
    DataFrame
        Index tier. `slope`: part by which margin rises when hours rise by all of today's;
        `low`, `high` (90 %); `accounts`; `spread`, the standard deviation of an account's hours
        around its mean, as a part of it; `is_usable`; `reason`, why not.

    Raises
    ------
    InputError
        If a column is missing or an account has a year twice.

    Notes
    -----
    Hours and margin are taken relative to the account's mean; years are dummies; slope by
    least squares, errors clustered by account. Usable are slopes from at least 8 accounts
    whose hours varied by a tenth or more, with a range above 0.

    Examples
    --------
    >>> history = pd.DataFrame({"account_id": ["a", "a"], "year": [2023, 2024],
    ...     "hours": [100.0, 120.0], "margin": [9e4, 1e5], "tier": "star"})
    >>> slopes_from_history(history)["reason"].to_dict()
    {'star': '1 account with two years or more; 8 are needed'}
    """
    missing = [name for name in COLUMNS if name not in history]
    if missing:
        raise InputError(f"history of hours and margin lacks the column {missing[0]}")
    again = history[history.duplicated(["account_id", "year"])]
    if len(again):
        account, year = again.iloc[0][["account_id", "year"]]
        raise InputError(f"history gives the year {year} of {account} twice")
    by_account = history.groupby("account_id")
    means = by_account[["hours", "margin"]].transform("mean")
    kept = (by_account["year"].transform("size") > 1) & (means > 0).all(axis=1)
    moves = (history[["hours", "margin"]] / means.where(means > 0) - 1).join(
        history[["account_id", "year", "tier"]]
    )
    rows = {tier: _slope(moves[kept & (history["tier"] == tier)])
            for tier in history["tier"].drop_duplicates()}  # fmt: skip
    columns = ["slope", "low", "high", "accounts", "spread", "is_usable", "reason"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("tier")


def refuse_unusable(slopes: pd.DataFrame) -> None:
    """Refuse slopes that history could not tell.

    Raises
    ------
    InputError
        With the reason for each tier, where one is not usable.

    Examples
    --------
    >>> refuse_unusable(pd.DataFrame({"is_usable": [True], "reason": [""]}, index=["star"]))
    """
    wrong = slopes[~slopes["is_usable"].astype(bool)]
    if len(wrong):
        told = "; ".join(f"{tier}: {reason}" for tier, reason in wrong["reason"].items())
        raise InputError(f"history cannot tell how margin answers to hours ({told})")


def judgements_from_slopes(judgements: pd.DataFrame, slopes: pd.DataFrame) -> pd.DataFrame:
    """Return the judgements with the margin at half more hours replaced by what history shows.

    Parameters
    ----------
    judgements
        By tier, as `response_curves.default_judgements`: the two ends stay as judged.
    slopes
        From `slopes_from_history`; tiers that are not usable keep their judgement.

    Returns
    -------
    DataFrame
        As `judgements`; `source` of a replaced one is "service history".

    Notes
    -----
    S'(1) = d (max − 1)(1 − min) / (max − min), solved for d; then r = S(1.5).

    Examples
    --------
    >>> judged = pd.DataFrame({"minimum": [0.5], "maximum": [1.4], "at_half_more": [1.1],
    ...                        "source": ["assumption"]}, index=["star"])
    >>> slopes = pd.DataFrame({"slope": [0.5556], "is_usable": [True]}, index=["star"])
    >>> judgements_from_slopes(judged, slopes).round(3)
          minimum  maximum  at_half_more           source
    star      0.5      1.4         1.198  service history
    """
    usable = slopes.index[slopes["is_usable"].astype(bool)].intersection(judgements.index)
    result = judgements.copy()
    shapes = curve_shapes(judgements.loc[usable])
    low, high = shapes["minimum"], shapes["maximum"]
    d = slopes["slope"].loc[usable].astype(float) * (high - low) / ((high - 1) * (1 - low))
    more = response(1.5, minimum=low, maximum=high, c=shapes["c"], d=d)
    result.loc[usable, "at_half_more"] = more
    result.loc[usable, "source"] = "service history"
    return result


def _slope(moves: pd.DataFrame) -> tuple[float, float, float, int, float, bool, str]:
    account = pd.factorize(moves["account_id"])[0]
    n_accounts = len(np.unique(account))
    nan = float("nan")
    if n_accounts < ACCOUNTS_NEEDED:
        said = f"{n_accounts} account{'' if n_accounts == 1 else 's'} with two years or more"
        return nan, nan, nan, n_accounts, nan, False, f"{said}; {ACCOUNTS_NEEDED} are needed"
    years = pd.get_dummies(moves["year"], dtype=float).iloc[:, 1:]
    within = (years - years.groupby(account).transform("mean")).to_numpy()
    x, y = (_without(moves[name].to_numpy(dtype=float), within) for name in ("hours", "margin"))
    spread = float(np.sqrt((x**2).sum() / (len(x) - n_accounts)))
    if spread < SPREAD_NEEDED:
        reason = f"hours varied by {100 * spread:.0f} % only; {100 * SPREAD_NEEDED:.0f} % is needed"
        return nan, nan, nan, n_accounts, spread, False, reason
    slope = float((x @ y) / (x @ x))
    scores = np.bincount(account, weights=x * (y - slope * x))
    error = np.sqrt((scores**2).sum() * n_accounts / (n_accounts - 1)) / (x @ x)
    half = float(stats.t.ppf((1 + LEVEL) / 2, n_accounts - 1) * error)
    reason = ENOUGH if slope > half else "margin did not clearly rise with hours"
    usable = slope > half
    return slope, slope - half, slope + half, n_accounts, spread, usable, reason


def _without(values: Floats, dummies: Floats) -> Floats:
    """Return what the dummies do not explain."""
    if dummies.shape[1] == 0:
        return values
    left: Floats = values - dummies @ np.linalg.lstsq(dummies, values, rcond=None)[0]
    return left
