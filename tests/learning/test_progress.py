import json
import multiprocessing
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.learning import progress_file
from kamtools.learning.answers import as_names, as_number
from kamtools.learning.exercises import EXERCISES, check
from kamtools.learning.progress import (
    Place,
    answer_text,
    progress_place,
    record,
    sign,
)
from kamtools.learning.progress_file import read_progress

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture
def pack(tmp_path):
    told = {"pack": "ab12", "course": "one-day"}
    (tmp_path / "pack.json").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "exercises").mkdir()
    return tmp_path


@pytest.fixture
def place(pack):
    return progress_place(pack, {})


def write(place, n_events=3):
    for number in range(n_events):
        moment = MOMENT + timedelta(minutes=number)
        told = record("answer", "readiness-level", answer=number, verdict="wrong", moment=moment,
                      place=place)  # fmt: skip
        assert told == ""


def change(path, statement, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def test_what_is_recorded_is_read_back(place):
    record("answer", "readiness-level", answer=" 3 ", verdict="wrong", cause="why", moment=MOMENT,
           place=place)  # fmt: skip
    record("hint", "readiness-level", strength=2, moment=MOMENT, place=place)
    read = read_progress(place.path)
    assert (read.pack, read.course, read.name, read.made) == ("ab12", "one-day", "", MOMENT)
    assert [(e.kind, e.answer, e.verdict, e.cause, e.strength) for e in read.events] == [
        ("answer", "3", "wrong", "why", 0),
        ("hint", "", "", "", 2),
    ]


def test_place_is_beside_the_pack_above_the_notebook(pack):
    assert progress_place(pack / "exercises", {}).path == pack / "progress.sqlite"


def test_file_that_is_named_comes_first_and_keeps_the_pack(pack, tmp_path):
    named = progress_place(pack / "exercises", {"KAMTOOLS_PROGRESS": str(tmp_path / "mine.sqlite")})
    assert (named.path.name, named.pack, named.folder) == ("mine.sqlite", "ab12", pack)


def test_nothing_is_recorded_outside_a_pack(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAMTOOLS_PROGRESS", raising=False)
    (tmp_path / "pack.json").write_text('{"name": "of another program"}', encoding="utf-8")
    assert progress_place() is None
    assert type(check("readiness-level", "3")).__name__ == "Feedback"
    assert [file.name for file in tmp_path.iterdir()] == ["pack.json"]


def test_two_learners_have_two_identifiers(tmp_path):
    places = [Place(tmp_path / f"{name}.sqlite") for name in "ab"]
    for one in places:
        write(one, 1)
    first, second = (read_progress(one.path).learner for one in places)
    assert first != second


def test_learner_may_give_a_name_and_take_it_back(place):
    write(place)
    assert sign(" Ana <b> 浩 ", place=place) == ""
    assert read_progress(place.path).name == "Ana <b> 浩"
    sign("", place=place)
    assert read_progress(place.path).name == ""


def test_file_of_another_pack_is_left_alone(place, tmp_path):
    write(place)
    before = place.path.read_bytes()
    told = record("answer", "x", place=Place(place.path, "another", "one-day"))
    assert "belongs to another pack" in told
    assert place.path.read_bytes() == before


def _write_many(path, n_events):
    write(Place(path), n_events)


def test_two_notebooks_at_once_lose_nothing(tmp_path):
    path = tmp_path / "both.sqlite"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(path, 20)) for _ in range(2)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(60)
    assert [one.exitcode for one in writers] == [0, 0]
    assert len(read_progress(path).events) == 40


def test_locked_file_is_told_and_stops_nothing(place, monkeypatch):
    monkeypatch.setattr(progress_file, "WAIT_SECONDS", 0.05)
    write(place)
    with closing(sqlite3.connect(place.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "Not recorded: database is locked" in record("answer", "x", place=place)
    assert len(read_progress(place.path).events) == 3


def test_full_disk_is_told_and_stops_nothing(place, monkeypatch):
    write(place)
    connect = sqlite3.connect

    def nearly_full(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(progress_file.sqlite3, "connect", nearly_full)
    told = [record("answer", "x", answer="y" * 400, place=place) for _ in range(40)]
    assert "Not recorded: database or disk is full" in told[-1]
    monkeypatch.undo()
    read_progress(place.path)


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\0" + b"\xff" * 3000])
def test_broken_file_is_told_and_left_as_it_is(place, content):
    place.path.write_bytes(content)
    assert record("answer", "x", place=place).startswith("Not recorded:")
    assert place.path.read_bytes() == content


def test_folder_in_the_place_of_the_file_is_told(place):
    place.path.mkdir()
    assert record("answer", "x", place=place).startswith("Not recorded:")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_file_that_may_not_be_written_is_told(place):
    write(place)
    place.path.chmod(0o444)
    assert record("answer", "x", place=place).startswith("Not recorded:")


def test_check_in_a_pack_goes_on_whatever_its_file_is(place, monkeypatch):
    place.path.write_bytes(b"broken")
    monkeypatch.chdir(place.path.parent)
    monkeypatch.delenv("KAMTOOLS_PROGRESS", raising=False)
    feedback = check("readiness-level", "3", moment=MOMENT)
    assert feedback.verdict == "wrong"
    assert "Not recorded:" in repr(feedback)
    assert "Not recorded:" in feedback._repr_html_()


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE events SET verdict = 'right' WHERE number = 2", "breaks at event 2 of 3"),
        ("DELETE FROM events WHERE number = 2", "event 2 is missing"),
        ("DELETE FROM events WHERE number = 3", "last events are missing"),
        ("UPDATE meta SET value = 'someone' WHERE key = 'learner'", "chain of seals breaks"),
        ("UPDATE meta SET value = '9' WHERE key = 'schema'", "another version"),
        ("DELETE FROM meta WHERE key = 'name'", "meta should hold"),
        ("CREATE VIEW more AS SELECT 1", "tables of a progress file, and those only"),
        ("DROP TABLE events", "tables of a progress file, and those only"),
    ],
)
def test_doctored_file_is_refused_with_the_reason(place, statement, reason):
    write(place)
    change(place.path, statement)
    with pytest.raises(InputError, match=reason):
        read_progress(place.path)


def test_name_is_not_sealed_since_it_may_change(place):
    write(place)
    change(place.path, "UPDATE meta SET value = 'Bo' WHERE key = 'name'")
    assert read_progress(place.path).name == "Bo"


@pytest.mark.parametrize("keep", [0, 100, 4096, 9000])
def test_file_cut_off_in_a_copy_is_refused(place, keep):
    write(place, 40)
    place.path.write_bytes(place.path.read_bytes()[:keep])
    with pytest.raises(InputError):
        read_progress(place.path)


def test_missing_and_huge_files_are_refused(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="there is no file"):
        read_progress(tmp_path / "none.sqlite")
    monkeypatch.setattr(progress_file, "LARGEST_BYTES", 10)
    (tmp_path / "huge.sqlite").write_bytes(bytes(11))
    with pytest.raises(InputError, match="larger than"):
        read_progress(tmp_path / "huge.sqlite")


def test_reading_changes_nothing(place):
    write(place)
    before = place.path.read_bytes()
    read_progress(place.path)
    assert place.path.read_bytes() == before


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_number_is_read_back_as_the_same_number(number):
    assert as_number(answer_text(number)) == pytest.approx(number, rel=1e-11, abs=1e-300)


@given(st.sets(st.text("abcxyz浩", min_size=1, max_size=6), min_size=1, max_size=6))
def test_names_are_read_back_as_the_same_names(names):
    assert as_names(answer_text(names), None) == as_names(names, None)
    assert as_names(answer_text(pd.Series(sorted(names))), None) == as_names(names, None)


def test_whatever_is_answered_becomes_a_short_text():
    assert answer_text(pd.DataFrame({"a": [1]})) == "(DataFrame)"
    assert len(answer_text("x" * 9999)) == 500
    assert answer_text({"a": 1}) == "(dict)"
    assert answer_text(["a, b"]) == "a; b"


def test_answer_that_cannot_even_be_written_is_told(place):
    class Odd(list):
        def __iter__(self):
            raise RuntimeError("no")

    assert record("answer", "x", answer=Odd([1]), place=place) == "Not recorded: no."
    assert record("answer", "\ud800", place=place) == ""


@pytest.mark.parametrize("name", EXERCISES)
def test_every_typical_mistake_has_a_short_cause_of_its_own(name):
    causes = [mistake.cause for mistake in EXERCISES[name].mistakes]
    assert all(0 < len(cause) <= 60 for cause in causes)
    assert len(set(causes)) == len(causes)
