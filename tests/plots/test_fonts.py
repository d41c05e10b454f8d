import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager

from kamtools.plots import fonts
from kamtools.plots.fonts import BOX, drawable, figure_names, find_cjk_font, shorten

NEEDS_CJK = pytest.mark.skipif(find_cjk_font() is None, reason="no CJK font is installed")


@pytest.fixture
def no_cjk_font(monkeypatch):
    """Make this machine one without any font for Chinese."""
    for cached in (fonts.find_cjk_font, fonts._glyphs, fonts._say_what_to_install):
        cached.cache_clear()
    monkeypatch.setattr(fonts, "CJK_FONTS", ())
    yield
    for cached in (fonts.find_cjk_font, fonts._glyphs, fonts._say_what_to_install):
        cached.cache_clear()


def ink(text, family):
    """Return the pixels that a text blackens."""
    figure = plt.figure(figsize=(1, 1))
    figure.text(0.1, 0.3, text, fontsize=40, family=family)
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba())[..., 0].copy()


@NEEDS_CJK
def test_chinese_name_is_kept_where_a_font_has_it():
    assert drawable("浩瀚食品") == "浩瀚食品"


@NEEDS_CJK
def test_simplified_characters_are_drawn_as_different_glyphs():
    families = fonts.font_families()
    one, other, box = (ink(text, families) for text in ("浩", "瀚", "\u25a1"))
    assert (one != other).any()
    assert (one != box).any()


@NEEDS_CJK
def test_font_for_simplified_characters_is_asked_for_the_right_face_of_a_collection():
    path = font_manager.findfont(font_manager.FontProperties(family=[find_cjk_font()]))
    family = font_manager.get_font(path).family_name
    assert family == find_cjk_font()


@NEEDS_CJK
def test_font_that_matplotlib_has_not_listed_yet_is_found(monkeypatch):
    manager = font_manager.fontManager
    files = {font.fname for font in manager.ttflist if font.name in fonts.CJK_FONTS}
    old_list = [font for font in manager.ttflist if font.fname not in files]
    monkeypatch.setattr(manager, "ttflist", old_list)
    find_cjk_font.cache_clear()
    try:
        assert find_cjk_font() in fonts.CJK_FONTS
    finally:
        find_cjk_font.cache_clear()


@pytest.mark.usefixtures("no_cjk_font")
def test_without_a_font_the_package_is_named_once():
    with pytest.warns(UserWarning, match="fonts-noto-cjk") as said:
        [drawable(name) for name in ("浩瀚食品", "沛惠超市")]
    assert len(said) == 1


@pytest.mark.usefixtures("no_cjk_font")
@pytest.mark.filterwarnings("ignore:Some names hold Chinese")
def test_without_a_font_the_id_stands_for_the_name():
    assert figure_names(pd.Series({"C17": "浩瀚食品"})).tolist() == ["C17"]


@pytest.mark.usefixtures("no_cjk_font")
@pytest.mark.filterwarnings("ignore:Some names hold Chinese")
def test_without_a_font_drawing_warns_of_no_missing_glyph():
    figure = plt.figure()
    figure.text(0, 0, drawable("浩瀚 Foods Trading"), family=fonts.font_families())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()


def test_character_that_no_font_has_becomes_a_box():
    assert drawable("Bar \U0010fffd & Co") == f"Bar {BOX} & Co"


def test_invisible_characters_and_line_breaks_are_taken_out():
    assert drawable("Har\u200bbour\r\n\tFoods") == "Harbour Foods"


def test_missing_and_blank_names_are_replaced_by_the_id():
    names = pd.Series(["Foods", None, "  "], index=["C1", "C2", "C3"])
    assert figure_names(names).tolist() == ["Foods", "C2", "C3"]


def test_two_accounts_of_one_name_are_told_apart_by_their_ids():
    names = pd.Series(["Hy-Vee", "Hy-Vee", "Other"], index=[1, 2, 3])
    assert figure_names(names).tolist() == ["Hy-Vee 1", "Hy-Vee 2", "Other"]


def test_names_given_are_not_changed():
    names = pd.Series(["A\nB", None], index=["C1", "C2"])
    before = names.copy()
    figure_names(names)
    pd.testing.assert_series_equal(names, before)


@given(st.text(alphabet="ab 浩瀚é", max_size=60), st.integers(2, 40))
def test_shortened_text_fits_its_columns(text, width):
    assert sum(fonts._columns(character) for character in shorten(text, width)) <= width


@given(st.text(max_size=30))
def test_every_character_of_a_drawable_text_has_a_glyph(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert {ord(character) for character in drawable(text)} <= fonts._glyphs()
