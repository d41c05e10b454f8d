import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.learning.written_numbers import SCALES, find_days, find_numbers

DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))


@given(st.integers(0, 10**9), st.sampled_from(["thousand", "million", "billion"]))
def test_a_number_is_read_with_its_scale_with_or_without_commas(value, scale):
    for shown in (f"{value:,} {scale}", f"{value} {scale}"):
        (number,) = find_numbers(f"about {shown}, they said")
        assert number.shown == shown
        assert number.value == value * SCALES[scale]


@given(st.decimals(0, 999, places=2))
def test_a_percentage_is_a_share(value):
    (number,) = find_numbers(f"It was {value} % then.")
    assert number.unit == "share"
    assert number.value == pytest.approx(float(value) / 100)


@given(DATES)
def test_a_date_is_the_same_however_it_is_written(date):
    parts = (date.year, date.month, date.day)
    for shown in (date.isoformat(), f"{date.day} {date:%B} {date.year}"):
        assert find_days(f"On {shown}, they said.") == [(shown, parts)]
    assert find_days(f"in {date:%B} {date.year}") == [
        (f"{date:%B} {date.year}", (date.year, date.month, None))
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("15 days", "days"), ("a 15-day stop", "days"), ("one month", "months"),
     ("half a year", "years"), ("$5", "USD"), ("5 people", "people"), ("5 apples", "")],
)  # fmt: skip
def test_the_unit_is_what_stands_beside(text, unit):
    (number,) = find_numbers(text)
    assert number.unit == unit


def test_words_count_only_before_a_unit():
    assert find_numbers("one story, two sides, half of it") == []
    assert [n.value for n in find_numbers("two weeks or half a month")] == [2, 0.5]


def test_a_year_with_a_unit_is_a_number():
    assert find_days("2000 days and 2,017 of them and 2017.5") == []
    assert [n.value for n in find_numbers("2000 days and 2,017 of them")] == [2000, 2017]


def test_a_number_inside_a_word_is_none():
    assert find_numbers("B2B, E17, v1.2 and A7") == []
