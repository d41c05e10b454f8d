"""What the two explorers of the app are about, worked out once for all visitors."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kamtools import engagement as engagements
from kamtools import ledger
from kamtools.engagement import Engagement
from kamtools.errors import InputError, KamtoolsError
from kamtools.planning.chosen import read_chosen, write_chosen
from kamtools.planning.default_choice import default_choice, firm_criteria
from kamtools.planning.role_inputs import key_account_table, manager_table
from kamtools.role.assignment_attempt import attempt_assignment
from kamtools.role.assignment_rules import AssignmentRules
from kamtools.role.assumptions import merge_assumptions
from kamtools.role.expected_hours import expected_hours
from kamtools.role.time_fit import fit_time_log
from kamtools.role.time_log import logged_hours
from kamtools.role.workload import workload
from kamtools.selection.account_hours import account_hours
from kamtools.selection.attractiveness import attractiveness
from kamtools.selection.business_strength import business_strength
from kamtools.selection.matrix import portfolio_matrix
from kamtools.selection.portfolio import eligible
from kamtools.selection.weights import default_weights

Given = Mapping[str, Any]
"""The arguments of an explorer by name."""

LIST, ROLE = "list.pickle", "role.pickle"
"""Files in the folder in which the kernels work, with what each explorer is about."""

MOST_OTHERS = 30
BALANCE = 0.15


def load_firm(folder: Path) -> tuple[Engagement, pd.DataFrame]:
    """Return an engagement and its scorecard.

    Raises
    ------
    InputError
        As `engagement.load`.
    """
    firm = engagements.roll_up(engagements.load(folder))
    return firm, ledger.scorecard(firm.invoices, as_of=firm.as_of)


def known(
    make: Callable[..., Given], firm: Engagement, scorecard: pd.DataFrame, *, seed: int
) -> Given | str:
    """Return what an explorer is about, or in words why this engagement has none.

    Parameters
    ----------
    make
        `list_given` or `role_given`.
    firm, scorecard
        From `load_firm`.
    seed
        A whole number of at least 0.
    """
    try:
        return make(firm, scorecard, seed=seed)
    except KamtoolsError as error:
        return str(error)


def list_given(firm: Engagement, scorecard: pd.DataFrame, *, seed: int) -> Given:
    """Return what notebook 2 gives to `selection_explorer` with its parameters as they are.

    Raises
    ------
    InputError
        If no account can be chosen.
    """
    candidates = eligible(scorecard)
    table = firm_criteria(firm, candidates)
    weights = default_weights(table.values.columns)
    strength = business_strength(
        candidates.index, strengths=firm.strengths, relationship=firm.relationship,
        accounts=firm.accounts,
    )  # fmt: skip
    appeal = attractiveness(table.values, weights, table.objectives)
    hours = account_hours(candidates.index, service=firm.service, as_of=firm.as_of)["hours"]
    a_fifth = max(1, min(20, len(candidates) // 5))
    return {
        "values": table.values,
        "objectives": table.objectives,
        "weights": weights,
        "names": _names(firm, scorecard),
        "revenue": candidates["revenue"],
        "labels": table.labels,
        "top": min(firm.capacity.get("key_accounts", a_fifth), len(candidates)),
        "hours": None if firm.service is None else hours,
        "capacity_hours": firm.capacity.get("key_account_hours"),
        "goals": firm.strategy.get("goals", ()),
        "accounts": firm.accounts,
        "strength": portfolio_matrix(appeal, strength),
        "seed": seed,
    }


def role_given(firm: Engagement, scorecard: pd.DataFrame, *, seed: int) -> Given:
    """Return what notebook 3 gives to `role_explorer` with its parameters as they are.

    Raises
    ------
    InputError
        If no account can be chosen, there is no table of managers, or no assignment meets
        all rules.
    """
    managers = manager_table(firm.managers)
    if managers is None:
        raise InputError("who could look after accounts is not known: there is no managers.csv")
    listed = write_chosen(default_choice(firm, scorecard)["cell"])
    key = key_account_table(firm.accounts, read_chosen(listed, scorecard.index))
    assumed = merge_assumptions(firm.workload_assumptions)
    sizes = pd.DataFrame(
        {"orders": scorecard["orders"], "root_of_sales": scorecard["revenue"].clip(lower=0) ** 0.5}
    )
    logged = logged_hours(firm.service, scorecard.index, as_of=firm.as_of, years=3)
    fit = fit_time_log(logged, sizes, seed=seed)
    work = workload(key, assumptions=assumed, expected=expected_hours(fit))
    to_assign = key.assign(hours=work["hours"])
    attempt = attempt_assignment(to_assign, managers, rules=AssignmentRules(balance=BALANCE))
    if attempt.assignment is None:
        raise InputError(attempt.problem)
    everybody = scorecard.index[scorecard["revenue"] > 0]
    beyond = everybody.difference(key.index, sort=False)[:MOST_OTHERS]
    others = key_account_table(firm.accounts, pd.Series("key", beyond, dtype="str"))
    return {
        "accounts": to_assign,
        "managers": managers,
        "names": _names(firm, scorecard),
        "hours_per_year": assumed.loc["hours_per_year", "value"],
        "share_for_accounts": assumed.loc["share_for_accounts", "value"],
        "counterparts": firm.counterparts,
        "activities": firm.activities,
        "assignment": attempt.assignment,
        "candidates": others.assign(hours=workload(others, assumptions=assumed)["hours"]),
        "seed": seed,
    }


def _names(firm: Engagement, scorecard: pd.DataFrame) -> pd.Series:
    names = firm.display_names().reindex(scorecard.index)
    return names.fillna(scorecard.index.to_series())
