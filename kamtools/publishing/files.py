"""Files that a notebook keeps beside its tables, byte for byte: calendars.

As with tables and documents, the executed notebook is the record: it holds the file's bytes,
and `kam run` writes the file from it.
"""

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.display import display

from kamtools.errors import InputError, RunError
from kamtools.publishing.whole_files import write_whole

if TYPE_CHECKING:  # a notebook that only keeps a file need not wait for it
    from nbformat import NotebookNode

FILE_MIME = "application/vnd.kamtools.file+json"

ENDINGS = ("ics",)
"""What may be kept. Only what no machine runs when it is opened; tables have `tables.keep`."""


def keep_file(name: str, content: bytes) -> None:
    """Keep a file for the report's `tables/`, beside the table it belongs to.

    Parameters
    ----------
    name : str
        Small letters, digits and `_`, then one of `ENDINGS`: "calendar.ics".
    content : bytes
        All of it.

    Raises
    ------
    InputError
        If the name could not be the name of such a file, or there is nothing in it.
    """
    checked_name(name)
    if not content:
        raise InputError(f"{name}: a file to keep needs content; got no bytes")
    encoded = base64.b64encode(content).decode("ascii")
    said = f"Kept: {name} ({len(content):,} bytes)"
    display({"text/plain": said, FILE_MIME: {"name": name, "base64": encoded}}, raw=True)


def checked_name(name: str) -> str:
    """Return a name that a kept file may have.

    Raises
    ------
    InputError
        If it may not.

    Examples
    --------
    >>> checked_name("calendar.ics")
    'calendar.ics'
    >>> checked_name("../run.json")
    Traceback (most recent call last):
    kamtools.errors.InputError: name of a file: saw '../run.json'; expected small letters,
    digits and _, beginning with a letter, then .ics
    """
    if re.fullmatch(rf"[a-z][a-z0-9_]*\.({'|'.join(ENDINGS)})", name) is None:
        endings = " or ".join(f".{ending}" for ending in ENDINGS)
        raise InputError(
            f"name of a file: saw {name!r}; expected small letters, digits and _, "
            f"beginning with a letter, then {endings}"
        )
    return name


def kept_files(notebook: "NotebookNode") -> dict[str, bytes]:
    """Return the files that a notebook kept, by name.

    Raises
    ------
    RunError
        If a name stands twice.
    InputError
        As `checked_name`: a notebook may have been written by others.
    """
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    found: dict[str, bytes] = {}
    for output in outputs:
        kept = output.get("data", {}).get(FILE_MIME)
        if kept is None:
            continue
        name = checked_name(kept["name"])
        if name in found:
            raise RunError(f"the file {name} is kept twice; expected a name of its own for each")
        found[name] = base64.b64decode(kept["base64"], validate=True)
    return found


def write_files(notebook: "NotebookNode", folder: Path) -> list[str]:
    """Write the files that a notebook kept into a folder, and return their names, in order.

    Raises
    ------
    RunError
        If a file of that name is there: another notebook kept it.
    """
    files = kept_files(notebook)
    for name, content in files.items():
        if (folder / name).exists():
            raise RunError(f"the file {name} is kept by two notebooks; expected one")
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    return list(files)
