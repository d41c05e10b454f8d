import dataclasses
import json
import re

import ipywidgets
import pytest

from kamtools.errors import InputError
from kamtools.learning import knowledge_widget
from kamtools.learning.knowledge_items import FORMS, items
from kamtools.learning.knowledge_scores import OPEN
from kamtools.learning.knowledge_test import score, show
from kamtools.learning.progress import Place, record
from kamtools.learning.progress_file import read_progress


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Return the file in which progress is recorded."""
    path = tmp_path / "progress.sqlite"
    monkeypatch.setenv("KAMTOOLS_PROGRESS", str(path))
    return path


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """Work in a folder that is in no pack."""
    monkeypatch.delenv("KAMTOOLS_PROGRESS", raising=False)
    monkeypatch.chdir(tmp_path)


def key_of(form):
    return {item.id: item.right for item in items(form)}


def wrong(item):
    return next(letter for letter in item.options if letter != item.right)


def take(form, n_right=15, n_wrong=0):
    """Take a test: the first questions right, some wrong, the rest open; hand it in."""
    test = show(form)
    for number, item in enumerate(items(form)[: n_right + n_wrong]):
        test.questions[item.id].value = item.right if number < n_right else wrong(item)
    test.hand_in.click()
    if test.score is None:
        test.hand_in.click()
    return test


def sent(widget):
    """Return all that a browser gets of a widget and of those within, as one text."""
    parts = [json.dumps(widget.get_state(), default=str)]
    for child in getattr(widget, "children", ()):
        parts.append(sent(child))
    return re.sub(r"IPY_MODEL_\w+|model_id\W+\w+|\w{32}", "", "\n".join(parts))


def test_all_right_and_all_wrong_are_scored_so():
    assert score(key_of("before"), "before").share == 1.0
    none = score({item.id: wrong(item) for item in items("after")}, "after")
    assert (none.n_right, none.n_open) == (0, 0)
    assert none.marked[4].cause == items("after")[4].misconceptions[wrong(items("after")[4])]


def test_shares_are_by_chapter():
    answers = {item.id: item.right for item in items("before") if item.chapter in (1, 3)}
    answers["before-03"] = items("before")[2].right.upper()
    table = score(answers, "before").by_chapter
    assert table["right"].tolist() == [2, 1, 2, 0, 0]
    assert table["share"].tolist() == [1.0, 0.2, 1.0, 0.0, 0.0]
    assert table["subject"].tolist() == ["Readiness", "Selection", "Role", "Power", "Monday"]


def test_what_is_left_open_is_wrong_and_says_so():
    found = score({"before-01": " "}, "before")
    assert found.n_open == 15
    assert {(one.verdict, one.cause) for one in found.marked} == {("wrong", OPEN)}


@pytest.mark.parametrize(
    ("answers", "says"),
    [({"after-01": "a"}, "no question after-01"), ({"before-01": "ab"}, "got 'ab'")],
)
def test_answers_that_cannot_be_are_refused(answers, says):
    with pytest.raises(InputError, match=says):
        score(answers, "before")


def test_answers_are_left_as_they_were():
    answers = key_of("after")
    score(answers, "after")
    assert answers == key_of("after")


def test_a_test_that_there_is_not_is_not_shown():
    with pytest.raises(InputError, match="no knowledge test 'middle'"):
        show("middle")


def test_answers_are_counted_and_can_be_changed():
    test = show("before")
    assert "0 of 15 answered" in test.count.value
    test.questions["before-01"].value = "a"
    test.questions["before-01"].value = "c"
    test.questions["before-02"].value = "d"
    assert "2 of 15 answered" in test.count.value
    assert test.score is None


def test_open_questions_are_asked_for_once_before_handing_in():
    test = show("before")
    for item in items("before")[:13]:
        test.questions[item.id].value = item.right
    test.hand_in.click()
    assert "2 questions are open: 14 and 15" in test.status.value
    assert test.score is None
    test.questions["before-14"].value = "a"
    test.hand_in.click()
    assert "One question is open: 15" in test.status.value
    test.hand_in.click()
    assert (test.score.n_right, test.score.n_open) == (13, 1)


def test_a_whole_test_is_handed_in_at_once_with_its_shares():
    test = take("before", 7, 8)
    assert "7 of 15 right" in test.result.value
    assert "2 Selection" in test.result.value
    assert "100 %" in test.result.value
    assert test.hand_in not in test.children


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_a_browser_gets_before_handing_in_depends_on_the_key(form, monkeypatch):
    def with_another_key(of_form):
        return tuple(
            dataclasses.replace(
                item, right=wrong(item), lesson="Another.",
                misconceptions=dict.fromkeys(set(item.options) - {wrong(item)}, "errs"),
            )
            for item in items(of_form)
        )  # fmt: skip

    test = show(form)
    monkeypatch.setattr(knowledge_widget, "items", with_another_key)
    other = show(form)
    for one in (test, other):
        one.questions[f"{form}-03"].value = "b"
        one.hand_in.click()
    assert "14 questions are open" in sent(test)
    assert sent(test) == sent(other)
    bundles = [one._repr_mimebundle_() for one in (test, other)]
    for kind in ("text/plain", "text/html"):
        assert bundles[0][kind] == bundles[1][kind]
    for item in items(form):
        assert item.lesson not in sent(test)
        assert not any(cause in sent(test) for cause in item.misconceptions.values())


def test_without_a_front_end_the_questions_stand_there_without_answers():
    bundle = show("after")._repr_mimebundle_()
    for text in (bundle["text/plain"], bundle["text/html"]):
        assert all(f"{number}." in text for number in range(1, 16))
        assert "right answer" not in text
    assert "   a) Four managers" in bundle["text/plain"]


def test_what_was_right_is_told_after_the_second_test_only(file):
    lesson = items("before")[3].lesson
    first = take("before", 5, 10)
    assert lesson not in first.result.value
    assert "told once the second test is handed in" in first.result.value
    second = take("after", 9, 6)
    assert items("after")[3].lesson in second.result.value
    assert "Before: 5 of 15. After: 9 of 15." in second.result.value
    assert "What you chose" in second.result.value
    again = show("before")
    assert lesson in again.result.value
    assert "Before: 5 of 15. After: 9 of 15." in again.result.value


def test_each_item_is_recorded_once_with_its_misconception(file):
    take("before", 4, 3)
    events = read_progress(file).events
    assert [event.subject for event in events] == list(key_of("before"))
    assert {event.kind for event in events} == {"item"}
    assert [event.verdict for event in events] == ["right"] * 4 + ["wrong"] * 11
    chosen = items("before")[4]
    assert (events[4].answer, events[4].cause) == (
        wrong(chosen), chosen.misconceptions[wrong(chosen)]
    )  # fmt: skip
    assert (events[14].answer, events[14].cause) == ("", OPEN)


def test_a_test_handed_in_earlier_is_shown_as_done_with_its_day(file):
    take("before", 6, 9)
    day = read_progress(file).events[-1].moment
    again = show("before")
    assert again.score.n_right == 6
    assert f"handed in on {day:%d %B %Y}" in again.result.value
    assert again.practise not in again.children


def test_practice_neither_counts_nor_is_recorded(file):
    take("after", 6, 9)
    again = show("after")
    again.practise.click()
    assert "0 of 15 answered" in again.count.value
    for item in items("after"):
        again.questions[item.id].value = item.right
    again.hand_in.click()
    assert "This was practice; what counts is the first time, 6 of 15" in again.result.value
    assert len(read_progress(file).events) == 15
    assert show("after").score.n_right == 6


def test_the_first_of_two_open_pages_counts(file):
    late = show("before")
    take("before", 8, 7)
    for item in items("before"):
        late.questions[item.id].value = item.right
    late.hand_in.click()
    assert "what counts is the first time, 8 of 15" in late.result.value
    assert len(read_progress(file).events) == 15


def test_a_test_of_which_a_part_was_written_is_asked_again_and_completed(file):
    first = items("before")[0]
    record("item", first.id, answer=wrong(first), verdict="wrong", place=Place(file))
    assert show("before").score is None
    take("before", 15)
    assert len(read_progress(file).events) == 15
    assert show("before").score.n_right == 14


def test_outside_a_pack_nothing_is_kept(tmp_path):
    take("before", 15)
    assert list(tmp_path.iterdir()) == []
    assert show("before").score is None


def test_a_broken_file_does_not_stop_the_test(file):
    file.write_text("no database at all")
    test = take("before", 10, 5)
    assert "10 of 15 right" in test.result.value
    assert "Not recorded" in test.status.value


def test_the_answers_can_be_reached_by_keyboard():
    boxes = show("before").questions.values()
    assert all(isinstance(box, ipywidgets.RadioButtons) for box in boxes)
    assert all(box.value is None and not box.disabled for box in boxes)
