"""How often an account is chosen when weights and values may differ: SMAA-2.

One list rests on one set of weights, and each weight can be argued with. Here many sets are
tried, and each account gets the share of them under which it is among the first. What comes
out is a verdict of three kinds: in, out, and "argue about it"; so people argue about the few
accounts whose place depends on the weights, and not about all.

The shares count sets of weights (and drawn values), not chances of success: an account that
is in under 90 % of them is one that nine in ten ways of weighing would choose.

References
----------
.. [1] Lahdelma, R. and Salminen, P. (2001), "SMAA-2: stochastic multicriteria acceptability
   analysis for group decision making", Operations Research 49(3), 444-454.
.. [2] Tervonen, T. and Lahdelma, R. (2007), "Implementing stochastic multicriteria
   acceptability analysis", European Journal of Operational Research 178(2), 500-513.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.draw_scores import draw_scores, score_blocks
from kamtools.selection.promethee import criterion_flows
from kamtools.selection.rank_tally import DECIMALS, RankTally
from kamtools.selection.value_draws import Uncertainty, value_blocks
from kamtools.selection.weight_draws import check_weight_draws

BLOCK = 2**18
"""Numbers in one working array, 2 MB; five or six such arrays are alive at a time."""
EQUAL = 10.0**-DECIMALS
"""Scores no further apart than this tie."""


@dataclass(frozen=True)
class Acceptability:
    """What many draws say of each account.

    Attributes
    ----------
    rank_acceptability : (n_accounts, n_ranks) 0-1, columns 1 … n_ranks
        Share of draws in which the account has the rank; `.cumsum(axis=1)` gives the share
        with that rank or a better one. Accounts that tie share the ranks they take together.
    p_top : (n_accounts,) 0-1
        Share of draws in which the account is among the first `top`.
    standard_error : (n_accounts,)
        Of `p_top`, from the number of draws alone. 0 where all draws agree: then read less
        than 3 / n_draws.
    central_weights : (n_accounts, n_criteria)
        Mean weights of the draws in which the account is first: what one would have to
        believe. NaN where it never is.
    confidence_factor : (n_accounts,) 0-1
        Share of draws in which it is first under just these weights; 0 or 1 where values are
        certain, and NaN where it never is first.
    top_weights : (n_accounts, n_criteria)
        Mean weights of the draws in which the account is among the first `top`: who would
        choose it. NaN where it never is.
    drawn_weights : (n_criteria, 2)
        `mean` and `standard_deviation` of the weights drawn, the yardstick for these means.
    top : number of accounts in the list
    n_draws : number of draws
    """

    rank_acceptability: pd.DataFrame
    p_top: pd.Series
    standard_error: pd.Series
    central_weights: pd.DataFrame
    confidence_factor: pd.Series
    top_weights: pd.DataFrame
    drawn_weights: pd.DataFrame
    top: int
    n_draws: int


def smaa(
    values: pd.DataFrame,
    weight_draws: pd.DataFrame,
    objectives: pd.Series,
    *,
    top: int,
    method: str = "weighted_sum",
    uncertainty: Uncertainty | None = None,
    ranks: int | None = None,
    block: int = BLOCK,
) -> Acceptability:
    """Return how often each account has each of the first ranks, and under which weights.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id; NaN where not known
        An account is scored over what is known of it, as in `scoring`.
    weight_draws : (n_draws, n_criteria), each row 0-1 with the sum 1
        From `weight_draws`, or from people: one row for each of those who were asked.
    objectives : (n_criteria,) "max" or "min"
    top : number of accounts in the list, from 1 to all that can be scored
    method : "weighted_sum", "topsis" or, where values are certain, "promethee"
        Values are scaled as `normalise` does with "min_max".
    uncertainty
        None if all values are certain.
    ranks : number of ranks to tell apart, from `top` (if None) to all
        The table has n_accounts × ranks numbers: ask for all of a few hundred accounts only.
    block : numbers in one working array
        More is not faster. The result does not depend on it.

    Returns
    -------
    `Acceptability`

    Raises
    ------
    InputError
        If values, weights, objectives or uncertainty do not fit each other, or `top`,
        `ranks`, `block` or `method` is not possible.

    Notes
    -----
    With V_i(w, x) the score, b_i^r = P(rank of V_i = r), the central weights
    E[w | rank = 1] and the confidence factor P(rank = 1 | central weights), of Lahdelma and
    Salminen 2001 [1]_; by draws as in Tervonen and Lahdelma 2007 [2]_. The error of a share p
    is sqrt(p (1 - p) / n_draws): 10,000 draws give it to ±1 percentage point or better.

    Examples
    --------
    Two specialists and an all-rounder; weights from all on margin to all on growth:

    >>> values = pd.DataFrame({"margin": [10.0, 0.0, 6.0], "growth": [0.0, 10.0, 6.0]},
    ...                       index=["earner", "riser", "both"])
    >>> margin = (np.arange(1000) + 0.5) / 1000
    >>> weights = pd.DataFrame({"margin": margin, "growth": 1 - margin})
    >>> result = smaa(values, weights, pd.Series({"margin": "max", "growth": "max"}), top=1)
    >>> result.p_top.to_dict()
    {'earner': 0.4, 'riser': 0.4, 'both': 0.2}
    >>> result.top_weights.loc["earner"].round(3).to_dict()
    {'margin': 0.8, 'growth': 0.2}
    """
    weights = check_weight_draws(weight_draws, values.columns)
    _check_counts(values, weights, top, ranks, block)
    n_ranks = top if ranks is None else ranks
    tally = RankTally.empty(len(values), weights.shape[1], ranks=n_ranks, top=top)
    for drawn, scores in score_blocks(
        values, weights, objectives, method=method, uncertainty=uncertainty, block=block
    ):
        tally.add(scores, drawn)
    top_weights, central = tally.mean_weights()
    confidence = _confidence(
        values, central, objectives, method, uncertainty, n_draws=len(weights), block=block
    )
    return _labelled(values, weights, tally, top_weights, central, confidence)


def _check_counts(
    values: pd.DataFrame, weights: np.ndarray, top: int, ranks: int | None, block: int
) -> None:
    is_known = values.notna().to_numpy()
    n_scored = int(is_known[:, (weights > 0).any(axis=0)].any(axis=1).sum())
    _check_whole("top", top, 1, n_scored, "the accounts that can be scored")
    if ranks is not None:
        _check_whole("ranks", ranks, top, len(values), "all accounts")
    if not block >= 1:
        raise InputError(f"block must be at least 1; got {block!r}")


def _check_whole(name: str, number: int, low: int, high: int, meaning: str) -> None:
    is_whole = isinstance(number, int | np.integer) and not isinstance(number, bool)
    if not (is_whole and low <= number <= high):
        raise InputError(
            f"{name} must be a whole number from {low:,} to {high:,}, {meaning}; got {number!r}"
        )


def _confidence(
    values: pd.DataFrame,
    central_weights: np.ndarray,
    objectives: pd.Series,
    method: str,
    uncertainty: Uncertainty | None,
    *,
    n_draws: int,
    block: int,
) -> np.ndarray:
    """Return the share of value draws in which each account is first under its own weights."""
    candidates = np.flatnonzero(~np.isnan(central_weights[:, 0]))
    n_value_draws = 1 if uncertainty is None else n_draws
    # So few value draws at a time that the scores of all candidates fit into one block.
    smaller = max(block // max(len(candidates) // values.shape[1], 1), 1)
    if method == "promethee":
        flows = criterion_flows(values, objectives).to_numpy().T
        blocks, method = iter([(slice(0, 1), flows)]), "weighted_sum"
    else:
        blocks = value_blocks(values, objectives, uncertainty, n_draws=n_value_draws, block=smaller)
    confidence = np.full(len(values), np.nan)
    confidence[candidates] = 0.0
    for draws, normalised in blocks:
        step = max(block // (len(values) * (draws.stop - draws.start)), 1)
        for start in range(0, len(candidates), step):
            some = candidates[start : start + step]
            scores = draw_scores(normalised, central_weights[some], method=method)
            best = np.fmax.reduce(scores, axis=-1, keepdims=True)
            is_first = scores >= best - EQUAL
            shares = is_first[..., np.arange(len(some)), some] / is_first.sum(axis=-1)
            confidence[some] += shares.reshape(-1, len(some)).sum(axis=0)
    return confidence / n_value_draws


def _labelled(
    values: pd.DataFrame,
    weights: np.ndarray,
    tally: RankTally,
    top_weights: np.ndarray,
    central_weights: np.ndarray,
    confidence: np.ndarray,
) -> Acceptability:
    index, criteria = values.index, values.columns
    acceptability = tally.rank_acceptability()
    ranks = pd.RangeIndex(1, acceptability.shape[1] + 1, name="rank")
    p_top = np.clip(acceptability[:, : tally.top].sum(axis=1).round(12), 0, 1)
    return Acceptability(
        rank_acceptability=pd.DataFrame(acceptability, index=index, columns=ranks),
        p_top=pd.Series(p_top, index=index, name="p_top"),
        standard_error=pd.Series(
            np.sqrt(p_top * (1 - p_top) / tally.n_draws), index=index, name="standard_error"
        ),
        central_weights=pd.DataFrame(central_weights, index=index, columns=criteria),
        confidence_factor=pd.Series(confidence, index=index, name="confidence_factor"),
        top_weights=pd.DataFrame(top_weights, index=index, columns=criteria),
        drawn_weights=pd.DataFrame(
            {"mean": weights.mean(axis=0), "standard_deviation": weights.std(axis=0)},
            index=criteria,
        ),
        top=tally.top,
        n_draws=tally.n_draws,
    )
