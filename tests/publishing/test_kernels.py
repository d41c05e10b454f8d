import contextlib
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbformat import v4

from kamtools.errors import RunError
from kamtools.publishing import execution, kernels
from kamtools.publishing.kernels import protocol
from kamtools.publishing.kernels.provisioner import WarmProvisioner, engine_options

pytestmark = pytest.mark.skipif(not kernels.can_fork(), reason="kernels are plain here")
IS_WARM = "import sys; print('pandas' in sys.modules)"
PARENT = "import os; print(os.getppid())"
PAUSE = 0.05


@pytest.fixture(scope="module", autouse=True)
def parent():
    """One warm parent for all tests of this file."""
    with kernels.warm():
        yield


def notebook_of(*sources):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [v4.new_code_cell(source) for source in sources]
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def said(source, *, folder=None):
    """Return what a cell printed in a kernel as kernels are had now."""
    resources = {"metadata": {"path": str(folder)}} if folder else {}
    notebook = notebook_of(source)
    NotebookClient(notebook, resources=resources, **engine_options()).execute()
    return "".join(output.get("text", "") for output in notebook.cells[0].outputs).strip()


def has_ended(pid, *, seconds=20):
    """Say whether a process ends in time; one that only waits to be asked about counts."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(PAUSE)
    return False


@contextlib.contextmanager
def script(text, **environment):
    """Run a script in a process of its own; give it and the numbers that it says first."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(text)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    with process:
        yield process, [int(number) for number in process.stdout.readline().split()]


@pytest.fixture
def kernel():
    """Return manager and client of a warm kernel, which is ended after the test."""
    manager = KernelManager(kernel_name="python3")
    manager.provisioner = WarmProvisioner(
        kernel_id="k", kernel_spec=manager.kernel_spec, parent=manager
    )
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=30)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def answer(client, code, *, timeout=30):
    return client.execute_interactive(code, timeout=timeout, output_hook=lambda message: None)


def test_kernel_is_there_with_everything_imported():
    assert said(IS_WARM) == "True"


def test_kernels_come_from_one_process_which_is_not_this_one():
    parents = {said(PARENT), said(PARENT)}
    assert len(parents) == 1
    assert parents != {str(os.getpid())}


def test_block_within_a_block_starts_nothing_and_ends_nothing():
    before = said(PARENT)
    with kernels.warm():
        assert said(PARENT) == before
    assert said(PARENT) == before


def test_block_under_the_parent_of_another_process_leaves_it_named(monkeypatch):
    standing = kernels._Standing()
    monkeypatch.setattr(kernels, "_started", lambda: contextlib.nullcontext("own"))
    monkeypatch.delenv(protocol.ADDRESS)
    standing.enter()
    assert os.environ[protocol.ADDRESS] == "own"
    standing.leave()
    assert not kernels.is_warm()
    monkeypatch.setenv(protocol.ADDRESS, "another's")
    standing.enter()
    standing.leave()
    assert os.environ[protocol.ADDRESS] == "another's"


def test_without_a_block_kernels_are_plain(monkeypatch):
    monkeypatch.delenv(protocol.ADDRESS)
    assert engine_options() == {}
    assert said(IS_WARM) == "False"


def test_where_nothing_can_be_forked_a_block_changes_nothing(monkeypatch):
    monkeypatch.delenv(protocol.ADDRESS)
    monkeypatch.setattr(kernels, "can_fork", lambda: False)
    with kernels.warm():
        assert not kernels.is_warm()


def test_kernel_is_plain_where_the_parent_is_gone(monkeypatch, tmp_path):
    monkeypatch.setenv(protocol.ADDRESS, str(tmp_path / "nobody"))
    assert said(IS_WARM) == "False"


def test_kernel_is_plain_in_another_environment(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    assert said(IS_WARM + "; import os; print(os.environ['OPENBLAS_NUM_THREADS'])") == "False\n7"


BY_DEFAULT = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "kam-warm"}
LATE = """
    import os
    from jupyter_client.manager import start_new_kernel
    from kamtools.publishing import kernels
    before = set(os.environ)
    with kernels.warm():
        import kamtools.publishing.run
        assert set(os.environ) - before > {"KAMTOOLS_WARM_KERNELS"}
        manager, client = start_new_kernel(kernel_name="python3")
        parent = open(f"/proc/{manager.provisioner.pid}/stat").read().rpartition(")")[2].split()[1]
        print(parent, os.getpid(), flush=True)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
"""


def test_kernel_is_warm_where_imports_have_set_variables_since_the_parent_began(monkeypatch):
    for name in (protocol.ADDRESS, "PYARROW_IGNORE_TIMEZONE", "SPARK_LOCAL_IP"):
        monkeypatch.delenv(name, raising=False)
    with script(LATE, **BY_DEFAULT) as (_, (parent, starter)):
        assert parent != starter  # of a plain kernel it would be


def test_kernel_is_plain_where_its_folder_has_a_module_of_the_same_name(tmp_path):
    (tmp_path / "pandas.py").write_text("name = 'not the panda'")
    assert said("import pandas; print(pandas.name)", folder=tmp_path) == "not the panda"


@pytest.mark.parametrize(
    ("command", "environment", "expected"),
    [
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "file"], {}, True),
        ([sys.executable, "-m", "xeus", "-f", "file"], {}, False),
        (["another-python", "-m", "ipykernel_launcher", "-f", "file"], {}, False),
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "file"], {"PYTHONPATH": "here"}, False),
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "file"], {"PYTHONPATH": "/a"}, True),
    ],
)
def test_only_the_usual_kernel_of_this_python_can_be_forked(command, environment, expected):
    assert protocol.is_warmable(command, environment) is expected


def test_process_of_another_user_is_not_answered(monkeypatch):
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with here, there:
        assert protocol.is_of_this_user(here)
        monkeypatch.setattr(os, "getuid", lambda: 12345)
        assert not protocol.is_of_this_user(here)


def test_socket_is_in_a_folder_of_this_user_only():
    folder = Path(os.environ[protocol.ADDRESS]).parent
    assert folder.stat().st_mode & 0o777 == 0o700


def test_interrupt_stops_a_cell_and_not_the_kernel(kernel):
    manager, client = kernel
    client.execute("import time; print('begun'); time.sleep(60)")
    while client.get_iopub_msg(timeout=30)["msg_type"] != "stream":
        continue
    manager.interrupt_kernel()
    while (reply := client.get_shell_msg(timeout=30))["msg_type"] != "execute_reply":
        continue
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    # What arrives within a moment of an error is aborted, by any kernel: asked until it is not.
    replies = (answer(client, "1")["content"]["status"] for _ in range(20))
    assert next(status for status in replies if status != "aborted") == "ok"


def test_restarted_kernel_is_another_process_that_knows_nothing(kernel):
    manager, client = kernel
    first = manager.provisioner.pid
    answer(client, "known = 1")
    manager.restart_kernel()
    client.wait_for_ready(timeout=30)
    assert manager.provisioner.pid != first
    assert answer(client, "known")["content"]["ename"] == "NameError"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_signal_ends_the_kernel_which_is_noticed(kernel, number):
    manager, _ = kernel
    manager.signal_kernel(number)
    # The parent's word comes a moment after the process is gone.
    assert manager.provisioner.process.wait() == -number
    assert not manager.is_alive()
    assert has_ended(manager.provisioner.pid)


@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 11)"])
def test_kernel_that_dies_gives_the_error_of_a_plain_one(end, tmp_path, monkeypatch):
    def message():
        notebook = notebook_of("import os; print('so far')", end)
        path = tmp_path / "half.ipynb"
        with pytest.raises(RunError) as caught:
            execution.execute(
                notebook, path, parameters={}, working=str(tmp_path), on_cell=lambda: None
            )
        half = nbformat.read(path, as_version=4)
        return str(caught.value), half.cells[0].outputs

    warm = message()
    monkeypatch.delenv(protocol.ADDRESS)
    assert warm == message()
    assert warm[1][0].text == "so far\n"


KEEPING = """
    import os, time
    from kamtools.publishing import kernels
    from jupyter_client.manager import start_new_kernel
    with kernels.warm():
        manager, client = start_new_kernel(kernel_name="python3")
        parent = open(f"/proc/{manager.provisioner.pid}/stat").read().rpartition(")")[2].split()[1]
        print(parent, manager.provisioner.pid, flush=True)
        time.sleep(60)
"""


def test_parent_and_kernels_end_when_their_starter_is_killed(monkeypatch):
    monkeypatch.delenv(protocol.ADDRESS)
    with script(KEEPING, **BY_DEFAULT) as (starter, (parent, kernel)):
        assert parent not in (starter.pid, os.getpid())
        folder = Path(f"/proc/{parent}/cwd").readlink()
        assert folder.is_dir()
        starter.kill()
    assert has_ended(parent)
    assert has_ended(kernel)
    assert not folder.exists()


def test_kernels_end_when_their_parent_is_killed(monkeypatch):
    monkeypatch.delenv(protocol.ADDRESS)
    with script(KEEPING, **BY_DEFAULT) as (starter, (parent, kernel)):
        os.kill(parent, signal.SIGKILL)
        assert has_ended(kernel)
        starter.kill()


def test_process_that_this_one_starts_asks_the_same_parent_which_outlives_it():
    before = said(PARENT)
    with script(KEEPING, **BY_DEFAULT) as (asker, (parent, kernel)):
        asker.kill()
    assert str(parent) == before
    assert has_ended(kernel)
    assert said(PARENT) == before


def test_papermill_of_others_gets_warm_kernels_by_jupyters_setting(monkeypatch, tmp_path):
    monkeypatch.delenv(protocol.ADDRESS)
    nbformat.write(notebook_of(IS_WARM + "\n" + PARENT), tmp_path / "in.ipynb")
    subprocess.run(
        [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb"],
        cwd=tmp_path,
        env={**os.environ, **BY_DEFAULT},
        check=True,
        capture_output=True,
    )
    done = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    is_warm, parent = done.cells[0].outputs[0].text.split()
    assert is_warm == "True"
    assert has_ended(int(parent))
