"""The files of a report: pages, tables, and `run.json`, which says how to repeat it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from kamtools.engagement import Engagement
from kamtools.errors import RunError
from kamtools.publishing import placing, provenance, safe_csv
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
    rows = _write_tables(report / "tables", firm, quality, executed)
    record = _record(report, firm, planned, rows, folder=folder, run_stamp=run_stamp)
    pages = {
        f"{name}.html": notebook_page(
            notebook,
            name=name,
            setting=setting,
            documents=write_documents(notebook, report / "documents"),
            files=write_files(notebook, report / "tables"),
        )
        for name, notebook in executed.items()
    }
    pages["index.html"] = index_page(executed, setting=setting, record=record, quality=quality)
    for file, page in pages.items():
        (report / file).write_text(page, encoding="utf-8", newline="\n")
    record["files"] = placing.list_files(report)
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (report / placing.RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_tables(
    folder: Path, firm: Engagement, quality: Record, executed: Mapping[str, NotebookNode]
) -> dict[str, int]:
    """Write every table and return how many rows each has."""
    folder.mkdir()
    records = [quality]
    for notebook in executed.values():
        records += [r for r in kept_tables(notebook) if r["name"] not in BY_RUNNER]
    rows: dict[str, int] = {}
    for record in records:
        name = record["name"]
        if name in rows:
            raise RunError(f"the table {name} is kept twice; expected a name of its own for each")
        safe_csv.write_record(record, folder / f"{name}.csv")
        rows[name] = len(record["rows"])
    return rows | {"set_aside": safe_csv.write_table(firm.set_aside, folder / "set_aside.csv")}


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
    tables = report / "tables"
    return {
        "run_stamp": run_stamp,
        "engagement": {
            "folder": folder.name,
            "name": firm.name,
            "as_of": firm.as_of.isoformat(),
            "currency": firm.currency,
            "language": firm.language,
        },
        "notebooks": {
            name: {
                "sha256": provenance.sha256(plan.file),
                "parameters": plan.values(folder),
                "seeds": _seeds(plan.values(folder)),
            }
            for name, plan in planned.items()
        },
        "inputs": provenance.input_hashes(firm.files, folder),
        "tables": [
            {
                "file": f"{name}.csv",
                "rows": count,
                "sha256": provenance.sha256(tables / f"{name}.csv"),
            }
            for name, count in sorted(rows.items())
        ],
        "set_aside": rows["set_aside"],
        "versions": provenance.versions(),
        "commit": provenance.commit(),
    }


def _seeds(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name.split("_")[-1] == "seed"}
