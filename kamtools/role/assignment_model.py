"""Accounts to managers as a 0/1 programme: the arrays, and the same as rows for a solver.

x_ij is 1 if manager j looks after account i. Each account has exactly one manager, and

- capacity: sum_i h_ij x_ij <= H_j;
- span: sum_i x_ij <= K for each manager;
- balance: low_j <= sum_i h_ij x_ij <= high_j;
- rivals: sum_{i in R} x_ij <= 1 for each manager and each set R of accounts that are all
  rivals of each other. One row for a set is tighter than one for each pair.

This is the generalised assignment problem [1]_ with three further kinds of rows.

References
----------
.. [1] Martello, S. and Toth, P. (1990), Knapsack Problems, Wiley, chapter 7.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

TOLERANCE = 1e-6
"""By how much a row may be overstepped, in units of its largest coefficient."""


@dataclass(frozen=True)
class AssignmentModel:
    """What there is to assign, and within what.

    Attributes
    ----------
    cost : (n_accounts, n_managers)
        Of each pair, of any sign; inf where the pair is not allowed.
    hours : (n_accounts, n_managers)
        At least 0: what account i takes of manager j in a year.
    capacity : (n_managers,)
        Hours a year; inf where there is no such limit.
    low, high : (n_managers,)
        Band of the load in hours a year; -inf and inf where there is none.
    span : most accounts of one manager, inf if there is no such limit
    rivals : (n_pairs, 2) int
        Places of accounts that must not share a manager.
    """

    cost: np.ndarray
    hours: np.ndarray
    capacity: np.ndarray
    low: np.ndarray
    high: np.ndarray
    span: float
    rivals: np.ndarray


@dataclass(frozen=True)
class Rows:
    """The limits as matrix @ x <= upper; every account once is not among them.

    Attributes
    ----------
    kinds : (n_rows,)
        "capacity", "span", "balance" (both ends) or "rivals".
    managers : (n_rows,) int
        Place of the manager that the row is of.
    matrix : (n_rows, n_columns), sparse
    upper : (n_rows,)
        Of the lower end of a balance both signs are turned.
    """

    kinds: np.ndarray
    managers: np.ndarray
    matrix: sparse.csc_array
    upper: np.ndarray


def assignment_rows(model: AssignmentModel, accounts: np.ndarray, managers: np.ndarray) -> Rows:
    """Return the rows of the programme for some pairs of account and manager.

    Parameters
    ----------
    model
        Limits that are infinite have no rows.
    accounts, managers : (n_columns,) int
        Places of the two of each pair: the columns, in this order.

    Examples
    --------
    >>> model = AssignmentModel(np.zeros((2, 1)), np.array([[60.0], [90.0]]), np.array([100.0]),
    ...                         np.array([-np.inf]), np.array([np.inf]), 1.0,
    ...                         np.empty((0, 2), int))
    >>> rows = assignment_rows(model, np.array([0, 1]), np.array([0, 0]))
    >>> rows.kinds.tolist(), rows.matrix.toarray().tolist(), rows.upper.tolist()
    (['capacity', 'span'], [[60.0, 90.0], [1.0, 1.0]], [100.0, 1.0])
    """
    n_managers, columns = len(model.capacity), np.arange(len(accounts))
    shape = (n_managers, len(accounts))
    load = sparse.csr_array((model.hours[accounts, managers], (managers, columns)), shape=shape)
    count = sparse.csr_array((np.ones(len(accounts)), (managers, columns)), shape=shape)
    blocks = []
    for kind, matrix, upper in (
        ("capacity", load, model.capacity),
        ("span", count, np.full(n_managers, float(model.span))),
        ("balance", load, model.high),
        ("balance", -load, -model.low),
    ):
        limited = np.flatnonzero(np.isfinite(upper))
        blocks.append((kind, limited, matrix[limited], upper[limited]))
    blocks.append(("rivals", *_rival_rows(model, accounts, managers)))
    return Rows(
        kinds=np.repeat([kind for kind, *_ in blocks], [len(block[1]) for block in blocks]),
        managers=np.concatenate([limited for _, limited, _, _ in blocks]),
        matrix=sparse.csc_array(sparse.vstack([matrix for _, _, matrix, _ in blocks])),
        upper=np.concatenate([upper for *_, upper in blocks]),
    )


def _rival_rows(
    model: AssignmentModel, accounts: np.ndarray, managers: np.ndarray
) -> tuple[np.ndarray, sparse.csr_array, np.ndarray]:
    """Return managers, matrix and upper of the rivals' rows that two columns or more are in."""
    sets = rival_sets(model.rivals)
    n_managers = len(model.capacity)
    number = np.repeat(np.arange(len(sets)), [len(members) for members in sets])
    members = np.array([account for one in sets for account in one], dtype=int)
    member = sparse.csc_array(
        (np.ones(len(members)), (number, members)), shape=(len(sets), len(model.cost))
    )
    among = sparse.coo_array(member[:, accounts])
    row = among.row.astype(int) * n_managers + managers[among.col]
    used, place, count = np.unique(row, return_inverse=True, return_counts=True)
    matrix = sparse.csr_array(
        (np.ones(len(row)), (place, among.col)), shape=(len(used), len(accounts))
    )
    is_limit = np.flatnonzero(count > 1)
    return used[is_limit] % n_managers, matrix[is_limit], np.ones(len(is_limit))


def rival_sets(pairs: np.ndarray) -> list[list[int]]:
    """Return sets of accounts that are all rivals of each other, which cover every pair.

    Parameters
    ----------
    pairs : (n_pairs, 2) int

    Examples
    --------
    >>> rival_sets(np.array([[0, 1], [1, 2], [2, 0], [2, 3]]))
    [[0, 1, 2], [2, 3]]
    """
    neighbours: dict[int, set[int]] = {}
    for one, other in pairs.tolist():
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    sets: list[list[int]] = []
    covered: set[tuple[int, int]] = set()
    for one, other in sorted((min(pair), max(pair)) for pair in pairs.tolist()):
        if (one, other) in covered:
            continue
        members = [one, other]
        common = neighbours[one] & neighbours[other]
        while common:
            members.append(min(common))
            common &= neighbours[members[-1]]
        members.sort()
        covered |= {(a, b) for place, a in enumerate(members) for b in members[place + 1 :]}
        sets.append(members)
    return sets


def broken_rows(model: AssignmentModel, place: np.ndarray) -> dict[str, int]:
    """Return how many limits of each kind an assignment breaks; empty if it keeps all.

    Parameters
    ----------
    model : AssignmentModel
    place : (n_accounts,) int
        Manager of each account, -1 where it has none, which counts as "without a manager".
        A pair that is not allowed counts as "not allowed".

    Examples
    --------
    >>> model = AssignmentModel(np.zeros((2, 1)), np.array([[60.0], [90.0]]), np.array([100.0]),
    ...                         np.array([-np.inf]), np.array([np.inf]), np.inf,
    ...                         np.array([[0, 1]]))
    >>> broken_rows(model, np.array([0, 0]))
    {'capacity': 1, 'rivals': 1}
    """
    placed = np.flatnonzero(place >= 0)
    rows = assignment_rows(model, placed, place[placed])
    largest = np.maximum(row_units(model, rows), 1e-300)
    is_broken = (rows.matrix.sum(axis=1) - rows.upper) / largest > 10 * TOLERANCE
    kinds, counts = np.unique(rows.kinds[is_broken], return_counts=True)
    broken = dict(zip(kinds.tolist(), counts.tolist(), strict=True))
    forbidden = int(np.isinf(model.cost[placed, place[placed]]).sum())
    unplaced = int((place < 0).sum())
    found = broken | {"not allowed": forbidden, "without a manager": unplaced}
    return {kind: number for kind, number in found.items() if number}


def row_units(model: AssignmentModel, rows: Rows) -> np.ndarray:
    """Return what each row is counted in: the largest hours of any account, or one account."""
    largest = float(model.hours.max(initial=0.0)) or 1.0
    return np.where(np.isin(rows.kinds, ("capacity", "balance")), largest, 1.0)
