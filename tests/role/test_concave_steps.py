import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.role.concave_steps import concave_gains, sum_of_taken, take_best
from kamtools.role.response_curves import response

EFFORT = np.linspace(0, 3, 31)


def curve(minimum, maximum, d):
    return response(EFFORT, minimum=minimum, maximum=maximum, c=(maximum - 1) / (1 - minimum), d=d)[
        None, :
    ]


SHAPES = st.tuples(st.floats(0, 0.95), st.floats(1.05, 4), st.floats(0.2, 6))


def test_tangent_of_a_curve_worked_by_hand():
    gains, tangent = concave_gains(np.array([[0.0, 1.0, 6.0, 7.0]]))
    assert gains.tolist() == [[3, 3, 1]]
    assert tangent.tolist() == [2]


def test_curve_that_is_concave_is_its_own():
    margins = np.array([[0.0, 5.0, 8.0, 9.0]])
    gains, tangent = concave_gains(margins)
    assert gains.tolist() == np.diff(margins).tolist()
    assert tangent.tolist() == [1]


@settings(deadline=None)
@given(SHAPES)
def test_concave_curve_lies_on_or_above_the_true_one_and_touches_it(shape):
    margins = curve(*shape)
    gains, tangent = concave_gains(margins)
    above = margins[0, 0] + np.append(0, gains.cumsum())
    assert (above >= margins[0] - 1e-9).all()
    np.testing.assert_allclose(above[tangent[0] :], margins[0, tangent[0] :])


@settings(deadline=None)
@given(SHAPES)
def test_gains_never_rise(shape):
    gains, _ = concave_gains(curve(*shape))
    assert (np.diff(gains) <= 0).all()


def test_steps_beyond_the_most_of_an_account_cannot_be_taken():
    margins = np.array([[0.0, 5.0, -np.inf], [0.0, 1.0, 2.0], [3.0, -np.inf, -np.inf]])
    gains, tangent = concave_gains(margins)
    taken = take_best(gains, 9)
    assert taken.tolist() == [1, 2, 0]
    assert tangent[2] == 0
    assert sum_of_taken(gains, taken) == 7


def test_account_without_a_step_has_none():
    gains, tangent = concave_gains(np.array([[4.0]]))
    assert gains.shape == (1, 0)
    assert take_best(gains, 3).tolist() == [0]
    assert tangent.tolist() == [0]


def test_step_that_loses_is_never_taken():
    assert take_best(np.array([[2.0, -1.0], [0.0, 0.0]]), 4).tolist() == [1, 0]


def test_curves_given_are_not_changed():
    margins = curve(0.5, 1.4, 2.5)
    before = margins.copy()
    take_best(concave_gains(margins)[0], 5)
    np.testing.assert_array_equal(margins, before)
