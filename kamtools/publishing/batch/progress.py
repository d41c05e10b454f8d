"""How far a batch is: one bar over all notebooks, or one line a job where nobody looks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from kamtools.publishing.batch.jobs import Job
from kamtools.publishing.batch.outcome import Outcome

_SECONDS_LOOKED_BACK = 600
_COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TextColumn("notebooks"),
    TimeElapsedColumn(),
    TextColumn("left"),
    TimeRemainingColumn(),
)


class BatchProgress:
    """What is shown of a batch: notebooks done, and those that a finished job still had."""

    def __init__(self, console: Console, bar: Progress, task: TaskID, jobs: Sequence[Job]) -> None:
        self._console, self._bar, self._task = console, bar, task
        self._open = {job.name: set(job.notebooks) for job in jobs}
        self._left = len(jobs)

    def on_notebook(self, job: str, notebook: str) -> None:
        """Count a notebook that is done, once."""
        if notebook in self._open[job]:
            self._open[job].remove(notebook)
            self._bar.advance(self._task)

    def on_outcome(self, outcome: Outcome) -> None:
        """Tell of a job that is done; notebooks that it will not run count no longer."""
        self._left -= 1
        total = self._bar.tasks[self._task].total or 0
        not_run = len(self._open.pop(outcome.name))
        self._bar.update(self._task, total=total - not_run, description=f"{self._left} to go")
        if outcome.status == "failed" or not self._console.is_terminal:
            self._console.print(_line(outcome), markup=False, highlight=False)


@contextmanager
def batch_progress(jobs: Sequence[Job], *, shown: bool) -> Iterator[BatchProgress]:
    """Give what to tell of notebooks and jobs; it is shown on standard error."""
    console = Console(stderr=True, quiet=not shown, soft_wrap=True)
    bar = Progress(
        *_COLUMNS,
        console=console,
        disable=not console.is_terminal,
        speed_estimate_period=_SECONDS_LOOKED_BACK,
    )
    with bar:
        total = sum(len(job.notebooks) for job in jobs)
        task = bar.add_task(f"{len(jobs)} to go", total=total)
        yield BatchProgress(console, bar, task, jobs)


def _line(outcome: Outcome) -> str:
    r"""Return what is said of a finished job in one line.

    Examples
    --------
    >>> _line(Outcome("tea", "ran", seconds=3.21))
    'tea: ran, 3 s'
    >>> _line(Outcome("salt", "failed", notebook="role", message="KeyError: 'top'\nmore"))
    "salt: failed in role: KeyError: 'top': more"
    """
    if outcome.status != "failed":
        return f"{outcome.name}: {outcome.status}, {outcome.seconds:.0f} s"
    place = f" in {outcome.notebook}" if outcome.notebook else ""
    first, *more = [line.strip() for line in outcome.message.splitlines() if line.strip()]
    # Of a list of faults the heading alone tells nothing.
    told = f"{first.removeprefix(f'{outcome.name} ')}{': ' + more[0] if more else ''}"
    return f"{outcome.name}: failed{place}: {told}"
