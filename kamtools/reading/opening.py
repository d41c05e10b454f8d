"""Where a table of an engagement is read from: its file or its database."""

from pathlib import Path

from ibis.backends.duckdb import Backend as DuckDB

from kamtools import schema
from kamtools.errors import Fault
from kamtools.reading import databases, places, sources, tables
from kamtools.reading.settings import Settings


def open_table(
    connection: DuckDB, folder: Path, name: str, config: Settings, workspace: Path
) -> sources.Source | None:
    """Return a table opened, its columns as texts; None where the engagement has none.

    Parameters
    ----------
    connection
        The file's lines become a table in it.
    name
        Of the table, as `schema.TABLES` has it.
    workspace
        Folder for plain copies of files that must be rewritten to be read.
    """
    options = config.files.get(name, {})
    if "database" in options:
        return databases.open_database(connection, folder, name=name, options=options)
    found = places.find_file(folder, name, options)
    if isinstance(found, Fault):
        return sources.Source(found.file, None, (found,))
    if found is None:
        return None
    theirs = options.get("columns", {})
    wanted = tables.required_columns(schema.TABLES[name])
    return sources.open_file(
        connection,
        found,
        name=name,
        required=[str(theirs.get(column, column)) for column in wanted],
        options=options,
        workspace=workspace,
    )
