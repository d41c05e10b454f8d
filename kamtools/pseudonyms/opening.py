"""Tables of an engagement that `engagement.load` keeps to itself: lines as read, and rates."""

from pathlib import Path

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB

from kamtools import schema
from kamtools.errors import InputError
from kamtools.reading import sources, tables
from kamtools.reading.opening import open_table
from kamtools.reading.settings import Settings


def typed_table(
    connection: DuckDB, folder: Path, name: str, config: Settings, workspace: Path
) -> tuple[ir.Table, sources.Source] | None:
    """Return a table with what was read beside what stands in it, None where there is none.

    Every line is there, also those that an engagement sets aside.

    Raises
    ------
    InputError
        If it cannot be read; `engagement.load` tells all that is wrong with it.
    """
    options, table_schema = config.files.get(name, {}), schema.TABLES[name]
    source = open_table(connection, folder, name, config, workspace)
    if source is None:
        return None
    table, faults = tables.rename_columns(source, table_schema, options)
    faults = [*source.faults, *faults]
    if table is None or faults:
        raise InputError(f"{source.file} cannot be read", faults)
    typed, _, faults = tables.type_columns(table, source.file, table_schema, options)
    if faults:
        raise InputError(f"{source.file} cannot be read", faults)
    return typed, source
