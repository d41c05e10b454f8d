"""What the book changes in a page before it is read: nothing on disk is touched."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from slide_marks import without_marks
from sphinx.application import Sphinx

from kamtools.publishing.blocks import figure_alt
from kamtools.training.courses import Course, course_names, load_course
from kamtools.training.told_later import FOLD, parted
from kamtools.training.trainee_notebook import SOLUTION, markdown_cell, source, tags

_FOR_THE_BOOK = re.compile(r"<!-- book\n(.*?)-->", re.DOTALL)
_ROW = re.compile(
    r"^\| (?P<word>[^|]+?) \| (?P<chinese>[^|]*?) \| (?P<meaning>.+?) \|$", re.MULTILINE
)
_UNIT = re.compile(r"playbook/sessions/(?P<course>[a-z-]+)/(?P<number>\d\d)-")
_FOR_PROGRAMS = "application/vnd.kamtools."
_SHEETS = ("handout-haohan-peihui", "role-haohan", "role-peihui")
_TOLD = "<details>\n<summary>After you have decided: read on</summary>\n\n{}\n\n</details>"


def on_source_read(app: Sphinx, page: str, content: list[str]) -> None:
    """Change the text of a page, as Sphinx asks for it."""
    if Path(app.env.doc2path(page)).suffix == ".ipynb":
        content[0] = as_shown(content[0])
    if page.startswith("casestudies/") and page.endswith("/case"):
        story = Path(app.env.doc2path(page)).with_suffix(".md").read_text(encoding="utf-8")
        content[0] = case(content[0], story=story)
    else:
        content[0] = _change(page)(content[0])


def _change(page: str) -> Callable[[str], str]:
    if page.startswith("notebooks/exercises/"):
        return exercises
    if page == "playbook/glossary":
        return glossary
    if page == "playbook/sessions/README":
        return with_courses
    if unit := _UNIT.match(page):
        return lambda text: with_deck(text, load_course(unit["course"]), int(unit["number"]))
    if page.startswith("playbook/"):
        return lambda text: _FOR_THE_BOOK.sub(r"\1", without_marks(text))
    return str


def as_shown(text: str) -> str:
    """Return a notebook without what its outputs hold for programs only, its figures in words."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for kind in [kind for kind in data if kind.startswith(_FOR_PROGRAMS)]:
                del data[kind]
            if "image/png" in data:  # MyST-NB reads neither our `alt` nor Jupyter's
                drawn = output.get("metadata", {}).get("image/png", {}).get("alt", "")
                alt = figure_alt(cell["metadata"].get("alt", ""), drawn)
                cell["metadata"]["mystnb"] = {"image": {"alt": alt}}
    return json.dumps(notebook)


def exercises(text: str) -> str:
    """Return a notebook of exercises without its solutions and what a check says of them."""
    notebook = json.loads(text)
    cells = [cell for cell in notebook["cells"] if SOLUTION not in tags(cell)]
    for cell in cells:
        if cell["cell_type"] == "code" and re.search(r"\bcheck\(", source(cell)):
            cell["outputs"] = []
    return json.dumps({**notebook, "cells": cells})


def case(text: str, *, story: str) -> str:
    """Return story and notebook of a case as one page, what follows the decision folded."""
    notebook = json.loads(text)
    cells = []
    for cell, (stays, told) in zip(notebook["cells"], parted(notebook["cells"]), strict=True):
        changed = dict(cell)
        if cell["cell_type"] == "markdown":
            order = [_demoted(stays), _TOLD.format(told) if told else ""]
            is_first = source(cell).lstrip().startswith(stays) if stays else True
            changed["source"] = "\n\n".join(filter(None, order if is_first else order[::-1]))
        elif told or "reveal" in tags(cell):
            changed["metadata"] = {**cell["metadata"], "tags": [*tags(cell), "hide-cell"]}
        cells.append(changed)
    end = FOLD.search(story)
    begin = markdown_cell(FOLD.sub("", story), name="story")
    followed = markdown_cell(f"## How the story went on\n\n{end[0]}", name="story-end")
    return json.dumps({**notebook, "cells": [begin, *cells, followed]})


def glossary(text: str) -> str:
    """Return the glossary with its table as a list of words that can be led to."""
    rows = list(_ROW.finditer(text))[2:]
    words = [f"{row['word']}\n  {_meaning(row)}\n" for row in rows]
    head = text[: text.index("| word |")]
    return f"{head}```{{glossary}}\n:sorted:\n\n" + "\n".join(words) + "```\n"


def with_courses(text: str) -> str:
    """Return the page for trainers with the units of each course below it."""
    tables = "\n".join(_course_table(load_course(name)) for name in course_names())
    return f"{text}{tables}\n{_tree('To hand out', _SHEETS)}"


def with_deck(text: str, course: Course, number: int) -> str:
    """Return the notes of a unit with a link to its slides under the title."""
    unit = course.units[number - 1]
    if not unit.slides:
        return text
    title, _, rest = text.partition("\n")
    link = f'<a class="deck" href="../../../slides/{unit.slides}.html">Slides of this unit</a>'
    return f"{title}\n\n{link}\n{rest}"


def _demoted(text: str) -> str:
    return re.sub(r"^(#{1,5}) ", r"#\1 ", text, flags=re.MULTILINE)


def _meaning(row: re.Match[str]) -> str:
    return f"{row['chinese']}: {row['meaning']}" if row["chinese"] else row["meaning"]


def _course_table(course: Course) -> str:
    lines = [f"\n## Units: {course.title}\n", "| unit | minutes | slides |", "|---|--:|---|"]
    pages = []
    for number, unit in enumerate(course.units, start=1):
        page = f"{course.name}/{number:02d}-{unit.key}"
        deck = f'<a href="../../slides/{unit.slides}.html">{unit.slides}</a>' if unit.slides else ""
        title = unit.title if unit.kind == "break" else f"[{unit.title}]({page}.md)"
        lines.append(f"| {title} | {unit.minutes} | {deck} |")
        pages += [] if unit.kind == "break" else [page]
    return "\n".join([*lines, "", _tree(course.title, pages)])


def _tree(caption: str, pages: Iterable[str]) -> str:
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""])


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx call it for each page that it reads."""
    app.connect("source-read", on_source_read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
