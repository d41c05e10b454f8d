import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.concentration import (
    abc_classes,
    describe_concentration,
    pareto_curve,
    top_share,
)

amounts = st.lists(st.floats(0.01, 1e9), min_size=1, max_size=40).map(pd.Series)


def pareto_law(n):
    """Revenue of n accounts of which any top part p brings p ** (1 - log 4 / log 5)."""
    reached = np.linspace(0, 1, n + 1) ** (1 - np.log(4) / np.log(5))
    return pd.Series(np.diff(reached))


def test_top_fifth_of_the_pareto_law_brings_four_fifths():
    # Newman (2005), "Power laws, Pareto distributions and Zipf's law", Contemporary Physics
    # 46(5), section 3.3: the top p hold p ** ((a - 2) / (a - 1)); 80/20 is a = 2.161.
    assert top_share(pareto_law(1000), 0.2) == pytest.approx(0.8)


def test_equal_accounts_lie_on_the_diagonal():
    curve = pareto_curve(pd.Series([7.0] * 4))
    np.testing.assert_allclose(curve["account_share"], curve["revenue_share"])


def test_one_account_brings_everything():
    assert top_share(pd.Series([5.0]), 0.2) == 1


def test_curve_climbs_above_one_before_an_account_in_credit():
    curve = pareto_curve(pd.Series({"a": 90.0, "b": 30.0, "c": -20.0}))
    assert curve["revenue_share"].round(6).tolist() == [0.9, 1.2, 1.0]


def test_equal_accounts_stand_in_the_order_of_their_ids():
    assert pareto_curve(pd.Series({"b": 1.0, "a": 1.0, "c": 2.0})).index.tolist() == ["c", "a", "b"]


def test_half_an_account_is_rounded_up_to_one():
    assert top_share(pd.Series([4.0, 3.0, 2.0, 1.0]), 0.125) == pytest.approx(0.4)


def test_account_that_crosses_the_line_is_still_an_a():
    revenue = pd.Series({"a": 79.0, "b": 15.0, "c": 6.0})
    assert abc_classes(revenue).to_dict() == {"a": "A", "b": "A", "c": "B"}


def test_account_after_exactly_four_fifths_is_a_b():
    assert abc_classes(pd.Series({"a": 80.0, "b": 15.0, "c": 5.0})).tolist() == ["A", "B", "C"]


def test_account_that_bought_nothing_is_a_c():
    classes = abc_classes(pd.Series({"a": 10.0, "b": 0.0, "c": -5.0, "d": 1.0}))
    assert classes[["b", "c"]].tolist() == ["C", "C"]


@given(amounts)
def test_curve_rises_from_the_largest_down_to_one(revenue):
    shares = pareto_curve(revenue)["revenue_share"].to_numpy()
    steps = np.diff(shares, prepend=0)
    assert (steps[1:] <= steps[:-1] + 1e-12).all()
    assert shares[-1] == pytest.approx(1)


@given(amounts, st.floats(0.01, 1000))
def test_classes_ignore_the_currency(revenue, rate):
    cents = revenue.round(2) + 1
    assert abc_classes(cents).value_counts()["A"] == pytest.approx(
        abc_classes(cents * rate).value_counts()["A"], abs=1
    )


@given(amounts, st.randoms())
def test_curve_ignores_the_order_of_accounts(revenue, random):
    shuffled = list(revenue.index)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(pareto_curve(revenue.loc[shuffled]), pareto_curve(revenue))


@pytest.mark.parametrize(
    ("revenue", "verdict"),
    [
        ([10.0] * 20, "80/20 overstates"),
        (pareto_law(100), "80/20 fits"),
        ([100.0] + [0.1] * 19, "80/20 understates"),
        ([3.0, 2.0, 1.0], "With 3 accounts, 80/20 says little"),
    ],
)
def test_words_say_whether_80_20_is_true(revenue, verdict):
    assert verdict in describe_concentration(pd.Series(revenue))


def test_words_count_accounts():
    text = describe_concentration(pd.Series([100.0] * 58 + [2.0] * 232))
    assert "The top 20 % of accounts (58 of 290) bring 93 % of revenue" in text
    assert "it takes 18 % of accounts (51) to reach 80 %" in text
    assert "The ten largest bring 16 %, the largest alone 1.6 %." in text


def test_words_leave_out_accounts_in_credit_and_say_so():
    text = describe_concentration(pd.Series([10.0] * 20 + [0.0, -5.0]))
    assert "(4 of 20)" in text
    assert text.endswith("Not counted: 2 accounts that bought nothing net.")


@pytest.mark.parametrize("function", [pareto_curve, describe_concentration, abc_classes])
def test_missing_revenue_is_refused_with_the_account(function):
    with pytest.raises(InputError, match="missing for b"):
        function(pd.Series({"a": 1.0, "b": np.nan}))


def test_no_account_is_refused():
    with pytest.raises(InputError, match="is empty"):
        pareto_curve(pd.Series(dtype=float))


def test_no_positive_revenue_is_refused():
    with pytest.raises(InputError, match="no account has a positive revenue"):
        describe_concentration(pd.Series([0.0, -1.0]))


def test_negative_total_is_refused():
    with pytest.raises(InputError, match=r"together must be positive; got -1\.00"):
        pareto_curve(pd.Series([1.0, -2.0]))


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_share_out_of_range_is_refused(share):
    with pytest.raises(InputError, match="above 0 and up to 1"):
        top_share(pd.Series([1.0]), share)


def test_class_limits_out_of_order_are_refused():
    with pytest.raises(InputError, match=r"a_until=0.9, b_until=0.8"):
        abc_classes(pd.Series([1.0]), a_until=0.9, b_until=0.8)


@pytest.mark.parametrize("function", [pareto_curve, describe_concentration, abc_classes])
def test_revenue_is_not_modified(function):
    revenue = pd.Series({"b": 1.0, "a": 2.0, "c": 0.0})
    before = revenue.copy()
    function(revenue)
    pd.testing.assert_series_equal(revenue, before)
