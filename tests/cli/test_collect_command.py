"""`kam train collect`: the class view from what was handed back."""

import pytest

from kamtools.cli import main
from kamtools.learning.progress import Place, record, sign


@pytest.fixture
def back(tmp_path):
    """Return a folder with two files that count, of which one has a name, and a broken one."""
    folder = tmp_path / "back"
    folder.mkdir()
    for name in ("Ana", ""):
        place = Place(folder / f"{name or 'other'}.sqlite", "ab12", "one-day")
        record("answer", "role-pay-mix", answer="c", verdict="right", place=place)
        sign(name, place=place)
    (folder / "broken.sqlite").write_bytes(b"broken")
    return folder


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["train", "collect", *map(str, arguments)])
    return ended.value.code


def test_class_view_is_made_and_what_does_not_count_is_told(back, tmp_path, capsys):
    assert run(back, "--out", tmp_path / "class") == 0
    said = capsys.readouterr()
    assert "2 learners handed in a file that counts." in said.out
    assert said.out.rstrip().endswith("index.html")
    assert "not counted: broken.sqlite: the file cannot be read" in said.err
    assert "Ana" not in (tmp_path / "class/index.html").read_text(encoding="utf-8")


def test_names_are_there_where_they_are_asked_for(back, tmp_path):
    assert run(back, "--out", tmp_path / "class", "--names") == 0
    assert "Ana" in (tmp_path / "class/tables/learners.csv").read_text(encoding="utf-8-sig")


def test_only_the_pack_that_is_named_counts(back, tmp_path, capsys):
    (tmp_path / "pack.json").write_text('{"pack": "another"}', encoding="utf-8")
    assert run(back, "--out", tmp_path / "class", "--pack", tmp_path / "pack.json") == 0
    said = capsys.readouterr()
    assert "0 learners handed in a file that counts." in said.out
    assert "other.sqlite: was made in another pack than the class's" in said.err


def test_folder_of_other_work_is_not_written_to(back, tmp_path, capsys):
    (tmp_path / "class").mkdir()
    (tmp_path / "class/mine.txt").write_text("mine", encoding="utf-8")
    assert run(back, "--out", tmp_path / "class") == 2
    assert "not empty" in capsys.readouterr().err


def test_folder_that_is_not_there_is_bad_input(tmp_path, capsys):
    assert run(tmp_path / "none") == 2
    assert "expected a folder with packs handed back" in capsys.readouterr().err
