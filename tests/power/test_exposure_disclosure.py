import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.exposure_disclosure import (
    customer_concentration,
    disclosed_customers,
    disclosure_words,
)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [([0.70, 0.23], 0.543), ([0.75], 0.563), ([0.45], 0.203), ([0.506], 0.256)],
)
def test_concentration_has_the_values_of_spirit_dialog_and_imagination(shares, expected):
    # methods.md C3, from published revenue shares.
    rest = {f"r{n}": (1 - sum(shares)) / 20 for n in range(20)}
    revenue = pd.Series({f"m{n}": share for n, share in enumerate(shares)} | rest)
    major = disclosed_customers(revenue)
    assert len(major) == len(shares)
    assert customer_concentration(major) == pytest.approx(expected, abs=6e-4)


def test_exactly_ten_percent_is_disclosed():
    revenue = pd.Series([0.1] * 10, index=list("abcdefghij"))
    assert len(disclosed_customers(revenue)) == 10


def test_common_control_counts_as_one_customer():
    revenue = pd.Series({"a": 6.0, "b": 6.0, "c": 5.0, "d": 83.0})
    control = pd.Series({"a": "G", "b": "G"})
    assert "G" not in disclosed_customers(revenue).index
    assert disclosed_customers(revenue, control=control).loc["G", "accounts"] == 2


def test_nobody_major_is_said():
    revenue = pd.Series([1.0] * 20, index=range(20))
    assert disclosure_words(disclosed_customers(revenue)).startswith("No customer")


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=20), st.floats(0.01, 100))
def test_concentration_is_a_share_and_ignores_the_currency(amounts, unit):
    revenue = pd.Series(amounts, index=[f"a{n}" for n in range(len(amounts))])
    cc = customer_concentration(disclosed_customers(revenue, threshold=0.123))
    other = customer_concentration(disclosed_customers(revenue * unit, threshold=0.123))
    assert 0 <= cc <= 1 + 1e-9
    assert other == pytest.approx(cc)


@pytest.mark.parametrize(
    ("revenue", "threshold", "message"),
    [([1.0, -1.0], 0.1, "at least 0"), ([0.0, 0.0], 0.1, "more than 0"), ([1, 1], 0, "above 0")],
)
def test_unusable_revenue_or_threshold_is_refused(revenue, threshold, message):
    with pytest.raises(InputError, match=message):
        disclosed_customers(pd.Series(revenue, index=["a", "b"]), threshold=threshold)


def test_revenue_of_the_disclosure_is_left_unchanged():
    revenue = pd.Series({"a": 1, "b": 9})
    before = revenue.copy(deep=True)
    disclosed_customers(revenue, control=pd.Series({"a": "b"}))
    pd.testing.assert_series_equal(revenue, before)
