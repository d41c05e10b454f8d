import re

import pandas as pd
import pytest

from kamtools.explorers.role_case import Settings
from kamtools.explorers.role_table import accounts_html, cover_html, kept_html

ROWS = pd.DataFrame(
    {
        "name": ["浩瀚 & <b>Co", "Riser", "Giant"],
        "hours": [1420.0, 60.0, 30.0],
        "manager": ["Li", "<i>Eva</i>", None],
        "before": ["Li", "Li & Co", None],
        "today": ["Li", "Li", None],
        "is_moved": [False, True, False],
        "is_new": [False, False, True],
        "lacks": ["", "finance; <u>", ""],
        "contacts": [6, 0, 0],
        "nobody": [2, 0, 0],
        "elsewhere": [0, 0, 0],
    },
    index=["a", "b", "c"],
)


def cells(html):
    return [
        re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)[1:]
    ]


def test_accounts_stand_with_manager_change_hours_and_contacts():
    first, second, third = cells(accounts_html(ROWS, with_contacts=True))
    assert first == ["浩瀚 &amp; &lt;b&gt;Co", "Li", "", "1,420", "Li", "", "6", "2", "–"]
    assert "moved</b> from Li &amp; Co" in second[2]
    assert "new</b>" in third[2]
    assert third[1] == "<em>nobody</em>"


def test_whatever_names_contain_is_text():
    html = accounts_html(ROWS, with_contacts=True)
    assert not any(tag in html for tag in ("<b>Co", "<i>", "<u>"))


def test_columns_that_would_be_blank_are_left_out():
    bare = ROWS.assign(today=None, lacks="")
    assert len(cells(accounts_html(bare, with_contacts=False))[0]) == 4


def covered(measure, before, now):
    earlier = pd.DataFrame({"start": [before]}, index=[measure])
    return cells(cover_html(earlier, pd.Series({measure: now})))[0][-1]


@pytest.mark.parametrize(
    ("measure", "before", "now", "word"),
    [
        ("rival_pairs", 0, 1, "worse"),
        ("rival_pairs", 2, 1, "better"),
        ("competence_met", 0.5, 0.7, "better"),
        ("least_load", 0.9, 0.8, "worse"),
        ("highest_load", 1.1, 1.2, "worse"),
        ("moves", 3, 5, "worse"),
    ],
)
def test_measure_says_whether_it_is_better_or_worse(measure, before, now, word):
    assert f">{word}</b>" in covered(measure, before, now)


def test_measure_that_looks_the_same_is_not_marked():
    assert covered("competence_met", 0.701, 0.702) == "70 %"
    assert covered("moves", 3, 3) == "3"


def test_measures_that_are_not_known_are_dashes():
    assert covered("least_load", float("nan"), 0.9) == "90 %"
    assert covered("least_load", 0.9, float("nan")) == "–"


def test_now_is_marked_against_today_where_there_is_no_start():
    earlier = pd.DataFrame({"today": [4.0]}, index=["rival_pairs"])
    assert "better" in cover_html(earlier, pd.Series({"rival_pairs": 0.0}))
    nothing = pd.DataFrame()
    assert "better" not in cover_html(nothing, pd.Series({"rival_pairs": 0.0}))


def test_capacity_is_kept_in_the_words_of_the_notebook():
    assert "hours_per_year = 1600\nshare_for_accounts = 0.65" in kept_html(Settings(1600.0, 0.65))
