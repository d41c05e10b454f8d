"""What an account adds to a list: its score beyond that of an account that is not worth a place.

Scores of a list are added up, so their zero matters: with the score as it is, twenty poor
accounts outweigh ten good ones. The zero of a place on the list is an account that would be
left to the sales office without regret. The median account is the default; any other can be
said.

References
----------
.. [1] Clemen, R. T. and Smith, J. E. (2009), "On the choice of baselines in multiattribute
   portfolio analysis: a cautionary note", Decision Analysis 6(4), 256-262.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError


def value_above_baseline(scores: pd.Series, *, baseline: float | None = None) -> pd.Series:
    """Return what each account's place on the list is worth, in points of the score.

    Parameters
    ----------
    scores : (n_accounts,), index account_id
        NaN for an account that cannot be scored: it is left out.
    baseline
        Score from which on a place is worth something; the median of the scores if None.

    Returns
    -------
    (n_scored,) index account_id
        Below 0 for accounts under the baseline, which no list takes unless a limit asks for
        them.

    Raises
    ------
    InputError
        If no account has a score, or the baseline is not a number.

    Examples
    --------
    >>> value_above_baseline(pd.Series({"a": 0.9, "b": 0.5, "c": 0.4})).round(2).to_dict()
    {'a': 0.4, 'b': 0.0, 'c': -0.1}
    """
    known = scores.dropna().astype(float)
    if known.empty:
        raise InputError("no account has a score, so no place on the list has a value")
    zero = float(known.median()) if baseline is None else float(baseline)
    if not np.isfinite(zero):
        raise InputError(f"baseline must be a number; got {baseline}")
    return (known - zero).rename("value")
