"""A case study run as an engagement is: its story, sources and notebook become one report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.publishing import placing, provenance
from kamtools.publishing.case_page import case_page
from kamtools.publishing.html import Setting
from kamtools.publishing.plan import plan_files
from kamtools.publishing.records import as_record
from kamtools.publishing.report import (
    notebook_pages,
    record_notebooks,
    record_software,
    record_tables,
    write_kept,
    write_pages,
)
from kamtools.publishing.run import execute_planned

STORY, FACTS, NOTEBOOK = "case.md", "facts.toml", "case.ipynb"
NAME = "case"
"""The notebook's short name, and the parameter of it that says which case: not to be set."""


def run_case(
    folder: Path | str,
    *,
    title: str,
    sources: pd.DataFrame,
    parameters: Mapping[str, Any] | None = None,
    out: Path | str,
    run_stamp: str,
    progress: bool = True,
) -> Path:
    """Run the notebook of a case, write the report and return its first page.

    The report appears at `out` whole or not at all, as in `run.run`.

    Parameters
    ----------
    folder : of the case: `case.md`, `facts.toml` and `case.ipynb`
    title : of the case
    sources : (n_facts, n_columns), shown under the story, folded, and kept as `sources`
    parameters : values by name; text is read as the type the notebook declares
    out : folder of the report; an earlier report there is replaced
    run_stamp : text that tells this run from others, such as the time
    progress : whether to show on standard error how far the run is

    Raises
    ------
    InputError
        For a parameter that is not known or names another case, a value of the wrong type,
        or a place that holds something else than a report: before anything is written.
    RunError
        If the notebook fails; the message says where, and where the half-run notebook is.
    """
    folder, out = Path(folder).resolve(), Path(out).resolve()
    if NAME in (parameters or {}):
        raise InputError(f"{NAME}: is the case of the run and cannot be set as a parameter")
    planned = plan_files({NAME: folder / NOTEBOOK}, parameters or {})
    placing.check_place(out, engagement=folder)
    kept = as_record("sources", sources)
    setting = Setting(title, "", "en")
    with placing.beside(out) as report:
        run_as, executed = execute_planned(planned, folder, report, out=out, progress=progress)
        rows = write_kept(report / "tables", [kept], executed)
        record = {
            "run_stamp": run_stamp,
            "case": {"folder": folder.name, "title": title},
            "notebooks": record_notebooks(run_as, folder),
            "inputs": provenance.input_hashes(case_inputs(folder), folder),
            "tables": record_tables(report / "tables", rows),
            **record_software(),
        }
        pages = notebook_pages(report, executed, setting=setting)
        story = (folder / STORY).read_text(encoding="utf-8")
        pages["index.html"] = case_page(story, setting=setting, sources=kept, record=record)
        write_pages(report, pages, record)
    return out / "index.html"


def case_inputs(folder: Path) -> list[Path]:
    """Return the files that a case is read from: its story, its facts, its tables."""
    return [folder / STORY, folder / FACTS, *folder.glob("data/*.csv")]
