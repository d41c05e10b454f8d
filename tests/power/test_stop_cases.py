import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.stop import INPUTS, check_stop
from kamtools.power.stop_cases import (
    check_fact,
    replay_stops,
    replay_words,
    stop_facts,
    stop_inputs,
)

FACT = {"name": "n", "unit": "days", "date": "2020-01-01", "address": "https://a.b", "grade": "B"}


@pytest.fixture(scope="module")
def replays():
    return replay_stops(draws=2000, seed=7)


def test_every_fact_has_address_grade_date_and_unit():
    facts = stop_facts()
    assert facts[["name", "unit", "date", "grade"]].notna().all(axis=None)
    assert facts["address"].str.startswith("http").all()
    assert facts["grade"].isin(["A", "B", "C"]).all()


@pytest.mark.parametrize("key", ["address", "grade", "date", "unit"])
def test_a_fact_without_its_source_is_refused(key):
    with pytest.raises(InputError, match=f"case x, fact n: no {key}"):
        check_fact({name: text for name, text in FACT.items() if name != key}, case="x")


def test_a_figure_from_memory_or_without_a_web_address_is_refused():
    with pytest.raises(InputError, match="grade must be one of A, B, C; got D"):
        check_fact(FACT | {"grade": "D"}, case="x")
    with pytest.raises(InputError, match="address must be a web address; got press"):
        check_fact(FACT | {"address": "press"}, case="x")


def test_the_survey_at_delhaize_enters_as_published():
    # just-food, 16 February 2009: 31 % of Delhaize's customers bought elsewhere.
    row = stop_inputs("unilever-delhaize-2009").loc["switch_share"]
    assert (row["low"], row["middle"], row["high"], row["basis"]) == (0.31, 0.31, 0.31, "published")
    assert row["source"].startswith("https://www.just-food.com")


def test_what_no_source_gives_is_called_an_assumption():
    inputs = stop_inputs()
    assert set(inputs["basis"]) == {"assumption"}
    assert list(inputs.index) == list(INPUTS)
    check_stop(inputs)


def test_every_stop_is_replayed_and_says_what_it_cannot(replays):
    assert list(replays.index) == [
        "unilever-delhaize-2009", "heinz-tesco-2022", "pepsico-carrefour-2024",
        "nestle-edeka-2018", "coca-cola-edeka-2022",
    ]  # fmt: skip
    for case in replays.index:
        assert replays.loc[case, "cannot"] in replay_words(replays, case)


def test_a_stop_that_a_court_ended_is_not_held_against_the_model(replays):
    assert replays["is_inside"].isna().sum() == 1
    assert pd.isna(replays.loc["coca-cola-edeka-2022", "is_inside"])


def test_short_stops_end_before_either_side_has_lost_what_is_disputed(replays):
    # The model is not tuned to the lengths: it misses both stops for which a price is published.
    short = ["unilever-delhaize-2009", "heinz-tesco-2022"]
    assert not replays.loc[short, "is_inside"].any()
    assert (replays.loc[short, "length_high"] < replays.loc[short, "model_low"]).all()


def test_seed_repeats_the_replay(replays):
    pd.testing.assert_frame_equal(replays, replay_stops(draws=2000, seed=7))


def test_unknown_stop_is_refused(replays):
    with pytest.raises(InputError, match="no stop called x; known are unilever"):
        stop_inputs("x")
    with pytest.raises(InputError, match="no replay of x"):
        replay_words(replays, "x")


def test_tables_of_the_stops_are_new_each_time():
    changed = stop_inputs()
    changed.loc["switch_share", "middle"] = 0.99
    assert stop_inputs().loc["switch_share", "middle"] != 0.99
