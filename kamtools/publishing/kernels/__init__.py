"""Notebooks get their kernels from a warm parent: a process that has imported already.

A plain kernel is a new Python that imports pandas, Ibis, matplotlib and the rest, which takes
longer than most notebooks run. Inside `with warm():` one process, the parent, imports them
once and each notebook gets a copy of it, made by `fork` in a few milliseconds. A copy is a
process of its own: what a notebook changes (variables, settings, modules, environment, random
state) stays in its copy and ends with it, as with plain kernels.

What a notebook can tell: modules that it has not imported are imported already, and so are
the warning filters that they set; DuckDB's own database is open from the start.

Where processes cannot be forked safely (Windows, macOS), and where anything about a kernel
that is asked for is not what the parent was started with, a plain kernel serves instead. The
results are the same, only later.

Other programs get such kernels from Jupyter's own setting,
`JUPYTER_DEFAULT_PROVISIONER_NAME=kam-warm`.
"""

import atexit
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kamtools.publishing.kernels.protocol import ADDRESS

_MODULE = "kamtools.publishing.kernels.parent"
_SECONDS_TO_END = 10


@contextmanager
def warm() -> Iterator[None]:
    """Keep a warm parent for this process and those it starts, as long as the block lasts.

    The parent starts at once and imports while this process goes on. Inside another such
    block, in this process or in one that started it, nothing more is started; the parent
    ends with the last block of the process that began it, and if that process is killed.
    """
    if can_fork():
        _STANDING.enter()
        try:
            yield
        finally:
            _STANDING.leave()
    else:
        yield


def is_warm() -> bool:
    """Say whether there is a warm parent to ask for kernels."""
    return ADDRESS in os.environ


def keep_warm() -> None:
    """Keep a warm parent until this process ends, unless there is one."""
    if not is_warm():
        blocks = ExitStack()
        blocks.enter_context(warm())
        atexit.register(blocks.close)


def can_fork() -> bool:
    """Say whether this system can make warm kernels: Linux, whose processes can be watched."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


class _Standing:
    """The warm parent that this process has started, and how many blocks use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks = 0
        self._owner = 0
        self._ending = ExitStack()

    def enter(self) -> None:
        with self._lock:
            if ADDRESS not in os.environ:
                self._owner, self._blocks = os.getpid(), 0
                self._ending = ExitStack()
                os.environ[ADDRESS] = self._ending.enter_context(_started())
            self._blocks += 1

    def leave(self) -> None:
        with self._lock:
            self._blocks -= 1
            if self._blocks == 0 and self._owner == os.getpid():
                self._owner = 0
                os.environ.pop(ADDRESS, None)
                self._ending.close()


_STANDING = _Standing()


@contextmanager
def _started() -> Iterator[str]:
    """Start a parent, give its address and end it with the block.

    The socket listens before the parent runs: who asks for a kernel early waits, and who asks
    a parent that could not start is refused at once.
    """
    with tempfile.TemporaryDirectory(prefix="kam-kernels-") as folder:  # for this user only
        address = str(Path(folder) / "socket")
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(address)
            listener.listen()
            parent = subprocess.Popen(
                [sys.executable, "-m", _MODULE, str(listener.fileno()), str(os.getpid())],
                cwd=folder,  # an empty one: nothing in it can be taken for a module
                env={k: v for k, v in os.environ.items() if k != ADDRESS},
                pass_fds=[listener.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C at the terminal is for the command
            )
        try:
            yield address
        finally:
            parent.terminate()
            try:
                parent.wait(_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                parent.kill()
                parent.wait()
