"""One `kam run DIR selection` in a process of its own, its stages timed from inside.

    python -m benchmarks.run_stages FOLDER OUT RECORD

writes to RECORD, as JSON, the seconds of every stage in their order. Nothing is done
otherwise than `kam run` does it: its functions are called through a clock.
"""

import argparse
import functools
import json
import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from nbformat import NotebookNode

import kamtools.cli  # noqa: F401 (the command imports it before it does anything)
from benchmarks.measuring import KILOBYTE
from kamtools.publishing import execution, provenance
from kamtools.publishing import run as running

NOTEBOOK = "selection"
READING = "read and check the files"
IMPORTS = "imports in the kernel"
SECTION = "notebook: "


def main() -> None:
    """Run the notebook on an engagement and write what took how long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run_stages", description=__doc__)
    for name in ("folder", "out", "record"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    record = timed_run(options.folder, options.out)
    options.record.write_text(json.dumps(record), encoding="utf-8")


def timed_run(folder: Path, out: Path) -> dict[str, Any]:
    """Run the notebook and return what that took.

    Returns
    -------
    `stages`, seconds by name in their order; `seconds` of the run in all, more than the sum
    of its stages; `peak_bytes` of this process and of the kernel.
    """
    calls: dict[str, list[Call]] = {}
    with ExitStack() as stack:
        for owner, name in ((running, "load"), (execution, "execute"), (running, "write_report")):
            stack.enter_context(clocked(owner, name, calls))
        start = time.time()
        running.run(folder, notebooks=[NOTEBOOK], out=out, run_stamp=provenance.run_stamp(),
                    progress=False)  # fmt: skip
        end = time.time()
    (load,), (execute,), (report,) = (calls[name] for name in ("load", "execute", "write_report"))
    stages = {
        READING: load.end - start,
        **execution_stages(execute),
        "shrink pictures, take out what is the machine's": report.start - execute.end,
        "pages and tables of the report": end - report.start,
    }
    peaks = {
        name: resource.getrusage(who).ru_maxrss * KILOBYTE
        for name, who in (("command", resource.RUSAGE_SELF), ("kernel", resource.RUSAGE_CHILDREN))
    }
    return {"stages": stages, "seconds": end - start, "peak_bytes": peaks}


@dataclass(frozen=True)
class Call:
    """When a call began and ended, in seconds since the epoch, and what it returned."""

    start: float
    end: float
    returned: Any


@contextmanager
def clocked(owner: object, name: str, calls: dict[str, list[Call]]) -> Iterator[None]:
    """Add every call of a function to `calls` while the context lasts."""
    function = getattr(owner, name)

    @functools.wraps(function)
    def call(*arguments: object, **options: object) -> object:
        start = time.time()
        returned = function(*arguments, **options)
        calls.setdefault(name, []).append(Call(start, time.time(), returned))
        return returned

    with mock.patch.object(owner, name, call):
        yield


def execution_stages(execute: Call) -> dict[str, float]:
    """Return the seconds of the kernel's start, of the sections, and of what is between cells."""
    spans = cell_spans(execute.returned)
    sections = section_seconds(spans)
    first = min(begun for _, begun, _ in spans)
    between = execute.end - first - sum(sections.values())
    return {
        "start a kernel": first - execute.start,
        **sections,
        "papermill between cells, end of the kernel": between,
    }


def cell_spans(notebook: NotebookNode) -> list[tuple[str, float, float]]:
    """Return the stage of each executed cell, and when the kernel began and ended it.

    The stage is the last heading before the cell; cells of nothing but imports, wherever
    they stand, are a stage together.
    """
    spans, heading = [], "no heading"
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            headings = [line for line in cell.source.splitlines() if line.startswith("#")]
            heading = headings[-1].lstrip("# ") if headings else heading
        elif "execution" in cell.metadata:
            times = cell.metadata["execution"]
            moments = (times["iopub.status.busy"], times["iopub.status.idle"])
            begun, ended = (datetime.fromisoformat(moment).timestamp() for moment in moments)
            stage = IMPORTS if only_imports(cell.source) else SECTION + heading
            spans.append((stage, begun, ended))
    return spans


def only_imports(source: str) -> bool:
    """Say whether a cell does nothing but import, a call to a line."""
    return all(line.startswith(("import ", "from ")) for line in source.splitlines() if line)


def section_seconds(spans: list[tuple[str, float, float]]) -> Mapping[str, float]:
    """Return the seconds of each stage, in the order of their first cells."""
    seconds: dict[str, float] = {}
    for stage, begun, ended in spans:
        seconds[stage] = seconds.get(stage, 0.0) + ended - begun
    return seconds


if __name__ == "__main__":
    main()
