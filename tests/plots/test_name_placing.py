import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kamtools.plots.placing import Places, place_boxes

FRAME = (0.0, 0.0, 600.0, 400.0)


def touching(boxes):
    """Return whether any two boxes overlap."""
    one, two = boxes[:, None], boxes[None]
    apart = (one[..., 2:] <= two[..., :2]).any(axis=-1) | (two[..., 2:] <= one[..., :2]).any(
        axis=-1
    )
    np.fill_diagonal(apart, True)
    return not apart.all()


def crowds(most=25):
    counts = st.integers(1, most)
    return counts.flatmap(
        lambda count: st.tuples(
            arrays(float, (count, 2), elements=st.floats(0, 400)),
            arrays(float, (count, 2), elements=st.floats(4, 150)),
        )
    )


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_no_two_names_touch_and_none_leaves_the_frame(crowd):
    middles, sizes = crowd
    points = np.column_stack([middles, np.full(len(middles), 5.0)])
    places = place_boxes(points, sizes, frame=FRAME)
    boxes = places.boxes[places.found]
    assert not touching(boxes)
    assert (boxes[:, :2] >= 0).all()
    assert (boxes[:, 2] <= 600).all()
    assert (boxes[:, 3] <= 400).all()


@settings(max_examples=40, deadline=None)
@given(crowds(10))
def test_no_line_runs_over_a_name(crowd):
    middles, sizes = crowd
    points = np.column_stack([middles, np.full(len(middles), 5.0)])
    places = place_boxes(points, sizes, frame=FRAME)
    lines = places.lines[~np.isnan(places.lines[:, 0])]
    steps = np.linspace(0, 1, 200)[:, None, None]
    along = lines[None, :, :2] + steps * (lines[None, :, 2:] - lines[None, :, :2])
    x, y = along.reshape(-1, 2).T
    left, bottom, right, top = places.boxes[places.found].T[..., None]
    inside = (left + 1 < x) & (x < right - 1) & (bottom + 1 < y) & (y < top - 1)
    assert not inside.any()


@settings(max_examples=25, deadline=None)
@given(crowds(8))
def test_the_same_names_always_get_the_same_places(crowd):
    middles, sizes = crowd
    points = np.column_stack([middles, np.full(len(middles), 5.0)])
    first, again = (place_boxes(points, sizes, frame=FRAME).boxes for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_lonely_name_stands_right_of_its_point():
    places = place_boxes(np.array([[50.0, 50, 4]]), np.array([[40.0, 10]]), frame=FRAME)
    np.testing.assert_allclose(places.boxes, [[57, 45, 97, 55]])
    assert np.isnan(places.lines).all()


def test_name_at_the_right_edge_stands_left_of_its_point():
    places = place_boxes(np.array([[590.0, 50, 4]]), np.array([[40.0, 10]]), frame=FRAME)
    assert places.boxes[0, 2] == pytest.approx(583)


def test_name_larger_than_the_frame_has_no_place():
    places = place_boxes(np.array([[300.0, 200, 4]]), np.array([[700.0, 10]]), frame=FRAME)
    assert places.found.tolist() == [False]


def test_number_stands_inside_a_circle_that_is_large_enough():
    large, small = np.array([[300.0, 200, 30]]), np.array([[300.0, 200, 4]])
    size = np.array([[14.0, 12]])
    inside = place_boxes(large, size, frame=FRAME, inside=True).boxes
    np.testing.assert_allclose(inside, [[293, 194, 307, 206]])
    assert place_boxes(small, size, frame=FRAME, inside=True).boxes[0, 0] > 304


def test_places_given_before_stay_free():
    taken = Places(np.array([[57.0, 40, 200, 60]]), np.full((1, 4), np.nan))
    places = place_boxes(
        np.array([[50.0, 50, 4]]), np.array([[40.0, 10]]), frame=FRAME, taken=taken
    )
    assert places.boxes[0, 2] < 50


def test_name_rather_covers_no_other_point():
    others = np.array([[75.0, 50, 5]])
    places = place_boxes(
        np.array([[50.0, 50, 4]]), np.array([[40.0, 10]]), frame=FRAME, others=others
    )
    assert places.boxes[0, 0] > 80 or places.boxes[0, 2] < 70


def test_place_that_costs_too_much_is_not_taken():
    points = np.array([[300.0, 200, 4], [340, 200, 40], [260, 200, 40], [300, 240, 40],
                       [300, 160, 40]])  # fmt: skip
    sizes = np.full((5, 2), 20.0)
    assert not place_boxes(points, sizes, frame=FRAME, dearest=20.0).found[0]


def test_lines_may_cross_as_the_last_resort_but_names_never_touch():
    fence = Places(
        np.array([[200.0, 100, 400, 110], [200, 290, 400, 300]]),
        np.array([[270.0, 110, 270, 290], [330, 110, 330, 290]]),
    )
    point, size = np.array([[300.0, 200, 20]]), np.array([[60.0, 12]])
    assert not place_boxes(point, size, frame=FRAME, taken=fence).found[0]
    places = place_boxes(point, size, frame=FRAME, taken=fence, crossing=True)
    assert places.found[0]
    assert not touching(np.vstack([places.boxes, fence.boxes]))


def test_points_and_sizes_given_are_not_changed():
    points, sizes = np.array([[50.0, 50, 4]] * 3), np.array([[40.0, 10]] * 3)
    before = points.copy(), sizes.copy()
    place_boxes(points, sizes, frame=FRAME)
    np.testing.assert_array_equal(points, before[0])
    np.testing.assert_array_equal(sizes, before[1])
