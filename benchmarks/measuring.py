"""Seconds, processor seconds and peak memory of one call in a process of its own."""

import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

KILOBYTE = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes on macOS


@dataclass(frozen=True)
class Measurement:
    """What one call took: `processor_seconds` add up over threads, `peak_bytes` of memory."""

    seconds: float
    processor_seconds: float
    peak_bytes: int


def run_apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what the function returns in a fresh process, which then ends."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(function, *arguments).result()


def measure(function: Callable[..., Any], *arguments: Any) -> Measurement:
    """Return what a call takes in a fresh process; imports come before the clock starts.

    The peak is that of the whole process, with Python and all libraries in it.
    """
    return run_apart(_timed, function, arguments)


def _timed(function: Callable[..., Any], arguments: Sequence[Any]) -> Measurement:
    processor, start = time.process_time(), time.perf_counter()
    function(*arguments)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE
    return Measurement(seconds, processor, peak)


def measure_command(arguments: Sequence[str]) -> Measurement:
    """Return what a command takes, from its start to its end, the processes it starts included.

    The peak is that of the largest of the processes.

    Raises
    ------
    RuntimeError
        If the command fails; with the end of what it said.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(arguments, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(started.pid, 0)
        seconds = time.perf_counter() - start
        started.returncode = os.waitstatus_to_exitcode(status)
        if started.returncode:
            said.seek(0)
            raise RuntimeError(f"{arguments} failed:\n{said.read().decode()[-2000:]}")
    return Measurement(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KILOBYTE)


def median(measurements: Sequence[Measurement]) -> Measurement:
    """Return the median of the times, and the largest of the memory peaks."""
    return Measurement(
        statistics.median(one.seconds for one in measurements),
        statistics.median(one.processor_seconds for one in measurements),
        max(one.peak_bytes for one in measurements),
    )
