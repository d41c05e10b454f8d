"""How a batch stands, written anew after each job: `batch.json` and the page over all."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from kamtools.publishing import provenance
from kamtools.publishing.batch.jobs import Job
from kamtools.publishing.batch.outcome import Outcome, as_plain
from kamtools.publishing.batch.page import summary_page
from kamtools.publishing.batch.place import PAGE, RECORD
from kamtools.publishing.whole_files import write_whole


class Summary:
    """The summary of one batch: its plan, settled at the start, and where to write."""

    def __init__(self, out: Path, jobs: Sequence[Job], *, run_stamp: str) -> None:
        self._out, self._run_stamp = out, run_stamp
        self._given = {job.name: job.parameters for job in jobs}
        self._plan = {
            "run_stamp": run_stamp,
            "versions": provenance.versions(),
            "commit": provenance.commit(),
            "jobs": [
                {
                    "name": job.name,
                    "folder": job.folder.name,
                    "notebooks": list(job.notebooks),
                    "parameters": dict(job.parameters),
                }
                for job in jobs
            ],
        }

    def write(self, outcomes: Iterable[Outcome]) -> None:
        """Write both files, each whole."""
        told = list(outcomes)
        record = {**self._plan, "outcomes": [as_plain(outcome) for outcome in told]}
        text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
        page = summary_page(told, given=self._given, out=self._out, run_stamp=self._run_stamp)
        write_whole(self._out / RECORD, text.encode("utf-8"))
        write_whole(self._out / PAGE, page.encode("utf-8"))
