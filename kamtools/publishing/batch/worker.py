"""What a worker of a Dask cluster does for a batch."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kamtools.publishing import fingerprint, kernels
from kamtools.publishing.batch.cluster import dask
from kamtools.publishing.batch.job import run_job
from kamtools.publishing.batch.jobs import Job
from kamtools.publishing.batch.outcome import Outcome
from kamtools.publishing.batch.store import RECEIPTS

_SECONDS_TO_LOOK = 1
_UNWANTED: set[str] = set()
"""The batches that were stopped."""


class StopError(BaseException):
    """Ends a job whose batch was stopped; no failure, so that nothing takes it for one."""


def work(
    job: Job, out: Path, *, batch: str, program: str, is_resuming: bool, run_stamp: str
) -> Outcome:
    """Do a job and tell each notebook that is done as an event of the batch.

    Kernels come from a warm parent, which the worker starts with its first job.

    Parameters
    ----------
    out : folder of the batch, absolute, which is there
    batch : name of the batch, and of its events
    program : `fingerprint.package_hash` where the batch was started
    is_resuming, run_stamp : as for `job.run_job`
    """
    worker = dask().get_worker()
    if fingerprint.package_hash() != program:
        message = f"the worker {worker.address} joined with another version of kamtools"
        return Outcome(job.name, "failed", message=message)

    def on_notebook(notebook: str) -> None:
        worker.log_event(batch, (job.name, notebook))
        check_wanted(batch)

    try:
        with alone_at(job, out, batch):
            kernels.keep_warm()
            return run_job(
                job, out, is_resuming=is_resuming, run_stamp=run_stamp, on_notebook=on_notebook
            )
    except StopError:
        return Outcome(job.name, "stopped")


@contextmanager
def alone_at(job: Job, out: Path, batch: str) -> Iterator[None]:
    """Wait until no other worker does the same job, and keep it from others.

    One may still be at it: a worker that the scheduler gave up when the network failed, or
    one that was left alone by a batch that was killed.

    Raises
    ------
    StopError
        If the batch is stopped before.
    """
    (out / RECEIPTS).mkdir(exist_ok=True)
    lock = FileLock(out / RECEIPTS / f"{job.name}.lock", timeout=_SECONDS_TO_LOOK)
    while not lock.is_locked:
        check_wanted(batch)
        with suppress(Timeout):
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def check_wanted(batch: str) -> None:
    """Raise StopError if a batch was stopped."""
    if batch in _UNWANTED:
        raise StopError


def no_longer_wanted(batch: str) -> bool:
    """Note that a batch was stopped: its job here ends with the notebook it is at."""
    _UNWANTED.add(batch)
    return True
