import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.judged_weights import swing_weights, swings
from kamtools.selection.weights import direct_weights

MEASURED = pd.DataFrame({"margin": [10.0, 900.0, 50.0], "returns_rate": [0.2, None, 0.05]})
OBJECTIVES = pd.Series({"margin": "max", "returns_rate": "min"})
others = st.dictionaries(st.sampled_from("bcdefg"), st.floats(0, 100), max_size=6)


def test_swing_points_are_shares_of_their_sum():
    # von Winterfeldt & Edwards (1986), ch. 8: points divided by their sum.
    weights = swing_weights({"margin": 100, "growth": 60, "returns_rate": 40})
    assert weights.to_dict() == {"margin": 0.5, "growth": 0.3, "returns_rate": 0.2}


def test_swing_worth_nothing_has_no_weight():
    assert swing_weights({"margin": 100, "growth": 0}).tolist() == [1, 0]


def test_swings_that_are_all_100_are_equal():
    assert swing_weights(dict.fromkeys("abcd", 100)).tolist() == [0.25] * 4


def test_swing_goes_from_the_worst_account_to_the_best():
    table = swings(MEASURED, OBJECTIVES)
    assert table.loc["margin"].tolist() == [10, 900]
    assert table.loc["returns_rate"].tolist() == [0.2, 0.05]


@given(others)
def test_swing_of_100_has_the_largest_weight(points):
    weights = swing_weights({"a": 100, **points})
    assert weights["a"] == weights.max()
    assert weights.sum() == pytest.approx(1)


@given(others)
def test_swing_weights_are_points_in_proportion(points):
    given_points = {"a": 100, **points}
    pd.testing.assert_series_equal(swing_weights(given_points), direct_weights(given_points))


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"margin": 90}, "most important swing has 100 points; got margin = 90"),
        ({}, "got nothing"),
        ({"margin": 100, "growth": 120}, "from 0 to 100; got growth = 120"),
        ({"margin": 100, "growth": -1}, "got growth = -1"),
        ({"margin": 100, "growth": float("nan")}, "got growth = nan"),
    ],
)
def test_points_that_are_no_swings_are_refused(points, message):
    with pytest.raises(InputError, match=message):
        swing_weights(points)


def test_swings_without_an_objective_are_refused():
    with pytest.raises(InputError, match="no objective is given for returns_rate"):
        swings(MEASURED, OBJECTIVES[["margin"]])


def test_arguments_are_not_modified():
    points, measured = {"margin": 100, "growth": 50}, MEASURED.copy()
    swing_weights(points)
    swings(measured, OBJECTIVES)
    assert points == {"margin": 100, "growth": 50}
    pd.testing.assert_frame_equal(measured, MEASURED)
