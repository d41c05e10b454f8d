"""Intervals from how far the same forecast erred at earlier dates.

Split conformal prediction [1]_: what followed ÷ what was forecast, at earlier dates, gives
the bounds for now; accounts are pooled in classes that err alike [2]_, by size, age and
silence. No distribution is assumed, only that the coming period is to its forecast as the
earlier ones were to theirs; so the interval knows as little of a slump that hits all
accounts as the history does.

References
----------
.. [1] Lei, J., G'Sell, M., Rinaldo, A., Tibshirani, R. J. and Wasserman, L. (2018),
   "Distribution-free predictive inference for regression", Journal of the American
   Statistical Association 113(523), 1094-1111.
.. [2] Vovk, V., Gammerman, A. and Shafer, G. (2005), Algorithmic learning in a random world,
   Springer, section 4.5: conditional ("Mondrian") conformal prediction.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.history import MONTHS_PER_YEAR
from kamtools.selection.recency import is_gone

Array = npt.NDArray[np.float64]

SIZE_CLASSES = (0.1, 0.4)
"""Cumulative shares, the largest first, at which the size classes end."""
NOTHING, GONE, YOUNG = "nothing", "gone", "young"
MOST_ERRORS = 1000
"""Errors of a class that are kept; of more, as many spread evenly from least to largest."""


def error_class(summary: pd.DataFrame) -> pd.Series:
    """Return the class of each account, within which forecasts err alike.

    Parameters
    ----------
    summary : index account_id
        From `history.purchase_summary`.

    Returns
    -------
    (n_accounts,) text
        "nothing" for an account without net revenue in the last year, "gone" by the rule of
        `recency.is_gone`, "young" with less than a year since its first order, and by size
        "1" (the largest tenth of the others), "2" (the three tenths after it), "3".

    Examples
    --------
    >>> summary = pd.DataFrame({"frequency": [9.0] * 4, "recency": [13.0, 13.0, 5.0, 13.0],
    ...     "T": [14.0, 14.0, 6.0, 20.0], "silence_months": [1.0, 1.0, 1.0, 7.0],
    ...     "revenue": [9.0, 5.0, 9.0, 3.0]}, index=["a", "b", "c", "d"])
    >>> error_class(summary).to_dict()
    {'a': '2', 'b': '3', 'c': 'young', 'd': 'gone'}
    """
    is_young = summary["T"] < MONTHS_PER_YEAR - 1
    classes = pd.Series(
        np.select(
            [summary["revenue"] <= 0, is_gone(summary), is_young], [NOTHING, GONE, YOUNG], ""
        ),
        summary.index,
        name="error_class",
    )
    rest = summary["revenue"][classes == ""]
    share = (rest.rank(ascending=False, method="first") - 0.5) / max(len(rest), 1)
    sizes = np.searchsorted(SIZE_CLASSES, share.to_numpy(), side="right") + 1
    return classes.where(classes != "", pd.Series(sizes.astype(str), rest.index))


def bounds(
    now: pd.DataFrame, errors: pd.DataFrame, *, interval: float, stretch: float
) -> pd.DataFrame:
    """Return the interval of each account's revenue and margin.

    Parameters
    ----------
    now : (n_accounts, 3), index account_id
        `error_class`; `scale` (money), the revenue if the account stays; `margin_rate`.
    errors : a row an account and earlier date
        `error_class`; `ratio`, what followed ÷ scale then; `rate_change`, the margin rate
        of what followed less the one known then (0 where nothing followed, NaN if unknown).
    interval : 0-1
        The part of accounts whose revenue shall lie inside.
    stretch : 1 or more
        Factor on the distance from the median, in logarithms, for errors of a horizon
        shorter than the one asked for.

    Returns
    -------
    (n_accounts, 4), index as `now`
        `revenue_low`, `revenue_high`, `margin_low`, `margin_high`.

    Notes
    -----
    With n errors the bounds are those of rank ⌊(n + 1) α/2⌋ and ⌈(n + 1)(1 − α/2)⌉, or the
    extremes where n is too small for them. A class with fewer than 2/α errors takes those
    of all accounts that still buy, and the silent classes those of all accounts. The
    interval of a silent account always holds nothing.

    Raises
    ------
    InputError
        If there are no errors.
    """
    if errors.empty:
        raise InputError("no account of an earlier date has brought revenue to learn from")
    pieces = [
        _class_bounds(part, _errors_for(str(name), errors, interval), interval, stretch)
        for name, part in now.groupby("error_class")
    ]
    limits = pd.concat(pieces).reindex(now.index)
    is_buying = ~now["error_class"].isin([NOTHING, GONE])
    lows, highs = ["revenue_low", "margin_low"], ["revenue_high", "margin_high"]
    limits[lows] = limits[lows].where(is_buying, limits[lows].clip(upper=0))
    limits[highs] = limits[highs].where(is_buying, limits[highs].clip(lower=0))
    return limits


def _errors_for(name: str, errors: pd.DataFrame, interval: float) -> pd.DataFrame:
    own = errors[errors["error_class"] == name]
    if len(own) < 2 / (1 - interval):
        of_buyers = errors[~errors["error_class"].isin([NOTHING, GONE])]
        own = errors if name in (NOTHING, GONE) or of_buyers.empty else of_buyers
    ordered = own.sort_values("ratio", kind="stable")
    if len(ordered) > MOST_ERRORS:
        ordered = ordered.iloc[np.linspace(0, len(ordered) - 1, MOST_ERRORS).round().astype(int)]
    return ordered


def _class_bounds(
    now: pd.DataFrame, errors: pd.DataFrame, interval: float, stretch: float
) -> pd.DataFrame:
    ratio = _stretched(errors["ratio"].to_numpy(), stretch)
    scale, rate = now["scale"].to_numpy(), now["margin_rate"].to_numpy()
    low, high = _ranked(ratio[None, :], interval)
    change = errors["rate_change"].to_numpy()
    known = ~np.isnan(change)
    margins = ratio[known] * (rate[:, None] + stretch * change[known])
    margin_low, margin_high = _ranked(margins, interval)
    return pd.DataFrame(
        {
            "revenue_low": low * scale,
            "revenue_high": high * scale,
            "margin_low": margin_low * scale,
            "margin_high": margin_high * scale,
        },
        index=now.index,
    )


def _stretched(ratio: Array, stretch: float) -> Array:
    centre = np.median(ratio)
    if stretch == 1 or centre <= 0:
        return ratio
    positive = np.where(ratio > 0, ratio, centre)
    return np.where(ratio > 0, centre * (positive / centre) ** stretch, ratio)


def _ranked(values: Array, interval: float) -> tuple[Array, Array]:
    """Return the two order statistics of each row between which the interval lies."""
    n = values.shape[1]
    if n == 0:
        unknown = np.full(len(values), np.nan)
        return unknown, unknown
    tail = (1 - interval) / 2
    low = int(np.clip(np.floor((n + 1) * tail + 1e-9), 1, n)) - 1
    high = int(np.clip(np.ceil((n + 1) * (1 - tail) - 1e-9), 1, n)) - 1
    ordered = np.partition(values, (low, high), axis=1)
    return ordered[:, low], ordered[:, high]
