"""Who looks after which account: the assignment that loses least, within the rules.

Each account has one manager. Hours, balance, rivals, span and what must match are rules; what
else does not match, and every account handed over, is priced in hours a year. The assignment
whose hours lost are least is found, with the proof how good it is, or it is said which rules
fight.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.assignment_conflicts import conflict_message
from kamtools.role.assignment_fit import measure_fit, model_of, today_of
from kamtools.role.assignment_reading import assignment_table
from kamtools.role.assignment_rules import (
    AssignmentRules,
    assignment_prices,
    check_assignment_tables,
)
from kamtools.role.assignment_solver import cheapest_assignment

GAP = 0.01
TIME_LIMIT_SECONDS = 60.0


@dataclass(frozen=True)
class Assignment:
    """Who looks after whom, and what proves how good that is.

    Attributes
    ----------
    table : index account_id, as the accounts came
        `manager_id`, `hours_per_year`, `manager_today`, `is_move`, and how well it fits; see
        `assignment_reading.read_assignment`.
    accounts, managers, rules
        What was assigned, within what.
    prices : by name
        The assumptions that were used.
    lost_hours : hours a year
        All misfit and handing over, as priced.
    bound_hours : hours a year
        No assignment within the rules loses less. Equal to `lost_hours` if none does. Where
        `moves_are_fewest`: none of those that move as few accounts.
    moves_are_fewest
        Whether as few accounts as possible were moved, whatever a move may save.
    """

    table: pd.DataFrame
    accounts: pd.DataFrame
    managers: pd.DataFrame
    rules: AssignmentRules
    prices: pd.Series
    lost_hours: float
    bound_hours: float
    moves_are_fewest: bool = False

    @property
    def gap(self) -> float:
        """What may be saved at most, as a share of the hours lost; 0 if nothing can be."""
        return (self.lost_hours - self.bound_hours) / self.lost_hours if self.lost_hours else 0.0


def assign_accounts(
    accounts: pd.DataFrame,
    managers: pd.DataFrame,
    *,
    rules: AssignmentRules | None = None,
    assumptions: pd.DataFrame | None = None,
    gap: float = GAP,
    time_limit_seconds: float = TIME_LIMIT_SECONDS,
) -> Assignment:
    """Return the assignment that loses the fewest hours a year within the rules.

    Parameters
    ----------
    accounts : (n_accounts, …), index account_id
        `hours` (a year, at least 0). May have `value` (at least 0: misfit then counts by it,
        not by hours), `region`, `language`, `needs` (competences), `rivals` (account ids),
        several in a cell separated by semicolons, `manager_id` (today's), `relation_years`
        (that manager with this account).
    managers : (n_managers, …), index manager_id
        `capacity_hours` (a year; missing: not limited, but balanced like the others). May have
        `region`, `languages`, `competences`, separated by semicolons.
    rules
        `AssignmentRules()` if None: rivals apart, loads within 15 % of their share.
    assumptions
        Prices to put in place of `default_assignment_assumptions`, index assumption, `value`.
    gap : share, at least 0
        Stop as soon as no assignment can lose less by more than this part. With 0 the
        assignment is proven to be the best.
    time_limit_seconds : above 0
        Most that one search may take. What stands then is returned with its gap, and may
        differ from machine to machine.

    Raises
    ------
    InputError
        If no assignment meets all rules: the message says which of them fight, and how far
        each would have to move. As `assignment_rules.check_assignment_tables`.
    RunError
        If time runs out before any assignment is found.

    Notes
    -----
    min sum_ij (misfit_ij + move_ij) x_ij within the rows of `assignment_model`. Of several
    best assignments one is returned, the same whatever the order of the rows.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0, 60.0], "manager_id": ["M1", "M1", "M1"],
    ...                          "region": ["North", "North", "South"]}, index=["a", "b", "c"])
    >>> managers = pd.DataFrame({"capacity_hours": [150.0, 75.0], "region": ["North", "South"]},
    ...                         index=["M1", "M2"])
    >>> assignment = assign_accounts(accounts, managers)
    >>> assignment.table["manager_id"].to_dict(), assignment.lost_hours, assignment.gap
    ({'a': 'M1', 'b': 'M1', 'c': 'M2'}, 24.0, 0.0)
    """
    return solve_assignment(
        accounts,
        managers,
        rules=rules or AssignmentRules(),
        prices=assignment_prices(assumptions),
        gap=gap,
        time_limit_seconds=time_limit_seconds,
    )


def solve_assignment(
    accounts: pd.DataFrame,
    managers: pd.DataFrame,
    *,
    rules: AssignmentRules,
    prices: pd.Series,
    gap: float,
    time_limit_seconds: float,
    moves_are_fewest: bool = False,
) -> Assignment:
    """Return an assignment, as `assign_accounts`, with prices that are complete.

    Parameters
    ----------
    accounts, managers, rules, gap, time_limit_seconds
        As for `assign_accounts`.
    prices
        From `assignment_rules.assignment_prices`.
    moves_are_fewest
        Whether first of all as few accounts as possible are to move that could stay.
    """
    check_assignment_tables(accounts, managers, rules)
    if not (gap >= 0 and time_limit_seconds > 0):
        raise InputError(
            "gap must be at least 0 and time_limit_seconds above 0; got "
            f"{gap:g} and {time_limit_seconds:g}"
        )
    ordered, team = accounts.sort_index(), managers.sort_index()
    fit = measure_fit(ordered, team, prices)
    model = model_of(ordered, team, rules, fit)
    first = _first_of_all(fit.misfit_hours + fit.move_hours) if moves_are_fewest else 0.0
    could_stay = team.index.get_indexer(pd.Index(today_of(ordered)))
    moves = (could_stay[:, np.newaxis] != np.arange(len(team))) & (could_stay >= 0)[:, np.newaxis]
    solution = cheapest_assignment(
        replace(model, cost=model.cost + first * moves),
        gap=gap,
        time_limit_seconds=time_limit_seconds,
    )
    if solution is None:
        raise InputError(conflict_message(ordered, team, rules))
    paid = first * float(moves[np.arange(len(ordered)), solution.place].sum())
    table = assignment_table(ordered, team, solution.place, fit, prices)
    lost = float(table["misfit_hours"].sum() + table["move_hours"].sum())
    return Assignment(
        table=table.reindex(accounts.index).rename_axis("account_id"),
        accounts=accounts,
        managers=managers,
        rules=rules,
        prices=prices,
        lost_hours=lost,
        bound_hours=lost if solution.bound == solution.cost else max(solution.bound - paid, 0.0),
        moves_are_fewest=moves_are_fewest,
    )


def _first_of_all(cost: np.ndarray) -> float:
    """Return a price of a move that nothing else can make up for."""
    return float((cost.max(axis=1) - cost.min(axis=1)).sum()) + 1.0
