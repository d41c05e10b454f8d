"""The processor seconds of notebooks' cells alone, in kernels that are warm already.

    python -m benchmarks.cells_alone RUNS.json

RUNS.json is a list of `[notebook, output, parameters]`; prints, as JSON, the seconds of each
run the first time and the second time in its kernel.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from kamtools.publishing import kernels
from kamtools.publishing.kernels.provisioner import engine_options

TICKS = os.sysconf("SC_CLK_TCK")


def main(runs: str) -> None:
    """Run all cells of each notebook twice in a kernel forked for it, and print the seconds."""
    todo = json.loads(Path(runs).read_text(encoding="utf-8"))
    with kernels.warm():
        json.dump([twice(notebook, parameters) for notebook, _, parameters in todo], sys.stdout)


def twice(path: str, parameters: dict[str, str]) -> tuple[float, float]:
    """Return the processor seconds of the kernel from the first cell's start to the last's end."""
    notebook = parameterize_notebook(load_notebook_node(path), parameters)
    with tempfile.TemporaryDirectory() as working:
        client = NotebookClient(notebook, resources={"metadata": {"path": working}},
                                extra_arguments=["--log-level=CRITICAL"],
                                **engine_options())  # fmt: skip
        with client.setup_kernel():
            pid = client.km.provisioner.pid
            begin = processor_seconds(pid)
            first = run_cells(client, pid)
            return first - begin, run_cells(client, pid) - first


def run_cells(client: NotebookClient, pid: int) -> float:
    """Run all cells; return what the kernel has taken by then."""
    for index, cell in enumerate(client.nb.cells):
        client.execute_cell(cell, index)
    return processor_seconds(pid)


def processor_seconds(pid: int) -> float:
    """Return the processor seconds of a process so far, all threads, to the hundredth."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS


if __name__ == "__main__":
    main(sys.argv[1])
