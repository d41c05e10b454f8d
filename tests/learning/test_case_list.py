import json

import pytest

from kamtools.errors import InputError
from kamtools.learning.case_list import case_question, lesson_minutes, list_cases
from kamtools.learning.cases import FILES


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one case, of which only what the list reads is there."""
    case = tmp_path / "a-case"
    case.mkdir()
    for file in FILES:
        (case / file).touch()
    cell = {"cell_type": "markdown", "source": ["# Who needs whom?\n", "\n", "By the end"]}
    (case / "case.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    (case / "teaching-note.md").write_text("# Note\n\n## Plan: 45 minutes\n", encoding="utf-8")
    return tmp_path


def test_the_question_of_a_case_is_the_title_of_its_notebook(folder):
    assert case_question("a-case", folder=folder) == "Who needs whom?"


def test_the_minutes_are_those_of_the_plan_in_the_note(folder):
    assert lesson_minutes("a-case", folder=folder) == 45


def test_a_note_without_a_plan_is_refused(folder):
    (folder / "a-case" / "teaching-note.md").write_text("# Note\n", encoding="utf-8")
    with pytest.raises(InputError, match="note of a-case has no heading such as Plan: 60 minutes"):
        lesson_minutes("a-case", folder=folder)


def test_without_a_case_the_list_has_no_rows_but_its_columns(tmp_path):
    assert list(list_cases(tmp_path)) == ["name", "title", "question", "minutes"]
    assert list_cases(tmp_path).empty


def test_the_cases_of_the_package_each_ask_a_question():
    cases = list_cases()
    assert "haohan-peihui" in set(cases["name"])
    assert cases["question"].str.endswith("?").all()
    assert cases["minutes"].between(45, 60).all()
