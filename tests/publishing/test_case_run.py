import json
import re
from hashlib import sha256

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from kamtools.errors import InputError, RunError
from kamtools.publishing.case_run import run_case

pytestmark = pytest.mark.usefixtures("warm_kernels")

STORY = """# A and B

A sells to B; see [case.ipynb](case.ipynb), [facts.toml](facts.toml), [the note](teaching-note.md).

<details>
<summary>What followed</summary>

B left.

</details>
"""
CELLS = [
    ("md", "# Who needs whom?\n\nAims."),
    ("code", 'case: str = "a-case"  # name\ntop: int = 1  # how many', ["parameters"]),
    ("code", "import pandas as pd\nfrom kamtools.publishing.tables import decide, keep"),
    ("code", 'keep("power", pd.DataFrame({"top": [top]}))\ndecide(f"Keep {top}.")'),
]
SOURCES = pd.DataFrame({"fact": ["share"], "said": ["<b>half</b>"], "grade": ["B"]})


@pytest.fixture
def run(tmp_path, notebook_folder):
    """Return a function that runs a case with these cells and returns its report."""

    def call(cells=CELLS, *, out="report", run_stamp="stamp 1", **more):
        folder = notebook_folder(cells, name="case")
        (folder / "case.md").write_text(STORY, encoding="utf-8")
        (folder / "facts.toml").write_text("[case]", encoding="utf-8")
        (folder / "data").mkdir(exist_ok=True)
        (folder / "data" / "hours.csv").write_text("hours\n5\n", encoding="utf-8")
        options = {"title": "A & B", "sources": SOURCES, "out": tmp_path / out, **more}
        return run_case(folder, run_stamp=run_stamp, progress=False, **options).parent

    return call


def read(report, name):
    return (report / name).read_text(encoding="utf-8")


def test_a_report_has_the_story_the_notebook_the_tables_and_the_record(run):
    report = run()
    files = {file.relative_to(report).as_posix() for file in report.rglob("*.*")}
    assert files == {
        "index.html", "case.html", "case.ipynb", "run.json", "tables/power.csv",
        "tables/sources.csv",
    }  # fmt: skip


def test_links_of_the_story_lead_to_its_parts_on_the_page_and_others_are_words(run):
    page = BeautifulSoup(read(run(), "index.html"), "html.parser")
    targets = {link.text: link["href"] for link in page.find_all("a")}
    assert targets["case.ipynb"] == "#notebook"
    assert targets["facts.toml"] == "#sources"
    assert "the note" not in targets
    assert page.find(id="notebook")
    assert page.find(id="notebook").a["href"] == "case.html"


def test_what_followed_and_the_sources_are_folded_and_the_decision_is_not_told(run):
    page = BeautifulSoup(read(run(), "index.html"), "html.parser")
    assert next(fold.summary.text for fold in page.find_all("details")) == "What followed"
    assert "<b>half</b>" in page.find(id="sources").details.table.text
    assert "Keep 1." not in page.text


def test_the_page_of_the_notebook_names_the_case_and_no_day(run):
    page = BeautifulSoup(read(run(), "case.html"), "html.parser")
    assert page.nav.text.strip() == "A & B"
    assert "Keep 1." in page.text


def test_the_record_says_case_parameters_inputs_and_versions(run):
    record = json.loads(read(run(parameters={"top": "2"}), "run.json"))
    assert record["case"] == {"folder": "notebooks", "title": "A & B"}
    assert record["notebooks"]["case"]["parameters"] == {"case": "a-case", "top": 2}
    files = [entry["file"] for entry in record["inputs"]]
    assert files == ["case.md", "data/hours.csv", "facts.toml"]
    assert {"kamtools", "papermill"} <= record["versions"].keys()


def test_the_same_case_gives_the_same_bytes_but_for_the_run_stamp(run):
    first = {file.name: file.read_bytes() for file in run().rglob("*.*")}
    again = {file.name: file.read_bytes() for file in run(out="b", run_stamp="2").rglob("*.*")}
    # The first page has the stamp, and the record the first page's hash.
    hashes = [sha256(one["index.html"]).hexdigest().encode() for one in (first, again)]
    for name, content in first.items():
        assert again[name] == content.replace(b"stamp 1", b"2").replace(*hashes), name


def test_a_report_is_replaced_by_the_next(run):
    run()
    assert re.search(r"Keep 3\.", read(run(parameters={"top": 3}), "case.html"))


def test_another_case_cannot_be_asked_for_by_a_parameter(run, tmp_path):
    with pytest.raises(InputError, match="case: is the case of the run"):
        run(parameters={"case": "b-case"})
    assert not (tmp_path / "report").exists()


def test_a_failed_notebook_leaves_no_report_and_is_kept_half_run(run, tmp_path):
    with pytest.raises(RunError, match="The half-run notebook is"):
        run([*CELLS, ("code", "1 / 0")])
    assert not (tmp_path / "report").exists()
    assert (tmp_path / "report.failed" / "case.ipynb").is_file()


def test_the_sources_are_not_changed(run):
    before = SOURCES.copy()
    run()
    pd.testing.assert_frame_equal(SOURCES, before)
