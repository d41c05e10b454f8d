import json
from types import SimpleNamespace

import pytest

from kamtools.errors import InputError, KamtoolsError
from kamtools.learning.cases import case_folder, case_names
from kamtools.training import told_later as module
from kamtools.training.told_later import STORY, parted, story_end, told_later


def markdown(text, *tags):
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": text}


def code(text, *tags):
    return {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": text}


REVEAL = code("say(answer)", "reveal")
END = code("keep(story.facts[story.facts.told_after])", "reveal")


@pytest.fixture
def shown(monkeypatch):
    """Return the list of what is displayed."""
    seen = []
    monkeypatch.setattr(module, "display", lambda what: seen.append(what.data))
    return seen


def test_nothing_is_told_later_before_the_first_answer():
    cells = [markdown("So it begins."), code("x = 1"), REVEAL]
    assert parted(cells) == [("So it begins.", ""), ("x = 1", ""), ("say(answer)", "")]


def test_comment_on_an_answer_is_told_later():
    assert parted([REVEAL, markdown("It is 7.")])[1] == ("", "It is 7.")


@pytest.mark.parametrize(
    ("text", "kept", "told"),
    [
        ("It is 7.\n\n### Next\n\nMore.", "### Next\n\nMore.", "It is 7."),
        ("It is 7.\n\nNow prices.\n\n**Predict**: how many?", None, "It is 7."),
        ("Set $a$.\n\n$$a = b$$\n\n**Predict** it.", None, ""),
        ("A price. **Predict** it.", None, ""),
    ],
)
def test_next_question_stays_with_what_it_is_asked_from(text, kept, told):
    whole = text.removeprefix(told).strip() if kept is None else kept
    assert parted([REVEAL, markdown(text)])[1] == (whole, told)


def test_code_of_the_model_stays_up_to_the_end():
    assert parted([REVEAL, code("y = model()")])[1] == ("y = model()", "")


def test_after_the_end_only_headings_and_places_for_predictions_stay():
    cells = [
        REVEAL, markdown("### What followed\n\nCompare."), END, markdown("They sold."),
        code("predicted = ...", "prediction"), code("y = 1"), markdown("## Decision"),
        markdown("## Your turn\n\n1. Why did they sell?", "exercise"),
    ]  # fmt: skip
    assert parted(cells)[1:] == [
        ("### What followed", "Compare."), ("", END["source"]), ("", "They sold."),
        ("predicted = ...", ""), ("", "y = 1"), ("## Decision", ""),
        ("## Your turn", "1. Why did they sell?"),
    ]  # fmt: skip


def test_facts_from_before_the_decision_are_no_end():
    before = code("keep(story.facts[~story.facts.told_after])")
    assert parted([REVEAL, before])[1] == (before["source"], "")


@pytest.mark.parametrize("name", case_names())
def test_no_paragraph_of_a_case_is_lost_and_its_end_is_told_later(name):
    cells = json.loads((case_folder(name) / "case.ipynb").read_text(encoding="utf-8"))["cells"]
    parts = parted(cells)
    for cell, (kept, told) in zip(cells, parts, strict=True):
        whole = "".join("".join(cell["source"]).split())
        assert sorted("".join((kept + told).split())) == sorted(whole)
    assert any("[story.facts.told_after]" in told for _, told in parts)
    assert any("tables.decide" in told for _, told in parts)


def test_end_of_a_story_is_shown_when_it_is_asked_for(shown):
    told_later("haohan-peihui", STORY)
    assert shown[0].endswith("No figure of what followed is told, by anybody.")


def test_code_told_later_runs_in_the_notebook_that_asks(monkeypatch):
    ran = []
    shell = SimpleNamespace(run_cell=lambda text: ran.append(text) or SimpleNamespace(success=True))
    monkeypatch.setattr(module, "get_ipython", lambda: shell)
    told_later("gt-advanced-apple", "948bd2a7")
    assert ran == ['tables.keep("facts_after", fact_list(story.facts[story.facts.told_after]))']


@pytest.mark.parametrize(
    "shell", [None, SimpleNamespace(run_cell=lambda text: SimpleNamespace(success=False))]
)
def test_code_that_cannot_run_says_what_to_do(monkeypatch, shell):
    monkeypatch.setattr(module, "get_ipython", lambda: shell)
    with pytest.raises(KamtoolsError, match="from its first cell"):
        told_later("gt-advanced-apple", "948bd2a7")


@pytest.mark.parametrize("part", ["no-such-cell", "b42ac6d", ""])
def test_part_that_is_not_told_later_is_refused(part):
    with pytest.raises(InputError, match="has no part"):
        told_later("gt-advanced-apple", part)


def test_story_that_folds_nothing_away_is_refused():
    with pytest.raises(InputError, match="folds nothing away"):
        story_end("They sold, and everybody knows it.")
