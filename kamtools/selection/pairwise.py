"""How often one account beats another: the friend of the house against the one he would replace.

References
----------
.. [1] Tervonen, T. and van Valkenhoef, G., smaa: stochastic multicriteria acceptability
   analysis, package for R, version 0.3-3, function smaa.pwi.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.acceptability import BLOCK
from kamtools.selection.draw_scores import score_blocks
from kamtools.selection.rank_tally import whole_scores
from kamtools.selection.value_draws import Uncertainty
from kamtools.selection.weight_draws import check_weight_draws


def pairwise_winning(
    values: pd.DataFrame,
    weight_draws: pd.DataFrame,
    objectives: pd.Series,
    *,
    rivals: Sequence[str],
    method: str = "weighted_sum",
    uncertainty: Uncertainty | None = None,
    block: int = BLOCK,
) -> pd.DataFrame:
    """Return how often one account scores above another; a draw in which they tie is half.

    Parameters
    ----------
    values, weight_draws, objectives, method, uncertainty, block
        As in `smaa`.
    rivals : account_id, each once
        Those to compare, such as the last that are in and the first that are out.

    Returns
    -------
    (n_rivals, n_rivals) 0-1
        Row above column; 0 on the diagonal.

    Raises
    ------
    InputError
        If a rival has no values or is named twice, and as `smaa`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 5.0], "growth": [0.0, 5.0]}, index=["a", "b"])
    >>> weights = pd.DataFrame({"margin": [0.9, 0.6, 0.3], "growth": [0.1, 0.4, 0.7]})
    >>> pairwise_winning(values, weights, pd.Series({"margin": "max", "growth": "max"}),
    ...                  rivals=["a", "b"]).round(2)
          a     b
    a  0.00  0.67
    b  0.33  0.00
    """
    weights = check_weight_draws(weight_draws, values.columns)
    places = _places(values, rivals)
    wins = np.zeros((len(places), len(places)))
    for _, scores in score_blocks(
        values, weights, objectives, method=method, uncertainty=uncertainty, block=block
    ):
        whole = whole_scores(scores[:, places])
        for row in range(len(places)):
            ahead = np.sign(whole[:, [row]] - whole)
            wins[row] += ((ahead + 1) / 2).sum(axis=0)
    np.fill_diagonal(wins, 0.0)
    return pd.DataFrame(wins / len(weights), index=list(rivals), columns=list(rivals))


def _places(values: pd.DataFrame, rivals: Sequence[str]) -> np.ndarray:
    places = values.index.get_indexer(pd.Index(list(rivals)))
    if (places < 0).any():
        raise InputError(f"rival {list(rivals)[int(np.argmin(places))]!r} has no values")
    if len(set(places.tolist())) < max(len(places), 1):
        raise InputError(f"name each rival once, and at least one; got {list(rivals)}")
    return places
