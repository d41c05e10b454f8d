"""How far a figure could have come out otherwise: the bootstrap over accounts.

Accounts are drawn again, with replacement, as often as there are accounts; each draw gives
the figure anew, and the spread of these figures is its interval. A draw is kept as how often
it holds each account, so that one draw serves several dates and all methods alike: an
account drawn twice counts twice at each date, and a difference of two methods is taken
within a draw.

References
----------
.. [1] Efron, B. and Tibshirani, R. J. (1993), An Introduction to the Bootstrap, Chapman &
   Hall: the percentile interval, chapter 13.
"""

import numpy as np
import numpy.typing as npt

from kamtools.errors import InputError

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int32]


def account_draws(n_accounts: int, *, draws: int, seed: int) -> Counts:
    """Return how often each draw holds each account, after a row for the accounts as they are.

    Parameters
    ----------
    n_accounts, draws : 1 or more
    seed

    Returns
    -------
    (draws + 1, n_accounts)
        The first row is all 1; each row sums to `n_accounts`.

    Raises
    ------
    InputError
        If there is no account or no draw.

    Examples
    --------
    >>> account_draws(4, draws=2, seed=1)
    array([[1, 1, 1, 1],
           [1, 2, 0, 1],
           [2, 0, 1, 1]], dtype=int32)
    """
    if n_accounts < 1 or draws < 1:
        raise InputError(
            f"a bootstrap needs an account and a draw; got {n_accounts:,} accounts and "
            f"{draws:,} draws"
        )
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(n_accounts, np.full(n_accounts, 1 / n_accounts), size=draws)
    return np.vstack([np.ones((1, n_accounts), dtype=np.int32), drawn.astype(np.int32)])


def percentile_interval(values: Array, *, level: float) -> tuple[Array, Array]:
    """Return the bounds between which the share `level` of the drawn figures lie.

    Parameters
    ----------
    values : (…, draws + 1)
        A figure by draw, the first from the accounts as they are; NaN where a draw gives
        none.
    level : between 0 and 1

    Returns
    -------
    two of (…)
        NaN where no draw gives a figure.

    Raises
    ------
    InputError
        If `level` is out of its range.

    Examples
    --------
    >>> low, high = percentile_interval(np.arange(-1.0, 101.0), level=0.9)
    >>> round(float(low), 6), round(float(high), 6)
    (5.0, 95.0)
    """
    if not 0 < level < 1:
        raise InputError(f"level must be between 0 and 1, such as 0.95; got {level}")
    drawn = values[..., 1:].reshape(-1, values.shape[-1] - 1)
    tails = [(1 - level) / 2, (1 + level) / 2]
    limits = np.full((2, len(drawn)), np.nan)
    n_missing = np.isnan(drawn).sum(axis=1)
    whole, some = n_missing == 0, (n_missing > 0) & (n_missing < drawn.shape[1])
    if whole.any():
        limits[:, whole] = np.quantile(drawn[whole], tails, axis=1)
    if some.any():
        limits[:, some] = np.nanquantile(drawn[some], tails, axis=1)
    low, high = limits.reshape(2, *values.shape[:-1])
    return low, high
