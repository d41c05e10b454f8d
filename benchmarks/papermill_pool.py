"""Notebooks run by papermill's own call in a pool of processes: a peer of `kam batch`.

    python -m benchmarks.papermill_pool RUNS.json WORKERS

RUNS.json is a list of `[notebook, output, parameters]`.
"""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import papermill


def main(runs: str, workers: str) -> None:
    """Run the notebooks, so many at once."""
    todo = json.loads(Path(runs).read_text(encoding="utf-8"))
    with ProcessPoolExecutor(int(workers)) as pool:
        list(pool.map(execute, todo))


def execute(run: tuple[str, str, dict[str, str]]) -> None:
    """Run one notebook."""
    notebook, output, parameters = run
    papermill.execute_notebook(
        notebook, output, parameters=parameters, kernel_name="python3", progress_bar=False
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
