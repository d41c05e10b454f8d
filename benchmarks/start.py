"""How long it takes until kamtools works: imports, kernels, a whole cold run.

    python -m benchmarks.start ENGAGEMENT

Every measurement is a fresh process; medians of several in turn. Plain kernels and warm ones
run the same notebooks in the same run.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import papermill
from nbclient import NotebookClient
from nbformat import NotebookNode, v4

from benchmarks.machine import describe_machine
from benchmarks.measuring import measure_command, median
from kamtools.publishing import kernels
from kamtools.publishing.kernels.provisioner import engine_options

ROUNDS = 5
KAM = str(Path(sys.executable).with_name("kam"))
TINY = ("import pandas as pd\npd.DataFrame({'a': [1]})",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")  # fmt: skip
PLAIN = "from kamtools.publishing import kernels; kernels.can_fork = lambda: False"
RUN = "import sys; from kamtools.cli import main; main(sys.argv[1:])"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("engagement", type=Path)
    engagement = parser.parse_args().engagement
    print(describe_machine(("jupyter-client", "ipykernel", "papermill", "pandas")), "\n")
    table("Start", ("seconds", "processor seconds"), start_rows())
    with tempfile.TemporaryDirectory() as folder:
        table("A tiny notebook", ("seconds",), tiny_rows(Path(folder)))
        table("`kam run`, all notebooks", ("seconds", "processor seconds"),
              run_rows(engagement, Path(folder)))  # fmt: skip
    table("Memory of the warm parent", ("MB",), memory_rows())


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print one table in Markdown."""
    print(f"### {title}\n\n| | {' | '.join(columns)} |")
    print(f"| --- |{' --: |' * len(columns)}")
    for name, *numbers in rows:
        print(f"| {name} | {' | '.join(f'{number:.2f}' for number in numbers)} |")
    print()


def start_rows() -> list[tuple[str, float, float]]:
    """Return what it takes to start, bare Python for comparison."""
    commands = {
        "Python, nothing imported": [sys.executable, "-c", ""],
        "`import kamtools`": [sys.executable, "-c", "import kamtools"],
        "`kam --help`": [KAM, "--help"],
        "`import pandas`": [sys.executable, "-c", "import pandas"],
        "imports of `kam run`": [sys.executable, "-c", "import kamtools.publishing.run"],
    }
    taken = [{name: measure_command(c) for name, c in commands.items()} for _ in range(ROUNDS)]
    rows = []
    for name in commands:
        middle = median([one[name] for one in taken])
        rows.append((name, middle.seconds, middle.processor_seconds))
    return rows


def tiny_rows(folder: Path) -> list[tuple[str, float]]:
    """Return the seconds of a notebook that imports pandas and draws one line."""
    nbformat.write(notebook_of(*TINY), folder / "in.ipynb")
    arguments = [str(folder / "in.ipynb"), str(folder / "out.ipynb")]
    command = [sys.executable, "-m", "papermill", *arguments]

    def within() -> None:
        papermill.execute_notebook(
            *arguments,
            progress_bar=False,
            extra_arguments=["--log-level=CRITICAL"],
            **engine_options(),
        )

    rows = [("papermill command", middle_of(lambda: measure_command(command)))]
    rows.append(("papermill in process, plain kernel", middle_of(within)))
    with kernels.warm():
        rows.append(("the same, first warm kernel: waits for the parent", seconds_of(within)))
        rows.append(("the same, warm kernel", middle_of(within)))
    return rows


def run_rows(engagement: Path, folder: Path) -> list[tuple[str, float, float]]:
    """Return what all notebooks take with plain and with warm kernels, from a cold start."""
    rows = []
    for name, code in (("plain kernels", f"{PLAIN}\n{RUN}"), ("warm kernels", RUN)):
        arguments = ["run", str(engagement), "--out", str(folder / name)]
        taken = measure_command([sys.executable, "-c", code, *arguments])
        rows.append((name, taken.seconds, taken.processor_seconds))
    return rows


def memory_rows() -> list[tuple[str, float]]:
    """Return the memory of a parent, and of one and a kernel together, shared pages once."""
    notebook = notebook_of("import os\nprint(os.getppid(), os.getpid())")
    with kernels.warm():
        client = NotebookClient(notebook, **engine_options())
        with client.setup_kernel():
            client.execute_cell(notebook.cells[0], 0)
            parent, kernel = map(int, notebook.cells[0].outputs[0].text.split())
            both = megabytes(parent) + megabytes(kernel)
        return [("parent", megabytes(parent)), ("parent and one kernel", both)]


def megabytes(pid: int) -> float:
    """Return the memory of a process, of what it shares only its part (Linux's Pss)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("Pss:"))
    return int(kilobytes) * 1024 / 1e6


def notebook_of(*cells: str) -> NotebookNode:
    """Return a notebook of code cells."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [v4.new_code_cell(source) for source in cells]
    return v4.new_notebook(cells=code, metadata={"kernelspec": kernel})


def seconds_of(action: Callable[[], object]) -> float:
    """Return what one call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def middle_of(action: Callable[[], object]) -> float:
    """Return the median of what several calls take."""
    return statistics.median(seconds_of(action) for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
