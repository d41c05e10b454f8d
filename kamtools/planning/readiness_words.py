"""Readiness in words: whether the firm is ready, what to close first, who disagrees."""

import pandas as pd

from kamtools.planning.gap_order import FIRST
from kamtools.planning.readiness import (
    TARGET,
    check_answers,
    overall_score,
    statement_levels,
)
from kamtools.wording import listing

APART = 2
"""Levels between two people from which they should talk before anything is computed."""


def describe_readiness(scores: pd.DataFrame, *, target: int = TARGET) -> str:
    """Return in words whether the firm is ready.

    Parameters
    ----------
    scores : (n_dimensions, …), index dimension
        From `readiness.dimension_scores`.
    target : a whole number from 2 to 5

    Examples
    --------
    >>> scores = pd.DataFrame({"label": ["Choosing", "People", "Knowledge"],
    ...                        "score": [2.0, 3.0, 4.0], "missing": ["nothing"] * 3})
    >>> print(describe_readiness(scores))
    In parts: 3.0 of 5 on the whole; 1 of 3 dimensions reaches 4. The weakest is choosing (2.0),
    the strongest knowledge (4.0).
    >>> print(describe_readiness(scores.assign(score=float("nan"))))
    Not known: there is no readiness.csv, or too few statements in it have a level.
    """
    known = scores[scores["score"].notna()].sort_values("score", kind="stable")
    overall = overall_score(scores)
    if pd.isna(overall):
        return "Not known: there is no readiness.csv, or too few statements in it have a level."
    n_there = int((known["score"] >= target).sum())
    verdict = "Yes" if n_there == len(scores) else "In parts" if overall >= 2.5 else "Not yet"
    verb = "reaches" if n_there < 2 else "reach"
    weak, strong = known.iloc[0], known.iloc[-1]
    return (
        f"{verdict}: {overall:.1f} of 5 on the whole; {n_there or 'none'} of {len(scores)} "
        f"dimensions {verb} {target}. The weakest is {_lower(weak['label'])} "
        f"({weak['score']:.1f}), the strongest {_lower(strong['label'])} ({strong['score']:.1f})."
    )


def describe_gaps(gaps: pd.DataFrame, *, first: int = FIRST) -> str:
    """Return in words what to close first, what is seen now, and what is wanted.

    Parameters
    ----------
    gaps : from `readiness.readiness_gaps`
    first : how many

    Examples
    --------
    >>> from kamtools.planning.readiness import readiness_gaps
    >>> answers = pd.DataFrame({"statement": ["sponsor"], "level": [1.0]})
    >>> print(describe_gaps(readiness_gaps(statement_levels(answers))))
    Close first:
    <BLANKLINE>
    1. One of the management answers for key accounts (level 1.0). Now: It is a matter of the
    sales department. Wanted: One of the management answers for key accounts, with time and a
    budget.
    """
    if gaps.empty:
        return "No gap is known."
    rows = gaps.head(first).itertuples()
    lines = [
        f"{place}. {row.says} (level {row.level:.1f}). Now: {row.now} Wanted: {row.wanted}"
        for place, row in enumerate(rows, start=1)
    ]
    cut = gaps["priority"].to_numpy()
    n_ties = int((cut[first:] == cut[first - 1]).sum()) if len(gaps) > first else 0
    ties = {0: [], 1: ["1 other has the same priority as the last."]}.get(
        n_ties, [f"{n_ties} others have the same priority as the last."]
    )
    return "\n\n".join(["Close first:", *lines, *ties])


def describe_changes(changes: pd.DataFrame, *, first: int = FIRST) -> str:
    """Return in words how firm the first gaps are.

    Parameters
    ----------
    changes : from `gap_changes`
    first : how many gaps are closed first

    Examples
    --------
    >>> changes = pd.DataFrame({"change": ["equal importance", "target one higher"],
    ...     "replaced": [1, 0], "enter": ["pay_fits", "none"], "leave": ["sponsor", "none"]})
    >>> print(describe_changes(changes))
    1 of 2 other assumptions leaves the first three as they are. Equal importance puts
    pay_fits in the place of sponsor.
    """
    if changes.empty:
        return "No gap is known, so there is no order to test."
    n_same = int((changes["replaced"] == 0).sum())
    words = {1: "first one", 2: "first two", 3: "first three"}
    verb = "leaves" if n_same == 1 else "leave"
    text = (
        f"{n_same} of {len(changes)} other assumptions {verb} the "
        f"{words.get(first, f'first {first}')} as they are."
    )
    worst = changes.iloc[int(changes["replaced"].to_numpy().argmax())]
    if not worst["replaced"]:
        return text
    change = worst["change"][:1].upper() + worst["change"][1:]
    return f"{text} {change} puts {worst['enter']} in the place of {worst['leave']}."


def describe_answers(answers: pd.DataFrame | None) -> str:
    """Return in words who answered, what nobody did, and where they see it differently.

    Parameters
    ----------
    answers
        As in `readiness.check_answers`.

    Raises
    ------
    InputError
        As `readiness.check_answers`.

    Examples
    --------
    >>> two = pd.DataFrame({"statement": ["sponsor"] * 2, "respondent": ["Li", "Eva"],
    ...                     "level": [1.0, 4.0]})
    >>> print(describe_answers(two))
    2 people gave 2 answers; 19 of 20 statements have no level. They are two levels or more
    apart on sponsor: talk about it first. 1 of 1 answers at level 4 or 5 names no evidence.
    >>> print(describe_answers(None))
    Nobody has answered: readiness.csv is missing or blank. The form below is what it needs.
    """
    given = check_answers(answers)
    if given.empty:
        return (
            "Nobody has answered: readiness.csv is missing or blank. The form below is what "
            "it needs."
        )
    levels = statement_levels(answers)
    n_people, n_blank = given["respondent"].nunique(), int(levels["level"].isna().sum())
    apart = levels.index[levels["high"] - levels["low"] >= APART]
    high = given[given["level"] >= TARGET]
    n_bare = int(high["evidence"].isna().sum())
    sentences = [
        f"{n_people} {'person' if n_people == 1 else 'people'} gave {len(given)} answers; "
        f"{n_blank} of {len(levels)} statements {'has' if n_blank == 1 else 'have'} no level."
    ]
    if len(apart):
        pronoun = "it" if len(apart) == 1 else "them"
        sentences.append(
            f"They are two levels or more apart on {listing(list(apart))}: talk about {pronoun} "
            "first."
        )
    if n_bare:
        verb = "names" if n_bare == 1 else "name"
        sentences.append(f"{n_bare} of {len(high)} answers at level 4 or 5 {verb} no evidence.")
    return " ".join(sentences)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
