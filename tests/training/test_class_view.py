import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.learning.knowledge_items import items
from kamtools.learning.progress_file import Event, Progress
from kamtools.training.class_page import class_page, kept_records, summary, write_class_view
from kamtools.training.class_view import class_view, learner_labels
from kamtools.training.collect import Collection, Handed, Refused

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
NASTY = "<script>浩</script>"


def answer(text, verdict, cause="", exercise="role-pay-mix"):
    return Event(MOMENT, "answer", exercise, answer=text, verdict=verdict, cause=cause)


def test_of(form, n_right):
    return [
        Event(MOMENT, "item", item.id, answer="", verdict="right" if n < n_right else "wrong")
        for n, item in enumerate(items(form))
    ]


test_of.__test__ = False


def room(*of_learners, names=(), refused=()):
    handed = tuple(
        Handed(
            f"{number}.sqlite",
            Progress("p", "one-day", f"id{number}", name, MOMENT, tuple(events)),
        )
        for number, (events, name) in enumerate(
            zip(of_learners, [*names, *[""] * len(of_learners)], strict=False)
        )
    )
    return Collection(handed, tuple(refused), "p", is_given=True)


def view_of(*of_learners, **options):
    return class_view(room(*of_learners, **options), seed=1)


def test_share_solved_is_of_the_whole_class_and_tries_of_those_who_tried():
    table = view_of(
        [answer("a", "wrong"), answer("c", "right")],
        [answer("a", "wrong"), answer("b", "wrong"), answer("d", "wrong")],
        [Event(MOMENT, "hint", "role-pay-mix", strength=1)],
        [],
    ).exercises
    row = table.loc["role-pay-mix"]
    assert (row.begun, row.solved, row.share_solved) == (3, 1, 0.25)
    assert (row.median_tries, row.hints) == (2.5, 1)


def test_wrong_answers_of_one_cause_are_one_and_the_commonest_come_first():
    table = view_of(
        [answer("A", "wrong", "x"), answer("q", "wrong")],
        [answer("a", "wrong", "x"), answer("Q ", "wrong")],
        [answer("a", "wrong", "x"), answer("b", "wrong", "y")],
    ).wrong_answers
    assert table.to_numpy().tolist() == [
        ["role-pay-mix", "a", "x", 3, 3],
        ["role-pay-mix", "Q ", "no typical mistake", 2, 2],
        ["role-pay-mix", "b", "y", 1, 1],
    ]


def test_only_three_wrong_answers_of_an_exercise_are_listed():
    tries = [answer(sign, "wrong") for sign in "qwert"]
    assert len(view_of(tries).wrong_answers) == 3


def test_gain_is_of_those_who_took_both_tests_whole():
    view = view_of(
        [*test_of("before", 5), *test_of("after", 9)],
        [*test_of("before", 5), *test_of("after", 9)[:-1]],
    )
    assert view.learners["gain"].isna().tolist() == [False, True]
    assert (view.gain.learners, view.gain.mean) == (1, 4)
    assert view.items["before"]["learners"].eq(2).all()
    assert view.items["after"]["learners"].eq(1).all()


def test_names_are_shown_only_where_they_are_asked_for_and_told_apart():
    collection = room([], [], [], [], names=("Ana", "", "Ana", "Bo"))
    assert learner_labels(collection.handed, has_names=False) == [
        f"learner {number}" for number in (1, 2, 3, 4)
    ]
    assert learner_labels(collection.handed, has_names=True) == [
        "Ana (learner 1)", "learner 2", "Ana (learner 3)", "Bo",
    ]  # fmt: skip
    assert "Ana" not in class_page(class_view(collection, seed=1), collection)


def test_predictions_and_games_are_counted_by_subject():
    view = view_of(
        [Event(MOMENT, "prediction", "a-case", answer="1"), Event(MOMENT, "game", "g")],
        [Event(MOMENT, "prediction", "a-case", answer="2")] * 2,
    )
    assert view.cases.loc["a-case"].tolist() == [2, 3]
    assert view.games.loc["g"].tolist() == [1, 1]


def test_class_of_which_no_file_counts_is_a_page_that_says_why(tmp_path):
    collection = room(refused=[Refused("x.sqlite", "is broken")])
    view = class_view(collection, seed=1)
    assert list(kept_records(view, collection)) == ["not_counted"]
    assert summary(view, collection)[:2] == [
        "0 learners handed in a file that counts.",
        "1 file is not counted: see below.",
    ]
    assert "is broken" in class_page(view, collection)
    assert math.isnan(view.gain.mean)


@pytest.fixture
def nasty():
    events = [answer(NASTY, "wrong"), *test_of("before", 5), *test_of("after", 9)]
    refused = [Refused(NASTY, "is broken")]
    return room(events, events, names=(NASTY, "=1+1"), refused=refused)


def test_whatever_people_typed_comes_out_as_text(nasty, tmp_path):
    view = class_view(nasty, has_names=True, seed=1)
    page = write_class_view(view, nasty, tmp_path / "out", folder=tmp_path)
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 4
    table = pd.read_csv(tmp_path / "out/tables/learners.csv", encoding="utf-8-sig")
    assert table["learner"].tolist() == [NASTY, "'=1+1"]


def test_names_of_files_are_names_too(nasty):
    shown = {
        has_names: kept_records(class_view(nasty, has_names=has_names, seed=1), nasty)
        for has_names in (True, False)
    }
    assert shown[True]["not_counted"]["rows"] == [[NASTY, "is broken"]]
    assert shown[False]["not_counted"]["rows"] == [["file 1", "is broken"]]


def test_every_picture_has_words_and_is_in_the_page(nasty):
    html = class_page(class_view(nasty, seed=1), nasty)
    assert html.count("<img") == html.count("data:image/png") == 2
    assert 'alt="Bars: share of the class that solved each exercise. role-pay-mix 0 %."' in html
    assert "learner 1 5 to 9; learner 2 5 to 9" in html


def test_same_class_is_the_same_bytes(nasty, tmp_path):
    view = class_view(nasty, seed=1)
    pages = [write_class_view(view, nasty, tmp_path / out, folder=tmp_path / "in") for out in "ab"]
    first, second = (
        {file.relative_to(page.parent): file.read_bytes()
         for file in page.parent.rglob("*") if file.is_file()}
        for page in pages
    )  # fmt: skip
    assert first == second


def test_earlier_class_view_is_replaced_and_other_work_is_not(nasty, tmp_path):
    view, out = class_view(nasty, seed=1), tmp_path / "out"
    write_class_view(view, nasty, out, folder=tmp_path / "in")
    write_class_view(view, nasty, out, folder=tmp_path / "in")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.txt"):
        write_class_view(view, nasty, out, folder=tmp_path / "in")
    with pytest.raises(InputError, match="expected a folder of its own"):
        write_class_view(view, nasty, tmp_path, folder=tmp_path / "in")


def test_page_that_cannot_be_made_leaves_nothing(nasty, tmp_path, monkeypatch):
    view = class_view(nasty, seed=1)

    def full(*_):
        raise OSError("disk is full")

    monkeypatch.setattr("kamtools.training.class_page.write_record", full)
    with pytest.raises(OSError, match="full"):
        write_class_view(view, nasty, tmp_path / "out", folder=tmp_path / "in")
    assert list(tmp_path.iterdir()) == []


def test_clock_set_back_is_noted_beside_the_learner():
    late = replace(answer("a", "wrong"), moment=MOMENT + timedelta(hours=1))
    collection = room([late])
    noted = replace(collection, handed=(replace(collection.handed[0], notes=("odd",)),))
    assert class_view(noted, seed=1).learners["notes"].tolist() == ["odd"]
