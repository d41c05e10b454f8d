"""The best use of one budget over the whole portfolio of accounts.

A measure of an account is taken account by account; a measure of the firm is paid once and then
works on all accounts, whether that helps them or pushes them out at the other side. For each
combination of the firm's measures and each account the cheapest own measures that reach the
probability are found by looking at every set (`planner_search`); which combination, and which
accounts, is then a linear programme in zeros and ones, solved by HiGHS.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.measure_effects import check_inputs
from kamtools.power.measures import measure_list
from kamtools.power.planner import CHECK_DRAWS, DRAWS, PLAN_COLUMNS, plan_table
from kamtools.power.planner_options import Options, account_options
from kamtools.power.planner_outcomes import measure_outcomes
from kamtools.power.planner_programme import budget_price, budget_steps, solve_options
from kamtools.power.planner_rules import PlanRules, ruled_out

FIRM = "all accounts"
"""Stands as account_id in the rows of measures that the firm takes once."""


@dataclass(frozen=True)
class PortfolioPlan:
    """What to do for all accounts.

    Attributes
    ----------
    rules : PlanRules
    table : one row for each measure and account that takes it
        As `planner.AccountPlan.table`; `account_id` is "all accounts" for the firm's.
    accounts : (n_accounts, …) index account_id
        `weight`, `is_reached`, `probability` (on the scenarios of the choice), `cost` (own
        measures), `measures` (own, separated by semicolons); and on fresh scenarios
        `power_imbalance`, `mutual_dependence` (each with `_low` and `_high`), `probability`
        of the corridor before and after, as columns that end in `_before` and `_after`.
    cost : money a year, as `rules.cost` counts
    steps : (n_steps, 4)
        `cost`, `reached` (accounts), `weight`, `gain_per_money`: what each further step of
        the budget brings, from nothing to all accounts that can be reached.
    price : weight reached for one more unit of budget
        In the relaxation in which measures may be taken in parts; 0 without a budget.
    """

    rules: PlanRules
    table: pd.DataFrame
    accounts: pd.DataFrame
    cost: float
    steps: pd.DataFrame
    price: float

    @property
    def next_step(self) -> pd.Series | None:
        """The least budget at which more is reached, None if nothing more can be."""
        reached = self.accounts.loc[self.accounts["is_reached"], "weight"].sum()
        better = self.steps[self.steps["weight"] > reached + 1e-9]
        return None if better.empty else better.iloc[0]


def plan_portfolio(
    inputs: pd.DataFrame,
    measures: pd.DataFrame,
    rules: PlanRules,
    *,
    seed: int,
    weights: pd.Series | None = None,
    draws: int = DRAWS,
) -> PortfolioPlan:
    """Return the plan that brings the most accounts into the corridor within one budget.

    Of the plans that bring in as many the cheapest is taken; an account that is not brought in
    gets no measures of its own, beyond those that the rules include.

    Parameters
    ----------
    inputs
        As in `measure_effects.apply_measures`, of all accounts.
    measures
        As `measures.default_measures`.
    rules : PlanRules
        The budget is for all accounts together.
    seed
        Of the scenarios.
    weights : above 0, index account_id
        How much each account counts, such as its margin; all alike if None.
    draws
        Scenarios to choose on.

    Raises
    ------
    InputError
        If weights are not known for every account, or as `planner.plan_account`.

    Notes
    -----
    With F a combination of the firm's measures, y_F whether it is taken, x_aF whether account
    a is reached under it, and d_aF what that costs beyond the least:

        max Σ w_a x_aF   subject to   Σ_F y_F = 1,  x_aF ≤ y_F,
        Σ_F (c_F + Σ_a c_aF) y_F + Σ d_aF x_aF ≤ B,   x, y ∈ {0, 1};

    then the least cost at that weight.

    Examples
    --------
    Two accounts, alike, and a budget for one:

    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": ["a", "a", "b", "b"],
    ...                        "side": ["supplier", "account"] * 2, "part": "all we have",
    ...                        "stake": [0.7, 0.45] * 2, "availability": [0.25, 0.6] * 2})
    >>> for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[name] = inputs[name.rsplit("_", 1)[0]]
    >>> plan = plan_portfolio(inputs, default_measures(),
    ...                       PlanRules((-0.15, 0.15), budget=100_000), seed=1, draws=100)
    >>> plan.accounts["is_reached"].sum(), plan.cost <= 100_000
    (np.int64(1), True)
    """
    check_inputs(inputs)
    listed = measure_list(measures)
    open_list = listed[ruled_out(listed, rules) == ""]
    counted = _weights(inputs, weights)
    options = account_options(inputs, measures, open_list, rules, seed=seed, draws=draws)
    solved = solve_options(options, counted.to_numpy(), rules.budget)
    if solved is None:
        raise InputError(f"the measures to include cost more than the budget of {rules.budget:,g}")
    pairs = _pairs(options, solved.firm, solved.is_reached)
    accounts = _account_table(inputs, measures, rules, pairs, seed).assign(
        weight=counted, is_reached=solved.is_reached, cost=options.cost_of(solved),
        probability=options.probability_of(solved), measures=options.names_of(solved),
    )  # fmt: skip
    return PortfolioPlan(
        rules=rules,
        table=_table(options, solved.firm, solved.is_reached, listed),
        accounts=accounts[["weight", "is_reached", "probability", "cost", "measures",
                           *accounts.columns[:-5]]],
        cost=solved.cost,
        steps=budget_steps(options, counted.to_numpy()),
        price=budget_price(options, counted.to_numpy(), rules.budget),
    )  # fmt: skip


def _weights(inputs: pd.DataFrame, weights: pd.Series | None) -> pd.Series:
    accounts = pd.Index(inputs["account_id"].drop_duplicates(), name="account_id")
    if weights is None:
        return pd.Series(1.0, index=accounts)
    counted = weights.reindex(accounts).astype(float)
    is_wrong = ~(np.isfinite(counted) & (counted > 0))
    if is_wrong.any():
        raise InputError(
            f"weights must be numbers above 0 for every account; got {counted[is_wrong].iloc[0]} "
            f"for {accounts[is_wrong][0]}"
        )
    return counted


def _pairs(options: Options, firm: int, is_reached: np.ndarray) -> pd.DataFrame:
    """Return which account has which measure, the firm's with every account."""
    rows = [
        (account, name)
        for place, account in enumerate(options.accounts)
        for name in [*options.firm_names(firm), *options.own_names(place, firm, is_reached[place])]
    ]
    return pd.DataFrame(rows, columns=["account_id", "measure"], dtype="str")


def _table(
    options: Options, firm: int, is_reached: np.ndarray, listed: pd.DataFrame
) -> pd.DataFrame:
    parts = [plan_table(FIRM, tuple(options.firm_names(firm)), listed)]
    for place, account in enumerate(options.accounts):
        own = options.own_names(place, firm, is_reached[place])
        parts.append(plan_table(account, tuple(own), listed))
    full = [part for part in parts if len(part)]
    return pd.concat(full, ignore_index=True) if full else parts[0][list(PLAN_COLUMNS)]


def _account_table(
    inputs: pd.DataFrame, measures: pd.DataFrame, rules: PlanRules, pairs: pd.DataFrame, seed: int
) -> pd.DataFrame:
    shown = [f"{name}{level}" for name in ("power_imbalance", "mutual_dependence")
             for level in ("", "_low", "_high")] + ["probability"]  # fmt: skip
    parts = [
        measure_outcomes(inputs, measures, chosen, corridor=rules.corridor, seed=seed + 1,
                         draws=CHECK_DRAWS, combine=rules.combine)[shown].add_suffix(suffix)
        for chosen, suffix in (([], "_before"), (pairs, "_after"))
    ]  # fmt: skip
    return pd.concat(parts, axis=1)
