import json

import pytest

from kamtools.errors import InputError
from kamtools.learning.case_comparison import all_dependence, case_outcomes, what_followed
from kamtools.learning.case_list import list_cases
from kamtools.learning.cases import load_case
from kamtools.power.dependence import power_table

FACTS = """[case]
name = "NAME"
title = "A and B"
supplier = "A"
account = "B"
told_by = "the paper"
cannot = "It cannot say much."

[[facts]]
name = "share"
value = 0.5
unit = "share of sales"
date = "2017-04-03"
address = "https://example.org/a"
grade = "B"
whose = "the paper"
"""
DEPENDENCE = """
[[dependence]]
side = "SIDE"
part = "business"
stake = [0.6, 0.7, 0.8]
availability = [0.2, 0.3, 0.4]
whose = "us"
basis = "assumed"
why = "nobody says"
"""
BOTH = DEPENDENCE.replace("SIDE", "supplier") + DEPENDENCE.replace("SIDE", "account")
STORY = """# A and B

It was **hard**.

<details>
<summary>What followed (open it later)</summary>

A *left* [the market](https://example.org/b).

B<sub>2</sub> stayed.

</details>
"""


@pytest.fixture
def make_case(tmp_path):
    """Return a function that writes a whole case and returns the folder of cases."""

    def make(name, *, dependence="", story=STORY):
        case = tmp_path / name
        case.mkdir()
        (case / "facts.toml").write_text(FACTS.replace("NAME", name) + dependence, encoding="utf-8")
        (case / "case.md").write_text(story, encoding="utf-8")
        (case / "teaching-note.md").write_text("## Plan: 45 minutes\n", encoding="utf-8")
        cell = {"cell_type": "markdown", "source": "# Who needs whom?"}
        (case / "case.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
        return tmp_path

    return make


def test_cases_that_are_about_power_stand_in_one_table_and_the_others_do_not(make_case):
    make_case("b-case", dependence=BOTH)
    make_case("no-power")
    folder = make_case("a-case", dependence=BOTH)
    inputs = all_dependence(folder)
    assert inputs["account_id"].tolist() == ["a-case", "a-case", "b-case", "b-case"]
    assert len(power_table(inputs, draws=10, seed=1)) == 2


def test_a_case_in_the_making_is_left_out(make_case):
    folder = make_case("a-case", dependence=BOTH)
    (folder / "a-case" / "case.ipynb").unlink()
    assert all_dependence(folder).empty
    assert case_outcomes(folder).empty


def test_without_a_case_about_power_the_table_has_its_columns_and_no_rows(make_case):
    folder = make_case("no-power")
    assert list(all_dependence(folder)) == list(load_case("no-power", folder=folder).dependence)


def test_what_followed_is_the_folded_part_of_the_story_without_its_marks(make_case):
    folder = make_case("a-case")
    assert what_followed("a-case", folder=folder) == "A left the market. B2 stayed."


def test_each_case_stands_with_its_question_and_what_followed(make_case):
    table = case_outcomes(make_case("a-case"))
    assert list(table) == ["name", "title", "question", "followed"]
    assert table.loc[0, "question"] == "Who needs whom?"


def test_a_story_that_folds_nothing_is_refused(make_case):
    folder = make_case("a-case", story="# A and B\n\nA left.\n")
    with pytest.raises(InputError, match="the story of a-case folds nothing away"):
        what_followed("a-case", folder=folder)


def test_every_case_of_the_package_tells_what_followed():
    assert case_outcomes()["followed"].str.len().min() > 50
    assert set(all_dependence()["account_id"]) <= set(list_cases()["name"])
