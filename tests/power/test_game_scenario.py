import copy
import tomllib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.game_assumptions import RANGES
from kamtools.power.game_scenario import (
    SHIPPED,
    read_scenario,
    scenario_text,
    shipped_scenario,
)
from kamtools.power.measures import default_measures


def said(**changes):
    return tomllib.loads(scenario_text("quiet_partner")) | changes


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenario_states_every_assumption_with_its_meaning(name):
    stated = tomllib.loads(scenario_text(name))["assumptions"]
    assert set(stated) == set(RANGES)
    assert all(len(entry["meaning"]) > 20 for entry in stated.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_measures_are_those_of_the_library(name):
    assert shipped_scenario(name).measures.equals(default_measures())


def test_short_scenario_takes_what_it_leaves_out_from_the_powerful_distributor():
    scenario = read_scenario(said(assumptions={"goodwill": 0.1}))
    table, base = scenario.assumptions, shipped_scenario("powerful_distributor").assumptions
    assert table.loc["goodwill", ["value", "source"]].tolist() == [0.1, "this scenario"]
    others = table.drop(index="goodwill")
    assert others["value"].equals(base["value"].drop("goodwill"))
    assert set(others["source"]) == {"powerful_distributor"}


def test_inputs_are_of_one_account_with_their_ranges():
    inputs = shipped_scenario("quiet_partner").inputs
    assert set(inputs["account_id"]) == {"Ostwerk"}
    assert inputs.loc[0, ["stake_low", "stake", "stake_high"]].tolist() == [0.54, 0.6, 0.66]


def test_trainer_can_take_some_measures_and_replace_numbers_of_one():
    own = [{"measure": "plan_sharing", "cost": 100.0}]
    scenario = read_scenario(said(measures=["plan_sharing", "data_link"], own_measures=own))
    table = scenario.measures.drop_duplicates("measure").set_index("measure")
    assert set(table.index) == {"plan_sharing", "data_link", "minimum_volume"}
    assert table.at["plan_sharing", "cost"] == 100


def test_all_faults_are_told_at_once_with_key_seen_and_expected():
    wrong = said(budget="much", corridor=[0.2, -0.1], counterpart="flowers", mood=1)
    del wrong["story"]
    wrong["score"] = {"margin": 0.5, "corridor": 0.3, "trust": 0.4}
    wrong["assumptions"] = {"goodwill": 1.4, "temper": 2}
    with pytest.raises(InputError) as caught:
        read_scenario(wrong, name="mine.toml")
    told = str(caught.value)
    assert "(8 faults)" in told
    for words in (
        "mine.toml, key budget: saw 'much'; expected a number of at least 0",
        "key corridor: saw [0.2, -0.1]; expected [low, high], rising, from -1 to 1",
        "key counterpart: saw 'flowers'; expected one of plan_sharing",
        "key mood: saw 1; expected one of title",
        "key story: saw nothing; expected a text",
        "key score: saw a sum of 1.2; expected weights that sum to 1",
        "key assumptions.goodwill: saw 1.4; expected a number from 0 to 1",
        "key assumptions.temper: saw 2; expected a known name",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"steps": [0, 4]}, "key steps"),
        ({"steps": [4, 4]}, "list of different months"),
        ({"pie": 0}, "key pie: saw 0; expected a number above 0"),
        ({"supplier_share": True}, "key supplier_share: saw True"),
        ({"measures": ["plan_sharing", "gifts"]}, "key measures: saw 'gifts'"),
        ({"measures": "plan_sharing"}, "a list of keys of measures"),
        ({"dependence": []}, "no part of the account's"),
        ({"dependence": [{"side": "we", "part": 1}]}, "dependence 1 side: saw 'we'"),
        ({"events": [{"kind": "strike", "months": [1, 2], "text": ""}]}, "events 1 kind"),
        ({"events": [{"kind": "price_demand", "months": [9, 14], "text": ""}]}, "from 1 to 12"),
        ({"events": [{"kind": "competitor_launch", "months": [1, 2], "text": ""}]}, "strength"),
        ({"hidden": {"market_tightens": 2}}, "hidden.market_tightens: saw 2"),
        ({"assumptions": [1]}, "key assumptions"),
    ],
)
def test_what_cannot_be_played_is_refused(changes, words):
    with pytest.raises(InputError) as caught:
        read_scenario(said(**changes))
    assert words in str(caught.value)


def test_two_events_that_could_come_in_one_month_are_refused():
    event = {"kind": "price_demand", "text": ""}
    events = [event | {"months": [3, 5]}, event | {"months": [5, 6]}]
    with pytest.raises(InputError, match="months apart from other events"):
        read_scenario(said(events=events))


def test_measure_that_needs_one_not_on_offer_is_refused():
    with pytest.raises(InputError, match="advance_notice needs plan_sharing"):
        read_scenario(said(measures=["advance_notice"]))


def test_text_that_is_no_toml_is_refused():
    with pytest.raises(InputError, match=r"mine\.toml is not TOML"):
        read_scenario("title = ", name="mine.toml")


def test_unknown_scenario_is_refused():
    with pytest.raises(InputError, match="no scenario 'loud'; there are"):
        shipped_scenario("loud")


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(said())), st.none() | st.integers() | st.text()))
def test_whatever_stands_there_is_read_or_refused_as_input(changes):
    with suppress(InputError):
        assert read_scenario(said(**changes)).pie > 0


def test_dictionary_given_is_not_changed():
    given_one = said()
    before = copy.deepcopy(given_one)
    read_scenario(given_one).events[0]["text"] = "changed"
    assert given_one == before
