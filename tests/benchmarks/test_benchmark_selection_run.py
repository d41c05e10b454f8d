import nbformat
import pytest
from nbformat import v4

from benchmarks import run_stages
from benchmarks.measuring import Measurement, measure_command
from benchmarks.plain_selection import TOP, plain_selection
from benchmarks.selection_run import OURS, contender_table, stage_table, typical_stages
from kamtools import engagement, ledger
from kamtools.publishing import catalogue
from kamtools.samples import public
from kamtools.selection.measurement import criteria_table
from kamtools.selection.portfolio import choose_top, eligible
from kamtools.selection.scoring import score
from kamtools.selection.weights import parse_weights

SECOND = {
    "iopub.status.busy": "2026-01-01T00:00:01Z",
    "iopub.status.idle": "2026-01-01T00:00:02Z",
}


def run_cell(source):
    return v4.new_code_cell(source, metadata={"execution": SECOND})


def test_cells_of_a_heading_are_a_stage_and_so_are_all_imports():
    cells = [
        v4.new_markdown_cell("# Title\n\n## Data\n\nWords."),
        run_cell("import pandas as pd\n\nfrom kamtools import ledger"),
        run_cell("firm = 1"),
        v4.new_markdown_cell("More words."),
        run_cell("from kamtools import schema"),
        run_cell("import pandas\nfirm"),
        v4.new_markdown_cell("### Why?"),
        v4.new_code_cell("never run"),
        run_cell("2"),
    ]
    spans = run_stages.cell_spans(v4.new_notebook(cells=cells))
    assert run_stages.section_seconds(spans) == {
        "imports in the kernel": 2.0,
        "notebook: Data": 2.0,
        "notebook: Why?": 1.0,
    }


def test_stages_of_a_run_are_its_seconds(make_folder, tmp_path, monkeypatch):
    cells = [
        v4.new_code_cell('engagement: str = "sample"', metadata={"tags": ["parameters"]}),
        v4.new_markdown_cell("## Data"),
        v4.new_code_cell("import time\ntime.sleep(0.2)"),
    ]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "2_selection.ipynb")
    monkeypatch.setattr(catalogue, "notebooks_folder", lambda: tmp_path)
    out = tmp_path / "report"
    record = run_stages.timed_run(make_folder(), out)
    assert (out / "index.html").exists()
    assert record["stages"]["notebook: Data"] >= 0.2
    assert min(record["stages"].values()) >= 0
    # What lies between two stages is counted to none; a busy machine makes it longer.
    assert 0.5 * record["seconds"] < sum(record["stages"].values()) <= record["seconds"] * 1.001


def test_a_command_is_measured_with_what_it_starts():
    took = measure_command(["sh", "-c", "sleep 0.2; head -c 30000000 /dev/zero | tail -c 1"])
    assert took.seconds >= 0.2
    assert took.peak_bytes > 30_000_000


def test_a_command_that_fails_says_why():
    with pytest.raises(RuntimeError, match="no such luck"):
        measure_command(["sh", "-c", "echo no such luck; exit 3"])


def test_script_and_kamtools_choose_the_same_accounts(shared_data, tmp_path):
    folder = public.make_engagement("online-retail", tmp_path / "firm", data_folder=shared_data)
    firm = engagement.load(folder)
    table = criteria_table(
        eligible(ledger.scorecard(firm.invoices, as_of=firm.as_of)), as_of=firm.as_of
    )
    scores = score(table.values, parse_weights("default", table.values.columns), table.objectives)
    chosen = scores[choose_top(scores, TOP)].sort_values("rank")
    assert plain_selection(folder).index.tolist() == chosen.index.tolist()


def test_table_of_stages_is_of_the_median_run_adds_up_and_tells_small_sections_together():
    runs = [Measurement(11.0, 9.0, 1), Measurement(12.0, 9.0, 1), Measurement(30.0, 9.0, 1)]
    stages = {"start a kernel": 4.0, "notebook: Data": 5.95, "notebook: Why?": 0.05}
    slow = {"seconds": 10.0, "stages": dict.fromkeys(stages, 0.1)}
    records = [slow, {"seconds": 10.0, "stages": stages}, slow]
    table = stage_table(typical_stages(runs, records))
    assert "| start Python, import kamtools | 2.00 | 17 % |" in table
    assert "Why?" not in table
    assert "| sections of less than 1 % each, and between stages | 0.05 | 0 % |" in table
    assert table.endswith("| all | 12.00 | 100 % |")


def test_contenders_are_told_as_parts_of_ours():
    runs = {OURS: [Measurement(10.0, 9.0, 1)], "other": [Measurement(2.5, 2.0, 1)]}
    assert "| other | 2.5 | 2.5 – 2.5 | 2.0 | 0.25 | 0 |" in contender_table(runs)
