import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.plots.ladder import ladder_points, plot_ladder
from kamtools.plots.style import figure_of

CORRIDOR = (-0.15, 0.15)


def made(steps):
    rows = [
        {"step": step, "probability": 0.5, "power_imbalance": i, "power_imbalance_low": i - 0.1,
         "power_imbalance_high": i + 0.1, "mutual_dependence": j,
         "mutual_dependence_low": j - 0.1, "mutual_dependence_high": j + 0.1}
        for step, i, j in steps
    ]  # fmt: skip
    return pd.DataFrame(rows)


# methods 0.4
WORKED = [
    ("Today", 0.345, 0.705),
    ("Notice and briefing", 0.184, 0.866),
    ("第二客户", -0.066, 0.616),
]


def test_points_are_the_ladders_own_numbers():
    points = ladder_points(made(WORKED))
    imbalance = points[points["quantity"] == "power_imbalance"]
    assert imbalance["value"].tolist() == [0.345, 0.184, -0.066]
    assert imbalance["step"].tolist() == ["Today", "Notice and briefing", "第二客户"]


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.just("x"), st.floats(-1, 1), st.floats(0, 2)), min_size=1, max_size=9))
def test_each_step_has_two_points_within_their_ranges(steps):
    points = ladder_points(made(steps))
    assert len(points) == 2 * len(steps)
    assert ((points["low"] <= points["value"]) & (points["value"] <= points["high"])).all()
    assert points["y"].is_monotonic_increasing


def test_title_says_where_the_imbalance_ends_and_what_became_of_the_tie():
    ax = plot_ladder(made(WORKED), corridor=CORRIDOR)
    assert figure_of(ax).get_suptitle() == (
        "The imbalance ends at −0.07, inside the corridor; the tie is looser"
    )
    ax = plot_ladder(made(WORKED[:2]), corridor=CORRIDOR)
    assert figure_of(ax).get_suptitle() == (
        "The imbalance ends at +0.18, outside the corridor; the tie is closer"
    )


def test_first_step_stands_at_the_top_under_its_name():
    ax = plot_ladder(made(WORKED), corridor=CORRIDOR)
    assert ax.get_yticklabels()[0].get_text() == "Today"
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_long_and_chinese_steps_stay_inside_the_figure():
    steps = [
        ("与培辉集团共同开发城市超市专供产品系列，包括联合品牌与陈列", 0.3, 0.7),
        ("Act together with other suppliers through the association of the trade", 0.1, 0.7),
    ]
    ax = plot_ladder(made(steps), corridor=CORRIDOR)
    figure = figure_of(ax)
    figure.draw_without_rendering()
    for label in ax.get_yticklabels():
        assert label.get_window_extent().x0 >= 0


def test_too_many_steps_and_missing_columns_are_refused():
    with pytest.raises(InputError, match="up to 10 steps; got 11"):
        ladder_points(made([("x", 0.1, 0.5)] * 11))
    with pytest.raises(InputError, match="ladders have at least one account and the columns"):
        plot_ladder(made(WORKED).drop(columns="probability"), corridor=CORRIDOR)


def test_ladder_is_not_modified():
    ladder = made(WORKED)
    plot_ladder(ladder, corridor=CORRIDOR)
    pd.testing.assert_frame_equal(ladder, made(WORKED))
