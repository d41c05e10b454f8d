"""Regions of the power map: where a share of an account's draws lies."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from kamtools.errors import InputError
from kamtools.power.dependence import DependenceDraws

Floats = NDArray[np.float64]

LEVELS = (0.9, 0.5)
"""Shares of the draws in the regions of an account."""


def region(imbalance: Floats, mutual: Floats, level: float) -> Floats | None:
    """Return the outline of the region that holds a share of the draws, the middle ones.

    Parameters
    ----------
    imbalance, mutual : (n_draws,)
    level
        Share of the draws in the region, above 0 and up to 1.

    Returns
    -------
    (n_corners, 2) or None
        The convex hull of the draws nearest to their mean, by the Mahalanobis distance; None
        where they lie on a point or a line.

    Examples
    --------
    >>> x, y = np.random.default_rng(1).random((2, 1_000))
    >>> corners = region(x, y, 0.5)
    >>> corners.shape[1], bool(((corners > 0.05) & (corners < 0.95)).all())
    (2, True)
    >>> region(x, x, 0.5) is None
    True
    """
    drawn = np.column_stack([imbalance, mutual])
    off = drawn - drawn.mean(axis=0)
    spread = np.cov(off.T)
    if np.linalg.eigvalsh(spread)[0] < 1e-10:
        return None
    distance = np.einsum("ij,jk,ik->i", off, np.linalg.inv(spread), off)
    inner = drawn[distance <= np.quantile(distance, level)]
    if len(inner) < 3:
        return None
    corners: Floats = inner[ConvexHull(inner).vertices]
    return corners


def account_regions(accounts: pd.Index, draws: DependenceDraws) -> dict[str, list[Floats]]:
    """Return the outlines of each account's regions, the large one first.

    Parameters
    ----------
    accounts
        account_id of each.
    draws
        As `dependence.dependence_draws` returns them.

    Returns
    -------
    dict
        By account_id, the regions of `LEVELS`; accounts whose draws lie on a point or a line are
        left out.

    Raises
    ------
    InputError
        If an account has no draws.

    Examples
    --------
    >>> drawn = np.random.default_rng(1).random((2, 500, 1))
    >>> draws = DependenceDraws(pd.Index(["a"]), *drawn)
    >>> {account: len(found) for account, found in account_regions(draws.accounts, draws).items()}
    {'a': 2}
    """
    places = draws.accounts.get_indexer(accounts)
    if (places < 0).any():
        raise InputError(f"the draws have no account {accounts[places < 0][0]}")
    found: dict[str, list[Floats]] = {}
    for account, place in zip(accounts, places, strict=True):
        supplier, other = draws.supplier[:, place], draws.account[:, place]
        outlines = [region(supplier - other, supplier + other, level) for level in LEVELS]
        inside = [outline for outline in outlines if outline is not None]
        if inside:
            found[str(account)] = inside
    return found
