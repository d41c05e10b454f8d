"""A whole report as one page for the printer: cover, contents, every notebook, its record.

Made of the executed notebooks, as the report's own pages are, and by the same functions.
Nothing that folds stays folded, links lead to places in the document or on the web, and
the code stays in the notebooks.
"""

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from nbformat import NotebookNode

from kamtools import language
from kamtools.errors import InputError
from kamtools.language import tr
from kamtools.publishing import blocks
from kamtools.publishing.html import page_environment
from kamtools.publishing.prose import scrolling
from kamtools.publishing.records import as_record
from kamtools.publishing.shown import title_of
from kamtools.publishing.standing_report import StandingReport
from kamtools.publishing.table_html import to_html

_STORY_BEGINS = re.compile(r"<main[^>]*>")
_STORY_ENDS = '<section id="notebook">'
_LINK = re.compile(r' href="([^"]*)"')
_LEADS_AWAY = re.compile(r"<(?=/?(?:base|embed|iframe|link|meta|object)\b)", re.IGNORECASE)
"""What could make the browser print another page: a report may be a stranger's."""


@dataclass(frozen=True)
class Part:
    """One part of the document: where links to it lead, its title, its HTML.

    `heading` is set above the HTML where that does not begin with one; `decision` stands on
    the cover.
    """

    id: str
    title: str
    html: str
    heading: str = ""
    decision: str = ""


def print_page(report: StandingReport, *, pages: Mapping[str, int] | None = None) -> str:
    """Return the page.

    Parameters
    ----------
    report : StandingReport
        From `standing_report.read_report`.
    pages : mapping of a part's id to a page number
        For the table of contents; it stands without numbers where none are given.

    Raises
    ------
    InputError
        If a file of the report that the page is made from is missing or of another form.
    """
    with language.using(report.setting.language):
        return _page(report, pages or {})


def css_text(text: str) -> str:
    r"""Return a text that may stand between quotes in a style sheet, whatever signs it holds.

    Examples
    --------
    >>> css_text('A "b" </style>林')
    'A\\20 \\22 b\\22 \\20 \\3c \\2f style\\3e \\6797 '
    """
    return "".join(
        sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text
    )


def _page(report: StandingReport, pages: Mapping[str, int]) -> str:
    is_case = "case" in report.record
    notebooks = [
        _notebook_part(name, notebook, tells_decision=not is_case)
        for name, notebook in report.notebooks.items()
    ]
    parts = [*_before(report, is_case=is_case), *notebooks, _data_part(report, is_case=is_case)]
    parts.append(_record_part(report))
    parts = [replace(part, html=_LEADS_AWAY.sub("&lt;", part.html)) for part in parts]
    places = {f"{name}.html": f"#part-{name}" for name in report.notebooks}
    places |= {"index.html": "#top", "#notebook": "#part-case", "#sources": "#part-data"}
    environment = page_environment()
    script = environment.get_template("fit.js").render()
    setting = report.setting
    kicker = tr("A case to decide")
    title = tr("{firm}: a case to decide", firm=setting.name)
    if not is_case:
        kicker = tr("Key accounts, as of {day}", day=setting.as_of)
        title = tr("{firm}: key accounts, as of {day}", firm=setting.name, day=setting.as_of)
    page = environment.get_template("print.html").render(
        title=title,
        setting=setting,
        kicker=kicker,
        running=css_text(setting.name),
        parts=parts,
        pages=defaultdict(str, pages),
        script=script,
        script_hash=_hash(script),
    )
    return _with_links(page.replace("<details", "<details open"), places)


def _notebook_part(name: str, notebook: NotebookNode, *, tells_decision: bool) -> Part:
    html = _blocks_html(blocks.page_blocks(notebook))
    decided = [b.html for b in blocks.index_blocks(notebook) if b.kind == "decision"]
    decision = "".join(decided) if tells_decision else ""
    return Part(f"part-{name}", blocks.title(notebook, name), html, decision=decision)


def _blocks_html(shown: Sequence[blocks.Block]) -> str:
    """Return blocks as HTML, one below the other; a fold is opened under its words."""
    return "\n".join(
        f"<h3>{one.html}</h3>\n{_blocks_html(one.parts)}"
        if one.kind == "fold"
        else f'<div class="block {one.kind}">{one.html}</div>'
        for one in shown
    )


def _before(report: StandingReport, *, is_case: bool) -> list[Part]:
    """Return what stands before the notebooks: the story of a case."""
    if not is_case:
        return []
    page = _read(report, "index.html")
    opened = _STORY_BEGINS.search(page)
    story, closed, _ = page[opened.end() if opened else 0 :].partition(_STORY_ENDS)
    if not opened or not closed:
        raise InputError(f"{report.folder / 'index.html'}: expected the first page of a case")
    return [Part("part-story", tr("The story"), story)]


def _data_part(report: StandingReport, *, is_case: bool) -> Part:
    name = "sources" if is_case else "quality"
    heading = tr("The sources") if is_case else tr("The data behind it")
    table = pd.read_csv(report.folder / "tables" / f"{name}.csv", encoding="utf-8-sig")
    record = as_record(name, table)
    html = scrolling(to_html(record, rows=len(record["rows"])), label=title_of(name))
    return Part("part-data", heading, html, heading=heading)


def _record_part(report: StandingReport) -> Part:
    html = page_environment().get_template("record.html").render(record=report.record)
    return Part("part-record", tr("Tables, and how to repeat this run"), html)


def _read(report: StandingReport, name: str) -> str:
    path = report.folder / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: expected a page of the report ({error})") from None


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _with_links(page: str, places: dict[str, str]) -> str:
    """Return a page whose links lead into it or to the web; others become words."""

    def link(found: re.Match[str]) -> str:
        target = places.get(found[1], found[1])
        leads = target.startswith(("#", "http://", "https://", "mailto:"))
        return f' href="{target}"' if leads else ""

    return _LINK.sub(link, page)
