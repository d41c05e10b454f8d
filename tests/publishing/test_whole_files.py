import pytest

from kamtools.publishing import whole_files
from kamtools.publishing.whole_files import write_whole


def test_a_file_is_written_and_replaces_an_earlier_one(tmp_path):
    for content in (b"one", b"\x00two\r\n"):
        write_whole(tmp_path / "a.ics", content)
        assert (tmp_path / "a.ics").read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["a.ics"]


def test_a_write_that_fails_leaves_the_earlier_file_and_nothing_else(tmp_path, monkeypatch):
    write_whole(tmp_path / "a.ics", b"one")

    def no_room(self, target):
        raise OSError("no room")

    monkeypatch.setattr(whole_files.Path, "replace", no_room)
    with pytest.raises(OSError, match="no room"):
        write_whole(tmp_path / "a.ics", b"two")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"one"]
