"""How regularly a firm's accounts order: by chance, by the clock, or month after month."""

import numpy as np
import pandas as pd

from kamtools.selection.history import DAYS_PER_MONTH, by_month

WINDOW_MONTHS = 24
MIN_GAPS = 3
MIN_MEAN_GAP = 1.25
"""Months: an account that orders nearly every month has no gaps to tell a rhythm from."""


def share_of_months_ordered(history: pd.DataFrame) -> float:
    """Return in what part of their months the accounts order, weighted by revenue.

    Of the last 24 months, or of those since an account's first order.

    Parameters
    ----------
    history : from `purchases.purchase_history`

    Returns
    -------
    share, 0-1

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> share_of_months_ordered(example_history())
    0.5555555555555556
    """
    recent = history[history["months_back"] < WINDOW_MONTHS]
    ordered = by_month(recent, "orders") > 0
    weight = by_month(recent).sum(axis=1).clip(lower=0)
    first = history.groupby("account_id")["first_days_back"].max() / DAYS_PER_MONTH
    tenure = np.ceil(first.reindex(ordered.index).fillna(1)).clip(1, ordered.shape[1])
    share = (ordered.sum(axis=1) / tenure).clip(upper=1)
    return float(np.average(share, weights=weight)) if weight.sum() > 0 else 0.0


def irregularity(history: pd.DataFrame) -> float:
    """Return how irregular the gaps between orders are: 0 by the clock, 1 by chance.

    Gaps are counted in months between months with an order. Of accounts with three gaps or
    more that do not order nearly every month, the median is taken.

    Parameters
    ----------
    history : from `purchases.purchase_history`

    Returns
    -------
    float, 0 or more
        NaN where no account has such gaps.

    Notes
    -----
    The standard deviation of an account's gaps ÷ their mean m, over √(1 − 1/m), which it is
    where each month has the same chance of an order (geometric gaps).

    Examples
    --------
    >>> quarterly = pd.DataFrame({"account_id": ["a"] * 5, "months_back": [0, 3, 6, 9, 12],
    ...                           "orders": [1] * 5})
    >>> irregularity(quarterly)
    0.0
    """
    is_order = (history["orders"] > 0) & (history["months_back"] < WINDOW_MONTHS)
    ordered = history[is_order].sort_values(["account_id", "months_back"])
    gaps = ordered.groupby("account_id")["months_back"].diff().dropna()
    by_account = gaps.groupby(ordered["account_id"]).agg(["size", "mean", "std"])
    enough = (by_account["size"] >= MIN_GAPS) & (by_account["mean"] >= MIN_MEAN_GAP)
    told = by_account[enough]
    by_chance = np.sqrt(1 - 1 / told["mean"])
    return float((told["std"] / told["mean"] / by_chance).median())
