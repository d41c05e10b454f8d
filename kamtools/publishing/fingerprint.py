"""What a finished notebook or report depends on, as hashes, and what of it has changed.

A notebook may read any file of its engagement's folder, so all of them count, but for
reports, hidden files and what programs leave behind. A table that lives on a database server
cannot be hashed: what rests on one is never taken for unchanged.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import kamtools
from kamtools.publishing import placing, provenance
from kamtools.publishing.plan import Planned
from kamtools.reading.settings import FILE as SETTINGS

SERVER = "a table on a database server, which cannot be hashed"

_OF_THE_PACKAGE = (".py", ".toml", ".css", ".html", ".js", ".po")
_NOT_OF_THE_PACKAGE = ("_notebooks", "_cases", "_sessions")
"""Folders that only an installed package has; each of their files counts where it is used."""
_OF_AN_OPEN_PROGRAM = "~$"


@dataclass(frozen=True)
class MadeFrom:
    """What a report is made from.

    Attributes
    ----------
    inputs
        SHA-256 of every file of the engagement, by its name in the folder.
    notebooks
        SHA-256 of each notebook's file, by short name.
    parameters
        The value of each parameter, by notebook and name, before one hands on to the next.
    package
        SHA-256 over the program's own files.
    versions
        As in `run.json`.
    """

    inputs: dict[str, str]
    notebooks: dict[str, str]
    parameters: dict[str, dict[str, Any]]
    package: str
    versions: dict[str, str]


def made_from(planned: Mapping[str, Planned], folder: Path) -> MadeFrom:
    """Return what a report of these notebooks on an engagement is made from, as of now.

    Raises
    ------
    OSError
        If a file cannot be read.
    """
    return MadeFrom(
        inputs=input_hashes(folder),
        notebooks={name: provenance.sha256(one.file) for name, one in planned.items()},
        parameters=_plain({name: one.values(folder) for name, one in planned.items()}),
        package=package_hash(),
        versions=provenance.versions(),
    )


def as_plain(made: MadeFrom) -> dict[str, Any]:
    """Return it as values that JSON can hold."""
    return asdict(made)


def of_notebook(made: MadeFrom, name: str, one: Planned, folder: Path) -> str:
    """Return the fingerprint of one notebook: the same for the same result.

    Parameters
    ----------
    made : of the report it is part of
    name : the notebook's short name
    one : as it runs, with what was handed on to it
    folder : the engagement's
    """
    depends_on = [
        made.inputs,
        made.notebooks[name],
        _plain(one.values(folder)),
        made.package,
        made.versions,
    ]
    return hashlib.sha256(json.dumps(depends_on, sort_keys=True).encode()).hexdigest()


def changes(before: MadeFrom, now: MadeFrom) -> list[str]:
    """Return in words what differs between two states, nothing where they are the same.

    Examples
    --------
    >>> then = MadeFrom({"invoices.csv": "1"}, {"role": "2"}, {"role": {"top": 3}}, "4", {})
    >>> now = MadeFrom({"accounts.csv": "5"}, {"role": "6"}, {"role": {"top": 7}}, "4", {})
    >>> changes(then, now)
    ['accounts.csv is new', 'invoices.csv is gone', 'notebook role changed',
    'parameter top changed (role)']
    """
    found = [f"{name} {how}" for name, how in _differences(before.inputs, now.inputs)]
    found += [f"notebook {n} {how}" for n, how in _differences(before.notebooks, now.notebooks)]
    for notebook in before.parameters.keys() & now.parameters.keys():
        pair = before.parameters[notebook], now.parameters[notebook]
        found += [f"parameter {name} {how} ({notebook})" for name, how in _differences(*pair)]
    found += [f"version of {n} {how}" for n, how in _differences(before.versions, now.versions)]
    found += ["kamtools itself changed"] if before.package != now.package else []
    unhashed = [name for name, seen in now.inputs.items() if seen == SERVER]
    return sorted(found) + [f"{name} is {SERVER}" for name in sorted(unhashed)]


def is_certain(made: MadeFrom) -> bool:
    """Say whether all that a report is made from could be hashed."""
    return SERVER not in made.inputs.values()


def input_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that counts in an engagement's folder, by name."""
    files = sorted(_files(folder), key=lambda file: file.relative_to(folder).as_posix())
    hashes = {file.relative_to(folder).as_posix(): provenance.sha256(file) for file in files}
    return hashes | dict.fromkeys(_on_servers(folder), SERVER)


@cache
def package_hash() -> str:
    """Return the SHA-256 over the files of this package that a result may depend on."""
    root = Path(kamtools.__file__).resolve().parent
    files = [
        file
        for file in root.rglob("*")
        if file.suffix in _OF_THE_PACKAGE
        and file.relative_to(root).parts[0] not in _NOT_OF_THE_PACKAGE
    ]
    hashes = {file.relative_to(root).as_posix(): provenance.sha256(file) for file in files}
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith((".", _OF_AN_OPEN_PROGRAM)) or placing.is_litter(path.name):
            continue
        if path.is_file():
            yield path
        elif path.is_dir() and not path.is_symlink() and not placing.is_of_a_report(path):
            yield from _files(path)


def _on_servers(folder: Path) -> list[str]:
    """Return the tables that settings place on a server; faulty settings are told elsewhere."""
    try:
        settings = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8-sig"))
        sections = settings["files"].items()
        return [name for name, options in sections if "://" in str(options.get("database", ""))]
    except (OSError, ValueError, KeyError, AttributeError):
        return []


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in sorted(before.keys() | now.keys()):
        if name not in before:
            yield name, "is new"
        elif name not in now:
            yield name, "is gone"
        elif before[name] != now[name]:
            yield name, "changed"


def _plain(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they are after a way through JSON, so that both ends compare."""
    plain: dict[str, Any] = json.loads(json.dumps(parameters, default=str))
    return plain
