from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kamtools.learning.exercises import EXERCISES
from kamtools.learning.knowledge_items import items
from kamtools.learning.progress_file import Event, Progress
from kamtools.training.trust import faults, notes

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SEALED = "selection-power-as-plus"
RIGHT = Event(MOMENT, "answer", SEALED, answer="b", verdict="right")
WRONG = Event(MOMENT, "answer", SEALED, answer="a", verdict="wrong",
              cause="takes a mark of key accounts for a benefit")  # fmt: skip
HINT = Event(MOMENT, "hint", SEALED, strength=3)
ITEM = items("before")[0]


def test_honest_events_have_no_faults():
    item = Event(MOMENT, "item", ITEM.id, answer=ITEM.right, verdict="right")
    left_open = replace(item, answer="", verdict="wrong", cause="not answered")
    others = [Event(MOMENT, "prediction", "a-case", answer="3 days"), Event(MOMENT, "game", "x")]
    assert faults([HINT, WRONG, RIGHT, HINT, item, left_open, *others]) == []


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        (replace(RIGHT, answer="a"), "recorded as right, judged again it is wrong"),
        (replace(WRONG, answer="b", cause=""), "recorded as wrong, judged again it is right"),
        (replace(RIGHT, answer=""), "called right without an answer"),
        (replace(RIGHT, verdict="splendid"), "there is no verdict 'splendid'"),
        (replace(RIGHT, subject="none"), "there is no exercise 'none'"),
        (replace(WRONG, cause="bad luck"), "'bad luck' is no typical mistake there"),
        (replace(RIGHT, cause=WRONG.cause), "is no typical mistake there"),
        (replace(HINT, strength=4), "has no hint 4"),
        (replace(HINT, strength=0), "has no hint 0"),
        (replace(HINT, subject="none"), "'none' has no hint 3"),
        (Event(MOMENT, "item", "before-99", answer="a", verdict="right"), "there is no question"),
        (Event(MOMENT, "item", ITEM.id, answer="q", verdict="wrong"), "expected a letter"),
        (Event(MOMENT, "item", ITEM.id, answer="", verdict="right"), "judged again it is wrong"),
        (Event(MOMENT, "item", ITEM.id, verdict="wrong", cause="x"), "'x' is not what ''"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(event, fault):
    (told,) = faults([RIGHT, event])
    assert told.startswith("event 2: ")
    assert fault in told


def test_answer_that_needs_the_data_is_taken_as_recorded():
    exercise = next(one for one in EXERCISES.values() if one.needs)
    assert faults([replace(RIGHT, subject=exercise.name, answer="whatever")]) == []


def test_clock_that_was_set_back_is_noted_and_no_fault():
    events = (RIGHT, replace(RIGHT, moment=MOMENT - timedelta(hours=2)))
    progress = Progress("p", "c", "l", "", MOMENT, events)
    assert notes(progress) == ("the clock was set back in between",)
    assert notes(replace(progress, events=(RIGHT,))) == ()
    assert faults(events) == []
