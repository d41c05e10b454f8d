import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.weight_draws import (
    check_weight_draws,
    ordered_weights,
    uniform_weights,
    weights_around,
)
from kamtools.selection.weights import rank_order_weights

CHOSEN = pd.Series({"margin": 0.4, "growth": 0.3, "fit": 0.2, "trend": 0.1})
seeds = st.integers(0, 2**32 - 1)
names = st.integers(1, 8).map(lambda n: [f"c{place}" for place in range(n)])


def test_mean_of_ordered_weights_is_the_centroid_of_edwards_and_barron():
    # Edwards & Barron (1994), OBHDP 60(3): .5208 .2708 .1458 .0625 for four criteria.
    drawn = ordered_weights(list("abcd"), draws=200_000, seed=1).mean()
    assert drawn.tolist() == pytest.approx([0.5208, 0.2708, 0.1458, 0.0625], abs=2e-3)
    assert drawn.tolist() == pytest.approx(rank_order_weights(list("abcd")).tolist(), abs=2e-3)


def test_uniform_weights_are_spread_as_on_the_simplex():
    # A weight of n is Beta(1, n - 1): mean 1/n, variance (n - 1) / (n^2 (n + 1)).
    drawn = uniform_weights(list("abcde"), draws=200_000, seed=1)
    assert drawn.mean().tolist() == pytest.approx([0.2] * 5, abs=2e-3)
    assert drawn.var().tolist() == pytest.approx([4 / 150] * 5, abs=5e-4)


def test_weights_around_have_the_chosen_mean_and_the_stated_spread():
    drawn = weights_around(CHOSEN, spread=0.3, draws=200_000, seed=1)
    expected = 0.3 * np.sqrt(CHOSEN * (1 - CHOSEN) / 3)
    assert drawn.mean().tolist() == pytest.approx(CHOSEN.tolist(), abs=2e-3)
    assert drawn.std().tolist() == pytest.approx(expected.tolist(), abs=2e-3)


def test_spread_is_that_of_a_criterion_of_average_weight():
    equal = pd.Series(0.1, index=list("abcdefghij"))
    drawn = weights_around(equal, spread=0.3, draws=200_000, seed=1)
    assert drawn.std().tolist() == pytest.approx([0.03] * 10, abs=3e-4)


def test_spread_of_0_draws_the_chosen_weights_alone():
    drawn = weights_around(CHOSEN, spread=0, draws=3, seed=1)
    assert drawn.to_numpy().tolist() == [CHOSEN.tolist()] * 3


def test_criterion_of_weight_0_keeps_it():
    drawn = weights_around(pd.Series({"a": 0.5, "b": 0.0, "c": 0.5}), draws=50, seed=1)
    assert (drawn["b"] == 0).all()
    assert drawn["a"].nunique() == 50


def test_single_criterion_weighs_all_in_each_draw():
    one = pd.Series({"a": 1.0})
    assert weights_around(one, spread=0.5, draws=2, seed=1)["a"].tolist() == [1, 1]
    assert uniform_weights(["a"], draws=2, seed=1)["a"].tolist() == [1, 1]


@given(criteria=names, seed=seeds)
def test_every_draw_is_a_set_of_weights(criteria, seed):
    for drawn in (
        uniform_weights(criteria, draws=20, seed=seed),
        ordered_weights(criteria, draws=20, seed=seed),
        weights_around(rank_order_weights(criteria), spread=0.4, draws=20, seed=seed),
    ):
        assert (drawn >= 0).all(axis=None)
        assert drawn.sum(axis="columns").tolist() == pytest.approx([1] * 20)


@given(criteria=names, seed=seeds)
def test_ordered_weights_fall_in_the_given_order(criteria, seed):
    drawn = ordered_weights(criteria[::-1], draws=20, seed=seed)
    assert list(drawn) == criteria[::-1]
    assert (np.diff(drawn, axis=1) <= 0).all()


@given(seed=seeds)
def test_same_seed_draws_the_same_weights(seed):
    first, second = (weights_around(CHOSEN, draws=5, seed=seed) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize("draws", [0, -1, 2.5, True])
def test_number_of_draws_must_be_whole_and_positive(draws):
    with pytest.raises(InputError, match="draws must be a whole number of at least 1"):
        uniform_weights(["a", "b"], draws=draws, seed=1)


@pytest.mark.parametrize("spread", [-0.1, 2.0, float("nan")])
def test_spread_beyond_what_weights_can_have_is_refused(spread):
    with pytest.raises(InputError, match=r"spread must be from 0 to less than 1\.73"):
        weights_around(CHOSEN, spread=spread, draws=5, seed=1)


def test_criterion_named_twice_is_refused():
    with pytest.raises(InputError, match="a is named twice"):
        ordered_weights(["a", "b", "a"], draws=5, seed=1)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[0.5, 0.6]], "got 0.5, 0.6 in draw 0"),
        ([[0.5, 0.5], [1.5, -0.5]], "got 1.5, -0.5 in draw 1"),
        ([[0.5, np.nan]], "got 0.5, nan in draw 0"),
        (np.empty((0, 2)), r"there are no weights: the table has the shape \(0, 2\)"),
    ],
)
def test_what_are_no_weights_is_refused(rows, message):
    with pytest.raises(InputError, match=message):
        check_weight_draws(pd.DataFrame(rows, columns=["a", "b"]), ["a", "b"])


def test_weights_of_an_unknown_criterion_are_refused():
    with pytest.raises(InputError, match="unknown criterion 'growht'"):
        check_weight_draws(pd.DataFrame({"growht": [1.0]}), ["growth"])


def test_arguments_are_not_modified():
    before = CHOSEN.copy()
    weights_around(CHOSEN, draws=5, seed=1)
    pd.testing.assert_series_equal(CHOSEN, before)
