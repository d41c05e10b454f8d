"""A file that is there whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it, so that a reader never sees half of one.

    Parameters
    ----------
    path
        Where to, in a folder that is there; an earlier file is replaced.
    content
        All of it.
    """
    beside = path.with_name(f".{path.name}.partial-{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
