"""Invoice lines in disguise, batch by batch, so that their number does not matter.

Every line stays: blank ones, those without an account, credit notes and repeated ones. Two lines
are the same in disguise if they were the same in every column; where columns that are left
out told them apart, a column `line` does so, a keyed sign of the whole line.
"""

import datetime
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kamtools.pseudonyms.columns import COLUMNS
from kamtools.pseudonyms.disguise import Disguise

BATCH = 100_000
LINE = "line"
MEMORY = "700MB"
_BETWEEN, _NOTHING = "\x1f", "\x1e"


def distinct_texts(typed: ir.Table, column: str) -> list[str]:
    """Return the texts that stand in a column of the lines, none where there is no such."""
    name = f"{column}_"
    if name not in typed.columns:
        return []
    texts = typed.filter(typed[name].notnull()).select(name).distinct().to_pyarrow()
    return sorted(texts[name].to_pylist())


def first_day(typed: ir.Table) -> datetime.date | None:
    """Return the first day in the lines."""
    day = typed.date_.min().to_pyarrow().as_py()
    return day.date() if isinstance(day, datetime.datetime) else day


def write_disguised(
    typed: ir.Table,
    target: Path,
    *,
    disguise: Disguise,
    aliases: Mapping[str, str],
    workspace: Path,
) -> int:
    """Write the lines in disguise, ordered by day and alias, and return how many there are.

    Parameters
    ----------
    typed
        As from `reading.tables.type_columns`.
    target
        A file .csv or .parquet.
    aliases
        Of every account and product in the lines.
    workspace
        A folder for what does not fit into memory.
    """
    columns = [name for name in COLUMNS["invoices"] if f"{name}_" in typed.columns]
    chosen = typed.select(
        **{name: typed[f"{name}_"] for name in columns},
        **({LINE: _whole_line(typed)} if _needs_line(typed, columns) else {}),
    )
    unsorted = workspace / "disguised.parquet"
    lines = 0
    with pq.ParquetWriter(unsorted, _schema(chosen.columns)) as writer:
        for batch in _batches(chosen):
            lines += batch.num_rows
            told = [_told(batch[name], name, disguise, aliases) for name in chosen.columns]
            writer.write_table(pa.table(told, schema=_schema(chosen.columns)))
    _copy_sorted(unsorted, target, list(chosen.columns), workspace)
    unsorted.unlink()
    return lines


def _batches(chosen: ir.Table) -> Iterator[pa.RecordBatch]:
    reader = chosen.to_pyarrow_batches(chunk_size=BATCH)
    while True:
        with warnings.catch_warnings():  # Ibis 12 asks DuckDB by a name that it will give up
            warnings.simplefilter("ignore", DeprecationWarning)
            batch = next(reader, None)
        if batch is None:
            return
        yield batch


def _schema(names: tuple[str, ...]) -> pa.Schema:
    types = {"date": pa.date32(), "money": pa.float64()}
    ways = {name: COLUMNS["invoices"].get(name, "") for name in names}
    return pa.schema([(name, types.get(way, pa.string())) for name, way in ways.items()])


def _cells(typed: ir.Table) -> list[str]:
    """Return the columns of the file itself, by which `cleaning` knows a repeated line."""
    return [name for name in typed.columns if not name.endswith("_") and name != "row"]


def _needs_line(typed: ir.Table, columns: list[str]) -> bool:
    """Say whether lines that differ in the file would be the same without a `line`."""
    full = typed.filter(~typed.blank_)
    written = full.select(_cells(typed)).distinct().count().to_pyarrow().as_py()
    told = full.select([f"{name}_" for name in columns]).distinct().count().to_pyarrow().as_py()
    return bool(written != told)


def _whole_line(typed: ir.Table) -> ir.StringValue:
    cells = [typed[name].cast("string").fill_null(_NOTHING) for name in _cells(typed)]
    whole = ibis.literal(_BETWEEN).join(cells)
    return ibis.ifelse(typed.blank_, ibis.null("string"), whole)


def _told(cells: pa.Array, name: str, disguise: Disguise, aliases: Mapping[str, str]) -> pa.Array:
    way = COLUMNS["invoices"].get(name, LINE)
    if way == "date":
        days = pc.cast(pc.cast(cells, pa.date32()), pa.int32())
        return pc.cast(pc.subtract(days, pa.scalar(disguise.days, pa.int32())), pa.date32())
    if way == "money":
        numbers = pc.cast(cells, pa.float64()).to_numpy(zero_copy_only=False)
        made = disguise.money(numbers)
        return pa.array(made, mask=np.isnan(made))
    tell: dict[str, Callable[[str], str]] = {
        "invoice": lambda text: disguise.alias("invoice", text),
        LINE: disguise.mark,
        "kept": str,
    }
    return _mapped(cells, tell.get(way, aliases.__getitem__))


def _mapped(cells: pa.Array, tell: Callable[[str], str]) -> pa.Array:
    """Return texts told one by one, each different one once."""
    encoded = pc.cast(cells, pa.string()).dictionary_encode()
    told = pa.array([tell(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return told.take(encoded.indices)


def _copy_sorted(unsorted: Path, target: Path, columns: list[str], workspace: Path) -> None:
    first = [name for name in columns if name in ("date", "account_id")][::-1]
    order = [*first, *(name for name in columns if name not in first)]
    is_parquet = target.suffix == ".parquet"
    form = "FORMAT parquet, COMPRESSION zstd" if is_parquet else "FORMAT csv, HEADER"
    limits: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(workspace / "sorting"),
    }
    with duckdb.connect(config=limits) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            f"COPY (SELECT * FROM read_parquet({_quoted(unsorted)}) "
            f"ORDER BY {', '.join(order)}) TO {_quoted(target)} ({form})"
        )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
