import json
from datetime import UTC, datetime

import pytest
from IPython.core.formatters import DisplayFormatter

from kamtools.learning.exercises import EXERCISES, check
from kamtools.learning.feedback import Feedback
from kamtools.learning.live_feedback import FeedbackBox, LiveFeedback
from kamtools.learning.predictions import compare_choice, compare_number
from kamtools.learning.progress import progress_place
from kamtools.learning.progress_file import read_progress

HINTS = EXERCISES["readiness-level"].hints
MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def pack(tmp_path, monkeypatch):
    told = {"pack": "ab12", "course": "one-day"}
    (tmp_path / "pack.json").write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAMTOOLS_PROGRESS", raising=False)
    return tmp_path


@pytest.fixture
def recorded(pack):
    return lambda: read_progress(progress_place(pack).path).events


def test_answer_is_recorded_with_its_verdict_its_cause_and_its_moment(pack, recorded):
    check("readiness-level", "3", moment=MOMENT)
    (event,) = recorded()
    assert (event.kind, event.subject, event.answer) == ("answer", "readiness-level", "3")
    assert (event.verdict, event.moment) == ("wrong", MOMENT)
    assert event.cause == "takes filled-in fields for a record that helps"


def test_no_answer_is_not_recorded_and_has_its_hints(pack):
    feedback = check("readiness-level", ...)
    assert isinstance(feedback, LiveFeedback)
    assert not (pack / "progress.sqlite").exists()
    assert feedback.hints == HINTS


def test_each_press_shows_one_hint_more_and_is_recorded(pack, recorded):
    box = FeedbackBox(check("readiness-level", "3"))
    assert HINTS[0] not in box.shown.value
    assert box.button.description == "Hint 1 of 3"
    box.button.click()
    assert HINTS[0] in box.shown.value
    assert HINTS[1] not in box.shown.value
    box.button.click()
    assert [event.strength for event in recorded()] == [0, 1, 2]


def test_button_goes_away_with_the_last_hint(pack, recorded):
    box = FeedbackBox(check("readiness-level", "3"))
    for _ in range(len(HINTS) + 2):
        box.button.click()
    assert box.button.layout.display == "none"
    assert len(recorded()) == 1 + len(HINTS)


def test_right_answer_has_no_button(pack):
    assert FeedbackBox(check("readiness-level", "2")).button.layout.display == "none"


def test_hint_asked_for_in_code_is_recorded_too(pack, recorded):
    assert check("readiness-level", "3").hint(9) == HINTS[-1]
    assert recorded()[-1].strength == len(HINTS)


def test_hint_that_is_not_recorded_is_shown_all_the_same(pack):
    box = FeedbackBox(check("readiness-level", "3"))
    (pack / "progress.sqlite").write_bytes(b"broken")
    box.button.click()
    assert HINTS[0] in box.shown.value
    assert "Not recorded:" in box.status.value


def test_notebook_gets_a_widget_and_html_for_where_there_is_none(pack):
    feedback = check("readiness-level", "3")
    data, _ = DisplayFormatter().format(feedback)
    assert VIEW in data
    plain = Feedback(feedback.exercise, feedback.verdict, feedback.message, feedback.hints)
    assert data["text/html"] == plain._repr_html_()
    assert data["text/plain"] == repr(plain)


def test_without_a_pack_feedback_is_that_of_before(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAMTOOLS_PROGRESS", raising=False)
    data, _ = DisplayFormatter().format(check("readiness-level", "3"))
    assert set(data) == {"text/html", "text/plain"}


def test_predictions_are_recorded_under_the_folder_of_the_case(pack, recorded, monkeypatch):
    (pack / "a-case").mkdir()
    monkeypatch.chdir(pack / "a-case")
    compare_number(20, 13.6, unit="days")
    compare_choice("a", "loose", choices={"a": "tight", "b": "loose"})
    compare_number(..., 13.6, unit="days")
    compare_number("few", 13.6, unit="days")
    found = [(event.kind, event.subject, event.answer) for event in recorded()]
    assert found == [("prediction", "a-case", "20 days"), ("prediction", "a-case", "tight")]
