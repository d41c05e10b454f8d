"""The jobs of a batch on this machine: one process a job, a few at once.

A job's process is forked from a server that has imported already (where there is no fork,
it is a new Python). It ends when the batch does, however that ends. A process that dies is
noticed, and its job tried once more: it goes on from its finished notebooks.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from kamtools.publishing.batch.job import run_job
from kamtools.publishing.batch.jobs import Job
from kamtools.publishing.batch.outcome import Outcome, as_plain, from_plain
from kamtools.publishing.kernels.protocol import ADDRESS

_TRIES = 2
_SECONDS_TO_END = 10
_SECONDS_TO_LEAVE = 0.5
_PRELOADED = [__name__]


@dataclass
class _Running:
    """A job at work: the process, what it tells us through, and which try this is."""

    job: Job
    number: int
    process: BaseProcess
    told: Connection


def run_jobs(
    jobs: Sequence[Job],
    out: Path,
    *,
    workers: int,
    is_resuming: bool,
    run_stamp: str,
    on_notebook: Callable[[str, str], None],
) -> Generator[Outcome]:
    """Give the outcome of each job, in the order in which they are done.

    When the iterator is closed, or an exception such as Ctrl-C passes through it, the
    processes still at work are ended.

    Parameters
    ----------
    out : folder of the batch, absolute, which is there
    workers : how many jobs run at once, at least 1
    is_resuming, run_stamp : as for `job.run_job`
    on_notebook : called with the names of the job and of the notebook that is done; twice
        for the same where a process died
    """
    context = _context()
    waiting = deque((job, 1) for job in jobs)
    running: list[_Running] = []
    settings = (out, is_resuming, run_stamp)
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(_start(context, *waiting.popleft(), settings))
            wait([place for one in running for place in (one.told, one.process.sentinel)])
            for one in list(running):
                is_over = one.process.exitcode is not None  # before we listen for the last time
                outcome = _listen(one, on_notebook)
                if outcome is None and not is_over:
                    continue
                running.remove(one)
                one.process.join(_SECONDS_TO_END)
                if outcome is None and one.number < _TRIES:
                    waiting.appendleft((one.job, one.number + 1))
                else:
                    yield outcome or _died(one)
    finally:
        _end(running)


def usable_workers() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _start(context: Any, job: Job, number: int, settings: tuple[Path, bool, str]) -> _Running:  # noqa: ANN401
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(theirs, job, *settings, os.environ.get(ADDRESS)), name=job.name
    )
    process.start()
    theirs.close()
    return _Running(job, number, process, ours)


def _work(
    told: Connection, job: Job, out: Path, is_resuming: bool, run_stamp: str, kernels: str | None
) -> None:
    """Do a job in a process of its own and tell how far it is and what became of it."""
    _obey_the_batch()
    os.environ.pop(ADDRESS, None)  # of the batch for which the server was started
    if kernels is not None:
        os.environ[ADDRESS] = kernels
    try:
        outcome = run_job(
            job, out, is_resuming=is_resuming, run_stamp=run_stamp, on_notebook=told.send
        )
        told.send(as_plain(outcome))
    except BrokenPipeError:
        pass  # the batch is gone
    finally:
        _end_children()


def _obey_the_batch() -> None:
    """End in an orderly way when the batch says so, and when it is gone.

    Ctrl-C at the terminal reaches every process there; this one waits for the batch's word.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    threading.Thread(target=_end_with_the_batch, daemon=True).start()


def _end_with_the_batch() -> None:
    batch = multiprocessing.parent_process()
    if batch is not None:
        batch.join()
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
            time.sleep(_SECONDS_TO_LEAVE)
        _end_children()
        os._exit(1)


def _end_children() -> None:
    """End kernels that nobody ended, each with what it began.

    A kernel looks for itself whether its parent is gone, but not one that was only starting.
    """
    for task in Path("/proc/self/task").glob("*/children"):
        for number in task.read_text().split():
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(int(number), signal.SIGKILL)


def _listen(one: _Running, on_notebook: Callable[[str, str], None]) -> Outcome | None:
    """Return the outcome where the process has told it, after all that it told before."""
    try:
        while one.told.poll():
            said = one.told.recv()
            if isinstance(said, dict):
                return from_plain(said)
            on_notebook(one.job.name, said)
    except (EOFError, OSError):
        one.process.join(_SECONDS_TO_END)
    return None


def _died(one: _Running) -> Outcome:
    code = one.process.exitcode
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    message = (
        f"the process that ran it ended twice before it was done ({how}); where memory ran "
        "short, fewer --workers may help"
    )
    return Outcome(one.job.name, "failed", message=message)


def _end(running: Sequence[_Running]) -> None:
    """End processes: with time to clear up, and then without."""
    for one in running:
        one.process.terminate()
    for one in running:
        one.process.join(_SECONDS_TO_END)
        if one.process.exitcode is None:
            one.process.kill()
            one.process.join()
        one.told.close()
