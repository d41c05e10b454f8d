"""What all methods of scoring share: unknown values, and from scores to ranks."""

import numpy as np
import pandas as pd

DECIMALS = 12
"""Accounts apart by rounding errors only are equal."""


def mean_over_known(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted mean of each row over what is known in it.

    Parameters
    ----------
    values : (n_accounts, n_criteria); NaN where not known
    weights : (n_criteria,) at least 0

    Returns
    -------
    (n_accounts,) NaN where nothing weighted is known

    Examples
    --------
    >>> mean_over_known(np.array([[1.0, 3.0], [1.0, np.nan], [np.nan, np.nan]]),
    ...                 np.array([0.5, 0.5])).tolist()
    [2.0, 1.0, nan]
    """
    known_weight = ~np.isnan(values) @ weights
    total = np.nan_to_num(values) @ weights
    return np.divide(total, known_weight, out=np.full(len(total), np.nan), where=known_weight > 0)


def labelled(scores: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """Return scores with their accounts and ranks.

    Parameters
    ----------
    scores : (n_accounts,) larger is better; NaN where there is none
    index : (n_accounts,) account_id

    Returns
    -------
    (n_accounts, 2)
        `score`, and `rank` from 1; equal scores share the better rank, accounts without a
        score stand behind all others.

    Examples
    --------
    >>> labelled(np.array([0.5, np.nan, 0.5, 0.2]), pd.Index(list("abcd")))["rank"].to_dict()
    {'a': 1, 'b': 4, 'c': 1, 'd': 3}
    """
    score = pd.Series(scores, index=index, name="score")
    rank = score.round(DECIMALS).rank(ascending=False, method="min", na_option="bottom")
    return pd.DataFrame({"score": score, "rank": rank.astype("int64")})
