"""Rules that fight, each in words with its numbers."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.role.assignment_fit import load_targets, measure_fit, rival_pairs
from kamtools.role.assignment_model import rival_sets
from kamtools.role.assignment_reading import display_names
from kamtools.role.assignment_rules import AssignmentRules, assignment_prices
from kamtools.schema import names_in
from kamtools.wording import listing, percent

MOST_NAMES = 6
"""Names told one by one; more are counted."""
MUST_COLUMNS = {
    "language": ("language", "nobody speaks", "only {} speaks", "only {} speak"),
    "region": ("region", "nobody is in", "only {} is in", "only {} are in"),
    "competences": ("needs", "nobody has", "only {} has", "only {} have"),
}


def conflict_words(
    kinds: Sequence[str],
    is_part: np.ndarray,
    accounts: pd.DataFrame,
    managers: pd.DataFrame,
    rules: AssignmentRules,
) -> list[str]:
    """Return a clause for each kind of rule that fights, what must match first.

    Parameters
    ----------
    kinds
        Some of `assignment_kinds.KINDS`.
    is_part : (n_accounts,) bool
        Accounts that cannot all have a manager under these rules.
    accounts, managers, rules
        As for `assignment.assign_accounts`; `name`, where there is one, stands for the id.

    Examples
    --------
    >>> accounts = pd.DataFrame({"hours": [60.0, 90.0], "language": "zh"}, index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [100.0], "languages": ["zh"]}, index=["M1"])
    >>> conflict_words(["language", "capacity"], np.array([True, True]), accounts, managers,
    ...                AssignmentRules())
    ['only M1 speaks zh, for a and b', 'the capacity of M1 is 100 hours a year, a and b need 150']
    """
    part = accounts[is_part]
    musts = tuple(kind for kind in kinds if kind in MUST_COLUMNS)
    allowed = measure_fit(accounts, managers, assignment_prices(None)).allowed(musts)[is_part]
    team = managers[allowed.any(axis=0)] if musts else managers
    is_all = len(part) == len(accounts)
    who = "the accounts" if is_all and len(part) > MOST_NAMES else _names(part, "accounts")
    clauses = [clause for must in musts for clause in _must_words(must, part, managers)]
    if "rivals" in kinds:
        clauses += _rival_words(part)
    if "span" in kinds:
        clauses.append(_span_words(part, team, rules))
    if "capacity" in kinds:
        clauses.append(_capacity_words(part, team, len(team) == len(managers), who))
    if "balance" in kinds:
        clauses.append(_balance_words(accounts, managers, rules))
    return clauses


def _must_words(must: str, part: pd.DataFrame, managers: pd.DataFrame) -> list[str]:
    """Return who of the managers has what is asked for, once for each that is asked for."""
    column, nobody, one, several = MUST_COLUMNS[must]
    matched = measure_fit(part, managers, assignment_prices(None)).allowed((must,))
    clauses: dict[str, list[int]] = {}
    for place, cell in enumerate(part[column]):
        if names_in(cell):
            clauses.setdefault(listing(names_in(cell)), []).append(place)
    told = []
    for words, places in clauses.items():
        able = managers[matched[places[0]]]
        verb = nobody
        if len(able):
            verb = (one if len(able) == 1 else several).format(_names(able, "managers"))
        told.append(f"{verb} {words}, for {_names(part.iloc[places], 'accounts')}")
    return told


def _rival_words(part: pd.DataFrame) -> list[str]:
    sets = rival_sets(rival_pairs(part))
    if len(sets) > MOST_NAMES:
        return [f"{len(rival_pairs(part)):,} pairs of rivals among {_names(part, 'accounts')} "
                "must have different managers"]  # fmt: skip
    return [f"{_names(part.iloc[one], 'accounts')} are rivals of each other" for one in sets]


def _span_words(part: pd.DataFrame, team: pd.DataFrame, rules: AssignmentRules) -> str:
    most = int(rules.max_span or 0)
    return (
        f"at most {most:,} account{'' if most == 1 else 's'} each for {_names(team, 'managers')} "
        f"makes {most * len(team):,}, and there are {len(part):,} to look after"
    )


def _capacity_words(part: pd.DataFrame, team: pd.DataFrame, is_whole: bool, who: str) -> str:
    capacity, hours = team["capacity_hours"].astype(float), float(part["hours"].sum())
    whose = "all managers" if is_whole and len(team) > 1 else _names(team, "managers")
    verb = "need" if len(part) != 1 else "needs"
    if capacity.isna().any():
        limited, rest = team[capacity.notna()], team[capacity.isna()]
        return (
            f"the capacity of {_names(limited, 'managers')} is {capacity.sum():,.0f} hours a year "
            f"(that of {_names(rest, 'managers')} is not limited), {who} {verb} {hours:,.0f}"
        )
    text = (
        f"the capacity of {whose} is {capacity.sum():,.0f} hours a year, {who} {verb} {hours:,.0f}"
    )
    if hours > capacity.sum():
        return text
    sizes = part["hours"].sort_values(ascending=False).head(MOST_NAMES)
    each = listing([f"{size:,.0f}" for size in sizes])
    more = "" if len(part) <= MOST_NAMES else " and less"
    return f"{text}: enough in all, but they do not fit in as they are ({each}{more})"


def _balance_words(accounts: pd.DataFrame, managers: pd.DataFrame, rules: AssignmentRules) -> str:
    target = load_targets(managers, float(accounts["hours"].sum()))
    least, most = np.min(target), np.max(target)
    share = f"{least:,.0f}" if most - least < 0.5 else f"{least:,.0f} to {most:,.0f}"
    largest = accounts["hours"].idxmax()
    return (
        f"each load must be within ±{percent(float(rules.balance or 0))} of its share "
        f"({share} hours a year), and the accounts can only be divided whole (the largest, "
        f"{_names(accounts.loc[[largest]], 'accounts')}, takes {accounts['hours'].max():,.0f})"
    )


def _names(table: pd.DataFrame, what: str) -> str:
    """Return the names in a table, or how many there are where they are many."""
    if len(table) > MOST_NAMES:
        return f"{len(table):,} {what}"
    return listing(display_names(table).tolist())
