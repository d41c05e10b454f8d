"""Rank reversal: an account is added, and two others change places.

References
----------
.. [1] Belton, V. and Gear, T. (1983), "On a short-coming of Saaty's method of analytic
   hierarchies", Omega 11(3), 228-230.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.ranking import DECIMALS
from kamtools.selection.scoring import score
from kamtools.wording import listing

COLUMNS = ("fell", "rose", "fell_from", "fell_to", "rose_from", "rose_to")


def rank_reversals(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    added: pd.DataFrame,
    *,
    method: str | Callable[..., pd.DataFrame] = "weighted_sum",
    top: int | None = None,
) -> pd.DataFrame:
    """Return the pairs of accounts that change places because others are added.

    Parameters
    ----------
    values, weights, objectives
        As in `scoring.weighted_sum`.
    added : (n_added, n_criteria), index account_id
        Accounts that are not in `values`, in the same criteria.
    method
        A name in `scoring.METHODS`, or a function of values, weights and objectives that
        returns scores and ranks.
    top
        Only pairs with an account among the first `top` before or after: those that can move
        the list.

    Returns
    -------
    (n_pairs, 6)
        `fell`, who was ahead of `rose` and now is behind; ranks among the accounts of
        `values`: `fell_from`, `fell_to`, `rose_from`, `rose_to`. In the order of fell_from,
        rose_from.

    Raises
    ------
    InputError
        If an added account is there already, or lacks a criterion; as the method.

    Notes
    -----
    All pairs are compared at once: n² truth values, or top × n.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [10.0, 0.0, 5.0], "growth": [0.0, 4.0, 10.0]},
    ...                       index=["a", "b", "c"])
    >>> giant = pd.DataFrame({"margin": [100.0], "growth": [0.0]}, index=["giant"])
    >>> rank_reversals(values, pd.Series({"margin": 0.5, "growth": 0.5}),
    ...                pd.Series("max", index=values.columns), giant)[["fell", "rose"]]
      fell rose
    0    a    b
    """
    _check_added(values, added)
    before, after = (
        _scores(table, weights, objectives, method).loc[values.index].round(DECIMALS)
        for table in (values, pd.concat([values, added[list(values.columns)]]))
    )
    rank_before, rank_after = (
        scores.rank(ascending=False, method="min", na_option="bottom").astype("int64")
        for scores in (before, after)
    )
    leads = np.arange(len(values))
    if top is not None:
        leads = np.flatnonzero((rank_before <= top) | (rank_after <= top))
    fell, rose = _swapped(before.to_numpy(), after.to_numpy(), leads)
    pairs = {
        "fell": values.index[fell],
        "rose": values.index[rose],
        "fell_from": rank_before.to_numpy()[fell],
        "fell_to": rank_after.to_numpy()[fell],
        "rose_from": rank_before.to_numpy()[rose],
        "rose_to": rank_after.to_numpy()[rose],
    }
    table = pd.DataFrame(pairs, columns=list(COLUMNS)).drop_duplicates(["fell", "rose"])
    return table.sort_values(["fell_from", "rose_from", "fell", "rose"], ignore_index=True)


def describe_reversals(
    reversals: pd.DataFrame,
    added: pd.DataFrame,
    *,
    names: Mapping[str, str] | pd.Series | None = None,
) -> str:
    """Return in words what the added accounts do to the order of the others.

    Parameters
    ----------
    reversals, added
        From and as in `rank_reversals`.
    names : account_id -> name

    Examples
    --------
    >>> giant = pd.DataFrame({"margin": [100.0]}, index=["giant"])
    >>> reversals = pd.DataFrame([("a", "b", 2, 3, 3, 2)], columns=list(COLUMNS))
    >>> print(describe_reversals(reversals, giant))
    Adding giant makes 1 pair of other accounts change places: a falls from 2 to 3, behind b.
    """

    def called(account: str) -> str:
        return str(account if names is None else names.get(account, account))

    who = listing([called(account) for account in added.index])
    if reversals.empty:
        return f"Adding {who} leaves the order of the others as it was."
    first = reversals.iloc[0]
    noun = "pair" if len(reversals) == 1 else "pairs"
    lead = "" if len(reversals) == 1 else "for one, "
    moved = (
        f"falls from {first['fell_from']} to {first['fell_to']},"
        if first["fell_to"] > first["fell_from"]
        else "is now"
    )
    return (
        f"Adding {who} makes {len(reversals):,} {noun} of other accounts change places: "
        f"{lead}{called(first['fell'])} {moved} behind {called(first['rose'])}."
    )


def _scores(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    method: str | Callable[..., pd.DataFrame],
) -> pd.Series:
    if callable(method):
        return method(values, weights, objectives)["score"]
    return score(values, weights, objectives, method=method)["score"]


def _swapped(
    before: np.ndarray, after: np.ndarray, leads: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return who was ahead and is behind, and who is ahead of it now; one of them leads."""
    drop = (before[leads, np.newaxis] > before) & (after[leads, np.newaxis] < after)
    gain = (before[leads, np.newaxis] < before) & (after[leads, np.newaxis] > after)
    drop_at, drop_for = np.nonzero(drop)
    gain_at, gain_for = np.nonzero(gain)
    fell = np.concatenate([leads[drop_at], gain_for])
    rose = np.concatenate([drop_for, leads[gain_at]])
    return fell, rose


def _check_added(values: pd.DataFrame, added: pd.DataFrame) -> None:
    missing = [str(name) for name in values.columns if name not in added]
    if missing:
        raise InputError(f"the added accounts lack {listing(missing)}")
    there = added.index.intersection(values.index)
    if len(there):
        raise InputError(f"{there[0]!r} is added, but it is there already")
