"""Many engagements in one go: each becomes a report, and one page looks over them all."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kamtools.errors import InputError, KamtoolsError
from kamtools.publishing import catalogue, fingerprint, kernels, placing, whole_files
from kamtools.publishing.batch import cluster, local, store
from kamtools.publishing.batch.jobs import Job, read_jobs
from kamtools.publishing.batch.outcome import Outcome
from kamtools.publishing.batch.place import PAGE, alone_in, check_batch_place, reports_beside
from kamtools.publishing.batch.progress import BatchProgress, batch_progress
from kamtools.publishing.batch.summary import Summary
from kamtools.publishing.plan import plan

NOT_DONE = "not done yet when this was written; the same command with --resume goes on"


@dataclass(frozen=True)
class Batch:
    """What a batch came to.

    Attributes
    ----------
    page
        Of the summary.
    outcomes
        One a job, in the order of the plan.
    others
        Reports in the folder that are not of this batch and were left alone.
    is_stopped
        Whether Ctrl-C ended it before it was done.
    """

    page: Path
    outcomes: tuple[Outcome, ...]
    others: tuple[str, ...]
    is_stopped: bool


@dataclass(frozen=True)
class Intention:
    """What a batch would do with a job: nothing where there is no reason to run it.

    Examples
    --------
    >>> job = Job("tea", Path("firms/tea"), ("selection", "role"), (("top", "3"),), Path("."))
    >>> print(Intention(job, ("invoices.csv changed",)))
    tea: selection, role with top=3: runs, as invoices.csv changed
    >>> print(Intention(job, ()))
    tea: selection, role with top=3: skipped, as the report is complete and nothing changed
    """

    job: Job
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in one line."""
        given = ", ".join(f"{name}={value}" for name, value in self.job.parameters)
        what = ", ".join(self.job.notebooks) + (f" with {given}" if given else "")
        why = "; ".join(self.reasons)
        then = (
            f"runs, as {why}" if why else "skipped, as the report is complete and nothing changed"
        )
        return f"{self.job.name}: {what}: {then}"


def batch(
    source: Path | str,
    *,
    notebooks: Sequence[str] = (),
    parameters: Mapping[str, str] | None = None,
    out: Path | str,
    run_stamp: str,
    workers: int | None = None,
    is_resuming: bool = False,
    scheduler: str | None = None,
    progress: bool = True,
    notebooks_source: Path | None = None,
) -> Batch:
    """Run notebooks on many engagements, write a report of each and a page over all.

    One engagement's failure never stops the others. After each job `OUT/batch.json` and
    `OUT/index.html` say how things stand, so that they are true whenever the batch ends.

    Parameters
    ----------
    source : folder of engagements, or plan (CSV): see `jobs`
    notebooks : short names; all there are where neither these nor the plan name any
    parameters : text by name, for all jobs whose notebooks know it
    out : folder of the reports, one sub-folder each
    run_stamp : text that tells this batch from others, such as the time
    workers : how many jobs run at once; as many as there are processors to use if not given
    is_resuming : whether to skip reports that are complete and unchanged, and to go on from
        notebooks that were finished when an earlier batch ended
    scheduler : address of a Dask scheduler whose workers see the same folders; `workers`
        does not count then
    progress : whether to show on standard error how far the batch is
    notebooks_source : folder of the notebooks; those that come with the package if not given

    Raises
    ------
    InputError
        For every fault of the plan, a place that holds something else, another batch at
        work there, or a cluster that cannot run it: before anything is written.
    """
    out = Path(out).resolve()
    jobs = _checked_jobs(source, notebooks, parameters, out, notebooks_source)
    _check_workers(workers)
    if scheduler is not None:
        cluster.check_cluster(scheduler)
    outcomes = {job.name: Outcome(job.name, "stopped", message=NOT_DONE) for job in jobs}
    is_stopped = False
    # On a cluster its workers keep kernels warm, each its own.
    here = kernels.warm() if scheduler is None else nullcontext()
    with alone_in(out), here, batch_progress(jobs, shown=progress) as shown:
        _clear_up(out, jobs, is_resuming)
        summary = Summary(out, jobs, run_stamp=run_stamp)
        summary.write(outcomes.values())
        try:
            started = _run(jobs, out, workers, is_resuming, scheduler, run_stamp, shown)
            with closing(started) as arriving:
                for outcome in arriving:
                    outcomes[outcome.name] = outcome
                    shown.on_outcome(outcome)
                    summary.write(outcomes.values())
        except KeyboardInterrupt:
            is_stopped = True
    others = reports_beside(out, jobs)
    return Batch(out / PAGE, tuple(outcomes.values()), tuple(others), is_stopped)


def intentions(
    source: Path | str,
    *,
    notebooks: Sequence[str] = (),
    parameters: Mapping[str, str] | None = None,
    out: Path | str,
    is_resuming: bool = False,
    notebooks_source: Path | None = None,
) -> list[Intention]:
    """Return what `batch` would do, given the same, and write nothing.

    Raises
    ------
    InputError
        As `batch`, but for another batch at work.
    """
    out = Path(out).resolve()
    jobs = _checked_jobs(source, notebooks, parameters, out, notebooks_source)
    return [Intention(job, tuple(_reasons(job, out, is_resuming))) for job in jobs]


def _checked_jobs(
    source: Path | str,
    notebooks: Sequence[str],
    parameters: Mapping[str, str] | None,
    out: Path,
    notebooks_source: Path | None,
) -> list[Job]:
    jobs = read_jobs(
        Path(source),
        notebooks=notebooks,
        parameters=parameters or {},
        notebooks_source=notebooks_source or catalogue.notebooks_folder(),
    )
    check_batch_place(out, jobs)
    return jobs


def _check_workers(workers: int | None) -> None:
    if workers is not None and workers < 1:
        raise InputError(f"workers: saw {workers}; expected a whole number of at least 1")


def _clear_up(out: Path, jobs: Sequence[Job], is_resuming: bool) -> None:
    """Clear what a batch that was killed has left of these jobs; to resume, all but notebooks."""
    for job in jobs:
        placing.recover(out / job.name)
    for folder in (out, out / store.RECEIPTS):
        whole_files.clear_begun(folder)
    if not is_resuming:
        store.forget_all_notebooks(out)


def _reasons(job: Job, out: Path, is_resuming: bool) -> list[str]:
    if not is_resuming:
        return ["without --resume every job runs"]
    try:
        made = fingerprint.made_from(
            plan(job.notebooks, dict(job.parameters), job.source), job.folder
        )
    except (KamtoolsError, OSError) as error:
        return [f"it cannot be said what changed: {error}"]
    return store.why_anew(out, job.name, made)


def _run(
    jobs: Sequence[Job],
    out: Path,
    workers: int | None,
    is_resuming: bool,
    scheduler: str | None,
    run_stamp: str,
    shown: BatchProgress,
) -> Generator[Outcome]:
    told: dict[str, Any] = {
        "is_resuming": is_resuming,
        "run_stamp": run_stamp,
        "on_notebook": shown.on_notebook,
    }
    if scheduler is not None:
        from kamtools.publishing.batch import dask  # an extra, which takes a second to load

        return dask.run_jobs(jobs, out, address=scheduler, **told)
    return local.run_jobs(jobs, out, workers=workers or local.usable_workers(), **told)
