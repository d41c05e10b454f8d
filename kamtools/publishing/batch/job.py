"""One job of a batch: an engagement, some notebooks and parameters become a report.

It may run in any process that sees the folders, and be killed at any moment: its report is
there whole or as it was, and the notebooks it has finished are kept.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from kamtools.engagement import load
from kamtools.errors import KamtoolsError, RunError
from kamtools.publishing import fingerprint, placing
from kamtools.publishing.batch import store
from kamtools.publishing.batch.jobs import Job
from kamtools.publishing.batch.outcome import Outcome
from kamtools.publishing.execution import without_paths
from kamtools.publishing.fingerprint import MadeFrom
from kamtools.publishing.handover import handed_on, receive
from kamtools.publishing.plan import Planned, plan
from kamtools.publishing.report import write_report
from kamtools.publishing.run import as_of, private_paths, run_notebook
from kamtools.publishing.standing_report import decisions


class _StoppedAtError(RunError):
    """A notebook of a job that failed, with the cell where it can be told."""

    def __init__(self, notebook: str, cell: str, message: str) -> None:
        super().__init__(message)
        self.notebook, self.cell = notebook, cell


def run_job(
    job: Job,
    out: Path,
    *,
    is_resuming: bool,
    run_stamp: str,
    on_notebook: Callable[[str], None],
) -> Outcome:
    """Run a job and return what became of it; whatever a firm's files or notebooks do.

    What cells write to standard error is not told: `kam run` on the firm shows it.

    Parameters
    ----------
    out : folder of the batch, absolute, which is there
    is_resuming : whether a report that is complete and unchanged may stay
    run_stamp : text that tells this batch from others
    on_notebook : called with the short name of each notebook that is done
    """
    begun = time.monotonic()
    try:
        outcome = _run(job, out, is_resuming, run_stamp, on_notebook)
    except (KamtoolsError, OSError) as error:
        outcome = _failed(job, str(error))
    except Exception as error:
        outcome = _failed(job, f"a fault in kamtools itself ({type(error).__name__}: {error})")
    return replace(outcome, seconds=round(time.monotonic() - begun, 2))


def _run(
    job: Job, out: Path, is_resuming: bool, run_stamp: str, on_notebook: Callable[[str], None]
) -> Outcome:
    planned = plan(job.notebooks, dict(job.parameters), job.source)
    made = fingerprint.made_from(planned, job.folder)
    receipt = store.read_receipt(out, job.name)
    if is_resuming and receipt and not store.why_anew(out, job.name, made):
        return replace(receipt.outcome, status="unchanged")
    place = out / job.name
    placing.check_place(place, engagement=job.folder)
    firm = load(job.folder, as_of=as_of(planned))
    outcome = Outcome(job.name, "ran", firm.name, firm.as_of.isoformat())
    try:
        with placing.beside(place) as report:
            run_as, executed = _execute(job, planned, made, out, report, on_notebook)
            write_report(report, firm, run_as, executed, folder=job.folder, run_stamp=run_stamp)
            _check_unchanged(made, job.folder)
    except _StoppedAtError as error:
        return replace(
            outcome, status="failed", notebook=error.notebook, cell=error.cell, message=str(error)
        )
    told = [(name, text) for name, one in executed.items() for text in decisions(one)]
    outcome = replace(outcome, decisions=tuple(told))
    store.write_receipt(out, outcome, made)
    store.forget_notebooks(out, job.name)
    placing.forget_half_run(planned, place)
    return outcome


def _execute(
    job: Job,
    planned: Mapping[str, Planned],
    made: MadeFrom,
    out: Path,
    report: Path,
    on_notebook: Callable[[str], None],
) -> tuple[dict[str, Planned], dict[str, NotebookNode]]:
    """Return the notebooks as they ran, and executed; those kept from before are taken."""
    run_as: dict[str, Planned] = {}
    executed: dict[str, NotebookNode] = {}
    handed: dict[str, str] = {}
    for name, one in planned.items():
        path = report / f"{name}.ipynb"
        run_as[name] = receive(one, handed)
        mark = fingerprint.of_notebook(made, name, run_as[name], job.folder)
        is_certain = fingerprint.is_certain(made)
        kept = store.take_notebook(out, job.name, path, mark=mark) if is_certain else None
        executed[name] = kept or _execute_one(job, name, run_as[name], path, out)
        if is_certain and kept is None:
            store.keep_notebook(out, job.name, path, mark=mark)
        handed |= handed_on(executed[name])
        on_notebook(name)
    return run_as, executed


def _execute_one(job: Job, name: str, one: Planned, path: Path, out: Path) -> NotebookNode:
    try:
        return run_notebook(one, path, folder=job.folder, on_cell=lambda: None)[0]
    except KamtoolsError as error:
        cell, message = "", str(error)
        if path.exists():
            placing.keep_half_run(path, out / job.name)
            cell, said = _failing_cell(nbformat.read(path, as_version=4))
            message = said or message
        private = private_paths(job.folder)
        told = [without_paths(text, private) for text in (cell, message)]
        raise _StoppedAtError(name, *told) from error


def _failing_cell(half_run: NotebookNode) -> tuple[str, str]:
    """Return the source of the cell that a half-run notebook stopped at, and its error.

    The last cell that ran, where none says an error: the kernel died in it.
    """
    ran = [cell for cell in half_run.cells if cell.cell_type == "code"]
    for cell in ran:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                return cell.source, f"{output.ename}: {output.evalue}"
    return (ran[-1].source if ran else ""), ""


def _check_unchanged(made: MadeFrom, folder: Path) -> None:
    """Refuse what was read from files that somebody changed meanwhile."""
    now = replace(made, inputs=fingerprint.input_hashes(folder))
    if fingerprint.is_certain(made) and (changed := fingerprint.changes(made, now)):
        raise RunError(
            f"while the notebooks ran, {_some(changed)}; expected files that stay as they "
            "are meanwhile. The same command with --resume runs the firm again"
        )


def _some(changed: Sequence[str]) -> str:
    more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
    return ", ".join(changed[:5]) + more


def _failed(job: Job, message: str) -> Outcome:
    told = without_paths(message, private_paths(job.folder))
    return Outcome(job.name, "failed", message=told)
