"""Answers on restoring the balance: a set of measures is judged, and the trial is as planned."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.learning import power_balance_answers as found
from kamtools.learning.power_examples import PLANNED, account_to_plan, measures_to_choose
from kamtools.power.measures import measure_list
from kamtools.power.planner import plan_account

CHEAPEST = ("plan_sharing", "advance_notice", "coalition")
VERDICTS = {found.CHEAPEST, found.GREEDY, found.OVER, found.SHORT, found.DEARER, found.LACKS}


@pytest.fixture(scope="module")
def measures():
    return measures_to_choose()


def judge(answer):
    return found.plan_verdict(answer, account_to_plan(), measures_to_choose())


@pytest.mark.parametrize("seed", range(1, 6))
def test_cheapest_set_is_the_same_whichever_scenarios_are_drawn(measures, seed):
    plan = plan_account(account_to_plan(), measures, found.RULES, seed=seed)
    assert (plan.chosen, plan.is_reached) == (CHEAPEST, True)
    assert plan.checked_probability > found.RULES.probability


def test_greedy_choice_reaches_and_costs_more_than_there_is(measures):
    greedy = found.greedy_set(account_to_plan(), measures)
    cost = measure_list(measures)["cost"]
    assert cost[greedy].sum() > found.RULES.budget >= cost[list(CHEAPEST)].sum()
    assert found._outcome(greedy, account_to_plan(), measures)["probability"] > 0.6


def test_greedy_choice_begins_with_what_does_most_for_its_cost(measures):
    first = found.greedy_set(account_to_plan(), measures)[0]
    alone = {name: found._outcome([name], account_to_plan(), measures)["power_imbalance"]
             for name in PLANNED}  # fmt: skip
    today = found._outcome([], account_to_plan(), measures)["power_imbalance"]
    cost = measure_list(measures)["cost"]
    others = [name for name in PLANNED if name not in (first, "advance_notice")]
    assert all((today - alone[first]) / cost[first] >= (today - alone[name]) / cost[name]
               for name in others)  # fmt: skip


def test_nothing_is_taken_where_the_account_is_in_the_corridor(measures):
    even = account_to_plan()
    facts = [name for name in even if name.startswith(("stake", "availability"))]
    even[facts] = 0.5
    assert found.greedy_set(even, measures) == []


def test_labels_are_understood_as_keys_are(measures):
    labels = measure_list(measures).loc[list(CHEAPEST), "label"]
    assert judge(list(labels)) == judge(", ".join(CHEAPEST)) == found.CHEAPEST


@settings(max_examples=10, deadline=None)
@given(st.sets(st.sampled_from(PLANNED), min_size=1))
def test_only_the_cheapest_set_is_called_that(chosen):
    verdict = judge(chosen)
    assert verdict in VERDICTS
    assert (verdict == found.CHEAPEST) == (chosen == set(CHEAPEST))


@pytest.mark.parametrize("answer", [3, None, object(), {"a": 1}])
def test_what_is_no_set_of_measures_is_empty_or_passed_on_in_a_list(answer):
    assert judge(answer) == (answer if answer is None else [answer])


def test_measures_that_are_no_table_of_measures_are_refused():
    with pytest.raises(InputError):
        found.greedy_set(account_to_plan(), pd.DataFrame({"measure": ["coalition"]}))


def test_ten_accounts_see_half_a_deviation_less_often_than_one_time_in_two():
    assert 0.2 < found.seen_by_trial({}) < 0.4


def test_best_length_is_that_of_the_curve():
    curve = pd.DataFrame({"supplier_gain": [0.0, 2.0, 1.0]}, index=[0, 21, 60])
    assert found.best_length({"curve": curve}) == 21
    assert found.longest_tried({"curve": curve}) == 60


def test_judging_a_plan_changes_no_table(measures):
    inputs, before = account_to_plan(), measures.copy()
    found.plan_verdict(list(CHEAPEST), inputs, measures)
    pd.testing.assert_frame_equal(inputs, account_to_plan())
    pd.testing.assert_frame_equal(measures, before)
