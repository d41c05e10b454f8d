"""Who starts a measure when: a staggered start, drawn by lot, balanced by a measure of size.

Accounts are ordered by size and taken in blocks of as many as there are waves, or of a multiple;
within each block chance decides who starts in which wave. So each wave has large and small
accounts, and what chance could have decided otherwise is known, which is what the test of the
effect rests on.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.errors import InputError

NEVER = np.inf
"""Start of an account that is not to have the measure while it is observed."""


def staggered_start(
    accounts: pd.DataFrame, *, starts: Sequence[float], seed: int, size: str = "revenue",
    per_wave: int = 1,
) -> pd.DataFrame:  # fmt: skip
    """Return in which period each account starts.

    Parameters
    ----------
    accounts
        `account_id` and the column named by `size`, by which the waves are balanced.
    starts
        Period in which each wave starts, 2 or more; `NEVER` for a wave that stays without the
        measure. At least two waves, at most as many as accounts.
    seed
        Of the lot.
    size
        Column of `accounts`: what the outcome was before, or the revenue.
    per_wave
        Accounts of each wave in a block, at least 1. More make the waves less alike, but leave
        more lots to chance: ten accounts in pairs have 32, too few for any test at 5 %.

    Returns
    -------
    (n_accounts, 4)
        In the order of `accounts`: `account_id`, `block` (1 holds the largest), `start`, and
        the column named by `size`.

    Raises
    ------
    InputError
        If an account stands twice or has no size, waves are fewer than two or more than
        accounts, or none of a wave is to be in a block.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": list("abcdef"), "revenue": [9, 8, 5, 4, 2, 1]})
    >>> design = staggered_start(accounts, starts=[3, 5], seed=1)
    >>> design.groupby("block")["start"].apply(lambda block: sorted(block)).tolist()
    [[3.0, 5.0], [3.0, 5.0], [3.0, 5.0]]
    """
    lacking = [name for name in ("account_id", size) if name not in accounts]
    if lacking:
        raise InputError(f"accounts of a staggered start need {', '.join(lacking)}")
    if accounts["account_id"].duplicated().any() or accounts[size].isna().any():
        raise InputError(f"each account must stand once and have a {size}")
    if not 2 <= len(starts) <= len(accounts) or min(starts, default=0) < 2:
        raise InputError(
            f"a staggered start needs 2 to {len(accounts)} waves, each starting in period 2 or "
            f"later; got {', '.join(f'{start:g}' for start in starts)}"
        )
    if per_wave < 1:
        raise InputError(f"per_wave must be at least 1; got {per_wave}")
    order = accounts[size].rank(method="first", ascending=False).to_numpy().astype(int) - 1
    waves = np.tile(np.array(starts, dtype=float), per_wave)
    block = order // len(waves)
    rng = np.random.default_rng(seed)
    chosen = np.empty(len(accounts))
    for number in range(block.max() + 1):
        members = np.flatnonzero(block == number)
        chosen[members] = rng.permutation(waves)[: len(members)]
    return accounts[["account_id", size]].assign(block=block + 1, start=chosen)[
        ["account_id", "block", "start", size]
    ]


def other_lots(
    starts: NDArray[np.float64], blocks: NDArray[np.int64], *, draws: int, seed: int
) -> NDArray[np.float64]:
    """Return the starts that the lot could have drawn instead.

    Parameters
    ----------
    starts, blocks : (n_accounts,)
        Of the design; starts are exchanged within blocks.
    draws
        How many other lots, at least 1.
    seed
        Of the draws.

    Returns
    -------
    (draws, n_accounts)

    Examples
    --------
    >>> other_lots(np.array([3.0, 5.0, 3.0]), np.array([1, 1, 2]), draws=4, seed=1)[:, 2].tolist()
    [3.0, 3.0, 3.0, 3.0]
    """
    if draws < 1:
        raise InputError(f"draws must be at least 1; got {draws}")
    order = np.argsort(blocks, kind="stable")
    luck = np.random.default_rng(seed).random((draws, len(starts)))
    shuffled = np.lexsort((luck, np.broadcast_to(blocks, luck.shape)), axis=1)
    lots = np.empty((draws, len(starts)))
    lots[:, order] = starts[shuffled]
    return lots


def possible_lots(starts: NDArray[np.float64], blocks: NDArray[np.int64]) -> float:
    """Return how many different lots the design could have drawn.

    No p-value can be below 1 ÷ this number, nor below 2 ÷ it where every lot has a mirror image
    whose estimate is the same with the other sign.

    Examples
    --------
    Ten accounts in pairs, one of each pair starting: 2 to the power of 5.

    >>> possible_lots(np.tile([3.0, np.inf], 5), np.repeat(np.arange(5), 2))
    32.0
    """
    table = pd.DataFrame({"block": blocks, "start": starts})
    sizes = table.groupby("block").size().to_numpy()
    repeats = table.groupby(["block", "start"]).size().to_numpy()
    logs = [np.log(np.arange(1, size + 1)).sum() for size in sizes]
    same = [np.log(np.arange(1, size + 1)).sum() for size in repeats]
    with np.errstate(over="ignore"):
        return float(np.rint(np.exp(sum(logs) - sum(same))))
