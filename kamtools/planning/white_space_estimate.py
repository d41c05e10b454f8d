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

LOW = 0.1
"""Of the others' shares: an account below has less than nine in ten of them."""


@dataclass(frozen=True)
class Estimate:
    """Of each product group, from the shares of others; every array (n_groups,) but `draws`.

    Attributes
    ----------
    buyers : how many of the others buy it
    share_buying : 0-1, pulled towards the average of all
    share_if_bought : 0-1, part of all that they buy, with those who do
    share : 0-1, the product of the two
    low_share : 0-1, one in ten of the others has a smaller share
    draws : (n_draws, n_groups), `share` in each draw of the bootstrap
    """

    buyers: Floats
    share_buying: Floats
    share_if_bought: Floats
    share: Floats
    low_share: Floats
    draws: Floats


@dataclass(frozen=True)
class Usual:
    """What holds for all accounts; both (n_groups,).

    Attributes
    ----------
    share_buying : 0-1, of all accounts
    share_if_bought : 0-1, the mean over those that buy it; 0 where nobody does
    """

    share_buying: Floats
    share_if_bought: Floats


def usual_shares(everybody: Floats) -> Usual:
    """Return what holds for all accounts.

    Parameters
    ----------
    everybody : (n_accounts, n_groups), 0-1
        Each group's share of what the account buys in all.

    Examples
    --------
    >>> usual_shares(np.array([[0.0, 0.2], [0.0, 0.4], [0.0, 0.0]])).share_if_bought.round(2)
    array([0. , 0.3])
    """
    n_buyers = (everybody > 0).sum(axis=0)
    if_bought = np.divide(everybody.sum(axis=0), n_buyers, where=n_buyers > 0,
                          out=np.zeros(everybody.shape[1]))  # fmt: skip
    return Usual(n_buyers / len(everybody), if_bought)


def estimate_shares(others: Floats, usual: Usual, *, draws: int, seed: int) -> Estimate:
    """Return what share of each group is to be expected of an account like the others.

    Parameters
    ----------
    others : (n_others, n_groups), 0-1
        Of the similar accounts, each group's share of what the account buys.
    usual
        Of all accounts but the one that is asked about.
    draws : at least 1
        Of the bootstrap, in which the others are drawn anew with replacement; what is usual
        stays.
    seed
        Of the bootstrap.

    Notes
    -----
    With k of n others buying, m the sum of their shares, K the prior, and p₀ and m₀ what is
    usual: p = (k + K p₀) ÷ (n + K), s = (m + K m₀) ÷ (k + K), share = p s.

    Examples
    --------
    Two of four buy it, at a fifth of all they buy; of all accounts the same holds:

    >>> others = np.array([[0.2], [0.2], [0.0], [0.0]])
    >>> found = estimate_shares(others, usual_shares(others), draws=10, seed=1)
    >>> found.share_buying, found.share_if_bought.round(3), found.share.round(3)
    (array([0.5]), array([0.2]), array([0.1]))
    """
    buying, if_bought = _rates(np.ones((1, len(others))), others, usual)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(others), np.full(len(others), 1 / len(others)), size=draws)
    drawn_buying, drawn_if_bought = _rates(drawn.astype(float), others, usual)
    return Estimate(
        buyers=(others > 0).sum(axis=0).astype(float),
        share_buying=buying[0],
        share_if_bought=if_bought[0],
        share=buying[0] * if_bought[0],
        low_share=np.quantile(others, LOW, axis=0),
        draws=drawn_buying * drawn_if_bought,
    )


def _rates(weights: Floats, others: Floats, usual: Usual) -> tuple[Floats, Floats]:
    """Return the share that buys and the share if bought, (n_draws, n_groups) each."""
    buyers = weights @ (others > 0)
    n = weights.sum(axis=1, keepdims=True)
    buying = (buyers + PRIOR_ACCOUNTS * usual.share_buying) / (n + PRIOR_ACCOUNTS)
    money = weights @ others + PRIOR_ACCOUNTS * usual.share_if_bought
    return buying, money / (buyers + PRIOR_ACCOUNTS)
