import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.radar import draw_ring, draw_web, radar_axes, radar_points


@pytest.fixture
def points():
    labels = ["First", "Second", "Third", "A label that is longer than two lines can hold"]
    return radar_points(pd.DataFrame({"label": labels, "score": [1.0, 3.0, 5.0, np.nan]}))


def test_long_label_takes_two_lines_and_the_score_the_third(points):
    assert len(points["text"].iloc[3].splitlines()) == 3


def test_target_may_differ_from_spoke_to_spoke(points):
    ax = radar_axes(None)
    draw_web(ax, points, target=pd.Series([3.0, 4.0, 3.0, 2.0]))
    rings = [line.get_ydata().tolist() for line in ax.lines]
    assert [3.0, 4.0, 3.0, 2.0, 3.0] in rings


def test_ring_is_closed_and_not_tinted_where_a_level_is_missing(points):
    ax = radar_axes(None)
    draw_ring(ax, points["angle"], points["score"], color="blue", fill=True)
    assert ax.lines[0].get_ydata()[0] == ax.lines[0].get_ydata()[-1]
    assert not ax.patches


def test_axes_of_another_kind_are_refused():
    with pytest.raises(InputError, match="polar axes; got rectilinear"):
        radar_axes(plt.subplot())


def test_points_given_to_the_radar_are_not_changed(points):
    before = points.copy()
    ax = radar_axes(None)
    draw_web(ax, points, target=4)
    draw_ring(ax, points["angle"], points["score"], color="blue")
    pd.testing.assert_frame_equal(points, before)


def test_a_new_radar_lets_a_notebook_turn_drawing_on_before_our_look_is_in_force(monkeypatch):
    sizes = []
    monkeypatch.setattr(plt, "draw_if_interactive", lambda: sizes.append(plt.rcParams["font.size"]))
    with plt.rc_context({"font.size": 5.0}):
        radar_axes(None)
    assert sizes[0] == 5.0
