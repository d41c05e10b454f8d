import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.publishing.deck.text import (
    choose_size,
    fit,
    fit_sentences,
    sentences,
    text_width,
    wrap,
)

WORDS = st.lists(
    st.sampled_from(["Keep", "账户", "the", "浩瀚食品", "largest", "W" * 30]), min_size=1
)


@given(WORDS, st.floats(min_value=30, max_value=400))
def test_no_line_is_wider_than_its_room(words, room):
    for line in wrap(" ".join(words), room, 12):
        assert text_width(line, 12) <= room or len(line) == 1


@given(WORDS, st.floats(min_value=30, max_value=400))
def test_wrapping_loses_no_letter(words, room):
    text = " ".join(words)
    assert "".join("".join(wrap(text, room, 12)).split()) == "".join(text.split())


@given(WORDS, st.floats(min_value=60, max_value=300), st.integers(min_value=1, max_value=3))
def test_fitted_text_takes_no_more_lines_than_there_are_and_shows_that_it_was_cut(
    words, room, lines
):
    text = " ".join(words)
    shown = fit(text, room, 12, lines=lines)
    assert len(wrap(shown, room, 12)) <= lines
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_width_grows_with_the_size_of_the_font():
    assert text_width("Keep two", 20) == pytest.approx(2 * text_width("Keep two", 10))


def test_chinese_text_is_cut_without_new_spaces():
    assert fit("浩瀚食品有限公司集团", 45, 10, lines=1) == "浩瀚食…"
    assert fit("浩瀚食品有限公司集团", 45, 10, lines=2) == "浩瀚食品有限公…"


def test_size_is_the_largest_that_fits():
    assert choose_size("Keep two", 500, lines=1, sizes=(24, 12))[0] == 24
    assert choose_size("Keep two of them " * 9, 500, lines=1, sizes=(24, 12))[1].endswith("…")


def test_sentences_are_kept_whole_while_they_fit():
    told = ["Keep A.", "Drop B.", "Ask C about the rest."]
    assert fit_sentences(told, 400, 10, lines=1) == "Keep A. Drop B. Ask C about the rest."
    assert fit_sentences(told, 120, 10, lines=1) == "Keep A. Drop B. …"
    assert fit_sentences([told[2]], 60, 10, lines=1) == "Ask C…"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is 3.5 % more. And more.", ["It is 3.5 % more.", "And more."]),
        ("Moor & Co. Ltd pays. It stays.", ["Moor & Co. Ltd pays.", "It stays."]),
        ("留下甲。放弃乙。", ["留下甲。", "放弃乙。"]),
        ("No full stop", ["No full stop"]),
    ],
)
def test_text_is_parted_where_a_sentence_ends(text, expected):
    assert sentences(text) == expected


def test_full_stop_within_a_known_name_ends_no_sentence():
    assert sentences("Keep Dot. Shop first. Then ask.", names=["Dot. Shop"]) == [
        "Keep Dot. Shop first.",
        "Then ask.",
    ]
