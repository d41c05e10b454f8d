"""The form that fits in words: which one, why, and what would tip it."""

import pandas as pd

from kamtools.planning.conditions import CONDITIONS
from kamtools.planning.statements import DIMENSIONS
from kamtools.planning.structure import MODELS, READINESS_LIMITS, Fit, read_out, tipping_points
from kamtools.wording import listing

MOST_TOLD = 2
"""Changes of conditions that a sentence names; where more are needed, it counts them."""

_BY_NAME = {one.name: one for one in CONDITIONS}
_WHAT_IT_IS = {
    "none yet": "no key-account management yet",
    "part-time": "key accounts beside other work (part-time)",
    "one manager": "one key-account manager",
    "a department": "a department",
}


def describe_fit(fit: Fit) -> str:
    """Return in words which form of key-account management fits, and why.

    Parameters
    ----------
    fit
        From `structure.fit_structure`.

    Examples
    --------
    >>> from kamtools.planning.readiness import dimension_scores, statement_levels
    >>> from kamtools.planning.structure import fit_structure
    >>> scores = dimension_scores(statement_levels(None))
    >>> print(describe_fit(fit_structure({"top_share": 0.6, "functions": 2}, scores)))
    Fits: key accounts beside other work (part-time). Of 2 known conditions 1 points there and 1
    to more. Readiness is not known, so this is what the firm needs, not what it can
    carry. 5 of 7 conditions are not known.
    """
    known = fit.conditions[fit.conditions["points_to"].notna()]
    number = known["points_to"].map(MODELS.index)
    called = MODELS.index(fit.called_for)
    n_there, n_more = int((number == called).sum()), int((number > called).sum())
    verb = "points" if n_there == 1 else "point"
    where = "there" if fit.model == fit.called_for else f"to {_WHAT_IT_IS[fit.called_for]}"
    beside = {"more": n_more, "less": len(known) - n_there - n_more}
    others = [f"{count} to {which}" for which, count in beside.items() if count]
    n_unknown = len(fit.conditions) - len(known)
    sentences = [
        f"Fits: {_WHAT_IT_IS[fit.model]}.",
        f"Of {len(known)} known conditions {n_there} {verb} {listing([where, *others])}.",
        _readiness(fit),
    ]
    if n_unknown:
        verb = "is" if n_unknown == 1 else "are"
        sentences.append(f"{n_unknown} of {len(fit.conditions)} conditions {verb} not known.")
    return " ".join(sentence for sentence in sentences if sentence)


def describe_tipping(fit: Fit) -> str:
    """Return in words what would make another form the one that fits.

    Parameters
    ----------
    fit
        From `structure.fit_structure`.

    Examples
    --------
    >>> from kamtools.planning.readiness import dimension_scores, statement_levels
    >>> from kamtools.planning.structure import fit_structure
    >>> scores = dimension_scores(statement_levels(None))
    >>> fit = fit_structure({"top_share": 0.4, "largest_share": 0.09, "functions": 5}, scores)
    >>> print(describe_tipping(fit))
    It would be a department if this came true: revenue share of the largest account from 9 % to
    10 %. It would be key accounts beside other work (part-time) if both came true: revenue
    share of these accounts from 40 % to below 25 %; functions that work for accounts from 5 to
    below 3.
    """
    number, is_held = MODELS.index(fit.model), fit.model != fit.called_for
    sentences = []
    if is_held:
        sentences.append(_when_ready(fit))
    elif number + 1 < len(MODELS):
        sentences.append(_if_changed(fit, MODELS[number + 1], "to"))
    if number > 0:
        sentences.append(_if_changed(fit, MODELS[number - 1], "to below"))
    return " ".join(sentences)


def _readiness(fit: Fit) -> str:
    if fit.called_for == MODELS[0]:
        return ""
    if fit.carried is None:
        return "Readiness is not known, so this is what the firm needs, not what it can carry."
    if fit.model == fit.called_for:
        return f"Readiness carries it: {_scores(fit.readiness)}."
    return (
        f"Readiness carries no more than {_WHAT_IT_IS[fit.carried]}: {_scores(fit.readiness)}. "
        "Begin with two or three accounts as a pilot."
    )


def _when_ready(fit: Fit) -> str:
    following = MODELS[MODELS.index(fit.model) + 1]
    limit = READINESS_LIMITS[following]
    short = [
        f"{_readiness_label(str(name))} from {_level(score)} to {limit:g}"
        for name, score in fit.readiness.items()
        if not score >= limit
    ]
    return f"It would be {_WHAT_IT_IS[following]} with {listing(short)}."


def _if_changed(fit: Fit, to: str, becomes: str) -> str:
    points = tipping_points(fit, to=to)
    if len(points) > MOST_TOLD:
        return f"It would be {_WHAT_IT_IS[to]} only if {len(points)} conditions changed."
    changes = [
        f"{label[:1].lower()}{label[1:]} from {_step(str(name), value, limit, becomes)}"
        for name, label, value, limit in zip(
            points.index, points["label"], points["value"], points["limit"], strict=True
        )
    ]
    together = "this" if len(changes) == 1 else "both"
    return f"It would be {_WHAT_IT_IS[to]} if {together} came true: {'; '.join(changes)}."


def _step(name: str, value: float, limit: float, becomes: str) -> str:
    before, after = (read_out(_BY_NAME[name], number) for number in (value, limit))
    if before == after and _BY_NAME[name].wording == "{percent}":
        before = f"{100 * value:.1f} %"
    return f"{before} {becomes} {after}"


def _scores(readiness: pd.Series) -> str:
    return ", ".join(
        f"{_readiness_label(str(name))} {_level(score)}" for name, score in readiness.items()
    )


def _level(score: float) -> str:
    return "not known" if pd.isna(score) else f"{score:.1f}"


def _readiness_label(name: str) -> str:
    return DIMENSIONS[name].lower() if name in DIMENSIONS else "readiness on the whole"
