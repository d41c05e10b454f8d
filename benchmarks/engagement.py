"""Measure `engagement.load` on a CSV file of many invoice lines; print a Markdown table.

    python -m benchmarks.engagement --millions 1 5

Beside it stands what DuckDB takes to read the same file as text: the least of all readings
that look at every cell.
"""

import argparse
import tempfile
from pathlib import Path

import duckdb

from benchmarks.invoice_lines import write_ledger
from benchmarks.machine import describe_machine
from benchmarks.measuring import measure, median, run_apart
from kamtools import engagement

SEED = 20_241_231
TOML = 'name = "Benchmark"\ncurrency = "EUR"\nas_of = 2024-12-31\n'


def main() -> None:
    """Measure files of each length asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engagement", description=__doc__)
    parser.add_argument("--millions", type=float, nargs="*", default=[1, 5])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    print(f"{describe_machine()}\n")
    print("| lines | CSV MB | read by | seconds | processor seconds | peak MB |")
    print("| --: | --: | --- | --: | --: | --: |")
    for millions in options.millions:
        with tempfile.TemporaryDirectory(prefix="kamtools-benchmark-") as folder:
            _print_rows(Path(folder), round(millions * 1e6), options.repeats)


def _print_rows(folder: Path, lines: int, repeats: int) -> None:
    run_apart(write_firm, folder, lines)
    size = (folder / "invoices.csv").stat().st_size / 1e6
    readers = {"`engagement.load`": load, "DuckDB, as text": read_as_text}
    for name, reader in readers.items():
        typical = median([measure(reader, folder) for _ in range(repeats)])
        print(
            f"| {lines:,} | {size:,.0f} | {name} | {typical.seconds:.1f} "
            f"| {typical.processor_seconds:.1f} | {typical.peak_bytes / 1e6:,.0f} |",
            flush=True,
        )


def write_firm(folder: Path, lines: int) -> None:
    """Write an engagement with so many invoice lines in a CSV file."""
    (folder / "engagement.toml").write_text(TOML, encoding="utf-8")
    ledger, csv = folder / "ledger.parquet", folder / "invoices.csv"
    write_ledger(ledger, lines=lines, seed=SEED)
    duckdb.sql("SET enable_progress_bar = false")
    duckdb.read_parquet(str(ledger)).write_csv(str(csv))
    ledger.unlink()


def load(folder: Path) -> int:
    """Return how many lines an engagement kept."""
    return int(engagement.load(folder).quality.lines_kept.sum())


def read_as_text(folder: Path) -> int:
    """Return how many lines DuckDB finds in the file, stored as text."""
    duckdb.sql("SET enable_progress_bar = false")
    lines = duckdb.read_csv(str(folder / "invoices.csv"), all_varchar=True)
    lines.create("lines")
    return len(duckdb.table("lines"))


if __name__ == "__main__":
    main()
