"""A folder that is there whole or not at all."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield where to make a folder beside the target, which becomes the target at the end.

    If the making fails, nothing of it stays. The target may exist if it is empty.

    Raises
    ------
    OSError
        If the target is not empty by then, or is a file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kamtools-", dir=target.parent) as beside:
        unfinished = Path(beside) / target.name
        yield unfinished
        if target.is_dir():
            target.rmdir()
        unfinished.rename(target)
