from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.measures import default_measures, measure_list
from kamtools.power.planner import plan_account
from kamtools.power.planner_outcomes import measure_outcomes
from kamtools.power.planner_probability import is_within, set_probabilities
from kamtools.power.planner_rules import PlanRules
from kamtools.power.planner_scenarios import draw_scenarios, triangular
from kamtools.power.planner_sets import allowed_sets, members

CORRIDOR = (-0.15, 0.15)


def made(seed, *, accounts=1, strength=0.45, width=0.08):
    rng = np.random.default_rng(seed)
    rows = []
    for account in range(accounts):
        for side, parts, most in (("supplier", ("revenue", "growth"), strength),
                                  ("account", ("spend", "shoppers"), 0.3)):  # fmt: skip
            rows += [(f"A{account}", side, part, rng.uniform(0.5, 1) * most, rng.uniform(0.2, 0.6))
                     for part in parts]  # fmt: skip
    inputs = pd.DataFrame(rows, columns=["account_id", "side", "part", "stake", "availability"])
    for name in ("stake", "availability"):
        inputs[f"{name}_low"] = (inputs[name] - width).clip(0)
        inputs[f"{name}_high"] = (inputs[name] + width).clip(upper=1)
    return inputs


def by_hand(scenarios, chosen, combine="noisy-or"):
    """Return the imbalance in each scenario, one part and one measure after another."""
    table = scenarios.inputs
    parts = {"supplier": [], "account": []}
    for row, side in enumerate(table["side"]):
        x = {"stake": scenarios.stake[row].copy(),
             "availability": scenarios.availability[row].copy()}  # fmt: skip
        for falls in (False, True):
            for number, measure in enumerate(scenarios.measures["measure"]):
                if measure in chosen and scenarios.works[number, row]:
                    on, effect = scenarios.measures["acts_on"][number], scenarios.effect[number]
                    up, down = np.where(effect > 0, effect, 0), np.where(effect < 0, effect, 0)
                    x[on] = x[on] * (1 + down) if falls else x[on] + (1 - x[on]) * up
        parts[side].append(x["stake"] * (1 - x["availability"]))
    joined = {side: 1 - np.prod(1 - np.array(u), axis=0) if combine == "noisy-or" else
              np.max(u, axis=0) for side, u in parts.items()}  # fmt: skip
    return joined["supplier"] - joined["account"]


def some_measures(*names):
    table = default_measures()
    return table[table["measure"].isin(names)].reset_index(drop=True)


FEW = ("plan_sharing", "market_briefing", "diversification", "withdrawal", "co_development")


@pytest.mark.parametrize("combine", ["noisy-or", "max"])
def test_probabilities_of_all_sets_agree_with_a_plain_loop(combine):
    inputs, measures = made(1), some_measures(*FEW)
    listed = measure_list(measures)
    scenarios = draw_scenarios(inputs, measures, draws=15, seed=4)
    codes = allowed_sets(listed)
    found = set_probabilities(scenarios, "A0", listed.index, codes, corridor=CORRIDOR,
                              combine=combine)  # fmt: skip
    for code, probability in zip(codes, found, strict=True):
        imbalance = by_hand(scenarios, members(int(code), listed), combine)
        assert probability == is_within(imbalance, CORRIDOR).mean()


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000), st.sampled_from([0.3, 0.6, 0.8]))
def test_no_cheaper_set_reaches_the_probability(seed, probability):
    inputs, measures = made(seed), some_measures(*FEW)
    plan = plan_account(inputs, measures, PlanRules(CORRIDOR, probability), seed=3, draws=40)
    listed = measure_list(measures)
    scenarios = draw_scenarios(inputs, measures, draws=40, seed=3)
    best = np.inf
    for size in range(len(FEW) + 1):
        for chosen in combinations(FEW, size):
            if {"withdrawal", "co_development"} <= set(chosen):
                continue
            if is_within(by_hand(scenarios, chosen), CORRIDOR).mean() >= probability:
                best = min(best, listed.loc[list(chosen), "cost"].sum())
    assert plan.is_reached == np.isfinite(best)
    if plan.is_reached:
        assert plan.cost == best


def test_account_in_the_corridor_needs_nothing():
    plan = plan_account(made(1, strength=0.3), default_measures(), PlanRules((-0.9, 0.9)), seed=1)
    assert (plan.chosen, plan.cost, plan.is_reached) == ((), 0.0, True)
    assert plan.table.empty
    assert plan.next_cheaper is None


def test_plan_moves_the_account_into_the_corridor_on_fresh_scenarios():
    plan = plan_account(made(7, strength=0.6), default_measures(), PlanRules(CORRIDOR), seed=1)
    assert plan.is_reached
    assert plan.before["probability"] < 0.2
    assert plan.checked_probability == pytest.approx(plan.probability, abs=0.06)
    assert CORRIDOR[0] <= plan.after["power_imbalance"] <= CORRIDOR[1]


def test_diversifying_loosens_and_status_giving_ties_closer():
    inputs = made(7, strength=0.6)
    before, loose, tied = (
        measure_outcomes(inputs, default_measures(), chosen, corridor=CORRIDOR, seed=1).iloc[0]
        for chosen in ([], ["diversification"], ["plan_sharing", "advance_notice"])
    )
    assert max(loose["power_imbalance"], tied["power_imbalance"]) < before["power_imbalance"]
    assert loose["mutual_dependence"] < before["mutual_dependence"] < tied["mutual_dependence"]


def test_frontier_rises_in_cost_and_probability_and_holds_the_plan():
    plan = plan_account(made(7, strength=0.6), default_measures(), PlanRules(CORRIDOR), seed=1)
    assert (plan.frontier[["cost", "probability"]].diff().dropna() > 0).all(axis=None)
    assert plan.cost in set(plan.frontier["cost"])
    assert plan.next_cheaper["probability"] < plan.rules.probability
    assert plan.next_dearer["cost"] > plan.cost


def test_budget_time_counsel_and_exclusions_are_kept():
    inputs = made(7, strength=0.6)
    full = plan_account(inputs, default_measures(), PlanRules(CORRIDOR), seed=1)
    short = plan_account(inputs, default_measures(), PlanRules(CORRIDOR, budget=full.cost - 1),
                         seed=1)  # fmt: skip
    assert not short.is_reached
    assert short.cost < full.cost
    quick = plan_account(inputs, default_measures(), PlanRules(CORRIDOR, within_months=6), seed=1)
    assert (quick.table["months_to_work"] <= 6).all()
    clear = plan_account(inputs, default_measures(), PlanRules(CORRIDOR, with_counsel=False),
                         seed=1)  # fmt: skip
    assert set(clear.table["legal"]) <= {"clear"}
    without = PlanRules(CORRIDOR, exclude=("plan_sharing",))
    own = plan_account(inputs, default_measures(), without, seed=1)
    assert not {"plan_sharing", "advance_notice"} & set(own.chosen)


def test_included_measures_are_in_the_plan():
    rules = PlanRules((-0.9, 0.9), include=("coalition",))
    assert plan_account(made(1), default_measures(), rules, seed=1).chosen == ("coalition",)


def test_measures_have_what_they_need_and_meet_nothing_they_exclude():
    listed = measure_list(default_measures())
    for code in allowed_sets(listed)[::97]:
        chosen = set(members(int(code), listed))
        assert "advance_notice" not in chosen or "plan_sharing" in chosen
        assert "withdrawal" not in chosen or not chosen & {"co_development", "minimum_volume"}


def test_same_seed_gives_the_same_plan_whatever_the_order_of_inputs_of_others():
    inputs = made(5, accounts=3, strength=0.6)
    one = plan_account(inputs, default_measures(), PlanRules(CORRIDOR), seed=2, account_id="A1")
    alone = inputs[inputs["account_id"] == "A1"]
    other = plan_account(alone, default_measures(), PlanRules(CORRIDOR), seed=2)
    assert (one.chosen, one.probability) == (other.chosen, other.probability)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (PlanRules((0.2, 0.1)), "corridor must be two numbers"),
        (PlanRules(CORRIDOR, 0.0), "probability must be above 0"),
        (PlanRules(CORRIDOR, budget=-1), "budget must be a number of at least 0"),
        (PlanRules(CORRIDOR, cost="price"), "cost must be one of"),
        (PlanRules(CORRIDOR, combine="mean"), "combine must be one of noisy-or, max"),
        (PlanRules(CORRIDOR, include=("luck",)), "no such measure: 'luck'"),
        (PlanRules(CORRIDOR, include=("coalition",), exclude=("coalition",)), "both included"),
        (PlanRules(CORRIDOR, include=("withdrawal", "co_development")), "exclude one another"),
        (PlanRules(CORRIDOR, include=("coalition",), within_months=1), "rules leave it out"),
        (PlanRules(CORRIDOR, include=("coalition",), budget=5), "more than the budget of 5"),
    ],
)
def test_impossible_rules_are_refused(rules, message):
    with pytest.raises(InputError, match=message):
        plan_account(made(1), default_measures(), rules, seed=1)


def test_account_without_one_side_or_name_is_refused():
    inputs = made(1, accounts=2)
    with pytest.raises(InputError, match="name one of the 2 accounts"):
        plan_account(inputs, default_measures(), PlanRules(CORRIDOR), seed=1)
    half = inputs[inputs["side"] == "supplier"]
    with pytest.raises(InputError, match="no dependence inputs of the account side"):
        plan_account(half, default_measures(), PlanRules(CORRIDOR), seed=1, account_id="A0")


def test_too_many_measures_are_refused():
    table = default_measures()
    more = [table, *(table[table["measure"] == "coalition"].assign(measure=f"m{n}")
                     for n in range(2))]  # fmt: skip
    with pytest.raises(InputError, match="at most 16 measures; got 17"):
        plan_account(made(1), pd.concat(more, ignore_index=True), PlanRules(CORRIDOR), seed=1)


def test_arguments_are_not_modified():
    inputs, measures = made(3), default_measures()
    plan_account(inputs, measures, PlanRules(CORRIDOR), seed=1, draws=50)
    pd.testing.assert_frame_equal(inputs, made(3))
    pd.testing.assert_frame_equal(measures, default_measures())


def test_triangular_quantiles_have_the_mean_of_the_triangle():
    # Mean of a triangular distribution: (low + middle + high) / 3.
    uniform = (np.arange(20_000) + 0.5)[np.newaxis] / 20_000
    ends = (np.array([[0.1]]), np.array([[0.2]]), np.array([[0.9]]))
    assert triangular(*ends, uniform).mean() == pytest.approx(0.4, abs=1e-4)


def test_a_measure_that_disappoints_does_so_in_all_its_effects():
    measures = some_measures("diversification")
    effect = draw_scenarios(made(1), measures, draws=300, seed=1).effect
    # One effect lowers (strong at its low end), the other raises (strong at its high end).
    assert np.corrcoef(np.argsort(np.argsort(effect)))[0, 1] == pytest.approx(-1)
