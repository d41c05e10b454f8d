"""The decision log of an engagement: who settled what, when, and that nobody changed it since.

One line of JSON an entry, in `decision_log.jsonl` in the engagement's folder. Entries are
only ever added. Each carries the hash of the one before, so that a later edit of any of them
shows. What the chain cannot show by itself is that entries were cut off at the end, or that
the whole file was written anew: a report therefore prints the hash of the last entry.
"""

import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kamtools.errors import Fault, InputError
from kamtools.reading.places import usual_fault

FILE = "decision_log.jsonl"
START = "0" * 64
"""What stands for the hash of an entry before the first."""
FIELDS = ("number", "kind", "by", "date", "content", "previous", "hash")


@dataclass(frozen=True)
class Entry:
    """One decision.

    Attributes
    ----------
    number
        Counted from 1.
    kind
        What was decided, such as "weights frozen".
    by
        Name of the person.
    date
        Day of the decision, as the person gave it.
    content
        What was settled: texts, numbers, lists and mappings of them.
    previous, hash
        SHA-256 of the entry before and of this one, in hexadecimal.
    """

    number: int
    kind: str
    by: str
    date: datetime.date
    content: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True)
class DecisionLog:
    """The entries of a log, in their order, and what is wrong with their chain.

    Attributes
    ----------
    entries
        All that can be read.
    faults
        One for each entry that was changed, moved or put in after it was written; empty
        where the chain holds.
    """

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def read_log(folder: Path | str) -> DecisionLog:
    """Return the decision log of an engagement; without a file it is empty.

    Parameters
    ----------
    folder
        The engagement's.

    Raises
    ------
    InputError
        If a line is not an entry at all: the file is no longer a log. Also if it is no file,
        or a link that leads out of the folder.
    """
    path = Path(folder) / FILE
    if not os.path.lexists(path):
        return DecisionLog((), ())
    fault = usual_fault(path, Path(folder))
    if fault is not None:
        raise InputError(f"{FILE} cannot be read", [fault])
    text = path.read_text(encoding="utf-8", errors="replace")
    entries = []
    unreadable = []
    # Not splitlines: a name may hold a sign that this takes for the end of a line.
    for row, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        entry = _parse(line)
        if entry is None:
            seen = repr(line[:60])
            unreadable.append(Fault(FILE, row, None, seen, "a line of JSON written by kamtools"))
        else:
            entries.append(entry)
    if unreadable:
        raise InputError(f"{FILE} cannot be read", unreadable)
    return DecisionLog(tuple(entries), _chain_faults(entries))


def append_entry(
    folder: Path | str, *, kind: str, by: str, date: datetime.date, content: Mapping[str, Any]
) -> Entry:
    """Add an entry to the decision log of an engagement, and return it.

    Parameters
    ----------
    folder
        The engagement's; it must be there.
    kind, by, date, content
        As in `Entry`; `content` must be JSON.

    Raises
    ------
    InputError
        If there is no such folder, `kind` or `by` is blank, the date lies before that of the
        last entry, or the log was changed after it was written: then nothing is added.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"there is no engagement folder {str(folder)!r} to keep the log in")
    for name, text in (("kind", kind), ("by", by)):
        if not text.strip():
            raise InputError(f"a decision needs its {name!r}; got a blank")
    log = read_log(folder)
    if log.faults:
        raise InputError(f"{FILE} was changed after it was written; nothing is added", log.faults)
    if log.entries and date < log.entries[-1].date:
        raise InputError(
            f"the last decision is of {log.entries[-1].date}; got the earlier date {date}"
        )
    record = {
        "number": len(log.entries) + 1,
        "kind": kind.strip(),
        "by": by.strip(),
        "date": date.isoformat(),
        "content": dict(content),
        "previous": log.entries[-1].hash if log.entries else START,
    }
    sealed = {**record, "hash": sha256_of(record)}
    _append_line(folder / FILE, canonical(sealed))
    return _entry(sealed)


def canonical(value: object) -> str:
    """Return the one JSON text that stands for a value, whatever the order of its keys.

    Raises
    ------
    InputError
        If the value is not JSON, or holds a number that is not finite.

    Examples
    --------
    >>> canonical({"b": 0.5, "a": "è"})
    '{"a":"è","b":0.5}'
    """
    try:
        return json.dumps(
            value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
    except (TypeError, ValueError) as error:
        raise InputError(f"only texts and finite numbers can be hashed: {error}") from error


def sha256_of(value: object) -> str:
    """Return the SHA-256 of the canonical JSON of a value, in hexadecimal.

    Examples
    --------
    >>> sha256_of({"a": 1, "b": 2}) == sha256_of({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(canonical(value).encode("utf-8")).hexdigest()


def _append_line(path: Path, line: str) -> None:
    """Add a line to a file, whether or not an editor took the end off its last one."""
    is_open_ended = path.is_file() and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(("\n" if is_open_ended else "") + line + "\n")


def _entry(record: Mapping[str, Any]) -> Entry:
    return Entry(**{**record, "date": datetime.date.fromisoformat(record["date"])})


def _record(entry: Entry) -> dict[str, Any]:
    return {**vars(entry), "date": entry.date.isoformat()}


def _parse(line: str) -> Entry | None:
    """Return the entry of a line; None if it is none."""
    try:
        record = json.loads(line)
        is_entry = isinstance(record, dict) and set(record) == set(FIELDS)
        return _entry(record) if is_entry and isinstance(record["content"], dict) else None
    except (TypeError, ValueError):
        return None


def _chain_faults(entries: list[Entry]) -> tuple[Fault, ...]:
    faults = []
    before = START
    for row, entry in enumerate(entries, start=1):
        record = _record(entry)
        stated = record.pop("hash")
        if stated != sha256_of(record):
            seen = "an entry that was changed after it was written"
            faults.append(Fault(FILE, row, None, seen, f"the content of hash {stated[:12]}"))
        elif entry.previous != before or entry.number != row:
            seen = f"entry {entry.number} behind another than it was written behind"
            faults.append(Fault(FILE, row, None, seen, "all entries, in the order of writing"))
        before = stated
    return tuple(faults)
