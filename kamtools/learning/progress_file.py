"""A learner's progress in one SQLite file: events under a chain of seals.

The chain shows an accident (a file cut off, a row lost in a copy) and a casual change. It is no
lock: whoever reads this source can forge a whole chain.
"""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from kamtools.errors import InputError

Kind = Literal["answer", "hint", "item", "prediction", "game"]
KINDS: tuple[str, ...] = get_args(Kind)

SCHEMA_VERSION = "1"
SALT = "kamtools progress, first edition"
WAIT_SECONDS = 2.0
LARGEST_BYTES = 20_000_000
MOST_EVENTS = 20_000
LONGEST_TEXT = 500

_META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"
_EVENTS = (
    "CREATE TABLE events (number INTEGER PRIMARY KEY, moment TEXT NOT NULL, kind TEXT NOT NULL, "
    "subject TEXT NOT NULL, answer TEXT NOT NULL, verdict TEXT NOT NULL, cause TEXT NOT NULL, "
    "strength INTEGER NOT NULL, seal TEXT NOT NULL) STRICT"
)
_SEALED_META = ("schema", "pack", "course", "learner", "made")
_KEYS = frozenset({*_SEALED_META, "name", "last"})


@dataclass(frozen=True)
class Event:
    """One thing that a learner did.

    Attributes
    ----------
    moment
        In UTC.
    kind
        "answer" of an exercise, "hint" looked at, "item" of a knowledge test, "prediction" of a
        case, "game" for what came of a game.
    subject
        Name of the exercise, the item, the case or the scenario.
    answer
        What was typed, as text.
    verdict
        "right", "wrong" or "not understood"; empty where nothing is judged.
    cause
        Which typical mistake it was; empty where it was none.
    strength
        Number of the hint, from 1; otherwise 0.
    """

    moment: datetime
    kind: Kind
    subject: str
    answer: str = ""
    verdict: str = ""
    cause: str = ""
    strength: int = 0


@dataclass(frozen=True)
class Progress:
    """What stands in one progress file.

    Attributes
    ----------
    pack, course
        Of the pack that the learner works in; empty outside a pack.
    learner
        Random and made once; says nothing about the person.
    name
        Empty unless the learner gave it.
    made
        When the file was made, in UTC.
    events
        In the order in which they were recorded.
    """

    pack: str
    course: str
    learner: str
    name: str
    made: datetime
    events: tuple[Event, ...]


def append_event(path: Path, event: Event, *, pack: str = "", course: str = "") -> None:
    """Write one event to the end of a progress file, which the first one makes.

    Raises
    ------
    sqlite3.Error
        If the file cannot be written: locked, read-only, full, broken.
    InputError
        If it is of another pack, or of another version.
    """
    with _changed(path, event.moment, pack=pack, course=course) as connection:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM events").fetchone()
        row = _row(number, event)
        seal = _next_seal(meta["last"], row)
        connection.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, seal))
        connection.execute("UPDATE meta SET value = ? WHERE key = 'last'", (seal,))


def write_name(
    path: Path, name: str, moment: datetime, *, pack: str = "", course: str = ""
) -> None:
    """Write the learner's name into a progress file; an empty one takes it out.

    Raises
    ------
    sqlite3.Error, InputError
        As `append_event`.
    """
    with _changed(path, moment, pack=pack, course=course) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'name'", (name[:LONGEST_TEXT],))


def read_progress(path: Path) -> Progress:
    """Read a progress file without changing it.

    Raises
    ------
    InputError
        If it is none: missing, too large, no SQLite, of another version, with a broken chain.
    """
    if not path.is_file():
        raise InputError(f"there is no file {path.name}")
    if path.stat().st_size > LARGEST_BYTES:
        raise InputError(f"{path.name} is larger than {LARGEST_BYTES // 1_000_000} MB")
    try:
        with closing(_opened_for_reading(path)) as connection:
            meta, rows = _contents(connection, path.name)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} cannot be read as a progress file: {error}") from None
    _check_chain(meta, rows, path.name)
    events = tuple(_event(row, path.name) for row in rows)
    made = _moment(meta["made"], f"{path.name}, made")
    return Progress(meta["pack"], meta["course"], meta["learner"], meta["name"], made, events)


@contextmanager
def _changed(
    path: Path, moment: datetime, *, pack: str, course: str
) -> Iterator[sqlite3.Connection]:
    """Open a file for one transaction; what is not yet in it is made in the same one."""
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        (n_tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if n_tables == 0:
            _make(connection, moment, pack=pack, course=course)
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        if meta.get("schema") != SCHEMA_VERSION:
            raise InputError(f"{path.name} is of another version: {meta.get('schema')!r}")
        if meta["pack"] != pack:
            raise InputError(f"{path.name} belongs to another pack")
        yield connection
        connection.execute("COMMIT")  # an error before it closes the file, which rolls back


def _make(connection: sqlite3.Connection, moment: datetime, *, pack: str, course: str) -> None:
    connection.execute(_META)
    connection.execute(_EVENTS)
    meta = {
        "schema": SCHEMA_VERSION,
        "pack": pack,
        "course": course,
        "learner": secrets.token_hex(8),
        "made": moment.astimezone(UTC).isoformat(),
        "name": "",
    }
    meta["last"] = _first_seal(meta)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())


def _opened_for_reading(path: Path) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _contents(connection: sqlite3.Connection, name: str) -> tuple[dict[str, str], list[tuple]]:
    """Return meta and rows, once the file is seen to hold our two tables and nothing else."""
    held = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT 9")
    if sorted(sql for (sql,) in held) != sorted((_META, _EVENTS)):
        raise InputError(f"{name} does not hold the tables of a progress file, and those only")
    (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise InputError(f"{name} is damaged: {state}")
    meta = dict(connection.execute("SELECT key, value FROM meta LIMIT 99"))
    if meta.get("schema") != SCHEMA_VERSION:
        raise InputError(f"{name} is of another version: {meta.get('schema')!r}")
    if set(meta) != _KEYS:
        raise InputError(f"{name}: meta should hold {sorted(_KEYS)}; got {sorted(meta)}")
    limit = MOST_EVENTS + 1
    rows = connection.execute("SELECT * FROM events ORDER BY number LIMIT ?", (limit,)).fetchall()
    if len(rows) > MOST_EVENTS:
        raise InputError(f"{name} holds more than {MOST_EVENTS:,} events")
    return meta, rows


def _check_chain(meta: dict[str, str], rows: Sequence[tuple], name: str) -> None:
    seal = _first_seal(meta)
    for position, (*row, found) in enumerate(rows, start=1):
        if row[0] != position:
            raise InputError(f"{name}: event {position} is missing, event {row[0]} stands there")
        seal = _next_seal(seal, tuple(row))
        if found != seal:
            raise InputError(
                f"{name}: the chain of seals breaks at event {position} of {len(rows)}; something "
                "was changed, taken out or put in"
            )
    if meta["last"] != seal:
        raise InputError(f"{name}: the last events are missing, or what it says of itself is new")


def _row(number: int, event: Event) -> tuple:
    moment = event.moment.astimezone(UTC).isoformat()
    told = (event.subject, event.answer, event.verdict, event.cause)
    texts = (text[:LONGEST_TEXT].encode(errors="replace").decode() for text in told)
    return (number, moment, event.kind, *texts, int(event.strength))


def _event(row: tuple, name: str) -> Event:
    number, moment, kind, subject, answer, verdict, cause, strength, _ = row
    if kind not in KINDS:
        raise InputError(f"{name}: event {number} is of a kind that there is not: {kind!r}")
    when = _moment(moment, f"{name}, event {number}")
    return Event(when, kind, subject, answer, verdict, cause, strength)


def _moment(text: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{where}: {text!r} is no moment") from None
    if moment.tzinfo is None:
        raise InputError(f"{where}: {text!r} does not say its time zone")
    return moment.astimezone(UTC)


def _first_seal(meta: dict[str, str]) -> str:
    return _hashed([SALT, *(meta[key] for key in _SEALED_META)])


def _next_seal(before: str, row: tuple) -> str:
    return _hashed([before, *row])


def _hashed(values: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
