import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.inequality import gini, hhi, lorenz_curve

amounts = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=40).map(pd.Series)


def test_gini_of_a_pareto_distribution_is_one_over_twice_its_exponent_less_one():
    # Closed form of the Pareto distribution with exponent a: G = 1 / (2a - 1).
    exponent = 3.0
    middles = (np.arange(200_000) + 0.5) / 200_000
    revenue = pd.Series((1 - middles) ** (-1 / exponent))
    assert gini(revenue) == pytest.approx(1 / (2 * exponent - 1), abs=1e-3)


def test_hhi_of_two_disclosed_customers():
    # Spirit AeroSystems 2023, Boeing 70 % and Airbus 23 % of revenue; the rest is small.
    rest = [0.0007] * 100
    assert hhi(pd.Series([0.70, 0.23, *rest])) == pytest.approx(0.543, abs=5e-4)


def test_equal_accounts_have_no_inequality():
    assert gini(pd.Series([3.0] * 8)) == pytest.approx(0)
    assert hhi(pd.Series([3.0] * 8)) == pytest.approx(1 / 8)


def test_one_account_with_everything_has_all_but_its_own_part():
    revenue = pd.Series([9.0] + [0.0] * 9)
    assert gini(revenue) == pytest.approx(0.9)
    assert hhi(revenue) == 1


def test_lorenz_curve_runs_below_the_diagonal_from_corner_to_corner():
    curve = lorenz_curve(pd.Series([1.0, 2.0, 7.0]))
    assert curve.iloc[[0, -1]].to_numpy().tolist() == [[0, 0], [1, 1]]
    assert (curve["revenue_share"] <= curve["account_share"] + 1e-12).all()


@given(amounts)
def test_gini_is_one_less_twice_the_area_under_the_lorenz_curve(revenue):
    curve = lorenz_curve(revenue)
    area = np.trapezoid(curve["revenue_share"], curve["account_share"])
    assert gini(revenue) == pytest.approx(1 - 2 * area, abs=1e-9)


@given(amounts, st.floats(0.01, 100))
def test_measures_ignore_the_currency(revenue, rate):
    assert gini(revenue * rate) == pytest.approx(gini(revenue), abs=1e-9)
    assert hhi(revenue * rate) == pytest.approx(hhi(revenue))


@given(amounts)
def test_measures_stay_in_their_ranges(revenue):
    n = len(revenue)
    assert -1e-9 <= gini(revenue) <= 1 - 1 / n + 1e-9
    assert 1 / n - 1e-9 <= hhi(revenue) <= 1 + 1e-9


@given(amounts)
def test_doubling_every_account_leaves_gini_and_halves_hhi(revenue):
    twice = pd.concat([revenue, revenue], ignore_index=True)
    assert gini(twice) == pytest.approx(gini(revenue), abs=1e-9)
    assert hhi(twice) == pytest.approx(hhi(revenue) / 2)


@pytest.mark.parametrize("measure", [gini, hhi, lorenz_curve])
def test_account_in_credit_is_refused_with_the_way_out(measure):
    with pytest.raises(InputError, match=r"1 of 3 accounts have a negative .*revenue > 0"):
        measure(pd.Series([3.0, 2.0, -1.0]))


@pytest.mark.parametrize("measure", [gini, hhi, lorenz_curve])
def test_revenue_is_not_modified(measure):
    revenue = pd.Series({"b": 1.0, "a": 2.0})
    before = revenue.copy()
    measure(revenue)
    pd.testing.assert_series_equal(revenue, before)
