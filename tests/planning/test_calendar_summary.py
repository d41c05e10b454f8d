import datetime

import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.planning.calendar import year_calendar
from kamtools.planning.calendar_rules import CalendarRules
from kamtools.planning.calendar_summary import PLURALS, describe_calendar
from kamtools.planning.calendar_words import KINDS, LABELS, LANGUAGES, check_language, words


def describe(*rows, rules=None, notices=None, accounts=("A", "B"), as_of="2025-01-02"):
    steps = pd.DataFrame(rows, columns=["initiative", "date"])
    return describe_calendar(
        year_calendar(
            steps.astype({"date": "datetime64[ns]"}), firm="L", accounts=accounts, owner="x",
            as_of=datetime.date.fromisoformat(as_of), rules=rules, notices=notices,
        )
    )  # fmt: skip


def test_every_kind_is_counted():
    assert describe(("P", "2025-03-03")).startswith(
        "From 2025-01-02 to 2026-01-02: 1 plan hand-over, 2 notices, 1 initiative, 12 briefings "
        "and 4 reviews."
    )


def test_late_notices_are_told_with_their_days():
    text = describe(("P", "2025-01-10"), ("Q", "2025-01-03"))
    assert "Late: notice of “Q” to 2 accounts, 1 day is left." in text
    assert "Late: notice of “P” to 2 accounts, 8 days are left." in text


def test_what_was_given_is_counted():
    log = pd.DataFrame({"account_id": ["A"], "initiative": ["P"], "date": ["2024-12-12"]})
    assert "1 of the notices was given already." in describe(("P", "2025-03-03"), notices=log)


def test_what_is_not_in_it_is_named():
    text = describe(("Old", "2024-03-04"), ("Far", "2027-03-01"))
    assert "Not in it: “Old”, which began before." in text
    assert "Not in it: “Far”, which begins after its end." in text


@pytest.mark.parametrize(("days", "is_told"), [(14, True), (15, False), (31, False), (32, True)])
def test_a_length_outside_the_essay_is_told(days, is_told):
    text = describe(rules=CalendarRules(notice_days=days))
    assert ("lies outside the essay's half a month to a month" in text) == is_told


def test_kinds_have_words_in_every_language():
    assert set(PLURALS) == set(KINDS)
    for language in LANGUAGES:
        assert set(KINDS) <= set(LABELS[language])
        assert set(LABELS[language]) == set(LABELS["en"])


def test_a_name_with_braces_is_not_a_place_to_fill():
    assert words("step of", "zh", initiative="{x}", account="{0}") == "“{x}”开始（{0}）"


def test_another_language_is_refused():
    with pytest.raises(InputError, match="got 'EN'"):
        check_language("EN")
