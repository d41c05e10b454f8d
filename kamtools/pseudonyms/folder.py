"""A folder of an engagement becomes the same engagement without its names."""

import csv
import datetime
import io
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kamtools import cleaning
from kamtools.decision_log import FILE as LOG_FILE
from kamtools.decision_log import read_log
from kamtools.engagement import OPTIONAL, Engagement, load
from kamtools.errors import InputError
from kamtools.pseudonyms import invoice_lines, keys, settings_file
from kamtools.pseudonyms.columns import how
from kamtools.pseudonyms.disguise import Disguise
from kamtools.pseudonyms.leftovers import possible_names
from kamtools.pseudonyms.names import Names, known_names
from kamtools.pseudonyms.opening import typed_table
from kamtools.pseudonyms.scrubbing import Scrubber
from kamtools.pseudonyms.small_tables import (
    Tellers,
    csv_text,
    disguised,
    with_costs_of_library,
)
from kamtools.pseudonyms.terms import is_plain_number, terms
from kamtools.reading import databases, settings, tables
from kamtools.reading.connections import new_connection
from kamtools.reading.limits import FIRST_DAY
from kamtools.schema import TABLES


@dataclass(frozen=True)
class Pseudonymised:
    """What was done to an engagement, for the person who did it: it holds original names.

    Attributes
    ----------
    folder
        The engagement without names.
    lines
        Invoice lines in it: as many as in the original.
    aliases
        What it is -> how many got an alias.
    replaced
        In free text: what was replaced -> how often.
    possible_names
        Words left in free text that look like names -> how often.
    left_out
        Columns of the firm's own, as "table, column", that are not in it.
    short_ids
        Ids that are numbers too short to be looked for in free text.
    left_behind
        Files in the original's folder that no command reads.
    """

    folder: Path
    lines: int
    aliases: dict[str, int]
    replaced: dict[str, int]
    possible_names: dict[str, int]
    left_out: tuple[str, ...]
    short_ids: int
    left_behind: tuple[str, ...]


def pseudonymise(
    folder: Path | str,
    target: Path | str,
    *,
    key: Path | str,
    mapping: Path | str | None = None,
    library: pd.DataFrame | None = None,
) -> Pseudonymised:
    """Write an engagement without its names, and return what was done.

    Names and ids become aliases, days move by one shift, money is multiplied by one factor:
    each follows from the key, and `columns` says what becomes of each column. Pseudonyms are no
    anonymity: who knows the firm may know it again by its figures.

    Parameters
    ----------
    folder
        Holds an engagement that `engagement.load` can read.
    target
        New or empty; it appears whole or not at all.
    key
        File of the secret, made if it does not stand; not inside the target.
    mapping
        New file for the table of aliases; None: none is written.
    library
        Measures with the costs that the toolkit assumes (`small_tables.with_costs_of_library`).

    Raises
    ------
    InputError
        If the engagement cannot be read, the target is not empty, or the key or the mapping
        is not as it should be.
    """
    folder, target, key = Path(folder), Path(target), Path(key)
    mapping = None if mapping is None else Path(mapping)
    _check_places(folder, target, key, mapping)
    firm = load(folder)
    firm.invoices.get_backend().disconnect()
    disguise = Disguise(keys.read_or_make_key(key))
    with _whole(target) as unfinished, tempfile.TemporaryDirectory(prefix="kamtools-") as workspace:
        done, names = _write(firm, unfinished, disguise, library, Path(workspace))
        if mapping is not None:
            keys.write_private(mapping, _mapping_text(names))
    return Pseudonymised(folder=target, **done)


def _check_places(folder: Path, target: Path, key: Path, mapping: Path | None) -> None:
    if target.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{target} lies in {folder}; expected a place outside the original")
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        kind = "holds files already" if target.is_dir() else "is a file"
        raise InputError(f"{target} {kind}; expected a new or empty folder")
    for what, path in (("key", key), ("mapping", mapping)):
        if path is not None and path.resolve().is_relative_to(target.resolve()):
            raise InputError(f"{what} {path}: expected a place outside {target}, which is given on")
    if mapping is not None and (mapping.exists() or mapping.resolve() == key.resolve()):
        raise InputError(f"mapping {mapping} stands already; it is not written over")


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Yield a folder beside the target, which becomes the target if all goes well."""
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kamtools-", dir=target.absolute().parent) as beside:
        unfinished = Path(beside) / "whole"
        unfinished.mkdir()
        yield unfinished
        if target.is_dir():
            target.rmdir()
        unfinished.rename(target)


def _write(
    firm: Engagement, target: Path, disguise: Disguise, library: pd.DataFrame | None, space: Path
) -> tuple[dict, Names]:
    config, _ = settings.read_settings(firm.folder, as_of=None)
    assert config is not None  # `load` has read it
    frames = {name: frame for name in OPTIONAL if (frame := getattr(firm, name)) is not None}
    connection = new_connection()
    connection.raw_sql(f"SET memory_limit = '{invoice_lines.MEMORY}'")
    rates = typed_table(connection, firm.folder, "rates", config, space)
    if rates is not None:
        frames["rates"] = tables.to_frame(rates[0], TABLES["rates"])
    opened = typed_table(connection, firm.folder, "invoices", config, space)
    assert opened is not None  # `load` has read them
    typed, source = opened
    goals = settings_file.own_goal_columns(
        config.strategy.get("goals", []),
        [name for name in _columns(frames.get("accounts")) if how("accounts", name)],
    )
    _check_days(disguise, [*frames.values()], invoice_lines.first_day(typed))
    names = known_names(
        disguise,
        frames,
        firm=config.name,
        accounts=invoice_lines.distinct_texts(typed, "account_id"),
        products=invoice_lines.distinct_texts(typed, "product"),
        people=[entry.by for entry in read_log(firm.folder).entries],
        values=[text for name in goals for text in _texts(frames["accounts"][name])],
    )
    texts = [text for frame in frames.values() for name in frame for text in _texts(frame[name])]
    scrubber = Scrubber(terms(names, texts), years=disguise.years)
    tellers = Tellers(disguise, names, scrubber, goals)
    measures = with_costs_of_library(frames.get("measures"), library)
    told = frames if measures is None else {**frames, "measures": measures}
    blank = _blank_rows(firm)
    for name, frame in told.items():
        text = csv_text(disguised(name, frame, tellers), blank_rows=blank.get(name, 0))
        (target / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    is_text = source.path is not None and source.path.suffix.lower() in (".csv", ".xlsx")
    lines = invoice_lines.write_disguised(
        typed,
        target / f"invoices.{'csv' if is_text else 'parquet'}",
        disguise=disguise,
        aliases=names.aliases,
        workspace=space,
    )
    kept = [name for name in typed.columns if not name.endswith("_") and name != "row"]
    databases.close(source, connection)
    connection.disconnect()
    settings_file.write_log(firm.folder, target, tellers)
    as_text = [*told, *(["invoices"] if is_text else [])]
    written = settings_file.settings_text(config, tellers, tables=as_text)
    (target / settings.FILE).write_text(written, encoding="utf-8", newline="")
    columns = {"invoices": kept, **{name: _columns(frame) for name, frame in frames.items()}}
    done = {
        "lines": lines,
        "aliases": dict(Counter(names.kinds.values())),
        "replaced": dict(scrubber.counts),
        "possible_names": dict(possible_names(scrubber.results, names.aliases.values())),
        "left_out": tuple(
            f"{table}, {name}"
            for table, found in columns.items()
            for name in found
            if tellers.column(table, name) is None
        ),
        "short_ids": sum(map(is_plain_number, names.aliases)),
        "left_behind": _left_behind(firm),
    }
    return done, names


def _check_days(
    disguise: Disguise, frames: list[pd.DataFrame], first_line: datetime.date | None
) -> None:
    days = [frame[name].min() for frame in frames for name in frame.select_dtypes("datetime")]
    known = [pd.Timestamp(day) for day in (*days, first_line) if day is not None]
    first = min((day for day in known if pd.notna(day)), default=None)
    if first is not None and disguise.day(first.date()) < FIRST_DAY:
        raise InputError(
            f"days move back by {disguise.years} years under this key, and none may lie before "
            f"{FIRST_DAY}; saw {first.date()}"
        )


def _columns(frame: pd.DataFrame | None) -> list[str]:
    return [] if frame is None else [str(name) for name in frame.columns]


def _texts(cells: pd.Series) -> list[str]:
    """Return the different texts of a column; of numbers and days there are none."""
    found = cells.dropna().drop_duplicates()
    return [text for text in found if isinstance(text, str)]


def _blank_rows(firm: Engagement) -> dict[str, int]:
    """Return how many blank rows each table's file has, by the table's name."""
    blank = firm.quality[firm.quality["reason"] == cleaning.BLANK]
    by_file = blank.groupby("file")["lines_set_aside"].sum().to_dict()
    return {name: int(by_file.get(one.file, 0)) for name, one in firm.written.items()}


def _left_behind(firm: Engagement) -> tuple[str, ...]:
    read = {path.resolve() for path in firm.files}
    found = (path for path in firm.folder.iterdir() if path.name != LOG_FILE)
    return tuple(sorted(path.name for path in found if path.resolve() not in read))


def _mapping_text(names: Names) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kind", "original", "alias"])
    writer.writerows(
        (names.kinds[original], original, alias) for original, alias in names.aliases.items()
    )
    return text.getvalue()
