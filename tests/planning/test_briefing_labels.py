import re

import pytest

from kamtools.errors import InputError
from kamtools.planning.briefing_labels import LABELS, page_language


def test_both_languages_have_the_same_labels_with_the_same_places():
    assert set(LABELS["en"]) == set(LABELS["zh"])
    for name, english in LABELS["en"].items():
        places = [set(re.findall(r"\{\w+\}", text)) for text in (english, LABELS["zh"][name])]
        assert places[0] == places[1]


def test_no_chinese_label_is_left_in_english():
    assert not [text for text in LABELS["zh"].values() if not re.search("[\u4e00-\u9fff]", text)]


@pytest.mark.parametrize(
    ("given", "account", "firm", "page"),
    [
        ("en", "Mandarin", "zh", "en"),
        ("", "Mandarin", "en", "zh"),
        ("", "中文", "en", "zh"),
        ("", "English", "zh", "en"),
        ("", float("nan"), "zh", "zh"),
        ("", "Czech", "en", "en"),
    ],
)
def test_the_page_s_language_is_as_given_else_the_account_s_else_the_firm_s(
    given, account, firm, page
):
    assert page_language(given, of_account=account, of_firm=firm) == page


def test_another_language_is_refused():
    with pytest.raises(InputError, match=r"got 'de'"):
        page_language("de")
