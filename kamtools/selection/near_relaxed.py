"""The best choice by few changes of the one that prices suggest, proven without a solver.

Prices of the limits say of each account whether it pays for what it uses. Following them is
almost the best list; the best one differs in a few accounts, each of which costs its distance
from paying, and in what it leaves unused, at the prices. So all sets of changes that cost less
than a bound are looked at, and the bound is raised until there is one: then no other list can
be better. That settles most programmes in milliseconds, and it knows when it does not.

References
----------
.. [1] Balas, E. and Zemel, E. (1980), "An algorithm for large zero-one knapsack problems",
   Operations Research 28(5), 1130-1154, for the core of accounts that alone need a search.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

FIRST, STEP = 20, 12
"""Accounts that may change in the first search, and how many more in each further one."""
MOST_NUMBERS = 8_000_000
"""Numbers that are kept at a time, 64 MB; where they are too few, a solver has to search."""
EXACT = 1e-9
"""By how much sums of floats may miss a limit, in units of the largest account's use."""


@dataclass(frozen=True)
class Sets:
    """Sets of changes: what they cost, what they use, and how to read them.

    Attributes
    ----------
    loss : (n_sets,)
        Sum of the distances of the accounts that change.
    use : (n_sets, n_rows)
        What the changes add to the use of each limit.
    last : (n_sets,)
        Place of each set's last change in `changed` and `before`, -1 for no change.
    changed, before : (n_changes,)
        Which account changes, and the place of the change before it in the same set.
    """

    loss: np.ndarray
    use: np.ndarray
    last: np.ndarray
    changed: np.ndarray
    before: np.ndarray


def best_near(
    leans_in: np.ndarray,
    distance: np.ndarray,
    matrix: sparse.csc_array,
    upper: np.ndarray,
    prices: np.ndarray,
    *,
    most_numbers: int = MOST_NUMBERS,
) -> np.ndarray | None:
    """Return the best choice within the limits, None if it cannot be told by few changes.

    Parameters
    ----------
    leans_in : (n_accounts,) bool
        Whether the account is worth more than the price of what it uses.
    distance : (n_accounts,) at least 0
        By how much.
    matrix, upper : (n_rows, n_accounts) and (n_rows,)
        matrix @ x <= upper.
    prices : (n_rows,) at least 0
    most_numbers
        That may be kept at a time: a few for each set, and one for each limit.

    Returns
    -------
    (n_accounts,) bool

    Notes
    -----
    With x⁰ the choice that leans, p the prices and d the distances, the value of any x is

        p·b + sum_i max(v_i − p·a_i, 0) − sum_{x_i ≠ x⁰_i} d_i − p·(b − A x),

    so the best x has the least sum of distances and unused limits at their prices.

    Examples
    --------
    Values 10, 7 and 6, hours 60, 50 and 50, 100 hours: at 0.14 an hour the first leans in.

    >>> hours = sparse.csc_array([[60.0, 50.0, 50.0]])
    >>> best_near(np.array([True, False, False]), np.array([1.6, 0.0, 1.0]), hours,
    ...           np.array([100.0]), np.array([0.14]))
    array([False,  True,  True])
    """
    most_sets = most_numbers // (len(upper) + 4)
    order = np.argsort(distance, kind="stable")
    room = upper - matrix @ leans_in
    n, n_all = min(FIRST, len(order)), len(order)
    while True:
        core = order[:n][::-1]
        bound = np.inf if n == n_all else float(distance[order[n]])
        turns = matrix[:, core].toarray() * np.where(leans_in[core], -1.0, 1.0)
        sets = _sets_of_changes(distance[core], turns.T, room, prices, bound, most_sets)
        if sets is None:
            return None
        if len(sets.loss):
            # It costs less than any set with an account outside the core does.
            cost = sets.loss + (room - sets.use) @ prices
            return _changed(leans_in, core, sets, int(cost.argmin()))
        if n == n_all:
            return None
        n = min(n + STEP, n_all)


def _sets_of_changes(
    distance: np.ndarray,
    turns: np.ndarray,
    room: np.ndarray,
    prices: np.ndarray,
    bound: float,
    most_sets: int,
) -> Sets | None:
    """Return all sets within the limits that cost less than the bound, None if too many."""
    loss, use, last = np.zeros(1), np.zeros((1, len(room))), np.full(1, -1)
    changed, before = [np.zeros(0, dtype=int)], [np.zeros(0, dtype=int)]
    n_changes = 0
    relief, raise_ = _still_to_come(np.minimum(turns, 0)), _still_to_come(np.maximum(turns, 0))
    # Accounts of the largest distance first: their sets are few, and stay few.
    for account, (far, turn) in enumerate(zip(distance, turns, strict=True)):
        can_change = loss + far < bound
        n_new = int(can_change.sum())
        changed.append(np.full(n_new, account))
        before.append(last[can_change])
        last = np.append(last, np.arange(n_changes, n_changes + n_new))
        n_changes += n_new
        loss = np.append(loss, loss[can_change] + far)
        use = np.vstack([use, use[can_change] + turn])
        left = room - use
        least = loss + np.maximum(left - raise_[account], 0) @ prices
        is_kept = (relief[account] <= left + EXACT).all(axis=1) & (least < bound)
        loss, use, last = loss[is_kept], use[is_kept], last[is_kept]
        if len(loss) > most_sets:
            return None
    return Sets(loss, use, last, np.concatenate(changed), np.concatenate(before))


def _still_to_come(turns: np.ndarray) -> np.ndarray:
    """Return what the accounts after each one can add up to."""
    return turns[::-1].cumsum(axis=0)[::-1] - turns


def _changed(leans_in: np.ndarray, core: np.ndarray, sets: Sets, place: int) -> np.ndarray:
    """Return the choice that leans with the changes of one set."""
    x = leans_in.copy()
    change = int(sets.last[place])
    while change >= 0:
        account = core[sets.changed[change]]
        x[account] = ~x[account]
        change = int(sets.before[change])
    return x
