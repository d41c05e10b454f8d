"""The files of a report: pages, tables, and `run.json`, which says how to repeat it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from kamtools.engagement import Engagement
from kamtools.errors import RunError
from kamtools.publishing import fingerprint, placing, provenance, safe_csv
from kamtools.publishing.documents import write_documents
from kamtools.publishing.files import write_files
from kamtools.publishing.html import Setting, index_page, notebook_page
from kamtools.publishing.plan import Planned
from kamtools.publishing.records import Record, as_record, kept_tables

BY_RUNNER = ("quality", "set_aside")
"""Tables made from the engagement itself, which a notebook may show but not replace."""


def write_report(
    report: Path,
    firm: Engagement,
    planned: Mapping[str, Planned],
    executed: Mapping[str, NotebookNode],
    *,
    folder: Path,
    run_stamp: str,
) -> None:
    """Write everything but the executed notebooks, which are in the report already.

    Parameters
    ----------
    report : folder to write into
    folder : the engagement's; only its name is told
    run_stamp : stands in run.json and on the first page, and nowhere else
    """
    setting = Setting(firm.name, firm.as_of.isoformat(), firm.language)
    quality = as_record("quality", firm.quality)
    tables = report / "tables"
    rows = write_kept(tables, [quality], executed)
    rows["set_aside"] = safe_csv.write_table(firm.set_aside, tables / "set_aside.csv")
    record = _record(report, firm, planned, rows, folder=folder, run_stamp=run_stamp)
    pages = notebook_pages(report, executed, setting=setting)
    pages["index.html"] = index_page(executed, setting=setting, record=record, quality=quality)
    write_pages(report, pages, record)


def notebook_pages(
    report: Path, executed: Mapping[str, NotebookNode], *, setting: Setting
) -> dict[str, str]:
    """Return the page of each notebook by file name; what it hands over is written."""
    return {
        f"{name}.html": notebook_page(
            notebook,
            name=name,
            setting=setting,
            documents=write_documents(notebook, report / "documents"),
            files=write_files(notebook, report / "tables"),
        )
        for name, notebook in executed.items()
    }


def write_pages(report: Path, pages: Mapping[str, str], record: Mapping[str, Any]) -> None:
    """Write the pages by file name, and last `run.json` with the hash of every file."""
    for file, page in pages.items():
        (report / file).write_text(page, encoding="utf-8", newline="\n")
    files = {name: provenance.sha256(report / name) for name in placing.list_files(report)}
    content = record_bytes({**record, "files": files})
    (report / placing.RECORD).write_bytes(content)


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """Return the contents of `run.json`."""
    return (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def write_kept(
    folder: Path, own: Sequence[Record], executed: Mapping[str, NotebookNode]
) -> dict[str, int]:
    """Write the runner's own tables and those the notebooks kept; return how many rows each has.

    Raises
    ------
    RunError
        If a name is kept twice.
    """
    folder.mkdir()
    kept = [record for notebook in executed.values() for record in kept_tables(notebook)]
    rows: dict[str, int] = {}
    for record in [*own, *(record for record in kept if record["name"] not in BY_RUNNER)]:
        name = record["name"]
        if name in rows:
            raise RunError(f"the table {name} is kept twice; expected a name of its own for each")
        safe_csv.write_record(record, folder / f"{name}.csv")
        rows[name] = len(record["rows"])
    return rows


def record_notebooks(planned: Mapping[str, Planned], folder: Path) -> dict[str, Any]:
    """Return what run.json says of each notebook: its hash, parameters and seeds."""
    return {
        name: {
            "sha256": provenance.sha256(plan.file),
            "parameters": plan.values(folder),
            "seeds": _seeds(plan.values(folder)),
        }
        for name, plan in planned.items()
    }


def record_tables(tables: Path, rows: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return what run.json says of each table, in the order of their names."""
    return [
        {"file": f"{name}.csv", "rows": count, "sha256": provenance.sha256(tables / f"{name}.csv")}
        for name, count in sorted(rows.items())
    ]


def record_software() -> dict[str, Any]:
    """Return what run.json says of the program: versions, hash of the package, commit."""
    return {
        "versions": provenance.versions(),
        "package_sha256": fingerprint.package_hash(),
        "commit": provenance.commit(),
        "uncommitted_changes": provenance.has_uncommitted_changes(),
    }


def _record(
    report: Path,
    firm: Engagement,
    planned: Mapping[str, Planned],
    rows: Mapping[str, int],
    *,
    folder: Path,
    run_stamp: str,
) -> dict[str, Any]:
    """Return what run.json says of a run."""
    return {
        "run_stamp": run_stamp,
        "engagement": {
            "folder": folder.name,
            "name": firm.name,
            "as_of": firm.as_of.isoformat(),
            "currency": firm.currency,
            "language": firm.language,
        },
        "notebooks": record_notebooks(planned, folder),
        "inputs": provenance.input_hashes(firm.files, folder),
        "tables": record_tables(report / "tables", rows),
        "set_aside": rows["set_aside"],
        **record_software(),
    }


def _seeds(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name.split("_")[-1] == "seed"}
