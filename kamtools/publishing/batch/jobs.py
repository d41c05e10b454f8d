"""Which jobs a batch has: a folder of engagements, or a plan in a CSV file.

A plan has the column `folder`, and if wanted `name` (of the report) and `notebooks` (short
names); every further column is a parameter. A blank cell means: as the command says, else
as the notebook says.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamtools.errors import InputError
from kamtools.publishing import catalogue
from kamtools.publishing.batch.file import Row, read_rows
from kamtools.publishing.execution import read_notebook
from kamtools.publishing.parameters import Parameter, check, declared
from kamtools.publishing.suggesting import suggestion

SETTINGS = "engagement.toml"

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*%]')
_TAKEN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*\.failed|index\.html|batch\.json")
_LONGEST = 100


@dataclass(frozen=True)
class Job:
    """One engagement × notebooks × one set of parameters: it makes one report.

    Attributes
    ----------
    name
        Of the report's folder.
    folder
        The engagement's, absolute.
    notebooks
        Short names, in the order of the method.
    parameters
        (name, text), in the order of the names: those that its notebooks know.
    source
        Folder of the notebooks.
    """

    name: str
    folder: Path
    notebooks: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]
    source: Path


def read_jobs(
    source: Path,
    *,
    notebooks: Sequence[str],
    parameters: Mapping[str, str],
    notebooks_source: Path,
) -> list[Job]:
    """Return the jobs of a batch.

    Parameters
    ----------
    source : a folder, whose sub-folders with an engagement.toml are taken in the order of
        their names; or a CSV file, whose folders are relative to its own
    notebooks : short names, for jobs that name none; all there are where none is given
    parameters : for all jobs whose notebooks know them; a plan's own values go before
    notebooks_source : folder of the notebooks

    Raises
    ------
    InputError
        With every fault of the plan, where there is any.
    """
    source = source.resolve()
    base = source if source.is_dir() else source.parent
    rows = _rows_of_folder(source) if source.is_dir() else read_rows(source)
    files = catalogue.choose([], notebooks_source)
    known = {name: declared(read_notebook(file)) for name, file in files.items()}
    asked = [row.notebooks or tuple(notebooks) for row in rows]
    faults = _faults_of_command(notebooks, parameters, known, asked)
    faults += [fault for row in rows for fault in _faults(row, base, known, notebooks)]
    faults += _repeated_names(rows)
    if faults:
        told = "\n".join(f"  {fault}" for fault in dict.fromkeys(faults))
        raise InputError(f"{source.name} cannot be run as a batch:\n{told}")
    return [
        Job(
            name=_name(row),
            folder=(base / row.folder).resolve(),
            notebooks=tuple(_known(names, known)),
            parameters=_of_job(parameters, row.parameters, _known(names, known)),
            source=notebooks_source.resolve(),
        )
        for row, names in zip(rows, asked, strict=True)
    ]


def _rows_of_folder(source: Path) -> list[Row]:
    if (source / SETTINGS).is_file():
        raise InputError(
            f"{source} is one engagement, for which there is kam run; expected a folder of "
            "engagements, or a plan (CSV)"
        )
    found = sorted(path.parent.name for path in source.glob(f"*/{SETTINGS}"))
    if not found:
        raise InputError(f"{source}: expected sub-folders with an {SETTINGS}; there is none")
    return [Row(name, name, name, (), {}) for name in found]


def _known(
    names: Sequence[str], known: Mapping[str, Mapping[str, Parameter]]
) -> dict[str, Mapping[str, Parameter]]:
    """Return the named notebooks with their parameters, in the method's order; all for none."""
    return {name: theirs for name, theirs in known.items() if not names or name in names}


def _of_job(
    parameters: Mapping[str, str],
    own: Mapping[str, str],
    known: Mapping[str, Mapping[str, Parameter]],
) -> tuple[tuple[str, str], ...]:
    taken = {name for theirs in known.values() for name in theirs}
    common = {name: value for name, value in parameters.items() if name in taken}
    return tuple(sorted({**common, **own}.items()))


def _faults_of_command(
    notebooks: Sequence[str],
    parameters: Mapping[str, str],
    known: Mapping[str, Mapping[str, Parameter]],
    asked: Iterable[Sequence[str]],
) -> list[str]:
    faults = _unknown_notebooks(notebooks, known)
    at_work: dict[str, Mapping[str, Parameter]] = {}
    for names in asked:
        at_work |= _known(names, known)
    return faults + (_refusals(parameters, at_work, "-p ") if at_work else [])


def _faults(
    row: Row,
    base: Path,
    known: Mapping[str, Mapping[str, Parameter]],
    notebooks: Sequence[str],
) -> list[str]:
    theirs = _known(row.notebooks or notebooks, known)
    faults = [f"column notebooks: {fault}" for fault in _unknown_notebooks(row.notebooks, known)]
    if not (base / row.folder / SETTINGS).is_file() or not row.folder:
        expected = f"a folder with an {SETTINGS}, as seen from {base.name}"
        faults.append(f"column folder: saw {row.folder!r}; expected {expected}")
    elif fault := _bad_name(_name(row)):
        faults.append(f"column name: {fault}")
    faults += _refusals(row.parameters, theirs, "column ") if theirs else []
    return [f"{row.place}, {fault}" for fault in faults]


def _unknown_notebooks(
    names: Sequence[str], known: Mapping[str, Mapping[str, Parameter]]
) -> list[str]:
    return [
        f"no notebook {name!r}; {suggestion(name, list(known))}"
        for name in names
        if name not in known
    ]


def _refusals(
    given: Mapping[str, str], known: Mapping[str, Mapping[str, Parameter]], place: str
) -> list[str]:
    faults = []
    for name, value in given.items():
        try:
            check({name: value}, known)
        except InputError as error:
            faults.append(f"{place}{error}")
    return faults


def _name(row: Row) -> str:
    return unicodedata.normalize("NFC", row.name or Path(row.folder).name)


def _bad_name(name: str) -> str | None:
    """Return why a name cannot be that of a folder on every machine, None where it can."""
    is_bad = (
        _NOT_IN_NAMES.search(name)
        or _TAKEN.fullmatch(name.casefold())
        or name.startswith(".")
        or name.endswith((".", " "))
        or not name.isprintable()
        or not 0 < len(name) <= _LONGEST
    )
    expected = f"a name that every machine allows for a folder, of up to {_LONGEST} signs"
    return f"saw {name!r}; expected {expected}" if is_bad else None


def _repeated_names(rows: Sequence[Row]) -> list[str]:
    times = Counter(_name(row).casefold() for row in rows)
    return [
        f"{row.place}, column name: saw {_name(row)!r}, which another job has too; expected a "
        "name of its own for each (capitals do not count)"
        for row in rows
        if row.folder and times[_name(row).casefold()] > 1
    ]
