"""A notebook in a warm kernel sees what it would see in a plain one, and nothing of another's."""

import json

import pytest
from nbformat import v4

from kamtools.publishing import catalogue, execution, kernels
from kamtools.publishing.kernels import protocol

pytestmark = pytest.mark.skipif(not kernels.can_fork(), reason="kernels are plain here")

DISTURB = """
import builtins, json, locale, logging, os, random, sys, threading, time, warnings
import duckdb, ibis, matplotlib, numpy as np, pandas as pd
import kamtools.wording
left_over = 1
builtins.left_over = 1
os.environ["LEFT_OVER"] = "1"
os.chdir("/")
os.umask(0)
random.seed(1)
np.random.seed(1)
np.seterr(all="raise")
matplotlib.rcParams["lines.linewidth"] = 77
pd.set_option("display.max_rows", 3)
ibis.options.interactive = True
duckdb.sql("create table left_over (x int)")
database = duckdb.connect(sys.path[-1] and FILE)
database.sql("create table if not exists t (x int)")
warnings.simplefilter("error")
kamtools.wording.money = None
pd.DataFrame.left_over = 1
sys.modules["left_over"] = sys
sys.path.insert(0, "/left_over")
logging.root.setLevel(1)
locale.setlocale(locale.LC_ALL, "C")
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
file = open(FILE + ".open", "w")
"""
LOOK = """
import builtins, gc, json, locale, logging, os, random, resource, signal, sys, threading, warnings
threads = sorted(thread.name for thread in threading.enumerate())
names = sorted(name for name in globals() if not name.startswith("_i"))
links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
files = sorted({os.readlink(l).split("[")[0] for l in links if os.path.exists(l)})
import comm, duckdb, ibis, ipywidgets, matplotlib.pyplot as plt, numpy as np, pandas as pd
import pandera.pandas, scipy.stats
from kamtools import engagement, ledger, wording
from kamtools.plots import whale
from kamtools.publishing import documents
plt.figure()
plt.close()
shell = get_ipython()
handlers = {name: str(signal.getsignal(getattr(signal, name))).split(" at ")[0]
            for name in ("SIGINT", "SIGTERM", "SIGPIPE", "SIGCHLD", "SIGUSR1", "SIGHUP")}
options = {name: str(option.defval if name.startswith(("mode.", "future.", "io.hdf"))
                     else pd.get_option(name)).split(" at ")[0].lower()
           for name, option in pd._config.config._registered_options.items()}
duck = duckdb.sql("select name, value from duckdb_settings() where name in "
                  "('duckdb_api', 'enable_progress_bar', 'threads')").fetchall()
print(json.dumps({
    "arguments": [a for a in sys.argv if not a.endswith(".json")],
    "command": [a for a in sys.orig_argv if not a.endswith(".json")],
    "path": sys.path, "flags": str(sys.flags), "environment": dict(os.environ),
    "folder": os.getcwd(), "umask": oct(os.umask(0o22)), "handlers": handlers,
    "blocked": sorted(signal.pthread_sigmask(0, [])),
    "own_group": os.getpgrp() == os.getsid(0) == os.getpid(),
    "limits": [resource.getrlimit(getattr(resource, n)) for n in dir(resource) if "RLIMIT" in n],
    "names": names, "builtins": sorted(dir(builtins)), "files": files, "threads": threads,
    "main": [sorted(n for n in dir(sys.modules["__main__"]) if n.startswith("__")),
             str(sys.modules["__main__"].__spec__)],
    "input": sys.__stdin__.read(), "encoding": [sys.stdout.encoding, sys.__stdout__.encoding],
    "locale": locale.getlocale(), "logging": [logging.root.level, str(logging.root.handlers)],
    "garbage": [gc.isenabled(), gc.get_threshold()],
    "warnings": sorted(map(str, warnings.filters)),
    "hooks": [str(hook).split(" at ")[0] for hook in (sys.excepthook, sys.displayhook)],
    "numpy": [np.geterr(), str(np.get_printoptions())],
    "matplotlib": [plt.get_backend(), {k: str(v) for k, v in plt.rcParams.items()}],
    "pandas": options, "ibis": str(ibis.options), "duckdb": sorted(duck),
    "tables": duckdb.sql("show tables").fetchall(), "money": wording.money(1234.5, "EUR"),
    "left_over": [hasattr(pd.DataFrame, "left_over"), "left_over" in sys.modules],
    "shell": [shell.config.get("HistoryManager"), shell.ipython_dir,
              {k: [f.__qualname__ for f in v] for k, v in shell.events.callbacks.items()}],
    "widgets": sorted(comm.get_comm_manager().targets),
}, default=str))
print(json.dumps([random.random(), float(np.random.random()), hash("a")]))
print(json.dumps([float(np.random.default_rng(7).random()), random.Random(7).random()]))
rows = duckdb.connect(FILE).sql("select * from t").fetchall()
"""


def execute(source, tmp_path):
    """Return what a notebook of one cell printed, a line each, read as JSON."""
    told = f"FILE = {str(tmp_path / 'shared.duckdb')!r}\n{source}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = v4.new_notebook(cells=[v4.new_code_cell(told)], metadata={"kernelspec": kernel})
    done = execution.execute(
        notebook,
        tmp_path / "done.ipynb",
        parameters={},
        working=str(tmp_path),
        on_cell=lambda: None,
    )
    assert execution.standard_error(done) == ""
    return [json.loads(line) for output in done.cells[0].outputs for line in output.text.split("\n")
            if line]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def parent():
    """One warm parent for all tests of this file."""
    with kernels.warm():
        yield


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What notebooks saw: in two warm kernels after one that disturbs, and in a plain one."""
    folder = tmp_path_factory.mktemp("kernels")
    execute(DISTURB, folder)
    after = execute(LOOK, folder)
    again = execute(LOOK, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(protocol.ADDRESS)
        plain = execute(LOOK, folder)
    return {"plain": plain, "after": after, "again": again}


SUBJECTS = [
    "arguments", "command", "path", "flags", "environment", "folder", "umask", "handlers",
    "blocked", "own_group", "limits", "names", "builtins", "files", "threads", "main", "input",
    "encoding", "locale", "logging", "garbage", "warnings", "hooks", "numpy", "matplotlib",
    "pandas", "ibis", "duckdb", "tables", "money", "left_over", "shell", "widgets",
]  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS)
def test_after_another_notebook_all_is_as_in_a_plain_kernel(seen, subject):
    assert seen["after"][0][subject] == seen["plain"][0][subject]


def test_every_subject_is_compared(seen):
    assert sorted(SUBJECTS) == sorted(seen["plain"][0])


def test_two_notebooks_draw_different_numbers_unless_they_seed(seen):
    (python, numpy, _), (python_again, numpy_again, _) = seen["after"][1], seen["again"][1]
    assert python != python_again
    assert numpy != numpy_again
    assert seen["after"][2] == seen["again"][2] == seen["plain"][2]


def test_notebook_of_ours_comes_out_the_same_from_a_warm_and_a_plain_kernel(tmp_path, monkeypatch):
    source = catalogue.notebooks_folder() / "1_readiness.ipynb"

    def cleaned():
        notebook = execution.execute(
            execution.read_notebook(source),
            tmp_path / "done.ipynb",
            parameters={},
            working=str(tmp_path),
            on_cell=lambda: None,
        )
        return execution.cleaned(notebook, {}), execution.standard_error(notebook)

    warm = cleaned()
    monkeypatch.delenv(protocol.ADDRESS)
    assert warm == cleaned()
