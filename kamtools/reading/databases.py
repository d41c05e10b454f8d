"""A table or a query of a database as an Ibis table, which stays where it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ibis
import ibis.expr.types as ir
import sqlglot
from ibis.backends.duckdb import Backend as DuckDB
from ibis.common.exceptions import TableNotFound

from kamtools.errors import Fault
from kamtools.reading.sources import Source, inside, without_progress_bar


def open_database(
    connection: DuckDB, folder: Path, *, name: str, options: Mapping[str, Any]
) -> Source:
    """Open a table or a query of a DuckDB or SQLite file, or of a PostgreSQL server.

    DuckDB and PostgreSQL keep the lines where they are. SQLite has no type for dates, so
    its rows are brought into `connection`. A query may only select. A server asks for no
    password, or finds it in PGPASSWORD or ~/.pgpass: it never stands in the address.
    """
    address, where = str(options["database"]), f"files.{name}"
    faults = _check_query(options.get("table"), options.get("query"), where)
    path = None
    if address.startswith(("postgresql://", "postgres://")):
        faults += _check_address(address, where)
    else:
        found = inside(folder, name, "database", address)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            path = found
    if faults:
        return Source("engagement.toml", None, tuple(faults))
    label = path.name if path else "the database"
    backend = None
    try:
        backend = _connect(address, path)
        rows, home = _select(backend, options), backend
        if backend.name == "sqlite":
            rows, home = connection.create_table(f"{name}_file", rows.to_pyarrow()), connection
            backend.disconnect()
        numbered = rows.mutate(row=ibis.row_number() + 1).relocate("row")
        stored = home.create_table(f"{name}_read", numbered, temp=True)
        return Source(label, stored, (), path)
    except Exception as error:  # each driver has its own exceptions
        fault = _say_why(error, backend, options.get("table"), where)
        if backend is not None:
            backend.disconnect()
        return Source(label, None, (fault,))


def _say_why(error: Exception, backend: Any, table: str | None, where: str) -> Fault:  # noqa: ANN401
    if isinstance(error, TableNotFound):
        there = ", ".join(sorted(backend.list_tables())) or "no table: there is none"
        return Fault("engagement.toml", None, f"{where}.table", repr(table), f"one of {there}")
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    return Fault("engagement.toml", None, where, reason, "a database that answers")


def close(source: Source, connection: DuckDB) -> None:
    """Close the database that a source was read from, unless it is `connection` itself."""
    if source.table is not None and source.table.get_backend() is not connection:
        source.table.get_backend().disconnect()


def _check_address(address: str, where: str) -> list[Fault]:
    if urlsplit(address).password is None:
        return []
    expected = "an address without it, and the password in PGPASSWORD or ~/.pgpass"
    return [Fault("engagement.toml", None, f"{where}.database", "a password", expected)]


def _check_query(table: str | None, query: str | None, where: str) -> list[Fault]:
    if (table is None) == (query is None):
        seen = "both table and query" if table else "neither table nor query"
        return [Fault("engagement.toml", None, where, seen, "one of table and query")]
    if query is None:
        return []
    try:
        statements = sqlglot.parse(query)
    except sqlglot.errors.ParseError as error:
        seen = str(error).splitlines()[0]
        return [Fault("engagement.toml", None, f"{where}.query", seen, "SQL that can be read")]
    if len(statements) == 1 and isinstance(statements[0], sqlglot.exp.Query):
        return []
    return [Fault("engagement.toml", None, f"{where}.query", repr(query), "one SELECT")]


def _select(backend: Any, options: Mapping[str, Any]) -> ir.Table:  # noqa: ANN401
    if "table" in options:
        return backend.table(options["table"])
    if backend.name != "duckdb":
        return backend.sql(options["query"])
    backend.raw_sql(f"CREATE TEMP VIEW asked AS {options['query'].rstrip().rstrip(';')}")
    return backend.table("asked")


def _connect(address: str, path: Path | None) -> Any:  # noqa: ANN401 (any Ibis backend)
    if path is None:
        return ibis.connect(address)
    if path.suffix.lower() in (".sqlite", ".sqlite3", ".db"):
        return ibis.sqlite.connect(path)
    return without_progress_bar(
        ibis.duckdb.connect(path, read_only=True, enable_external_access=False)
    )
