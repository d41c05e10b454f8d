import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kamtools.plots.line_names import spread

ENDS = st.lists(st.floats(0, 1), min_size=1, max_size=10)


@given(ENDS)
def test_names_keep_their_distance_their_order_and_the_picture(ends):
    wanted = np.array(ends)
    placed = spread(wanted, 0.1)
    assert (np.diff(np.sort(placed)) >= 0.1 - 1e-9).all()
    assert placed.min() >= 0
    assert placed.max() <= 1 + 1e-9
    for one in range(len(wanted)):
        assert (placed[wanted > wanted[one]] > placed[one]).all()


def test_names_with_room_stay_where_they_are():
    np.testing.assert_allclose(spread(np.array([0.9, 0.1, 0.5]), 0.1), [0.9, 0.1, 0.5])


def test_names_at_the_top_are_pushed_down():
    np.testing.assert_allclose(spread(np.array([1.0, 1.0]), 0.2), [0.8, 1.0])


def test_ends_stay_as_they_were():
    wanted = np.array([0.5, 0.5])
    spread(wanted, 0.2)
    assert wanted.tolist() == [0.5, 0.5]
