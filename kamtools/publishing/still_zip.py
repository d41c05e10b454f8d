"""Zip archives without a clock, for office files: same content, same bytes."""

import io
import zipfile

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name."""


def without_clock(archive: bytes) -> bytes:
    """Return the same archive, its parts in the same order, with one fixed date on all of them.

    Parameters
    ----------
    archive
        A zip archive: DOCX, PPTX, XLSX.

    Examples
    --------
    >>> written = io.BytesIO()
    >>> with zipfile.ZipFile(written, "w") as made:
    ...     made.writestr("a.xml", "<a/>")
    >>> with zipfile.ZipFile(io.BytesIO(without_clock(written.getvalue()))) as still:
    ...     still.infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=FIRST_MOMENT)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(part, old.read(name))
    return written.getvalue()
