"""A Dask cluster that can run a batch: it answers, it is the same program, it sees the folders."""

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from kamtools.errors import InputError
from kamtools.publishing import fingerprint, provenance
from kamtools.publishing.batch.jobs import SETTINGS, Job
from kamtools.wording import listing

_SECONDS_TO_ANSWER = 5
_SECONDS_TO_JOIN = 10
_NAMED = 3
"""How many faults of one kind are told."""


def check_cluster(address: str) -> None:
    """Refuse a cluster that could not run a batch, before anything is written.

    Raises
    ------
    InputError
        As `connected`.
    """
    with connected(address):
        pass


def dask() -> ModuleType:
    """Return Dask's `distributed`, which is an extra of this package.

    Raises
    ------
    InputError
        If it is not installed.
    """
    try:
        import distributed
    except ModuleNotFoundError:
        raise InputError(
            "a batch on a cluster needs Dask, which is not installed; expected kamtools with "
            "its extra: pip install 'kamtools[scale]'"
        ) from None
    module: ModuleType = distributed
    return module


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Give a client of a cluster that can run a batch.

    Parameters
    ----------
    address : of the scheduler, such as tcp://10.0.0.5:8786

    Raises
    ------
    InputError
        If Dask is not installed here, no scheduler answers within seconds, it has no worker,
        a worker has several threads, or one runs another version of this package or of what
        the numbers rest on.
    """
    try:
        client = dask().Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"no Dask scheduler answers at {address} ({error}); expected the address that "
            "`dask scheduler` says when it starts, such as tcp://10.0.0.5:8786"
        ) from None
    for name in ("distributed.client", "distributed.utils"):
        # It logs a traceback when the scheduler goes away, of which we tell.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with client:
        _check_threads(client, address)
        _check_versions(client)
        yield client


def check_folders(client: Any, jobs: Sequence[Job], out: Path) -> None:  # noqa: ANN401
    """Refuse workers that do not see what this process sees in the folders of a batch.

    Parameters
    ----------
    client : from `connected`
    jobs : whose engagements and notebooks the workers must read
    out : folder of the batch, absolute, which is there: workers must be able to write into it

    Raises
    ------
    InputError
        With the first of the folders that a worker does not see.
    """
    with tempfile.NamedTemporaryFile(dir=out, prefix=".seen-") as mark:
        mark.write(os.urandom(16).hex().encode())
        mark.flush()
        files = [Path(mark.name), *(job.folder / SETTINGS for job in jobs)]
        files += [
            file for source in {job.source for job in jobs} for file in source.glob("*.ipynb")
        ]
        hashes = {file: provenance.sha256(file) for file in files}
        told = client.run(unseen, hashes, out, on_error="return")
    for worker, found in told.items():
        if isinstance(found, Exception):
            raise InputError(f"the worker {worker} cannot look into the folders ({found!r})")
        if found:
            raise InputError(
                f"the worker {worker} does not see, as this machine does, "
                f"{listing(found[:_NAMED])}; expected every worker to have the same folders "
                "under the same paths, and to be allowed to write into that of the batch"
            )


def unseen(hashes: Mapping[Path, str], out: Path) -> list[str]:
    """Return which folders hold something else here than the hashes say, or cannot be written.

    Parameters
    ----------
    hashes : SHA-256 of files by their absolute paths
    out : folder to write into
    """
    faults = {str(file.parent) for file, expected in hashes.items() if _hash(file) != expected}
    try:
        tempfile.TemporaryFile(dir=out, prefix=".seen-").close()
    except OSError:
        faults.add(str(out))
    return sorted(faults)


def program() -> dict[str, str]:
    """Return what a report's figures rest on beside its inputs: hash of the program, versions."""
    return {"files of kamtools": fingerprint.package_hash()[:12], **provenance.versions()}


def _hash(file: Path) -> str | None:
    try:
        return provenance.sha256(file)
    except OSError:
        return None


def _check_threads(client: Any, address: str) -> None:  # noqa: ANN401
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_JOIN)
    except TimeoutError:
        raise InputError(
            f"the Dask scheduler at {address} has no worker; expected some, started with "
            f"`dask worker {address} --nworkers N --nthreads 1`"
        ) from None
    for worker, threads in client.nthreads().items():
        if threads != 1:
            raise InputError(
                f"the worker {worker} has {threads} threads; expected 1, as a process runs one "
                f"notebook at a time: `dask worker {address} --nworkers N --nthreads 1`"
            )


def _check_versions(client: Any) -> None:  # noqa: ANN401
    ours = program()
    for worker, theirs in client.run(program, on_error="return").items():
        if isinstance(theirs, Exception):
            raise InputError(
                f"the worker {worker} cannot run this kamtools ({theirs!r}); expected the same "
                "version there as here"
            )
        other = [
            f"{name} {theirs.get(name)} (here {version})"
            for name, version in ours.items()
            if theirs.get(name) != version
        ]
        if other:
            raise InputError(
                f"the worker {worker} would compute with other versions: {listing(other)}; "
                "expected the same there as here, so that every report is made alike"
            )
