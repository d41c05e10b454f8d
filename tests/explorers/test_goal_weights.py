import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.explorers.goal_weights import goal_labels, goal_weights, goals_at, values_at
from kamtools.selection.goals import strategic_fit

VALUES = pd.DataFrame(
    {"margin": [1.0, 2.0, 3.0], "strategic_fit": [0.1, 0.2, 0.3]}, index=["a", "b", "c"]
)
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["a", "b", "c"],
        "segment": ["city", "kiosk", "city"],
        "region": ["north", "north", "south"],
    }
)
CITY = {"name": "Win the cities", "column": "segment", "values": ["city"], "weight": 3.0}
NORTH = {"name": "Grow in the north", "column": "region", "values": ["north"]}


def fit_at(*weights, accounts=ACCOUNTS):
    moved = goals_at([CITY, NORTH], pd.Series(weights))
    return values_at(VALUES, accounts, moved)["strategic_fit"].tolist()


def test_accounts_that_meet_the_heavier_goal_fit_better():
    assert fit_at(0.75, 0.25) == [1.0, 0.25, 0.75]
    assert fit_at(0.25, 0.75) == [1.0, 0.75, 0.25]


@given(st.floats(0.01, 2), st.floats(0.01, 2))
def test_fit_is_that_of_the_engagement_at_these_weights(city, north):
    expected = strategic_fit(ACCOUNTS, [{**CITY, "weight": city}, {**NORTH, "weight": north}])
    assert fit_at(city, north) == pytest.approx(expected.tolist())


def test_goal_without_weight_is_no_goal():
    assert fit_at(1.0, 0.0) == [1.0, 0.0, 1.0]


def test_what_goals_leave_goes_to_the_rating():
    accounts = ACCOUNTS.assign(strategic_fit_rating=[1.0, 5.0, 3.0])
    assert fit_at(0.2, 0.0, accounts=accounts) == pytest.approx([0.2, 0.8, 0.6])
    assert fit_at(0.0, 0.0, accounts=accounts) == [0.0, 1.0, 0.5]


def test_without_goals_and_rating_the_criterion_is_left_out():
    assert list(values_at(VALUES, ACCOUNTS, [])) == ["margin"]


def test_goal_without_a_weight_weighs_one_and_without_a_name_is_called_by_its_column():
    goals = [CITY, {"column": "region", "values": ["north"]}]
    assert goal_weights(goals).tolist() == [3.0, 1.0]
    assert goal_labels(goals) == ["Win the cities", "region"]


def test_goal_of_a_column_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="names the column 'town'"):
        values_at(VALUES, ACCOUNTS, [{**CITY, "column": "town"}])


def test_values_and_goals_given_are_not_changed():
    values, goal = VALUES.copy(), dict(CITY)
    fit_at(0.4, 0.6)
    pd.testing.assert_frame_equal(VALUES, values)
    assert goal == CITY
