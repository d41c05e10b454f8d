"""`kam pseudonymise` as a person types it."""

import pytest

from kamtools import cli


def test_the_command_says_what_it_did_and_where_the_key_is(make_folder, tmp_path, capsys):
    folder = make_folder()
    with pytest.raises(SystemExit) as stopped:
        cli.main(["pseudonymise", str(folder), str(tmp_path / "out")])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert "3 invoice lines" in said
    assert "Pseudonymised is not anonymous" in said
    assert str(tmp_path / "firm.key") in said
    assert (tmp_path / "firm.key").is_file()
    assert (tmp_path / "out" / "measures.csv").is_file()


def test_a_folder_that_is_not_empty_is_refused_with_code_2(make_folder, tmp_path, capsys):
    folder = make_folder()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        cli.main(["pseudonymise", str(folder), str(tmp_path / "full")])
    assert stopped.value.code == 2
    assert "holds files already" in capsys.readouterr().err


@pytest.mark.parametrize("place", [".", "inside"])
def test_a_place_in_the_original_is_refused_with_code_2(make_folder, capsys, place):
    folder = make_folder()
    with pytest.raises(SystemExit) as stopped:
        cli.main(["pseudonymise", str(folder), str(folder / place)])
    assert stopped.value.code == 2
    assert "expected a place outside the original" in capsys.readouterr().err
    assert not (folder / "inside").exists()
