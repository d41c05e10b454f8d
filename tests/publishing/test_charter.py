import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.publishing.documents.charter import to_markdown, write_charter
from kamtools.role.charter_form import Charter, Line, Section
from kamtools.role.profile import blank_charter, charter

AWKWARD = "Moor & Sons <Wholesale> | *A_B* &lt; [x](y) `c` 青禾\n超市"


def charter_of(manager_id="M2", name="林知秋", account="a"):
    managers = pd.DataFrame({"manager_id": [manager_id], "name": [name]})
    assignment = pd.DataFrame({"manager_id": [manager_id]}, index=[account])
    return charter(manager_id, managers=managers, assignment=assignment, firm="Lantern Foods")


def cells_of(row):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def test_both_files_are_named_after_the_manager(tmp_path):
    paths = write_charter(charter_of(), tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["charter-M2.md", "charter-M2.docx"]
    assert sorted(f.name for f in (tmp_path / "new" / "folder").iterdir()) == [
        "charter-M2.docx", "charter-M2.md",
    ]  # fmt: skip


def test_same_charter_gives_the_same_bytes(tmp_path):
    first = [path.read_bytes() for path in write_charter(charter_of(), tmp_path / "1")]
    again = [path.read_bytes() for path in write_charter(charter_of(), tmp_path / "2")]
    assert first == again


def test_earlier_charter_is_replaced(tmp_path):
    write_charter(charter_of(name="Ines Falk"), tmp_path)
    markdown, _ = write_charter(charter_of(), tmp_path)
    assert markdown.read_text(encoding="utf-8").startswith("# Role charter: 林知秋\n")


def test_writing_that_fails_leaves_the_earlier_file_whole_and_nothing_half(tmp_path, monkeypatch):
    paths = write_charter(charter_of(), tmp_path)
    before = [path.read_bytes() for path in paths]

    def full_disk(path, content):
        path.touch()
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="no space left"):
        write_charter(charter_of(name="Ines Falk"), tmp_path)
    assert [path.read_bytes() for path in paths] == before
    assert len(list(tmp_path.iterdir())) == 2


def test_document_that_cannot_be_made_writes_no_markdown_either(tmp_path):
    odd = Charter("M2", "", "", None, (Section("pay", (Line(("one cell",), "entered"),)),))
    with pytest.raises(ValueError, match="columns"):
        write_charter(odd, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("manager_id", "file"),
    [
        ("../up", "charter-..%2Fup.md"),
        ("林/2", "charter-林%2F2.md"),
        ("a b%", "charter-a%20b%25.md"),
    ],
)
def test_id_never_leads_out_of_the_folder(tmp_path, manager_id, file):
    markdown, _ = write_charter(charter_of(manager_id), tmp_path / "in")
    assert (markdown.parent, markdown.name) == (tmp_path / "in", file)


def test_ids_that_differ_never_share_a_file(tmp_path):
    paths = [write_charter(charter_of(one), tmp_path)[0] for one in ("a/b", "a%2Fb", "a_b")]
    assert len(set(paths)) == 3


def test_place_that_is_a_file_and_id_that_is_blank_are_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="is a file; expected a folder"):
        write_charter(charter_of(), tmp_path / "file")
    with pytest.raises(InputError, match="got a blank one"):
        write_charter(charter_of(" "), tmp_path)


def test_every_table_row_has_as_many_cells_as_its_header():
    text = to_markdown(charter_of(account=AWKWARD))
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [cells_of(row) for row in table.splitlines()]
        assert len({len(row) for row in rows}) == 1


def test_awkward_name_reads_as_it_is():
    text = to_markdown(charter_of(account=AWKWARD))
    (row,) = [row for row in text.splitlines() if row.startswith("| Moor")]
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cells_of(row)[0])
    assert shown == " ".join(AWKWARD.split())


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_stays_in_its_cell(text):
    section = Section("onboarding", (Line((text, "step"), "entered"),))
    markdown = to_markdown(Charter("M2", "", "", None, (section,)))
    rows = [row for row in markdown.split("\n") if row.startswith("|")]
    assert len(rows) == 3
    assert cells_of(rows[-1])[1:] == ["step", "entered"]


def test_what_is_missing_stands_under_its_section():
    text = to_markdown(charter_of())
    section = text.split("## 5. Counterparts")[1].split("## 6.")[0]
    assert section.strip() == "- *To settle:* Who talks to whom is not known: counterparts.csv."


def test_writing_changes_nothing_of_the_charter(tmp_path):
    one = blank_charter()
    write_charter(one, tmp_path)
    assert one == blank_charter()
