"""A report is written beside its place and put there whole, by renaming.

While a run lasts its files are in `.NAME.partial-PID` beside the place. At the end the
previous report is renamed to `.NAME.old-PID`, the new one takes its place, and the old one
is deleted. A run that was killed in between leaves either the previous report in its place
or, between two renames, aside: the next run puts it back and clears what was left.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from kamtools.errors import InputError

RECORD = "run.json"

_LITTER = {".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What programs leave in a folder that somebody looked into; nobody's work."""


def check_place(out: Path, *, engagement: Path) -> None:
    """Refuse a place where a report would destroy anything that is not a report.

    Raises
    ------
    InputError
        If `out` is a file, or a folder that is not empty and holds no report, or holds
        files that the report there did not bring, or holds the engagement itself.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise InputError(f"{out} is a file; expected a folder for the report")
    if engagement.is_relative_to(out):
        raise InputError(f"{out} holds the engagement; expected a folder of its own")
    if not any(out.iterdir()):
        return
    written = _files_of_report(out / RECORD)
    if written is None:
        raise InputError(
            f"{out} is not empty and not a report of kam (no {RECORD} of its own); "
            "choose another folder with --out"
        )
    strangers = [file for file in list_files(out) if file not in written and not _is_litter(file)]
    if strangers:
        raise InputError(
            f"{out} also holds {', '.join(strangers[:5])}, which no run wrote and a new "
            "report would delete; move it, or choose another folder with --out"
        )


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give a new empty folder that becomes `out` when the block ends without an error."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _recover(out)
    partial = _aside(out, "partial", os.getpid())
    partial.mkdir()
    try:
        yield partial
        _swap(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def keep_half_run(notebook: Path, out: Path) -> Path:
    """Save a half-run notebook in `OUT.failed`, over an earlier one, and return where."""
    folder = out.with_name(out.name + ".failed")
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(notebook, folder / notebook.name))


def list_files(folder: Path) -> list[str]:
    """Return every file of a folder and below, as relative names in order."""
    return sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())


def _is_litter(file: str) -> bool:
    return not _LITTER.isdisjoint(file.split("/"))


def _files_of_report(record: Path) -> set[str] | None:
    try:
        known = json.loads(record.read_text(encoding="utf-8"))
        return {*known["files"], RECORD} if "kamtools" in known["versions"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _swap(new: Path, out: Path) -> None:
    if not out.exists():
        new.rename(out)
        return
    old = _aside(out, "old", os.getpid())
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _recover(out: Path) -> None:
    for old in _leftovers(out, "old"):
        if not out.exists():
            old.rename(out)
        else:
            shutil.rmtree(old, ignore_errors=True)
    for partial in _leftovers(out, "partial"):
        shutil.rmtree(partial, ignore_errors=True)


def _aside(out: Path, what: str, pid: int) -> Path:
    return out.with_name(f".{out.name}.{what}-{pid}")


def _leftovers(out: Path, what: str) -> list[Path]:
    found = sorted(out.parent.glob(f".{escape(out.name)}.{what}-*"))
    return [folder for folder in found if not _is_at_work(folder.name.rpartition("-")[2])]


def _is_at_work(pid: str) -> bool:
    """Say whether another process of that number lives; our own number is a leftover's."""
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    if os.name != "posix":
        return True  # where it cannot be asked without harm, leave the folder alone
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
