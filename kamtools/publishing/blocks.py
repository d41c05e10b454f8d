"""An executed notebook as the blocks of a page: what was said, shown and computed.

Code goes to the appendix. Cells tagged `exercise`, `solution`, `explorer` or `setup` (the words
between imports) are for people who have the notebook open and stay out of a report. Of other
widgets there is only the HTML that they bring for the case that no kernel runs. What stands under
a heading that JupyterLab shows collapsed is folded on the page too: one mark serves both.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from nbconvert.filters.ansi import strip_ansi
from nbformat import NotebookNode

from kamtools.language import tr
from kamtools.publishing.prose import author_html, clean_html, computed_html, math_html, scrolling
from kamtools.publishing.records import DECISION_MIME, TABLE_MIME
from kamtools.publishing.shown import title_of
from kamtools.publishing.table_html import decision_html, to_html

Kind = Literal["prose", "decision", "table", "figure", "output", "fold"]

CHOSEN = "chosen"
WITH_THE_NOTEBOOK = {"exercise", "solution", "explorer", "setup"}
DECISION = "decision"
COLLAPSED = "jp-MarkdownHeadingCollapsed"
OF_OUTPUTS = 3
"""Highest level of a heading inside of an output."""
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One piece of a page: its kind, its HTML, and whether the first page shows it too.

    A fold has the words to click on as its HTML, and `parts` that unfold.
    """

    kind: Kind
    html: str
    is_for_index: bool = False
    parts: tuple["Block", ...] = ()


@dataclass(frozen=True)
class Code:
    """One cell of code for the appendix, under the heading it stands below."""

    number: int
    heading: str
    source: str


def title(notebook: NotebookNode, default: str) -> str:
    """Return a notebook's first heading as plain text."""
    for cell in notebook.cells:
        found = _HEADING.search(cell.source)
        if cell.cell_type == "markdown" and found:
            return tr(_plain(found[2]))
    return default


def page_blocks(notebook: NotebookNode) -> list[Block]:
    """Return what a page shows of a notebook, in order.

    The first page of a report shows decisions in words, the table kept as `chosen`, and
    all that a cell tagged `decision` shows. A figure is described by its cell's `alt` in
    the metadata, which says what kind of picture it is, and by the `alt` of the output,
    which says what was drawn (`kamtools.plots.alt_text`).
    """
    blocks: list[Block] = []
    fold_level = 0
    for cell in _cells(notebook):
        text = cell.source if cell.cell_type == "markdown" else ""
        heading = _HEADING.match(text)
        if heading and len(heading[1]) <= fold_level:
            fold_level = 0
        if heading and cell.metadata.get(COLLAPSED):
            fold_level = len(heading[1])
            blocks.append(Block("fold", escape(tr(_plain(heading[2])))))
            text = text[heading.end() :]
        found = _blocks(cell, text)
        if fold_level:
            blocks[-1] = replace(blocks[-1], parts=(*blocks[-1].parts, *found))
        else:
            blocks += found
    return blocks


def index_blocks(notebook: NotebookNode) -> list[Block]:
    """Return what the first page shows of a notebook: words, then tables, then figures."""
    order = ("decision", "prose", "output", "table", "figure")
    pieces = [part for block in page_blocks(notebook) for part in (block, *block.parts)]
    shown = [block for block in pieces if block.is_for_index]
    return sorted(shown, key=lambda block: order.index(block.kind))


def appendix(notebook: NotebookNode) -> list[Code]:
    """Return the code of a notebook, in order."""
    code: list[Code] = []
    heading = ""
    for cell in _cells(notebook):
        if cell.cell_type == "markdown":
            headings = _HEADING.findall(cell.source)
            heading = tr(_plain(headings[-1][1])) if headings else heading
        elif cell.cell_type == "code" and cell.source.strip():
            code.append(Code(len(code) + 1, heading, cell.source))
    return code


def _cells(notebook: NotebookNode) -> Sequence[NotebookNode]:
    return [c for c in notebook.cells if not WITH_THE_NOTEBOOK & set(c.metadata.get("tags", ()))]


def _blocks(cell: NotebookNode, text: str) -> list[Block]:
    if cell.cell_type == "markdown":
        text = _HEADING.sub(_in_language, text)
        prose = Block("prose", author_html(text, cell.get("attachments")))
        return [prose] if text.strip() else []
    if cell.cell_type != "code":
        return []
    kind = tr(str(cell.metadata.get("alt", "")))
    is_tagged = DECISION in cell.metadata.get("tags", ())
    found = [_block(output, kind, is_tagged) for output in cell.outputs]
    return [block for block in found if block is not None]


def _block(output: NotebookNode, kind: str, is_tagged: bool) -> Block | None:
    if output.output_type == "stream":
        return Block("output", _preformatted(output.text), is_tagged)
    if output.output_type == "error":
        return Block("output", _preformatted("\n".join(output.traceback)), is_tagged)
    data = output.data
    if TABLE_MIME in data:
        record = data[TABLE_MIME]
        html = scrolling(to_html(record), label=title_of(record["name"]))
        return Block("table", html, is_tagged or record["name"] == CHOSEN)
    if DECISION_MIME in data:
        return Block("decision", decision_html(data[DECISION_MIME]["text"]), True)
    for mime in ("image/svg+xml", "image/png", "image/jpeg"):
        if mime in data:
            drawn = output.get("metadata", {}).get(mime, {}).get("alt", "")
            return Block("figure", _figure(mime, data[mime], figure_alt(kind, drawn)), is_tagged)
    text = _text_html(data)
    return None if text is None else Block("output", text, is_tagged)


def _in_language(heading: re.Match[str]) -> str:
    """Return a heading in the language in use, as Markdown."""
    said = tr(heading[2])
    return heading[0] if said == heading[2] else f"{heading[1]} {said}"


def _text_html(data: dict[str, str]) -> str | None:
    if "text/html" in data:
        cleaned = clean_html(data["text/html"])
        is_wide = "<table" in cleaned or "<pre" in cleaned
        return scrolling(cleaned, label=tr("output")) if is_wide else cleaned
    if "text/markdown" in data:
        return computed_html(_below_headings(data["text/markdown"]))
    if "text/latex" in data:
        return math_html(data["text/latex"].strip().strip("$"), display="block")
    if "text/plain" in data:
        return _preformatted(data["text/plain"])
    return None


def _below_headings(markdown: str) -> str:
    """Return a computed text, such as a charter, with its headings below those of the page."""
    highest = min((len(signs) for signs, _ in _HEADING.findall(markdown)), default=OF_OUTPUTS)
    deeper = "#" * max(OF_OUTPUTS - highest, 0)
    return _HEADING.sub(lambda heading: f"{deeper}{heading[0]}", markdown)


def figure_alt(kind: str, drawn: str) -> str:
    """Return the text in place of a figure, of what its cell and its output say of it.

    Examples
    --------
    >>> figure_alt("Score against sales", "Six accounts enter.")
    'Score against sales. Six accounts enter.'
    >>> figure_alt("", "")
    'figure'
    """
    said = [text.strip() for text in (kind, drawn) if text.strip()]
    return " ".join(f"{text.rstrip('.')}." for text in said) or tr("figure")


def _figure(mime: str, content: str, alt: str) -> str:
    encoded = base64.b64encode(content.encode()).decode() if mime.endswith("xml") else content
    encoded = re.sub(r"\s", "", encoded)
    return f'<figure><img src="data:{mime};base64,{escape(encoded)}" alt="{escape(alt)}"></figure>'


def _preformatted(text: str) -> str:
    plain = strip_ansi(text)
    is_prose = re.search(r"\S(  |\t)", plain) is None
    return f"<pre{' class=said' if is_prose else ''}>{escape(plain.rstrip())}</pre>"


def _plain(markdown: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"\s+", " ", re.sub(r"[*_`$]", "", text)).strip()
