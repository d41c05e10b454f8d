"""What is read before, and after, a knowledge test is handed in: as HTML and as text."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from kamtools.learning.knowledge_items import Form, Item
from kamtools.learning.knowledge_scores import Marked, Score
from kamtools.wording import percent

TITLES: dict[str, str] = {
    "before": "Knowledge test before the course",
    "after": "Knowledge test after the course",
}
ASKED = (
    "Each question has one right answer. All firms in them, and their figures, are invented. You "
    "can change your answers until you hand in. By keyboard: Tab goes on, Space chooses."
)
TOLD: dict[str, str] = {
    "before": (
        "Then you see how many are right. Which ones is told only after the second test, because "
        "it asks for the same things in other words."
    ),
    "after": "Then you see how many are right, which ones, and why.",
}
STYLE = """<style>
.kam-test {max-width: 48em; line-height: 1.5; font-size: 15px}
.kam-test .widget-html-content, .kam-test .jupyter-widgets {line-height: 1.5; font-size: 15px}
.kam-test .widget-radio {width: 100%; height: auto}
.kam-test .widget-radio-box {width: 100%; height: auto; margin: 0}
.kam-test .widget-radio-box label {height: auto; line-height: 1.4; white-space: normal;
  padding: 3px 0; margin: 0; display: flex; align-items: flex-start; font-size: 15px}
.kam-test .widget-radio-box label input {flex: none; order: -1; margin: 3px 8px 0 2px}
</style>"""
_BOX = "border-left:4px solid {colour};padding:0.2em 0.8em;margin:0.6em 0"
_GREEN, _RED = "#00735a", "#a33c00"
_CELL = "padding:2px 14px 2px 0;text-align:{side}"


def intro_html(form: Form, *, is_recorded: bool) -> str:
    """Return what stands above the questions."""
    kept = (
        "Your answers are kept in your file of this folder once you hand in; the first time counts."
        if is_recorded
        else "Nothing is recorded here, since this is no trainee's pack."
    )
    sentences = f"{ASKED} {TOLD[form]} {kept}"
    return f"{STYLE}<h3>{TITLES[form]}</h3><p>{escape(sentences)}</p>"


def stem_html(number: int, item: Item) -> str:
    """Return a question without its options."""
    return f'<p style="margin:14px 0 2px"><strong>{number}.</strong> {escape(item.stem)}</p>'


def option_labels(item: Item) -> list[tuple[str, str]]:
    """Return the options of a question, each as what is shown and its letter.

    Examples
    --------
    >>> from kamtools.learning.knowledge_items import items
    >>> option_labels(items("before")[7])[3]
    ('d) Five managers', 'd')
    """
    return [(f"{letter}) {text}", letter) for letter, text in item.options.items()]


def questions_text(form: Form, asked: Sequence[Item]) -> str:
    """Return the questions as text, without answers, for where there is no front end."""
    lines = [TITLES[form], "Open this notebook in JupyterLab to answer.", ""]
    for number, item in enumerate(asked, start=1):
        lines += [f"{number}. {item.stem}", *(f"   {label}" for label, _ in option_labels(item))]
    return "\n".join(lines)


def questions_html(form: Form, asked: Sequence[Item]) -> str:
    """Return the questions as HTML, without answers, for where there is no front end."""
    parts = [f"<h3>{TITLES[form]}</h3><p>Open this notebook in JupyterLab to answer.</p>"]
    for number, item in enumerate(asked, start=1):
        options = "<br>".join(escape(label) for label, _ in option_labels(item))
        parts.append(f"{stem_html(number, item)}<p>{options}</p>")
    return f'<div style="max-width:48em;line-height:1.5">{"".join(parts)}</div>'


def score_html(
    found: Score,
    *,
    moment: datetime | None = None,
    other: Score | None = None,
    first: Score | None = None,
    is_told: bool,
) -> str:
    """Return the score of a test that was handed in, and its shares by chapter.

    Parameters
    ----------
    found
        What came of the test.
    moment
        When it was handed in, if that was earlier.
    other
        What came of the other form, if it was handed in.
    first
        What came of this form the first time, if this is practice.
    is_told
        Whether the answers stand below.
    """
    when = f" It was handed in on {moment:%d %B %Y}, and that is what counts." if moment else ""
    left = f" Left open, which counts as wrong: {found.n_open}." if found.n_open else ""
    if first is not None:
        when = f" This was practice; what counts is the first time, {_share(first)}."
    both = ""
    if other is not None:
        shares = {one.form: _share(one) for one in (first or found, other)}
        both = f"<p>Before: {shares['before']}. After: {shares['after']}.</p>"
    told = "" if is_told else (
        "<p>Which answers were right is told once the second test is handed in: it asks for the "
        "same things in other words. Then run this cell again.</p>"
    )  # fmt: skip
    return (
        f"{STYLE}<h3>{TITLES[found.form]}</h3>"
        f'<p role="status"><strong>{found.n_right} of {found.n_items} right.</strong>'
        f"{escape(left)}{escape(when)}</p>{both}{_chapters_html(found)}{told}"
    )


def review_html(found: Score) -> str:
    """Return each question, folded: the right answer, what was chosen, and the lesson."""
    parts = [_marked_html(number, one) for number, one in enumerate(found.marked, start=1)]
    return f"<h3>The answers</h3><p>Open a line to see its question.</p>{''.join(parts)}"


def _share(found: Score) -> str:
    return f"{found.n_right} of {found.n_items}"


def _chapters_html(found: Score) -> str:
    table = found.by_chapter
    heads = {"Chapter": "left", "Right": "right", "Of": "right", "Share": "right"}
    head = "".join(
        f'<th scope="col" style="{_CELL.format(side=side)}">{name}</th>'
        for name, side in heads.items()
    )
    rows = "".join(
        f'<tr><th scope="row" style="{_CELL.format(side="left")};font-weight:normal">'
        f"{chapter} {row['subject']}</th>"
        + _cells(row["right"], row["questions"], percent(row["share"]))
        + "</tr>"
        for chapter, row in table.iterrows()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(*values: object) -> str:
    style = _CELL.format(side="right")
    return "".join(f'<td style="{style}">{value}</td>' for value in values)


def _marked_html(number: int, one: Marked) -> str:
    item, is_right = one.item, one.verdict == "right"
    colour = _GREEN if is_right else _RED
    options = "<br>".join(_option_html(label, letter, one) for label, letter in option_labels(item))
    cause = ""
    if one.answer and not is_right:
        cause = f"<p>What you chose {escape(one.cause)}.</p>"
    verdict = one.verdict if one.answer else "left open"
    return (
        f'<details style="{_BOX.format(colour=colour)}"><summary>{number}. {escape(item.idea)}: '
        f'<strong style="color:{colour}">{verdict}</strong></summary>'
        f"<p>{escape(item.stem)}</p><p>{options}</p>{cause}"
        f"<p>{escape(item.lesson)} <em>{escape(item.pointer)}.</em></p></details>"
    )


def _option_html(label: str, letter: str, one: Marked) -> str:
    notes = {one.answer: "your answer", one.item.right: "right"}
    if one.answer == one.item.right:
        notes = {one.answer: "your answer, right"}
    if letter not in notes:
        return escape(label)
    colour = _GREEN if letter == one.item.right else _RED
    return f'<strong style="color:{colour}">{escape(label)} ({notes[letter]})</strong>'
