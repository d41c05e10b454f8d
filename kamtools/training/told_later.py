"""What a case tells only once the reader has got there: it stands here, not in a pack.

The notebook of a case comments on what its model found, and at the end tells how the story went
on. Who has not answered yet reads ahead. So in a pack these parts are calls: they tell when run.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import Markdown, display

from kamtools.errors import InputError, KamtoolsError
from kamtools.learning.cases import case_folder
from kamtools.training.trainee_notebook import source, tags

STORY = "story"
"""Names the end of `case.md`, as the identifiers name the cells of the notebook."""

FOLD = re.compile(r"<details>\s*<summary>.*?</summary>(?P<told>.*?)</details>\s*", re.DOTALL)
_HEADING = re.compile(r"#{1,6} ")
_PREDICT = "**Predict"
_END = re.compile(r"(?<!~)story\.facts\.told_after\b")


def told_later(case: str, part: str) -> None:
    """Tell, in a notebook, a part of a case that its pack does not hold.

    Parameters
    ----------
    case
        Name of the case, such as "haohan-peihui".
    part
        Identifier of a cell of its notebook, or "story".

    Raises
    ------
    InputError
        As `learning.cases.case_folder`, or if nothing of that name is told later.
    KamtoolsError
        If code of that part fails: the cells above it were not run.
    """
    folder = case_folder(case)
    cells = json.loads((folder / "case.ipynb").read_text(encoding="utf-8"))["cells"]
    later = {cell["id"]: told for cell, (_, told) in zip(cells, parted(cells), strict=True)}
    later[STORY] = story_end((folder / "case.md").read_text(encoding="utf-8"))
    if not later.get(part):
        raise InputError(f"the case {case} has no part {part!r} that is told later")
    if part not in [cell["id"] for cell in cells if cell["cell_type"] == "code"]:
        display(Markdown(later[part]))
        return
    shell = get_ipython()
    if shell is None or not shell.run_cell(later[part]).success:
        raise KamtoolsError("run the notebook from its first cell, then this one again")


def parted(cells: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    r"""Return of each cell of a case's notebook what stands in a pack, and what is told later.

    From the end of the story on all is told later but headings and places for predictions.
    Between the first answer and the end it is what is said of answers: of Markdown, what comes
    before a heading or before the next question.

    Parameters
    ----------
    cells
        As the file of the notebook holds them.

    Examples
    --------
    >>> cells = [{"cell_type": "code", "metadata": {"tags": ["reveal"]}, "source": "x"},
    ...          {"cell_type": "markdown", "source": "So it was 7.\n\n### Next\n\nHow many?"}]
    >>> parted(cells)
    [('x', ''), ('### Next\n\nHow many?', 'So it was 7.')]
    """
    first = next((i for i, cell in enumerate(cells) if "reveal" in tags(cell)), len(cells))
    end = _end_of_story(cells)
    return [
        _parted_cell(cell, is_after_end=number >= end) if number > first else (source(cell), "")
        for number, cell in enumerate(cells)
    ]


def story_end(story: str) -> str:
    r"""Return the end of a story, which its file folds away.

    Raises
    ------
    InputError
        If it folds nothing away.

    Examples
    --------
    >>> story_end("Decide.\n\n<details><summary>The end</summary>\nThey did.\n</details>")
    'They did.'
    """
    found = FOLD.search(story)
    if found is None:
        raise InputError("the story folds nothing away; expected <details> at its end")
    return found["told"].strip()


def _end_of_story(cells: Sequence[Mapping[str, Any]]) -> int:
    """Return the number of the cell with the heading above the facts of the end."""
    heading = 0
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "markdown" and any(map(_HEADING.match, _paragraphs(cell))):
            heading = number
        elif cell["cell_type"] == "code" and _END.search(source(cell)):
            return heading
    return len(cells)


def _parted_cell(cell: Mapping[str, Any], *, is_after_end: bool) -> tuple[str, str]:
    if cell["cell_type"] != "markdown":
        is_told = is_after_end and "prediction" not in tags(cell)
        return ("", source(cell)) if is_told else (source(cell), "")
    paragraphs = _paragraphs(cell)
    if is_after_end:
        kept = [text for text in paragraphs if _HEADING.match(text)]
        told = [text for text in paragraphs if not _HEADING.match(text)]
    else:
        begin = _next_question(paragraphs)
        told, kept = paragraphs[:begin], paragraphs[begin:]
    return "\n\n".join(kept), "\n\n".join(told)


def _next_question(paragraphs: Sequence[str]) -> int:
    """Return the number of the paragraph with which the next question begins."""
    for number, text in enumerate(paragraphs):
        if _HEADING.match(text):
            return number
    for number, text in enumerate(paragraphs):
        if text.startswith(_PREDICT):  # what it is asked from stands above it
            above = 2 if number > 1 and paragraphs[number - 1].startswith("$$") else 1
            return max(number - above, 0)
        if _PREDICT in text:
            return number
    return len(paragraphs)


def _paragraphs(cell: Mapping[str, Any]) -> list[str]:
    return [text.strip() for text in re.split(r"\n\s*\n", source(cell)) if text.strip()]
