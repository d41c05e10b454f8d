"""A deck is its title and the slides that the chapters mark for it."""

import re
from pathlib import Path

from slide_figures import figure_html
from slide_marks import Slide, read_slides
from sphinx.application import Sphinx

PLAYBOOK = Path(__file__).resolve().parents[1]
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((?!https?:)[^)]*\)")


def slide_markdown(slide: Slide) -> str:
    """Return a slide as a section with its notes; links into the book are left as words."""
    parts = [f"## {slide.title}", _LINK.sub(r"\1", slide.text)]
    if slide.figure:
        parts.append(figure_html(slide.figure))
    parts.append(f"```{{revealjs-notes}}\n{slide.notes}\n```")
    return "\n\n".join(filter(None, parts))


def add_slides(app: Sphinx, page: str, content: list[str]) -> None:
    """Add to a deck's title what is marked for it."""
    own = [slide for slide in read_slides(PLAYBOOK) if slide.deck == page]
    content[0] = "\n\n".join([content[0].rstrip(), *map(slide_markdown, own)]) + "\n"


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx call it for each deck that it reads."""
    app.connect("source-read", add_slides)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
