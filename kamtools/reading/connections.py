"""DuckDB of this process: what it may take, what it may touch, and what it says of a full disk."""

import errno
import re
import secrets
import tempfile
from pathlib import Path

import duckdb
import ibis
from ibis.backends.duckdb import Backend as DuckDB

from kamtools.errors import RunError
from kamtools.reading.limits import MEMORY_SHARE

_NO_EXTENSIONS = ("autoinstall_known_extensions", "autoload_known_extensions")
_UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
_OF_MEMORY = 0.8
"""The share of the memory that DuckDB takes of itself."""


def new_connection() -> DuckDB:
    """Return a DuckDB of this process that puts on disk what does not fit into memory.

    It takes at most `limits.MEMORY_SHARE` of the machine's memory (or of what a container
    allows) and installs no extension.
    """
    spill = Path(tempfile.gettempdir()) / f"kamtools-{secrets.token_hex(8)}"
    connection = ibis.duckdb.connect(temp_directory=str(spill))
    usual = connection.raw_sql("SELECT current_setting('memory_limit')").fetchone()[0]
    most = int(_bytes(usual) / _OF_MEMORY * MEMORY_SHARE)
    connection.raw_sql(f"SET memory_limit = '{most // 1024}KiB'")
    return as_guest(connection)


def as_guest(connection: DuckDB) -> DuckDB:
    """Return the connection, made to install nothing and to show no bar in a notebook."""
    for name in _NO_EXTENSIONS:
        connection.raw_sql(f"SET {name} = false")
    connection.raw_sql("SET enable_progress_bar = false")
    return connection


def as_it_is(path: Path) -> str:
    """Return a path in which DuckDB takes no sign for a pattern of file names.

    Examples
    --------
    >>> as_it_is(Path("a[1]*.csv")) == str(Path("a[[]1]*.csv")).replace("*", "[*]")
    True
    """
    return re.sub(r"([*?\[{])", r"[\1]", str(path))


def reason_of(error: Exception) -> str:
    """Return the first line of what a library says went wrong."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error).splitlines() or [type(error).__name__])[0]


def raise_if_full(error: BaseException) -> None:
    """Raise what a user can act on where an error is that memory or disk are full.

    Raises
    ------
    RunError
    """
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        raise RunError(
            "not enough memory or temporary disk for these files; give invoice lines as Parquet "
            "or in a database, or free some"
        ) from error
    is_full = isinstance(error, OSError) and error.errno in (
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
    )
    if is_full or (isinstance(error, duckdb.Error) and "No space left" in str(error)):
        place = tempfile.gettempdir()
        raise RunError(f"no space left on the disk of {place}, where files are prepared") from error


def _bytes(size: str) -> float:
    number, unit = size.split()
    return float(number) * _UNITS.get(unit, 1)
