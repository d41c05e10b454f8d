import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.briefing_rules import (
    KINDS,
    check_rules,
    default_rules,
    later_date,
    more_rules,
    words_of,
)

DAY = datetime.date(2024, 12, 9)


def test_every_kind_has_words_in_both_languages():
    counts = default_rules().groupby(["kind", "language"]).size()
    assert set(counts.index) == {(kind, language) for kind in KINDS for language in ("en", "zh")}


def test_no_word_stands_twice():
    assert not default_rules().duplicated().any()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("from 2024-12-10 on", "2024-12-10"),
        ("since 2024-12-09", ""),
        ("in January 2025", "January 2025"),
        ("in December 2024", ""),
        ("Q1/2025", "Q1/2025"),
        ("2025 Q1", "2025 Q1"),
        ("Q3/2024", ""),
        ("for 2025", "2025"),
        ("2,025 pieces, 20251 of 1.2026", ""),
        ("2025年3月1日", "2025年3月1日"),
        ("2024年11月", ""),
        ("31 February 2025", ""),
    ],
)
def test_a_later_date_is_found_as_it_is_written(text, seen):
    assert later_date(text, DAY) == seen


@given(st.dates(datetime.date(2001, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_is_later_only_than_the_days_before_it(day):
    before = day - datetime.timedelta(days=1)
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日"):
        assert later_date(text, before) == text
        assert later_date(text, day) == ""


def test_english_words_are_whole_words_and_case_does_not_count():
    matter = words_of("matter", default_rules())
    assert matter.search("PRICES")
    assert not matter.search("priceless enterprise")


def test_a_kind_without_words_finds_nothing():
    none = default_rules().query("kind != 'rival'")
    assert words_of("rival", none).search("a rival") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pallets", "kind of a word is ''"),
        ("colour: red", "kind of a word is 'colour'"),
        ("matter: (", "cannot be read"),
    ],
)
def test_words_that_cannot_be_used_are_refused(text, message):
    with pytest.raises(InputError, match=message):
        more_rules(text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"language": "fr"}, "language of a word is 'fr'"),
        ({"pattern": " "}, "is blank"),
    ],
)
def test_a_table_of_words_is_checked(change, message):
    with pytest.raises(InputError, match=message):
        check_rules(default_rules().assign(**change))
    with pytest.raises(InputError, match="lacks the column kind"):
        check_rules(pd.DataFrame({"language": ["en"], "pattern": ["x"]}))


def test_a_blank_text_adds_nothing():
    pd.testing.assert_frame_equal(more_rules(" ; "), default_rules())
