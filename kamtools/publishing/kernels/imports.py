"""What a warm parent imports, such that a kernel forked later is as one that imports itself.

Some modules look around while they are imported, and some start a thread; each case is named
here. `tests/publishing/test_kernel_isolation.py` compares what a notebook can see of its
settings in a warm and in a plain kernel.
"""

import builtins
import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from IPython.core.interactiveshell import InteractiveShell

import kamtools

_LIBRARIES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel",  # which a kernel has before anything else
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "ibis.backends.duckdb",
    "scipy.optimize", "scipy.stats", "pandera.pandas", "ipywidgets",
)  # fmt: skip
_NOT_FOR_NOTEBOOKS = ("kamtools.cli", "kamtools.publishing", "kamtools.training")
_USED_OF_PUBLISHING = tuple(
    f"kamtools.publishing.{name}" for name in ("documents", "files", "tables")
)
_ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # ipykernel sets it
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # no thread of Arrow's spare allocator
}


def import_all() -> dict[str, str]:
    """Import what notebooks use, and leave one thread and no database.

    Returns
    -------
    Environment variables that the imported modules set.

    Raises
    ------
    RuntimeError
        If there is more than one thread after all, so that a fork would not be safe.
    """
    before = dict(os.environ)
    with _as_if_in_a_kernel():
        for name in _LIBRARIES:  # in this order
            importlib.import_module(name)
        for name in (*_own_modules(), *_USED_OF_PUBLISHING):
            importlib.import_module(name)
    # Its import opens a database with threads; each kernel opens its own.
    sys.modules["duckdb"].default_connection().close()
    gc.collect()
    gc.freeze()  # so that collecting garbage in a kernel does not touch, and copy, shared memory
    _end_threads()
    return {name: value for name, value in os.environ.items() if name not in before}


@contextmanager
def _as_if_in_a_kernel() -> Iterator[None]:
    """Let modules that look find a kernel's shell, for as long as they are imported.

    pandas shows other numbers of columns in a kernel than in a terminal, DuckDB shows
    progress, matplotlib draws in the page and widgets listen to it.
    """
    shell = InteractiveShell.__new__(InteractiveShell)  # its looks only: nothing is begun
    shell.config.update({"IPKernelApp": {}})
    shell.kernel = None  # type: ignore[attr-defined]
    added = _ENVIRONMENT.keys() - os.environ.keys()
    os.environ.update({name: _ENVIRONMENT[name] for name in added})
    main = sys.modules["__main__"]
    InteractiveShell._instance = shell  # type: ignore[assignment]
    builtins.get_ipython = lambda: shell  # type: ignore[attr-defined]
    sys.modules["__main__"] = ModuleType("__main__")  # a kernel's has no file
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        del builtins.get_ipython  # type: ignore[attr-defined]
        InteractiveShell._instance = None
        for name in added:
            del os.environ[name]


def is_shadowed(folder: str) -> bool:
    """Say whether a kernel in a folder would import from there what the parent has from elsewhere.

    A notebook's folder comes first where Python looks for modules.
    """
    try:
        names = {Path(name).stem for name in os.listdir(folder)}
    except OSError:
        return True
    return any(
        not (getattr(sys.modules[name], "__file__", None) or folder).startswith(folder)
        for name in names & sys.modules.keys()
    )


def _own_modules() -> list[str]:
    rooms = [room.name for room in pkgutil.iter_modules(kamtools.__path__, "kamtools.")]
    names = []
    for name in [room for room in rooms if room not in _NOT_FOR_NOTEBOOKS]:
        within = getattr(importlib.import_module(name), "__path__", ())
        names += [name, *(module.name for module in pkgutil.walk_packages(within, f"{name}."))]
    return names


def _end_threads() -> None:
    """Let OpenBLAS end its threads, as it does at each fork; it starts them again when needed."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        raise RuntimeError(f"{threads} threads after the imports, expected 1: no fork is safe")
