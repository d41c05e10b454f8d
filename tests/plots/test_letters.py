import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex, to_rgb

from kamtools.plots import style
from kamtools.plots.contrast import LEAST_CONTRAST, contrast, letters, letters_on
from kamtools.plots.line_names import write_line_names

COLOURS = st.tuples(*[st.floats(0.0, 1.0)] * 3).map(to_hex)
PALETTE = (*style.SERIES, style.GREY, style.INK)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ff0000", "#ffffff", 3.998),  # https://webaim.org/resources/contrastchecker
        ("#0000ff", "#ffffff", 8.592),
        ("#767676", "#ffffff", 4.542),
    ],
)
def test_contrast_is_that_of_published_pairs(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.002)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_within_its_range(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0


@given(COLOURS)
def test_letters_of_any_colour_can_be_read_on_white(colour):
    assert contrast(letters(colour), "white") >= LEAST_CONTRAST


@given(COLOURS)
def test_letters_on_any_area_can_be_read(colour):
    assert contrast(letters_on(colour), colour) >= LEAST_CONTRAST


@pytest.mark.parametrize("colour", style.SERIES)
def test_letters_keep_their_hue(colour):
    hue = colorsys.rgb_to_hsv(*to_rgb(colour))[0]
    assert colorsys.rgb_to_hsv(*to_rgb(letters(colour)))[0] == pytest.approx(hue, abs=0.02)


def test_a_colour_that_is_dark_enough_stays_as_it_is():
    assert letters(style.BLUE) == style.BLUE.lower()


def test_names_of_lines_are_letters_of_their_colours():
    with style.styled_axes(None) as ax:
        write_line_names(ax, [0.2, 0.8], texts=["one", "two"], colours=[style.ORANGE, style.SKY])
    drawn = [text.get_color() for text in ax.texts]
    assert drawn == [letters(style.ORANGE), letters(style.SKY)]


def test_colours_of_axes_words_and_titles_can_be_read():
    settings = style.rc()
    for name in ("text.color", "axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor"):
        assert contrast(settings[name], "white") >= LEAST_CONTRAST


@pytest.mark.parametrize("name", ["BLUE", "VERMILLION", "GREEN", "PURPLE", "GREY", "INK"])
def test_colours_that_may_carry_meaning_alone_stand_out_from_paper(name):
    assert contrast(getattr(style, name), "white") >= 3.0


@pytest.mark.parametrize("name", ["ORANGE", "SKY", "PALE"])
def test_colours_that_need_a_label_beside_them_are_these(name):
    assert contrast(getattr(style, name), "white") < 3.0
