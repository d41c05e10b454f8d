import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from kamtools.selection.near_relaxed import best_near


@st.composite
def programmes(draw):
    n, rows = draw(st.integers(1, 9)), draw(st.integers(0, 3))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    use = rng.integers(-2, 9, (rows, n)).astype(float)
    upper = rng.integers(0, 20, rows).astype(float)
    prices = rng.uniform(0, 1, rows) * draw(st.sampled_from([0.0, 1.0]))
    return rng.integers(-3, 12, n).astype(float), use, upper, prices


def asked(value, use, upper, prices, **options):
    margins = value - use.T @ prices
    return best_near(margins > 0, np.abs(margins), sparse.csc_array(use), upper, prices, **options)


def best_by_trying_all(value, use, upper):
    lists = np.array(list(itertools.product([0, 1], repeat=len(value))))
    worths = (lists @ value)[(lists @ use.T <= upper).all(axis=1)]
    return worths.max() if len(worths) else None


@given(programmes())
@settings(max_examples=300)
def test_whatever_the_prices_the_choice_is_the_best(programme):
    value, use, upper, prices = programme
    x = asked(value, use, upper, prices)
    expected = best_by_trying_all(value, use, upper)
    if expected is None:
        assert x is None
    else:
        assert (use @ x <= upper + 1e-9).all()
        assert value @ x == expected


def test_choice_that_leans_within_the_limits_and_uses_them_up_is_best():
    x = asked(np.array([5.0, 4.0, 1.0]), np.array([[10.0, 10.0, 10.0]]), np.array([20.0]),
              np.array([0.2]))  # fmt: skip
    assert x.tolist() == [True, True, False]


def test_more_sets_than_may_be_kept_are_not_searched_further():
    alike = np.ones(40)
    use, upper, prices = alike[np.newaxis], np.array([20.5]), np.array([1.0])
    assert asked(alike, use, upper, prices, most_numbers=5_000) is None


def test_limits_that_nothing_meets_are_not_told_apart_from_too_many_sets():
    assert asked(np.array([1.0]), np.array([[-1.0]]), np.array([-2.0]), np.array([0.0])) is None


def test_arguments_stay_as_they_were():
    value, use, upper = np.array([5.0, 4.0]), np.array([[3.0, 2.0]]), np.array([4.0])
    leans, distance = np.array([True, True]), value.copy()
    best_near(leans, distance, sparse.csc_array(use), upper, np.array([0.0]))
    assert leans.all()
    assert distance.tolist() == [5.0, 4.0]
