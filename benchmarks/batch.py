"""`kam batch` against papermill on the same notebooks and firms, in the same run.

    python -m benchmarks.batch

Prints the tables of README.md. The peers run fewer firms, since they would take hours, and
are compared by notebook. Linux only.
"""

import argparse
import json
import shlex
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.batch_firms import SMALL, write_firms, write_tiny
from benchmarks.machine import describe_machine
from benchmarks.measuring import Measurement
from benchmarks.process_tree import measure_tree
from kamtools.publishing.blocks import CHOSEN
from kamtools.publishing.catalogue import available, notebooks_folder
from kamtools.publishing.placing import RECORD

NOTEBOOKS = ("readiness", "selection", "role")
WORKERS = "2"
OURS = "`kam batch`, two workers"
LOOP = "shell loop of the papermill command"
POOL = "papermill's Python call, pool of two"
LIBRARIES = ("ipykernel", "nbclient", "pandas", "papermill")
BATCH = (
    "import sys; from pathlib import Path; from kamtools.publishing import catalogue; "
    "source = Path(sys.argv.pop(1)); catalogue.notebooks_folder = lambda: source; "
    "from kamtools.cli import main; main(sys.argv[1:])"
)
"""`kam`, with the notebooks of a folder."""

Run = tuple[str, str, dict[str, str]]
"""A notebook, where it goes executed, the parameters it gets."""


@dataclass(frozen=True)
class Kind:
    """Firms and notebooks of one kind: how many firms we run, and how many the peers."""

    title: str
    source: Path
    accounts: int | None
    firms: int
    peer_firms: int


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    for name, firms in (("tiny", 20), ("small", 50), ("whole", 10)):
        parser.add_argument(f"--{name}-firms", type=int, default=firms)
        parser.add_argument(f"--{name}-peer-firms", type=int, default=4)
    options = vars(parser.parse_args())
    print(describe_machine(LIBRARIES), flush=True)
    with tempfile.TemporaryDirectory(prefix="kamtools-benchmark-") as name:
        folder = Path(name)
        tiny, own = write_tiny(folder / "notebooks", NOTEBOOKS), notebooks_folder()
        kinds = {
            "tiny": ("Tiny notebooks, small firms: what starting takes", tiny, SMALL),
            "small": (f"Small firms, {SMALL} accounts", own, SMALL),
            "whole": ("Whole sample companies, 300 accounts", own, None),
        }
        for word, kind in kinds.items():
            firms = options[f"{word}_firms"], options[f"{word}_peer_firms"]
            if min(firms):
                print(measured(Kind(*kind, *firms), folder / word), flush=True)


def measured(kind: Kind, folder: Path) -> str:
    """Return the table of one kind in Markdown."""
    firms = write_firms(folder / "firms", firms=kind.firms, accounts=kind.accounts)
    command = [sys.executable, "-c", BATCH, str(kind.source), "batch", str(firms), *NOTEBOOKS]
    reports = folder / "reports"
    ours = measure_tree([*command, "--out", str(reports), "--workers", WORKERS], folder=folder)
    runs = list(same_runs(kind, firms, reports, folder / "executed"))
    (folder / "runs.json").write_text(json.dumps(runs), encoding="utf-8")
    taken = {
        OURS: (kind.firms, ours),
        LOOP: (kind.peer_firms, measure_tree(["sh", str(loop(runs, folder))], folder=folder)),
        POOL: (kind.peer_firms, measure_tree(pool(folder), folder=folder)),
    }
    return table(kind, taken, *cells_alone(folder))


def same_runs(kind: Kind, firms: Path, reports: Path, executed: Path) -> Iterator[Run]:
    """Give what the peers run: as in our reports, with what a notebook was handed by another."""
    executed.mkdir()
    files = available(kind.source)
    for firm in sorted(firms.iterdir())[: kind.peer_firms]:
        record = json.loads((reports / firm.name / RECORD).read_text(encoding="utf-8"))
        for name in NOTEBOOKS:
            had = record["notebooks"][name]["parameters"]
            handed = {CHOSEN: had[CHOSEN]} if CHOSEN in had else {}
            output = executed / f"{firm.name}-{name}.ipynb"
            yield str(files[name]), str(output), {"engagement": str(firm)} | handed


def loop(runs: Sequence[Run], folder: Path) -> Path:
    """Write the shell script of one papermill command after the other."""
    papermill = str(Path(sys.executable).with_name("papermill"))
    lines = ["set -e"]
    for notebook, output, parameters in runs:
        given = [part for pair in parameters.items() for part in ("-r", *pair)]
        options = ["--no-progress-bar", "-k", "python3", *given]
        lines.append(shlex.join([papermill, notebook, output, *options]))
    script = folder / "loop.sh"
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return script


def pool(folder: Path) -> list[str]:
    """Return the command of the peer in Python."""
    module = str(Path(__file__).with_name("papermill_pool.py"))
    return [sys.executable, module, str(folder / "runs.json"), WORKERS]


def cells_alone(folder: Path) -> tuple[float, float]:
    """Return the mean processor seconds of a notebook's cells, the first and the second time."""
    command = [sys.executable, "-m", "benchmarks.cells_alone", str(folder / "runs.json")]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    first, second = zip(*json.loads(said.stdout), strict=True)
    return statistics.mean(first), statistics.mean(second)


def table(
    kind: Kind, taken: dict[str, tuple[int, Measurement]], first: float, second: float
) -> str:
    """Return the measurements by notebook in Markdown.

    Parameters
    ----------
    taken : by contender, how many firms it ran and what that took
    first, second : processor seconds of a notebook's cells, the first and the second time
    """
    rows = [
        f"\n### {kind.title}\n",
        "| contender | notebooks | seconds | a notebook | times ours | processor seconds a "
        "notebook | times the cells' own | peak MB |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    ours = taken[OURS][1].seconds / kind.firms
    for name, (firms, one) in taken.items():
        notebooks = firms * len(NOTEBOOKS)
        worked = one.processor_seconds / notebooks
        rows.append(
            f"| {name} | {notebooks} | {one.seconds:,.1f} | {one.seconds / notebooks:.2f} "
            f"| {one.seconds / firms / ours:.1f} | {worked:.2f} | {worked / first:.2f} "
            f"| {one.peak_bytes / 1e6:,.0f} |"
        )
    alone = f"The cells alone: {first:.2f} processor seconds a notebook in a new warm kernel"
    return "\n".join([*rows, "", f"{alone}, {second:.2f} when run again in the same kernel."])


if __name__ == "__main__":
    main()
