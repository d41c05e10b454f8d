import copy

import pytest

from kamtools.training.trainee_notebook import (
    code_cell,
    exercise_numbers,
    mended_links,
    new_notebook,
    trainee_notebook,
    with_links,
)

SOLVED = {
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Why?\n", "[b](b.md)"]},
        {"cell_type": "code", "id": "p", "metadata": {"tags": ["parameters"]}, "execution_count": 1,
         "outputs": [], "source": 'engagement: str = "sample"  # folder\nseed: int = 1'},
        {"cell_type": "code", "id": "s", "metadata": {"tags": ["solution"]}, "execution_count": 2,
         "outputs": [], "source": "answer = 2"},
        {"cell_type": "markdown", "id": "m", "metadata": {"tags": ["solution"]}, "source": "Two."},
        {"cell_type": "code", "id": "c", "execution_count": 3, "source": "check(answer)",
         "metadata": {"jupyter": {"outputs_hidden": True}, "alt": "A picture"},
         "outputs": [{"output_type": "stream", "name": "stdout", "text": "Right: 2"}]},
    ],
    "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
}  # fmt: skip


@pytest.fixture
def made():
    return trainee_notebook(SOLVED, engagement="../engagement")


def test_solutions_are_gone_in_code_and_in_prose(made):
    assert [cell["id"] for cell in made["cells"]] == ["a", "p", "c"]


def test_what_was_computed_is_gone(made):
    checked = made["cells"][-1]
    assert (checked["outputs"], checked["execution_count"]) == ([], None)
    assert checked["metadata"] == {"alt": "A picture"}


def test_engagement_of_the_pack_takes_the_place_of_the_sample(made):
    assert made["cells"][1]["source"] == (
        'engagement: str = "../engagement"  # folder\nseed: int = 1'
    )


def test_notebook_given_is_not_changed():
    before = copy.deepcopy(SOLVED)
    changed = trainee_notebook(SOLVED, engagement=".")
    with_links(changed, place="x.ipynb", moved={"x.ipynb": "x.ipynb"})
    assert before == SOLVED


@pytest.mark.parametrize(
    ("link", "mended"),
    [
        ("[1](../1.ipynb)", "[1](../notebooks/1.ipynb)"),
        ("[1](../1.ipynb#part)", "[1](../notebooks/1.ipynb#part)"),
        ("[2](2.ipynb)", "2"),
        ("[a chapter](../../playbook/1.md)", "a chapter"),
        ("[web](https://example.org/a)", "[web](https://example.org/a)"),
        ("[here](#part)", "[here](#part)"),
    ],
)
def test_link_leads_to_what_is_in_the_pack_or_is_none(link, mended):
    moved = {"notebooks/1.ipynb": "notebooks/1.ipynb", "notebooks/exercises/1.ipynb": "ex/1.ipynb"}
    assert mended_links(link, place="notebooks/exercises/1.ipynb", moved=moved) == mended


def test_exercises_have_the_number_of_the_heading_above_them():
    cells = [
        {"cell_type": "markdown", "source": "## 4. Two questions"},
        code_cell('check("one", answer)', name="a"),
        code_cell('check(\n    "two", answer)', name="b"),
        {"cell_type": "markdown", "source": "## 12. One"},
        code_cell('check("three", answer)', name="c"),
    ]
    assert exercise_numbers(new_notebook(cells)) == {"one": 4, "two": 4, "three": 12}
