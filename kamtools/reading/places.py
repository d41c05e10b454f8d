"""Which files of an engagement's folder may be read: those that lie in it, links followed.

A file of the folder that is a link is read where the link stays inside the folder, and
refused with a word on where it leads otherwise, so that a folder from somebody else cannot
bring a file of this machine into a report. A named pipe or a device is no file.
"""

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from kamtools.errors import Fault

SETTINGS = "engagement.toml"
ENDINGS = (".csv", ".xlsx", ".parquet")
OUTSIDE = "a link that leads out of the engagement folder"
_INSIDE = "a file inside the engagement folder"
_THERE = "a file that exists"


def find_file(folder: Path, name: str, options: Mapping[str, Any]) -> Path | Fault | None:
    """Return the file that holds the table `name`, None where there is none.

    A path given in engagement.toml must stay inside the engagement's folder.
    """
    if "path" in options:
        return inside(folder, name, "path", str(options["path"]))
    found = [folder / (name + end) for end in ENDINGS if os.path.lexists(folder / (name + end))]
    if len(found) > 1:
        seen = " and ".join(path.name for path in found)
        return Fault(name, None, None, seen, f"one of them, or [files.{name}] path to say which")
    return (usual_fault(found[0], folder) or found[0]) if found else None


def usual_fault(path: Path, folder: Path) -> Fault | None:
    """Return the fault of a file under its usual name that may not be read, or None."""
    if _leads_outside(path, folder):
        return Fault(path.name, None, None, OUTSIDE, _INSIDE)
    if path.is_file():
        return None
    kind = "a link that leads nowhere" if path.is_symlink() else "a folder"
    seen = kind if path.is_symlink() or path.is_dir() else "a pipe or a device"
    return Fault(path.name, None, None, seen, "a file")


def inside(folder: Path, name: str, option: str, given: str) -> Path | Fault:
    """Return the path of a file named in engagement.toml, which must lie in the folder."""
    place = f"files.{name}.{option}"
    if _names_outside(given) or _leads_outside(folder / given, folder):
        return Fault(SETTINGS, None, place, given, _INSIDE)
    try:
        is_file = (folder / given).is_file()
    except OSError:  # a name that is too long
        is_file = False
    return folder / given if is_file else Fault(SETTINGS, None, place, given, _THERE)


def _names_outside(given: str) -> bool:
    """Say whether a path begins at a root or a drive, of any system, or goes up."""
    windows = PureWindowsPath(given)
    is_absolute = bool(windows.anchor) or PurePosixPath(given).is_absolute()
    return is_absolute or ".." in windows.parts or "\0" in given


def _leads_outside(path: Path, folder: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links in a circle
        return False
