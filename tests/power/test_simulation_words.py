import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.simulation import simulate_years
from kamtools.power.simulation_assumptions import default_simulation_assumptions
from kamtools.power.simulation_chance import draw_years
from kamtools.power.simulation_ladder import simulate_ladder
from kamtools.power.simulation_words import (
    CAUTION,
    describe_briefing,
    describe_ladder,
    describe_notice,
    describe_sensitivity,
    describe_sets,
)

TABLE = default_simulation_assumptions()
LADDER = simulate_ladder(TABLE, notice_days=21, years=500, seed=1)


def curve(*gains, days=(0, 7, 15, 31, 60)):
    return pd.DataFrame({"supplier_gain": gains}, index=days[: len(gains)])


def test_the_caution_says_that_the_case_is_one_story_without_figures():
    assert "one story, told by one side, without figures" in CAUTION
    assert "no evidence" in CAUTION


def test_the_ladder_is_told_rung_by_rung_with_its_numbers():
    text = describe_ladder(LADDER)
    for row in LADDER.to_dict("records"):
        assert f"{row['friction_days']:.0f} days" in text
    assert "Advance notice: " in text
    assert text.count("better in") == len(LADDER) - 1


def test_the_level_of_the_intervals_is_the_one_given():
    assert "80 % of years" in describe_ladder(LADDER, level=0.8)
    assert "90 % of years" in describe_ladder(LADDER)


def test_a_loss_is_told_as_a_loss():
    assert "the supplier loses" in describe_ladder(LADDER)


def test_no_gain_is_told_as_nothing():
    assert describe_ladder(LADDER).count("the account gains nothing") == 2


def test_one_rung_alone_is_refused():
    with pytest.raises(InputError, match="from two rungs on"):
        describe_ladder(LADDER.head(1))


@pytest.mark.parametrize(
    ("gains", "verdict"),
    [
        ((0, 1.0, 2.0, 2.0, 1.0), "100 % of the best gain where it was tried: the model agrees"),
        ((0, 1.0, 1.5, 2.0, 4.0), "38 % to 50 % of the best gain where it was tried: the model "
                                  "asks for more"),
        ((0, 2.0, 1.0, 0.5, 0.1), "asks for less"),
        ((0, 2.0), "No length from half a month to a month"),
    ],
)  # fmt: skip
def test_the_verdict_on_the_essay_follows_the_curve(gains, verdict):
    assert verdict in describe_notice(curve(*gains))


def test_where_no_length_pays_the_words_say_so():
    assert "no length of notice pays" in describe_notice(curve(0, -1.0, -2.0))


def test_a_curve_that_does_not_fall_is_not_said_to_cost():
    assert "little harm within the lengths tried" in describe_notice(curve(0, 1.0, 2.0, 2.0, 1.99))


@given(st.lists(st.floats(0.01, 9), min_size=4, max_size=4))
def test_the_best_length_named_is_the_curve_s(gains):
    table = curve(0, *gains)
    best = table["supplier_gain"].to_numpy().argmax()
    assert f"assumptions {table.index[best]} days of notice" in describe_notice(table)


def test_sensitivity_counts_the_cases_that_agree():
    table = pd.DataFrame({"assumption": ["leak_loss"] * 2, "at": [0.1, 0.6],
                          "in_essay_range": [False, False]})  # fmt: skip
    assert describe_sensitivity(table).endswith("is enough in 0 of 2 cases tried.")


def test_sets_in_which_nothing_pays_do_not_count_as_agreeing():
    found = pd.DataFrame({"enough_days": [15.0, 0.0], "essay_share": [1.0, np.nan]})
    assert "enough in 50 %" in describe_sets(found)


def test_the_briefing_is_told_apart_by_market():
    drawn = draw_years(TABLE, years=2_000, seed=1)
    with_it, without = (simulate_years(drawn, taken) for taken in (["market_briefing"], []))
    text = describe_briefing(with_it, without)
    assert "days less with briefings" in text
    assert "the others it waits" in text
    with pytest.raises(InputError, match="both kinds of market"):
        describe_briefing(with_it.assign(tightens=True), without)


def test_tables_are_not_modified():
    kept, table = LADDER.copy(), curve(0, 1.0, 2.0)
    describe_ladder(LADDER)
    describe_notice(table)
    pd.testing.assert_frame_equal(LADDER, kept)
    pd.testing.assert_frame_equal(table, curve(0, 1.0, 2.0))
