"""How a CSV file is written: its encoding and its separator.

A file is read as UTF-8 where it is valid UTF-8. Otherwise it is GB18030 or Windows-1252,
and the one is taken under which every character is plausible; where both or neither are,
the file is refused and the option that settles it is named.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from kamtools.errors import Fault

SEPARATORS = (",", ";", "\t", "|")
OTHER_ENCODINGS = ("gb18030", "cp1252")
_CHUNK = 1 << 20
_NUL = "a byte of value 0"
_SLOW = ("idna", "punycode", "undefined")
_PLAUSIBLE_WESTERN = "€£¥§©®°´·»«–—‘’“”„…"
_PLAUSIBLE_CHINESE = "　、。，：；（）《》「」“”‘’·—…￥"


def find_encoding(path: Path, option: str | None) -> str | Fault:
    """Return the encoding of a text file, or the fault that keeps it from being read.

    Parameters
    ----------
    path : file of any length; it is streamed
    option : the `encoding` given in engagement.toml, which is then only checked
    """
    if option is not None:
        fault = _option_fault(path, option) or _first_fault(path, option)
        return fault if fault else option
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _first_fault(path, "utf-16") or "utf-16"
    encoding = "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8"
    fault = _first_fault(path, encoding)
    if fault is None:
        return encoding
    if _NUL in fault.seen:
        return fault
    plausible = [
        name
        for name in OTHER_ENCODINGS
        if _first_fault(path, name) is None and _is_plausible(path, name)
    ]
    if len(plausible) == 1:
        return plausible[0]
    row, line = _first_line_not_utf8(path)
    seen = f"bytes that are not UTF-8, {line!r}"
    seen += ", and can be read as GB18030 and as Windows-1252" if plausible else ""
    return Fault(
        path.name,
        row,
        None,
        seen,
        f'an encoding named in engagement.toml: [files.{path.stem}] encoding = "gb18030" '
        'or "cp1252" (or another that Python knows)',
    )


def _first_line_not_utf8(path: Path) -> tuple[int, bytes]:
    """Return the number of the first line that is not UTF-8, and its start."""
    with path.open("rb") as file:
        for row, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                return row, line[max(0, error.start - 20) : error.end + 20]
    return 1, b""


def _option_fault(path: Path, option: str) -> Fault | None:
    """Return the fault of an encoding that is none, or takes ever longer over long files."""
    try:
        is_text = codecs.lookup(option).name not in _SLOW
    except (LookupError, ValueError):
        is_text = False
    if is_text:
        return None
    place = f"files.{path.stem}.encoding"
    expected = "the name of an encoding, such as utf-8 or gb18030"
    return Fault("engagement.toml", None, place, repr(option), expected)


def _first_fault(path: Path, encoding: str) -> Fault | None:
    row = 1
    try:
        with path.open(encoding=encoding, newline="") as file:
            while chunk := file.read(_CHUNK):
                if "\0" in chunk:
                    row += chunk[: chunk.index("\0")].count("\n")
                    return Fault(path.name, row, None, _NUL, _without_nul(path))
                row += chunk.count("\n")
    except (UnicodeDecodeError, UnicodeError) as error:
        return Fault(path.name, None, None, f"{error} after row {row}", f"text in {encoding}")
    except LookupError:
        return Fault(
            "engagement.toml",
            None,
            f"files.{path.stem}.encoding",
            repr(encoding),
            "the name of an encoding, such as utf-8 or gb18030",
        )
    return None


def _without_nul(path: Path) -> str:
    option = f"[files.{path.stem}] encoding"
    return f'text; of UTF-16 without its mark say so: {option} = "utf-16-le" or "utf-16-be"'


def _is_plausible(path: Path, encoding: str) -> bool:
    """Say whether every character beyond ASCII is one that people of that script write."""
    with path.open(encoding=encoding, newline="") as file:
        foreign = {letter for chunk in _chunks(file) for letter in set(chunk) if ord(letter) > 127}
    if encoding == "gb18030":
        return all(
            ("\u4e00" <= letter <= "\u9fff" and _is_common_chinese(letter))
            or letter in _PLAUSIBLE_CHINESE
            or "\uff00" <= letter <= "\uffef"
            for letter in foreign
        )
    return all(letter.isalpha() or letter in _PLAUSIBLE_WESTERN for letter in foreign)


def _chunks(file: io.TextIOBase) -> Iterator[str]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _is_common_chinese(letter: str) -> bool:
    """Say whether a character is among the 6,763 of GB 2312, which everyday text keeps to."""
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def read_header(
    path: Path, encoding: str, *, required: Sequence[str], separator: str | None
) -> tuple[list[str], str]:
    """Return the header's names and the separator under which it holds what is required.

    Where no separator gives all the required names, the one that gives most of them, and
    then the one that gives most columns, is returned: the caller says what is missing.
    """
    with path.open(encoding=encoding, newline="") as file:
        line = file.readline(_CHUNK)
    readings = {
        mark: [name.strip() for name in next(csv.reader([line], delimiter=mark), [])]
        for mark in ([separator] if separator else SEPARATORS)
    }
    wanted = {name.casefold() for name in required}

    def fit(mark: str) -> tuple[int, int]:
        names = {name.casefold() for name in readings[mark]}
        return len(wanted & names), len(readings[mark])

    best = max(readings, key=fit)
    return readings[best], best


def has_blank_lines(path: Path, encoding: str) -> bool:
    """Say whether a line without any character stands before the last line with one."""
    blank_before = False
    with path.open(encoding=encoding) as file:
        for chunk in _line_chunks(file):
            text = ("\n" if blank_before else "") + "".join(chunk)
            if "\n\n" in text.rstrip("\n"):
                return True
            blank_before = chunk[-1].strip("\n") == ""
    return False


def _line_chunks(file: io.TextIOBase) -> Iterator[list[str]]:
    while lines := file.readlines(_CHUNK):
        yield lines


def write_plain_copy(path: Path, encoding: str, copy: Path, *, separator: str, width: int) -> None:
    """Write the file again in UTF-8, its blank lines as lines of empty cells.

    A blank line thus stays a line that is counted, and row numbers stay those that the
    user sees. Line breaks inside quoted cells are left as they are.
    """
    empty = separator * (width - 1) + "\n"
    inside_quotes = False
    with path.open(encoding=encoding) as source, copy.open("w", encoding="utf-8") as target:
        for line in source:
            target.write(empty if line == "\n" and not inside_quotes else line)
            inside_quotes ^= line.count('"') % 2 == 1
