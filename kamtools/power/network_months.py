"""A trade network by month, as sparse matrices, and its sums where months are drawn anew."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from kamtools.errors import InputError
from kamtools.power.network import KEYS, SIDE_KEYS, check_edges, codes

LEAST_MONTHS = 6
PAIRS_AT_ONCE = 4_000
"""Pairs whose draws are held at one time, so that memory does not grow with the network."""


@dataclass(frozen=True)
class MonthlyNetwork:
    """Trade by month, and who belongs to which pair.

    Attributes
    ----------
    pairs : supplier, account_id, in order of both; those that trade more than 0 in all
    monthly : (n_months, n_pairs), money
    side_number : by side, (n_pairs,) number of the pair's supplier or account
    side_monthly : by side, (n_months, n_suppliers or n_accounts), all trade of each, money;
        of partners whose name is not known, only the months in which more was bought than returned
    """

    pairs: pd.DataFrame
    monthly: sparse.csc_array
    side_number: dict[str, np.ndarray]
    side_monthly: dict[str, np.ndarray]


def month_counts(
    months: int, block_months: int, *, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Return how often each month comes in each draw, shape (draws, months); rows sum to months.

    Examples
    --------
    >>> month_counts(6, 6, draws=2, rng=np.random.default_rng(1)).tolist()
    [[1.0, 1.0, 1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]]
    """
    if months < LEAST_MONTHS:
        raise InputError(f"an interval needs at least {LEAST_MONTHS} months; got {months}")
    if not 1 <= block_months <= months:
        raise InputError(f"block_months must be from 1 to {months}; got {block_months}")
    first = rng.integers(0, months, (draws, -(-months // block_months)))
    month = (first[:, :, None] + np.arange(block_months)) % months
    month = month.reshape(draws, -1)[:, :months]
    place = month + months * np.arange(draws)[:, None]
    return np.bincount(place.ravel(), minlength=draws * months).reshape(draws, months).astype(float)


def monthly_network(edges: pd.DataFrame) -> MonthlyNetwork:
    """Return edges by month as matrices; months without any edge do not count."""
    check_edges(edges)
    ordered = edges.sort_values(KEYS)
    month, months = codes(ordered["period"])
    amount = ordered["amount"].to_numpy(dtype=float)
    who = {side: codes(ordered[key]) for side, key in SIDE_KEYS.items()}
    supplier, account = who["supplier"][0], who["account"][0]
    known = (supplier >= 0) & (account >= 0)
    number = supplier[known] * who["account"][1] + account[known]
    different, pair = np.unique(number, return_inverse=True)
    monthly = sparse.csc_array((amount[known], (month[known], pair)), (months, len(different)))
    trades = np.flatnonzero(np.asarray(monthly.sum(axis=0)).ravel() > 0)
    first = np.flatnonzero(known)[np.unique(pair, return_index=True)[1]][trades]
    counted = amount > 0
    counted[known] = np.isin(pair, trades)
    return MonthlyNetwork(
        pairs=ordered.iloc[first][["supplier", "account_id"]].reset_index(drop=True),
        monthly=monthly[:, trades],
        side_number={side: numbers[first] for side, (numbers, _) in who.items()},
        side_monthly={
            side: _dense(month, numbers, amount, counted & (numbers >= 0), (months, count))
            for side, (numbers, count) in who.items()
        },
    )


def _dense(
    month: np.ndarray, who: np.ndarray, amount: np.ndarray, use: np.ndarray, shape: tuple[int, int]
) -> np.ndarray:
    return sparse.coo_array((amount[use], (month[use], who[use])), shape).toarray()


def drawn_amounts(network: MonthlyNetwork, months: np.ndarray, some: np.ndarray) -> np.ndarray:
    """Return the trade of some pairs in each draw, 0 where returns exceed it."""
    return np.maximum((network.monthly[:, some].T @ months.T).T, 0.0)


def drawn_sums(
    network: MonthlyNetwork, months: np.ndarray
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return each side's sum of squares, and sum, over known pairs in each draw."""
    shape = {side: (len(months), by_month.shape[1])
             for side, by_month in network.side_monthly.items()}  # fmt: skip
    squares = {side: np.zeros(shape[side]) for side in SIDE_KEYS}
    known = {side: np.zeros(shape[side]) for side in SIDE_KEYS}
    count = len(network.pairs)
    for start in range(0, count, PAIRS_AT_ONCE):
        some = np.arange(start, min(start + PAIRS_AT_ONCE, count))
        amount = drawn_amounts(network, months, some)
        for side in SIDE_KEYS:
            number = network.side_number[side][some]
            to_side = sparse.csr_array(
                (np.ones(len(some)), (np.arange(len(some)), number)),
                (len(some), shape[side][1]),
            )
            known[side] += amount @ to_side
            squares[side] += amount**2 @ to_side
    return squares, known
