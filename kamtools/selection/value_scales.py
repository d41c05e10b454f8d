"""From what was measured to what it is worth: the scales named in `criteria`."""

import numpy as np
import pandas as pd

from kamtools.selection.criteria import Criterion


def value_of(measured: pd.Series, criterion: Criterion) -> pd.Series:
    """Return what each account's measured number is worth on the criterion's scale.

    The direction stays: where less is better, a low value is the good one.

    Parameters
    ----------
    measured : (n_accounts,) in the criterion's unit; NaN where not known
    criterion
        Its `scale` and `anchors` are used.

    Returns
    -------
    (n_accounts,) value; NaN where not known

    Examples
    --------
    >>> from kamtools.selection.criteria import CRITERIA
    >>> growth = next(c for c in CRITERIA if c.name == "growth")
    >>> value_of(pd.Series([-0.9, 0.0, 1.0, 50.0]), growth).tolist()
    [-1.0, 0.0, 1.0, 1.0]
    """
    within = measured.clip(*criterion.anchors) if criterion.anchors else measured
    if criterion.scale == "log":
        return log_amount(within)
    if criterion.scale == "log_change":
        return pd.Series(np.log2(1 + within), index=within.index)
    return within


def log_amount(amount: pd.Series) -> pd.Series:
    """Return log(1 + amount / typical), where typical is the median positive amount.

    Parameters
    ----------
    amount : (n_accounts,) money; NaN where not known

    Returns
    -------
    (n_accounts,) at least 0, whatever the currency; 0 for nothing and for a loss

    Examples
    --------
    >>> log_amount(pd.Series([-5.0, 0.0, 10.0, 1000.0, 10.0])).round(2).tolist()
    [0.0, 0.0, 0.69, 4.62, 0.69]
    """
    typical = amount[amount > 0].median()
    return pd.Series(np.log1p(amount.clip(lower=0) / (typical if typical > 0 else 1.0)))
