"""Steps of falling gain: the least concave curves above S-shaped ones, and the best steps.

References
----------
.. [1] Fox, B. (1966), "Discrete Optimization via Marginal Analysis", Management Science
   13(3), 210-216.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


def concave_gains(margins: Floats) -> tuple[Floats, Ints]:
    """Return the gain of each step under the least concave curve above each S-shaped curve.

    Parameters
    ----------
    margins : (n_accounts, n_steps + 1) money
        At each number of steps, −inf beyond the account's most; convex first, concave after.

    Returns
    -------
    gains : (n_accounts, n_steps)
        They never rise along a row; −inf beyond the most.
    tangent : (n_accounts,) whole numbers
        Steps after which the concave curve and the true one are the same.

    Examples
    --------
    >>> gains, tangent = concave_gains(np.array([[0.0, 1.0, 6.0, 7.0]]))
    >>> gains.tolist(), tangent.tolist()
    ([[3.0, 3.0, 1.0]], [2])
    """
    n_steps = margins.shape[1] - 1
    if n_steps == 0:
        return np.empty((len(margins), 0)), np.zeros(len(margins), dtype=int)
    chord = (margins[:, 1:] - margins[:, :1]) / np.arange(1, n_steps + 1)
    tangent = chord.argmax(axis=1) + 1
    possible = np.isfinite(margins[:, 1:])
    before = np.where(possible, margins[:, :-1], 0.0)
    single = np.where(possible, np.where(possible, margins[:, 1:], 0.0) - before, -np.inf)
    in_chord = np.arange(n_steps) < tangent[:, None]
    gains = np.where(in_chord & possible, chord.max(axis=1)[:, None], single)
    return np.minimum.accumulate(gains, axis=1), np.where(possible[:, 0], tangent, 0)


def sum_of_taken(gains: Floats, taken: Ints) -> float:
    """Return the sum of the first `taken` gains of each row."""
    is_taken = np.arange(gains.shape[1]) < taken[:, None]
    return float(gains[is_taken].sum())


def take_best(gains: Floats, n_steps: int) -> Ints:
    """Return how many steps of each row are among the highest gains above 0.

    Parameters
    ----------
    gains : (n_accounts, n_steps)
        From `concave_gains`.
    n_steps
        How many steps there are to take.

    Examples
    --------
    >>> take_best(np.array([[3.0, 1.0], [2.0, -1.0]]), 3).tolist()
    [2, 1]
    """
    flat = gains.ravel()
    worth = np.flatnonzero(flat > 0)
    order = worth[np.argsort(-flat[worth], kind="stable")][:n_steps]
    return np.bincount(order // max(gains.shape[1], 1), minlength=len(gains))
