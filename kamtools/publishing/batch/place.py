"""The folder of a batch: whether it may be used, who is at work in it, what stands in it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kamtools.errors import InputError
from kamtools.publishing import placing
from kamtools.publishing.batch.jobs import Job
from kamtools.publishing.batch.store import PARTIAL, RECEIPTS

RECORD, PAGE, LOCK = "batch.json", "index.html", ".lock"


def check_batch_place(out: Path, jobs: Sequence[Job]) -> None:
    """Refuse a folder in which a batch would mix with something else.

    Raises
    ------
    InputError
        If `out` is a file or a folder of something else than a batch, lies inside an
        engagement, whose inputs its files would be, or holds one or the notebooks, which a
        report of the same name would replace.
    """
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; expected a folder for the reports")
    for job in jobs:
        if out.is_relative_to(job.folder):
            raise InputError(
                f"{out} is inside the engagement {job.folder.name}; expected a folder outside "
                "of every engagement, as the reports of all firms come into it"
            )
        for folder in (job.folder, job.source):
            if folder.is_relative_to(out):
                raise InputError(
                    f"{out} is or holds {folder.name}, which this batch reads; expected a "
                    "folder of its own for the reports"
                )
    if _is_of_something_else(out):
        raise InputError(
            f"{out} is not empty and not of a batch of kam (no {RECORD} of its own); choose "
            "another folder with --out"
        )


@contextmanager
def alone_in(out: Path) -> Iterator[None]:
    """Keep every other batch out of a folder, which is made, as long as the block lasts.

    Raises
    ------
    InputError
        If another batch is at work in it.
    """
    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(
            f"another batch is at work in {out}; wait until it is done, or choose another "
            "folder with --out"
        ) from None
    try:
        yield
    finally:
        lock.release()


def reports_beside(out: Path, jobs: Sequence[Job]) -> list[str]:
    """Return the reports in the folder that are of none of these jobs, by name."""
    names = {job.name for job in jobs}
    if not out.is_dir():
        return []
    return sorted(
        path.name
        for path in out.iterdir()
        if path.name not in names and (path / placing.RECORD).is_file() and path.name[0] != "."
    )


def _is_of_something_else(out: Path) -> bool:
    if not out.is_dir():
        return False
    ours = {LOCK, PARTIAL, RECEIPTS}
    holds = [p.name for p in out.iterdir() if p.name not in ours and not placing.is_litter(p.name)]
    return bool(holds) and not _is_record(out / RECORD)


def _is_record(path: Path) -> bool:
    try:
        return "kamtools" in json.loads(path.read_text(encoding="utf-8"))["versions"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
