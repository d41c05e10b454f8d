"""Answers of the exercises on restoring the balance: a plan, notice, and a trial of a measure."""

import numpy as np
import pandas as pd

from kamtools.learning.answers import as_names, is_empty
from kamtools.learning.judging import Context
from kamtools.power.evaluation_design import NEVER, staggered_start
from kamtools.power.evaluation_power import Noise, chance_to_see
from kamtools.power.measures import measure_list
from kamtools.power.planner import plan_account
from kamtools.power.planner_outcomes import measure_outcomes
from kamtools.power.planner_rules import PlanRules
from kamtools.power.simulation_notice import best_notice
from kamtools.schema import names_in

RULES = PlanRules((-0.15, 0.15), probability=0.6, budget=40_000)
SEED, DRAWS = 1, 500
CHEAPEST = "the cheapest that reaches"
GREEDY = "step by step the most for the money"
OVER = "over the budget"
SHORT = "too seldom in the corridor"
DEARER = "reaches, but a cheaper set does too"
LACKS = "a measure lacks what it needs"
UNKNOWN = "no such measure"

ACCOUNTS, QUARTERS, EFFECT = 10, 8, 0.5
STARTS = [3.0, 6.0, NEVER]
NOISE = Noise(icc=0.5)


def plan_verdict(answer: object, inputs: pd.DataFrame, measures: pd.DataFrame) -> object:
    """Return what becomes of a set of measures, as a word that `check` understands.

    Parameters
    ----------
    answer
        Keys or labels of measures; may be anything.
    inputs, measures
        As in `power.planner.plan_account`.

    Returns
    -------
    object
        Of a set of measures: "the cheapest that reaches" or what is first wrong with it. What
        is empty stays as it is; what is no set of names comes back in a list.

    Examples
    --------
    >>> from kamtools.learning.power_examples import account_to_plan, measures_to_choose
    >>> plan_verdict(["coalition"], account_to_plan(), measures_to_choose())
    'too seldom in the corridor'
    >>> plan_verdict(["advance_notice"], account_to_plan(), measures_to_choose())
    'a measure lacks what it needs'
    """
    if is_empty(answer):
        return answer
    listed = measure_list(measures)
    names = as_names(answer, listed["label"])
    if names is None:
        return [answer]
    if not names <= set(listed.index):
        return UNKNOWN
    chosen = [name for name in listed.index if name in names]
    if not {need for name in chosen for need in names_in(listed.at[name, "needs"])} <= names:
        return LACKS
    return _verdict_of(chosen, inputs, measures, listed)


def greedy_set(inputs: pd.DataFrame, measures: pd.DataFrame) -> list[str]:
    """Return the set made by taking, again and again, what lowers the imbalance most for its cost.

    Parameters
    ----------
    inputs, measures
        As in `power.planner.plan_account`.

    Returns
    -------
    list of keys
        In the order in which they are taken, until the account is in the corridor often enough
        or nothing is left; the budget left aside.
    """
    listed = measure_list(measures)
    taken: list[str] = []
    now = _outcome(taken, inputs, measures)
    while now["probability"] < RULES.probability and len(taken) < len(listed):
        after = {
            name: _outcome([*taken, name], inputs, measures)
            for name in listed.index.drop(taken)
            if set(names_in(listed.at[name, "needs"])) <= set(taken)
        }
        falls = {
            name: (now["power_imbalance"] - outcome["power_imbalance"]) / listed.at[name, "cost"]
            for name, outcome in after.items()
        }
        best = max(falls, key=falls.__getitem__)
        taken, now = [*taken, best], after[best]
    return taken


def best_length(context: Context) -> float:
    """Return the notice that gains the supplier most, of those tried."""
    return best_notice(context["curve"]).best_days


def longest_tried(context: Context) -> float:
    """Return the longest notice that was tried."""
    return float(context["curve"].index.max())


def seen_by_trial(context: Context) -> float:
    """Return the chance that ten accounts over eight quarters show the effect."""
    table = pd.DataFrame({"account_id": range(ACCOUNTS), "revenue": range(ACCOUNTS)})
    design = staggered_start(table, starts=STARTS, seed=SEED)
    return chance_to_see(
        EFFECT,
        starts=design["start"].to_numpy(),
        blocks=design["block"].to_numpy(),
        periods=np.arange(1.0, QUARTERS + 1),
        noise=NOISE,
        trials=1_000,
        lots=400,
        seed=SEED,
    )


def _verdict_of(
    chosen: list[str], inputs: pd.DataFrame, measures: pd.DataFrame, listed: pd.DataFrame
) -> str:
    cost = float(listed.loc[chosen, "cost"].sum())
    is_paid = RULES.budget is None or cost <= RULES.budget
    if is_paid and _outcome(chosen, inputs, measures)["probability"] < RULES.probability:
        return SHORT
    best = plan_account(inputs, measures, RULES, seed=SEED, draws=DRAWS)
    if is_paid and cost <= best.cost:
        return CHEAPEST
    if set(chosen) == set(greedy_set(inputs, measures)):
        return GREEDY
    return DEARER if is_paid else OVER


def _outcome(chosen: list[str], inputs: pd.DataFrame, measures: pd.DataFrame) -> pd.Series:
    return measure_outcomes(
        inputs, measures, chosen, corridor=RULES.corridor, seed=SEED, draws=DRAWS
    ).iloc[0]
