import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.criteria import CRITERIA
from kamtools.selection.weights import (
    check_weights,
    default_weights,
    direct_weights,
    equal_weights,
    parse_weights,
    rank_order_weights,
)

POINTS = {criterion.name: criterion.points for criterion in CRITERIA}
NAMES = ["margin", "growth", "headroom", "trend"]
names = st.lists(st.text("abcdefg", min_size=1, max_size=4), min_size=1, max_size=9, unique=True)
points = st.dictionaries(
    st.text("abcdefg", min_size=1, max_size=4), st.floats(0.01, 1e6), min_size=1, max_size=9
)


def test_centroid_weights_of_four_are_those_published():
    # Edwards & Barron (1994), OBHDP 60(3), table of rank-order centroid weights.
    weights = rank_order_weights(NAMES)
    assert weights.round(4).tolist() == [0.5208, 0.2708, 0.1458, 0.0625]


def test_centroid_weights_of_two_are_three_quarters_and_a_quarter():
    assert rank_order_weights(["a", "b"]).tolist() == [0.75, 0.25]


def test_rank_sum_weights_of_four_are_those_published():
    # Stillwell, Seaver & Edwards (1981): 4, 3, 2, 1 over 10.
    weights = rank_order_weights(NAMES, method="sum")
    assert weights.round(9).tolist() == [0.4, 0.3, 0.2, 0.1]


def test_one_criterion_has_all_the_weight():
    assert rank_order_weights(["margin"]).tolist() == [1.0]
    assert equal_weights(["margin"]).tolist() == [1.0]


@pytest.mark.parametrize("method", ["centroid", "sum"])
@given(order=names)
def test_rank_order_weights_fall_and_sum_to_one(method, order):
    weights = rank_order_weights(order, method=method)
    assert weights.is_monotonic_decreasing
    assert weights.sum() == pytest.approx(1)
    assert weights.index.tolist() == order


@given(points, st.floats(0.01, 1000))
def test_direct_weights_ignore_the_scale_of_points(given_points, factor):
    scaled = {name: value * factor for name, value in given_points.items()}
    pd.testing.assert_series_equal(direct_weights(scaled), direct_weights(given_points))


@given(names)
def test_equal_weights_are_equal_points(criteria):
    assert equal_weights(criteria).nunique() == 1


def test_default_weights_follow_the_points_of_all_criteria():
    weights = default_weights(POINTS)
    assert weights["margin"] == pytest.approx(POINTS["margin"] / sum(POINTS.values()))


def test_sales_take_over_the_weight_of_profit_where_cost_is_unknown():
    weights = default_weights(["revenue", "growth"])
    assert weights["revenue"] / weights["growth"] == pytest.approx(
        (POINTS["revenue"] + POINTS["margin"]) / POINTS["growth"]
    )


def test_text_of_points_weighs_those_named_and_nothing_else():
    weights = parse_weights("growth=1,  margin = 3", NAMES)
    assert weights.to_dict() == {"margin": 0.75, "growth": 0.25, "headroom": 0, "trend": 0}


def test_text_of_an_order_gives_centroid_weights():
    weights = parse_weights("rank: trend > margin", NAMES)
    assert weights.to_dict() == {"margin": 0.25, "growth": 0, "headroom": 0, "trend": 0.75}


@pytest.mark.parametrize(("text", "function"), [("default", default_weights),
                                                (" equal ", equal_weights)])  # fmt: skip
def test_text_may_be_one_word(text, function):
    pd.testing.assert_series_equal(parse_weights(text, NAMES), function(NAMES))


@given(points)
def test_text_of_points_says_the_same_as_the_points(given_points):
    text = ", ".join(f"{name} = {value!r}" for name, value in given_points.items())
    pd.testing.assert_series_equal(
        parse_weights(text, list(given_points)), direct_weights(given_points)
    )


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_points_that_are_no_amount_are_refused(bad):
    with pytest.raises(InputError, match="at least 0; got growth = "):
        direct_weights({"margin": 1, "growth": bad})


def test_points_that_are_all_zero_are_refused():
    with pytest.raises(InputError, match="must not all be 0"):
        direct_weights({"margin": 0, "growth": 0})


def test_unknown_criterion_is_refused_with_the_nearest_and_those_there():
    with pytest.raises(
        InputError,
        match=r"unknown criterion 'growht' \(did you mean 'growth'\?\); "
        r"there are: margin, growth, headroom, trend",
    ):
        parse_weights("growht = 2", NAMES)


def test_criterion_that_this_firm_cannot_tell_is_refused_with_the_reason():
    with pytest.raises(InputError, match=r"'strategic_fit' \(this firm's tables do not tell it"):
        parse_weights("rank: strategic_fit > margin", NAMES)


@pytest.mark.parametrize("text", ["growth = 2, growth = 3", "rank: growth > growth"])
def test_criterion_named_twice_is_refused(text):
    with pytest.raises(InputError, match=r"growth'? is named twice"):
        parse_weights(text, NAMES)


@pytest.mark.parametrize(
    ("text", "piece"),
    [("growth", "growth"), ("growth = much", "growth = much"), ("margin=1; growth=2", "margin=1;"),
     ("", "''"), ("margin = 1,", "''")],
)  # fmt: skip
def test_text_that_cannot_be_read_is_refused_with_the_piece(text, piece):
    with pytest.raises(InputError, match=f"could not read .*{piece}"):
        parse_weights(text, NAMES)


def test_unknown_rank_method_is_refused():
    with pytest.raises(InputError, match="'centroid' or 'sum'; got 'borda'"):
        rank_order_weights(NAMES, method="borda")


def test_no_criterion_is_refused():
    with pytest.raises(InputError, match="no criterion to weight"):
        equal_weights([])


def test_weights_that_do_not_sum_to_one_are_refused():
    with pytest.raises(InputError, match=r"must sum to 1; got 0.90 \(margin, growth\)"):
        check_weights(pd.Series({"margin": 0.5, "growth": 0.4}), NAMES)


def test_negative_weight_is_refused():
    with pytest.raises(InputError, match=r"got growth = -0\.5"):
        check_weights(pd.Series({"margin": 1.5, "growth": -0.5}), NAMES)


def test_weight_for_nothing_in_the_table_is_refused():
    with pytest.raises(InputError, match="unknown criterion 'x'"):
        check_weights(pd.Series({"x": 1.0}), NAMES)


def test_points_and_order_are_not_modified():
    given_points, order = {"margin": 2.0, "growth": 1.0}, ["margin", "growth"]
    direct_weights(given_points)
    rank_order_weights(order)
    assert given_points == {"margin": 2.0, "growth": 1.0}
    assert order == ["margin", "growth"]
