"""Whether the figures of a report still hold when it is run once more.

What runs are the notebooks of the package, with the parameters that the report tells; never
the notebooks in the report, which anybody may have written.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode

from kamtools.engagement import Engagement, load
from kamtools.publishing import comparing, safe_csv
from kamtools.publishing.records import as_record
from kamtools.publishing.report import write_kept
from kamtools.publishing.rests_on import planned_again
from kamtools.publishing.run import as_of, execute_planned
from kamtools.publishing.standing_report import StandingReport, decisions


@dataclass(frozen=True)
class Figures:
    """What came of another run, by name of the table and of the notebook.

    Attributes
    ----------
    tables
        The first differences of each table; none where it holds.
    decisions
        As `tables`, of the sentences that each notebook decided.
    """

    tables: dict[str, list[str]]
    decisions: dict[str, list[str]]

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return not any([*self.tables.values(), *self.decisions.values()])


def run_again(
    report: StandingReport,
    *,
    folder: Path,
    sources: pd.DataFrame | None = None,
    progress: bool = True,
) -> Figures:
    """Run the package's notebooks as the report tells and compare tables and decisions.

    Parameters
    ----------
    report, folder : as in `rests_on.check_standing`
    sources : of a case, as in `case_run.run_case`; None of an engagement
    progress : whether to show on standard error how far the run is

    Raises
    ------
    InputError, RunError
        As `run.run`; a half-run notebook is kept beside the report.
    """
    folder = folder.resolve()  # notebooks work in a folder of their own
    planned = planned_again(report, folder)
    with tempfile.TemporaryDirectory() as name:
        again = Path(name) / report.folder.resolve().name
        again.mkdir()
        if sources is None:
            firm = load(folder, as_of=as_of(planned))
        _, executed = execute_planned(
            planned, folder, again, out=report.folder.resolve(), progress=progress
        )
        if sources is None:
            _write_tables_of_firm(again / "tables", firm, executed)
        else:
            write_kept(again / "tables", [as_record("sources", sources)], executed)
        tables = _compared_tables(report.folder / "tables", again / "tables")
    return Figures(tables, _compared_decisions(report.notebooks, executed))


def _write_tables_of_firm(
    folder: Path, firm: Engagement, executed: Mapping[str, NotebookNode]
) -> None:
    write_kept(folder, [as_record("quality", firm.quality)], executed)
    safe_csv.write_table(firm.set_aside, folder / "set_aside.csv")


def _compared_tables(was: Path, now: Path) -> dict[str, list[str]]:
    files = sorted({file.name for folder in (was, now) for file in folder.glob("*.csv")})
    return {name.removesuffix(".csv"): _compared(was / name, now / name) for name in files}


def _compared(was: Path, now: Path) -> list[str]:
    if not was.is_file():
        return ["is new"]
    if not now.is_file():
        return ["is not made any more"]
    if was.read_bytes() == now.read_bytes():
        return []
    return comparing.differences(comparing.read_table(was), comparing.read_table(now))


def _compared_decisions(
    was: Mapping[str, NotebookNode], now: Mapping[str, NotebookNode]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, notebook in was.items():
        old, new = decisions(notebook), decisions(now[name])
        is_same = old == new
        found[name] = [] if is_same else [f"was: {_joined(old)}", f"is: {_joined(new)}"]
    return found


def _joined(sentences: list[str]) -> str:
    return " ".join(" ".join(sentences).split()) or "none"
