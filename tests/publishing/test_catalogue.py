import pytest

from kamtools.errors import InputError
from kamtools.publishing.catalogue import INSTALLED, choose, own_notebooks


@pytest.fixture
def folder(tmp_path):
    for name in ("2_selection", "1_readiness", "scratch", "10_other"):
        (tmp_path / f"{name}.ipynb").touch()
    return tmp_path


def test_notebooks_go_by_short_names_in_the_order_of_the_method(folder):
    assert list(choose([], folder)) == ["readiness", "selection"]
    assert list(choose(["selection", "readiness"], folder)) == ["readiness", "selection"]


@pytest.mark.parametrize("name", ["scratch", "../2_selection", "2_selection.ipynb", "/etc/passwd"])
def test_name_that_is_not_on_the_list_is_refused(folder, name):
    with pytest.raises(InputError, match=r"no notebook .*Known: readiness, selection"):
        choose([name], folder)


def test_folder_without_notebooks_is_refused(tmp_path):
    with pytest.raises(InputError, match="no notebooks in"):
        choose([], tmp_path)


def test_misspelt_name_is_answered_with_the_nearest(folder):
    with pytest.raises(InputError, match="did you mean selection"):
        choose(["selektion"], folder)


def test_notebooks_of_an_installed_package_are_copied_once(folder, tmp_path, monkeypatch):
    installed = tmp_path / INSTALLED
    installed.mkdir()
    (installed / "2_selection.ipynb").write_text("new")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kamtools.publishing.catalogue.notebooks_folder", lambda: installed)
    own = own_notebooks()
    (own / "2_selection.ipynb").write_text("changed by me")
    assert (own_notebooks() / "2_selection.ipynb").read_text() == "changed by me"
