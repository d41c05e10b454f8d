"""What an account would buy of each product group if it were like others: plain arrays.

The share of a group in all that an account buys is taken to be (how many of the others buy
it) × (its share with those who do). Both are pulled towards what holds for all accounts, by
as much as `PRIOR_ACCOUNTS` more accounts would: a handful of others proves little.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIOR_ACCOUNTS = 4.0
"""How many accounts the average of all counts for beside the similar ones: an assumption."""
INTERVAL = (0.05, 0.95)
"""Of the bootstrap: nine of ten draws lie between."""


@dataclass(frozen=True)
class Estimate:
    """Of each product group, from the shares of others; every array (n_groups,) but `draws`.

    Attributes
    ----------
    buyers : how many of the others buy it
    share_buying : 0-1, pulled towards the average of all
    share_if_bought : 0-1, part of all that they buy, with those who do
    share : 0-1, the product of the two
    draws : (n_draws, n_groups), `share` in each draw of the bootstrap
    """

    buyers: Floats
    share_buying: Floats
    share_if_bought: Floats
    share: Floats
    draws: Floats


def estimate_shares(others: Floats, everybody: Floats, *, draws: int, seed: int) -> Estimate:
    """Return what share of each group is to be expected of an account like the others.

    Parameters
    ----------
    others : (n_others, n_groups), 0-1
        Of the similar accounts, each group's share of what the account buys.
    everybody : (n_accounts, n_groups), 0-1
        The same of all accounts but the one that is asked about.
    draws : at least 1
        Of the bootstrap, in which the others are drawn anew with replacement; the average of
        all accounts stays.
    seed
        Of the bootstrap.

    Notes
    -----
    With k of n others buying, m the sum of their shares, K the prior, and p₀ and m₀ what holds
    for all: p = (k + K p₀) ÷ (n + K), s = (m + K m₀) ÷ (k + K), share = p s.

    Examples
    --------
    Two of four buy it, at a fifth of all they buy; of all accounts the same holds:

    >>> others = np.array([[0.2], [0.2], [0.0], [0.0]])
    >>> found = estimate_shares(others, others, draws=10, seed=1)
    >>> found.share_buying, found.share_if_bought.round(3), found.share.round(3)
    (array([0.5]), array([0.2]), array([0.1]))
    """
    weights = np.ones((1, len(others)))
    buying, if_bought = _rates(weights, others, everybody)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(others), np.full(len(others), 1 / len(others)), size=draws)
    drawn_buying, drawn_if_bought = _rates(drawn.astype(float), others, everybody)
    return Estimate(
        buyers=(others > 0).sum(axis=0).astype(float),
        share_buying=buying[0],
        share_if_bought=if_bought[0],
        share=buying[0] * if_bought[0],
        draws=drawn_buying * drawn_if_bought,
    )


def share_buying(others: Floats, everybody: Floats) -> Floats:
    """Return the share of the others that buys each group, pulled towards that of all.

    Parameters
    ----------
    others, everybody
        As for `estimate_shares`.

    Examples
    --------
    >>> share_buying(np.array([[0.3], [0.1]]), np.array([[0.0], [0.1]])).round(3)
    array([0.667])
    """
    buyers, n = (others > 0).sum(axis=0), len(others)
    overall = (everybody > 0).mean(axis=0)
    return np.asarray((buyers + PRIOR_ACCOUNTS * overall) / (n + PRIOR_ACCOUNTS))


def _rates(weights: Floats, others: Floats, everybody: Floats) -> tuple[Floats, Floats]:
    """Return the share that buys and the share if bought, (n_draws, n_groups) each."""
    bought = everybody > 0
    n_buyers = bought.sum(axis=0)
    overall = n_buyers / len(everybody)
    usual = np.divide(everybody.sum(axis=0), n_buyers, where=n_buyers > 0,
                      out=np.zeros(everybody.shape[1]))  # fmt: skip
    buyers = weights @ (others > 0)
    n = weights.sum(axis=1, keepdims=True)
    buying = (buyers + PRIOR_ACCOUNTS * overall) / (n + PRIOR_ACCOUNTS)
    if_bought = (weights @ others + PRIOR_ACCOUNTS * usual) / (buyers + PRIOR_ACCOUNTS)
    return buying, if_bought
