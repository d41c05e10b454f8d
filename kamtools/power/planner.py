"""The cheapest set of measures that brings one account into the corridor of power.

A plan reaches its aim if in the stated part of the scenarios the imbalance I = D_S − D_B ends
within the corridor: a chance constraint. Dependence is not linear in the measures (parts join
by noisy-or, measures multiply, a stake cannot pass 1), so a linear programme with a binary for
each scenario would have to approximate it. With up to 16 measures every set can be looked at
instead, which is exact, needs no solver and shows the whole trade of money against probability.
A budget shared by several accounts is a linear programme over the accounts: see
`planner_portfolio`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.measure_effects import check_inputs
from kamtools.power.measures import measure_list
from kamtools.power.planner_outcomes import measure_outcomes
from kamtools.power.planner_probability import set_distances
from kamtools.power.planner_rules import PlanRules, ruled_out
from kamtools.power.planner_scenarios import draw_scenarios
from kamtools.power.planner_search import (
    best_first,
    cost_frontier,
    reaches,
    weigh_sets,
    within_budget,
)
from kamtools.power.planner_sets import members

DRAWS = 500
"""Scenarios that a plan is chosen on."""

CHECK_DRAWS = 4_000
"""Fresh scenarios on which the chosen plan is judged."""

MORE, NEAR = 0.01, 0.01
"""How much more probable, and how near in imbalance, counts as no difference."""

PLAN_COLUMNS = ("account_id", "measure", "label", "cost_low", "cost", "cost_high",
                "months_to_work", "operation", "scope", "legal", "guard_rail", "grade",
                "basis")  # fmt: skip


@dataclass(frozen=True)
class AccountPlan:
    """What to do for one account.

    Attributes
    ----------
    account_id
    rules : PlanRules
    chosen : keys of the measures
        The cheapest set that reaches the probability; if none does, the most probable, or where
        none is more probable than another, one that leaves the imbalance nearest to the corridor.
    is_reached
        Whether the set reaches the probability on the scenarios it was chosen on.
    probability : 0-1
        On those scenarios, which flatter the plan a little: it was chosen because of them.
    checked_probability : 0-1
        On fresh scenarios.
    cost : money a year, as `rules.cost` counts
    table : one row for each chosen measure
        `account_id`, `measure`, `label`, `cost_low`, `cost`, `cost_high`, `months_to_work`,
        `operation`, `scope`, `legal`, `guard_rail`, `grade`, `basis`.
    before, after : as a row of `planner_outcomes.measure_outcomes`, on the fresh scenarios
        Both the imbalance and the mutual dependence: finding others lowers the second, being
        worth more to the account raises it.
    frontier : table of sets that no cheaper set equals, by cost, the budget left aside
        `measures`, `cost`, `probability`, `gain_per_money` (probability gained since the row
        before for each unit of money).
    """

    account_id: str
    rules: PlanRules
    chosen: tuple[str, ...]
    is_reached: bool
    probability: float
    checked_probability: float
    cost: float
    table: pd.DataFrame
    before: pd.Series
    after: pd.Series
    frontier: pd.DataFrame

    @property
    def next_cheaper(self) -> pd.Series | None:
        """The best set that costs less than the chosen one, None if nothing does."""
        cheaper = self.frontier[self.frontier["cost"] < self.cost]
        return None if cheaper.empty else cheaper.iloc[-1]

    @property
    def next_dearer(self) -> pd.Series | None:
        """The cheapest set that is more probable than the chosen one, None if none is."""
        better = self.frontier[self.frontier["probability"] > self.probability]
        return None if better.empty else better.iloc[0]


def plan_account(
    inputs: pd.DataFrame,
    measures: pd.DataFrame,
    rules: PlanRules,
    *,
    seed: int,
    account_id: str | None = None,
    draws: int = DRAWS,
) -> AccountPlan:
    """Return the cheapest plan that brings an account into the corridor.

    Parameters
    ----------
    inputs
        As in `measure_effects.apply_measures`, of one account or with others.
    measures
        As `measures.default_measures`. A measure of the firm counts with its whole cost.
    rules : PlanRules
    seed
        Of the scenarios.
    account_id
        Which account; may be None where the inputs are of one.
    draws
        Scenarios to choose on.

    Raises
    ------
    InputError
        If there is no such account, too many measures are left to choose among, the measures
        to include do not go together or within the budget, or as `planner_rules.check_rules`.

    Notes
    -----
    min Σ_j c_j x_j subject to (1/N) Σ_n [ low ≤ I_n(x) ≤ high ] ≥ p, x ∈ {0, 1}^m, with what
    measures need and exclude, N scenarios and p the probability. All sets x are looked at. Of
    equally cheap sets the most probable is taken, then the one with fewer measures.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[name] = inputs[name.rsplit("_", 1)[0]]
    >>> plan = plan_account(inputs, default_measures(), PlanRules((-0.15, 0.15)), seed=1)
    >>> plan.chosen, plan.is_reached
    (('plan_sharing', 'advance_notice', 'second_source', 'notice_period', 'coalition'), True)
    >>> pd.DataFrame([plan.before, plan.after])[["power_imbalance", "mutual_dependence"]].round(2)
       power_imbalance  mutual_dependence
    a             0.34               0.70
    a             0.13               0.72
    """
    check_inputs(inputs)
    account, own = one_account(inputs, account_id)
    listed = measure_list(measures)
    open_list = listed[ruled_out(listed, rules) == ""]
    sets = weigh_sets(own, measures, open_list, rules, account_id=account, seed=seed, draws=draws)
    is_paid = within_budget(sets, rules)
    is_good = is_paid & reaches(sets, rules)
    if is_good.any():
        place = best_first(sets, ["cost", "-probability", "size"], is_good)[0]
    else:
        place = _nearest(own, measures, open_list, rules, sets, is_paid, account, seed, draws)
    chosen = tuple(members(int(sets["code"].iloc[place]), open_list))
    outcome = {
        name: measure_outcomes(
            own, measures, list(names), corridor=rules.corridor, seed=seed + 1,
            draws=CHECK_DRAWS, combine=rules.combine,
        ).iloc[0]
        for name, names in (("before", ()), ("after", chosen))
    }  # fmt: skip
    return AccountPlan(
        account_id=account,
        rules=rules,
        chosen=chosen,
        is_reached=bool(is_good.any()),
        probability=float(sets["probability"].iloc[place]),
        checked_probability=float(outcome["after"]["probability"]),
        cost=float(sets["cost"].iloc[place]),
        table=plan_table(account, chosen, listed),
        before=outcome["before"],
        after=outcome["after"],
        frontier=cost_frontier(sets, open_list),
    )


def _nearest(
    own: pd.DataFrame, measures: pd.DataFrame, listed: pd.DataFrame, rules: PlanRules,
    sets: pd.DataFrame, is_paid: np.ndarray, account_id: str, seed: int, draws: int,
) -> int:  # fmt: skip
    """Return the place of the set to take where none reaches.

    The most probable; or where no set is more probable than doing the least by `MORE`, the
    cheapest of those that leave the imbalance within `NEAR` of the nearest that can be had.
    """
    likely = best_first(sets, ["-probability", "cost", "size"], is_paid)[0]
    least = best_first(sets, ["size", "cost"], is_paid)[0]
    if sets["probability"].iloc[likely] > sets["probability"].iloc[least] + MORE:
        return int(likely)
    far = set_distances(
        draw_scenarios(own, measures, draws=draws, seed=seed), account_id, listed.index,
        sets["code"].to_numpy(), corridor=rules.corridor, combine=rules.combine,
    )  # fmt: skip
    is_near = is_paid & (far <= far[is_paid].min() + NEAR)
    return int(best_first(sets, ["cost", "size"], is_near)[0])


def plan_table(account_id: str, chosen: tuple[str, ...], listed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of measures.csv for one account, the soonest to work first.

    Parameters
    ----------
    account_id
        Stands in each row.
    chosen
        Keys of measures.
    listed
        From `measures.measure_list`.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> rows = plan_table("a", ("coalition", "plan_sharing"), measure_list(default_measures()))
    >>> rows[["account_id", "measure", "cost", "months_to_work", "legal"]]
      account_id       measure     cost  months_to_work    legal
    0          a  plan_sharing   5000.0             2.0    clear
    1          a     coalition  25000.0            12.0  counsel
    """
    rows = listed.loc[list(chosen)].rename_axis("measure").reset_index()
    rows = rows.assign(account_id=pd.Series(account_id, index=rows.index, dtype="str"))
    return rows.sort_values("months_to_work", kind="stable", ignore_index=True)[list(PLAN_COLUMNS)]


def one_account(inputs: pd.DataFrame, account_id: str | None) -> tuple[str, pd.DataFrame]:
    """Return one account's id and its dependence inputs.

    Parameters
    ----------
    inputs
        With `account_id`.
    account_id
        Which; may be None where there is one only.

    Raises
    ------
    InputError
        If there is no such account, or none is named and there are several.

    Examples
    --------
    >>> one_account(pd.DataFrame({"account_id": ["a", "a"]}), None)[0]
    'a'
    """
    known = inputs["account_id"].drop_duplicates()
    if account_id is None:
        if len(known) > 1:
            raise InputError(f"name one of the {len(known):,} accounts to plan for")
        account_id = str(known.iloc[0])
    if account_id not in set(known):
        raise InputError(f"no dependence inputs of account {account_id!r}")
    return account_id, inputs[inputs["account_id"] == account_id]
