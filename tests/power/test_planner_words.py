import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.measure_words import describe_measures, measures_table
from kamtools.power.measures import default_measures, merge_measures
from kamtools.power.planner import plan_account
from kamtools.power.planner_ladder import measure_ladder
from kamtools.power.planner_portfolio import plan_portfolio
from kamtools.power.planner_rules import PlanRules
from kamtools.power.planner_ways_out import ways_out
from kamtools.power.planner_words import describe_plan, describe_portfolio, describe_ways_out

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


def planned(inputs, **rules):
    return plan_account(inputs, default_measures(), PlanRules(CORRIDOR, **rules), seed=1)


def test_plan_says_both_axes_cost_months_counsel_and_the_cheaper_set(inputs):
    words = describe_plan(planned(inputs), name="培辉集团", currency="EUR")
    for part in ("The cheapest plan that brings 培辉集团 into the corridor from −0.15 to +0.15",
                 "The imbalance goes from +0.34", "mutual dependence goes from 0.76",
                 "For less, the best is", "EUR", "months", "on fresh scenarios"):  # fmt: skip
        assert part in words


def test_plan_that_does_not_reach_says_so_and_names_the_nearest(inputs):
    plan = planned(inputs, budget=20_000)
    words = describe_plan(plan)
    assert words.startswith("No plan that may be made brings a into the corridor")
    assert "Nearest comes" in words
    assert "more would bring" in words


def test_budget_is_named_as_the_way_out_with_the_measure_it_would_buy(inputs):
    plan = planned(inputs, budget=20_000)
    ways = ways_out(inputs, default_measures(), plan, seed=1)
    lifted = ways.set_index("way").loc["more budget"]
    full = planned(inputs)
    assert (lifted["is_reached"], lifted["cost"]) == (True, full.cost)
    assert "with more budget (" in describe_ways_out(ways)


def test_only_limits_that_bind_are_lifted(inputs):
    ways = ways_out(inputs, default_measures(), planned(inputs, budget=20_000), seed=1)
    assert "more time" not in set(ways["way"])
    both = ways_out(inputs, default_measures(), planned(inputs, budget=20_000, within_months=3),
                    seed=1)  # fmt: skip
    assert {"more time", "no limits at all"} <= set(both["way"])


def test_corridor_wide_enough_for_the_best_set_is_a_way_out(inputs):
    plan = planned(inputs, budget=20_000)
    ways = ways_out(inputs, default_measures(), plan, seed=1).query("kind == 'corridor'")
    assert ways["is_reached"].iloc[0]
    assert ways["way"].iloc[0].startswith("a corridor from −0.15 to +0.")


def test_where_only_the_ranges_are_in_the_way_the_estimate_is_named(inputs):
    sure = inputs.assign(stake_low=inputs["stake"], stake_high=inputs["stake"],
                         availability_low=inputs["availability"],
                         availability_high=inputs["availability"])  # fmt: skip
    sure.loc[0, ["availability_low", "availability_high"]] = [0.0, 1.0]
    effects = default_measures()
    effects = effects.assign(effect_low=effects["effect"], effect_high=effects["effect"])
    plan = plan_account(sure, effects, PlanRules((-0.05, 0.05), 0.95), seed=1)
    assert not plan.is_reached
    ways = ways_out(sure, effects, plan, seed=1)
    good = ways[ways["is_reached"] & (ways["kind"] == "estimate")]
    assert "availability of revenue (supplier) known" in set(good["way"])
    assert "known to be at the middle" in describe_ways_out(ways)


def test_where_nothing_helps_the_words_say_so(inputs):
    weak = inputs.assign(side=["account", "account", "supplier", "supplier"])
    plan = plan_account(weak, default_measures().query("measure == 'coalition'"),
                        PlanRules((0.6, 0.7)), seed=1)  # fmt: skip
    ways = ways_out(weak, default_measures().query("measure == 'coalition'"), plan, seed=1)
    words = describe_ways_out(ways[ways["kind"] != "corridor"])
    assert words.startswith("No limit, no estimate at its middle")


def test_portfolio_words_count_accounts_and_name_the_next_step(inputs):
    both = pd.concat([inputs, inputs.assign(account_id="b")], ignore_index=True)
    plan = plan_portfolio(both, default_measures(), PlanRules(CORRIDOR, budget=100_000), seed=1,
                          draws=100)  # fmt: skip
    words = describe_portfolio(plan, currency="EUR")
    count = int(plan.accounts["is_reached"].sum())
    assert words.startswith(f"{count} of 2 accounts")
    assert ("The next step is a budget of EUR" in words) == (plan.next_step is not None)


def test_ladder_ends_where_the_plan_ends(inputs):
    plan = planned(inputs)
    ladder = measure_ladder(inputs, default_measures(), plan.table["measure"].tolist(),
                            corridor=CORRIDOR, seed=2, draws=4_000)  # fmt: skip
    last = ladder.iloc[-1]
    assert last["cost"] == plan.cost
    assert last["power_imbalance"] == pytest.approx(plan.after["power_imbalance"])
    assert last["probability"] == pytest.approx(plan.checked_probability)


def test_worked_ladder_shows_that_both_ways_cut_the_imbalance_but_only_one_ties():
    # methods 0.4: +.345/.705, then +.184/.866, then −.066/.616.
    trap = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"], "part": "all",
                         "stake": [0.7, 0.45], "availability": [0.25, 0.6]})  # fmt: skip
    for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
        trap[name] = trap[name.rsplit("_", 1)[0]]
    rows = [("advance_notice", "account", "stake", 0.17 / 0.55),
            ("market_briefing", "account", "availability", -0.15 / 0.60),
            ("diversification", "supplier", "stake", -0.20 / 0.70),
            ("diversification", "supplier", "availability", 0.20 / 0.75)]  # fmt: skip
    own = pd.DataFrame(rows, columns=["measure", "side", "acts_on", "effect"]).assign(part="all")
    ladder = measure_ladder(trap, merge_measures(own),
                            [["advance_notice", "market_briefing"], "diversification"],
                            corridor=CORRIDOR, seed=1, draws=10)  # fmt: skip
    shown = ladder[["power_imbalance", "mutual_dependence"]].to_numpy()
    expected = [[0.345, 0.705], [0.184, 0.866], [-0.066, 0.616]]
    np.testing.assert_allclose(shown, expected, atol=5e-4)
    assert ladder["probability"].tolist() == [0, 0, 1]


def test_step_taken_twice_is_refused(inputs):
    with pytest.raises(InputError, match="coalition is taken twice"):
        measure_ladder(inputs, default_measures(), ["coalition", "coalition"], corridor=CORRIDOR,
                       seed=1)  # fmt: skip


def test_library_table_says_grade_source_and_law_of_each_measure():
    table = measures_table(default_measures(), currency="CNY")
    assert table.shape == (15, 9)
    assert table["Evidence"].str.contains(r"^[ABCD] \(.*\[.+\]$").all()
    assert table.loc["coalition", "Law and guard-rail"].startswith("Counsel first. Cartel law")
    assert table.loc["diversification", "Cost a year"].endswith("once for the firm")


def test_library_words_count_assumptions_that_are_left():
    own = pd.DataFrame({"measure": ["coalition"], "cost": [10.0]})
    assert "In 14 of them all sizes of effects" in describe_measures(merge_measures(own))


def test_words_do_not_modify_the_plan(inputs):
    plan = planned(inputs)
    before = plan.table.copy(), plan.frontier.copy()
    describe_plan(plan)
    pd.testing.assert_frame_equal(plan.table, before[0])
    pd.testing.assert_frame_equal(plan.frontier, before[1])
