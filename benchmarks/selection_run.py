"""The whole selection on Online Retail, from file to report: where the time goes.

    python -m benchmarks.selection_run

Prints the tables of README.md. Every measurement is of commands in processes of their own,
from their start to their end; the contenders take turns, so that what else the machine does
falls on all of them. Needs the data set: downloaded, or in the folder KAMTOOLS_DATA.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import v4

from benchmarks.machine import describe_machine
from benchmarks.measuring import Measurement, measure_command, median
from benchmarks.run_stages import NOTEBOOK, SECTION
from kamtools.publishing.catalogue import available, notebooks_folder
from kamtools.samples import public

OURS = "`kam run`: files checked, notebook, pages, tables"
BY_HAND = "papermill, then nbconvert to HTML: the same notebook"
EMPTY = "papermill on an empty notebook"
PLAIN = "a script in pandas: only the list"
START = "start Python, import kamtools"
REST = "the rest"
PLAIN_CSV = "plain.csv"
LIBRARIES = ("duckdb", "ipykernel", "nbconvert", "pandas", "papermill")
SMALL = 0.01
"""Share of the whole below which sections of the notebook are told together."""


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.selection_run")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kamtools-benchmark-") as name:
        working = Path(name)
        firm = public.make_engagement("online-retail", working / "online-retail")
        runs, records = measure_all(contenders(firm, working), working, options.repeats)
        agreement = compare_lists(working / "report" / "tables" / "chosen.csv", working / PLAIN_CSV)
    print(f"{describe_machine(LIBRARIES)}\n")
    print(stage_table(typical_stages(runs[OURS], records)))
    print(f"\n{peak_sentence(records)}\n")
    print(f"{contender_table(runs)}\n\n{agreement}")


def contenders(firm: Path, working: Path) -> dict[str, list[list[str]]]:
    """Return the commands of each contender, ours first."""
    python = [sys.executable, "-m"]
    own = str(available(notebooks_folder())[NOTEBOOK])
    empty, out, report = (str(working / name) for name in ("empty.ipynb", "out.ipynb", "report"))
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("")]), empty)
    papermill = [*python, "papermill", "--no-progress-bar", "-k", "python3"]
    return {
        OURS: [[*python, "benchmarks.run_stages", str(firm), report, str(working / "stages.json")]],
        BY_HAND: [
            [*papermill, own, out, "-p", "engagement", str(firm)],
            [*python, "nbconvert", "--to", "html", out],
        ],
        EMPTY: [[*papermill, empty, str(working / "empty-out.ipynb")]],
        PLAIN: [[*python, "benchmarks.plain_selection", str(firm), str(working / PLAIN_CSV)]],
    }


def measure_all(
    commands: Mapping[str, Sequence[Sequence[str]]], working: Path, repeats: int
) -> tuple[dict[str, list[Measurement]], list[dict[str, Any]]]:
    """Return the measurements of each contender, and what our runs say of their stages."""
    runs: dict[str, list[Measurement]] = {name: [] for name in commands}
    records = []
    for _ in range(repeats):
        for name, steps in commands.items():
            runs[name].append(together([measure_command(step) for step in steps]))
        records.append(json.loads((working / "stages.json").read_text(encoding="utf-8")))
    return runs, records


def together(steps: Sequence[Measurement]) -> Measurement:
    """Return what commands take one after the other."""
    return Measurement(
        sum(step.seconds for step in steps),
        sum(step.processor_seconds for step in steps),
        max(step.peak_bytes for step in steps),
    )


def typical_stages(
    runs: Sequence[Measurement], records: Sequence[Mapping[str, Any]]
) -> dict[str, float]:
    """Return the seconds of each stage in the run of median length, from its start to its end.

    All of one run, so that they add up to what that run took.
    """
    middle = statistics.median_low(run.seconds for run in runs)
    run, record = next(
        (run, record) for run, record in zip(runs, records, strict=True) if run.seconds == middle
    )
    rest = record["seconds"] - sum(record["stages"].values())
    return {START: run.seconds - record["seconds"], **record["stages"], REST: rest}


def stage_table(stages: Mapping[str, float]) -> str:
    """Return the stages as a Markdown table, small sections of the notebook in one row."""
    total = sum(stages.values())
    small = {
        name: seconds
        for name, seconds in stages.items()
        if name == REST or (name.startswith(SECTION) and seconds < SMALL * total)
    }
    rows = [("stage", "seconds", "share"), ("---", "--:", "--:")]
    rows += [row(name, seconds, total) for name, seconds in stages.items() if name not in small]
    rows.append(
        row("sections of less than 1 % each, and between stages", sum(small.values()), total)
    )
    rows.append(row("all", total, total))
    return markdown(rows)


def row(name: str, seconds: float, total: float) -> tuple[str, str, str]:
    """Return a row of the table of stages."""
    return name, f"{seconds:.2f}", f"{seconds / total:.0%}".replace("%", " %")


def peak_sentence(records: Sequence[Mapping[str, Any]]) -> str:
    """Return the largest memory peaks of the command and of its kernel."""
    command, kernel = (
        max(record["peak_bytes"][name] for record in records) / 1e6
        for name in ("command", "kernel")
    )
    return (
        f"Memory peaks, libraries and all: the command {command:,.0f} MB, its kernel "
        f"{kernel:,.0f} MB; both live at once, so at most {command + kernel:,.0f} MB together."
    )


def contender_table(runs: Mapping[str, Sequence[Measurement]]) -> str:
    """Return the contenders as a Markdown table; ratios are those of median seconds."""
    ours = median(runs[OURS]).seconds
    heading = ("", "seconds", "from – to", "processor seconds", "of ours", "largest process, MB")
    rows: list[Sequence[str]] = [heading, ("---", *["--:"] * 5)]
    for name, measurements in runs.items():
        typical, times = median(measurements), [one.seconds for one in measurements]
        rows.append(
            (
                name,
                f"{typical.seconds:.1f}",
                f"{min(times):.1f} – {max(times):.1f}",
                f"{typical.processor_seconds:.1f}",
                f"{typical.seconds / ours:.2f}",
                f"{typical.peak_bytes / 1e6:,.0f}",
            )
        )
    return markdown(rows)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def compare_lists(ours: Path, theirs: Path) -> str:
    """Say whether the report and the script chose the same accounts in the same order."""
    first, second = (pd.read_csv(path, dtype={"account_id": "str"}).account_id.tolist()
                     for path in (ours, theirs))  # fmt: skip
    if first == second:
        return f"The report and the script choose the same {len(first)} accounts in the same order."
    common = len(set(first) & set(second))
    return f"THE LISTS DIFFER: {common} of {len(first)} accounts are in both."


if __name__ == "__main__":
    main()
