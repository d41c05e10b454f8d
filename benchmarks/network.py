"""Measure the trade network of Iowa, from a hundred thousand lines to all 25 million of them.

    KAMTOOLS_DATA=FOLDER python -m benchmarks.network --out network.md

Peers: the same network in pandas, by merge and groupby; and the floor, one plain aggregation
store × vendor × year in DuckDB, which knows no chains and measures nothing. Every measurement is of
one call in a fresh process, reading the files included; the contenders take turns.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from benchmarks import network_contenders as contenders
from benchmarks.machine import describe_machine
from benchmarks.measuring import Measurement, measure, median, run_apart
from benchmarks.network_iowa import data_files
from kamtools.power.network import network_pairs

CONTENDERS: dict[str, Callable[[tuple[Path, ...], Path], object]] = {
    "kamtools: edges and all pairs": contenders.kamtools_network,
    "of these, the edges": contenders.kamtools_edges,
    "pandas: the same": contenders.pandas_network,
    "DuckDB: store × vendor × year only": contenders.duckdb_sums,
}
OWN = next(iter(CONTENDERS))
LIBRARIES = ("duckdb", "ibis-framework", "numpy", "pandas", "scipy")
HEADER = ["", "seconds", "from – to", "processor seconds", "of ours", "peak MB"]
DRAWS, SEED = 500, 20_221_031
SIZES = (100_000, 1_000_000, 10_000_000)


def main() -> None:
    """Measure every size asked for and print or write a table of each."""
    options = _options()
    data = Path(os.environ.get("KAMTOOLS_DATA") or "no folder")
    files = data_files(data)
    if not files:
        raise SystemExit("KAMTOOLS_DATA names no folder that holds iowa/lines and Iowa's lists")
    text = report(files, data, sizes=options.lines, repeats=options.repeats)
    if options.out is None:
        print(text)
    else:
        options.out.write_text(text, encoding="utf-8")


def report(files: tuple[Path, ...], data: Path, *, sizes: list[int], repeats: int) -> str:
    """Return the benchmark's section in Markdown."""
    parts = [
        "## The trade network of Iowa\n",
        f"`python -m benchmarks.network`. {describe_machine(LIBRARIES)}. Medians of {repeats} "
        "rounds in turn, each run in a process of its own, from the files to the table. The "
        "machine did other work too, as the spans show, so compare by processor seconds (“of "
        "ours”).\n",
    ]
    with tempfile.TemporaryDirectory(prefix="kamtools-benchmark-") as folder:
        for lines in sizes:
            path = Path(folder) / f"lines-{lines}.parquet"
            run_apart(write_sample, path, files, lines)
            parts.append(_compare((path,), data, repeats))
    parts.append(_compare(files, data, repeats))
    edges = run_apart(contenders.kamtools_edges, files, data)
    alone = measure(network_pairs, edges)
    parts.append(
        f"From the {len(edges):,} sums by vendor, buyer and year to shares, alternatives and "
        f"dependence of all pairs: {alone.processor_seconds:.2f} processor seconds.\n"
    )
    measured = measure(contenders.kamtools_intervals, files, data, DRAWS, SEED)
    parts.append(
        f"Intervals for every pair of the last twelve months ({DRAWS} bootstrap draws over "
        "months and assumptions), from all lines by month on: "
        f"{measured.seconds:.1f} s, {measured.processor_seconds:.1f} processor seconds, "
        f"peak {measured.peak_bytes / 1e6:,.0f} MB.\n"
    )
    return "\n".join(parts)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.network", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--out", type=Path, help="Markdown file; printed without it")
    return parser.parse_args()


def write_sample(path: Path, files: tuple[Path, ...], lines: int) -> None:
    """Write about so many of the lines, chosen by a hash of each: the same whenever it is run."""
    duckdb.sql("SET enable_progress_bar = false")
    scan = f"read_parquet({[str(file) for file in files]})"
    every = duckdb.sql(f"SELECT count(*) FROM {scan}").fetchone()[0]
    share = min(1_000_000, round(1e6 * lines / every))
    duckdb.sql(
        f"SELECT * FROM {scan} AS lines WHERE hash(lines) % 1000000 < {share}"
    ).write_parquet(str(path))


def _compare(files: tuple[Path, ...], data: Path, repeats: int) -> str:
    lines, pairs, different = run_apart(_agreement, files, data)
    agree = "all numbers agree" if not different else f"THEY DIFFER: {different}"
    runs: dict[str, list[Measurement]] = {name: [] for name in CONTENDERS}
    for _ in range(repeats):
        for name, contender in CONTENDERS.items():
            runs[name].append(measure(contender, files, data))
    return f"### {lines:,} lines, {pairs:,} pairs in 11 years ({agree})\n\n{table(runs)}"


def _agreement(files: tuple[Path, ...], data: Path) -> tuple[int, int, dict[str, int]]:
    duckdb.sql("SET enable_progress_bar = false")
    scan = f"read_parquet({[str(file) for file in files]})"
    lines = duckdb.sql(f"SELECT count(*) FROM {scan}").fetchone()[0]
    own = contenders.kamtools_network(files, data)
    return lines, len(own), contenders.differences(own, contenders.pandas_network(files, data))


def table(runs: Mapping[str, list[Measurement]]) -> str:
    """Return the measurements as a table; the processor seconds also in times of the first's."""
    own = median(runs[OWN]).processor_seconds
    rows = [HEADER, ["---", *["--:"] * (len(HEADER) - 1)]]
    for name, measurements in runs.items():
        typical = median(measurements)
        times = [one.seconds for one in measurements]
        rows.append(
            [
                name,
                f"{typical.seconds:.2f}",
                f"{min(times):.2f} – {max(times):.2f}",
                f"{typical.processor_seconds:.2f}",
                f"{typical.processor_seconds / own:.2f}",
                f"{typical.peak_bytes / 1e6:,.0f}",
            ]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


if __name__ == "__main__":
    main()
