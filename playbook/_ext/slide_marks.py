"""Slides, marked in the chapters by comments that a code host does not show.

A mark opens with `<!-- slide DECK: Title`. Its lines are Markdown for the slide; a line
`figure: NAME` draws one of `slide_figures.FIGURES`, and from the line `notes: …` on it is what the
speaker says. Where `<!-- end -->` follows, the text between the two stands on the slide as well.
"""

import re
from dataclasses import dataclass
from pathlib import Path

SOURCES = ("index.md", "1-readiness.md", "2-selection.md", "3-role.md", "4-power.md", "5-monday.md")
"""Files of the playbook that have marks, in the order of the argument."""

_MARK = re.compile(r"<!-- slide (?P<deck>[a-z]+): (?P<title>.+)\n(?P<body>(?s:.*?))-->[ ]*\n")
_END = "<!-- end -->\n"


@dataclass(frozen=True)
class Slide:
    """A slide as it is marked.

    Attributes
    ----------
    deck, title
    text
        Markdown of what stands on it.
    figure
        Name of a figure; empty where there is none.
    notes
        What the speaker says.
    source
        Name of the file that has the mark.
    """

    deck: str
    title: str
    text: str
    figure: str
    notes: str
    source: str


def read_slides(playbook: Path) -> list[Slide]:
    """Return all slides of the playbook in order."""
    slides = []
    for name in SOURCES:
        text = (playbook / name).read_text(encoding="utf-8")
        slides += [_slide(mark, text, name) for mark in _MARK.finditer(text)]
    return slides


def without_marks(text: str) -> str:
    r"""Return a chapter as readers see it.

    Examples
    --------
    >>> without_marks("A.\n\n<!-- slide power: One\nnotes: Say it.\n-->\nB.\n<!-- end -->\n")
    'A.\n\nB.\n'
    """
    return _MARK.sub("", text).replace(_END, "")


def _slide(mark: re.Match[str], text: str, source: str) -> Slide:
    body, _, notes = mark["body"].partition("notes:")
    figure = re.search(r"^figure: (\S+)$", body, re.MULTILINE)
    own = re.sub(r"^figure: .*\n", "", body, flags=re.MULTILINE).strip()
    after = text[mark.end() :]
    upto, end, _ = after.partition(_END)
    block = upto.strip() if end and "<!-- slide" not in upto else ""
    return Slide(
        deck=mark["deck"],
        title=mark["title"].strip(),
        text="\n\n".join(filter(None, [own, block])),
        figure=figure[1] if figure else "",
        notes=" ".join(notes.split()),
        source=source,
    )
