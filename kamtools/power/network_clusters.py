"""Least squares whose errors know that rows of one supplier, or of one account, move together.

Errors clustered two ways count on many groups that weigh about alike. Where one supplier or one
account makes most of the contrast, there are in effect few, however many names there are: then
the usual interval misses zero too often although nothing is at work. `effective_clusters` counts
how many equal ones they are worth.

References
----------
.. [1] Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2011), "Robust inference with multiway
   clustering", Journal of Business & Economic Statistics 29(2), 238-249.
.. [2] Carter, A. V., Schnepel, K. T. and Steigerwald, D. G. (2017), "Asymptotic behavior of a t-test
   robust to cluster heterogeneity", Review of Economics and Statistics 99(4), 698-709.
"""  # noqa: E501

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from kamtools.errors import InputError


@dataclass(frozen=True)
class ClusteredFit:
    """Coefficients with errors clustered two ways.

    Attributes
    ----------
    estimate, error : (k,)
    effective : (2, k), how many equal clusters of either kind each coefficient rests on
    """

    estimate: np.ndarray
    error: np.ndarray
    effective: np.ndarray

    def reach(self, level: float) -> np.ndarray:
        """Return how far an interval goes either way of each estimate, shape (k,).

        Student's t with one degree of freedom less than the smaller effective number, at least 1:
        a cautious choice of ours.
        """
        freedom = np.maximum(self.effective.min(axis=0) - 1, 1)
        reach: np.ndarray = stats.t.ppf((1 + level) / 2, freedom) * self.error
        return reach


def clustered_fit(
    design: np.ndarray, outcome: np.ndarray, clusters: Sequence[np.ndarray]
) -> ClusteredFit:
    """Return least-squares coefficients, and their errors clustered two ways.

    Parameters
    ----------
    design : (n, k), of full rank
    outcome : (n,)
    clusters : two arrays of (n,) whole numbers from 0, two or more of each

    Returns
    -------
    ClusteredFit
        The variance is V₁ + V₂ − V₁₂ of Cameron, Gelbach and Miller [1]_, eq. 2.10, each scaled by
        G/(G−1); where that is below the larger of V₁ and V₂ (it may even be negative), that one.

    Raises
    ------
    InputError
        If a column of the design says nothing that the others do not.
    """
    estimate, _, rank, _ = np.linalg.lstsq(design, outcome, rcond=None)
    if rank < design.shape[1]:
        raise InputError("the predictors and controls say the same thing twice: nothing to fit")
    weights = design @ np.linalg.inv(design.T @ design)
    pulls = weights * (outcome - design @ estimate)[:, None]
    first, second = clusters
    both = np.unique(first * (second.max() + 1) + second, return_inverse=True)[1]
    one, two, cell = (_variance(pulls, group) for group in (first, second, both))
    return ClusteredFit(
        estimate=estimate,
        error=np.sqrt(np.maximum(one + two - cell, np.maximum(one, two))),
        effective=np.stack([effective_clusters(weights, group) for group in clusters]),
    )


def effective_clusters(weights: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Return how many equal clusters would tell as much, shape (k,), 1 to the number of clusters.

    The number of Carter, Schnepel and Steigerwald [2]_ for the worst case, rows of a cluster that
    move wholly together: (Σ γ)² ÷ Σ γ², γ being the squared sum of a cluster's weights.

    Parameters
    ----------
    weights : (n, k)
        What each row's outcome counts in each coefficient.
    cluster : (n,) whole numbers from 0

    Examples
    --------
    Four equal clusters, and four of which one outweighs the others:

    >>> rows = np.arange(4)
    >>> effective_clusters(np.ones((4, 1)), rows).tolist()
    [4.0]
    >>> effective_clusters(np.array([[10.0], [1.0], [-1.0], [1.0]]), rows).round(2).tolist()
    [1.06]
    """
    gamma = _sums(weights, cluster) ** 2
    effective: np.ndarray = gamma.sum(axis=0) ** 2 / (gamma**2).sum(axis=0)
    return effective


def _variance(pulls: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    sums = _sums(pulls, cluster)
    variance: np.ndarray = (sums**2).sum(axis=0) * len(sums) / (len(sums) - 1)
    return variance


def _sums(rows: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Return the sum of each cluster's rows, shape (clusters, k)."""
    count = int(cluster.max()) + 1
    return np.column_stack([np.bincount(cluster, column, count) for column in rows.T])
