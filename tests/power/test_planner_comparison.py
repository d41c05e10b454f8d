import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.measures import default_measures
from kamtools.power.planner import plan_account
from kamtools.power.planner_comparison import compare_ways, main_sides
from kamtools.power.planner_rules import PlanRules

CORRIDOR = (-0.15, 0.15)


@pytest.fixture
def inputs():
    table = pd.DataFrame({
        "account_id": "a", "side": ["supplier", "supplier", "account", "account"],
        "part": ["revenue", "growth", "spend", "shoppers"],
        "stake": [0.6, 0.3, 0.3, 0.2], "availability": [0.25, 0.4, 0.6, 0.5],
    })  # fmt: skip
    for name in ("stake", "availability"):
        table[f"{name}_low"], table[f"{name}_high"] = table[name] - 0.1, table[name] + 0.1
    return table


def test_being_needed_more_raises_mutual_dependence_and_needing_less_lowers_it(inputs):
    # methods 0.4: both ways cut the imbalance, only the first raises mutual dependence.
    ways = compare_ways(inputs, default_measures(), PlanRules(CORRIDOR), seed=1)
    mutual, imbalance = ways["mutual_dependence"], ways["power_imbalance"]
    assert mutual["be needed more"] > mutual["today"] > mutual["need the account less"]
    assert (imbalance.drop("today") < imbalance["today"]).all()


def test_the_free_way_is_the_plan_itself_and_never_dearer_than_the_others(inputs):
    ways = compare_ways(inputs, default_measures(), PlanRules(CORRIDOR), seed=1)
    plan = plan_account(inputs, default_measures(), PlanRules(CORRIDOR), seed=1)
    assert ways.loc["either", "cost"] == plan.cost
    assert (ways.loc[ways["is_reached"], "cost"] >= plan.cost).all()


def test_account_in_the_corridor_takes_no_way(inputs):
    ways = compare_ways(inputs, default_measures(), PlanRules((-0.9, 0.9)), seed=1)
    assert (ways["cost"] == 0).all()
    assert ways["is_reached"].all()


def test_every_measure_has_one_main_side():
    sides = main_sides(default_measures())
    assert set(sides) == {"supplier", "account"}
    assert sides[["diversification", "coalition"]].tolist() == ["supplier", "account"]


def test_included_measures_stay_in_each_way(inputs):
    ways = compare_ways(inputs, default_measures(), PlanRules(CORRIDOR, include=("coalition",)),
                        seed=1)  # fmt: skip
    assert ways.drop("today")["measures"].str.contains("coalition").all()


def test_impossible_rules_are_refused_as_the_planner_does(inputs):
    with pytest.raises(InputError, match="corridor must be two numbers"):
        compare_ways(inputs, default_measures(), PlanRules((0.2, 0.1)), seed=1)


def test_arguments_are_not_modified(inputs):
    before = inputs.copy()
    compare_ways(inputs, default_measures(), PlanRules(CORRIDOR), seed=1, draws=50)
    pd.testing.assert_frame_equal(inputs, before)
