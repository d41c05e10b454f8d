"""What a batch keeps of its jobs beside their reports, so that a later one can go on from it.

`OUT/.partial/JOB/` has the finished notebooks of a job under way, `OUT/.receipts/JOB.json`
says what a finished report was made from. Every file comes whole, by renaming.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from kamtools.publishing import fingerprint, placing, provenance
from kamtools.publishing.batch.outcome import Outcome, as_plain, from_plain
from kamtools.publishing.fingerprint import MadeFrom
from kamtools.publishing.whole_files import write_whole

PARTIAL, RECEIPTS = ".partial", ".receipts"


@dataclass(frozen=True)
class Receipt:
    """Of a finished report: its outcome, what it was made from, the hash of its `run.json`."""

    outcome: Outcome
    made: MadeFrom
    record: str


def keep_notebook(out: Path, name: str, notebook: Path, *, mark: str) -> None:
    """Keep a finished notebook of a job under way.

    Parameters
    ----------
    out : folder of the batch
    name : the job's
    notebook : file of the executed notebook
    mark : its fingerprint
    """
    kept = _kept(out, name, notebook, mark)
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, notebook.read_bytes())


def take_notebook(out: Path, name: str, notebook: Path, *, mark: str) -> NotebookNode | None:
    """Return a notebook kept under that fingerprint and copy it to `notebook`, else None."""
    kept = _kept(out, name, notebook, mark)
    if not kept.is_file():
        return None
    try:
        found = nbformat.read(kept, as_version=4)
    except (ValueError, nbformat.ValidationError):  # a disk that lost it
        return None
    shutil.copyfile(kept, notebook)
    return found


def forget_notebooks(out: Path, name: str) -> None:
    """Delete what is kept of a job under way."""
    shutil.rmtree(out / PARTIAL / name, ignore_errors=True)


def forget_all_notebooks(out: Path) -> None:
    """Delete what is kept of all jobs under way."""
    shutil.rmtree(out / PARTIAL, ignore_errors=True)


def write_receipt(out: Path, outcome: Outcome, made: MadeFrom) -> None:
    """Say what the report of a job, which stands in its place, was made from."""
    plain = {
        "outcome": as_plain(outcome),
        "made_from": fingerprint.as_plain(made),
        "record": provenance.sha256(out / outcome.name / placing.RECORD),
    }
    text = json.dumps(plain, indent=1, ensure_ascii=False) + "\n"
    (out / RECEIPTS).mkdir(exist_ok=True)
    write_whole(_receipt(out, outcome.name), text.encode("utf-8"))


def read_receipt(out: Path, name: str) -> Receipt | None:
    """Return the receipt of a job, None where there is none that can be read."""
    try:
        plain = json.loads(_receipt(out, name).read_text(encoding="utf-8"))
        made = MadeFrom(**plain["made_from"])
        return Receipt(from_plain(plain["outcome"]), made, plain["record"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def why_anew(out: Path, name: str, now: MadeFrom) -> list[str]:
    """Return why a job must run, in words; nothing where its report stands and is the same."""
    report = out / name
    receipt = read_receipt(out, name)
    if not report.is_dir():
        return ["there is no report yet"]
    if receipt is None:
        return ["nothing says what the report there was made from"]
    return fingerprint.changes(receipt.made, now) + _damage(report, receipt.record)


def _damage(report: Path, record: str) -> list[str]:
    """Return which files of a report are not as they were written."""
    path = report / placing.RECORD
    if not path.is_file() or provenance.sha256(path) != record:
        return [f"{placing.RECORD} of the report is not as it was written"]
    files = json.loads(path.read_text(encoding="utf-8"))["files"]
    return [
        f"{name} of the report is not as it was written"
        for name, written in files.items()
        if not (report / name).is_file() or provenance.sha256(report / name) != written
    ]


def _kept(out: Path, name: str, notebook: Path, mark: str) -> Path:
    return out / PARTIAL / name / f"{notebook.stem}.{mark[:32]}.ipynb"


def _receipt(out: Path, name: str) -> Path:
    return out / RECEIPTS / f"{name}.json"
