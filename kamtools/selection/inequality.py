"""How unequal accounts are: the Lorenz curve and the two numbers in use.

All three need revenues of at least 0: an account whose credits exceed its invoices is refused,
not rounded up to nothing, so that whoever leaves it out knows.

References
----------
.. [1] Gini, C. (1912), Variabilità e mutabilità, Bologna.
.. [2] Hirschman, A. O. (1964), "The paternity of an index", American Economic Review 54(5), 761.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.concentration import check_revenue


def lorenz_curve(revenue: pd.Series) -> pd.DataFrame:
    """Return the cumulative share of revenue over the share of accounts, smallest first.

    Parameters
    ----------
    revenue : (n_accounts,) money of at least 0, index account_id

    Returns
    -------
    (n_accounts + 1, 2) shares
        `account_share` and `revenue_share`, from (0, 0) to (1, 1).

    Raises
    ------
    InputError
        If there is no account, a revenue is missing or negative, or all are 0.

    Examples
    --------
    >>> lorenz_curve(pd.Series({"a": 1.0, "b": 3.0}))["revenue_share"].tolist()
    [0.0, 0.25, 1.0]
    """
    ordered = np.sort(_not_negative(revenue).to_numpy(dtype=float))
    cumulated = np.concatenate([[0.0], np.cumsum(ordered)])
    return pd.DataFrame(
        {
            "account_share": np.arange(len(cumulated)) / len(ordered),
            "revenue_share": cumulated / cumulated[-1],
        }
    )


def gini(revenue: pd.Series) -> float:
    """Return the Gini coefficient: 0 if all accounts are equal, 1 - 1/n if one has it all.

    Parameters
    ----------
    revenue : (n_accounts,) money of at least 0, index account_id

    Raises
    ------
    InputError
        As `lorenz_curve`.

    Notes
    -----
    With x sorted from the smallest, G = sum_i (2i - n - 1) x_i / (n sum_i x_i): one less
    twice the area under the Lorenz curve.

    Examples
    --------
    >>> gini(pd.Series([5.0, 5.0, 5.0])), gini(pd.Series([0.0, 0.0, 0.0, 9.0]))
    (0.0, 0.75)
    """
    ordered = np.sort(_not_negative(revenue).to_numpy(dtype=float))
    n = len(ordered)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def hhi(revenue: pd.Series) -> float:
    """Return the Herfindahl-Hirschman index, the sum of squared revenue shares (1/n to 1).

    Its inverse is the number of equal accounts that would be as concentrated.

    Parameters
    ----------
    revenue : (n_accounts,) money of at least 0, index account_id

    Raises
    ------
    InputError
        As `lorenz_curve`.

    Examples
    --------
    >>> hhi(pd.Series([25.0, 25.0, 25.0, 25.0]))
    0.25
    """
    shares = _not_negative(revenue) / revenue.sum()
    return float((shares**2).sum())


def _not_negative(revenue: pd.Series) -> pd.Series:
    n_negative = int((check_revenue(revenue) < 0).sum())
    if n_negative:
        raise InputError(
            f"{n_negative:,} of {len(revenue):,} accounts have a negative net revenue, for which "
            "this measure has no meaning; leave them out: revenue[revenue > 0]"
        )
    return revenue
