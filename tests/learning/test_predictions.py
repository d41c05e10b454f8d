import numpy as np
import pytest

from kamtools.errors import InputError
from kamtools.learning.predictions import NOTHING, compare_choice, compare_number

CHOICES = {"a": "interlocked", "b": "loose"}


@pytest.mark.parametrize("predicted", [..., None, "", " … "])
def test_without_a_prediction_the_model_is_still_told(predicted):
    assert compare_number(predicted, 14, unit="days") == f"The model says 14 days. {NOTHING}"
    said = compare_choice(predicted, "loose", choices=CHOICES)
    assert said == f"The model says “loose”. {NOTHING}"


@pytest.mark.parametrize(
    ("predicted", "ends"),
    [(14, "the same, within its range."), ("20", "6 more, within its range."),
     (np.int64(2), "12 less, outside its range.")],
)  # fmt: skip
def test_a_number_is_compared_with_the_range(predicted, ends):
    text = compare_number(predicted, 14.2, unit="days", low=9, high=21)
    assert text.endswith(ends)
    assert "(9 to 21)" in text


def test_one_day_is_one_day():
    assert compare_number(1, 1.2, unit="days") == "You said 1 day, the model says 1 day: the same."


def test_decimals_are_kept_where_asked_for():
    text = compare_number(0.4, 0.345, unit="points", decimals=2)
    assert text == "You said 0.4 points, the model says 0.34 points: 0.06 more."


def test_a_letter_is_read_whatever_its_case():
    assert compare_choice(" A) ", "interlocked", choices=CHOICES).endswith("so does the model.")
    assert "You said “loose”" in compare_choice("B", "interlocked", choices=CHOICES)


def test_what_is_no_choice_is_said_so_and_nothing_is_raised():
    text = compare_choice("z", "loose", choices=CHOICES)
    assert text.endswith("What was predicted is no choice of a and b: 'z'.")


def test_a_model_that_is_none_of_the_choices_is_a_mistake_of_the_notebook():
    with pytest.raises(InputError, match="'captive' is none of the choices interlocked and loose"):
        compare_choice("a", "captive", choices=CHOICES)
