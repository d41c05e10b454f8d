import datetime
import json

import pandas as pd
import pytest
from nbformat import v4

from kamtools.publishing.documents import (
    CHARTER_MIME,
    as_plain,
    from_plain,
    kept_charters,
    write_documents,
)
from kamtools.publishing.documents.charter import to_markdown
from kamtools.publishing.html import Setting, notebook_page
from kamtools.role.profile import charter


@pytest.fixture
def one():
    managers = pd.DataFrame(
        {"manager_id": ["M2"], "name": ["林 <知秋>"], "capacity_hours_per_month": [120.0]}
    )
    return charter("M2", managers=managers, as_of=datetime.date(2024, 12, 31), firm="Tea & Salt")


@pytest.fixture
def kept(notebook, one):
    built = notebook([("md", "# Who?"), ("code", "x")])
    plain = json.loads(json.dumps(as_plain(one)))
    built.cells[1].outputs = [v4.new_output("display_data", {CHARTER_MIME: plain})]
    return built


def test_a_charter_comes_back_from_json_as_it_was(one):
    assert from_plain(json.loads(json.dumps(as_plain(one)))) == one


def test_files_are_written_from_the_notebook_alone(kept, one, tmp_path):
    names = write_documents(kept, tmp_path / "documents")
    assert names == ["charter-M2.md", "charter-M2.docx"]
    assert (tmp_path / "documents" / names[0]).read_text(encoding="utf-8") == to_markdown(one)
    assert kept_charters(kept) == [one]


def test_a_notebook_that_kept_none_leaves_no_folder(notebook, tmp_path):
    assert write_documents(notebook([("code", "x")]), tmp_path / "documents") == []
    assert not (tmp_path / "documents").exists()


def test_page_links_to_the_documents(kept):
    page = notebook_page(
        kept, name="role", setting=Setting("Firm", "2024-12-31", "en"),
        documents=["charter-M2.docx", "charter-林%2F.md"],
    )  # fmt: skip
    assert '<a href="documents/charter-M2.docx">charter-M2.docx</a>' in page
    assert 'href="documents/charter-%E6%9E%97%252F.md"' in page
