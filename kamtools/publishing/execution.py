"""A notebook run by papermill, and what of a run must not be left in it.

The executed notebook holds nothing that differs between two runs of the same inputs, and
nothing of the machine: no times, no random names, no paths. What a cell wrote to standard
error (warnings, which name files of the machine) goes to the terminal instead.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kamtools.errors import InputError, RunError
from kamtools.publishing.kernels.provisioner import engine_options
from kamtools.publishing.pictures import PNG, shrink

KERNEL = "python3"
INJECTED = "injected-parameters"
_WIDGET = "application/vnd.jupyter.widget-view+json"
_OF_THE_RUN = ("papermill", "execution", "widgets")
_PICTURES = ("image/png", "image/jpeg")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def read_notebook(path: Path) -> NotebookNode:
    """Return a notebook in which every cell has an id of its own that stays the same."""
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells):
        cell.setdefault("id", f"cell-{number}")
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    return notebook


def execute(
    notebook: NotebookNode,
    path: Path,
    *,
    parameters: Mapping[str, Any],
    working: str,
    on_cell: Callable[[], None],
) -> NotebookNode:
    """Run a notebook and return it executed; it is saved to `path`, a half-run one too.

    Parameters
    ----------
    working : folder the kernel works in
    on_cell : called after each cell

    Raises
    ------
    InputError
        If a cell refused what it was given with the same error.
    RunError
        If a cell failed for another reason, or no kernel could be had.
    """
    # Names and types were checked; papermill's warnings about them would be wrong.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    begun: list[NotebookNode] = []
    try:
        return papermill.execute_notebook(
            notebook,
            str(path).replace("{", "{{").replace("}", "}}"),  # papermill fills in braces
            parameters=dict(parameters),
            kernel_name=KERNEL,
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,  # which took a quarter of a run
            cwd=working,
            extra_arguments=["--log-level=CRITICAL"],  # of the kernel: no notes on start and end
            on_cell_start=lambda cell, **_: begun.append(cell),
            on_cell_executed=lambda **_: on_cell(),
            **engine_options(),
        )
    except PapermillExecutionError as error:
        kind = InputError if error.ename == InputError.__name__ else RunError
        raise kind(_failure(path.stem, error)) from error
    except Exception as error:  # a kernel that would not start, or died
        if begun:
            nbformat.write(nbformat.from_dict({**notebook, "cells": begun}), path)
        raise RunError(f"{path.stem} could not be run: {error}") from error


def cleaned(notebook: NotebookNode, private: Mapping[str, str]) -> NotebookNode:
    """Return an executed notebook without what belongs to the run or the machine.

    Parameters
    ----------
    private : absolute paths and what to write in their place; the root is left alone
    """
    cells = [_cleaned_cell(cell) for cell in notebook.cells]
    kept = {k: v for k, v in notebook.metadata.items() if k not in _OF_THE_RUN}
    clean = {**notebook, "metadata": kept, "cells": cells}
    return nbformat.from_dict(without_paths(clean, private))


def without_paths(value: Any, private: Mapping[str, str]) -> Any:  # noqa: ANN401 (any of JSON)
    """Return a text, or a structure of texts, with other words in the place of paths.

    Parameters
    ----------
    private : absolute paths and what to write in their place; the root is left alone
    """
    longest_first = sorted(private.items(), key=lambda pair: -len(pair[0]))
    pairs = [
        (re.compile(rf"(?<![\w/.-]){re.escape(path)}(?![\w-])"), name)
        for path, name in longest_first
        if len(path) > 1
    ]
    return _replaced(value, pairs)


def standard_error(notebook: NotebookNode) -> str:
    """Return what the cells of a notebook wrote to standard error."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join(output.text for output in outputs if output.get("name") == "stderr")


def cells_to_run(notebook: NotebookNode) -> int:
    """Return how many cells of a notebook will be executed."""
    return sum(c.cell_type == "code" and bool(c.source.strip()) for c in notebook.cells)


@contextmanager
def progress_bar(total: int, *, shown: bool) -> Iterator[Callable[[str], Callable[[], None]]]:
    """Give a function that takes a notebook's name and returns what to call for each cell.

    One bar for all cells of all notebooks; where nobody looks at a terminal, one line for
    each notebook.
    """
    console = Console(stderr=True, quiet=not shown, soft_wrap=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)

        def begin(name: str) -> Callable[[], None]:
            progress.update(task, description=name)
            if not console.is_terminal:
                console.print(f"running {name}")
            return lambda: progress.advance(task)

        yield begin


def _failure(name: str, error: PapermillExecutionError) -> str:
    if error.ename == InputError.__name__:
        return f"{name}: {error.evalue}"
    source = error.source.strip().replace("\n", "\n    ")
    return (
        f"{name} stopped at cell [{error.exec_count}]:\n    {source}\n"
        f"with {error.ename}: {error.evalue}"
    )


def _cleaned_cell(cell: NotebookNode) -> dict[str, Any]:
    tags = cell.metadata.get("tags", ())
    metadata = {k: v for k, v in cell.metadata.items() if k not in _OF_THE_RUN}
    clean = {**cell, "metadata": metadata}
    if INJECTED in tags:
        clean["id"] = INJECTED
    if "outputs" in cell:
        clean["outputs"] = [_cleaned_output(o) for o in cell.outputs if _is_for_readers(o)]
    return clean


def _is_for_readers(output: NotebookNode) -> bool:
    data = output.get("data", {})
    is_dead_widget = _WIDGET in data and "text/html" not in data
    return output.get("name") != "stderr" and not is_dead_widget


def _cleaned_output(output: NotebookNode) -> dict[str, Any]:
    if "data" not in output:
        return dict(output)
    # A widget has a random name; what it shows without a front end stays.
    data = {mime: content for mime, content in output.data.items() if mime != _WIDGET}
    if "text/plain" in data:
        data["text/plain"] = _ADDRESS.sub("", data["text/plain"])
    if PNG in data:
        data[PNG] = shrink(data[PNG])
    return {**output, "data": data}


def _replaced(value: object, pairs: list[tuple[re.Pattern[str], str]]) -> object:
    if isinstance(value, str):
        for old, new in pairs:
            value = old.sub(new.replace("\\", "\\\\"), value)
        return value
    if isinstance(value, dict):
        return {k: v if k in _PICTURES else _replaced(v, pairs) for k, v in value.items()}
    if isinstance(value, list):
        return [_replaced(entry, pairs) for entry in value]
    return value
