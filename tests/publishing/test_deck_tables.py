import pandas as pd
import pytest

from kamtools.publishing.deck.labels import MOST_LABELS, place_labels
from kamtools.publishing.deck.parts import Column, Grid
from kamtools.publishing.deck.tables import READABLE, Box, fit_grid
from kamtools.publishing.deck.values import written
from kamtools.publishing.deck.words import words_of

BOX = Box(0, 0, 600, 300)
COLUMNS = (Column("name", "Account", width=3.0), Column("hours", "Hours", "number"))


def grid(count, *, name="Account", **more):
    return Grid(pd.DataFrame({"name": name, "hours": range(count)}), COLUMNS, **more)


def test_few_rows_are_written_large():
    fitted = fit_grid(grid(3), BOX)
    assert (fitted.size, len(fitted.rows), fitted.left_out, fitted.cut) == (13.0, 3, 0, ())


def test_more_rows_are_written_smaller_before_one_is_left_out():
    assert fit_grid(grid(16), BOX).size < READABLE
    assert fit_grid(grid(16), BOX).left_out == 0


def test_rows_without_room_are_counted_and_the_rest_stays_readable():
    fitted = fit_grid(grid(100, left_out=5), BOX)
    assert fitted.size == READABLE
    assert len(fitted.rows) + fitted.left_out == 105
    assert sum(fitted.heights) <= BOX.height


def test_text_that_was_cut_is_told_whole():
    fitted = fit_grid(grid(1, name="A very long name " * 30, lines=2), BOX)
    assert fitted.rows[0][0].endswith("…")
    assert fitted.cut == ("A very long name " * 30,)


def test_widths_fill_the_box():
    fitted = fit_grid(grid(1), BOX)
    assert fitted.widths == (450.0, 150.0)


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (1234567.8, "money", "1,234,568"),
        (-0.4, "money", "0"),
        (-1500, "number", "−1,500"),
        (0.5, "share", "50.0 %"),
        (2.125, "one_decimal", "2.1"),
        (0.05, "plain", "0.05"),
        (1740.0, "plain", "1,740"),
        (float("nan"), "share", ""),
        (("A.", "B."), "sentences", "A. B."),
    ],
)
def test_value_is_written_in_its_form(value, form, expected):
    assert written(value, form) == expected


def test_names_of_points_never_cross():
    points = pd.DataFrame({"x": [0.0] * 30, "y": [0.0] * 30, "label": "A long name"})
    placed = place_labels(points, width=300, height=200, size=10)
    assert 1 <= len(placed) <= MOST_LABELS
    assert len({label.side for label in placed}) == len(placed)


def test_word_in_the_singular_is_used_for_one():
    say = words_of("en")
    assert say("actions_title", n=1, day="today") == "1 action is in the plan, by today"
    assert say("actions_title", n=2, day="today").startswith("2 actions are")


def test_each_language_has_its_own_words():
    assert [words_of(language)("h_score") for language in ("en", "zh")] == ["Score", "得分"]
