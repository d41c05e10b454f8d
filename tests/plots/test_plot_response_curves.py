import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.plots.response_curves import curve_points, plot_response_curves
from kamtools.plots.style import figure_of
from kamtools.role.allocation import allocate_hours

NO_NAMES = pd.Series(dtype=str)
CURVES = pd.DataFrame(
    {"margin": [1e5, 3e5, 5e4], "hours": [100.0, 200.0, 50.0], "minimum": 0.5, "maximum": 1.4,
     "c": 0.8, "d": 2.5}, index=["a", "b", "c"],
)  # fmt: skip


@pytest.fixture
def chosen():
    return allocate_hours(CURVES, total_hours=400).by_account


def circles(ax, is_open):
    drawn = [line for line in ax.lines if line.get_marker() == "o"]
    of_face = [line for line in drawn if (line.get_markerfacecolor() == "white") == is_open]
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in of_face]


def test_curve_drawn_has_the_check_values(chosen):
    # methods.md B2: S(0) = .5, S(1) = 1 and S(1.5) = 1.198 of today's margin.
    points = curve_points(CURVES, chosen)["a"]
    assert np.interp([0, 100, 150], points.index, points) == pytest.approx(
        [5e4, 1e5, 1.198e5], rel=1e-3
    )


@settings(deadline=None, max_examples=20)
@given(st.floats(1, 500), st.floats(1, 500))
def test_curves_reach_a_quarter_beyond_all_hours(today, hours):
    row = pd.DataFrame({"today_hours": [today], "hours": [hours], "margin": [0.0]}, index=["a"])
    grid = curve_points(CURVES, row).index
    assert grid[0] == 0
    assert grid[-1] == pytest.approx(1.25 * max(today, hours))


def test_full_circles_stand_on_the_chosen_hours_and_open_ones_on_todays(chosen):
    ax = plot_response_curves(CURVES, chosen, names=NO_NAMES)
    assert circles(ax, is_open=False) == list(zip(chosen["hours"], chosen["margin"], strict=True))
    today = list(zip(chosen["today_hours"], chosen["today_margin"], strict=True))
    np.testing.assert_allclose(circles(ax, is_open=True), today)


def test_legend_names_accounts_and_circles(chosen):
    ax = plot_response_curves(CURVES, chosen, names=pd.Series({"a": "浩瀚食品"}), currency="EUR")
    said = [text.get_text() for text in ax.get_legend().get_texts()]
    assert said == ["浩瀚食品", "b", "c", "hours today", "hours chosen"]
    assert ax.get_ylabel() == "Expected margin a year, EUR"


@pytest.mark.parametrize(
    ("hours", "title"),
    [
        ([150, 200, 40], "Of 3 accounts, 1 gets more and 1 gets fewer hours than today"),
        ([150, 250, 50], "Of 3 accounts, 2 get more hours than today"),
        ([100, 200, 50], "Every account keeps today's hours"),
    ],
)
def test_title_counts_who_gets_more(chosen, hours, title):
    ax = plot_response_curves(CURVES, chosen.assign(hours=hours), names=NO_NAMES)
    assert figure_of(ax).get_suptitle() == title


def test_one_account_is_told_in_the_singular(chosen):
    ax = plot_response_curves(CURVES, chosen.iloc[:1].assign(hours=150.0), names=NO_NAMES)
    assert figure_of(ax).get_suptitle() == "The account should get more hours than today"


def test_all_texts_are_inside_the_figure(chosen):
    names = pd.Series("A very long name of an account that goes on and on", index=CURVES.index)
    figure = figure_of(plot_response_curves(CURVES, chosen, names=names, currency="EUR"))
    figure.canvas.draw()
    tight = figure.get_tightbbox()
    assert tight.x0 >= 0
    assert tight.y0 >= 0
    assert tight.x1 <= figure.get_figwidth()


def test_too_many_accounts_and_one_without_a_curve_are_refused(chosen):
    many = pd.concat([chosen] * 3)
    with pytest.raises(InputError, match="1 to 6 accounts that have a curve; got 9"):
        plot_response_curves(CURVES, many, names=NO_NAMES)
    with pytest.raises(InputError, match="that have a curve; got 3"):
        plot_response_curves(CURVES.iloc[:2], chosen, names=NO_NAMES)
    with pytest.raises(InputError, match="hours chosen have at least one account"):
        plot_response_curves(CURVES, chosen.iloc[:0], names=NO_NAMES)


def test_tables_given_are_not_changed(chosen):
    before = CURVES.copy(deep=True), chosen.copy(deep=True)
    plot_response_curves(CURVES, chosen, names=NO_NAMES)
    pd.testing.assert_frame_equal(CURVES, before[0])
    pd.testing.assert_frame_equal(chosen, before[1])
