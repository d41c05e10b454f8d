"""A table or a query of a database as an Ibis table, which stays where it is."""

import os
import sqlite3
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import ibis
import ibis.expr.types as ir
import sqlglot
from ibis.backends.duckdb import Backend as DuckDB
from ibis.common.exceptions import TableNotFound
from sqlglot import exp

from kamtools.errors import Fault
from kamtools.reading.connections import as_guest, raise_if_full, reason_of
from kamtools.reading.limits import SECONDS_TO_ANSWER
from kamtools.reading.places import SETTINGS, inside
from kamtools.reading.sources import Source

SCHEMES = ("postgresql", "postgres")
ADDRESS_OPTIONS = ("sslmode", "application_name")
"""What an address may ask for: none of them names a file of this machine."""
_CHANGES = (exp.Into, exp.Insert, exp.Update, exp.Delete, exp.Merge)


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
    if _is_server(address):
        faults += _check_address(address, where)
    else:
        found = inside(folder, name, "database", address)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            path = found
    if faults:
        return Source(SETTINGS, None, tuple(faults))
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
        raise_if_full(error)
        fault = _say_why(error, backend, options.get("table"), where, folder)
        if backend is not None:
            backend.disconnect()
        return Source(label, None, (fault,))


def _say_why(
    error: Exception,
    backend: Any,  # noqa: ANN401 (any Ibis backend)
    table: str | None,
    where: str,
    folder: Path,
) -> Fault:
    if isinstance(error, TableNotFound):
        with warnings.catch_warnings():
            # Ibis 12 calls what DuckDB has since deprecated.
            warnings.simplefilter("ignore", DeprecationWarning)
            there = ", ".join(sorted(backend.list_tables())) or "no table: there is none"
        return Fault(SETTINGS, None, f"{where}.table", repr(table), f"one of {there}")
    reason = reason_of(error).replace(f"{folder}{os.sep}", "")
    return Fault(SETTINGS, None, where, reason, "a database that answers")


def close(source: Source, connection: DuckDB) -> None:
    """Close the database that a source was read from, unless it is `connection` itself."""
    if source.table is not None and source.table.get_backend() is not connection:
        source.table.get_backend().disconnect()


def _is_server(address: str) -> bool:
    """Say whether an address is of a server, not the name of a file."""
    return "://" in address or "=" in address


def _check_address(address: str, where: str) -> list[Fault]:
    """Return what is wrong with a server's address, which is repeated only if it is safe to."""
    expected = "postgresql://user@host/database"
    try:
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query, keep_blank_values=True))
        has_password = parts.password is not None or "password" in address.casefold()
        is_known = parts.scheme in SCHEMES and bool(parts.hostname or not parts.netloc)
        is_known = is_known and (parts.port is None or parts.port > 0)
    except ValueError:
        return [Fault(SETTINGS, None, f"{where}.database", "an address that is none", expected)]
    if has_password:
        expected = "an address without it, and the password in PGPASSWORD or ~/.pgpass"
        return [Fault(SETTINGS, None, f"{where}.database", "a password", expected)]
    if not is_known:
        seen = f"{parts.scheme or 'an address'} ..."
        return [Fault(SETTINGS, None, f"{where}.database", seen, expected)]
    strange = sorted(set(asked) - set(ADDRESS_OPTIONS))
    if strange:
        expected = f"no option but {', '.join(ADDRESS_OPTIONS)}"
        return [Fault(SETTINGS, None, f"{where}.database", ", ".join(strange), expected)]
    return []


def _check_query(table: str | None, query: str | None, where: str) -> list[Fault]:
    if (table is None) == (query is None):
        seen = "both table and query" if table else "neither table nor query"
        return [Fault(SETTINGS, None, where, seen, "one of table and query")]
    if query is None:
        return []
    try:
        statements = sqlglot.parse(query)
    except sqlglot.errors.ParseError as error:
        seen = str(error).splitlines()[0]
        return [Fault(SETTINGS, None, f"{where}.query", seen, "SQL that can be read")]
    asked = statements[0] if len(statements) == 1 else None
    if isinstance(asked, exp.Query) and asked.find(*_CHANGES) is None:
        return []
    return [Fault(SETTINGS, None, f"{where}.query", repr(query), "one SELECT")]


def _select(backend: Any, options: Mapping[str, Any]) -> ir.Table:  # noqa: ANN401
    if "table" in options:
        return backend.table(options["table"])
    if backend.name != "duckdb":
        return backend.sql(options["query"])
    backend.raw_sql(f"CREATE TEMP VIEW asked AS {options['query'].rstrip().rstrip(';')}")
    return backend.table("asked")


def _connect(address: str, path: Path | None) -> Any:  # noqa: ANN401 (any Ibis backend)
    if path is None:
        return ibis.connect(address, connect_timeout=SECONDS_TO_ANSWER)
    if path.suffix.lower() in (".sqlite", ".sqlite3", ".db"):
        return ibis.sqlite.from_connection(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        )
    connection = as_guest(ibis.duckdb.connect(path, read_only=True, enable_external_access=False))
    connection.raw_sql("SET lock_configuration = true")
    return connection
