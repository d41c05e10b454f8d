"""Weights that the numbers themselves suggest: entropy and CRITIC.

Beware. They know how far a criterion tells the accounts apart, and nothing of what the firm
wants: a criterion in which one account sticks out gets the weight, however trivial it is.
Use them to see which criteria can change the list at all, or as one voice beside people's
weights; never as the weights.

References
----------
.. [1] Hwang, C. L. and Yoon, K. (1981), Multiple Attribute Decision Making, Springer, ch. 3.
.. [2] Diakoulaki, D., Mavrotas, G. and Papayannakis, L. (1995), "Determining objective weights
   in multiple criteria problems: the CRITIC method", Computers & Operations Research 22(7),
   763-770.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.normalisation import normalise
from kamtools.selection.weights import direct_weights


def entropy_weights(
    values: pd.DataFrame, objectives: pd.Series, *, normalisation: str = "min_max"
) -> pd.Series:
    """Return weights by how unequally each criterion spreads over the accounts.

    A warning: this is not importance. See the module.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id; NaN where not known
        At least two accounts known in each criterion.
    objectives : (n_criteria,) "max" or "min"
    normalisation
        As in `normalisation.normalise`. "sum" is the method as published, for positive values;
        "min_max" takes any.

    Returns
    -------
    (n_criteria,) 0-1 with the sum 1, index criterion

    Raises
    ------
    InputError
        As `normalise`; if a criterion is known for one account only, or the numbers suggest
        nothing: all accounts alike in all criteria, or all criteria saying the same.

    Notes
    -----
    p_ij = n_ij / sum_i n_ij over the m_j accounts known,
    e_j = −(1 / ln m_j) sum_i p_ij ln p_ij, w_j = (1 − e_j) / sum_j (1 − e_j), Hwang and Yoon
    1981 [1]_.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [1.0, 1.0, 1.0, 97.0], "growth": [1.0, 2.0, 3.0, 4.0]})
    >>> objectives = pd.Series({"margin": "max", "growth": "max"})
    >>> entropy_weights(values, objectives, normalisation="sum").round(2).to_dict()
    {'margin': 0.92, 'growth': 0.08}
    """
    normalised = _known_twice(normalise(values, objectives, method=normalisation)).clip(lower=0)
    share = normalised / normalised.sum()
    logs = np.log(share.where(share > 0, 1.0))
    entropy = -(share * logs).sum() / np.log(normalised.notna().sum())
    # Twelve decimals: accounts alike but for rounding errors have the entropy 1.
    return _weights((1 - entropy).round(12).clip(lower=0))


def critic_weights(values: pd.DataFrame, objectives: pd.Series) -> pd.Series:
    """Return weights by spread, and by how little the other criteria say the same.

    A warning: this is not importance. See the module.

    Parameters
    ----------
    values, objectives
        As in `entropy_weights`.

    Returns
    -------
    (n_criteria,) 0-1 with the sum 1, index criterion

    Raises
    ------
    InputError
        As `entropy_weights`.

    Notes
    -----
    C_j = s_j sum_k (1 − r_jk), w_j = C_j / sum C, with s the standard deviation and r the
    correlation of min-max normalised values, Diakoulaki et al. 1995 [2]_. A criterion in
    which all are alike correlates with nothing, and has the weight 0.

    Examples
    --------
    >>> values = pd.DataFrame({"sales": [1.0, 2.0, 3.0], "orders": [1.0, 2.0, 3.0],
    ...                        "growth": [3.0, 1.0, 2.0]})
    >>> objectives = pd.Series("max", index=values.columns)
    >>> critic_weights(values, objectives).round(2).to_dict()
    {'sales': 0.25, 'orders': 0.25, 'growth': 0.5}
    """
    normalised = _known_twice(normalise(values, objectives))
    spread = normalised.std()
    conflict = (1 - normalised.corr().fillna(1.0)).sum()
    return _weights((spread * conflict).round(12).clip(lower=0))


def _known_twice(normalised: pd.DataFrame) -> pd.DataFrame:
    count = normalised.notna().sum()
    if (count < 2).any():
        name = count.index[count < 2][0]
        raise InputError(f"{name} is known for one account only; its spread says nothing")
    return normalised


def _weights(points: pd.Series) -> pd.Series:
    if points.sum() == 0:
        raise InputError(
            "the numbers suggest no weights: all accounts are alike, or all criteria say the same"
        )
    return direct_weights({str(name): float(value) for name, value in points.items()})
