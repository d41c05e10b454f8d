"""What a batch does with firms, changes and places; killing it has a file of its own."""

import json
import shutil

import pytest
from filelock import FileLock

from kamtools.errors import InputError
from kamtools.publishing.batch import batch, intentions
from kamtools.publishing.run import run

pytestmark = pytest.mark.usefixtures("warm_kernels")

SELECTION = [
    ("code", "engagement: str = ''\ntop: int = 1\nact: str = ''", ["parameters"]),
    ("code", "import pandas as pd\nfrom kamtools.publishing.tables import decide, keep"),
    ("code", "from pathlib import Path\nname = Path(engagement).name"),
    ("code", "exec(act)"),
    ("code", 'keep("chosen", pd.DataFrame({"account_id": [f"{name}{i}" for i in range(top)]}))'),
    ("code", 'decide(f"Choose {top} of {name}.")'),
]
ROLE = [
    ("code", "chosen: str = ''\nowner: str = 'sales'", ["parameters"]),
    ("code", "from kamtools.publishing.tables import decide"),
    ("code", 'decide(f"{owner} looks after {chosen}.")'),
]


@pytest.fixture
def source(notebook_folder):
    """Return a folder with the notebooks `selection` and `role`, the one handing to the other."""
    notebook_folder(ROLE, name="3_role")
    return notebook_folder(SELECTION)


@pytest.fixture
def go(tmp_path, source):
    """Return a function that runs a batch into `out` and returns what became of each job."""

    def run_batch(firms, *, run_stamp="stamp", **more):
        done = batch(
            firms,
            out=tmp_path / "out",
            run_stamp=run_stamp,
            progress=False,
            notebooks_source=source,
            **more,
        )
        return {outcome.name: outcome for outcome in done.outcomes}

    return run_batch


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory, set_up_batch):
    """Return a folder with the firms tea and salt, the notebooks and `out` after a batch."""
    root = tmp_path_factory.mktemp("batch")
    firms, notebooks = set_up_batch(
        root, ("tea", "salt"), {"2_selection": SELECTION, "3_role": ROLE}
    )
    batch(firms, out=root / "out", run_stamp="stamp", progress=False, notebooks_source=notebooks)
    return root


@pytest.fixture
def standing(made_once, tmp_path):
    """Return the firms of a batch that has been made, all of it for this test alone."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "firms"


def contents(folder):
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def statuses(outcomes):
    return {name: outcome.status for name, outcome in outcomes.items()}


def test_report_of_a_batch_is_that_of_a_run_byte_for_byte(standing, source, out, tmp_path):
    run(standing / "tea", out=tmp_path / "alone", run_stamp="stamp",
        progress=False, source=source)  # fmt: skip
    assert contents(out / "tea") == contents(tmp_path / "alone")


def test_outcome_tells_firm_day_and_decisions_with_what_was_handed_on(make_firms, go):
    outcome = go(make_firms("tea"))["tea"]
    assert (outcome.firm, outcome.as_of) == ("Firm tea", "2024-12-31")
    assert outcome.decisions == (
        ("selection", "Choose 1 of tea."),
        ("role", 'sales looks after {"tea0": "key"}.'),
    )


def test_record_and_page_say_what_became_of_each_job(make_firms, go, out):
    go(make_firms("tea"), parameters={"top": "2"})
    record = json.loads((out / "batch.json").read_text(encoding="utf-8"))
    assert record["run_stamp"] == "stamp"
    assert record["jobs"] == [
        {"name": "tea", "folder": "tea", "notebooks": ["selection", "role"],
         "parameters": {"top": "2"}},
    ]  # fmt: skip
    assert [(o["name"], o["status"]) for o in record["outcomes"]] == [("tea", "ran")]
    assert "Choose 2 of tea." in (out / "index.html").read_text(encoding="utf-8")


def test_nothing_that_is_kept_tells_where_the_firms_are(make_firms, go, out, tmp_path):
    (make_firms("tea", "salt") / "salt" / "invoices.csv").unlink()
    go(tmp_path / "firms", parameters={"act": "1 / 0"})
    kept = {name: c for name, c in contents(out).items() if ".failed/" not in name}
    assert [name for name, content in kept.items() if str(tmp_path).encode() in content] == []


def test_one_firms_failure_never_stops_the_others(make_firms, go, out):
    firms = make_firms("faulty", "good", "stops")
    (firms / "faulty" / "invoices.csv").write_text("account_id\nA\n")
    plan = firms / "plan.csv"
    plan.write_text("folder,act\nfaulty,\ngood,\nstops,open(engagement + '/none')\n")
    outcomes = go(plan)
    assert statuses(outcomes) == {"faulty": "failed", "good": "ran", "stops": "failed"}
    assert "invoices.csv" in outcomes["faulty"].message
    stopped = outcomes["stops"]
    assert (stopped.notebook, stopped.cell) == ("selection", "exec(act)")
    assert stopped.message == (
        "FileNotFoundError: [Errno 2] No such file or directory: 'stops/none'"
    )
    assert stopped.firm == "Firm stops"
    assert "exec(act)" in (out / "stops.failed" / "selection.ipynb").read_text()
    assert not (out / "stops").exists()


def test_value_that_a_notebook_refuses_fails_that_firm_only(make_firms, go):
    firms = make_firms("tea", "salt")
    refuse = "from kamtools.errors import InputError; raise InputError('top: saw 0')"
    (firms / "plan.csv").write_text(f'folder,act\ntea,"{refuse}"\nsalt,\n')
    outcomes = go(firms / "plan.csv")
    assert statuses(outcomes) == {"tea": "failed", "salt": "ran"}
    assert outcomes["tea"].message == "InputError: top: saw 0"


def test_kernel_that_kills_itself_fails_its_job_and_says_in_which_cell(make_firms, go, out):
    firms = make_firms("tea", "salt")
    (firms / "plan.csv").write_text("folder,act\ntea,import os; os._exit(9)\nsalt,\n")
    outcomes = go(firms / "plan.csv")
    assert statuses(outcomes) == {"tea": "failed", "salt": "ran"}
    assert (outcomes["tea"].notebook, outcomes["tea"].cell) == ("selection", "exec(act)")
    assert (out / "tea.failed" / "selection.ipynb").is_file()


def test_half_run_notebook_goes_when_the_job_has_gone_well(make_firms, go, out):
    firms = make_firms("tea")
    go(firms, parameters={"act": "1 / 0"})
    assert (out / "tea.failed").is_dir()
    go(firms)
    assert not (out / "tea.failed").exists()


def test_what_is_complete_and_unchanged_is_skipped_with_what_it_decided(standing, go, out):
    files = contents(out / "tea")
    outcomes = go(standing, is_resuming=True, run_stamp="stamp 2")
    assert statuses(outcomes) == {"salt": "unchanged", "tea": "unchanged"}
    assert outcomes["tea"].firm == "Firm tea"
    assert outcomes["tea"].decisions[0] == ("selection", "Choose 1 of tea.")
    assert contents(out / "tea") == files


def test_without_resuming_everything_runs_anew(standing, go, out):
    assert statuses(go(standing, run_stamp="stamp 2")) == {"salt": "ran", "tea": "ran"}
    assert b"stamp 2" in (out / "tea" / "run.json").read_bytes()


def change_inputs(firms, source, out):
    with (firms / "tea" / "invoices.csv").open("a") as file:
        file.write("B,2,2024-02-01,5\n")
    return {}


def change_notebook(firms, source, out):
    path = source / "3_role.ipynb"
    path.write_text(path.read_text().replace("looks after", "cares for"))
    return {}


def change_parameter(firms, source, out):
    return {"parameters": {"owner": "the board"}}


def spoil_report(firms, source, out):
    (out / "tea" / "tables" / "chosen.csv").write_text("account_id\nforged\n")
    return {}


def lose_page(firms, source, out):
    (out / "tea" / "role.html").unlink()
    return {}


def lose_receipt(firms, source, out):
    (out / ".receipts" / "tea.json").write_text("half of")
    return {}


@pytest.mark.parametrize(
    ("change", "rerun", "why"),
    [
        (change_inputs, {"tea"}, "invoices.csv changed"),
        (change_notebook, {"tea", "salt"}, "notebook role changed"),
        (change_parameter, {"tea", "salt"}, "parameter owner changed (role)"),
        (spoil_report, {"tea"}, "tables/chosen.csv of the report is not as it was written"),
        (lose_page, {"tea"}, "role.html of the report is not as it was written"),
        (lose_receipt, {"tea"}, "nothing says what the report there was made from"),
    ],
)
def test_each_kind_of_change_runs_again_exactly_what_it_must(
    standing, go, source, out, change, rerun, why
):
    firms = standing
    more = change(firms, source, out)
    planned = intentions(firms, out=out, is_resuming=True, notebooks_source=source, **more)
    assert {one.job.name: one.reasons for one in planned} == {
        name: ((why,) if name in rerun else ()) for name in ("salt", "tea")
    }
    outcomes = go(firms, is_resuming=True, **more)
    assert {name for name, outcome in outcomes.items() if outcome.status == "ran"} == rerun


def test_another_program_runs_everything_again(standing, source, out, monkeypatch):
    monkeypatch.setattr("kamtools.publishing.fingerprint.package_hash", lambda: "another")
    planned = intentions(standing, out=out, is_resuming=True, notebooks_source=source)
    assert [one.reasons for one in planned] == 2 * [("kamtools itself changed",)]


def test_looking_ahead_writes_nothing(make_firms, source, out):
    planned = intentions(make_firms("tea"), out=out, notebooks_source=source)
    assert planned[0].reasons == ("without --resume every job runs",)
    assert not out.exists()


def test_input_that_vanished_in_between_fails_that_firm_and_keeps_its_report(standing, go, out):
    files = contents(out / "tea")
    (standing / "tea" / "invoices.csv").unlink()
    outcomes = go(standing, is_resuming=True)
    assert statuses(outcomes) == {"salt": "unchanged", "tea": "failed"}
    assert "no such file" in outcomes["tea"].message
    assert contents(out / "tea") == files


def test_input_that_changes_while_the_notebooks_run_fails_the_job(make_firms, go, out):
    act = "open(engagement + '/invoices.csv', 'a').write('B,2,2024-02-01,5')"
    outcome = go(make_firms("tea"), parameters={"act": act})["tea"]
    assert outcome.status == "failed"
    assert "while the notebooks ran, invoices.csv changed" in outcome.message
    assert not (out / "tea").exists()


def test_report_to_which_somebody_added_a_file_is_left_alone(standing, go, out):
    (out / "tea" / "notes.txt").touch()
    outcome = go(standing)["tea"]
    assert outcome.status == "failed"
    assert "also holds notes.txt" in outcome.message
    assert (out / "tea" / "notes.txt").exists()


def test_reports_no_longer_in_the_plan_are_left_alone_and_named(standing, source, out):
    (standing / "plan.csv").write_text("folder\ntea\n")
    done = batch(standing / "plan.csv", out=out, run_stamp="", progress=False, is_resuming=True,
                 notebooks_source=source)  # fmt: skip
    assert done.others == ("salt",)
    assert (out / "salt" / "index.html").is_file()


def test_faulty_plan_is_refused_before_anything_is_written(make_firms, go, out):
    firms = make_firms("tea")
    (firms / "plan.csv").write_text("folder\ntee\n")
    with pytest.raises(InputError, match="column folder: saw 'tee'"):
        go(firms / "plan.csv")
    with pytest.raises(InputError, match="workers: saw 0"):
        go(firms, workers=0)
    assert not out.exists()


def test_folder_of_something_else_is_refused(make_firms, go, out):
    out.mkdir()
    (out / "thesis.docx").touch()
    with pytest.raises(InputError, match="is not empty and not of a batch of kam"):
        go(make_firms("tea"))
    assert [file.name for file in out.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("firms/tea/reports", "is inside the engagement tea"),
        ("firms", "is or holds salt, which this batch reads"),
        (".", "is or holds salt, which this batch reads"),
        ("notebooks", "is or holds notebooks, which this batch reads"),
        ("firms/tea/engagement.toml", "is a file; expected a folder for the reports"),
    ],
)
def test_folder_that_would_mix_with_what_is_read_is_refused(
    make_firms, source, tmp_path, place, told
):
    firms = make_firms("tea", "salt")
    with pytest.raises(InputError, match=told):
        batch(firms, out=tmp_path / place, run_stamp="", notebooks_source=source)


def test_folder_of_reports_may_stand_beside_the_firms(make_firms, source):
    firms = make_firms("tea")
    for is_resuming, status in ((False, "ran"), (True, "unchanged")):
        done = batch(firms, out=firms / "reports", run_stamp="", progress=False,
                     notebooks_source=source, is_resuming=is_resuming)  # fmt: skip
        assert [(o.name, o.status) for o in done.outcomes] == [("tea", status)]


def test_second_batch_into_a_folder_is_refused(make_firms, go, out):
    out.mkdir()
    with (
        FileLock(out / ".lock"),
        pytest.raises(InputError, match=r"another batch is at work in .*; wait until it is done"),
    ):
        go(make_firms("tea"))
    assert [file.name for file in out.iterdir()] == [".lock"]
