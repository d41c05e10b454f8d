import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.plots.style import (
    DPI,
    TEXT_POINTS,
    WIDTH_INCHES,
    figure_of,
    money_axis,
    percent_axis,
    rc,
    short_money,
    styled_axes,
    use_style,
    write_title,
)


def test_letters_are_eight_pixels_high_when_a_figure_is_shown_400_pixels_wide():
    pixels = TEXT_POINTS / 72 * DPI * 400 / (WIDTH_INCHES * DPI)
    assert pixels >= 8


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0"), (-0.01, "0"), (999, "999"), (1500, "1.5k"), (99_960, "100k"), (2e6, "2M"),
     (-1_234_567, "-1.2M"), (3.14e9, "3.1bn")],
)  # fmt: skip
def test_money_is_short(amount, text):
    assert short_money(amount) == text


@given(st.floats(-1e12, 1e12))
def test_money_takes_few_characters(amount):
    assert len(short_money(amount)) <= 8


def test_ticks_of_a_money_axis_are_money():
    with styled_axes(None) as ax:
        ax.set_xlim(0, 3e6)
        money_axis(ax.xaxis)
    figure_of(ax).draw_without_rendering()
    assert "1M" in [label.get_text() for label in ax.get_xticklabels()]


def test_ticks_of_a_logarithmic_money_axis_are_round():
    with styled_axes(None) as ax:
        ax.set_xscale("log")
        ax.set_xlim(900, 2e5)
        money_axis(ax.xaxis)
    figure_of(ax).draw_without_rendering()
    shown = [label.get_text() for label in ax.get_xticklabels()]
    assert {"1k", "3k", "10k", "100k"} <= set(shown)


def test_ticks_of_a_percent_axis_are_whole():
    with styled_axes(None) as ax:
        ax.set_ylim(0, 1)
        percent_axis(ax.yaxis)
    figure_of(ax).draw_without_rendering()
    assert "20 %" in [label.get_text() for label in ax.get_yticklabels()]


def test_a_figure_leaves_the_settings_of_others_alone():
    before = mpl.rcParams["font.size"]
    with styled_axes(None):
        pass
    assert mpl.rcParams["font.size"] == before


def test_ticks_made_after_the_look_is_over_have_its_size():
    with styled_axes(None) as ax:
        pass
    ax.set_xlim(0, 1000)
    figure_of(ax).draw_without_rendering()
    assert {label.get_fontsize() for label in ax.get_xticklabels()} == {TEXT_POINTS}


def test_use_style_dresses_figures_drawn_without_this_package():
    with mpl.rc_context():
        use_style()
        assert mpl.rcParams["font.family"] == rc()["font.family"]


def test_title_is_not_read_as_a_formula():
    with styled_axes(None) as ax:
        write_title(ax, "$5 is not $x_")
    figure_of(ax).canvas.draw()


def test_title_stands_over_its_axes_where_there_are_several():
    _, (left, right) = plt.subplots(1, 2)
    write_title(right, "Right")
    assert (left.get_title(loc="left"), right.get_title(loc="left")) in [("", "Right"), ("", "")]
    assert figure_of(right).get_suptitle() == ""
