"""What an assignment must respect, what it is priced by, and the tables that it needs.

Rules are kept whatever they cost. Prices are hours a year, so that a manager can argue with
them: what a region, a language or a competence that does not match costs in extra work, and
what it takes to hand an account over. They are assumptions, all in one table.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

MUSTS = ("language", "region", "competences")

_ROWS = (
    ("competence_unmet", 0.30, "of an account's hours, lost where none of the competences that "
     "it needs is there; where some are, in proportion"),
    ("language_unmatched", 0.50, "of an account's hours, lost where its language is not spoken"),
    ("region_unmatched", 0.20, "of an account's hours, lost on the way to another region"),
    ("move", 24.0, "hours that it takes to hand an account over to another manager"),
    ("move_per_year", 4.0, "hours more for each year that the present manager knows it"),
    ("move_years", 10.0, "years after which a relationship no longer grows dearer to move"),
)  # fmt: skip


@dataclass(frozen=True)
class AssignmentRules:
    """What every assignment must respect, besides the managers' capacity.

    Attributes
    ----------
    balance : share, above 0, or None for no such rule
        How far a manager's load may be from its share of all hours. Shares are in proportion
        to capacity; a manager whose capacity is not known has that of the average manager.
    max_span : most accounts of one manager, or None
    rivals_apart
        Whether two rivals must have two managers.
    musts : some of "language", "region", "competences"
        What must match in every pair, where it is a price otherwise.
    """

    balance: float | None = 0.15
    max_span: int | None = None
    rivals_apart: bool = True
    musts: tuple[str, ...] = ()


def default_assignment_assumptions() -> pd.DataFrame:
    """Return the prices to start from: assumptions that each firm confirms or replaces.

    Returns
    -------
    (6, 3), index assumption
        `value` (at least 0), `meaning` and `source`.

    Examples
    --------
    >>> default_assignment_assumptions()["value"].to_dict()
    {'competence_unmet': 0.3, 'language_unmatched': 0.5, 'region_unmatched': 0.2, 'move': 24.0,
     'move_per_year': 4.0, 'move_years': 10.0}
    """
    table = pd.DataFrame(list(_ROWS), columns=["assumption", "value", "meaning"])
    return table.set_index("assumption").assign(source="assumption")


def assignment_prices(assumptions: pd.DataFrame | None) -> pd.Series:
    """Return each price, the defaults where the firm gives none of its own.

    Parameters
    ----------
    assumptions : index assumption, with `value`; or None

    Raises
    ------
    InputError
        If a name is not known or comes twice, or a value is not a number of at least 0.

    Examples
    --------
    >>> own = pd.DataFrame({"value": [80.0]}, index=["move"])
    >>> assignment_prices(own)[["move", "move_per_year"]].to_dict()
    {'move': 80.0, 'move_per_year': 4.0}
    """
    prices = default_assignment_assumptions()["value"]
    if assumptions is None:
        return prices
    if "value" not in assumptions:
        raise InputError("assumptions of the assignment need the column value")
    unknown = assumptions.index.difference(prices.index)
    if len(unknown) or assumptions.index.has_duplicates:
        raise InputError(
            f"assumptions of the assignment are {listing(list(prices.index))}, each once; got "
            f"{listing([str(name) for name in assumptions.index])}"
        )
    own = assumptions["value"].astype(float)
    for name, value in own.items():
        if not (np.isfinite(value) and value >= 0):
            raise InputError(f"assumption {name} must be a number of at least 0; got {value:g}")
    return own.reindex(prices.index).fillna(prices)


def check_assignment_tables(
    accounts: pd.DataFrame, managers: pd.DataFrame, rules: AssignmentRules
) -> None:
    """Refuse tables and rules that cannot be what they say.

    Parameters
    ----------
    accounts, managers, rules
        As for `assignment.assign_accounts`.

    Raises
    ------
    InputError
        If a table is empty, holds an id twice, lacks a column or has numbers that are not
        possible; if a rule is not possible.

    Examples
    --------
    >>> check_assignment_tables(pd.DataFrame({"hours": [60.0]}, index=["a"]),
    ...                         pd.DataFrame({"capacity_hours": [None]}, index=["M1"]),
    ...                         AssignmentRules())
    """
    for table, what, column in ((accounts, "accounts", "hours"),
                                (managers, "managers", "capacity_hours")):  # fmt: skip
        if table.empty:
            raise InputError(f"there are no {what} to assign")
        if table.index.has_duplicates:
            again = table.index[table.index.duplicated()][0]
            raise InputError(f"{what} hold {again!r} more than once")
        if column not in table:
            raise InputError(f"{what} lack the column {column}")
    _check_numbers(accounts, "hours", may_be_unknown=False)
    _check_numbers(managers, "capacity_hours", may_be_unknown=True)
    if accounts["hours"].sum() == 0:
        raise InputError("hours are 0 for all accounts, so there is nothing to share out")
    if "value" in accounts:
        _check_numbers(accounts, "value", may_be_unknown=False)
    if "relation_years" in accounts:
        _check_numbers(accounts, "relation_years", may_be_unknown=True)
    if rules.balance is not None and not rules.balance > 0:
        raise InputError(f"balance must be a share above 0, or None; got {rules.balance}")
    if rules.max_span is not None and rules.max_span < 1:
        raise InputError(f"max_span must be at least 1 account, or None; got {rules.max_span}")
    unknown = [must for must in rules.musts if must not in MUSTS]
    if unknown:
        raise InputError(f"musts are some of {', '.join(MUSTS)}; got {', '.join(unknown)}")


def _check_numbers(table: pd.DataFrame, column: str, *, may_be_unknown: bool) -> None:
    numbers = table[column].to_numpy(dtype=float)
    is_wrong = ~(np.isfinite(numbers) & (numbers >= 0))
    if may_be_unknown:
        is_wrong &= ~np.isnan(numbers)
    if is_wrong.any():
        raise InputError(
            f"{column} must be at least 0{' where it is known' if may_be_unknown else ''}; got "
            f"{numbers[is_wrong][0]:g} for {table.index[is_wrong][0]!r}"
        )
