"""A report handed over as slides, workbook and PDF, which become files of the report.

All are made before the first is written. Then `run.json` names them with their hashes, they
are put in their place, and the first page links to them.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from kamtools.errors import InputError
from kamtools.language import marked, tr, using
from kamtools.publishing import pdf, placing
from kamtools.publishing.report import record_bytes
from kamtools.publishing.standing_report import StandingReport, read_report
from kamtools.publishing.written import changed_files, file_hashes
from kamtools.wording import listing


class Format(StrEnum):
    """What a report can be handed over as: the endings of the files."""

    PPTX = "pptx"
    XLSX = "xlsx"
    PDF = "pdf"


INDEX = "index.html"
_SAID = {
    Format.PPTX: marked("slides (PPTX)"),
    Format.XLSX: marked("workbook (XLSX)"),
    Format.PDF: marked("PDF"),
}
_PLACE_OF_LINKS = re.compile(r'<p class="handover">.*?</p>', re.DOTALL)


def export_report(folder: Path | str, *, formats: Sequence[Format]) -> list[Path]:
    """Write `report.pptx`, `report.xlsx`, `report.pdf` into a report and return where they are.

    Parameters
    ----------
    folder : of the report
    formats : at least one; an earlier file of that format is replaced

    Raises
    ------
    InputError
        If the folder holds no report, or a file of it is no longer as it was written: what
        somebody changed is not handed over as if a run had made it.
    RunError
        As `pdf.pdf`.
    """
    report = read_report(Path(folder).resolve())
    # What an earlier export left may be replaced, whatever became of it.
    made = [file_name(one) for one in Format]
    changed = [f"{name} {told}" for name, told in changed_files(report).items() if name not in made]
    if changed:
        raise InputError(
            f"{report.folder}: {listing(changed[:5])} since the run; make the report again "
            "with kam run"
        )
    contents = {file_name(one): _maker(one)(report) for one in dict.fromkeys(formats)}
    contents[INDEX] = _linked_index(report, contents)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    files = dict(sorted((file_hashes(report) | hashes).items()))
    contents[placing.RECORD] = record_bytes(report.record | {"files": files})
    with placing.into(report.folder) as partial:
        for name, content in contents.items():
            (partial / name).write_bytes(content)
    return [report.folder / file_name(one) for one in dict.fromkeys(formats)]


def read_formats(texts: Sequence[str]) -> list[Format]:
    """Return formats by their names.

    Raises
    ------
    InputError
        For one that is not known.

    Examples
    --------
    >>> read_formats(["xlsx", "PDF"])
    [<Format.XLSX: 'xlsx'>, <Format.PDF: 'pdf'>]
    """
    known = listing([str(one) for one in Format])
    for text in texts:
        if text.lower() not in set(Format):
            raise InputError(f"--to {text}: no such format; known: {known}")
    return [Format(text.lower()) for text in texts]


def all_possible() -> list[Format]:
    """Return every format that this machine can make: PDF only where a browser is found."""
    return [one for one in Format if one != Format.PDF or pdf.find_browser()]


def file_name(one: Format) -> str:
    """Return the name of the file in the report.

    Examples
    --------
    >>> file_name(Format.PDF)
    'report.pdf'
    """
    return f"report.{one}"


def _maker(one: Format) -> Callable[[StandingReport], bytes]:
    """Return the function that makes a format; what it needs takes a while to load."""
    if one == Format.PPTX:
        from kamtools.publishing.deck import deck

        return deck
    if one == Format.XLSX:
        from kamtools.publishing.workbook import workbook

        return workbook
    return pdf.pdf


def _linked_index(report: StandingReport, made: dict[str, bytes]) -> bytes:
    """Return the first page with links to what is made now, and to what stands."""
    with using(report.setting.language):
        links = [
            f'<a href="{file_name(one)}">{tr(_SAID[one])}</a>'
            for one in Format
            if file_name(one) in made or (report.folder / file_name(one)).is_file()
        ]
        told = tr("To hand over: {links}", links=tr(", ").join(links))
    page = (report.folder / INDEX).read_bytes().decode("utf-8")
    said = f'<p class="handover">{told}</p>'
    return _PLACE_OF_LINKS.sub(said, page, count=1).encode("utf-8")
