"""Exercises on readiness: reading levels, ordering gaps, choosing a form."""

import pandas as pd

from kamtools.learning.judging import Context, Exercise, Mistake
from kamtools.planning.gap_order import FIRST
from kamtools.planning.readiness import readiness_gaps
from kamtools.planning.statements import importance_points
from kamtools.planning.structure import fit_structure
from kamtools.wording import listing

LOWER_TARGET = 3


def _first_gaps(context: Context) -> list[str]:
    return _first(readiness_gaps(context["levels"]))


def _first_if_all_alike(context: Context) -> list[str]:
    return _first(readiness_gaps(context["levels"], importance=importance_points("equal")))


def _most_important(context: Context) -> list[str]:
    gaps = readiness_gaps(context["levels"]).reindex(context["levels"].index).dropna(how="all")
    return _first(gaps.sort_values("importance", ascending=False, kind="stable"))


def _in_the_weakest_dimension(context: Context) -> list[str]:
    levels = context["levels"]
    weakest = levels.groupby("dimension", sort=False)["level"].mean().idxmin()
    return _first(readiness_gaps(levels[levels["dimension"] == weakest]))


def _first(gaps: pd.DataFrame) -> list[str]:
    return [str(name) for name in gaps.index[:FIRST]]


def _gaps_left(context: Context) -> int:
    return len(readiness_gaps(context["levels"], target=LOWER_TARGET))


def _at_the_lower_target(context: Context) -> int:
    return int((context["levels"]["level"] == LOWER_TARGET).sum())


def _with_the_unknown(context: Context) -> int:
    return _gaps_left(context) + int(context["levels"]["level"].isna().sum())


def _model(context: Context) -> str:
    return fit_structure(context["conditions"], context["scores"]).model


def _called_for(context: Context) -> str:
    return fit_structure(context["conditions"], context["scores"]).called_for


READINESS: tuple[Exercise, ...] = (
    Exercise(
        name="readiness-level",
        kind="choice",
        expects="a level: 1, 2, 3, 4 or 5",
        hints=(
            "Read the five written levels one after the other, not the statement.",
            "A level holds only if all that the levels below it ask is there, and can be shown.",
            "What do people do before a visit? That decides between two of the levels.",
        ),
        mistakes=(
            Mistake(
                "The sheet says that fields are filled in; does it say that they are true, or "
                "that anyone finds a contact or an order there?",
                cause="takes filled-in fields for a record that helps",
                sealed="b8e82054e36d7dca8c64854b",
            ),
            Mistake(
                "There is more than heads and notebooks: somebody fills in a system. Whether "
                "it helps is another question, and another level.",
                cause="overlooks that a system is filled in",
                sealed="250a5eaa6946185ff7960261",
            ),
            Mistake(
                "That level asks for one record that people read before they go. Whom do they "
                "ask here?",
                cause="takes a system for a record that people read",
                sealed="644b767ec375d95e69432daa",
            ),
            Mistake(
                "A system of the best make is not the best level. What is it used for?",
                cause="takes the best make for the best level",
                sealed="56b64c832d2133bf4fe2cd58",
            ),
        ),
        lesson="This is how a customer system and a slogan live together for years (E11).",
        sealed="c31b7b159747b5f72d24ae1d",
    ),
    Exercise(
        name="readiness-first-gaps",
        kind="names",
        expects='three statements, such as ["sponsor", "pay_fits", "own_offer"]',
        hints=(
            "Two numbers make the priority; look at both columns.",
            "Multiply what is missing to level 4 by the importance, statement by statement.",
            "`readiness.readiness_gaps(levels)` puts them in order.",
        ),
        mistakes=(
            Mistake(
                "These are the first three if all statements were of the same importance. What "
                "does the importance change?",
                cause="left the importance out",
                find=_first_if_all_alike,
            ),
            Mistake(
                "These are of high importance. How much is missing in each of them?",
                cause="looked at the importance alone",
                find=_most_important,
            ),
            Mistake(
                "These are all of the weakest dimension. Priority looks at statements, not at "
                "the dimension they are in.",
                cause="took the weakest dimension whole",
                find=_in_the_weakest_dimension,
            ),
        ),
        lesson=lambda context: (
            f"{listing(_first_gaps(context))}: a wide gap that matters little can wait, and a "
            "narrow one that matters may not."
        ),
        find=_first_gaps,
        needs=("levels",),
    ),
    Exercise(
        name="readiness-lower-target",
        kind="number",
        expects="a whole number of statements",
        hints=(
            "A gap is a level below the target; one at the target is none.",
            "Count the levels below 3, medians with a half among them.",
            "`len(readiness.readiness_gaps(levels, target=3))` counts them.",
        ),
        mistakes=(
            Mistake(
                "That is how many there are at the usual target. What happens to those that "
                "stand just below it?",
                cause="counted at the usual target",
                find=lambda context: len(readiness_gaps(context["levels"])),
            ),
            Mistake(
                "That counts what nobody has answered as a gap. It is unknown, which is "
                "something else: it needs a question, not a measure.",
                cause="counted the unknown as gaps",
                find=_with_the_unknown,
            ),
            Mistake(
                "That is how many stand exactly at the new target; they are none any more.",
                cause="counted those at the target",
                find=_at_the_lower_target,
            ),
        ),
        lesson=lambda context: (
            f"{_gaps_left(context)} are left of {len(readiness_gaps(context['levels']))}, and "
            "nothing in the firm has changed: the target is part of the verdict."
        ),
        find=_gaps_left,
        needs=("levels",),
    ),
    Exercise(
        name="readiness-other-firm",
        kind="choice",
        expects='"none yet", "part-time", "one manager" or "a department"',
        hints=(
            "Two questions, one after the other: what is called for, and what can be carried?",
            "The conditions call for the middle of the forms they point to. Now look up what "
            "that form asks of readiness.",
            "`structure.fit_structure(measured, scores)` answers both; compare its `model` and "
            "its `called_for`.",
        ),
        mistakes=(
            Mistake(
                "That is what the conditions call for. Can a firm with these answers carry it? "
                "Look at how it chooses its key accounts.",
                cause="looked at the conditions alone",
                find=_called_for,
            ),
            Mistake(
                "No condition points that far. A department follows where accounts matter that "
                "much (E22); it does not make them matter.",
                cause="takes a department for a cause, not a consequence",
                find=lambda context: "a department",
            ),
            Mistake(
                "Poor sales of a channel do not make it no task: nearly every condition is "
                "above its first limit.",
                cause="takes poor sales for no task",
                find=lambda context: "none yet",
            ),
        ),
        lesson=lambda context: (
            f"The conditions call for {_called_for(context)}; readiness carries "
            f"{_model(context)}. What is to be built first is the choice."
        ),
        find=_model,
        needs=("conditions", "scores"),
    ),
)
