"""A role charter as two files, Markdown and a document to be edited, each whole or not at all.

The same charter gives the same bytes, on the same versions of Python and its libraries.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from kamtools.errors import InputError
from kamtools.publishing.documents.charter_document import to_docx
from kamtools.publishing.whole_files import name_part, write_together
from kamtools.role.charter_form import MISSING, Charter, Section

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$])|&(?=#?\w+;)")


def write_charter(charter: Charter, folder: Path | str) -> list[Path]:
    """Write `charter-MANAGER.md` and `charter-MANAGER.docx`, and return where they are.

    Both are made before either is written; each is written beside its place and renamed, so
    that a reader never sees half of one. Earlier files of the same manager are replaced.

    Parameters
    ----------
    charter
        From `kamtools.role.profile.charter`.
    folder
        Where to; it is made if it is not there.

    Raises
    ------
    InputError
        If the folder is a file, or the manager has no id that could name a file.
    """
    if not charter.manager_id.strip():
        raise InputError("a charter needs the manager's id for its file; got a blank one")
    stem = f"charter-{name_part(charter.manager_id)}"
    contents = {
        f"{stem}.md": to_markdown(charter).encode("utf-8"),
        f"{stem}.docx": to_docx(charter),
    }
    return write_together(Path(folder), contents, what="the charter")


def to_markdown(charter: Charter) -> str:
    """Return the charter as Markdown, every sign of a name as it is.

    Examples
    --------
    >>> from kamtools.role.profile import blank_charter
    >>> to_markdown(blank_charter()).splitlines()[2:5]
    ['Key account manager: ……………………………', '', '## 1. Purpose']
    """
    lines = [f"# {_plain(charter.title)}", "", _plain(charter.subtitle), ""]
    for number, section in enumerate(charter.sections, start=1):
        lines += [f"## {number}. {section.title}", "", *_section(section)]
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section) -> list[str]:
    lines = [_plain(section.note), ""] if section.note else []
    if section.lines:
        table = section.as_table()
        lines += [_row(table.columns), "|---" * len(table.columns) + "|"]
        lines += [*map(_row, table.itertuples(index=False)), ""]
    lines += [f"- *{MISSING}:* {_plain(what)}" for what in section.missing]
    return [*lines, ""] if section.missing else lines


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(_plain, cells)) + " |"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return _MARKDOWN.sub(lambda found: "\\" + found[0], " ".join(text.split()))
