"""How well each manager matches each account, and what a pair costs in hours a year."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.role.assignment_model import AssignmentModel
from kamtools.role.assignment_rules import AssignmentRules
from kamtools.schema import names_in


@dataclass(frozen=True)
class Fit:
    """What matches in each pair of account and manager, and what the pair costs.

    Attributes
    ----------
    competence_met : (n_accounts, n_managers) 0-1
        Share of the competences that the account needs; 1 where it needs none.
    language_matched, region_matched : (n_accounts, n_managers) bool
        True where the account has none, or the managers' table has no such column.
    misfit_hours, move_hours : (n_accounts, n_managers) hours a year
        What is lost for want of a match, and what handing over takes.
    """

    competence_met: np.ndarray
    language_matched: np.ndarray
    region_matched: np.ndarray
    misfit_hours: np.ndarray
    move_hours: np.ndarray

    def allowed(self, musts: tuple[str, ...]) -> np.ndarray:
        """Return which pairs match in all that must."""
        matched = {
            "language": self.language_matched,
            "region": self.region_matched,
            "competences": self.competence_met > 1 - 1e-9,
        }
        return np.logical_and.reduce(
            [np.ones(self.region_matched.shape, dtype=bool), *(matched[must] for must in musts)]
        )


def measure_fit(accounts: pd.DataFrame, managers: pd.DataFrame, prices: pd.Series) -> Fit:
    """Return what matches in each pair, and what it costs.

    Parameters
    ----------
    accounts, managers
        As for `assignment.assign_accounts`. Upper and lower case are the same. What is blank
        for an account is not asked for; what is blank for a manager is not there.
    prices
        From `assignment_rules.assignment_prices`.

    Notes
    -----
    Misfit counts by the hours of an account, or where `value` is given by its value, scaled
    so that all accounts together weigh as much as all hours. Handing over is priced only
    where today's manager could keep the account: where that manager has left, it must be
    handed over whatever is decided.

    Examples
    --------
    >>> from kamtools.role.assignment_rules import assignment_prices
    >>> accounts = pd.DataFrame({"hours": [100.0], "needs": ["Finance; logistics"],
    ...                          "region": ["North"], "manager_id": ["M1"]}, index=["a"])
    >>> managers = pd.DataFrame({"capacity_hours": [900.0, 900.0], "region": ["South", "north"],
    ...                          "competences": ["finance", "finance; logistics"]},
    ...                         index=["M1", "M2"])
    >>> fit = measure_fit(accounts, managers, assignment_prices(None))
    >>> fit.competence_met.tolist(), fit.misfit_hours.tolist(), fit.move_hours.tolist()
    ([[0.5, 1.0]], [[35.0, 0.0]], [[0.0, 24.0]])
    """
    competence_met = _share_met(accounts, "needs", managers, "competences")
    language = _share_met(accounts, "language", managers, "languages") > 1 - 1e-9
    region = _share_met(accounts, "region", managers, "region") > 1 - 1e-9
    weight = accounts["hours"].to_numpy(dtype=float)
    if "value" in accounts and accounts["value"].sum() > 0:
        weight = (accounts["value"] / accounts["value"].sum()).to_numpy(dtype=float) * weight.sum()
    lost = (
        prices["competence_unmet"] * (1 - competence_met)
        + prices["language_unmatched"] * ~language
        + prices["region_unmatched"] * ~region
    )
    return Fit(
        competence_met=competence_met,
        language_matched=language,
        region_matched=region,
        misfit_hours=weight[:, np.newaxis] * lost,
        move_hours=_move_hours(accounts, managers.index, prices),
    )


def today_of(accounts: pd.DataFrame) -> pd.Series:
    """Return today's manager by account, missing where there is none or none is known."""
    if "manager_id" in accounts:
        return accounts["manager_id"].rename("manager_today")
    return pd.Series(np.nan, index=accounts.index, name="manager_today", dtype=object)


def load_targets(managers: pd.DataFrame, hours: float) -> np.ndarray:
    """Return each manager's share of the hours, in proportion to capacity.

    Parameters
    ----------
    managers
        `capacity_hours`, missing where not known: such a manager counts as the average of
        those that have some.
    hours : all hours a year that are to be shared

    Examples
    --------
    >>> load_targets(pd.DataFrame({"capacity_hours": [1000.0, 500.0, None]}), 900.0).tolist()
    [400.0, 200.0, 300.0]
    """
    capacity = managers["capacity_hours"].to_numpy(dtype=float)
    some = capacity[capacity > 0]
    weight = np.where(np.isnan(capacity), some.mean() if len(some) else 1.0, capacity)
    total = weight.sum()
    return hours * weight / total if total > 0 else np.zeros(len(weight))


def rival_pairs(accounts: pd.DataFrame) -> np.ndarray:
    """Return the places of accounts that are rivals of each other, each pair once.

    Parameters
    ----------
    accounts
        `rivals` (ids, separated by semicolons); one of the two need name the other. Rivals
        that are not in the table are of no concern here. No pairs without the column.

    Examples
    --------
    >>> rival_pairs(pd.DataFrame({"rivals": ["b; z", None, "b"]}, index=["a", "b", "c"])).tolist()
    [[0, 1], [1, 2]]
    """
    if "rivals" not in accounts:
        return np.empty((0, 2), dtype=int)
    named = accounts["rivals"].map(names_in).explode().dropna()
    one = accounts.index.get_indexer(named.index)
    other = accounts.index.astype(str).get_indexer(pd.Index(named.astype(str)))
    pairs = np.sort(np.stack([one, other], axis=1), axis=1)
    pairs = pairs[(pairs[:, 0] >= 0) & (pairs[:, 0] != pairs[:, 1])]
    return np.unique(pairs, axis=0).astype(int)


def model_of(
    accounts: pd.DataFrame, managers: pd.DataFrame, rules: AssignmentRules, fit: Fit
) -> AssignmentModel:
    """Return the programme of two tables under the rules.

    Parameters
    ----------
    accounts, managers, rules
        As for `assignment.assign_accounts`.
    fit
        From `measure_fit`.
    """
    hours = accounts["hours"].to_numpy(dtype=float)
    capacity = managers["capacity_hours"].to_numpy(dtype=float)
    cost = np.where(fit.allowed(rules.musts), fit.misfit_hours + fit.move_hours, np.inf)
    target = load_targets(managers, float(hours.sum()))
    none = np.full(len(managers), np.inf)
    return AssignmentModel(
        cost=cost,
        hours=np.repeat(hours[:, np.newaxis], len(managers), axis=1),
        capacity=np.where(np.isnan(capacity), np.inf, capacity),
        low=-none if rules.balance is None else (1 - rules.balance) * target,
        high=none if rules.balance is None else (1 + rules.balance) * target,
        span=np.inf if rules.max_span is None else float(rules.max_span),
        rivals=rival_pairs(accounts) if rules.rivals_apart else np.empty((0, 2), dtype=int),
    )


def mentions(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return which words each row's cell names, in lower case; no columns where it names none.

    Parameters
    ----------
    table
        May lack the column.
    column
        Words separated by semicolons.

    Examples
    --------
    >>> mentions(pd.DataFrame({"needs": ["b; A", None]}, index=["x", "y"]), "needs")
           a      b
    x   True   True
    y  False  False
    """
    if column not in table:
        return pd.DataFrame(index=table.index)
    words = table[column].map(names_in).explode().dropna().astype(str).str.casefold()
    named = pd.crosstab(words.index, words) > 0
    return named.rename_axis(index=None, columns=None).reindex(table.index, fill_value=False)


def _share_met(
    accounts: pd.DataFrame, wanted: str, managers: pd.DataFrame, offered: str
) -> np.ndarray:
    """Return the share of the words of each account that each manager has; 1 for no words."""
    wants = mentions(accounts, wanted)
    if offered not in managers:
        return np.ones((len(accounts), len(managers)))
    offers = mentions(managers, offered).reindex(columns=wants.columns, fill_value=False)
    met = wants.to_numpy(dtype=float) @ offers.to_numpy(dtype=float).T
    number = wants.to_numpy(dtype=float).sum(axis=1)[:, np.newaxis]
    return np.where(number > 0, met / np.maximum(number, 1), 1.0)


def _move_hours(accounts: pd.DataFrame, manager_ids: pd.Index, prices: pd.Series) -> np.ndarray:
    years = np.zeros(len(accounts))
    if "relation_years" in accounts:
        years = accounts["relation_years"].fillna(0.0).to_numpy(dtype=float)
    price = prices["move"] + prices["move_per_year"] * np.minimum(years, prices["move_years"])
    today = manager_ids.get_indexer(pd.Index(today_of(accounts)))
    others = today[:, np.newaxis] != np.arange(len(manager_ids))
    return np.where(others & (today >= 0)[:, np.newaxis], price[:, np.newaxis], 0.0)
