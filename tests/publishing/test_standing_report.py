import json

import nbformat
import pytest
from nbformat import v4

from kamtools.errors import InputError
from kamtools.publishing.records import DECISION_MIME
from kamtools.publishing.standing_report import decisions, read_report

RECORD = {
    "engagement": {"name": "Aster 林", "as_of": "2025-12-31", "language": "zh", "currency": "EUR"},
    "notebooks": {"selection": {}},
    "versions": {"kamtools": "0"},
    "files": [],
}


@pytest.fixture
def report(tmp_path):
    output = v4.new_output("display_data", data={DECISION_MIME: {"text": "Keep A."}})
    cells = [v4.new_code_cell("decide()", outputs=[output]), v4.new_markdown_cell("# No output")]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "selection.ipynb")
    (tmp_path / "run.json").write_text(json.dumps(RECORD), encoding="utf-8")
    return tmp_path


def test_report_is_read_with_its_setting_and_decisions(report):
    read = read_report(report)
    assert (read.setting.name, read.setting.as_of, read.setting.language) == (
        "Aster 林",
        "2025-12-31",
        "zh",
    )
    assert decisions(read.notebooks["selection"]) == ["Keep A."]


def test_report_of_a_case_has_its_title(report):
    told = {key: value for key, value in RECORD.items() if key != "engagement"}
    told["case"] = {"folder": "a-b", "title": "A and B"}
    (report / "run.json").write_text(json.dumps(told), encoding="utf-8")
    assert read_report(report).setting.name == "A and B"


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"notebooks": {}, "versions": {}, "files": []}']
)
def test_record_of_something_else_is_refused(report, text):
    (report / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"run\.json: expected the folder of a report"):
        read_report(report)


def test_folder_without_a_report_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected the folder of a report"):
        read_report(tmp_path / "nowhere")


@pytest.mark.parametrize("content", [None, "no notebook"])
def test_notebook_that_is_missing_or_broken_is_refused(report, content):
    (report / "selection.ipynb").unlink()
    if content:
        (report / "selection.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"selection\.ipynb: expected an executed notebook"):
        read_report(report)
