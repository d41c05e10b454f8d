"""An assignment as one makes it by hand: the largest account first, to who suits it best.

It stands beside the optimum to show what that is worth. It looks one account ahead only, so
it may leave accounts without a manager, or managers with too little, where others would not.
"""

import numpy as np

from kamtools.role.assignment_model import AssignmentModel


def greedy_assignment(model: AssignmentModel) -> np.ndarray:
    """Return the manager of each account, assigned one after the other.

    Parameters
    ----------
    model : AssignmentModel

    Returns
    -------
    (n_accounts,) int
        -1 where no manager is left who could take the account. Capacity, span, rivals, what
        must match and the upper end of a balance are kept; the lower end may not be, since
        it can only be seen at the end.

    Examples
    --------
    The large account takes the room that the small ones, together, would have used better:

    >>> model = AssignmentModel(np.array([[1.0, 2.0], [0.0, 9.0]]),
    ...                         np.array([[90.0, 90.0], [60.0, 60.0]]), np.array([100.0, 100.0]),
    ...                         np.full(2, -np.inf), np.full(2, np.inf), np.inf,
    ...                         np.empty((0, 2), int))
    >>> greedy_assignment(model).tolist()
    [0, 1]
    """
    place = np.full(len(model.cost), -1)
    rivals: dict[int, list[int]] = {}
    for one, other in model.rivals.tolist():
        rivals.setdefault(one, []).append(other)
        rivals.setdefault(other, []).append(one)
    most = np.minimum(model.capacity, model.high) * (1 + 1e-9)
    load, count = np.zeros(len(most)), np.zeros(len(most))
    for account in np.argsort(-model.hours.max(axis=1), kind="stable").tolist():
        is_open = (load + model.hours[account] <= most) & (count + 1 <= model.span)
        theirs = place[rivals.get(account, [])]
        is_open[theirs[theirs >= 0]] = False
        cost = np.where(is_open, model.cost[account], np.inf)
        manager = int(cost.argmin())
        if np.isfinite(cost[manager]):
            place[account] = manager
            load[manager] += model.hours[account, manager]
            count[manager] += 1
    return place
