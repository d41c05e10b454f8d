"""The plan of a batch as it stands in a CSV file, row by row."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kamtools.errors import Fault, InputError
from kamtools.reading import text

FOLDER, NAME, NOTEBOOKS = "folder", "name", "notebooks"


@dataclass(frozen=True)
class Row:
    """A job as it is asked for: `place` says where; what is empty is not said."""

    place: str
    folder: str
    name: str = ""
    notebooks: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a plan, without blank ones.

    Encoding and separator are recognised as those of an engagement's files are.

    Raises
    ------
    InputError
        If there is no such CSV file, or its header or the length of its rows is wrong.
    """
    if path.suffix.lower() != ".csv" or not path.is_file():
        seen = "is no CSV file" if path.exists() else "does not exist"
        raise InputError(f"{path} {seen}; expected a folder of engagements, or a plan (CSV)")
    encoding = text.find_encoding(path, None)
    if isinstance(encoding, Fault):
        raise InputError(f"{path.name}: saw {encoding.seen}; expected a CSV file in UTF-8")
    header, separator = text.read_header(path, encoding, required=[FOLDER], separator=None)
    _check_header(path, header)
    try:
        with path.open(encoding=encoding, newline="") as file:
            lines = list(csv.reader(file, delimiter=separator, strict=True))[1:]
    except csv.Error as error:
        raise InputError(f"{path.name}: {error}; expected a CSV file") from None
    numbered = [(number, [cell.strip() for cell in line]) for number, line in enumerate(lines, 2)]
    filled = [(number, line) for number, line in numbered if any(line)]
    long = [f"row {number}" for number, line in filled if any(line[len(header) :])]
    if long or not filled:
        seen = f"more cells than that in {', '.join(long)}" if long else "no row"
        expected = f"rows of {len(header)} cells below the header"
        raise InputError(f"{path.name}: saw {seen}; expected {expected}")
    return [_as_row(f"{path.name}, row {number}", header, line) for number, line in filled]


def _check_header(path: Path, header: list[str]) -> None:
    repeated = sorted({name for name in header if header.count(name) > 1 or not name})
    if repeated or FOLDER not in header:
        seen = ", ".join(map(repr, header)) or "nothing"
        expected = f"a header of different names, none blank, one of them {FOLDER}"
        raise InputError(f"{path.name}, row 1: saw {seen}; expected {expected}")


def _as_row(place: str, header: list[str], line: list[str]) -> Row:
    cells = {name: cell for name, cell in zip(header, line, strict=False) if cell}
    return Row(
        place,
        folder=cells.pop(FOLDER, ""),
        name=cells.pop(NAME, ""),
        notebooks=tuple(filter(None, re.split(r"[\s,;]+", cells.pop(NOTEBOOKS, "")))),
        parameters=cells,
    )
