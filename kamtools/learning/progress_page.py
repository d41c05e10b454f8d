"""The learner's own page: what is solved, what it took, what to do next, how to hand it back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from kamtools.errors import InputError
from kamtools.learning.exercises import EXERCISES
from kamtools.learning.progress import Place, progress_place, sign
from kamtools.learning.progress_counts import Standing, first_items, standings
from kamtools.learning.progress_file import Progress, read_progress

EXERCISES_FOLDER = "exercises"
_CHECKED = re.compile(r'check\(\\?"([a-z-]+)\\?"')
_PADDED = "padding:2px 12px 2px 0"
_GREEN, _GREY = "#00735a", "#4b5563"


@dataclass(frozen=True)
class Line:
    """One exercise as the page shows it; `standing` is None where nothing was done yet."""

    exercise: str
    notebook: str
    standing: Standing | None


@dataclass(frozen=True)
class ProgressPage:
    """A learner's progress; a notebook shows it as a table, a terminal as text.

    Attributes
    ----------
    lines
        The exercises in the order of the pack.
    tests
        Such as "before" -> (right, answered).
    n_predictions
        Predictions made in cases.
    name, file
        The learner's name, if given, and the file to hand back.
    notes
        What could not be read or recorded.
    """

    lines: tuple[Line, ...]
    tests: Mapping[str, tuple[int, int]]
    n_predictions: int
    name: str
    file: str
    notes: tuple[str, ...]

    @property
    def summary(self) -> tuple[str, ...]:
        """Where the learner stands, in sentences."""
        done = [line.standing for line in self.lines if line.standing is not None]
        tries, hints = sum(one.tries for one in done), sum(one.hints for one in done)
        n_solved = sum(one.is_solved for one in done)
        first = f"{n_solved} of {len(self.lines)} exercises are solved"
        took = f", with {_counted(tries, 'try', 'tries')} and {_counted(hints, 'hint', 'hints')}."
        sentences = [first + (took if done else ".")]
        for form, (right, answered) in self.tests.items():
            sentences.append(f"Knowledge test {form}: {right} of {answered} right.")
        if self.n_predictions:
            said = _counted(self.n_predictions, "prediction", "predictions")
            sentences.append(f"{said} made in cases.")
        return tuple(sentences)

    @property
    def next_step(self) -> str:
        """What to do next: the first exercise of the pack that is not solved."""
        left = [line for line in self.lines if not (line.standing and line.standing.is_solved)]
        if not left:
            return f"All are solved. Hand back the file {self.file}, or the folder as it is."
        first = left[0]
        where = f" in {first.notebook}" if first.notebook else ""
        if first.standing is None:
            return f"Next: {first.exercise}{where}."
        unused = len(EXERCISES[first.exercise].hints) - first.standing.hints
        help_left = f"; it has {_counted(unused, 'more hint', 'more hints')}" if unused > 0 else ""
        return f"Next: {first.exercise}{where}, which you have begun{help_left}."

    def __repr__(self) -> str:
        """Return the page as text."""
        return "\n".join((*self.notes, *self.summary, self.next_step, *map(_as_text, self.lines)))

    def _repr_html_(self) -> str:
        """Return the page as HTML: one table for each notebook."""
        title = f"Progress of {self.name}" if self.name else "Your progress"
        notes = "".join(f'<p role="status"><strong>{escape(note)}</strong></p>'
                        for note in self.notes)  # fmt: skip
        tables = "".join(
            _table(notebook, list(lines))
            for notebook, lines in groupby(self.lines, key=lambda line: line.notebook)
        )
        who = "" if self.name else (
            " It does not say who you are; to give your name, run "
            "<code>progress_page(name=&quot;…&quot;)</code>."
        )  # fmt: skip
        return (
            f'<div style="max-width:46em;line-height:1.5"><h3>{escape(title)}</h3>{notes}'
            f"<p>{escape(' '.join(self.summary))}</p>"
            f"<p><strong>{escape(self.next_step)}</strong></p>{tables}"
            f"<p>To hand back: the file <code>{escape(self.file)}</code>, or the whole folder as a "
            "zip. It holds your answers, when you gave them, and which hints you looked at."
            f"{who}</p>"
            "</div>"
        )


def progress_page(name: str | None = None, *, place: Place | None = None) -> ProgressPage:
    """Return the learner's page; whatever the state of the file, nothing is raised.

    Parameters
    ----------
    name
        Written into the file if given; an empty one takes it out. Nobody has to give one.
    place
        `progress_place()` unless given.
    """
    place = place or progress_place()
    if place is None:
        note = "Nothing is recorded here: this folder is in no trainee's pack."
        return ProgressPage(_lines({}, {}), {}, 0, "", "", (note,))
    notes = [] if name is None else [note for note in [sign(name, place=place)] if note]
    progress = None
    try:
        progress = read_progress(place.path) if place.path.exists() else None
    except (InputError, OSError) as error:
        notes.append(f"Your progress cannot be shown: {error}.")
    return _page(progress, place, tuple(notes))


def notebooks_of_exercises(folder: Path) -> dict[str, str]:
    """Return the exercises in a pack's notebooks, in their order, each with its notebook.

    Parameters
    ----------
    folder
        That of the pack.
    """
    found: dict[str, str] = {}
    for path in sorted((folder / EXERCISES_FOLDER).glob("*.ipynb")):
        for name in _CHECKED.findall(path.read_text(encoding="utf-8", errors="replace")):
            if name in EXERCISES:
                found.setdefault(name, f"{EXERCISES_FOLDER}/{path.name}")
    return found


def _page(progress: Progress | None, place: Place, notes: tuple[str, ...]) -> ProgressPage:
    events = () if progress is None else progress.events
    notebooks = {} if place.folder is None else notebooks_of_exercises(place.folder)
    items = first_items(events)
    forms = [form for form in ("before", "after") if any(_form(one) == form for one in items)]
    tests = {}
    for form in forms:
        verdicts = [event.verdict for name, event in items.items() if _form(name) == form]
        tests[form] = (verdicts.count("right"), len(verdicts))
    return ProgressPage(
        lines=_lines(notebooks, standings(events)),
        tests=tests,
        n_predictions=sum(event.kind == "prediction" for event in events),
        name="" if progress is None else progress.name,
        file=place.path.name,
        notes=notes,
    )


def _lines(notebooks: Mapping[str, str], done: Mapping[str, Standing]) -> tuple[Line, ...]:
    names = list(notebooks) or list(EXERCISES)
    return tuple(Line(name, notebooks.get(name, ""), done.get(name)) for name in names)


def _form(item: str) -> str:
    return item.split("-")[0]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _state(line: Line) -> str:
    if line.standing is None:
        return "not begun"
    return "solved" if line.standing.is_solved else "not yet"


def _as_text(line: Line) -> str:
    return f"{line.exercise}: {_state(line)}"


def _table(notebook: str, lines: Sequence[Line]) -> str:
    n_solved = sum(bool(line.standing and line.standing.is_solved) for line in lines)
    caption = f"{notebook}: {n_solved} of {len(lines)} solved".removeprefix(": ")
    heads = "".join(
        f'<th scope="col" style="width:{width};text-align:{side};{_PADDED}">{head}</th>'
        for head, side, width in
        (("Exercise", "left", "55%"), ("State", "left", "19%"), ("Tries", "right", "13%"),
         ("Hints", "right", "13%"))
    )  # fmt: skip
    return (
        '<table style="border-collapse:collapse;margin:0.8em 0;width:100%;table-layout:fixed">'
        f'<caption style="text-align:left;font-weight:bold">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(map(_row, lines))}</tbody></table>"
    )


def _row(line: Line) -> str:
    state, done = _state(line), line.standing
    sign_of = {"solved": "✓ ", "not yet": "… "}.get(state, "")
    colour = _GREEN if state == "solved" else "inherit" if done else _GREY
    numbers = (done.tries, done.hints) if done else ("", "")
    cells = "".join(f'<td style="text-align:right;{_PADDED}">{n}</td>' for n in numbers)
    return (
        f'<tr><td style="text-align:left;{_PADDED}">{escape(line.exercise)}</td>'
        f'<td style="text-align:left;{_PADDED};color:{colour}">{sign_of}{state}</td>'
        f"{cells}</tr>"
    )
