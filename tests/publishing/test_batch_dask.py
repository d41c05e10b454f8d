import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

import kamtools
from kamtools.errors import InputError, RunError
from kamtools.publishing import kernels
from kamtools.publishing.batch import batch
from kamtools.publishing.batch import cluster as batch_cluster
from kamtools.publishing.batch import dask as batch_dask
from kamtools.publishing.batch import worker as batch_worker
from kamtools.publishing.batch.job import run_job
from kamtools.publishing.batch.jobs import Job

distributed = pytest.importorskip("distributed")

SECONDS = 120
"""A deadline for things that take a few seconds on a machine with nothing else to do."""
FIRST = (
    'engagement: str = ""\nas_of: str = ""\nlog: str = ""',
    "from kamtools import engagement as engagements\n"
    "from kamtools.publishing.tables import decide\n"
    "firm = engagements.load(engagement, as_of=as_of or None)\n"
    "import pathlib; pathlib.Path(log).open('a').write(f'first {firm.name}\\n') if log else None",
    "decide(f'Choose the largest of {firm.name}.')",
)
SECOND = 'act: str = ""', "exec(act)"
WAIT_ONCE = (
    "import os, pathlib, time\nbegun = pathlib.Path({begun!r})\nis_first = not begun.exists()\n"
    "begun.touch()\nif is_first: time.sleep(600)"
)
KILL_THE_WORKER = (
    "import psutil, time\n"
    "[one.kill() for one in psutil.Process().parents() if 'spawn_main' in str(one.cmdline())]\n"
    "time.sleep(600)"
)


def module(name, *arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{name}", *map(str, arguments)],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_for(what, *, of=()):
    end = time.monotonic() + SECONDS
    while not (found := what()):
        assert time.monotonic() < end, "it did not come in time"
        assert all(process.poll() is None for process in of), "a process ended"
        time.sleep(0.05)
    return found


def end(processes):
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Return the address of a scheduler with two workers, each a process with a nanny."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    processes = [
        module(
            "dask_scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard",
            "--scheduler-file", file, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1",
        )
    ]  # fmt: skip
    try:
        wait_for(lambda: file.exists() and file.read_text().endswith("}"), of=processes)
        address = json.loads(file.read_text())["address"]
        processes += [
            module(
                "dask_worker", address, "--nthreads", 1, "--no-dashboard",
                "--local-directory", folder / name,
            )
            for name in ("one", "two")
        ]  # fmt: skip
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=SECONDS)
        yield address
    finally:
        end(processes)


@pytest.fixture
def make_jobs(tmp_path, notebook_folder):
    """Return a function that makes jobs of two notebooks by the names of their firms."""
    notebook_folder([("code", FIRST[0], ["parameters"]), *(("code", c) for c in FIRST[1:])])
    second = [("code", SECOND[0], ["parameters"]), ("code", SECOND[1])]
    source = notebook_folder(second, name="3_role")

    def make(acts, *, log=""):
        jobs = []
        for name, act in acts.items():
            folder = tmp_path / "firms" / name
            folder.mkdir(parents=True)
            (folder / "engagement.toml").write_text(
                f'name = "{name}"\ncurrency = "EUR"\nas_of = 2024-12-31\n', encoding="utf-8"
            )
            (folder / "invoices.csv").write_text(
                "account_id,invoice_id,date,amount\nA1,1,2024-01-15,100.50\n", encoding="utf-8"
            )
            parameters = (("act", act), ("log", str(log)))
            jobs.append(Job(name, folder, ("selection", "role"), parameters, source))
        return jobs

    return make


@pytest.fixture
def out(tmp_path):
    """Return the folder of a batch."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def on_dask(jobs, out, address, heard=None):
    return batch_dask.run_jobs(
        jobs,
        out,
        address=address,
        is_resuming=False,
        run_stamp="stamp",
        on_notebook=lambda *names: heard.append(names) if heard is not None else None,
    )


def reports(out):
    """Return the bytes of every file of every report, those of failed ones left out."""
    files = [file for file in out.rglob("*") if file.is_file()]
    told = {file.relative_to(out).as_posix(): file.read_bytes() for file in files}
    return {n: content for n, content in told.items() if not re.match(r"\.|[^/]*\.failed/", n)}


def test_cluster_makes_the_same_bytes_as_this_machine_and_tells_each_notebook(
    cluster, make_jobs, out, tmp_path
):
    jobs, heard, here = make_jobs({"tea": "", "林": "1 / 0"}), [], tmp_path / "here"
    here.mkdir()
    told = {one.name: one for one in on_dask(jobs, out, cluster, heard)}
    with kernels.warm():
        local = {
            job.name: run_job(
                job, here, is_resuming=False, run_stamp="stamp", on_notebook=lambda _: None
            )
            for job in jobs
        }
    assert [told[name].status for name in ("tea", "林")] == ["ran", "failed"]
    assert {n: (one.decisions, one.cell, one.message) for n, one in told.items()} == {
        n: (one.decisions, one.cell, one.message) for n, one in local.items()
    }
    assert reports(out) == reports(here)
    assert "tea/index.html" in reports(out)
    assert (out / "林.failed" / "role.ipynb").is_file()
    assert sorted(heard) == [("tea", "role"), ("tea", "selection"), ("林", "selection")]


def test_job_of_a_killed_worker_goes_on_elsewhere_from_its_finished_notebooks(
    cluster, make_jobs, out, tmp_path
):
    begun, log = tmp_path / "begun", tmp_path / "log"
    jobs = make_jobs({"tea": WAIT_ONCE.format(begun=str(begun)), "salt": ""}, log=log)
    arriving = on_dask(jobs, out, cluster)
    assert next(arriving).name == "salt"
    wait_for(begun.exists)
    with distributed.Client(cluster, set_as_default=False) as client:
        (worker,) = [one for one, keys in client.processing().items() if keys]
        os.kill(client.run(os.getpid, workers=[worker])[worker], signal.SIGKILL)
    assert [(one.name, one.status) for one in arriving] == [("tea", "ran")]
    assert sorted(log.read_text().splitlines()) == ["first salt", "first tea"]
    assert {"tea/index.html", "salt/index.html"} <= reports(out).keys()


def test_job_that_kills_every_worker_fails_and_the_others_go_on(cluster, make_jobs, out):
    jobs = make_jobs({"bad": KILL_THE_WORKER, "salt": "", "tea": ""})
    told = {one.name: one for one in on_dask(jobs, out, cluster)}
    assert {name: one.status for name, one in told.items()} == {
        "bad": "failed", "salt": "ran", "tea": "ran",
    }  # fmt: skip
    assert told["bad"].message.startswith("2 workers of the cluster died one after the other")
    assert "bad/index.html" not in reports(out)


def test_batch_that_is_left_ends_what_is_open_and_keeps_finished_notebooks(
    cluster, make_jobs, out, tmp_path
):
    begun, go_on = tmp_path / "begun", tmp_path / "go_on"
    wait = (
        f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\n"
        f"while not pathlib.Path({str(go_on)!r}).exists(): time.sleep(0.05)"
    )
    jobs = make_jobs({"salt": "", "tea": wait, "oil": wait, "rye": ""})
    arriving = on_dask(jobs, out, cluster)
    assert next(arriving).name == "salt"
    wait_for(begun.exists)
    go_on.touch()
    arriving.close()
    with distributed.Client(cluster, set_as_default=False) as client:
        assert not any(client.processing().values())
    assert not {"oil/index.html", "rye/index.html"} <= reports(out).keys()
    assert list((out / ".partial" / "tea").glob("selection.*.ipynb"))


def test_worker_with_another_version_is_refused(cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        worker = next(iter(client.nthreads()))
        client.run(setattr, kamtools, "__version__", "0.0.9", workers=[worker])
        try:
            expected = rf"{worker} would compute with other versions: kamtools 0.0.9 \(here"
            with pytest.raises(InputError, match=expected):
                batch_cluster.check_cluster(cluster)
        finally:
            client.run(setattr, kamtools, "__version__", kamtools.__version__, workers=[worker])


def test_workers_that_do_not_see_the_folders_are_refused_before_any_job(
    cluster, make_jobs, out, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (job,) = make_jobs({"tea": ""})
    # What lies under this path depends on the process that asks.
    arriving = on_dask([job], type(out)("/proc/self/cwd/out"), cluster)
    with pytest.raises(InputError, match="does not see, as this machine does, /proc/self/cwd/out"):
        next(arriving)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:{port}", "somewhere", "ftp://127.0.0.1:{port}"]
)
def test_address_that_nobody_answers_is_refused_within_seconds(
    address, make_jobs, out, monkeypatch
):
    monkeypatch.setattr(batch_cluster, "_SECONDS_TO_ANSWER", 1)
    with socket.socket() as taken:  # so that no other program can answer there
        taken.bind(("127.0.0.1", 0))
        address = address.format(port=taken.getsockname()[1])
        begun = time.monotonic()
        with pytest.raises(InputError, match=f"no Dask scheduler answers at {address}"):
            next(on_dask(make_jobs({"tea": ""}), out, address))
    assert time.monotonic() - begun < 10
    assert list(out.iterdir()) == []


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'kamtools\[scale\]'"):
        batch_cluster.check_cluster("tcp://127.0.0.1:1")


def test_batch_that_no_cluster_can_run_is_refused_before_anything_is_written(
    make_firms, notebook_folder, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "distributed", None)
    notebooks = notebook_folder([("code", "1")])
    with pytest.raises(InputError, match=r"pip install 'kamtools\[scale\]'"):
        batch(
            make_firms("tea"),
            out=tmp_path / "out",
            run_stamp="now",
            scheduler="tcp://127.0.0.1:1",
            progress=False,
            notebooks_source=notebooks,
        )
    assert not (tmp_path / "out").exists()


@pytest.fixture
def small_cluster():
    """Return a function that makes a cluster in this process."""
    with ExitStack() as stack:

        def make(**options):
            return stack.enter_context(
                distributed.LocalCluster(
                    processes=False, dashboard_address=":0", protocol="tcp", **options
                )
            )

        yield make


def test_worker_of_several_threads_is_refused(small_cluster):
    address = small_cluster(n_workers=1, threads_per_worker=2).scheduler_address
    with pytest.raises(InputError, match="has 2 threads; expected 1"):
        batch_cluster.check_cluster(address)


def test_scheduler_without_workers_is_refused(small_cluster, monkeypatch):
    monkeypatch.setattr(batch_cluster, "_SECONDS_TO_JOIN", 0.1)
    with pytest.raises(InputError, match="has no worker; expected some, started with"):
        batch_cluster.check_cluster(small_cluster(n_workers=0).scheduler_address)


def test_batch_says_what_to_do_when_no_worker_or_no_scheduler_is_left(small_cluster, monkeypatch):
    monkeypatch.setattr(batch_dask, "_SECONDS_WITHOUT_WORKERS", 0)
    cluster = small_cluster(n_workers=0)
    address = cluster.scheduler_address
    with distributed.Client(address, set_as_default=False) as client:
        tasks = batch_dask.Tasks(client, address)
        with pytest.raises(RunError, match=r"has no worker left; finished .* --resume goes on"):
            tasks.idle_workers()
        cluster.close()
        with pytest.raises(RunError, match=r"no longer answers; finished .* --resume goes on"):
            tasks.idle_workers()


def test_job_that_another_process_still_does_is_waited_for(make_jobs, out, monkeypatch):
    class LookedError(Exception):
        pass

    def look(_):
        looks.append(1)
        if len(looks) == 3:
            raise LookedError

    (job,), looks = make_jobs({"tea": ""}), []
    monkeypatch.setattr(batch_worker, "_SECONDS_TO_LOOK", 0.01)
    with batch_worker.alone_at(job, out, "first"):
        monkeypatch.setattr(batch_worker, "check_wanted", look)
        with pytest.raises(LookedError), batch_worker.alone_at(job, out, "second"):
            pytest.fail("it did not wait")
    with batch_worker.alone_at(job, out, "second"):
        assert len(looks) == 4
