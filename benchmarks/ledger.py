"""Measure `ledger.scorecard` against pandas and against the floor; print Markdown tables.

    python -m benchmarks.ledger --millions 1 10 50 --folder CACHE

Every measurement is of one call in a fresh process. The contenders take turns, so that
what else the machine does falls on all of them.
"""

import argparse
import contextlib
import datetime
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks import ledger_contenders as contenders
from benchmarks.invoice_lines import write_iowa, write_ledger
from benchmarks.machine import describe_machine
from benchmarks.measuring import Measurement, measure, median, run_apart

SEED = 20_241_231
AS_OF = datetime.date(2024, 12, 31)
IOWA_AS_OF = datetime.date(2022, 10, 31)
CONTENDERS: dict[str, Callable[[Path, datetime.date], object]] = {
    "`ledger.scorecard`": contenders.kamtools_scorecard,
    "pandas": contenders.pandas_scorecard,
    "pandas, tuned": contenders.tuned_pandas_scorecard,
    "floor": contenders.floor,
    "floor by day": contenders.floor_by_day,
}
HEADER = [
    "contender", "seconds", "from – to", "processor seconds", "times the scorecard's", "peak MB",
]  # fmt: skip


def main() -> None:
    """Measure every ledger asked for and print a table of each."""
    options = _options()
    print(f"{describe_machine()}\n")
    with _folder(options.folder) as folder:
        for millions in options.millions:
            lines = round(millions * 1e6)
            path = folder / f"ledger-{lines}-{options.seed}.parquet"
            if not path.exists():
                run_apart(_write, path, lines, options.seed)
            _compare(f"{lines:,} lines", path, AS_OF, options.repeats)
        if options.without_iowa:
            return
        iowa = _iowa(folder)
        if iowa is None:
            print("Iowa's lines left out: KAMTOOLS_DATA names no folder that holds iowa/lines")
        else:
            _compare("25,060,495 lines of Iowa", iowa, IOWA_AS_OF, options.repeats)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("--millions", type=float, nargs="*", default=[1, 10, 50])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--folder", type=Path, help="where ledgers are kept for another time")
    parser.add_argument("--without-iowa", action="store_true")
    return parser.parse_args()


@contextlib.contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given
    else:
        with tempfile.TemporaryDirectory(prefix="kamtools-benchmark-") as folder:
            yield Path(folder)


def _write(path: Path, lines: int, seed: int) -> None:
    write_ledger(path, lines=lines, seed=seed)


def _iowa(folder: Path) -> Path | None:
    data = Path(os.environ.get("KAMTOOLS_DATA") or "no folder")
    if not (data / "iowa" / "lines").is_dir():
        return None
    path = folder / "iowa.parquet"
    if not path.exists():
        run_apart(_write_iowa, path, data)
    return path


def _write_iowa(path: Path, data: Path) -> None:
    write_iowa(path, data=data)


def _compare(title: str, path: Path, as_of: datetime.date, repeats: int) -> None:
    different = run_apart(_differences, path, as_of)
    agreement = "all agree to the cent" if not different else f"THEY DIFFER: {different}"
    print(f"### {title}, {path.stat().st_size / 1e6:,.0f} MB of Parquet ({agreement})\n")
    runs: dict[str, list[Measurement]] = {name: [] for name in CONTENDERS}
    for _ in range(repeats):
        for name, contender in CONTENDERS.items():
            runs[name].append(measure(contender, path, as_of))
    print(_table(runs), flush=True)


def _differences(path: Path, as_of: datetime.date) -> dict[str, int]:
    card = contenders.kamtools_scorecard(path, as_of)
    plain = contenders.differences(contenders.pandas_scorecard(path, as_of), card)
    return plain | contenders.differences(contenders.tuned_pandas_scorecard(path, as_of), card)


def _table(runs: Mapping[str, list[Measurement]]) -> str:
    own = median(runs["`ledger.scorecard`"])
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
                f"{typical.seconds / own.seconds:.2f}",
                f"{typical.peak_bytes / 1e6:,.0f}",
            ]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


if __name__ == "__main__":
    main()
