"""Public data sets as engagements: fetched, checked by control totals, written as a folder.

==============  =======  ======================================================================
name              lines  what
==============  =======  ======================================================================
online-retail   541,909  a British giftware seller to many wholesalers; dirty as real lines are
iowa-proximo    939,372  one supplier's ten years with every liquor store of a State
adventureworks   57,851  a fictitious bicycle maker's resellers, costs, sellers, territories
northwind         2,155  a fictitious trader, for small examples
cdnow            69,659  consumers' orders, for tests of forecasting methods
==============  =======  ======================================================================

`kam data NAME DIR` calls `make_engagement`. A file is looked for in the data folder, in the
form kept there and in its publisher's, and otherwise downloaded. The environment variable
KAMTOOLS_DATA names that folder; `data_folder_from_environment` is the one place outside
`cli` and `publishing.provenance` that reads the environment.
"""

import json
import os
import textwrap
import zipfile
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.csv
import pyarrow.parquet

from kamtools.errors import InputError
from kamtools.samples.adventureworks import ADVENTUREWORKS
from kamtools.samples.cdnow import CDNOW
from kamtools.samples.fetching import VARIABLE, fetch_file
from kamtools.samples.iowa import IOWA_PROXIMO
from kamtools.samples.northwind import NORTHWIND
from kamtools.samples.online_retail import ONLINE_RETAIL
from kamtools.samples.public_set import PublicSet, Tables, control_totals, differences
from kamtools.samples.whole_folder import whole_folder

SETS = {
    public_set.name: public_set
    for public_set in (ONLINE_RETAIL, IOWA_PROXIMO, ADVENTUREWORKS, NORTHWIND, CDNOW)
}
NAMES = tuple(SETS)


def data_folder_from_environment() -> Path | None:
    """Return the folder that the environment variable KAMTOOLS_DATA names, if it is set.

    Raises
    ------
    InputError
        Where there is no such folder.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    folder = Path(named)
    if not folder.is_dir():
        raise InputError(f"{VARIABLE} names {named}; expected a folder that exists")
    return folder


def make_engagement(
    name: str,
    folder: Path | str,
    *,
    data_folder: Path | None = None,
    cache_folder: Path | None = None,
) -> Path:
    """Write a public data set as an engagement into a folder and return the folder.

    Parameters
    ----------
    name : one of `NAMES`
    folder : new or empty; it appears whole or not at all
    data_folder : looked in first; where not given, the folder KAMTOOLS_DATA names
    cache_folder : where downloads stay; where not given, the system's place for caches

    Raises
    ------
    InputError
        Where the name is not known, the folder is not empty, a file can be neither found
        nor downloaded, or what arrived is not the file whose control totals we know.

    Examples
    --------
    >>> make_engagement("nordwind", "here")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    kamtools.errors.InputError: no public set is called 'nordwind'; expected one of online-...
    """
    if name not in SETS:
        raise InputError(f"no public set is called {name!r}; expected one of {', '.join(NAMES)}")
    public_set = SETS[name]
    _check_new_or_empty(Path(folder))
    where = data_folder_from_environment() if data_folder is None else data_folder
    fetched = {
        key: fetch_file(file, data_folder=where, cache_folder=cache_folder)
        for key, file in public_set.files.items()
    }
    sources = {key: path for key, path in fetched.items() if path is not None}
    return write_engagement(public_set, sources, folder)


def write_engagement(
    public_set: PublicSet, sources: Mapping[str, Path], folder: Path | str
) -> Path:
    """Write a set's files, already at hand, as an engagement and return its folder.

    Parameters
    ----------
    public_set : what the files are and how they are read
    sources : the files by the names in `public_set.files`
    folder : new or empty; it appears whole or not at all

    Raises
    ------
    InputError
        Where the folder is not empty, a file has another layout, or its totals differ.
    """
    target = Path(folder).absolute()
    _check_new_or_empty(target)
    tables = _read(public_set, sources)
    with whole_folder(target) as unfinished:
        unfinished.mkdir()
        _write(public_set, tables, unfinished)
    return Path(folder)


def _check_new_or_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        kind = "holds files already" if folder.is_dir() else "is a file"
        raise InputError(f"{folder} {kind}; expected a new or empty folder")


def _read(public_set: PublicSet, sources: Mapping[str, Path]) -> Tables:
    """Return the set's tables, once their control totals are seen to be right."""
    read_from = ", ".join(str(path) for path in sources.values())
    try:
        tables = public_set.tables(sources)
    except (duckdb.Error, zipfile.BadZipFile, UnicodeDecodeError) as error:
        seen = textwrap.shorten(str(error), 300)
        raise InputError(
            f"{read_from} cannot be read as {public_set.name} from {public_set.publisher}: {seen}"
        ) from error
    faults = differences(
        control_totals(tables["invoices"]), public_set.totals, file=sources["lines"].name
    )
    if faults:
        raise InputError(
            f"{read_from} is not the {public_set.name} whose control totals are known; where "
            "it was downloaded, delete it to download it anew",
            faults,
        )
    return tables


def _write(public_set: PublicSet, tables: Tables, folder: Path) -> None:
    (folder / "engagement.toml").write_text(engagement_toml(public_set), encoding="utf-8")
    for name, table in tables.items():
        if name == "invoices":
            pyarrow.parquet.write_table(table, folder / "invoices.parquet", compression="zstd")
        else:
            pyarrow.csv.write_csv(table, folder / f"{name}.csv")


def engagement_toml(public_set: PublicSet) -> str:
    r"""Return the text of a set's engagement.toml, its source and warnings as comments.

    Examples
    --------
    >>> print(engagement_toml(NORTHWIND).partition("\n\n")[2], end="")
    name = "Northwind Traders (fictitious)"
    currency = "USD"
    as_of = 1998-05-06
    language = "en"
    <BLANKLINE>
    [quality]
    duplicates = "set_aside"
    """
    about = [
        public_set.title + ".",
        f"Publisher: {public_set.publisher}.",
        f"Licence: {public_set.licence}.",
        f"See {public_set.reference}",
        *public_set.warnings,
    ]
    comments = "\n".join(
        textwrap.fill(line, 96, initial_indent="# ", subsequent_indent="#   ") for line in about
    )
    return f"""{comments}

name = {json.dumps(public_set.firm)}
currency = {json.dumps(public_set.currency)}
as_of = {public_set.as_of}
language = "en"

[quality]
duplicates = {json.dumps(public_set.duplicates)}
"""
