"""What a knowledge test says of a class: scores before and after, and how its items did.

References
----------
.. [1] J. A. Hartigan, "Using subsample values as typical values", Journal of the American
   Statistical Association 64, 1969, pp. 1303-1317: the interval of the mean gain.
.. [2] R. L. Ebel and D. A. Frisbie, "Essentials of Educational Measurement", 5th ed., 1991,
   ch. 13: difficulty and discrimination of items.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binomtest

LEVEL = 0.95
FEWEST_FOR_AN_INTERVAL = 6
"""With fewer, not even the smallest and the largest subset mean are 95 % apart."""
MOST_EXACT = 15
"""Learners up to whom every subset is looked at; beyond, `N_DRAWN` of them."""
N_DRAWN = 32_767


@dataclass(frozen=True)
class Gain:
    """How much a class gained from one test to the other.

    Attributes
    ----------
    learners
        How many took both whole.
    mean
        Of their gains, in items; NaN where there are none.
    low, high
        Limits of `LEVEL` for the mean; NaN below `FEWEST_FOR_AN_INTERVAL` learners.
    """

    learners: int
    mean: float
    low: float
    high: float


def paired_gain(before: pd.Series, after: pd.Series, *, seed: int) -> Gain:
    """Return the mean gain of those who took both tests, with an interval.

    Parameters
    ----------
    before, after : score by learner, missing where a test was not taken whole
    seed
        Of the subsets drawn where there are too many learners to look at all of them.

    Notes
    -----
    The means of all subsets of the gains part the line into pieces that are equally likely to
    hold the true mean, if gains lie evenly about it [1]_. Nothing else is supposed of them.
    """
    gains = (after - before).dropna().to_numpy(dtype=float)
    n = len(gains)
    if n < FEWEST_FOR_AN_INTERVAL:
        return Gain(n, float(gains.mean()) if n else np.nan, np.nan, np.nan)
    if n <= MOST_EXACT:
        numbers = np.arange(1, 2**n)
        members = (numbers[:, np.newaxis] >> np.arange(n)) & 1
    else:
        drawn = np.random.default_rng(seed).random((N_DRAWN, n)) < 0.5
        members = drawn[drawn.any(axis=1)].astype(int)
    means = np.sort(members @ gains / members.sum(axis=1))
    outside = int((1 - LEVEL) / 2 * (len(means) + 1))
    return Gain(n, float(gains.mean()), float(means[outside - 1]), float(means[-outside]))


def item_table(answers: pd.DataFrame) -> pd.DataFrame:
    """Return how hard each item was and how well it tells the strong from the weak.

    Parameters
    ----------
    answers : one row a learner who took the test whole, one column an item, True for right

    Returns
    -------
    DataFrame
        Indexed by item: `learners`; `share_right` (0-1; low is hard), with `share_low` and
        `share_high`, its limits of 95 % (exact binomial); `item_rest`, the
        correlation of the item with the score on all others, -1 to 1; `upper_lower`, the share
        right in the upper third of the class less that in the lower third, -1 to 1. The last
        two are missing where everybody, or nobody, is right, or where all others are scored
        alike. Who is level with the last of a third belongs to it too.
    """
    right = answers.astype(float)
    n = len(right)
    scores = right.sum(axis=1)
    third = max(1, n // 3)
    upper = scores >= scores.nlargest(third).min() if n else scores > 0
    lower = scores <= scores.nsmallest(third).max() if n else scores < 0
    limits = [_limits(int(right[item].sum()), n) for item in right.columns]
    varies = right.nunique() > 1
    apart = right[upper].mean() - right[lower].mean()
    return pd.DataFrame(
        {
            "learners": n,
            "share_right": right.mean(),
            "share_low": [low for low, _ in limits],
            "share_high": [high for _, high in limits],
            "item_rest": [_correlation(right[item], scores - right[item]) for item in right],
            "upper_lower": apart.where(varies),
        },
        index=pd.Index(right.columns, name="item"),
    )


def warning_for(n_learners: int) -> str:
    """Return in a sentence how little so many learners show of an item.

    Examples
    --------
    >>> warning_for(12)
    'With 12 learners, an item that half of them get right may be one that 21 % or 79 % of such
    people would; read the items below as questions to ask, not as findings.'
    """
    low, high = _limits(n_learners // 2, n_learners)
    return (
        f"With {n_learners} learners, an item that half of them get right may be one that "
        f"{100 * low:.0f} % or {100 * high:.0f} % of such people would; read the items below as "
        "questions to ask, not as findings."
    )


def _limits(n_right: int, n: int) -> tuple[float, float]:
    if n == 0:
        return np.nan, np.nan
    limits = binomtest(n_right, n).proportion_ci(LEVEL)
    return float(limits.low), float(limits.high)


def _correlation(item: pd.Series, rest: pd.Series) -> float:
    if item.nunique() < 2 or rest.nunique() < 2:
        return np.nan
    return float(np.corrcoef(item, rest)[0, 1])
