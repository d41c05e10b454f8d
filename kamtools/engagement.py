"""A folder on disk becomes a validated engagement; every fault names file, row, column.

>>> from kamtools.samples import locate
>>> firm = load(locate("sample"))
>>> firm.quality.lines_read.sum() == (
...     firm.quality.lines_kept.sum() + firm.quality.lines_set_aside.sum()
... )
np.True_
"""

import datetime
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.types as ir
import pandas as pd
from ibis.backends.duckdb import Backend as DuckDB

from kamtools import chains, cleaning, ledger, schema
from kamtools.errors import Fault, InputError
from kamtools.reading import databases, ranges, references, settings, sizes, sources, tables
from kamtools.reading.connections import new_connection, raise_if_full
from kamtools.reading.opening import open_table
from kamtools.reading.writing import Writing, writing_of

OPTIONAL = ("accounts", "service", "time_equations", "managers", "relationship", "activities",
            "counterparts", "competences", "workload_assumptions", "market_events", "initiatives",
            "notices", "strengths", "readiness", "dependence", "measures")  # fmt: skip


@dataclass(frozen=True)
class Engagement:
    """One client firm's tables, read and validated.

    `invoices` and `set_aside` are Ibis tables that stay where their data are; the optional
    tables are pandas, None where the folder has none. `quality` counts every line read:
    file, lines_read, lines_kept, lines_set_aside, reason. `files` are the files read;
    `written` says of each table how its file was found to be written.
    """

    folder: Path
    name: str
    currency: str
    as_of: datetime.date
    language: str
    strategy: dict[str, Any]
    capacity: dict[str, Any]
    power: dict[str, Any]
    finance: dict[str, Any]
    invoices: ir.Table
    set_aside: ir.Table
    quality: pd.DataFrame
    accounts: pd.DataFrame | None
    service: pd.DataFrame | None
    time_equations: pd.DataFrame | None
    managers: pd.DataFrame | None
    relationship: pd.DataFrame | None
    activities: pd.DataFrame | None
    counterparts: pd.DataFrame | None
    competences: pd.DataFrame | None
    workload_assumptions: pd.DataFrame | None
    market_events: pd.DataFrame | None
    initiatives: pd.DataFrame | None
    notices: pd.DataFrame | None
    strengths: pd.DataFrame | None
    readiness: pd.DataFrame | None
    dependence: pd.DataFrame | None
    measures: pd.DataFrame | None
    files: tuple[Path, ...]
    written: dict[str, Writing]

    def display_names(self) -> pd.Series:
        """Return the name of each account in accounts.csv, by account_id."""
        if self.accounts is None:
            return pd.Series(dtype="str", name="name", index=pd.Index([], name="account_id"))
        names = self.accounts.set_index("account_id")["name"]
        return names.fillna(names.index.to_series())


def load(folder: Path | str, *, as_of: datetime.date | str | None = None) -> Engagement:
    """Return the engagement in a folder.

    Parameters
    ----------
    folder : holds engagement.toml and the files of `schema.TABLES`
    as_of : the last day that counts, instead of the one in engagement.toml

    Raises
    ------
    InputError
        With every fault of every file, where there is any.
    RunError
        If memory or the disk is full.
    """
    folder = Path(folder)
    with tempfile.TemporaryDirectory(prefix="kamtools-") as workspace:
        try:
            firm, faults = _read(folder, as_of, Path(workspace))
        except (MemoryError, OSError, duckdb.Error) as error:
            raise_if_full(error)
            raise
    if firm is None or faults:
        count = sum(fault.count for fault in faults)
        raise InputError(f"{folder.name} cannot be used: {_plural(count, 'fault')}", faults)
    return firm


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _read(
    folder: Path,
    as_of: datetime.date | str | None,
    workspace: Path,
) -> tuple[Engagement | None, list[Fault]]:
    config, faults = settings.read_settings(folder, as_of=as_of)
    if config is None:
        return None, faults
    connection = new_connection()
    frames: dict[str, pd.DataFrame | None] = {}
    written: dict[str, Writing] = {}
    files = [folder / "engagement.toml"]
    quality = []
    for name in (*OPTIONAL, "rates"):
        frame, source, found = _read_small(connection, folder, name, config, workspace)
        frames[name] = frame
        faults += found
        if source is None:
            continue
        written[name] = writing_of(source)
        if source.path is not None:
            files.append(source.path)
        if frame is not None:
            quality.append(_count_rows(source, frame))
        databases.close(source, connection)
    names = {name: one.file for name, one in written.items()}
    faults += references.reference_faults(frames, names)
    frames = {name: frame if frame is None else frame.reset_index(drop=True)
              for name, frame in frames.items()}  # fmt: skip
    rates = frames.pop("rates")
    lines, source, found = _read_invoices(connection, folder, config, rates, workspace)
    faults += found + references.goal_faults(config.strategy, frames["accounts"])
    if lines is None or faults:
        databases.close(source, connection)
        return None, faults
    if source.path is not None:
        files.insert(1, source.path)
    written["invoices"] = writing_of(source)
    firm = Engagement(
        folder=folder,
        name=config.name,
        currency=config.currency,
        as_of=config.as_of,
        language=config.language,
        strategy=config.strategy,
        capacity=config.capacity,
        power=config.power,
        finance=config.finance,
        invoices=lines.kept,
        set_aside=lines.set_aside,
        quality=pd.concat([lines.quality, *quality], ignore_index=True),
        files=tuple(files),
        written=written,
        **frames,
    )
    return firm, []


def _read_small(
    connection: DuckDB,
    folder: Path,
    name: str,
    config: settings.Settings,
    workspace: Path,
) -> tuple[pd.DataFrame | None, sources.Source | None, list[Fault]]:
    source = open_table(connection, folder, name, config, workspace)
    if source is None:
        return None, None, []
    options, table_schema = config.files.get(name, {}), schema.TABLES[name]
    table, faults = tables.rename_columns(source, table_schema, options)
    faults = [*source.faults, *faults]
    if table is not None:
        faults += sizes.table_faults(table, source.file, name=name, is_counted=True)
    if table is None or faults:
        return None, source, faults
    typed, style, found = tables.type_columns(table, source.file, table_schema, options)
    source = replace(source, style=style)
    faults += found
    if faults:
        return None, source, faults
    frame = tables.to_frame(typed, table_schema)
    faults = tables.schema_faults(frame, source.file, table_schema)
    faults += ranges.range_faults(frame, source.file)
    return (None if faults else frame), source, faults


def _count_rows(source: sources.Source, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the data-quality rows of an optional table: only blank lines are set aside."""
    blank = 0 if source.table is None else int(source.table.count().to_pandas()) - len(frame)
    counts = {(cleaning.KEPT, True): len(frame), (cleaning.BLANK, False): blank}
    return cleaning.quality_rows(source.file, {why: n for why, n in counts.items() if n})


def _read_invoices(
    connection: DuckDB,
    folder: Path,
    config: settings.Settings,
    rates: pd.DataFrame | None,
    workspace: Path,
) -> tuple[cleaning.CleanLines | None, sources.Source, list[Fault]]:
    source = open_table(connection, folder, "invoices", config, workspace)
    if source is None:
        expected = "invoices.csv, .xlsx or .parquet, or [files.invoices] database"
        fault = Fault("invoices", None, None, "no such file", expected)
        return None, sources.Source("invoices", None), [fault]
    options = config.files.get("invoices", {})
    table, faults = tables.rename_columns(source, schema.INVOICES, options)
    faults = [*source.faults, *faults]
    if table is None:
        return None, source, faults
    faults += sizes.table_faults(table, source.file, name="invoices", is_counted=False)
    typed, style, found = tables.type_columns(table, source.file, schema.INVOICES, options)
    source = replace(source, style=style)
    table_rates = (
        {} if rates is None else dict(zip(rates.currency.str.upper(), rates.rate, strict=True))
    )
    faults += found + cleaning.currency_faults(
        typed, source.file, currency=config.currency, rates=table_rates
    )
    faults += cleaning.sign_faults(typed, source.file, currency=config.currency)
    if faults:
        return None, source, faults
    typed.get_backend().drop_table("invoices_read")
    marked = cleaning.set_lines_aside(
        typed,
        currency=config.currency,
        rates=table_rates,
        as_of=config.as_of,
        duplicates=config.quality.get("duplicates", "auto"),
    )
    lines = cleaning.split_lines(marked, source.file)
    typed.get_backend().drop_table("invoices_typed")
    if not lines.quality.lines_kept.sum():
        counts = ", ".join(
            f"{row.lines_set_aside:,} {row.reason}" for row in lines.quality.itertuples()
        )
        fault = Fault(source.file, None, None, counts or "no lines", "lines that can be used")
        return None, source, [fault]
    return lines, source, []


def roll_up(firm: Engagement) -> Engagement:
    """Return the engagement with its accounts grouped to the organisations that buy.

    A store of a chain becomes the chain: its invoices, service hours, relationship facts,
    judged dependence, planned steps, notices of them and view of us come under the chain's
    name. Where accounts.csv has no chain, nothing changes.
    """
    if firm.accounts is None or "chain" not in firm.accounts:
        return firm
    return replace(
        firm,
        invoices=ledger.roll_up(firm.invoices, firm.accounts),
        accounts=chains.roll_up_accounts(firm.accounts),
        service=chains.under_chain(firm.service, firm.accounts),
        relationship=chains.mean_facts(firm.relationship, firm.accounts),
        initiatives=chains.under_chain(firm.initiatives, firm.accounts),
        notices=chains.under_chain(firm.notices, firm.accounts),
        counterparts=chains.contacts(firm.counterparts, firm.accounts),
        strengths=chains.mean_views(firm.strengths, firm.accounts),
        dependence=chains.under_chain(firm.dependence, firm.accounts),
    )
