"""The load of each manager, and the rivals that share one, in any assignment."""

import numpy as np
import pandas as pd

from kamtools.role.assignment_fit import load_targets, rival_pairs

BALANCE = 0.15
"""How far a load may be from its share before it is flagged: practice, not a law."""


def manager_loads(
    table: pd.DataFrame,
    accounts: pd.DataFrame,
    managers: pd.DataFrame,
    *,
    balance: float | None = BALANCE,
) -> pd.DataFrame:
    """Return what each manager has to carry, and what is wrong with it.

    Parameters
    ----------
    table
        From `read_assignment`, or `table` of an assignment.
    accounts, managers
        As for `assignment.assign_accounts`.
    balance : share
        Loads further from their share are flagged; none is if None.

    Returns
    -------
    (n_managers, 11), index manager_id
        `accounts`, `hours_per_year`, `capacity_hours`, `fair_hours` (its share of all hours
        assigned, by capacity), `load_index` (hours / fair_hours; 1 is even), `is_outside` (the
        band), `is_over_capacity`, `moves_in` (accounts that come from another manager),
        `rival_pairs` (that it has both of), `language_unmatched` and `region_unmatched`
        (accounts), and `competence_met` (0-1, by hours; NaN without any).

    Examples
    --------
    >>> from kamtools.role.assignment_reading import read_assignment
    >>> accounts = pd.DataFrame({"hours": [60.0, 90.0], "manager_id": ["M1", "M1"],
    ...                          "rivals": ["b", None]}, index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [100.0, 100.0]}, index=["M1", "M2"])
    >>> loads = manager_loads(read_assignment(accounts, managers), accounts, managers)
    >>> loads[["hours_per_year", "load_index", "is_outside", "rival_pairs"]]
                hours_per_year  load_index  is_outside  rival_pairs
    manager_id
    M1                   150.0         2.0        True            1
    M2                     0.0         0.0        True            0
    """
    mine = table.assign(
        lost_language=(~table["language_matched"]).astype(int),
        lost_region=(~table["region_matched"]).astype(int),
        met_hours=table["competence_met"] * table["hours_per_year"],
    ).groupby("manager_id")
    loads = pd.DataFrame(index=managers.index.rename("manager_id"))
    loads["accounts"] = mine.size().reindex(loads.index, fill_value=0)
    loads["hours_per_year"] = mine["hours_per_year"].sum().reindex(loads.index, fill_value=0.0)
    loads["capacity_hours"] = managers["capacity_hours"].astype(float)
    loads["fair_hours"] = load_targets(managers, float(loads["hours_per_year"].sum()))
    hours, fair = loads["hours_per_year"], loads["fair_hours"]
    loads["load_index"] = (hours / fair.where(fair > 0)).mask((fair == 0) & (hours > 0), np.inf)
    apart = (loads["load_index"] - 1).abs()
    loads["is_outside"] = False if balance is None else apart > balance + 1e-9
    loads["is_over_capacity"] = hours > loads["capacity_hours"] * (1 + 1e-9)
    loads["moves_in"] = mine["is_move"].sum().reindex(loads.index, fill_value=0).astype(int)
    shared = shared_rivals(table, accounts).groupby("manager_id").size()
    loads["rival_pairs"] = shared.reindex(loads.index, fill_value=0)
    for column, lost in (("language_unmatched", "lost_language"),
                         ("region_unmatched", "lost_region")):  # fmt: skip
        loads[column] = mine[lost].sum().reindex(loads.index, fill_value=0)
    loads["competence_met"] = mine["met_hours"].sum().reindex(loads.index) / hours.where(hours > 0)
    return loads


def shared_rivals(table: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of rivals that have the same manager.

    Parameters
    ----------
    table, accounts
        As for `manager_loads`.

    Returns
    -------
    DataFrame
        One row a pair: `manager_id`, `account_id`, `rival_id`.

    Examples
    --------
    >>> from kamtools.role.assignment_reading import read_assignment
    >>> accounts = pd.DataFrame({"hours": [1.0, 1.0], "manager_id": "M1", "rivals": ["b", None]},
    ...                         index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [9.0]}, index=["M1"])
    >>> shared_rivals(read_assignment(accounts, managers), accounts).to_numpy().tolist()
    [['M1', 'a', 'b']]
    """
    one, other = rival_pairs(accounts).T
    manager = table["manager_id"].reindex(accounts.index)
    pairs = pd.DataFrame(
        {
            "manager_id": manager.to_numpy()[one],
            "account_id": accounts.index.to_numpy()[one],
            "rival_id": accounts.index.to_numpy()[other],
        }
    )
    is_shared = pairs["manager_id"].eq(pd.Series(manager.to_numpy()[other], index=pairs.index))
    return pairs[is_shared].reset_index(drop=True)
