import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.competence import competence_points, plot_competences
from kamtools.plots.style import figure_of
from kamtools.role.competence import competence_levels
from kamtools.role.competence_profile import NAMES


@pytest.fixture
def levels():
    rows = [
        (person, name, who, float(1 + (3 * place + shift) % 5))
        for shift, (person, who) in enumerate(
            [("M1", "self"), ("M1", "manager"), ("M2", "self"), ("M2", "manager")]
        )
        for place, name in enumerate(NAMES)
    ]
    table = pd.DataFrame(rows, columns=["manager_id", "competence", "assessor", "level"])
    return competence_levels(table)


def test_each_competence_of_the_role_has_a_spoke(levels):
    points = competence_points(levels, manager_id="M1")
    assert points.index.tolist() == list(NAMES)
    assert points["label"].iloc[3] == "Account planning"


def test_both_judgements_of_a_person_are_drawn(levels):
    ax = plot_competences(levels, manager_id="M1")
    own, theirs = (line.get_ydata()[:-1] for line in ax.lines[-2:])
    points = competence_points(levels, manager_id="M1")
    assert own.tolist() == points["self"].tolist()
    assert theirs.tolist() == points["manager"].tolist()


def test_the_team_is_one_ring_of_medians(levels):
    ax = plot_competences(levels)
    ring = ax.lines[-1].get_ydata()[:-1]
    medians = levels.groupby("competence")["level"].median().reindex(list(NAMES))
    assert ring.tolist() == medians.tolist()


def test_competence_that_is_not_judged_has_no_corner(levels):
    some = levels[levels["competence"] != "priorities"]
    ring = plot_competences(some).lines[-1].get_ydata()
    assert np.isnan(ring).sum() == 1


def test_title_counts_what_is_below(levels):
    points = competence_points(levels, manager_id="M2")
    title = figure_of(plot_competences(levels, manager_id="M2", name="林知秋")).get_suptitle()
    n = int(points["is_below"].sum())
    assert title == f"林知秋: {n} of 14 judged are below what the role asks for"


def test_title_says_when_nothing_is_judged(levels):
    title = figure_of(plot_competences(levels.iloc[:0])).get_suptitle()
    assert title == "The team: nothing that the role asks for is judged"


def test_words_of_the_radar_stay_inside_the_figure_and_apart(levels):
    figure = figure_of(plot_competences(levels, manager_id="M1", name="A name of some length"))
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts if "\n" in text.get_text()]
    assert len(boxes) == 14
    for place, box in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])


def test_person_who_is_not_judged_is_refused(levels):
    with pytest.raises(InputError, match="no competence of M9 is judged; judged are: M1, M2"):
        plot_competences(levels, manager_id="M9")


def test_axes_that_are_not_polar_are_refused_for_competences(levels):
    with pytest.raises(InputError, match="polar axes"):
        plot_competences(levels, ax=plt.subplot())


def test_levels_given_to_the_radar_are_not_changed(levels):
    before = levels.copy()
    plot_competences(levels, manager_id="M1")
    pd.testing.assert_frame_equal(levels, before)
