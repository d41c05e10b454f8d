"""The jobs of a batch on a Dask cluster whose workers see the same folders: one task a job.

A worker that is lost has its job done by another one, which goes on from the finished
notebooks. A job whose workers die again and again fails, after as many times as the
scheduler is set to allow (`distributed.scheduler.allowed-failures`), and the others go on.

Whoever reaches a Dask scheduler can run what they like on its workers: it belongs on a
network of its own, or behind TLS (`tls://`).
"""

import time
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

from kamtools.errors import RunError
from kamtools.publishing import fingerprint
from kamtools.publishing.batch.cluster import check_folders, connected, dask
from kamtools.publishing.batch.jobs import Job
from kamtools.publishing.batch.outcome import Outcome
from kamtools.publishing.batch.worker import no_longer_wanted, work

_SECONDS_TO_LOOK = 1
_SECONDS_WITHOUT_WORKERS = 30
"""A worker that died is started again by its nanny within seconds."""
_SECONDS_TO_STOP = 60
"""A job at work ends with the notebook it is at."""


def run_jobs(
    jobs: Sequence[Job],
    out: Path,
    *,
    address: str,
    is_resuming: bool,
    run_stamp: str,
    on_notebook: Callable[[str, str], None],
) -> Generator[Outcome]:
    """Give the outcome of each job, in the order in which they are done.

    When the iterator is closed, or an exception such as Ctrl-C passes through it, no job
    begins any more and those at work end with the notebook they are at, which is waited for.

    Parameters
    ----------
    out : folder of the batch, absolute, which is there
    address : of the scheduler
    is_resuming, run_stamp : as for `job.run_job`
    on_notebook : called with the names of the job and of the notebook that is done; twice
        for the same where a worker was lost

    Raises
    ------
    InputError
        As `cluster.connected`, or if a worker does not see a folder: before any job begins.
    RunError
        If the scheduler, or all workers, are gone.
    """
    with connected(address) as client:
        check_folders(client, jobs, out)
        tasks = Tasks(client, address)
        given = {
            "batch": tasks.batch,
            "program": fingerprint.package_hash(),
            "is_resuming": is_resuming,
            "run_stamp": run_stamp,
        }
        waiting = deque(jobs)
        try:
            while waiting or tasks.running:
                # No more than there are workers: a job that waits at a worker for its turn
                # would count as one of those that it died of.
                for _ in range(min(tasks.idle_workers(), len(waiting))):
                    tasks.begin(waiting.popleft(), out, given)
                name, notebook = tasks.listen()
                if notebook:
                    on_notebook(name, notebook)
                elif name:
                    yield tasks.outcome(name)
        finally:
            tasks.stop()


class Tasks:
    """The jobs that are on the cluster now, and what is heard of them."""

    def __init__(self, client: Any, address: str) -> None:  # noqa: ANN401
        self.batch = f"kam-batch-{uuid4().hex}"
        self.running: dict[str, Any] = {}
        self._client, self._address = client, address
        self._told: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._workers_seen = time.monotonic()
        client.subscribe_topic(self.batch, lambda event: self._told.put(event[1]))

    def idle_workers(self) -> int:
        """Return how many workers have no job.

        Raises
        ------
        RunError
            If the scheduler is gone, or all workers have been for long.
        """
        workers = self._workers()
        if workers:
            self._workers_seen = time.monotonic()
        elif time.monotonic() - self._workers_seen > _SECONDS_WITHOUT_WORKERS:
            raise _lost(f"the Dask scheduler at {self._address} has no worker left")
        return max(workers - len(self.running), 0)

    def begin(self, job: Job, out: Path, given: Mapping[str, Any]) -> None:
        """Hand a job over to the cluster."""
        future = self._client.submit(work, job, out, **given, key=f"{self.batch}-{job.name}")
        self.running[job.name] = future
        future.add_done_callback(lambda _: self._told.put((job.name, "")))

    def listen(self) -> tuple[str, str]:
        """Return the job of which something is heard, and the notebook that is done.

        There is no notebook where the job is over, and no job where nothing was heard for
        a while.
        """
        try:
            name, notebook = self._told.get(timeout=_SECONDS_TO_LOOK)
        except Empty:
            return "", ""
        return (name, notebook) if name in self.running else ("", "")

    def outcome(self, name: str) -> Outcome:
        """Return what became of a job that is over.

        Raises
        ------
        RunError
            If it is over because the scheduler is gone.
        """
        future = self.running.pop(name)
        if future.status not in ("finished", "error"):
            raise self._gone()
        error = future.exception()
        if error is None:
            outcome: Outcome = future.result()
            return outcome
        return Outcome(name, "failed", message=_message(error))

    def stop(self) -> None:
        """End what is open and wait until the workers have let go of it."""
        futures = list(self.running.values())
        if not futures or self._client.status != "running":
            return
        with suppress(OSError, TimeoutError), self._client.as_current():
            if self._client.run(no_longer_wanted, self.batch, on_error="ignore"):
                dask().wait(futures, timeout=_SECONDS_TO_STOP)
        self._client.cancel(futures)

    def _workers(self) -> int:
        if self._client.status == "running":
            with suppress(OSError):
                return len(self._client.nthreads())
        raise self._gone()

    def _gone(self) -> RunError:
        return _lost(f"the Dask scheduler at {self._address} no longer answers")


def _lost(what: str) -> RunError:
    return RunError(
        f"{what}; finished reports and notebooks are kept: when it is there again, the same "
        "command with --resume goes on"
    )


def _message(error: BaseException) -> str:
    if isinstance(error, OSError):  # the worker joined late and does not see the folders
        return str(error)
    if not isinstance(error, dask().KilledWorker):
        return f"a fault in kamtools itself ({type(error).__name__}: {error})"
    return (
        f"{error.allowed_failures + 1} workers of the cluster died one after the other while "
        "they had this to do; where memory ran short, larger ones may help, and their logs say "
        "more"
    )
