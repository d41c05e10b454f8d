"""Documents that a notebook keeps for the report: charters, briefings and account plans.

As with tables, the executed notebook is the record: it holds what the document says, and
`kam run` writes the files from it.
"""

import dataclasses
import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from IPython.display import display
from nbformat import NotebookNode

from kamtools.planning.account_plan import KeyAccountPlan
from kamtools.planning.briefing_form import Briefing
from kamtools.publishing.documents import briefing_files, plan_document
from kamtools.publishing.documents.charter import to_markdown, write_charter
from kamtools.role.charter_form import Charter, Line, Section

CHARTER_MIME = "application/vnd.kamtools.charter+json"
BRIEFING_MIME = "application/vnd.kamtools.briefing+json"
PLAN_MIME = "application/vnd.kamtools.account-plan+json"


def keep_charter(charter: Charter, *, show: bool = False) -> None:
    """Keep a role charter for the report's `documents/`, as Markdown and DOCX.

    Parameters
    ----------
    charter
        From `kamtools.role.profile.charter`.
    show
        Show the whole of it in the notebook; else its title only.
    """
    text = to_markdown(charter) if show else f"Kept: {charter.title}"
    display({"text/plain": text, "text/markdown": text, CHARTER_MIME: as_plain(charter)}, raw=True)


def keep_briefing(briefing: Briefing) -> None:
    """Keep a market briefing for the report's `documents/`, as HTML and DOCX.

    Parameters
    ----------
    briefing
        From `kamtools.planning.briefing.market_briefing`.
    """
    text = f"Kept: {briefing.heading}  ·  {briefing.name}  ·  {briefing.status}"
    plain = briefing_files.as_plain(briefing)
    display({"text/plain": text, BRIEFING_MIME: plain}, raw=True)


def keep_plan(plan: KeyAccountPlan, *, firm: str, currency: str) -> None:
    """Keep the board's page of an account plan for the report's `documents/`, as DOCX.

    Parameters
    ----------
    plan
        From `kamtools.planning.account_plan.account_plan`.
    firm, currency
        The supplier's name; the currency of the engagement.
    """
    text = f"Kept: one page for the board, account plan of {plan.name}"
    plain = plan_document.as_plain(plan) | {"firm": firm, "currency": currency}
    display({"text/plain": text, PLAN_MIME: plain}, raw=True)


def as_plain(charter: Charter) -> dict[str, Any]:
    """Return a charter as values that JSON can hold."""
    plain = dataclasses.asdict(charter)
    return plain | {"as_of": charter.as_of.isoformat() if charter.as_of else None}


def from_plain(plain: Mapping[str, Any]) -> Charter:
    """Return the charter that `as_plain` wrote.

    Examples
    --------
    >>> from kamtools.role.profile import blank_charter
    >>> from_plain(as_plain(blank_charter())) == blank_charter()
    True
    """
    sections = tuple(
        Section(
            name=one["name"],
            lines=tuple(Line(tuple(line["cells"]), line["source"]) for line in one["lines"]),
            missing=tuple(one["missing"]),
            note=one["note"],
        )
        for one in plain["sections"]
    )
    as_of = datetime.date.fromisoformat(plain["as_of"]) if plain["as_of"] else None
    return Charter(plain["manager_id"], plain["name"], plain["firm"], as_of, sections)


def kept_charters(notebook: NotebookNode) -> list[Charter]:
    """Return the charters that a notebook kept, in order."""
    return [from_plain(plain) for plain in _kept(notebook, CHARTER_MIME)]


def kept_briefings(notebook: NotebookNode) -> list[Briefing]:
    """Return the briefings that a notebook kept, in order."""
    return [briefing_files.from_plain(plain) for plain in _kept(notebook, BRIEFING_MIME)]


def write_documents(notebook: NotebookNode, folder: Path) -> list[str]:
    """Write all that a notebook kept and return the names of the files, in order.

    The folder is made only where there is something to write.
    """
    written = [path for one in kept_charters(notebook) for path in write_charter(one, folder)]
    for briefing in kept_briefings(notebook):
        written += briefing_files.write_briefing(briefing, folder)
    for plain in _kept(notebook, PLAN_MIME):
        about = {name: plain[name] for name in ("firm", "currency")}
        written += plan_document.write_plan(plan_document.from_plain(plain), folder, **about)
    return [path.name for path in written]


def _kept(notebook: NotebookNode, mime: str) -> list[Mapping[str, Any]]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [output.data[mime] for output in outputs if mime in output.get("data", ())]
