"""How a file was found to be written, so that its owner can see what was made of it."""

from dataclasses import dataclass

from kamtools.reading.sources import Source
from kamtools.wording import listing

ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a byte order mark", "utf-16": "UTF-16",
    "gb18030": "GB18030", "cp1252": "Windows-1252",
}  # fmt: skip
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
MARKS = {".": "decimal point", ",": "decimal comma"}
KINDS = {".xlsx": "a workbook", ".parquet": "Parquet"}


@dataclass(frozen=True)
class Writing:
    """How one file or table of a database is written.

    `encoding` and `separator` are those of a CSV file. `decimal` ("." or ",") is None where
    no number has a mark, `date_forms` is empty where no date is text.
    """

    file: str
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    date_forms: tuple[str, ...] = ()


def writing_of(source: Source) -> Writing:
    """Return how a file is written, from what was recognised when it was read."""
    style = source.style
    decimal = style.decimal if style and style.shows_decimals else None
    forms = style.date_forms if style else ()
    return Writing(source.file, source.encoding, source.separator, decimal, forms)


def describe_writing(writing: Writing) -> str:
    """Return in words how a file is written.

    Examples
    --------
    >>> describe_writing(Writing("a.csv", "gb18030", ";", ",", ("day/month/year",)))
    'GB18030, cells between semicolons, decimal comma, dates as day/month/year'
    >>> describe_writing(Writing("a.parquet"))
    'Parquet'
    """
    parts = [f"dates as {listing(writing.date_forms)}"] if writing.date_forms else []
    if writing.decimal:
        parts.insert(0, MARKS[writing.decimal])
    if writing.separator:
        mark = SEPARATORS.get(writing.separator, repr(writing.separator))
        parts.insert(0, f"cells between {mark}")
    if writing.encoding:
        return ", ".join([ENCODINGS.get(writing.encoding.lower(), writing.encoding), *parts])
    ending = writing.file[writing.file.rfind(".") :].lower() if "." in writing.file else ""
    return ", ".join([KINDS.get(ending, "a database"), *parts])
