"""Zones of the power map: what a pair of imbalance and mutual dependence is called."""

from dataclasses import dataclass

import numpy as np

from kamtools.errors import InputError

ZONES = ("interlocked", "captive supplier", "captive account", "loose", "between")
"""In the order in which they are asked for; the first that fits holds."""


@dataclass(frozen=True)
class CutOffs:
    """Where the zones begin: proposals of the toolkit, to be moved by whoever uses it.

    Attributes
    ----------
    imbalance : float
        An imbalance up to this, either way, counts as even; 0-1.
    interlocked : float
        Mutual dependence from which an even pair counts as interlocked; 0-2.
    loose : float
        Mutual dependence below which an even pair counts as loose; at most `interlocked`.

    Examples
    --------
    >>> CutOffs(imbalance=0.2)
    CutOffs(imbalance=0.2, interlocked=1.0, loose=0.4)
    """

    imbalance: float = 0.15
    interlocked: float = 1.0
    loose: float = 0.4

    def __post_init__(self) -> None:
        if not 0 <= self.imbalance <= 1:
            raise InputError(f"cut-off imbalance must be from 0 to 1; got {self.imbalance}")
        if not 0 <= self.loose <= self.interlocked <= 2:
            raise InputError(
                "cut-offs need 0 ≤ loose ≤ interlocked ≤ 2; got "
                f"loose {self.loose}, interlocked {self.interlocked}"
            )


PROPOSED = CutOffs()


def zone_numbers(
    imbalance: np.ndarray, mutual: np.ndarray, *, cutoffs: CutOffs = PROPOSED
) -> np.ndarray:
    """Return the place in `ZONES` of each pair of imbalance and mutual dependence.

    Parameters
    ----------
    imbalance : any shape, -1 to 1; plus: the account is stronger
    mutual : same shape, 0 to 2

    Examples
    --------
    The check values of a start, of notice with a briefing, and of diversifying after that:

    >>> numbers = zone_numbers(np.array([0.345, 0.184, -0.066]), np.array([0.705, 0.866, 0.616]))
    >>> [ZONES[number] for number in numbers]
    ['captive supplier', 'captive supplier', 'between']
    """
    is_even = np.abs(imbalance) <= cutoffs.imbalance
    return np.select(
        [
            is_even & (mutual >= cutoffs.interlocked),
            imbalance > cutoffs.imbalance,
            imbalance < -cutoffs.imbalance,
            mutual < cutoffs.loose,
        ],
        [0, 1, 2, 3],
        default=4,
    )
