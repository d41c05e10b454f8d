import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize, nnls

from kamtools.role.nonnegative_fit import (
    explained,
    far_above,
    far_groups,
    persistence,
    resampled_fits,
    weighted_fit,
)


def made(seed, n=80, terms=(2.0, 1.5)):
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), rng.uniform(0, 20, n)])
    return design, rng.poisson(design @ np.array(terms))[:, None].astype(float)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_fitted_hours_sum_to_the_logged_ones(seed):
    design, y = made(seed)
    coefficients, _ = weighted_fit(design, y)
    assert (design @ coefficients).sum() == pytest.approx(y.sum(), rel=1e-4)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_hours_in_another_unit_give_coefficients_in_that_unit(seed, unit):
    design, y = made(seed)
    np.testing.assert_allclose(
        weighted_fit(design, unit * y)[0], unit * weighted_fit(design, y)[0], rtol=1e-4, atol=1e-6
    )


def test_fit_settles_though_accounts_without_any_driver_have_hours():
    # Their expected hours near 0 weigh most: the fit must not swing between two answers.
    rng = np.random.default_rng(10)
    design = np.column_stack([np.ones(60), np.where(np.arange(60) < 12, 0, rng.uniform(1, 30, 60))])
    y = rng.poisson(3 * design[:, 1:]).astype(float)
    y[:4] = 9.0
    coefficients, weights = weighted_fit(design, y)
    root = np.sqrt(weights[:, 0])
    again = nnls(design * root[:, None], y[:, 0] * root)[0]
    np.testing.assert_allclose(coefficients[:, 0], again, rtol=1e-6)
    likeliest = minimize(
        lambda b: (design @ b - y[:, 0] * np.log(design @ b)).sum(), [1.0, 1.0],
        bounds=[(1e-6, None)] * 2,
    ).x  # fmt: skip
    np.testing.assert_allclose(coefficients[:, 0], likeliest, rtol=1e-3)


def test_driver_that_would_take_hours_away_counts_nothing():
    design, _ = made(1)
    falling = (50 - design[:, 1:]).copy()
    coefficients, _ = weighted_fit(design, falling)
    assert coefficients[1, 0] == 0
    assert coefficients[0, 0] == pytest.approx(falling.mean())


def test_activity_that_nobody_did_takes_nothing():
    design, y = made(2)
    coefficients, _ = weighted_fit(design, np.hstack([y, 0 * y]))
    assert coefficients[:, 1].tolist() == [0, 0]


def test_resampled_coefficients_are_those_of_scipy():
    design, y = made(3, n=12)
    _, weights = weighted_fit(design, y)
    group = np.arange(12)
    drawn = resampled_fits(design, y, weights, group, seed=5, draws=4)
    times = np.random.default_rng(5).multinomial(12, np.full(12, 1 / 12), size=4)
    for draw, counts in zip(drawn[:, :, 0], times, strict=True):
        root = np.sqrt(counts * weights[:, 0])
        expected = nnls(design * root[:, None], y[:, 0] * root)[0]
        np.testing.assert_allclose(draw, expected, rtol=1e-4, atol=1e-6)


def test_ranges_cover_the_truth_as_often_as_they_say():
    covered = []
    for seed in range(120):
        design, y = made(seed)
        _, weights = weighted_fit(design, y)
        drawn = resampled_fits(design, y, weights, np.arange(len(y)), seed=seed, draws=200)
        low, high = np.quantile(drawn[:, 1, 0], [0.05, 0.95])
        covered.append(low <= 1.5 <= high)
    assert 0.82 <= np.mean(covered) <= 0.97


def test_same_seed_draws_the_same():
    design, y = made(4)
    _, weights = weighted_fit(design, y)
    first, second = (
        resampled_fits(design, y, weights, np.arange(80), seed=9, draws=5) for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)


def test_whole_group_is_far_where_one_of_its_years_is():
    design, y = made(5)
    y[3] = 5_000.0
    far = far_groups(design, y, np.arange(80) // 2, limit=12.0)
    assert np.flatnonzero(far).tolist() == [2, 3]


def test_account_hidden_by_a_still_larger_one_is_found_too():
    design, y = made(6)
    y[3], y[40] = 900_000.0, 2 + 1.5 * design[40, 1] + 75
    assert np.flatnonzero(far_groups(design, y, np.arange(80), limit=12.0)).tolist() == [3, 40]


def test_nobody_is_far_where_all_are_as_expected():
    assert not far_above(np.full(5, 10.0), np.full(5, 10.0), limit=12.0).any()


def test_what_stays_and_what_a_year_adds_are_told_apart():
    rng = np.random.default_rng(7)
    group = np.repeat(np.arange(2_000), 3)
    residual = rng.normal(0, 3, 2_000)[group] + rng.normal(0, 2, 6_000)
    between, within = persistence(residual, np.ones(6_000), group)
    assert between == pytest.approx(9, rel=0.1)
    assert within == pytest.approx(4, rel=0.1)


def test_one_year_cannot_tell_what_stays():
    between, within = persistence(np.array([1.0, -1.0]), np.ones(2), np.arange(2))
    assert np.isnan(between)
    assert within == 1


def test_perfect_model_explains_all_and_the_mean_nothing():
    y = np.array([1.0, 2.0, 6.0])
    assert explained(y, y) == 1
    assert explained(y, np.full(3, 3.0)) == 0
    assert np.isnan(explained(np.ones(3), np.ones(3)))


def test_arrays_given_are_not_changed():
    design, y = made(8)
    before = design.copy(), y.copy()
    _, weights = weighted_fit(design, y)
    resampled_fits(design, y, weights, np.arange(80), seed=1, draws=3)
    far_groups(design, y, np.arange(80), limit=12.0)
    np.testing.assert_array_equal(design, before[0])
    np.testing.assert_array_equal(y, before[1])
