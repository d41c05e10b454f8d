"""What a command takes with every process that comes of it, wherever that process belongs.

A batch works through servers that outlive the processes they serve, so the usual count, of
children that somebody waited for, would miss most of its work.
"""

import ctypes
import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import Measurement

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_SECONDS_BETWEEN_LOOKS = 0.5


def measure_tree(arguments: Sequence[str], *, folder: Path) -> Measurement:
    """Return what a command takes until it and all that came of it have ended.

    Processor seconds are those of all processes. The peak is that of all of them together at
    one moment, of what they share each its part (Linux's Pss), looked at twice a second.
    Only one command can be measured at a time. Linux only.

    Parameters
    ----------
    folder : that the command works in

    Raises
    ------
    RuntimeError
        If the command fails; with the end of what it said.
    """
    # Processes whose parent ended become children of this one, and are waited for here.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    before, start = _processor_seconds(), time.perf_counter()
    with tempfile.TemporaryFile() as said, _watched() as peaks:
        code = subprocess.call(arguments, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        seconds = time.perf_counter() - start
        _wait_for_all()
        if code:
            said.seek(0)
            raise RuntimeError(f"{arguments} failed:\n{said.read().decode()[-2000:]}")
    return Measurement(seconds, _processor_seconds() - before, max(peaks))


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _wait_for_all() -> None:
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


@contextmanager
def _watched() -> Iterator[list[int]]:
    """Give the bytes of all processes below this one at several moments; complete at the end."""
    seen, is_over = [0], threading.Event()

    def look() -> None:
        while not is_over.wait(_SECONDS_BETWEEN_LOOKS):
            seen.append(sum(_bytes_of(pid) for pid in descendants(os.getpid())))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        thread.join()


def descendants(root: int) -> list[int]:
    """Return the processes below one, without itself."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            below.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        children = below.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _parent(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has ended
        return None


def _bytes_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
