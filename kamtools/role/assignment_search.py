"""One search of HiGHS, through SciPy, and what it is given."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from kamtools.errors import RunError
from kamtools.role.assignment_model import AssignmentModel, Rows, row_units


@dataclass(frozen=True)
class Found:
    """What one search came to: `x` is None if time ran out before anything was found."""

    x: np.ndarray | None
    bound: float
    is_out_of_time: bool


def scaled_rows(model: AssignmentModel, rows: Rows) -> Rows:
    """Return the rows in units of their largest coefficient: tolerances are absolute."""
    unit = row_units(model, rows)
    matrix = sparse.csc_array(sparse.diags_array(1 / unit) @ rows.matrix)
    return Rows(rows.kinds, rows.managers, matrix, rows.upper / unit)


def once(accounts: np.ndarray) -> sparse.csc_array:
    """Return the matrix that counts the managers of each account."""
    columns = np.arange(len(accounts))
    return sparse.csc_array((np.ones(len(accounts)), (accounts, columns)))


def search_whole(
    cost: np.ndarray,
    integrality: np.ndarray,
    limits: Sequence[LinearConstraint],
    gap: float,
    time_limit: float,
) -> Found | None:
    """Return what HiGHS finds of variables from 0, those that are whole up to 1.

    Parameters
    ----------
    cost, integrality : (n_columns,)
        Integrality is 1 where a variable is 0 or 1, 0 where it may be any number from 0.
    limits, gap, time_limit
        As SciPy and `cheapest_assignment` have them.

    Raises
    ------
    RunError
        If the solver fails.
    """
    solved = milp(
        cost,
        integrality=integrality,
        bounds=Bounds(0, np.where(integrality == 1, 1, np.inf)),
        constraints=limits,
        options={"mip_rel_gap": gap, "time_limit": time_limit},
    )
    if solved.status == 2:
        return None
    if solved.status not in (0, 1):
        raise RunError(f"the solver could not find an assignment: {solved.message}")
    bound = -np.inf if solved.mip_dual_bound is None else float(solved.mip_dual_bound)
    return Found(solved.x, bound, solved.status == 1)
