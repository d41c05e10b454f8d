"""How a class did, as tables: learners, exercises, wrong answers, tests, cases.

Learners are "learner 1" to "learner n" in the order of their random identifiers. Their names
are in the tables only where they are asked for, and only of those who gave one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kamtools.learning.answers import folded
from kamtools.learning.exercises import EXERCISES
from kamtools.learning.knowledge_items import FORMS, items
from kamtools.learning.progress_counts import Standing, first_items, standings
from kamtools.training.collect import Collection, Handed
from kamtools.training.item_analysis import Gain, item_table, paired_gain

NO_CAUSE = "no typical mistake"
MOST_WRONG = 3
"""So many wrong answers of an exercise are listed, the commonest first."""


@dataclass(frozen=True)
class ClassView:
    """The tables of a class.

    Attributes
    ----------
    learners : by learner: `solved`, `tries`, `hints`, `before`, `after`, `gain`, `notes`
    exercises : by exercise: `begun`, `solved`, `share_solved`, `median_tries`, `hints`
    wrong_answers : `exercise`, `answer`, `cause`, `learners`, `times`
    cases : by case: `learners`, `predictions`
    games : by scenario: `learners`, `plays`
    items : test -> the table of `item_analysis.item_table`, for tests that somebody took whole,
        with `misconception`, the commonest, and `chose_it`, by how many learners
    gain
    has_names : whether anything that names people may be shown
    """

    learners: pd.DataFrame
    exercises: pd.DataFrame
    wrong_answers: pd.DataFrame
    cases: pd.DataFrame
    games: pd.DataFrame
    items: dict[str, pd.DataFrame]
    gain: Gain
    has_names: bool


def class_view(collection: Collection, *, has_names: bool = False, seed: int) -> ClassView:
    """Return the tables of a class.

    Parameters
    ----------
    collection
        From `collect.collect`.
    has_names
        Whether learners go by the name that they gave; otherwise by a number.
    seed
        As for `item_analysis.paired_gain`.
    """
    labels = learner_labels(collection.handed, has_names=has_names)
    by_learner = dict(zip(labels, collection.handed, strict=True))
    done = {label: standings(one.progress.events) for label, one in by_learner.items()}
    answers = {form: _answers(by_learner, form) for form in FORMS}
    learners = _learners(by_learner, done, answers)
    return ClassView(
        learners=learners,
        exercises=_exercises(done),
        wrong_answers=_wrong_answers(done),
        cases=_counted(by_learner, "prediction", "case", "predictions"),
        games=_counted(by_learner, "game", "scenario", "plays"),
        items={
            form: item_table(table).join(_misunderstood(by_learner, table))
            for form, table in answers.items()
            if len(table)
        },
        gain=paired_gain(learners["before"], learners["after"], seed=seed),
        has_names=has_names,
    )


def learner_labels(handed: Sequence[Handed], *, has_names: bool) -> list[str]:
    """Return how each learner is called; a number tells two of one name apart."""
    numbered = [f"learner {number}" for number in range(1, len(handed) + 1)]
    if not has_names:
        return numbered
    names = [one.progress.name.strip() for one in handed]
    return [
        (name if names.count(name) == 1 else f"{name} ({number})") if name else number
        for name, number in zip(names, numbered, strict=True)
    ]


def _learners(
    by_learner: dict[str, Handed],
    done: dict[str, dict[str, Standing]],
    answers: dict[str, pd.DataFrame],
) -> pd.DataFrame:
    rows = [
        {
            "solved": sum(one.is_solved for one in done[label].values()),
            "tries": sum(one.tries for one in done[label].values()),
            "hints": sum(one.hints for one in done[label].values()),
            "notes": "; ".join(handed.notes),
        }
        for label, handed in by_learner.items()
    ]
    columns = ["solved", "tries", "hints", "notes"]
    table = pd.DataFrame(rows, index=pd.Index(by_learner, name="learner"), columns=columns)
    for form in FORMS:
        table[form] = answers[form].sum(axis=1).reindex(table.index).astype("Float64")
    table["gain"] = table["after"] - table["before"]
    return table[["solved", "tries", "hints", *FORMS, "gain", "notes"]]


def _exercises(done: dict[str, dict[str, Standing]]) -> pd.DataFrame:
    """Return a row for each exercise that anybody began, in the order of the notebooks."""
    rows = {}
    for name in EXERCISES:
        of_all = [one[name] for one in done.values() if name in one]
        if of_all:
            tries = pd.Series([one.tries for one in of_all if one.tries], dtype=float)
            n_solved = sum(one.is_solved for one in of_all)
            rows[name] = {
                "begun": len(of_all),
                "solved": n_solved,
                "share_solved": n_solved / len(done),
                "median_tries": tries.median(),
                "hints": sum(one.hints for one in of_all),
            }
    columns = ["begun", "solved", "share_solved", "median_tries", "hints"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis("exercise")


def _wrong_answers(done: dict[str, dict[str, Standing]]) -> pd.DataFrame:
    """Return the commonest wrong answers; those of one cause are one, told by the first."""
    rows = [
        (name, event.cause or folded(event.answer), event.answer, event.cause or NO_CAUSE, learner)
        for learner, of_learner in done.items()
        for name, standing in of_learner.items()
        for event in standing.wrong
    ]
    given = pd.DataFrame(rows, columns=["exercise", "kind", "answer", "cause", "learner"])
    given["answer"] = given.groupby(["exercise", "kind"])["answer"].transform(_commonest)
    counted = given.groupby(["exercise", "kind", "answer", "cause"], as_index=False).agg(
        learners=("learner", "nunique"), times=("learner", "size")
    )
    order = {name: place for place, name in enumerate(EXERCISES)}
    counted["place"] = counted["exercise"].map(order)
    counted = counted.sort_values(
        ["place", "learners", "times", "kind"], ascending=[True, False, False, True]
    )
    first = counted.groupby("exercise", sort=False).head(MOST_WRONG).reset_index(drop=True)
    return first[["exercise", "answer", "cause", "learners", "times"]]


def _commonest(answers: pd.Series) -> str:
    return str(answers.mode().iloc[0])


def _answers(by_learner: dict[str, Handed], form: str) -> pd.DataFrame:
    """Return who was right where in a test, of those who took it whole."""
    names = [item.id for item in items(form)]
    rows = {}
    for label, handed in by_learner.items():
        found = first_items(handed.progress.events)
        if all(name in found for name in names):
            rows[label] = [found[name].verdict == "right" for name in names]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=names)
    return table.astype(bool).rename_axis("learner")


def _misunderstood(by_learner: dict[str, Handed], answers: pd.DataFrame) -> pd.DataFrame:
    """Return by item what was misunderstood most, of those who took the test whole."""
    causes = {}
    for label in answers.index:
        found = first_items(by_learner[label].progress.events)
        causes[label] = [found[str(name)].cause for name in answers]
    table = pd.DataFrame.from_dict(causes, orient="index", columns=answers.columns)
    wrong = table.where(table != "")
    commonest = [wrong[name].value_counts().sort_index().nlargest(1) for name in wrong]
    return pd.DataFrame(
        {
            "misconception": [one.index[0] if len(one) else "" for one in commonest],
            "chose_it": [int(one.sum()) for one in commonest],
        },
        index=pd.Index(wrong.columns, name="item"),
    )


def _counted(by_learner: dict[str, Handed], kind: str, subject: str, what: str) -> pd.DataFrame:
    rows = [
        (event.subject, label)
        for label, handed in by_learner.items()
        for event in handed.progress.events
        if event.kind == kind
    ]
    events = pd.DataFrame(rows, columns=[subject, "learner"])
    counts = {"learners": ("learner", "nunique"), what: ("learner", "size")}
    return events.groupby(subject).agg(**counts)
