"""Files that are there whole or not at all, under names that every machine allows."""

import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from kamtools.errors import InputError

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*%\s]')


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


def clear_begun(folder: Path) -> None:
    """Delete the files in a folder that `write_whole` had begun when its process was killed.

    Nobody may be writing there.
    """
    for beside in folder.glob(".*.partial-*"):
        if beside.is_file():
            beside.unlink()


def write_together(folder: Path, contents: Mapping[str, bytes], *, what: str) -> list[Path]:
    """Write files that were all made before the first is written, and return where they are.

    Parameters
    ----------
    folder
        Where to; it is made if it is not there.
    contents
        By name of the file.
    what
        What they are, for the error.

    Raises
    ------
    InputError
        If the folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; expected a folder for {what}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        write_whole(folder / name, content)
    return [folder / name for name in contents]


def name_part(text: str) -> str:
    """Return a text as a part of a file's name: signs that no name may have become %XX.

    Examples
    --------
    >>> name_part("M2"), name_part("林/2"), name_part("..")
    ('M2', '林%2F2', '..')
    """
    return "".join(
        f"%{ord(sign):02X}" if _NOT_IN_NAMES.match(sign) or not sign.isprintable() else sign
        for sign in unicodedata.normalize("NFC", text)
    )
