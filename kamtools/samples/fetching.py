"""Getting a public file: from a folder that has it, otherwise from its address."""

import textwrap
from pathlib import Path

import pooch

from kamtools.errors import InputError
from kamtools.samples.public_set import SourceFile

VARIABLE = "KAMTOOLS_DATA"


def fetch_file(
    file: SourceFile, *, data_folder: Path | None, cache_folder: Path | None = None
) -> Path | None:
    """Return where a file of a public set is, downloaded where it has to be.

    The data folder is looked in first, for the form kept there, then for the publisher's
    forms; then the cache of earlier downloads; then the address is asked, with a progress
    bar. A checksum that is known must agree.

    Parameters
    ----------
    file : what to get
    data_folder : a folder with such files, or None
    cache_folder : where downloads stay; where None, the system's place for caches

    Returns
    -------
    Path or None
        None only for a file without an address that the data folder does not have.

    Raises
    ------
    InputError
        Where the file found has another checksum, or the download fails.
    """
    found = _find(file, data_folder)
    if found is not None:
        return found
    if file.address is None:
        return None
    pooch.get_logger().setLevel("WARNING")
    try:
        downloaded = pooch.retrieve(
            file.address,
            known_hash=file.sha256,
            fname=Path(file.originals[0]).name,
            path=cache_folder or pooch.os_cache("kamtools"),
            progressbar=True,
        )
    except (OSError, ValueError) as error:
        raise InputError(_by_hand(file, data_folder, error)) from error
    return Path(downloaded)


def _find(file: SourceFile, data_folder: Path | None) -> Path | None:
    """Return the first form of the file that the folder has, its checksum verified."""
    if data_folder is None:
        return None
    for name in (file.kept, *file.originals):
        path = data_folder / name
        if path.is_file():
            _verify(path, _checksum(file, name))
            return path
    return None


def _checksum(file: SourceFile, name: str) -> str | None:
    if name == file.kept:
        return file.kept_sha256
    return file.sha256 if name == file.originals[0] else None


def _verify(path: Path, expected: str | None) -> None:
    if expected is None:
        return
    seen = pooch.file_hash(str(path), alg="sha256")
    if seen != expected:
        raise InputError(
            f"{path} is not the file expected: its sha256 is {seen}; expected {expected}"
        )


def _by_hand(file: SourceFile, data_folder: Path | None, error: Exception) -> str:
    """Return what was tried for a file and how to put it in place by hand, as one paragraph."""
    looked = f"it is not in {data_folder}" if data_folder else f"{VARIABLE} names no folder"
    page, query, _ = str(file.address).partition("?")
    seen = textwrap.shorten(f"{type(error).__name__}: {error}", 160, placeholder=" ...")
    forms = " or ".join((*file.originals, file.kept))
    return (
        f"{Path(file.originals[0]).name} could not be had: {looked}, and the download from "
        f"{page}{query and '?...'} failed ({seen}). Without a network, put the file by hand into "
        f"a folder of yours, as {forms} in that folder, and set the environment variable "
        f"{VARIABLE} to the folder."
    )
