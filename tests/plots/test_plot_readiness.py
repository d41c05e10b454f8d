import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.readiness import plot_gaps, plot_readiness, radar_points
from kamtools.plots.style import figure_of


@pytest.fixture
def scores():
    labels = ["Choosing key accounts", "People and role", "Knowledge", "Offer", "Leadership"]
    return pd.DataFrame({"label": labels, "score": [2.0, 3.0, 4.0, np.nan, 4.5]}, index=labels)


@pytest.fixture
def gaps():
    return pd.DataFrame(
        {
            "says": [f"A statement of some length about thing {n}" for n in range(14)],
            "level": np.linspace(1, 3.5, 14),
            "priority": np.linspace(9, 1, 14),
        }
    )


def test_dimensions_stand_around_the_circle_from_the_top(scores):
    points = radar_points(scores)
    assert points["angle"].iloc[0] == 0
    assert np.allclose(np.diff(points["angle"]), 2 * np.pi / 5)


def test_dimension_that_is_not_known_says_so_and_has_no_corner(scores):
    assert radar_points(scores)["text"].iloc[3] == "Offer\nnot known"
    line = plot_readiness(scores).lines[-1]
    assert np.isnan(line.get_ydata()).sum() == 1


def test_title_counts_the_dimensions_at_the_target(scores):
    assert figure_of(plot_readiness(scores)).get_suptitle() == "2 of 5 dimensions reach level 4"
    title = figure_of(plot_readiness(scores, target=5)).get_suptitle()
    assert title == "None of 5 dimensions reaches level 5"


def test_radar_without_any_answer_says_so(scores):
    nothing = scores.assign(score=np.nan)
    assert figure_of(plot_readiness(nothing)).get_suptitle() == "No statement has a level yet"


def test_labels_of_the_radar_stay_inside_the_figure(scores):
    figure = figure_of(plot_readiness(scores.assign(score=np.nan)))
    figure.canvas.draw()
    frame = figure.bbox
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert frame.x0 <= box.x0
        assert box.x1 <= frame.x1
        assert frame.y0 <= box.y0
        assert box.y1 <= frame.y1


def test_radar_is_drawn_on_polar_axes_that_are_given(scores):
    ax = plt.subplot(projection="polar")
    assert plot_readiness(scores, ax=ax) is ax


def test_axes_that_are_not_polar_are_refused(scores):
    with pytest.raises(InputError, match="a radar needs polar axes; got rectilinear"):
        plot_readiness(scores, ax=plt.subplot())


def test_radar_of_two_dimensions_is_refused(scores):
    with pytest.raises(InputError, match="at least three dimensions; got 2"):
        radar_points(scores.iloc[:2])


def test_gaps_that_are_not_drawn_are_counted(gaps):
    ax = plot_gaps(gaps)
    assert len(ax.get_yticklabels()) == 10
    title = figure_of(ax).get_suptitle()
    assert title == "14 gaps; close the first 3 now (4 further ones not shown)"


def test_first_gaps_stand_out(gaps):
    lines = plot_gaps(gaps).lines
    colours = [line.get_color() for line in lines if len(line.get_xdata()) == 1]
    assert len(set(colours[:3])) == 1
    assert colours[3] != colours[2]


def test_figure_without_gaps_says_so(gaps):
    title = figure_of(plot_gaps(gaps.iloc[:0])).get_suptitle()
    assert title == "No statement has a level yet, or none is below the target"


def test_tables_given_to_the_figures_are_not_changed(scores, gaps):
    before = scores.copy(), gaps.copy()
    plot_readiness(scores)
    plot_gaps(gaps)
    pd.testing.assert_frame_equal(scores, before[0])
    pd.testing.assert_frame_equal(gaps, before[1])
