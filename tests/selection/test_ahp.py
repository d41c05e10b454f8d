import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.ahp import ACCEPTABLE_RATIO, RANDOM_INDEX, ahp_weights, consistency
from kamtools.selection.comparisons import comparison_matrix


def table(matrix):
    names = list("abcdefghij")[: len(matrix)]
    return pd.DataFrame(matrix, index=names, columns=names, dtype=float)


LEADER = table([[1, 4, 3, 7], [1 / 4, 1, 1 / 3, 3], [1 / 3, 3, 1, 5], [1 / 7, 1 / 3, 1 / 5, 1]])
CONTRADICTORY = table([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])
weights_lists = st.lists(st.floats(0.05, 1), min_size=2, max_size=7)
seeds = st.integers(0, 2**32 - 1)


def random_comparisons(seed, n):
    rng = np.random.default_rng(seed)
    matrix = np.ones((n, n))
    upper = np.triu_indices(n, 1)
    matrix[upper] = rng.choice([1 / 9, 1 / 5, 1 / 3, 1, 3, 5, 9], len(upper[0]))
    matrix.T[upper] = 1 / matrix[upper]
    return table(matrix)


def test_criteria_of_choose_a_leader():
    # The worked example "choosing a leader" of the analytic hierarchy process, as published
    # in the encyclopaedia article on it: experience, education, charisma, age.
    assert ahp_weights(LEADER).round(3).tolist() == [0.548, 0.127, 0.27, 0.056]
    assert consistency(LEADER).ratio == pytest.approx(0.0439, abs=1e-4)


def test_candidates_of_choose_a_leader():
    # The same: Tom, Dick and Harry end at 0.358, 0.493 and 0.149.
    candidates = [
        ahp_weights(table(matrix))
        for matrix in (
            [[1, 1 / 4, 4], [4, 1, 9], [1 / 4, 1 / 9, 1]],
            [[1, 3, 1 / 5], [1 / 3, 1, 1 / 7], [5, 7, 1]],
            [[1, 5, 9], [1 / 5, 1, 4], [1 / 9, 1 / 4, 1]],
            [[1, 1 / 3, 5], [3, 1, 9], [1 / 5, 1 / 9, 1]],
        )
    ]
    total = np.column_stack(candidates) @ ahp_weights(LEADER).to_numpy()
    assert total == pytest.approx([0.358, 0.493, 0.149], abs=6e-4)


def test_three_criteria_by_another_calculation():
    # Computed apart from this package (numpy): w, lambda, CI and CR with Saaty's 0.58.
    three = table([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    found = consistency(three)
    assert ahp_weights(three).round(4).tolist() == [0.6370, 0.2583, 0.1047]
    assert found.largest_eigenvalue == pytest.approx(3.0385, abs=1e-4)
    assert (round(found.index, 4), round(found.ratio, 3)) == (0.0193, 0.033)
    assert found.is_acceptable


def test_random_indices_are_near_those_of_random_answers():
    # Mean consistency index of 2,000 random tables; Saaty's are means of 500 and fewer.
    rng = np.random.default_rng(1)
    steps = np.array([*(1 / np.arange(9, 1, -1)), *range(1, 10)])
    for n in range(3, 11):
        matrices = np.ones((2000, n, n))
        rows, columns = np.triu_indices(n, 1)
        matrices[:, rows, columns] = rng.choice(steps, (2000, len(rows)))
        matrices[:, columns, rows] = 1 / matrices[:, rows, columns]
        largest = np.linalg.eigvals(matrices).real.max(axis=1)
        simulated = ((largest - n) / (n - 1)).mean()
        assert RANDOM_INDEX[n - 1] == pytest.approx(simulated, rel=0.13)


def test_equal_criteria_have_equal_weights():
    assert ahp_weights(table(np.ones((5, 5)))).tolist() == pytest.approx([0.2] * 5)


def test_one_criterion_has_all_the_weight():
    assert ahp_weights(table([[1]])).tolist() == [1]
    assert consistency(table([[1]])).ratio == 0


def test_two_criteria_cannot_contradict():
    assert consistency(table([[1, 9], [1 / 9, 1]])).ratio == 0


def test_circle_of_preferences_is_not_acceptable():
    assert consistency(CONTRADICTORY).ratio > ACCEPTABLE_RATIO
    assert not consistency(CONTRADICTORY).is_acceptable


@given(weights_lists)
def test_answers_that_are_ratios_of_weights_give_these_weights(given_weights):
    weights = np.array(given_weights) / sum(given_weights)
    matrix = table(weights[:, np.newaxis] / weights)
    assert ahp_weights(matrix).to_numpy() == pytest.approx(weights)
    assert consistency(matrix).ratio == pytest.approx(0, abs=1e-9)


@given(seeds, st.integers(2, 8))
def test_weights_are_positive_and_sum_to_one(seed, n):
    weights = ahp_weights(random_comparisons(seed, n))
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(1)
    assert consistency(random_comparisons(seed, n)).ratio >= 0


@given(seeds, st.permutations(range(5)))
def test_order_of_criteria_does_not_matter(seed, order):
    matrix = random_comparisons(seed, 5)
    turned = matrix.iloc[list(order), list(order)]
    pd.testing.assert_series_equal(ahp_weights(turned).sort_index(), ahp_weights(matrix))
    assert consistency(turned).ratio == pytest.approx(consistency(matrix).ratio, abs=1e-9)


def test_comparisons_that_are_not_reciprocal_are_refused():
    with pytest.raises(InputError, match="must be reciprocal"):
        ahp_weights(table([[1, 3], [3, 1]]))
    with pytest.raises(InputError, match="must be reciprocal"):
        consistency(table([[1, 3], [3, 1]]))


def test_comparisons_are_not_modified():
    before = LEADER.copy()
    ahp_weights(LEADER)
    consistency(LEADER)
    pd.testing.assert_frame_equal(LEADER, before)


def test_weights_come_from_the_same_answers_as_the_table():
    answers = {("a", "b"): 4, ("a", "c"): 3, ("a", "d"): 7, ("b", "c"): 1 / 3, ("b", "d"): 3,
               ("c", "d"): 5}  # fmt: skip
    pd.testing.assert_frame_equal(comparison_matrix("abcd", answers), LEADER)
