import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.goals import strategic_fit

CITY = {"name": "city", "column": "segment", "values": ["supermarket"], "weight": 0.6}
NORTH = {"name": "north", "column": "region", "values": ["north", "east"], "weight": 0.4}


@pytest.fixture
def accounts():
    return pd.DataFrame(
        {
            "account_id": ["a", "b", "c"],
            "segment": ["supermarket", "kiosk", None],
            "region": ["north", "east", "south"],
            "strategic_fit_rating": [3.0, 5.0, np.nan],
            "partner_rating": [1.0, 3.0, 5.0],
        }
    )


def test_account_in_the_goals_segment_meets_it_however_small_its_sales(accounts):
    # Company B of the essay (E16): city supermarkets sold little, and were made key accounts.
    assert strategic_fit(accounts.drop(columns="strategic_fit_rating"), [CITY])["a"] == 1


def test_goals_are_weighted(accounts):
    fit = strategic_fit(accounts, [CITY, NORTH])
    assert fit.round(9).to_dict() == {"a": 1.0, "b": 0.4, "c": 0.0}


def test_account_is_judged_on_the_goals_whose_column_is_filled(accounts):
    north_for_c = {**NORTH, "values": ["south"]}
    assert strategic_fit(accounts, [CITY, north_for_c])["c"] == 1


def test_rating_has_the_weight_that_goals_leave(accounts):
    assert strategic_fit(accounts, [CITY])["b"] == pytest.approx(0.4)
    assert strategic_fit(accounts, [CITY])["a"] == pytest.approx(0.6 + 0.4 * 0.5)


def test_goals_that_fill_the_weight_leave_the_rating_none(accounts):
    fit = strategic_fit(accounts, [CITY | {"weight": 3}])
    assert fit.tolist()[:2] == [1, 0]


def test_rating_alone_runs_from_nothing_at_1_to_all_at_5(accounts):
    fit = strategic_fit(accounts)
    assert fit.tolist()[:2] == [0.5, 1]
    assert np.isnan(fit["c"])


def test_goal_without_values_is_a_rating(accounts):
    goal = {"name": "partners", "column": "partner_rating"}
    assert strategic_fit(accounts, [goal]).tolist() == [0, 0.5, 1]


def test_rating_named_by_a_goal_is_not_counted_twice(accounts):
    goal = {"name": "fit", "column": "strategic_fit_rating", "weight": 0.5}
    assert strategic_fit(accounts, [goal])["a"] == pytest.approx(0.5)


def test_nothing_known_is_not_invented(accounts):
    fit = strategic_fit(accounts.drop(columns="strategic_fit_rating"))
    assert fit.isna().all()


def test_values_are_compared_without_case_and_spaces(accounts):
    goal = CITY | {"values": [" Supermarket"], "weight": 1}
    assert strategic_fit(accounts, [goal])["a"] == 1


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_fit_is_a_share(city_weight, north_weight):
    table = pd.DataFrame(
        {"account_id": ["a", "b"], "segment": ["supermarket", "x"], "region": ["x", "north"]}
    )
    goals = [CITY | {"weight": city_weight}, NORTH | {"values": ["north"], "weight": north_weight}]
    fit = strategic_fit(table, goals)
    assert fit.between(0, 1).all()
    assert fit.sum() == pytest.approx(1)


def test_unknown_column_is_refused_with_those_there(accounts):
    with pytest.raises(
        InputError,
        match=r"goal 'city' names the column 'segmnt', .*mean 'segment'.*they have: partner",
    ):
        strategic_fit(accounts, [CITY | {"column": "segmnt"}])


def test_value_that_no_account_has_is_refused_with_those_there(accounts):
    with pytest.raises(InputError, match="no account has hypermarket in column 'segment'; values "
                       "there are: kiosk, supermarket"):  # fmt: skip
        strategic_fit(accounts, [CITY | {"values": ["hypermarket"]}])


def test_values_that_are_no_list_are_refused(accounts):
    with pytest.raises(InputError, match="values must be a list"):
        strategic_fit(accounts, [CITY | {"values": "supermarket"}])


@pytest.mark.parametrize("weight", [0, -1, "much", True])
def test_weight_that_is_not_positive_is_refused(accounts, weight):
    with pytest.raises(InputError, match="'city': weight must be a positive number"):
        strategic_fit(accounts, [CITY | {"weight": weight}])


def test_goal_without_values_on_a_text_column_is_refused(accounts):
    with pytest.raises(InputError, match="its column must be a rating"):
        strategic_fit(accounts, [{"name": "city", "column": "segment"}])


def test_unknown_key_is_refused(accounts):
    with pytest.raises(InputError, match="got 'value' in goal 'city'"):
        strategic_fit(accounts, [{"name": "city", "column": "segment", "value": ["x"]}])


def test_accounts_and_goals_are_not_modified(accounts):
    before, goals = accounts.copy(), [dict(CITY)]
    strategic_fit(accounts, goals)
    pd.testing.assert_frame_equal(accounts, before)
    assert goals == [CITY]
