"""A report is written beside its place and put there whole, by renaming.

While a run lasts its files are in `.NAME.partial-PID` beside the place. At the end the
previous report is renamed to `.NAME.old-PID`, the new one takes its place, and the old one
is deleted. A run that was killed in between leaves either the previous report in its place
or, between two renames, aside: the next run puts it back and clears what was left.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from kamtools.errors import InputError
from kamtools.publishing.whole_files import write_whole

RECORD = "run.json"

_FAILED = ".failed"

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
    strangers = [file for file in list_files(out) if file not in written and not is_litter(file)]
    if strangers:
        raise InputError(
            f"{out} also holds {', '.join(strangers[:5])}, which no run wrote and a new "
            "report would delete; move it, or choose another folder with --out"
        )


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give a new empty folder that becomes `out` when the block ends without an error."""
    out.parent.mkdir(parents=True, exist_ok=True)
    recover(out)
    partial = _aside(out, "partial", os.getpid())
    partial.mkdir()
    try:
        yield partial
        _swap(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def into(out: Path) -> Iterator[Path]:
    """Give a new empty folder whose files go into the report `out` when the block ends.

    Nothing happens to the report where the block ends with an error. The record goes first:
    a process killed after it leaves a report that names a file which is not there yet, and
    never a file that no record names.
    """
    recover(out)
    partial = _aside(out, "partial", os.getpid())
    partial.mkdir()
    try:
        yield partial
        for name in sorted(list_files(partial), key=lambda name: name != RECORD):
            (partial / name).replace(out / name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def keep_half_run(notebook: Path, out: Path) -> Path:
    """Save a half-run notebook in `OUT.failed`, over an earlier one, and return where."""
    folder = out.with_name(out.name + _FAILED)
    if folder.is_symlink():
        folder.unlink()  # somebody else's folder, and what stands there, are not ours to write to
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / notebook.name, notebook.read_bytes())
    return folder / notebook.name


def forget_half_run(names: Iterable[str], out: Path) -> None:
    """Delete half-run notebooks of those short names, kept for a run that has since gone well."""
    folder = out.with_name(out.name + _FAILED)
    for name in names:
        (folder / f"{name}.ipynb").unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def list_files(folder: Path) -> list[str]:
    """Return every file of a folder and below, as relative names in order."""
    return sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())


def is_litter(file: str) -> bool:
    """Say whether a file, by its relative name, is what a program left behind."""
    return not _LITTER.isdisjoint(file.split("/"))


def is_of_a_report(folder: Path) -> bool:
    """Say whether a folder is a report, or holds the half-run notebooks of one that failed."""
    return folder.name.endswith(_FAILED) or _files_of_report(folder / RECORD) is not None


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


def recover(out: Path) -> None:
    """Put a report back that a killed run left aside, and clear what else it left."""
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
