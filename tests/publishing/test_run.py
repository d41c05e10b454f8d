import json
import os
import re
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kamtools.errors import InputError, RunError
from kamtools.publishing.run import run

pytestmark = pytest.mark.usefixtures("warm_kernels")


def read(report, name):
    return (report / name).read_text(encoding="utf-8")


def files(folder):
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*.*")}


def test_run_leaves_pages_notebook_record_and_tables(report):
    assert sorted(files(report)) == [
        "index.html", "run.json", "selection.html", "selection.ipynb",
        "tables/chosen.csv", "tables/quality.csv", "tables/set_aside.csv",
    ]  # fmt: skip


def test_same_inputs_give_the_same_bytes_but_for_the_run_stamp(report, example):
    first, again = files(report), files(example(run_stamp="stamp 2"))
    # The first page has the stamp, and the record the first page's hash.
    hashes = [sha256(one["index.html"]).hexdigest().encode() for one in (first, again)]
    for name, content in first.items():
        assert again[name] == content.replace(b"stamp 1", b"stamp 2").replace(*hashes), name


def test_run_stamp_stands_in_the_record_and_on_the_first_page_only(report):
    stamped = [name for name, content in files(report).items() if b"stamp 1" in content]
    assert sorted(stamped) == ["index.html", "run.json"]


def test_nothing_in_the_report_tells_where_the_engagement_was(report):
    places = [str(report.parent), str(Path.home()) + "/", "ipykernel", "papermill-"]
    told = [(n, p) for n, content in files(report).items() for p in places if p.encode() in content]
    assert told == []


def test_record_says_parameters_seeds_inputs_tables_and_versions(report):
    record = json.loads(read(report, "run.json"))
    assert record["notebooks"]["selection"]["parameters"] == {
        "engagement": "firm", "as_of": "", "top": 1, "seed": 7,
    }  # fmt: skip
    assert record["notebooks"]["selection"]["seeds"] == {"seed": 7}
    assert [i["file"] for i in record["inputs"]] == [
        "accounts.csv", "engagement.toml", "invoices.csv",
    ]  # fmt: skip
    assert {t["file"]: t["rows"] for t in record["tables"]} == {
        "chosen.csv": 2, "quality.csv": 3, "set_aside.csv": 1,
    }  # fmt: skip
    assert {"python", "kamtools", "pandas", "papermill"} <= record["versions"].keys()


def test_names_that_hold_html_are_text_on_every_page(report):
    for page in ("index.html", "selection.html"):
        text = read(report, page)
        assert "<script" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "<i>Salt" not in text


def test_cells_and_headings_that_begin_like_a_formula_are_neutralised(report):
    assert ",\"'=HYPERLINK(" in read(report, "tables/chosen.csv").splitlines()[2]
    assert "'=note" in read(report, "tables/set_aside.csv")
    assert "'@x" in read(report, "tables/set_aside.csv")


def test_tables_open_with_the_mark_that_spreadsheets_look_for(report):
    assert all(f.read_bytes().startswith(b"\xef\xbb\xbf") for f in (report / "tables").iterdir())


def test_pages_load_nothing_from_elsewhere(report):
    for page in ("index.html", "selection.html"):
        soup = BeautifulSoup(read(report, page), "html.parser")
        assert soup.find_all(["script", "link", "iframe"]) == []
        assert all(image["src"].startswith("data:") for image in soup.find_all("img"))
        assert not re.search(r"@import|url\(", soup.style.text)
        policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
        assert policy.startswith("default-src 'none'")


def test_first_page_has_the_decision_then_the_table_then_the_figure(report):
    page = read(report, "index.html")
    places = [
        page.index(mark) for mark in ('<div class="decision"><p>', '<table class="kept', "<img")
    ]
    assert places == sorted(places)
    assert page.index("<img") < page.index("The data behind it")


def test_figures_are_described_by_what_was_drawn(report):
    assert 'alt="Two bars."' in read(report, "selection.html")


def test_page_is_titled_by_the_first_heading_and_folds_its_code(report):
    page = read(report, "selection.html")
    assert "<title>Which accounts are key? – Tea &amp; &lt;i&gt;Salt" in page
    assert page.index("<details>") < page.index("import pandas")


def test_equations_are_mathml_and_exercises_are_left_out(report):
    page = read(report, "selection.html")
    assert 'display="block"' in page
    assert "$$" not in page
    assert "for learners" not in page


def test_parameter_reaches_the_notebook(example):
    report = example(parameters={"top": "0"})
    assert len(read(report, "tables/chosen.csv").splitlines()) == 2


def test_message_on_standard_error_goes_to_the_terminal_only(example, capsys):
    report = example(parameters={"top": -1})
    assert "selection: a warning of /home/somebody" in capsys.readouterr().err
    assert "/home/somebody" not in read(report, "selection.ipynb")


def test_unknown_parameter_is_refused_and_nothing_is_written(make_folder, notebook_folder):
    source = notebook_folder([("code", "top: int = 3", ["parameters"])])
    firm = make_folder()
    with pytest.raises(InputError, match="tpo: no such parameter of selection; did you mean top"):
        run(firm, parameters={"tpo": "3"}, out=firm / "report", run_stamp="", source=source)
    assert not (firm / "report").exists()


def test_faulty_engagement_is_refused_and_nothing_is_written(make_folder, notebook_folder):
    source = notebook_folder([("code", "1", [])])
    firm = make_folder(invoices=None)
    with pytest.raises(InputError, match="no such file"):
        run(firm, out=firm / "report", run_stamp="", source=source)
    assert [f.name for f in firm.iterdir()] == ["engagement.toml"]


def test_as_of_also_decides_what_the_quality_table_counts(make_folder, notebook_folder):
    source = notebook_folder([("code", 'as_of: str = ""', ["parameters"])])
    firm = make_folder()
    out = firm / "report"
    run(firm, parameters={"as_of": "2024-01-31"}, out=out, run_stamp="", source=source)
    assert "as of 2024-01-31" in read(out, "index.html")
    assert len(read(out, "tables/set_aside.csv").splitlines()) == 3


def test_failed_run_says_where_and_leaves_the_previous_report(make_folder, notebook_folder):
    firm = make_folder()
    out = firm / "report"
    run(firm, out=out, run_stamp="", source=notebook_folder([("code", "1")]))
    before = files(out)
    source = notebook_folder([("code", "1"), ("code", "answer = 6 * 7\nanswer / 0")])
    with pytest.raises(RunError, match="answer / 0\nwith ZeroDivisionError") as caught:
        run(firm, out=out, run_stamp="", source=source)
    assert files(out) == before
    kept = firm / "report.failed" / "selection.ipynb"
    assert f"The half-run notebook is {kept}." in str(caught.value)
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")
    assert not list(firm.glob(".report*"))


def test_notebook_whose_kernel_died_is_kept_up_to_the_cell_it_died_in(make_folder, notebook_folder):
    firm = make_folder()
    source = notebook_folder([("code", "print(6 * 7)"), ("code", "import os; os._exit(9)")])
    with pytest.raises(RunError, match="The half-run notebook is"):
        run(firm, out=firm / "report", run_stamp="", source=source)
    kept = (firm / "report.failed" / "selection.ipynb").read_text(encoding="utf-8")
    assert "42" in kept
    assert "os._exit" in kept


def test_refusal_by_a_notebook_is_bad_input(make_folder, notebook_folder):
    code = 'from kamtools.errors import InputError\nraise InputError("weights must sum to 1")'
    firm = make_folder()
    with pytest.raises(InputError, match="selection: weights must sum to 1"):
        run(firm, out=firm / "report", run_stamp="", source=notebook_folder([("code", code)]))


def test_table_kept_twice_is_refused(make_folder, notebook_folder):
    code = (
        "import pandas as pd\nfrom kamtools.publishing.tables import keep\n"
        'keep("chosen", pd.DataFrame({"a": [1]}))\nkeep("chosen", pd.DataFrame({"a": [2]}))'
    )
    firm = make_folder()
    with pytest.raises(RunError, match="table chosen is kept twice"):
        run(firm, out=firm / "report", run_stamp="", source=notebook_folder([("code", code)]))
    assert not (firm / "report").exists()


def test_killed_run_leaves_the_previous_report_and_the_next_one_clears_up(
    make_folder, notebook_folder, tmp_path
):
    firm = make_folder()
    out = firm / "report"
    run(firm, out=out, run_stamp="", source=notebook_folder([("code", "1")]))
    before = files(out)
    began = tmp_path / "began"
    source = notebook_folder(
        [("code", f'import pathlib, time\npathlib.Path("{began}").touch()\ntime.sleep(600)')]
    )
    call = f"from kamtools.publishing.run import run; run({str(firm)!r}, out={str(out)!r}, " + (
        f"run_stamp='', source=__import__('pathlib').Path({str(source)!r}))"
    )
    process = subprocess.Popen([sys.executable, "-c", call], start_new_session=True)
    while not began.exists():
        assert process.poll() is None
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert files(out) == before
    assert len(list(firm.glob(".report.partial-*"))) == 1
    run(firm, out=out, run_stamp="", source=notebook_folder([("code", "2")]))
    assert not list(firm.glob(".report.partial-*"))
    assert files(out) != before
