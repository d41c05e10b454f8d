import io
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from kamtools.errors import InputError
from kamtools.learning.progress import Place, record
from kamtools.training import collect as collecting
from kamtools.training.collect import collect, pack_identifier

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
PACK = "ab12"


@pytest.fixture
def hand_in(tmp_path):
    """Return a function that writes a progress file of one wrong answer after the other."""

    def write(name, *, n_events=3, pack=PACK, minutes=1):
        path = tmp_path / "back" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for number in range(n_events):
            moment = MOMENT + timedelta(minutes=minutes * number)
            told = record("answer", "selection-power-as-plus", answer="acd"[number % 3],
                          verdict="wrong", moment=moment, place=Place(path, pack))  # fmt: skip
            assert told == ""
        return path

    return write


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "back"


def reasons(found):
    return {one.source: one.reason for one in found.refused}


def sources(found):
    return {one.source for one in found.handed}


def zip_of(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_files_folders_and_zips_are_all_read(folder, hand_in):
    hand_in("ana.sqlite")
    hand_in("bo/pack/progress.sqlite")
    zipped = hand_in("zipped.sqlite")
    zip_of(folder / "cid.zip", {"pack/progress.sqlite": zipped.read_bytes(), "pack/x.txt": b"x"})
    zipped.unlink()
    (folder / "notes.docx").write_bytes(b"other files are left alone")
    found = collect(folder)
    assert sources(found) == {
        "ana.sqlite", "bo/pack/progress.sqlite", "cid.zip > pack/progress.sqlite",
    }  # fmt: skip
    assert found.refused == ()
    assert (found.pack, found.is_given) == (PACK, False)


def test_learners_come_in_the_order_of_their_random_identifiers(folder, hand_in):
    for name in "abcde":
        hand_in(f"{name}.sqlite")
    learners = [one.progress.learner for one in collect(folder).handed]
    assert learners == sorted(learners)


def test_nothing_that_was_handed_in_is_changed(folder, hand_in):
    path = hand_in("ana.sqlite")
    before = path.read_bytes()
    path.chmod(0o444)
    collect(folder)
    assert path.read_bytes() == before
    assert [file.name for file in folder.iterdir()] == ["ana.sqlite"]


def test_member_of_a_zip_that_would_leave_the_folder_is_read_and_written_nowhere(
    folder, hand_in, tmp_path
):
    path = hand_in("ana.sqlite")
    zip_of(folder / "x.zip", {"../../../evil.sqlite": path.read_bytes()})
    path.unlink()
    assert sources(collect(folder)) == {"x.zip > ../../../evil.sqlite"}
    assert {file.name for file in tmp_path.rglob("*")} == {"back", "x.zip"}


def test_bomb_is_not_unpacked_beyond_the_limit(folder, hand_in, monkeypatch):
    hand_in("ana.sqlite")
    monkeypatch.setattr(collecting, "LARGEST_BYTES", 1_000_000)
    zip_of(folder / "bomb.zip", {"progress.sqlite": bytes(50_000_000)})
    found = collect(folder)
    assert "larger than 1 MB when unpacked" in reasons(found)["bomb.zip > progress.sqlite"]
    assert sources(found) == {"ana.sqlite"}


def test_zips_that_are_none_or_hold_nothing_are_told(folder, hand_in):
    path = hand_in("ana.sqlite")
    (folder / "none.zip").write_bytes(b"PK no zip")
    zip_of(folder / "empty.zip", {"readme.txt": b"", "__MACOSX/._progress.sqlite": b"x"})
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("progress.sqlite", path.read_bytes())
    content = bytearray(whole.getvalue())
    content[200] ^= 255
    (folder / "torn.zip").write_bytes(content)
    told = reasons(collect(folder))
    assert "is no zip that can be read" in told["none.zip"]
    assert told["empty.zip"] == "holds no file that ends in .sqlite"
    assert "cannot be unpacked: Bad CRC-32" in told["torn.zip > progress.sqlite"]


def test_only_so_many_files_of_one_zip_are_looked_at(folder, hand_in, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_IN_A_ZIP", 2)
    content = hand_in("ana.sqlite").read_bytes()
    zip_of(folder / "many.zip", {f"{name}.sqlite": content for name in "abc"})
    assert "holds more than 2 progress files" in reasons(collect(folder))["many.zip"]


def test_link_is_not_followed(folder, hand_in, tmp_path):
    hand_in("ana.sqlite")
    shutil.copy(folder / "ana.sqlite", tmp_path / "elsewhere.sqlite")
    os.symlink(tmp_path / "elsewhere.sqlite", folder / "link.sqlite")
    assert "is a link" in reasons(collect(folder))["link.sqlite"]


def test_corrupt_and_doctored_files_are_told_with_the_reason(folder, hand_in):
    hand_in("ana.sqlite")
    (folder / "broken.sqlite").write_bytes(b"hello")
    with closing(sqlite3.connect(hand_in("changed.sqlite"))) as connection, connection:
        connection.execute("UPDATE events SET verdict = 'right' WHERE number = 1")
    told = reasons(collect(folder))
    assert "file is not a database" in told["broken.sqlite"]
    assert "chain of seals breaks at event 1 of 3" in told["changed.sqlite"]


def test_pack_of_most_files_counts_unless_one_is_named(folder, hand_in):
    hand_in("a.sqlite")
    hand_in("b.sqlite")
    hand_in("c.sqlite", pack="other")
    assert sources(collect(folder)) == {"a.sqlite", "b.sqlite"}
    named = collect(folder, pack="other")
    assert sources(named) == {"c.sqlite"}
    assert reasons(named)["a.sqlite"] == "was made in another pack than the class's"


def test_longest_file_of_a_learner_counts_and_the_others_are_told(folder, hand_in):
    early = hand_in("a.sqlite", n_events=2)
    copied = early.with_name("b.sqlite")
    shutil.copy(early, copied)
    shutil.copy(early, early.with_name("same.sqlite"))
    record("answer", "selection-power-as-plus", answer="d", verdict="wrong",
           moment=MOMENT + timedelta(hours=1), place=Place(copied, PACK))  # fmt: skip
    apart = early.with_name("c.sqlite")
    shutil.copy(early, apart)
    for letter in "dac":
        record("answer", "selection-power-as-plus", answer=letter, verdict="wrong",
               moment=MOMENT + timedelta(hours=2), place=Place(apart, PACK))  # fmt: skip
    shutil.copy(apart, apart.with_name("d.sqlite"))
    found = collect(folder)
    assert sources(found) == {"c.sqlite"}
    assert "5 files of this learner" in found.handed[0].notes[0]
    told = reasons(found)
    assert told["d.sqlite"] == "is the same as another file, which counts"
    assert told["a.sqlite"] == "is an earlier state of another file, which counts"
    assert told["b.sqlite"] == "is other answers under the identifier of another file, which counts"


def test_folder_without_anything_handed_in_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"holds no file that ends in \.sqlite or \.zip"):
        collect(tmp_path)
    with pytest.raises(InputError, match="expected a folder"):
        collect(tmp_path / "none")


def test_pack_is_known_by_its_folder_its_zip_and_its_file(tmp_path):
    (tmp_path / "pack.json").write_text('{"pack": "ab12"}', encoding="utf-8")
    zip_of(tmp_path / "pack.zip", {"one-day/pack.json": b'{"pack": "ab12"}'})
    places = (tmp_path, tmp_path / "pack.zip", tmp_path / "pack.json")
    assert {pack_identifier(place) for place in places} == {"ab12"}


@pytest.mark.parametrize("content", ["{}", "[]", "no", '{"pack'])
def test_what_is_no_pack_is_refused(tmp_path, content):
    (tmp_path / "pack.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="expected a pack"):
        pack_identifier(tmp_path)
