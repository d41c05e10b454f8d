"""What a list was worth once the future is known: plain array functions.

A list is told by the places that each account takes in it: 1 or 0 among the accounts as they
are, up to its count in a draw of the bootstrap that holds it several times (`bootstrap`). All
arrays are (draws, accounts); row 0 is the accounts as they are. Each measure is a part over
a whole, so that several dates are pooled by adding both up.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]

MEASURE_LABELS = {
    "revenue_share": "Share of the best possible revenue",
    "margin_share": "Share of the best possible margin",
    "top_found": "Share of the true top found",
    "risers_found": "Share of the risers found",
    "faders_avoided": "Share of the faders avoided",
}


def in_order(values: Array) -> npt.NDArray[np.intp]:
    """Return the positions of the accounts from the largest value down, those with NaN left out.

    Equal values stay in the order in which they stand.

    Examples
    --------
    >>> in_order(np.array([1.0, np.nan, 3.0, 1.0])).tolist()
    [2, 0, 3]
    """
    order = np.argsort(-values, kind="stable")
    return order[: len(values) - int(np.isnan(values).sum())]


def reach(order: npt.NDArray[np.intp], counts: Places, top: int) -> npt.NDArray[np.intp]:
    """Return so many of the first accounts of an order as fill a list in every draw.

    Examples
    --------
    >>> counts = np.array([[1, 1, 1], [0, 3, 0]], dtype=np.int32)
    >>> reach(np.array([0, 1, 2]), counts, 1).tolist()
    [0, 1]
    """
    size = 2 * top + 30
    while size < len(order) and counts[:, order[:size]].sum(axis=1).min() < top:
        size *= 2
    filled = np.cumsum(counts[:, order[:size]], axis=1).min(axis=0) >= top
    return order[: int(filled.argmax()) + 1] if filled.any() else order


def take(order: npt.NDArray[np.intp], counts: Places, top: int) -> Places:
    """Return how many of the `top` places each account takes, the first in order first.

    Examples
    --------
    >>> counts = np.array([[1, 1, 1], [0, 3, 0]], dtype=np.int32)
    >>> take(np.array([2, 1, 0]), counts, 2)
    array([[0, 1, 1],
           [0, 2, 0]], dtype=int32)
    """
    ordered = counts[:, order]
    before = np.cumsum(ordered, axis=1, dtype=np.int32) - ordered
    places = np.zeros_like(counts)
    places[:, order] = np.clip(top - before, 0, ordered)
    return places


def caught(places: Places, best: Places, money: Array) -> tuple[Array, Array]:
    """Return what the accounts of a list brought, and what the best possible list did.

    Examples
    --------
    >>> places, best = np.array([[1, 0, 1]]), np.array([[1, 1, 0]])
    >>> [float(money[0]) for money in caught(places, best, np.array([6.0, 3.0, 1.0]))]
    [7.0, 9.0]
    """
    return places @ money, best @ money


def top_found(places: Places, best: Places) -> tuple[Array, Array]:
    """Return how many of the true top a list holds, and how many there are."""
    return _count(np.minimum(places, best)), _count(best)


def risers_found(places: Places, by_sales: Places, best: Places) -> tuple[Array, Array]:
    """Return how many of the true top that sales rank missed a list holds, of how many.

    Examples
    --------
    >>> places, by_sales, best = (np.array([row]) for row in ([1, 0, 1], [1, 1, 0], [0, 1, 1]))
    >>> [float(count[0]) for count in risers_found(places, by_sales, best)]
    [1.0, 1.0]
    """
    known = np.minimum(by_sales, best)
    found = np.clip(np.minimum(places, best) - known, 0, None)
    return _count(found), _count(best - known)


def faders_avoided(places: Places, by_sales: Places, best: Places) -> tuple[Array, Array]:
    """Return how many of the sales list that fell from the top a list leaves out, of how many.

    Examples
    --------
    >>> places, by_sales, best = (np.array([row]) for row in ([1, 0, 1], [1, 1, 0], [0, 1, 1]))
    >>> [float(count[0]) for count in faders_avoided(places, by_sales, best)]
    [0.0, 1.0]
    """
    avoided = np.clip(by_sales - np.maximum(places, best), 0, None)
    return _count(avoided), _count(np.clip(by_sales - best, 0, None))


def _count(places: Places) -> Array:
    return places.sum(axis=1).astype("float64")
