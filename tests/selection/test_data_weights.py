import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.data_weights import critic_weights, entropy_weights

both = pytest.mark.parametrize("method", [entropy_weights, critic_weights])
tables = st.integers(2, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(1, 50), min_size=n, max_size=n), min_size=3, max_size=10
    )
)


def problem(matrix):
    values = pd.DataFrame(matrix, dtype=float).rename(columns="c{}".format)
    return values, pd.Series("max", index=values.columns)


def told_apart(values):
    return values.nunique().gt(1).all() and not values.corr().round(9).eq(1).all(axis=None)


def test_entropy_weights_of_xu():
    # Xu (2004), EJOR 156(2), 530-532: the fourth criterion is all but the same for all.
    values, objectives = problem([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9],
                                  [68, 70, 60, 29]])  # fmt: skip
    weights = entropy_weights(values, objectives, normalisation="sum")
    assert weights.round(4).tolist() == [0.4630, 0.3992, 0.1378, 0.0000]


def test_critic_weights_of_diakoulaki_mavrotas_and_papayannakis():
    # Diakoulaki et al. (1995), Computers & OR 22(7), 763-770: eight industrial firms.
    values, objectives = problem(
        [[61.0, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9.0, 3.29, 1.65],
         [5.4, 2.77, 2.33], [4.0, 4.12, 1.21], [-6.1, 3.52, 2.1], [-34.6, 3.31, 0.98]]
    )  # fmt: skip
    weights = critic_weights(values, objectives)
    assert weights.tolist() == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-8)


@both
def test_criterion_in_which_all_are_alike_has_no_weight(method):
    weights = method(*problem([[1, 5, 3], [2, 5, 1], [9, 5, 2]]))
    assert weights["c1"] == 0
    assert weights.sum() == pytest.approx(1)


@both
def test_such_a_criterion_leaves_the_other_weights_as_they_are(method):
    with_it = method(*problem([[1, 5, 3], [2, 5, 1], [9, 5, 2]]))
    without = method(*problem([[1, 3], [2, 1], [9, 2]]))
    assert with_it[["c0", "c2"]].tolist() == pytest.approx(without.tolist())


def test_one_account_that_sticks_out_gets_the_entropy_weight():
    values, objectives = problem([[1, 1], [1, 2], [1, 3], [97, 4]])
    weights = entropy_weights(values, objectives, normalisation="sum")
    assert weights["c0"] > 0.9


def test_criteria_that_say_the_same_share_their_critic_weight():
    weights = critic_weights(*problem([[1, 1, 3], [2, 2, 1], [3, 3, 2]]))
    assert weights.tolist() == pytest.approx([0.25, 0.25, 0.5])


@both
def test_value_that_is_not_known_does_not_count(method):
    with_gap = method(*problem([[1, 3], [2, 1], [9, 2], [np.nan, 2]]))
    assert with_gap.sum() == pytest.approx(1)
    assert (with_gap > 0).all()


@both
@given(matrix=tables, unit=st.floats(0.01, 100))
def test_weights_ignore_the_unit_of_a_criterion(method, matrix, unit):
    values, objectives = problem(matrix)
    assume(told_apart(values))
    scaled = values.assign(c0=values["c0"] * unit)
    pd.testing.assert_series_equal(
        method(scaled, objectives), method(values, objectives), atol=1e-8
    )


@both
@given(matrix=tables, random=st.randoms())
def test_weights_ignore_the_order_of_accounts(method, matrix, random):
    values, objectives = problem(matrix)
    assume(told_apart(values))
    order = list(values.index)
    random.shuffle(order)
    weights = method(values.loc[order], objectives)
    pd.testing.assert_series_equal(weights, method(values, objectives), atol=1e-9)
    assert weights.between(0, 1).all()
    assert weights.sum() == pytest.approx(1)


@both
def test_accounts_that_are_all_alike_are_refused(method):
    with pytest.raises(InputError, match="the numbers suggest no weights"):
        method(*problem([[1, 2], [1, 2]]))


@both
def test_criterion_known_for_one_account_is_refused(method):
    with pytest.raises(InputError, match="c1 is known for one account only"):
        method(*problem([[1, 2], [3, np.nan]]))


def test_entropy_as_published_of_negative_values_is_refused():
    values, objectives = problem([[-1, 2], [3, 4]])
    with pytest.raises(InputError, match="needs positive values; c0 has -1"):
        entropy_weights(values, objectives, normalisation="sum")


@both
def test_values_are_not_modified(method):
    values, objectives = problem([[1, 3], [2, 1], [9, np.nan]])
    before = values.copy()
    method(values, objectives)
    pd.testing.assert_frame_equal(values, before)
