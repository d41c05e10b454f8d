"""Single moves that make an assignment cheaper, until there is none.

A search that stops at a gap may leave an account with a new manager for no reason. What is
settled here has no such account: to move any one alone would cost more or break a limit.
"""

import numpy as np

from kamtools.role.assignment_model import TOLERANCE, AssignmentModel


def settle(model: AssignmentModel, place: np.ndarray) -> np.ndarray:
    """Return the assignment after the single moves that save most, one after the other.

    Parameters
    ----------
    model : AssignmentModel
    place : (n_accounts,) int
        Manager of each account, within the limits.

    Examples
    --------
    >>> model = AssignmentModel(np.array([[1.0, 5.0], [1.0, 3.0]]), np.full((2, 2), 60.0),
    ...                         np.array([100.0, 200.0]), np.full(2, -np.inf),
    ...                         np.full(2, np.inf), np.inf, np.empty((0, 2), int))
    >>> settle(model, np.array([1, 1])).tolist()
    [0, 1]
    """
    place = place.copy()
    accounts = np.arange(len(place))
    while True:
        saving = model.cost[accounts, place][:, np.newaxis] - model.cost
        saving = np.where(open_moves(model, place), saving, -np.inf)
        account, manager = np.unravel_index(int(saving.argmax()), saving.shape)
        if saving[account, manager] <= TOLERANCE:
            return place
        place[account] = manager


def open_moves(model: AssignmentModel, place: np.ndarray) -> np.ndarray:
    """Return which single moves keep all limits.

    Parameters
    ----------
    model : AssignmentModel
    place : (n_accounts,) int
        Manager of each account; -1 for one that has none yet.

    Returns
    -------
    (n_accounts, n_managers) bool
        Whether the account may move to the manager; False for the one that it has.

    Examples
    --------
    >>> model = AssignmentModel(np.zeros((2, 2)), np.full((2, 2), 60.0),
    ...                         np.array([100.0, 200.0]), np.array([50.0, 0.0]),
    ...                         np.full(2, np.inf), np.inf, np.empty((0, 2), int))
    >>> open_moves(model, np.array([0, 1])).tolist()
    [[False, False], [False, False]]
    """
    n_managers = len(model.capacity)
    accounts = np.arange(len(place))
    has_one = place >= 0
    own = np.where(has_one, model.hours[accounts, place], 0.0)
    slack = TOLERANCE * (model.hours.max(initial=0.0) or 1.0)
    load = np.bincount(place[has_one], own[has_one], minlength=n_managers)
    count = np.bincount(place[has_one], minlength=n_managers)
    most = np.minimum(model.capacity, model.high) + slack
    fits = (load + model.hours <= most) & (count + 1 <= model.span) & np.isfinite(model.cost)
    stays_enough = ~has_one | (load[place] - own >= model.low[place] - slack)
    fits &= stays_enough[:, np.newaxis] & ~_meets_rival(model, place)
    fits[accounts[has_one], place[has_one]] = False
    return fits


def _meets_rival(model: AssignmentModel, place: np.ndarray) -> np.ndarray:
    """Return whether an account would find a rival with a manager."""
    meets = np.zeros(model.cost.shape, dtype=bool)
    for one, other in (model.rivals.T, model.rivals.T[::-1]):
        has_one = place[other] >= 0
        meets[one[has_one], place[other[has_one]]] = True
    return meets
