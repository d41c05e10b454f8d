"""Finding an engagement by name or folder."""

import pytest

from kamtools import samples
from kamtools.errors import InputError
from kamtools.samples import company, locating, public


@pytest.fixture
def cheap_company(monkeypatch):
    """Replace the generator by one that is quick and counts its calls."""
    made = []

    def write_company(folder, *, seed):
        folder.mkdir()
        (folder / "engagement.toml").write_text(f"name = 'seed {seed}'", encoding="utf-8")
        made.append(folder)

    monkeypatch.setattr(company, "write_company", write_company)
    return made


def test_the_sample_is_made_in_the_cache_with_the_seed_that_ships(tmp_path):
    folder = samples.locate("sample", cache=tmp_path)
    assert folder.parent == tmp_path
    assert str(company.SEED) in folder.name
    assert (folder / "invoices.csv").is_file()


def test_the_user_s_cache_is_the_default(tmp_path, monkeypatch, cheap_company):
    monkeypatch.setattr(locating.pooch, "os_cache", lambda project: tmp_path / project)
    assert locating.locate("sample").parent == tmp_path / "kamtools"


def test_the_sample_is_made_once(tmp_path, cheap_company):
    first = locating.locate("sample", cache=tmp_path)
    assert locating.locate("sample", cache=tmp_path) == first
    assert len(cheap_company) == 1


def test_nothing_but_the_sample_is_left_in_the_cache(tmp_path, cheap_company):
    folder = locating.locate("sample", cache=tmp_path)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_changed_generator_makes_a_new_sample(tmp_path, monkeypatch, cheap_company):
    old = locating.locate("sample", cache=tmp_path)
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "company.py").write_text("changed = True", encoding="utf-8")
    monkeypatch.setattr(locating, "__file__", str(sources / "locating.py"))
    assert locating.locate("sample", cache=tmp_path) != old
    assert len(cheap_company) == 2


def test_another_seed_has_another_place_in_the_cache(tmp_path, monkeypatch, cheap_company):
    old = locating.locate("sample", cache=tmp_path)
    monkeypatch.setattr(company, "SEED", 5)
    assert locating.locate("sample", cache=tmp_path) != old


def test_a_failure_leaves_the_cache_as_it_was(tmp_path, monkeypatch):
    def write_company(folder, *, seed):
        folder.mkdir()
        (folder / "half").touch()
        raise OSError("disk full")

    monkeypatch.setattr(company, "write_company", write_company)
    with pytest.raises(OSError, match="disk full"):
        locating.locate("sample", cache=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_sample_that_another_process_made_meanwhile_is_used(tmp_path, monkeypatch):
    def write_company(folder, *, seed):
        for path in (folder, tmp_path / folder.name):
            path.mkdir()
            (path / "engagement.toml").write_text(path.parent.name, encoding="utf-8")

    monkeypatch.setattr(company, "write_company", write_company)
    folder = locating.locate("sample", cache=tmp_path)
    assert (folder / "engagement.toml").read_text(encoding="utf-8") == tmp_path.name
    assert list(tmp_path.iterdir()) == [folder]


def test_a_public_set_is_made_once_by_its_name(tmp_path, monkeypatch):
    asked = []

    def make_engagement(name, folder):
        folder.mkdir()
        (folder / "engagement.toml").write_text(name, encoding="utf-8")
        asked.append(name)

    monkeypatch.setattr(public, "make_engagement", make_engagement)
    name = public.NAMES[0]
    folder = locating.locate(name, cache=tmp_path)
    assert locating.locate(name, cache=tmp_path) == folder
    assert asked == [name]
    assert (folder / "engagement.toml").read_text(encoding="utf-8") == name


def test_a_public_set_from_another_data_folder_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(public, "make_engagement", lambda name, folder: folder.mkdir())
    name, cache = public.NAMES[0], tmp_path / "cache"
    monkeypatch.delenv("KAMTOOLS_DATA", raising=False)
    without = locating.locate(name, cache=cache)
    monkeypatch.setenv("KAMTOOLS_DATA", str(tmp_path))
    assert locating.locate(name, cache=cache) != without


@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_an_existing_folder_is_returned_as_it_is_and_nothing_is_written(tmp_path, kind):
    folder, cache = tmp_path / "mine", tmp_path / "cache"
    folder.mkdir()
    assert locating.locate(kind(folder), cache=cache) == folder
    assert list(folder.iterdir()) == []
    assert not cache.exists()


def test_an_unknown_name_is_refused_with_what_is_possible(tmp_path):
    with pytest.raises(InputError, match="no engagement 'smaple': as a folder it does not exist"):
        locating.locate("smaple", cache=tmp_path)
    with pytest.raises(InputError, match=rf"'sample', or a public set \(.*{public.NAMES[0]}"):
        locating.locate("smaple", cache=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_refused(tmp_path):
    (tmp_path / "invoices.csv").touch()
    with pytest.raises(InputError, match="as a folder it is a file; expected a folder"):
        locating.locate(tmp_path / "invoices.csv")
