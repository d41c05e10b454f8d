import hashlib
import re

from kamtools.publishing import provenance


def test_hash_is_that_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert provenance.sha256(tmp_path / "a") == hashlib.sha256(b"abc").hexdigest()


def test_file_outside_of_the_engagement_is_told_by_its_own_name_only(tmp_path):
    firm = tmp_path / "firm"
    (firm / "data").mkdir(parents=True)
    (firm / "data" / "b.csv").touch()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.csv").touch()
    files = [firm / "data" / "b.csv", tmp_path / "secret" / "a.csv"]
    named = [entry["file"] for entry in provenance.input_hashes(files, firm)]
    assert named == ["a.csv", "data/b.csv"]


def test_versions_are_those_of_what_the_numbers_rest_on():
    assert {"python", "kamtools", "duckdb", "ibis-framework"} <= provenance.versions().keys()


def test_commit_is_one_or_none():
    commit = provenance.commit()
    assert commit is None or re.fullmatch("[0-9a-f]{40}", commit)


def test_commit_is_none_outside_of_a_checkout(monkeypatch, tmp_path):
    monkeypatch.setattr("kamtools.__file__", str(tmp_path / "kamtools" / "__init__.py"))
    assert provenance.commit() is None


def test_run_stamp_is_a_moment_in_utc():
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", provenance.run_stamp())
