import json
import os
import subprocess
import sys
import zipfile

import pytest

from kamtools import cli
from kamtools.cli import teaching


@pytest.fixture
def kam(capsys):
    """Return a function that gives a command and returns its code, output and errors."""

    def give(*arguments):
        code = 0
        try:
            cli.main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code or 0
        written = capsys.readouterr()
        return code, written.out, written.err

    return give


def test_courses_are_listed_with_their_group_and_minutes(kam):
    code, out, _ = kam("train", "courses")
    day = next(line for line in out.splitlines() if line.startswith("one-day"))
    assert (code, day.split()[-4:]) == (0, ["4", "24", "1", "510"])


def test_pack_says_where_it_begins_and_where_the_zip_is(kam, tmp_path):
    code, out, _ = kam("train", "pack", "five-evenings", tmp_path / "mine")
    start, archive = out.splitlines()
    assert (code, start) == (0, str(tmp_path / "mine" / "start.html"))
    assert json.loads((tmp_path / "mine" / "pack.json").read_text())["course"] == "five-evenings"
    assert zipfile.is_zipfile(archive)


def test_pack_never_goes_over_anything(kam, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    code, _, err = kam("train", "pack", "one-day", tmp_path)
    assert (code, "is not empty" in err) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_course_that_is_not_there_is_refused_with_a_hint(kam, tmp_path):
    code, _, err = kam("train", "pack", "one-dya", tmp_path / "mine")
    assert (code, "did you mean one-day?" in err) == (2, True)
    assert not (tmp_path / "mine").exists()


def test_lab_inside_a_pack_opens_the_pack_at_its_start_page(kam, tmp_path, monkeypatch):
    (tmp_path / "pack.json").write_text("{}", encoding="utf-8")
    (tmp_path / "exercises").mkdir()
    called = []
    monkeypatch.chdir(tmp_path / "exercises")
    monkeypatch.setattr(
        teaching.subprocess,
        "run",
        lambda command, check: called.append(command) or subprocess.CompletedProcess(command, 0),
    )
    assert kam("lab")[0] == 0
    root, opened = f"--ServerApp.root_dir={tmp_path}", "--LabApp.default_url=/lab/tree/start.html"
    assert called == [[sys.executable, "-P", "-m", "jupyterlab", root, opened]]
    assert os.listdir(tmp_path / "exercises") == []
