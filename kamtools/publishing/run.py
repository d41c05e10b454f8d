"""The main job: an engagement and some notebooks become a report in a folder."""

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from kamtools.engagement import load
from kamtools.errors import KamtoolsError
from kamtools.publishing import catalogue, execution, placing
from kamtools.publishing.handover import handed_on, receive
from kamtools.publishing.plan import Planned, plan
from kamtools.publishing.report import write_report


def run(
    folder: Path | str,
    *,
    notebooks: Sequence[str] = (),
    parameters: Mapping[str, Any] | None = None,
    out: Path | str,
    run_stamp: str,
    progress: bool = True,
    source: Path | None = None,
) -> Path:
    """Run notebooks on an engagement, write the report and return its first page.

    The report appears at `out` whole or not at all: while the run lasts, and after one
    that failed or was killed, the previous report stays as it was.

    Parameters
    ----------
    folder : the engagement
    notebooks : short names such as `selection`; all there are where none is given
    parameters : values by name; text is read as the type the notebook declares
    out : folder of the report; an earlier report there is replaced
    run_stamp : text that tells this run from others, such as the time
    progress : whether to show on standard error how far the run is
    source : folder of the notebooks; those that come with the package where none is given

    Raises
    ------
    InputError
        For an unknown notebook or parameter, a value of the wrong type, a faulty
        engagement, or a place that holds something else than a report: before anything
        is written. Also where a notebook refuses the value of a parameter.
    RunError
        If a notebook fails; the message says where, and where the half-run notebook is.
    """
    folder, out = Path(folder).resolve(), Path(out).resolve()
    planned = plan(notebooks, parameters or {}, source or catalogue.notebooks_folder())
    placing.check_place(out, engagement=folder)
    firm = load(folder, as_of=as_of(planned))
    with placing.beside(out) as report:
        run_as, executed = execute_planned(planned, folder, report, out=out, progress=progress)
        write_report(report, firm, run_as, executed, folder=folder, run_stamp=run_stamp)
    return out / "index.html"


def execute_planned(
    planned: Mapping[str, Planned], folder: Path, report: Path, *, out: Path, progress: bool
) -> tuple[dict[str, Planned], dict[str, NotebookNode]]:
    """Return the notebooks as they ran, with what one handed on to the next, and executed.

    Parameters
    ----------
    planned : from `plan.plan`
    folder : of the engagement, or of the case; only its name stays in a notebook
    report : folder that the executed notebooks are saved in
    out : where the report will be: a half-run notebook is kept beside it
    progress : whether to show on standard error how far the run is

    Raises
    ------
    InputError, RunError
        As `run`.
    """
    # Papermill adds a cell where it has parameters to set.
    total = sum(
        execution.cells_to_run(one.notebook) + bool(one.injected(folder))
        for one in planned.values()
    )
    run_as: dict[str, Planned] = {}
    executed: dict[str, NotebookNode] = {}
    handed: dict[str, str] = {}
    with execution.progress_bar(total, shown=progress) as begin:
        for name, one in planned.items():
            path = report / f"{name}.ipynb"
            run_as[name] = receive(one, handed)
            try:
                executed[name], messages = run_notebook(
                    run_as[name], path, folder=folder, on_cell=begin(name)
                )
            except KamtoolsError as error:
                raise type(error)(_where(error, path, out)) from error
            _tell(name, messages)
            handed |= handed_on(executed[name])
    return run_as, executed


def run_notebook(
    one: Planned, path: Path, *, folder: Path, on_cell: Callable[[], None]
) -> tuple[NotebookNode, str]:
    """Return a notebook executed and cleaned, and what it wrote to standard error.

    It works in a folder of its own and is saved to `path`, a half-run one too.

    Parameters
    ----------
    one : with what earlier ones handed on
    folder : of the engagement, or of the case; only its name stays in a notebook
    on_cell : called after each cell

    Raises
    ------
    InputError, RunError
        As `execution.execute`.
    """
    with tempfile.TemporaryDirectory() as working:
        executed = execution.execute(
            one.notebook,
            path,
            parameters=one.injected(folder),
            working=working,
            on_cell=on_cell,
        )
    clean = execution.cleaned(executed, private_paths(folder) | {working: "."})
    nbformat.write(clean, path)
    return clean, execution.standard_error(executed)


def private_paths(folder: Path) -> dict[str, str]:
    """Return paths that must not be told, each with what is told in its place."""
    return {str(folder): folder.name, str(Path.home()): "~"}


def as_of(planned: Mapping[str, Planned]) -> str | None:
    """Return the last day that counts where one is given to a notebook, else None."""
    return next((p.given["as_of"] for p in planned.values() if p.given.get("as_of")), None)


def _where(error: KamtoolsError, path: Path, out: Path) -> str:
    kept = f"The half-run notebook is {placing.keep_half_run(path, out)}." if path.exists() else ""
    return "\n".join(filter(None, [str(error), kept, _previous(out)]))


def _previous(out: Path) -> str:
    return f"The previous report in {out} is as it was." if out.exists() else ""


def _tell(name: str, messages: str) -> None:
    for line in messages.splitlines():
        sys.stderr.write(f"{name}: {line}\n")
