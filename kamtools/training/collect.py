"""Packs handed back: found, copied, read, and checked before they count.

Nothing in a folder that was handed in is trusted: no name of a file in a zip becomes a name
here, nothing is unpacked beyond the progress file, every file is copied and the copy is opened
for reading only.
"""

import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kamtools.errors import InputError
from kamtools.learning.progress import PACK_FILE
from kamtools.learning.progress_file import LARGEST_BYTES, Progress, read_progress
from kamtools.training.trust import faults, notes

ENDING = ".sqlite"
MOST_IN_A_ZIP = 40
LARGEST_PACK_FILE = 5_000_000
_OTHER = "other answers under the identifier of"


@dataclass(frozen=True)
class Handed:
    """A progress file that counts: where it was found, what is in it, what to know of it."""

    source: str
    progress: Progress
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A file that does not count, and why."""

    source: str
    reason: str


@dataclass(frozen=True)
class Collection:
    """What came of a folder.

    Attributes
    ----------
    handed
        One a learner, in the order of their random identifiers, which says nothing of who
        handed in first.
    refused
        In the order of their names.
    pack
        That all of `handed` were made in.
    is_given
        Whether the trainer named the pack; otherwise it is the one of most files.
    """

    handed: tuple[Handed, ...]
    refused: tuple[Refused, ...]
    pack: str
    is_given: bool


def collect(folder: Path, *, pack: str | None = None) -> Collection:
    """Read what learners handed back: progress files, packs as folders, packs as zips.

    Parameters
    ----------
    folder
        Looked through with all folders in it.
    pack
        Identifier of the pack that counts; that of most files unless given.

    Raises
    ------
    InputError
        If it is no folder, or nothing in it looks like a pack handed back.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: expected a folder with packs handed back")
    read: list[Handed] = []
    refused: list[Refused] = []
    with tempfile.TemporaryDirectory(prefix="kam-collect-") as aside:
        for source, copied in _copies(folder, Path(aside) / f"copy{ENDING}"):
            try:
                if isinstance(copied, str):
                    raise InputError(copied)
                read.append(_checked(source, read_progress(copied)))
            except (InputError, OSError) as error:
                reason = str(error).replace(f"copy{ENDING}", "the file")
                refused.append(Refused(source, reason))
    if not read and not refused:
        raise InputError(f"{folder} holds no file that ends in {ENDING} or .zip")
    chosen = _commonest_pack(read) if pack is None else pack
    of_pack = [one for one in read if one.progress.pack == chosen]
    others = [
        Refused(one.source, "was made in another pack than the class's")
        for one in read
        if one.progress.pack != chosen
    ]
    handed, doubles = _one_a_learner(of_pack)
    told = sorted([*refused, *others, *doubles], key=lambda one: one.source)
    return Collection(handed, tuple(told), chosen, pack is not None)


def pack_identifier(place: Path) -> str:
    """Return the identifier of a pack: its folder, its zip, or its `pack.json`.

    Raises
    ------
    InputError
        If there is none.
    """
    try:
        if place.is_dir():
            text = (place / PACK_FILE).read_bytes()
        elif zipfile.is_zipfile(place):
            with zipfile.ZipFile(place) as archive:
                inside = [name for name in archive.namelist() if Path(name).name == PACK_FILE]
                text = _member(archive, min(inside, key=len, default=PACK_FILE), LARGEST_PACK_FILE)
        else:
            text = place.read_bytes()
        return str(json.loads(text)["pack"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise InputError(f"{place}: expected a pack, or its {PACK_FILE} ({error})") from None


def _copies(folder: Path, place: Path) -> Iterator[tuple[str, Path | str]]:
    """Copy one file after the other to one place; give its source, and the copy or a reason."""
    for path in _files(folder):
        source = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield source, "is a link; what it leads to was not handed in"
        elif path.suffix.lower() == ".zip":
            yield from _copies_from_zip(path, source, place)
        elif path.stat().st_size > LARGEST_BYTES:
            yield source, f"is larger than {LARGEST_BYTES // 1_000_000} MB"
        else:
            shutil.copyfile(path, place)
            yield source, place


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(root, name)
            is_ours = path.suffix.lower() in (ENDING, ".zip") and not name.startswith("._")
            if is_ours and (path.is_symlink() or path.is_file()):
                yield path


def _copies_from_zip(path: Path, source: str, place: Path) -> Iterator[tuple[str, Path | str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if _is_progress(name)]
            if not names:
                yield source, f"holds no file that ends in {ENDING}"
            for name in names[:MOST_IN_A_ZIP]:
                inside = f"{source} > {_plain(name)}"
                try:
                    place.write_bytes(_member(archive, name, LARGEST_BYTES))
                except (
                    zipfile.BadZipFile,
                    zlib.error,
                    ValueError,
                    RuntimeError,
                    EOFError,
                ) as error:
                    yield inside, f"cannot be unpacked: {error}"
                else:
                    yield inside, place
            if len(names) > MOST_IN_A_ZIP:
                yield source, f"holds more than {MOST_IN_A_ZIP} progress files; the others are left"
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        yield source, f"is no zip that can be read: {error}"


def _is_progress(name: str) -> bool:
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.lower().endswith(ENDING) and not last.startswith("._")


def _plain(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:120]


def _member(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """Return a part of a zip, read no further than allowed, whatever the zip says of its size."""
    with archive.open(name) as part:
        content = part.read(largest + 1)
    if len(content) > largest:
        raise ValueError(f"it is larger than {largest // 1_000_000} MB when unpacked")
    return content


def _checked(source: str, progress: Progress) -> Handed:
    found = faults(progress.events)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise InputError(f"{found[0]}{more}")
    return Handed(source, progress, notes(progress))


def _commonest_pack(read: Sequence[Handed]) -> str:
    counts = Counter(one.progress.pack for one in read)
    return min(counts, key=lambda pack: (-counts[pack], pack), default="")


def _one_a_learner(read: Sequence[Handed]) -> tuple[tuple[Handed, ...], list[Refused]]:
    """Return of each learner the file with most events, the later one where two have as many."""
    by_learner: dict[str, list[Handed]] = {}
    for one in read:
        by_learner.setdefault(one.progress.learner, []).append(one)
    kept: list[Handed] = []
    refused: list[Refused] = []
    for learner in sorted(by_learner):
        in_order = sorted(by_learner[learner], key=lambda one: one.source)
        longest, *others = sorted(in_order, key=_extent, reverse=True)
        for other in others:
            n_events = len(other.progress.events)
            is_state = longest.progress.events[:n_events] == other.progress.events
            is_same = is_state and n_events == len(longest.progress.events)
            how = "the same as" if is_same else "an earlier state of" if is_state else _OTHER
            refused.append(Refused(other.source, f"is {how} another file, which counts"))
        told = _told_of_others(longest, others)
        kept.append(replace(longest, notes=(*longest.notes, *told)))
    return tuple(kept), refused


def _extent(one: Handed) -> tuple[int, str]:
    events = one.progress.events
    return len(events), events[-1].moment.isoformat() if events else ""


def _told_of_others(longest: Handed, others: Sequence[Handed]) -> tuple[str, ...]:
    if not others:
        return ()
    return (f"{len(others) + 1} files of this learner were handed in; the longest counts",)
