"""A weighted sum on scales that stay where they are, whoever else is in the table.

Every other normalisation is measured on the accounts that happen to be there: a giant that
enters stretches the scale and may swap two accounts that have nothing to do with it. With
anchors written down once, such as last year's worst and best, that cannot happen.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.normalisation import check_values
from kamtools.selection.ranking import labelled, mean_over_known
from kamtools.selection.weights import check_weights
from kamtools.wording import listing


def anchors_of(values: pd.DataFrame) -> pd.DataFrame:
    """Return the ends of each criterion's scale, to be kept and used again.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id; NaN where not known

    Returns
    -------
    (n_criteria, 2), index criterion
        `low` and `high`, the lowest and the highest value there is.

    Examples
    --------
    >>> anchors_of(pd.DataFrame({"margin": [5.0, 25.0]}))
               low  high
    criterion
    margin     5.0  25.0
    """
    ends = pd.DataFrame({"low": values.min(), "high": values.max()}, dtype=float)
    return ends.rename_axis("criterion")


def anchored_sum(
    values: pd.DataFrame, weights: pd.Series, objectives: pd.Series, *, anchors: pd.DataFrame
) -> pd.DataFrame:
    """Return scores and ranks by the weighted sum between fixed anchors.

    Parameters
    ----------
    values, weights, objectives
        As in `scoring.weighted_sum`.
    anchors : (n_criteria, 2), index criterion
        `low` and `high` in the unit of `values`, low < high; from `anchors_of` or agreed on.
        A criterion without a weight needs none.

    Returns
    -------
    (n_accounts, 2), index as `values`
        `score`, 0 at the bad anchors and 1 at the good ones, and beyond them for accounts
        that lie beyond; `rank` from 1, equal scores sharing the better rank.

    Raises
    ------
    InputError
        If the anchors of a weighted criterion are missing or not in order, or as
        `scoring.weighted_sum`.

    Notes
    -----
    V_i = sum_j w_j (x_ij − low_j) / (high_j − low_j), turned where less is better. The score
    of an account depends on no other account, so an added one swaps no two.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [15.0, 45.0]}, index=["a", "giant"])
    >>> anchors = pd.DataFrame({"low": [5.0], "high": [25.0]}, index=["margin"])
    >>> anchored_sum(values, pd.Series({"margin": 1.0}), pd.Series({"margin": "max"}),
    ...              anchors=anchors)["score"].to_dict()
    {'a': 0.5, 'giant': 2.0}
    """
    is_benefit = check_values(values, objectives)
    weight = check_weights(weights, values.columns)
    _check_anchors(anchors, weight.index[weight > 0])
    ends = anchors.reindex(values.columns).astype(float)
    rising = (values.astype(float) - ends["low"]) / (ends["high"] - ends["low"])
    turned = np.where(is_benefit, rising, 1 - rising)
    is_weighted = (weight > 0).to_numpy()
    scores = mean_over_known(turned[:, is_weighted], weight[is_weighted].to_numpy())
    return labelled(scores, values.index)


def _check_anchors(anchors: pd.DataFrame, weighted: pd.Index) -> None:
    missing = [str(name) for name in weighted if name not in anchors.index]
    if missing:
        raise InputError(f"no anchors are given for {listing(missing)}")
    ends = anchors.loc[weighted]
    wrong = ends[~(ends["low"] < ends["high"])]
    if len(wrong):
        low, high = wrong.iloc[0][["low", "high"]]
        raise InputError(
            f"anchors must have low < high; got {low:g} and {high:g} for {wrong.index[0]}"
        )
