"""A batch that is killed at any moment, stopped, or loses a process of its own."""

import ctypes
import json
import multiprocessing
import multiprocessing.forkserver
import os
import random
import re
import shutil
import signal
import sys
import time

import psutil
import pytest

from kamtools.publishing.batch import batch, local
from kamtools.publishing.batch.jobs import Job
from kamtools.publishing.kernels.protocol import ADDRESS

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="watches processes as Linux does"),
    pytest.mark.usefixtures("warm_kernels"),
]

SECONDS = 60
"""A deadline for things that take a few seconds on a machine with nothing else to do."""
ADOPT_ORPHANS = 36
MOMENTS = 20
FIRMS = ("cocoa", "salt", "tea")
BEGIN = [
    ("code", "engagement: str = ''\nact: str = ''", ["parameters"]),
    ("code", "import pandas as pd\nfrom kamtools.publishing.tables import decide, keep"),
    ("code", "exec(act)"),
    ("code", 'keep("chosen", pd.DataFrame({"account_id": [engagement.rpartition("/")[2]]}))'),
]
END = [
    ("code", "chosen: str = ''\nhold: str = ''", ["parameters"]),
    ("code", "import pathlib, time\nwhile hold and pathlib.Path(hold).exists(): time.sleep(0.1)"),
    ("code", "from kamtools.publishing.tables import decide"),
    ("code", 'decide(f"Look after {chosen}.")'),
]
WAIT = "import pathlib, time; pathlib.Path({!r}).touch(); time.sleep(600)"


@pytest.fixture(autouse=True)
def _adopted():
    """Make orphans children of this process, so that none is overlooked."""
    libc = ctypes.CDLL(None)
    libc.prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    yield
    libc.prctl(ADOPT_ORPHANS, 0, 0, 0, 0)


@pytest.fixture
def place(tmp_path, set_up_batch):
    """Return a folder with `firms` and `notebooks`."""
    set_up_batch(tmp_path, FIRMS, {"2_selection": BEGIN, "3_role": END})
    return tmp_path


def go(place, out="out", *, source=None, **more):
    return batch(
        source or place / "firms",
        out=place / out,
        run_stamp="stamp",
        progress=False,
        workers=2,
        notebooks_source=place / "notebooks",
        **more,
    )


def in_a_process(place, out="out", *, forks=False, is_cold=False, **more):
    """Return the number of a process that runs a batch and ends with 0, or 130 if stopped.

    With `forks` its jobs are copies of it: they begin at once, without a server that first
    imports for seconds. When it `is_cold` it also starts a parent of kernels of its own.
    """
    number = os.fork()
    if number:
        return number
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        multiprocessing.forkserver._forkserver.__init__()  # not the server of this process
        if is_cold:
            os.environ.pop(ADDRESS)
        if forks:
            local._context = lambda: multiprocessing.get_context("fork")
        os._exit(130 if go(place, out, **more).is_stopped else 0)
    finally:
        os._exit(1)


def end_of(number):
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def others():
    """Return the processes below this one that live, by number, and bury the dead."""
    living = {}
    for process in psutil.Process().children(recursive=True):
        try:
            if process.status() != psutil.STATUS_ZOMBIE:
                living[process.pid] = " ".join(process.cmdline())
            elif process.ppid() == os.getpid():
                os.waitpid(process.pid, 0)
        except psutil.NoSuchProcess:
            continue
    return living


def wait_until(is_so):
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, f"it did not come in time; there are {others()}"
        time.sleep(0.02)


def files(folder):
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def settled(out):
    """Return the files of a batch, without how long each job took."""
    found = files(out)
    for name in [name for name in found if name.endswith(".json") and name.count("/") < 2]:
        plain = json.loads(found[name])
        for outcome in [*plain.get("outcomes", ()), plain.get("outcome", {})]:
            outcome.pop("seconds", None)
        found[name] = json.dumps(plain)
    found["index.html"] = re.sub(rb'(data-label="seconds">)[^<]*', rb"\1", found["index.html"])
    return found


def is_told(place, name):
    """Say whether the summary has a report of that firm."""
    path = place / "out" / "batch.json"
    plain = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"outcomes": ()}
    return any(o["name"] == name and o["status"] == "ran" for o in plain["outcomes"])


def half_written(out):
    """Return the reports that are not all there, as their own records tell."""
    records = list(out.glob("[!.]*/run.json"))
    folders = {path.name for path in out.glob("[!.]*") if path.is_dir()}
    told = {r.parent: set(json.loads(r.read_text())["files"]) | {"run.json"} for r in records}
    return (folders - {r.parent.name for r in records}) | {
        folder.name for folder, names in told.items() if names != set(files(folder))
    }


def test_batch_killed_at_any_moment_goes_on_and_comes_to_the_same(place):
    shutil.rmtree(place / "firms" / FIRMS[0])  # two firms, two workers: both are always at work
    before = others().keys()
    assert end_of(in_a_process(place, "undisturbed", forks=True)) == 0  # kernels are warm now
    begun = time.monotonic()
    assert end_of(in_a_process(place, "undisturbed", forks=True)) == 0
    lasts = time.monotonic() - begun
    assert end_of(in_a_process(place, "undisturbed", forks=True, is_resuming=True)) == 0
    expected = settled(place / "undisturbed")
    moments = random.Random(7)
    killed = series = 0
    while killed < MOMENTS:
        out, series = f"out{series}", series + 1
        while True:
            running = in_a_process(place, out, forks=True, is_resuming=True)
            if killed < MOMENTS:
                time.sleep(moments.uniform(0, lasts))
                os.kill(running, signal.SIGKILL)
            if end_of(running) != -signal.SIGKILL:
                break
            killed += 1
            wait_until(lambda: others().keys() <= before)
            assert half_written(place / out) == set()
        assert end_of(in_a_process(place, out, forks=True, is_resuming=True)) == 0
        assert settled(place / out) == expected


def test_killed_batch_leaves_no_process_and_loses_only_the_notebook_in_flight(place):
    hold = place / "hold"
    hold.touch()
    given = {"hold": str(hold)}
    ours = others().keys()
    running = in_a_process(place, parameters=given, is_cold=True)
    partial = place / "out" / ".partial"
    wait_until(lambda: len(list(partial.rglob("[!.]*.ipynb"))) == 2)
    os.kill(running, signal.SIGKILL)
    assert end_of(running) == -signal.SIGKILL
    wait_until(lambda: others().keys() <= ours)
    assert half_written(place / "out") == set()
    kept = {path: path.stat().st_mtime_ns for path in partial.rglob("*.ipynb")}
    assert {path.name.partition(".")[0] for path in kept} == {"selection"}
    record = json.loads((place / "out" / "batch.json").read_text())
    assert {outcome["status"] for outcome in record["outcomes"]} == {"stopped"}
    hold.unlink()
    done = go(place, parameters=given, is_resuming=True)
    assert {outcome.status for outcome in done.outcomes} == {"ran"}


def test_ctrl_c_stops_in_good_order_and_says_what_is_left(place):
    begun = place / "begun"
    (place / "firms" / "plan.csv").write_text(
        f'folder,act\ncocoa,\ntea,"{WAIT.format(str(begun))}"\nsalt,\n'
    )
    ours = others().keys()
    running = in_a_process(place, source=place / "firms" / "plan.csv")
    wait_until(lambda: begun.exists() and is_told(place, "salt"))
    os.killpg(running, signal.SIGINT)
    assert end_of(running) == 130
    wait_until(lambda: others().keys() <= ours)
    record = json.loads((place / "out" / "batch.json").read_text())
    assert {outcome["name"]: outcome["status"] for outcome in record["outcomes"]} == {
        "cocoa": "ran", "tea": "stopped", "salt": "ran",
    }  # fmt: skip
    assert "--resume goes on" in record["outcomes"][1]["message"]
    assert not list((place / "out").glob(".*.partial-*"))


def test_job_whose_process_is_killed_is_tried_once_more_and_goes_on(place):
    jobs = [
        Job(name, place / "firms" / name, ("selection", "role"), given, place / "notebooks")
        for name, given in {
            "cocoa": (),
            "salt": (("hold", str(place / "once")),),
            "tea": (("hold", str(place / "ever")),),
        }.items()
    ]
    (place / "once").touch()
    (place / "ever").touch()
    told = []

    def kill(job, notebook):
        told.append((job, notebook))
        held = {"salt": place / "once", "tea": place / "ever"}.get(job, place / "nothing")
        if notebook == "selection" and held.exists():
            next(p for p in multiprocessing.active_children() if p.name == job).kill()
            if job == "salt":
                held.unlink()

    (place / "out").mkdir()
    outcomes = local.run_jobs(
        jobs, place / "out", workers=3, is_resuming=False, run_stamp="", on_notebook=kill
    )
    found = {outcome.name: outcome for outcome in outcomes}
    assert {name: outcome.status for name, outcome in found.items()} == {
        "cocoa": "ran", "salt": "ran", "tea": "failed",
    }  # fmt: skip
    assert "ended twice before it was done (signal 9)" in found["tea"].message
    assert told.count(("salt", "selection")) == told.count(("tea", "selection")) == 2
