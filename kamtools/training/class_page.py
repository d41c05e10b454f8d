"""The class view as a page and its tables as CSV files, written whole or not at all."""

import base64
import io
import json
from pathlib import Path
from typing import get_args

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

import kamtools
from kamtools.learning.knowledge_items import CHAPTERS, Form, Item, items
from kamtools.plots.class_room import plot_before_after, plot_share_solved
from kamtools.plots.style import figure_of
from kamtools.publishing import placing
from kamtools.publishing.html import Setting, page_environment
from kamtools.publishing.prose import scrolling
from kamtools.publishing.provenance import sha256
from kamtools.publishing.records import Record, as_record
from kamtools.publishing.safe_csv import write_record
from kamtools.publishing.table_html import to_html
from kamtools.training.class_view import ClassView
from kamtools.training.collect import Collection
from kamtools.training.item_analysis import FEWEST_FOR_AN_INTERVAL, warning_for
from kamtools.wording import listing, percent

MOST_NAMED = 4
_FILES = "Files go by numbers, since their names may name people; the command lists them."
SEED = 1
"""Of the subsets drawn for the interval of the gain, in a class too large to look at all."""

TITLES = {
    "exercises": "Exercises",
    "wrong_answers": "Commonest wrong answers",
    "learners": "Learners",
    "items_before": "Questions of the test before",
    "items_after": "Questions of the test after",
    "cases": "Predictions in cases",
    "games": "Games played",
    "not_counted": "Not counted",
}
"""What each table of a class view is called on its page."""


def write_class_view(view: ClassView, collection: Collection, out: Path, *, folder: Path) -> Path:
    """Write `index.html` and `tables/*.csv` of a class and return where the page is.

    Parameters
    ----------
    view, collection
        The tables, and what they were made of.
    out
        A folder that is not there, is empty, or holds an earlier class view, which is replaced.
    folder
        That was collected; `out` may not hold it.

    Raises
    ------
    InputError
        If `out` holds anything else.
    """
    out = out.absolute()
    placing.check_place(out, engagement=folder.absolute())
    records = kept_records(view, collection)
    page = class_page(view, collection)
    with placing.beside(out) as fresh:
        (fresh / "tables").mkdir()
        for record in records.values():
            write_record(record, fresh / "tables" / f"{record['name']}.csv")
        (fresh / "index.html").write_text(page, encoding="utf-8")
        files = {name: sha256(fresh / name) for name in placing.list_files(fresh)}
        told = {
            "versions": {"kamtools": kamtools.__version__},
            "pack": collection.pack,
            "files": files,
        }
        (fresh / placing.RECORD).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return out / "index.html"


def kept_records(view: ClassView, collection: Collection) -> dict[str, Record]:
    """Return the tables of a class that have rows, by name, in the order of the page."""
    refused = pd.DataFrame(
        [
            (one.source if view.has_names else f"file {number}", one.reason)
            for number, one in enumerate(collection.refused, start=1)
        ],
        columns=["file", "reason"],
    )
    is_odd = bool((view.learners["notes"] != "").any())
    tables = {
        "exercises": view.exercises,
        "wrong_answers": view.wrong_answers,
        "learners": view.learners if is_odd else view.learners.drop(columns="notes"),
        **{
            f"items_{form}": _with_words(view.items[form], form)
            for form in get_args(Form)
            if form in view.items
        },
        "cases": view.cases,
        "games": view.games,
        "not_counted": refused,
    }
    return {name: as_record(name, table) for name, table in tables.items() if len(table)}


def class_page(view: ClassView, collection: Collection) -> str:
    """Return the page of a class: what it comes to, pictures, then the tables."""
    records = kept_records(view, collection)
    parts = [
        {
            "name": name,
            "title": TITLES[name],
            "said": _said_of(name, view),
            "figure": _figure_for(name, view),
            "table": scrolling(to_html(record, rows=len(record["rows"])), label=TITLES[name]),
        }
        for name, record in records.items()
    ]
    return page_environment().get_template("class.html").render(
        setting=Setting("Class view", "", "en"),
        summary=summary(view, collection),
        parts=parts,
        pack=collection.pack,
        is_given=collection.is_given,
    )  # fmt: skip


def summary(view: ClassView, collection: Collection) -> list[str]:
    """Return what a class comes to, in sentences."""
    n, refused = len(view.learners), len(collection.refused)
    told = [f"{_counted(n, 'learner', 'learners')} handed in a file that counts."]
    if refused:
        verb = "is" if refused == 1 else "are"
        told.append(f"{_counted(refused, 'file', 'files')} {verb} not counted: see below.")
    if len(view.exercises):
        told.append(_hardest(view.exercises["share_solved"]))
    return [*told, _gain_sentence(view)]


def _hardest(shares: pd.Series) -> str:
    """Return which exercises were solved least; where many are level, that many are."""
    least = float(shares.min())
    names = [str(name) for name in shares.index[shares == least]]
    if len(names) == len(shares) > 1:
        return f"Every exercise that somebody began was solved by {percent(least)} of the class."
    which = listing(names) if len(names) <= MOST_NAMED else f"{len(names)} exercises"
    were = "was" if len(names) == 1 else "were"
    return (
        f"Of the exercises that somebody began, {which} {were} solved least: by {percent(least)} "
        "of the class."
    )


def _gain_sentence(view: ClassView) -> str:
    gain = view.gain
    if not gain.learners:
        return "Nobody has taken both knowledge tests whole, so nothing can be said of a gain."
    told = (
        f"{_counted(gain.learners, 'learner', 'learners')} took both knowledge tests: "
        f"{gain.mean:+.1f} right answers on average"
    )
    if gain.learners < FEWEST_FOR_AN_INTERVAL:
        return f"{told}; {FEWEST_FOR_AN_INTERVAL} or more are needed to say how sure that is."
    return (
        f"{told} (95 % interval {gain.low:+.1f} to {gain.high:+.1f}). Without a group that was "
        "not taught, nobody can say how much of it is due to the course: a second test is easier "
        "for having taken a first."
    )


def _said_of(name: str, view: ClassView) -> str:
    if name == "exercises":
        return (
            "Solved is counted over the whole class, median tries over those who tried. A try is "
            "a judged answer up to the first right one; a cell run again is none. Hints are those "
            "looked at before it was solved."
        )
    if name == "wrong_answers":
        return "At most three for each exercise; answers of one cause are counted together."
    if name == "learners":
        is_odd = bool((view.learners["notes"] != "").any())
        order = "The order is that of random identifiers and says nothing of who is who."
        return f"{order} Notes say what was odd in a file." if is_odd else order
    if name.startswith("items_"):
        return (
            f"{warning_for(_takers(view, name))} “Item rest” is the correlation of an item with "
            "the score on all others; “upper lower” the share right in the best third less that "
            "in the weakest. Near 0 or below: read the question again."
        )
    if name == "not_counted":
        files = "" if view.has_names else f"{_FILES} "
        return (
            f"{files}A chain of seals in each file shows accidents and casual changes. Whoever "
            "reads the source of kamtools can forge one: this is a help for a fair room, not an "
            "exam."
        )
    return ""


def _takers(view: ClassView, name: str) -> int:
    return int(view.items[name.removeprefix("items_")]["learners"].iloc[0])


def _with_words(table: pd.DataFrame, form: Form) -> pd.DataFrame:
    known: dict[str, Item] = {item.id: item for item in items(form)}
    words = table.copy()
    words.insert(0, "about", [known[str(name)].idea for name in table.index])
    words.insert(1, "chapter", [CHAPTERS[known[str(name)].chapter] for name in table.index])
    return words


def _figure_for(name: str, view: ClassView) -> dict[str, str] | None:
    if name == "exercises":
        shares = view.exercises["share_solved"]
        told = "; ".join(
            f"{exercise} {percent(share)}"
            for exercise, share in zip(shares.index, shares, strict=True)
        )
        alternative = f"Bars: share of the class that solved each exercise. {told}."
        return {"source": _picture(plot_share_solved(view.exercises)), "text": alternative}
    both = view.learners[["before", "after"]].dropna()
    if name == "learners" and len(both):
        n_items = len(items("before"))
        told = "; ".join(f"{who} {row.before:.0f} to {row.after:.0f}" for who, row in
                         both.iterrows())  # fmt: skip
        alternative = f"Right answers of {n_items} before and after, by learner. {told}."
        figure = plot_before_after(view.learners, n_items=n_items)
        return {"source": _picture(figure), "text": alternative}
    return None


def _picture(ax: Axes) -> str:
    figure, written = figure_of(ax), io.BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None})
    plt.close(figure)
    return f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode('ascii')}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
