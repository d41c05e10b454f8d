from itertools import product
from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.measures import default_measures, measure_list
from kamtools.power.planner import plan_account
from kamtools.power.planner_options import Options, account_options
from kamtools.power.planner_outcomes import measure_outcomes
from kamtools.power.planner_portfolio import FIRM, plan_portfolio
from kamtools.power.planner_programme import budget_price, budget_steps, solve_options
from kamtools.power.planner_rules import PlanRules

CORRIDOR = (-0.15, 0.15)


def made(seed, accounts, *, strength=0.5, parts=2):
    rng = np.random.default_rng(seed)
    rows = [
        (f"A{account:02d}", side, f"part {part}", rng.uniform(0.4, 1) * most, rng.uniform(0.2, 0.6))
        for account in range(accounts)
        for side, most in (("supplier", strength), ("account", 0.25))
        for part in range(parts)
    ]
    inputs = pd.DataFrame(rows, columns=["account_id", "side", "part", "stake", "availability"])
    for name in ("stake", "availability"):
        inputs[f"{name}_low"] = (inputs[name] - 0.06).clip(0)
        inputs[f"{name}_high"] = (inputs[name] + 0.06).clip(upper=1)
    return inputs


def made_options(seed, accounts, firms):
    rng = np.random.default_rng(seed)
    zeros = np.zeros((accounts, firms))
    cost = rng.integers(1, 30, (accounts, firms)).astype(float)
    cost[rng.random((accounts, firms)) < 0.3] = np.inf
    firm_cost = np.concatenate([[0], rng.integers(5, 60, firms - 1)]).astype(float)
    return Options([f"a{n}" for n in range(accounts)], pd.DataFrame(index=["x"]),
                   np.arange(firms), firm_cost, zeros.astype(int), zeros, zeros,
                   zeros.astype(int) + 1, cost, zeros + 0.9)  # fmt: skip


def best_of_all(options, weights, budget):
    """Return the most weight within a budget and its least cost, by trying everything."""
    best = (-1.0, np.inf)
    for firm in range(len(options.firm_codes)):
        for some in product([False, True], repeat=len(options.accounts)):
            cost = options.firm_cost[firm] + options.reach_cost[np.array(some), firm].sum()
            if cost <= budget:
                weight = float(weights[np.array(some)].sum())
                if (weight, -cost) > (best[0], -best[1]):
                    best = (weight, cost)
    return best


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(0, 80), st.booleans())
def test_solver_finds_what_trying_everything_finds(seed, budget, weighted):
    options = made_options(seed, 6, 3)
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, 9, 6).astype(float) if weighted else np.ones(6)
    solved = solve_options(options, weights, float(budget))
    assert (solved.weight, solved.cost) == pytest.approx(best_of_all(options, weights, budget))


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_steps_of_the_budget_are_those_at_which_more_is_reached(seed):
    options, weights = made_options(seed, 5, 3), np.ones(5)
    steps = budget_steps(options, weights)
    for _, step in steps.iterrows():
        assert best_of_all(options, weights, step["cost"])[0] == step["weight"]
        if step["cost"] > 0:
            assert best_of_all(options, weights, step["cost"] - 0.5)[0] < step["weight"]


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_price_bounds_what_one_more_unit_can_bring_in_parts(seed, budget):
    options, weights = made_options(seed, 5, 2), np.ones(5)
    assert budget_price(options, weights, float(budget)) >= 0
    assert budget_price(options, weights, 10_000.0) == pytest.approx(0)


def test_one_account_gets_the_plan_it_gets_alone():
    inputs = made(3, 1)
    alone = plan_account(inputs, default_measures(), PlanRules(CORRIDOR), seed=1)
    plan = plan_portfolio(inputs, default_measures(), PlanRules(CORRIDOR), seed=1)
    assert alone.is_reached
    assert plan.cost == alone.cost
    assert set(plan.table["measure"]) == set(alone.chosen)


def test_measure_of_the_firm_is_paid_once_and_works_on_all():
    inputs = made(3, 8, strength=0.6)
    account_only = default_measures().query("scope == 'firm'")
    plan = plan_portfolio(inputs, account_only, PlanRules(CORRIDOR, 0.5), seed=1)
    cost = measure_list(account_only)["cost"]
    assert set(plan.table["account_id"]) == {FIRM}
    assert plan.cost == cost[plan.table["measure"]].sum()
    outcome = measure_outcomes(inputs, account_only, list(plan.table["measure"]),
                               corridor=CORRIDOR, seed=2, draws=4_000)  # fmt: skip
    np.testing.assert_allclose(outcome["probability"], plan.accounts["probability_after"])


def test_accounts_that_are_reached_reach_the_probability_under_the_whole_plan():
    plan = plan_portfolio(made(5, 8), default_measures(), PlanRules(CORRIDOR, budget=90_000),
                          seed=1)  # fmt: skip
    reached = plan.accounts[plan.accounts["is_reached"]]
    assert len(reached) > 0
    assert (reached["probability"] >= 0.8).all()
    assert (reached["probability_after"] > 0.7).all()
    assert plan.cost <= 90_000
    assert plan.table["cost"].sum() == pytest.approx(plan.cost)


def test_more_budget_never_reaches_fewer():
    inputs = made(5, 6)
    counts = [
        plan_portfolio(inputs, default_measures(), PlanRules(CORRIDOR, budget=budget), seed=1,
                       draws=100).accounts["is_reached"].sum()
        for budget in (0, 20_000, 60_000, 500_000)
    ]  # fmt: skip
    assert counts == sorted(counts)


def test_next_step_is_the_least_budget_that_reaches_more():
    inputs, measures = made(5, 6), default_measures()
    plan = plan_portfolio(inputs, measures, PlanRules(CORRIDOR, budget=15_000), seed=1, draws=100)
    cost = plan.next_step["cost"]
    more, same = (
        plan_portfolio(inputs, measures, PlanRules(CORRIDOR, budget=budget), seed=1, draws=100)
        for budget in (cost, cost - 1)
    )
    assert more.accounts["is_reached"].sum() > plan.accounts["is_reached"].sum()
    assert same.accounts["is_reached"].sum() == plan.accounts["is_reached"].sum()


def test_weights_decide_who_comes_first():
    inputs = pd.concat([made(3, 1), made(3, 1).assign(account_id="B")], ignore_index=True)
    cost = plan_account(made(3, 1), default_measures(), PlanRules(CORRIDOR), seed=1).cost
    rules = PlanRules(CORRIDOR, budget=cost, exclude=("diversification", "new_channel"))
    for first in ("A00", "B"):
        weights = pd.Series({"A00": 1.0, "B": 1.0} | {first: 5.0})
        plan = plan_portfolio(inputs, default_measures(), rules, seed=1, weights=weights)
        assert plan.accounts.query("is_reached").index.tolist() == [first]


def test_twenty_accounts_fifteen_measures_and_500_scenarios_take_seconds():
    inputs = made(2, 20, parts=4, strength=0.3)
    start = perf_counter()
    plan_portfolio(inputs, default_measures(), PlanRules(CORRIDOR, budget=300_000), seed=1,
                   draws=500)  # fmt: skip
    assert perf_counter() - start < 20


def test_missing_weights_and_too_small_a_budget_are_refused():
    with pytest.raises(InputError, match="weights must be numbers above 0 for every account"):
        plan_portfolio(made(1, 2), default_measures(), PlanRules(CORRIDOR), seed=1,
                       weights=pd.Series({"A00": 1.0}))  # fmt: skip
    rules = PlanRules(CORRIDOR, budget=100, include=("coalition",))
    with pytest.raises(InputError, match="cost more than the budget of 100"):
        plan_portfolio(made(1, 2), default_measures(), rules, seed=1)


def test_options_of_no_reach_cost_infinitely_much():
    listed = measure_list(default_measures()).loc[["payment_law"]]
    options = account_options(made(1, 2, strength=0.9), default_measures(), listed,
                              PlanRules(CORRIDOR), seed=1, draws=50)  # fmt: skip
    assert np.isinf(options.reach_cost).all()
    assert (options.least_cost == 0).all()


def test_arguments_are_not_modified():
    inputs = made(1, 2)
    plan_portfolio(inputs, default_measures(), PlanRules(CORRIDOR), seed=1, draws=50)
    pd.testing.assert_frame_equal(inputs, made(1, 2))
