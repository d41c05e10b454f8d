import json
import os

import pytest

from kamtools.errors import InputError
from kamtools.publishing.placing import beside, check_place, into


@pytest.fixture
def place(tmp_path):
    return tmp_path / "report"


def make_report(folder, text):
    folder.mkdir()
    (folder / "index.html").write_text(text)
    record = {"versions": {"kamtools": "0"}, "files": ["index.html"]}
    (folder / "run.json").write_text(json.dumps(record))


def dead_pid():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


def test_report_takes_the_place_of_the_previous_one(place):
    make_report(place, "old")
    with beside(place) as new:
        (new / "index.html").write_text("new")
        assert (place / "index.html").read_text() == "old"
    assert [f.name for f in place.parent.iterdir()] == ["report"]
    assert [f.read_text() for f in place.iterdir()] == ["new"]


def test_error_leaves_the_previous_report_and_nothing_else(place):
    make_report(place, "old")
    with pytest.raises(ZeroDivisionError), beside(place):
        1 / 0  # noqa: B018
    assert [f.name for f in place.parent.iterdir()] == ["report"]
    assert (place / "index.html").read_text() == "old"


def test_report_left_aside_between_two_renames_is_put_back(place):
    make_report(place.with_name(f".report.old-{dead_pid()}"), "old")
    with pytest.raises(ZeroDivisionError), beside(place):
        1 / 0  # noqa: B018
    assert (place / "index.html").read_text() == "old"


def test_leftovers_of_dead_runs_go_and_those_of_live_ones_stay(place):
    for pid in (dead_pid(), os.getppid()):
        place.with_name(f".report.partial-{pid}").mkdir()
    place.with_name(".other.partial-1").mkdir()
    with beside(place):
        pass
    assert sorted(f.name for f in place.parent.iterdir()) == [
        ".other.partial-1", f".report.partial-{os.getppid()}", "report",
    ]  # fmt: skip


def test_new_or_empty_folder_and_an_earlier_report_are_accepted(place, tmp_path):
    check_place(place, engagement=tmp_path / "firm")
    place.mkdir()
    check_place(place, engagement=tmp_path / "firm")
    place.rmdir()
    make_report(place, "old")
    (place / ".ipynb_checkpoints").mkdir()
    (place / ".ipynb_checkpoints" / "selection-checkpoint.ipynb").touch()
    check_place(place, engagement=tmp_path / "firm")


def test_folder_of_something_else_is_refused(place, tmp_path):
    place.mkdir()
    (place / "thesis.docx").touch()
    with pytest.raises(InputError, match="is not empty and not a report of kam"):
        check_place(place, engagement=tmp_path / "firm")
    (place / "run.json").write_text("{}")
    with pytest.raises(InputError, match="is not empty and not a report of kam"):
        check_place(place, engagement=tmp_path / "firm")


def test_report_to_which_somebody_added_a_file_is_refused(place, tmp_path):
    make_report(place, "old")
    (place / "notes.txt").touch()
    with pytest.raises(InputError, match=r"also holds notes\.txt"):
        check_place(place, engagement=tmp_path / "firm")


@pytest.mark.parametrize("name", [".git", ".env"])
def test_hidden_files_of_somebody_are_not_overlooked(place, tmp_path, name):
    place.mkdir()
    (place / name).touch()
    with pytest.raises(InputError, match="is not empty and not a report"):
        check_place(place, engagement=tmp_path / "firm")
    (place / name).unlink()
    place.rmdir()
    make_report(place, "old")
    (place / name).touch()
    with pytest.raises(InputError, match=f"also holds {name}"):
        check_place(place, engagement=tmp_path / "firm")


def test_file_and_folder_of_the_engagement_are_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is a file; expected a folder"):
        check_place(tmp_path / "file", engagement=tmp_path / "firm")
    with pytest.raises(InputError, match="holds the engagement"):
        check_place(tmp_path, engagement=tmp_path / "firm")


def put_into(place, record, *, then=lambda: None):
    with into(place) as new:
        (new / "report.xlsx").touch()
        (new / "run.json").write_text(json.dumps(record))
        then()


def test_hand_over_that_fails_leaves_the_report_as_it_was(place):
    make_report(place, "old")
    before = (place / "run.json").read_text()
    with pytest.raises(ZeroDivisionError):
        put_into(place, {}, then=lambda: 1 / 0)
    assert (place / "run.json").read_text() == before
    assert [f.name for f in place.parent.iterdir()] == ["report"]


def test_hand_over_that_stops_after_its_record_leaves_a_report_a_run_may_replace(place, tmp_path):
    make_report(place, "old")
    (place / "report.xlsx").mkdir()  # in the way of the file, so that it cannot be put there
    record = {"versions": {"kamtools": "0"}, "files": {"index.html": "", "report.xlsx": ""}}
    with pytest.raises(OSError, match="directory"):
        put_into(place, record)
    assert json.loads((place / "run.json").read_text()) == record
    check_place(place, engagement=tmp_path / "firm")
