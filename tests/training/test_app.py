import builtins
import os
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from kamtools.cli import app as command
from kamtools.errors import InputError, KamtoolsError
from kamtools.learning.cases import case_folder, case_names
from kamtools.publishing.catalogue import notebooks_folder
from kamtools.training.app import find_doors, make_token, plain_page, run_app, told
from kamtools.training.app_cells import cells_html
from kamtools.training.app_pages import Page, list_pages, page_notebook
from kamtools.training.app_shown import GameRoom
from kamtools.training.app_steps import case_steps, exercise_steps, question_in
from kamtools.training.app_walk import Walk
from kamtools.training.pack_notebooks import game_notebook
from kamtools.training.trainee_notebook import read_notebook, source


def cell(text, *tags, kind="code"):
    return {"cell_type": kind, "source": text, "metadata": {"tags": list(tags)}}


def told_cell(text, *tags):
    return cell(text, *tags, kind="markdown")


@pytest.fixture(scope="module")
def pages():
    return list_pages(firm="Harbour <Foods>", no_role="there is no managers.csv")


@pytest.mark.parametrize("name", case_names())
def test_every_prediction_of_a_case_is_a_step_and_every_letter_has_its_words(name):
    steps = case_steps(read_notebook(case_folder(name) / "case.ipynb"))
    asked = [step.question for step in steps if step.question]
    assert len(asked) >= 3
    for question in asked:
        assert all(": " in shown for shown, _ in question.choices)
        assert question.choices or question.asks != "your choice"
    assert steps[-1].question is None


@pytest.mark.parametrize("file", sorted((notebooks_folder() / "exercises").glob("*.ipynb")))
def test_every_exercise_asks_once_and_shows_no_solution(file):
    notebook = read_notebook(file)
    steps = exercise_steps(notebook)
    places = [one for one in notebook["cells"] if source(one).startswith("answer = ...")]
    asked = [step for step in steps if step.question]
    assert len(asked) == len(places) > 3
    shown = [one for step in steps for one in (*step.before, *step.after)]
    assert all("solution" not in one["metadata"].get("tags", ()) for one in shown)
    assert all(any("check(" in source(one) for one in step.after) for step in asked)


def test_game_starts_with_the_year_of_the_courses_and_of_the_pack():
    room = GameRoom()
    assert room.year.value == 4
    assert f"seed: int = {room.year.value} " in str(game_notebook(["powerful_distributor"]))


def test_words_in_quotes_are_choices():
    asked = question_in(cell('answer = ...  # "none yet" or "a department"'), "")
    assert asked.choices == (("none yet", "none yet"), ("a department", "a department"))


def test_listed_letters_bring_their_words():
    asked = question_in(cell('answer = ...  # "a" or "b"'), "What?\n\n- a) Go.\n- b) Stay.")
    assert asked.choices == (("a: Go.", "a"), ("b: Stay.", "b"))


def test_answer_of_several_parts_has_a_field_for_each():
    asked = question_in(cell('answer = ...  # {"Harbour": "a zone", "Ridge": "a zone"}'), "")
    assert asked.fields == ("Harbour", "Ridge")


def test_cell_that_is_no_place_for_an_answer_is_no_question():
    assert question_in(cell("answer = 2"), "") is None


def test_cells_hand_their_variables_on_and_failing_ends_them_in_words():
    names = {}
    html = cells_html([cell("n = 2"), cell("raise ValueError('<b>no</b>')"), cell("n = 3")], names)
    assert names["n"] == 2
    assert "could not be made (ValueError: &lt;b&gt;no&lt;/b&gt;)" in html


def test_printed_text_is_shown_as_text():
    assert "&lt;i&gt;" in cells_html([cell("print('<i>')")], {})


@pytest.fixture
def walk():
    steps = exercise_steps(
        {
            "cells": [
                told_cell("# Exercises"),
                told_cell("## One", "exercise"),
                cell("answer = ...  # a number"),
                cell("print('twice', 2 * answer)"),
                told_cell("## Two", "exercise"),
                cell('answer = ...  # "x" or "y"'),
                cell("print('chosen', answer)"),
            ]
        }
    )
    return Walk(steps, verb="Check", is_once=False, opening="", closing="<p>The end</p>")


def shown(walk):
    return "\n".join(one.value for one in walk.shown)


def test_walk_begins_with_its_first_question_only(walk):
    assert "One" in shown(walk)
    assert "Two" not in shown(walk)


def test_answer_opens_what_follows_and_can_be_changed(walk):
    walk.boxes[0].control.value = "4"
    walk.boxes[0].button.click()
    assert "twice 8" in shown(walk)
    assert "Two" in shown(walk)
    walk.boxes[0].control.value = "5"
    walk.boxes[0].button.click()
    assert "twice 10" in shown(walk)
    assert len(walk.boxes) == 2


def test_empty_answer_opens_nothing(walk):
    walk.boxes[0].button.click()
    assert "Nothing is answered yet" in walk.boxes[0].status.value
    assert len(walk.boxes) == 1


def test_walk_ends_after_its_last_answer(walk):
    for box, answer in ((0, "1"), (1, "x")):
        walk.boxes[box].control.value = answer
        assert "The end" not in shown(walk)
        walk.boxes[box].button.click()
    assert "chosen x" in shown(walk)
    assert "The end" in shown(walk)


def test_prediction_stays_as_it_was_given():
    steps = case_steps(
        {
            "cells": [
                told_cell("# A case"),
                cell("predicted = ...  # days", "prediction"),
                cell("print('so', predicted)"),
            ]
        }
    )
    walk = Walk(steps, verb="Predict", is_once=True, opening="", closing="")
    walk.boxes[0].control.value = "7"
    walk.boxes[0].button.click()
    assert walk.boxes[0].control.disabled
    assert walk.boxes[0].button.disabled
    assert "so 7" in shown(walk)


def test_pages_are_all_cases_all_exercises_game_explorers_and_tests(pages):
    keys = [page.key for page in pages]
    assert {f"case-{name}" for name in case_names()} < set(keys)
    assert {"key-accounts", "managers", "game", "test-before", "test-after"} < set(keys)
    assert sum(key.startswith("exercises-") for key in keys) == 4
    assert len(set(keys)) == len(keys)


def test_page_is_a_notebook_of_one_cell(pages):
    notebook = page_notebook(pages[0])
    assert [one.source for one in notebook.cells] == [pages[0].code]


def test_start_page_links_what_there_is_and_says_what_is_missing(pages):
    html = plain_page("start", pages=pages, firm="Harbour <Foods>")
    assert 'href="/game"' in html
    assert 'href="/managers"' not in html
    assert "Not for Harbour &lt;Foods&gt;: there is no managers.csv" in html


def test_start_page_escapes_what_a_page_is_called():
    page = Page("x", "Group", "<script>", "about", 5, "All", "")
    assert "<script>" not in plain_page("start", pages=[page], firm="")


def test_tokens_differ_and_can_be_typed():
    tokens = {make_token() for _ in range(50)}
    assert len(tokens) == 50
    assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}", one) for one in tokens)


def test_app_that_only_this_machine_reaches_says_how_to_open_it():
    doors = find_doors("127.0.0.1", 8866, "abcd")
    assert doors.addresses == ("http://127.0.0.1:8866/?token=abcd",)
    assert any("--host 0.0.0.0" in line for line in told(doors, 3))


def test_app_that_is_open_says_what_that_means():
    lines = told(find_doors("0.0.0.0", 8866, "abcd"), 3)
    assert any("unencrypted" in line for line in lines)
    assert not any("--host" in line for line in lines)


def test_address_of_six_is_written_in_brackets():
    assert find_doors("fe80::1", 1, "t").addresses == ("http://[fe80::1]:1/?token=t",)


def test_room_for_nobody_is_refused():
    with pytest.raises(InputError, match="at least one visitor"):
        run_app(visitors=0, say=print)


def test_missing_engagement_is_refused(tmp_path, monkeypatch):
    pytest.importorskip("voila", reason="voila is not installed")
    monkeypatch.setattr(os, "environ", os.environ.copy())
    with pytest.raises(InputError, match="no engagement"):
        run_app(str(tmp_path / "nowhere"), say=print)


def test_without_voila_the_app_names_the_extra(monkeypatch):
    imported = builtins.__import__

    def without(name, *rest):
        if name.partition(".")[0] == "voila":
            raise ModuleNotFoundError("No module named 'voila'", name="voila")
        return imported(name, *rest)

    for name in [one for one in sys.modules if one.startswith("kamtools.training.app_server")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("kamtools.training.app_server", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KamtoolsError, match=re.escape("pip install 'kamtools[app]'")):
        run_app(say=print)


def test_command_has_its_options():
    told_by = CliRunner().invoke(command, ["app", "--help"], env={"COLUMNS": "200"}).output
    assert all(
        option in told_by
        for option in ("--engagement", "--host", "--port", "--no-open", "--visitors")
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows such a limit")
def test_memory_of_a_page_is_limited():
    code = (
        "from kamtools.training.app_memory import limit_memory\n"
        "limit_memory(100)\n"
        "bytearray(50 * 2**20)\n"
        "try:\n"
        "    bytearray(200 * 2**20)\n"
        "except MemoryError:\n"
        "    print('refused')\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "refused\n"
