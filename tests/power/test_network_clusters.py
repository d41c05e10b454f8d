import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kamtools.errors import InputError
from kamtools.power.network_clusters import ClusteredFit, clustered_fit, effective_clusters


def made(seed, *, rows=400, groups=20, largest=0.0):
    """Return a design, an outcome and two kinds of groups; a part of the rows is in the first."""
    rng = np.random.default_rng(seed)
    groups_of = [rng.integers(0, groups, rows) for _ in range(2)]
    groups_of[0][rng.random(rows) < largest] = 0
    design = np.column_stack([rng.normal(0, 1, rows), np.ones(rows)])
    return design, rng.normal(0, 1, rows), groups_of


def test_the_fit_is_the_one_of_a_worked_example():
    # y = 1 + 2x with residuals +1, −1, −1, +1 on x = 0, 1, 2, 3; each row a cluster of its own,
    # so the variance is White's, (X'X)⁻¹ (Σ e² x x') (X'X)⁻¹ with e² = 1: (X'X)⁻¹, times 4/3.
    x = np.arange(4.0)
    design = np.column_stack([np.ones(4), x])
    own = np.arange(4)
    fit = clustered_fit(design, 1 + 2 * x + np.array([1.0, -1, -1, 1]), [own, own])
    assert fit.estimate.tolist() == pytest.approx([1, 2])
    assert (fit.error**2).tolist() == pytest.approx((np.array([0.7, 0.2]) * 4 / 3).tolist())


def test_errors_of_one_way_are_the_sandwich_of_the_book():
    # Two ways that are the same: V₁ + V₂ − V₁₂ = V₁, here by Cameron's formula, group by group.
    design, outcome, (group, _) = made(1)
    fit = clustered_fit(design, outcome, [group, group])
    inverse = np.linalg.inv(design.T @ design)
    residual = outcome - design @ fit.estimate
    meat = np.zeros((2, 2))
    for number in range(20):
        score = design[group == number].T @ residual[group == number]
        meat += np.outer(score, score)
    variance = np.diag(inverse @ meat @ inverse) * 20 / 19
    assert (fit.error**2).tolist() == pytest.approx(variance.tolist())


def test_equal_clusters_count_one_by_one_and_an_overwhelming_one_counts_alone():
    rows = np.arange(50)
    assert effective_clusters(np.ones((50, 1)), rows).tolist() == pytest.approx([50])
    weights = np.where(rows == 7, 1e9, 1.0)[:, None]
    assert effective_clusters(weights, rows).tolist() == pytest.approx([1])


def test_the_reach_is_students_with_one_less_than_the_fewer_effective_clusters():
    fit = ClusteredFit(np.zeros(2), np.array([1.0, 1.0]), np.array([[11.0, 1.2], [30.0, 90.0]]))
    wanted = [stats.t.ppf(0.975, 10), stats.t.ppf(0.975, 1)]
    assert fit.reach(0.95).tolist() == pytest.approx(wanted)


def test_where_one_group_makes_the_contrast_counting_names_misses_zero_too_often_and_ours_not():
    # No effect at all: rows of a group share their luck. In the first group the predictor differs.
    plain = ours = 0
    for seed in range(200):
        design, outcome, groups = made(seed, largest=0.3)
        rng = np.random.default_rng(1_000 + seed)
        design[:, 0] = 0.3 * design[:, 0] + 3 * (groups[0] == 0)
        outcome = outcome + rng.normal(0, 1, 20)[groups[0]]
        fit = clustered_fit(design, outcome, groups)
        off = abs(fit.estimate[0])
        plain += off > stats.t.ppf(0.975, 19) * fit.error[0]
        ours += off > fit.reach(0.95)[0]
    assert plain > 40
    assert ours < plain / 2


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_units_move_estimates_and_errors_alike_and_the_effective_number_not(seed, unit):
    design, outcome, groups = made(seed)
    one = clustered_fit(design, outcome, groups)
    other = clustered_fit(design * [unit, 1], outcome, groups)
    assert other.estimate[0] * unit == pytest.approx(one.estimate[0])
    assert other.error[0] * unit == pytest.approx(one.error[0])
    assert other.effective.ravel().tolist() == pytest.approx(one.effective.ravel().tolist())
    assert ((one.effective >= 1 - 1e-9) & (one.effective <= 20 + 1e-9)).all()


def test_a_column_that_says_nothing_new_is_refused():
    design, outcome, groups = made(2)
    with pytest.raises(InputError, match="the same thing twice"):
        clustered_fit(np.hstack([design, design[:, :1]]), outcome, groups)


def test_design_outcome_and_clusters_are_left_unchanged():
    design, outcome, groups = made(3)
    clustered_fit(design, outcome, groups)
    again = made(3)
    assert np.array_equal(design, again[0])
    assert np.array_equal(outcome, again[1])
    assert all(np.array_equal(*pair) for pair in zip(groups, again[2], strict=True))
