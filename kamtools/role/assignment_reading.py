"""An assignment read: who has what, how evenly, what does not match, which rivals share.

The same reading for today's assignment and for a proposed one, so that the two compare.
"""

import numpy as np
import pandas as pd

from kamtools.role.assignment_fit import Fit, measure_fit, mentions, today_of
from kamtools.role.assignment_rules import (
    AssignmentRules,
    assignment_prices,
    check_assignment_tables,
)


def read_assignment(
    accounts: pd.DataFrame,
    managers: pd.DataFrame,
    *,
    manager_ids: pd.Series | None = None,
    assumptions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what each account has in its manager: hours, match, and what is lost.

    Parameters
    ----------
    accounts, managers, assumptions
        As for `assignment.assign_accounts`.
    manager_ids : index account_id
        The assignment to read; today's (`manager_id` of the accounts) if None.

    Returns
    -------
    (n_accounts, 10), index account_id
        `manager_id` (missing where there is none, or none of these managers),
        `hours_per_year`, `manager_today`, `is_move` (another manager than today's),
        `fit` (0-1: 1 if all matches, each mismatch weighing what it costs),
        `competence_met` (0-1), `language_matched`, `region_matched` (True where nothing is
        asked, False without a manager), `misfit_hours` and `move_hours` (a year).

    Raises
    ------
    InputError
        As `assignment_rules.check_assignment_tables`.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0], "manager_id": ["M1"], "region": ["North"]},
    ...                         index=["a"])
    >>> managers = pd.DataFrame({"capacity_hours": [900.0], "region": ["South"]}, index=["M1"])
    >>> read_assignment(accounts, managers)[["manager_id", "fit", "misfit_hours"]]
               manager_id  fit  misfit_hours
    account_id
    a                  M1  0.8          12.0
    """
    check_assignment_tables(accounts, managers, AssignmentRules())
    prices = assignment_prices(assumptions)
    given = today_of(accounts) if manager_ids is None else manager_ids.reindex(accounts.index)
    place = managers.index.get_indexer(pd.Index(given))
    return assignment_table(accounts, managers, place, measure_fit(accounts, managers, prices),
                            prices)  # fmt: skip


def assignment_table(
    accounts: pd.DataFrame, managers: pd.DataFrame, place: np.ndarray, fit: Fit, prices: pd.Series
) -> pd.DataFrame:
    """Return the table of `read_assignment` from arrays.

    Parameters
    ----------
    accounts, managers, fit, prices
        As for `assignment_fit.measure_fit`, and what it returns.
    place : (n_accounts,) int
        Place of each account's manager, -1 for none.
    """
    has_one = place >= 0
    pairs = (np.arange(len(place)), place)
    weights = prices[["competence_unmet", "language_unmatched", "region_unmatched"]].to_numpy()
    matches = (fit.competence_met[pairs], fit.language_matched[pairs], fit.region_matched[pairs])
    total = weights.sum()
    score = np.einsum("k,ki->i", weights, np.array(matches, dtype=float))
    today = today_of(accounts)
    manager = pd.Series(managers.index.to_numpy()[place], index=accounts.index).where(has_one)
    table = pd.DataFrame(
        {
            "manager_id": manager,
            "hours_per_year": accounts["hours"].astype(float),
            "manager_today": today,
            "is_move": has_one & today.notna() & (manager != today),
            "fit": score / total if total > 0 else np.ones(len(place)),
            "competence_met": matches[0],
            "language_matched": matches[1] & has_one,
            "region_matched": matches[2] & has_one,
            "misfit_hours": fit.misfit_hours[pairs],
            "move_hours": fit.move_hours[pairs],
        },
        index=accounts.index,
    )
    table.loc[~has_one, ["fit", "competence_met", "misfit_hours", "move_hours"]] = np.nan
    return table.rename_axis("account_id")


def unmatched_accounts(
    table: pd.DataFrame, accounts: pd.DataFrame, managers: pd.DataFrame
) -> pd.DataFrame:
    """Return the accounts whose manager lacks something that they ask for, and what.

    Parameters
    ----------
    table, accounts, managers
        As for `manager_loads`.

    Returns
    -------
    DataFrame, index account_id
        `manager_id`, `hours_per_year`, `lacks` (in words) and `misfit_hours`, the dearest
        first.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0], "manager_id": ["M1"], "region": ["North"],
    ...                          "needs": ["Finance; data"]}, index=["a"])
    >>> managers = pd.DataFrame({"capacity_hours": [900.0], "region": ["South"],
    ...                          "competences": ["data"]}, index=["M1"])
    >>> unmatched_accounts(read_assignment(accounts, managers), accounts, managers)["lacks"].item()
    'finance; region North'
    """
    lacks_competence = table["competence_met"] < 1 - 1e-9
    is_short = lacks_competence | ~table["language_matched"] | ~table["region_matched"]
    short = table[is_short & table["manager_id"].notna()]
    wants, has = mentions(accounts, "needs"), mentions(managers, "competences")
    has = has.reindex(columns=wants.columns, fill_value=False)
    wanted = wants.loc[short.index].to_numpy(dtype=bool)
    lost = wanted & ~has.loc[short["manager_id"]].to_numpy(dtype=bool)
    row, word = np.nonzero(lost & ("competences" in managers))
    parts = [pd.Series(wants.columns.to_numpy()[word], index=short.index[row], dtype=str)]
    for column in ("language", "region"):
        ids = short.index[~short[f"{column}_matched"]]
        if len(ids):
            parts.append((column + " ") + accounts.loc[ids, column])
    lacks = pd.concat(parts).groupby(level=0).agg("; ".join)
    found = short.assign(lacks=lacks.astype(str)).sort_values(
        "misfit_hours", ascending=False, kind="stable"
    )
    return found[["manager_id", "hours_per_year", "lacks", "misfit_hours"]]


def display_names(table: pd.DataFrame) -> pd.Series:
    """Return what people call each row: `name` where there is one, its id otherwise.

    Parameters
    ----------
    table : index account_id or manager_id

    Examples
    --------
    >>> display_names(pd.DataFrame({"name": ["林知秋", None]}, index=["M1", "M2"])).to_dict()
    {'M1': '林知秋', 'M2': 'M2'}
    """
    ids = pd.Series(table.index.astype(str), index=table.index, dtype=str)
    return table["name"].fillna(ids) if "name" in table else ids
