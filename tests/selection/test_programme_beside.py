"""What stands beside the best list: shorter ways, more hours, those who just missed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.limits import Limits
from kamtools.selection.marginal_hours import describe_hour_value, value_of_hours
from kamtools.selection.near_misses import cost_of_inclusion, describe_near_misses, near_misses
from kamtools.selection.other_ways import (
    BY_SALES,
    BY_VALUE,
    BY_VALUE_PER_HOUR,
    OPTIMUM,
    compare_ways,
    describe_ways,
    shorter_lists,
    take_in_order,
)
from kamtools.selection.programme import choose_within


@pytest.fixture
def candidates():
    return pd.DataFrame(
        {"value": [10.0, 7.0, 6.0, -1.0], "hours": [60.0, 50.0, 50.0, 30.0],
         "revenue": [90.0, 20.0, 10.0, 99.0], "is_star": [False, False, True, False]},
        index=pd.Index(["giant", "middle", "riser", "loser"], name="account_id"),
    )  # fmt: skip


@pytest.fixture
def programme(candidates):
    return choose_within(candidates, Limits(hours=100))


@st.composite
def programmes(draw):
    n = draw(st.integers(3, 9))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    candidates = pd.DataFrame(
        {"value": rng.integers(1, 30, n), "hours": rng.integers(1, 30, n),
         "cost": rng.integers(1, 30, n)},
        index=[f"a{place}" for place in range(n)], dtype=float,
    )  # fmt: skip
    total = candidates[["hours", "cost"]].sum()
    share = draw(st.floats(0.2, 0.8))
    return choose_within(
        candidates, Limits(hours=round(share * total["hours"]), budget=share * total["cost"])
    )


# limit


def test_list_by_sales_takes_the_account_that_is_worth_less_than_nothing(programme):
    lists = shorter_lists(programme)
    assert lists.index[lists[BY_SALES]].tolist() == ["giant", "loser"]
    assert lists.index[lists[BY_VALUE]].tolist() == ["giant"]
    assert lists.index[lists[OPTIMUM]].tolist() == ["middle", "riser"]


def test_ways_say_what_each_gives_up(programme):
    ways = compare_ways(programme)
    assert ways["value"].to_dict() == {
        OPTIMUM: 13.0, BY_VALUE_PER_HOUR: 10.0, BY_VALUE: 10.0, BY_SALES: 9.0,
    }  # fmt: skip
    assert ways.loc[BY_SALES, "value_forgone"] == 4
    assert ways.loc[BY_SALES, "hours"] == 90
    assert ways.loc[BY_SALES, "shared"] == 0


def test_list_that_cannot_look_ahead_says_which_limit_it_breaks(candidates):
    ways = compare_ways(choose_within(candidates, Limits(hours=100, stars=1)))
    assert ways["breaks"].tolist() == ["", *["at least 1 Star"] * 3]
    assert "gives up 4 points, and breaks a limit: at least 1 Star." in describe_ways(ways)


def test_way_that_needs_a_column_that_is_not_there_is_left_out(candidates):
    programme = choose_within(candidates[["value"]], Limits(accounts=2))
    assert compare_ways(programme).index.tolist() == [OPTIMUM, BY_VALUE]
    assert describe_ways(compare_ways(programme)) == "Choosing by value reaches the optimum."


def test_taking_in_order_respects_who_must_be_in_and_who_is_out(candidates):
    limits = Limits(hours=110, include=("riser",), exclude=("giant",))
    taken = take_in_order(candidates, limits, candidates.index)
    assert taken[taken].index.tolist() == ["middle", "riser"]


def test_one_more_hour_brings_nothing_and_ten_bring_a_better_list(programme):
    table = value_of_hours(programme, more=[-50, 1, 10])
    assert table["gain"].tolist() == [-6.0, 0.0, 4.0]
    assert table["gain_per_hour"].tolist() == pytest.approx([0.12, 0.0, 0.4])
    assert table.loc[10, "enters"] == ("giant",)
    assert table.loc[10, "leaves"] == ("riser",)
    assert table.loc[-50, "leaves"] == ("riser",)


def test_hours_that_are_left_over_are_said_not_to_be_short(candidates):
    programme = choose_within(candidates, Limits(hours=500))
    told = describe_hour_value(programme, value_of_hours(programme, more=[1, 100]))
    assert told == (
        "1 more hour brings nothing; 100 more hours bring nothing. Hours are not what is short: "
        "340 are left over."
    )


def test_too_few_hours_for_a_least_of_something_have_no_list(candidates):
    programme = choose_within(candidates, Limits(hours=100, stars=1))
    table = value_of_hours(programme, more=[-60])
    assert np.isnan(table.loc[-60, "gain"])
    assert "with 60 fewer hours no list meets all" in describe_hour_value(programme, table)


def test_giant_just_missed_and_would_have_to_be_worth_a_list_of_two(programme):
    misses = near_misses(programme)
    assert misses.index.tolist() == ["giant", "loser"]
    assert misses["cost_of_inclusion"].tolist() == [3.0, 4.0]
    assert misses["value_needed"].tolist() == [13.0, 3.0]
    assert misses.loc["giant", "leaves"] == ("middle", "riser")
    assert misses.loc["loser", "enters"] == ("giant",)


def test_friend_of_the_sales_director_has_a_price(programme):
    told = describe_near_misses(
        cost_of_inclusion(programme, ["loser"]), names={"loser": "Old Friend", "riser": "Kiosk"}
    )
    assert told == (
        "Old Friend misses the list by 4 points; it would push out middle and Kiosk and bring in "
        "giant."
    )


def test_account_that_takes_more_hours_than_there_are_did_not_just_miss(candidates):
    programme = choose_within(candidates.assign(hours=[600.0, 50.0, 50.0, 30.0]), Limits(hours=100))
    assert "giant" not in near_misses(programme).index
    alone = cost_of_inclusion(programme, ["giant"])
    assert describe_near_misses(alone) == "No list within the limits can hold giant."


def test_nobody_just_missed_where_everybody_is_in(candidates):
    programme = choose_within(candidates.iloc[:3], Limits(hours=500))
    assert near_misses(programme).empty
    assert describe_near_misses(near_misses(programme)) == "No other account could be on the list."


# property


@given(programmes(), st.floats(1, 60))
@settings(max_examples=100)
def test_gain_of_more_hours_is_bounded_by_the_price_of_an_hour(programme, more):
    gain = value_of_hours(programme, more=[more])["gain"].iloc[0]
    bound = programme.prices["hours"] * more + programme.relaxed - programme.value
    assert 0 <= gain <= bound + 1e-6


@given(programmes())
@settings(max_examples=100)
def test_account_comes_in_from_the_value_needed_on_and_not_before(programme):
    for account, row in near_misses(programme, top=3).iterrows():
        for shift, is_in in ((0.01, True), (-0.01, False)):
            changed = programme.candidates.copy()
            changed.loc[account, "value"] = row["value_needed"] + shift
            again = choose_within(changed, programme.limits)
            assert again.chosen[account] == is_in


@given(programmes())
@settings(max_examples=100)
def test_nearest_are_found_without_trying_everybody(programme):
    out = programme.chosen.index[~programme.chosen]
    everybody = cost_of_inclusion(programme, list(out))["cost_of_inclusion"]
    found = near_misses(programme, top=2)["cost_of_inclusion"].tolist()
    assert found == pytest.approx(sorted(everybody[np.isfinite(everybody)])[:2])


@given(programmes())
@settings(max_examples=100)
def test_no_shorter_way_is_better_than_the_optimum(programme):
    ways = compare_ways(programme)
    assert (ways["value_forgone"] >= -1e-9).all()
    assert (ways["breaks"] == "").all()


# refusal


def test_hours_of_a_programme_without_a_limit_on_them_are_refused(candidates):
    with pytest.raises(InputError, match="no limit on hours"):
        value_of_hours(choose_within(candidates, Limits(accounts=2)))
    with pytest.raises(InputError, match="100 hours cannot be cut by 200"):
        value_of_hours(choose_within(candidates, Limits(hours=100)), more=[-200])


def test_inclusion_of_who_is_in_or_unknown_is_refused(programme):
    with pytest.raises(InputError, match="'riser' is on the list already"):
        cost_of_inclusion(programme, ["riser"])
    with pytest.raises(InputError, match="'ghost' is not among the candidates"):
        cost_of_inclusion(programme, ["ghost"])
    with pytest.raises(InputError, match="top must be at least 1"):
        near_misses(programme, top=0)


# purity


def test_programme_stays_as_it_was(programme):
    before = programme.candidates.copy(deep=True)
    near_misses(programme)
    value_of_hours(programme)
    compare_ways(programme)
    pd.testing.assert_frame_equal(programme.candidates, before)
