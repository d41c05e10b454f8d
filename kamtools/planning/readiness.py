"""How ready a firm is for key accounts: levels, scores, and the gaps to close first (E11).

Several people may answer; a statement's level is the median of what they say, and the range
is kept, because a disagreement is worth more than a mean. What nobody answered is missing,
never guessed, and stays out of every score.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.statements import (
    DIMENSIONS,
    LEVELS,
    NAMES,
    STATEMENTS,
    importance_points,
    refuse_unknown,
)
from kamtools.wording import listing

TARGET = 4
"""The level at which a statement holds: an assumption. Level 5 is more than most need."""

MIN_ANSWERED = 0.5
"""A dimension has a score if at least this share of its statements has a level."""

_ANCHORS = {one.name: dict(zip(LEVELS, one.anchors, strict=True)) for one in STATEMENTS}
_BLANK = pd.DataFrame({"statement": pd.Series(dtype="str"), "level": pd.Series(dtype=float)})


def check_answers(answers: pd.DataFrame | None) -> pd.DataFrame:
    """Return the answers that were given, or refuse the table.

    Parameters
    ----------
    answers
        `statement`, `level` (a whole number 1-5, or missing), and `respondent` and `evidence`
        where there are any. None where the firm has no readiness.csv.

    Returns
    -------
    (n_answers, 4)
        `statement`, `respondent` (blank if not told), `level`, `evidence` (may be missing).
        Rows without a level are left out.

    Raises
    ------
    InputError
        If a statement or a level is none of ours, or a person answers a statement twice.

    Examples
    --------
    >>> check_answers(pd.DataFrame({"statement": ["sponsor", "pay_fits"], "level": [3.0, None]}))
      statement respondent  level evidence
    0   sponsor               3.0      NaN
    """
    given = _BLANK if answers is None else answers
    refuse_unknown(given["statement"])
    known = given[given["level"].notna()]
    wrong = known.loc[~known["level"].isin(LEVELS), "level"]
    if len(wrong):
        raise InputError(f"a level is a whole number from 1 to 5; got {wrong.iloc[0]:g}")
    nobody = pd.Series("", index=known.index)
    evidence = known.get("evidence", nobody).astype("str")
    table = pd.DataFrame(
        {
            "statement": known["statement"].astype("str"),
            "respondent": known.get("respondent", nobody).astype("str").fillna(""),
            "level": known["level"].astype(float),
            "evidence": evidence.where(evidence.str.strip() != ""),
        }
    ).reset_index(drop=True)
    twice = table[table.duplicated(["statement", "respondent"])]
    if len(twice):
        row = twice.iloc[0]
        who = f"by {row['respondent']}" if row["respondent"] else "without a respondent"
        raise InputError(f"{row['statement']} is answered twice {who}; expected one level each")
    return table


def statement_levels(answers: pd.DataFrame | None) -> pd.DataFrame:
    """Return the level of every statement, and how far people agree on it.

    Parameters
    ----------
    answers
        As in `check_answers`.

    Returns
    -------
    (n_statements, 6), index statement
        `dimension` (a key of `DIMENSIONS`), `says`, `level` (the median), `low`, `high` (1-5,
        NaN where nobody answered) and `respondents` (count).

    Raises
    ------
    InputError
        As `check_answers`.

    Examples
    --------
    >>> two = pd.DataFrame({"statement": ["sponsor"] * 2, "respondent": ["Li", "Eva"],
    ...                     "level": [2.0, 3.0]})
    >>> statement_levels(two).loc["sponsor", ["level", "low", "high"]].tolist()
    [2.5, 2.0, 3.0]
    """
    by_statement = check_answers(answers).groupby("statement")["level"]
    table = pd.DataFrame(
        {
            "dimension": [one.dimension for one in STATEMENTS],
            "says": [one.says for one in STATEMENTS],
        },
        index=pd.Index(NAMES, name="statement"),
    )
    table["level"] = by_statement.median()
    table["low"], table["high"] = by_statement.min(), by_statement.max()
    table["respondents"] = by_statement.size().reindex(NAMES, fill_value=0)
    return table


def dimension_scores(levels: pd.DataFrame) -> pd.DataFrame:
    """Return each dimension's score, and what is missing from it.

    Parameters
    ----------
    levels : (n_statements, …), index statement
        From `statement_levels`.

    Returns
    -------
    (n_dimensions, 5), index dimension, in the order of `DIMENSIONS`
        `label`; `score`, the mean level (1-5) of the statements answered, NaN below
        `MIN_ANSWERED`; `answered` and `statements` (counts); `missing`, the statements
        without a level in words.

    Examples
    --------
    >>> answers = pd.DataFrame({"statement": ["sponsor", "long_view", "pay_fits"],
    ...                         "level": [1.0, 2.0, 3.0]})
    >>> dimension_scores(statement_levels(answers)).iloc[-1:, 1:]
                score  answered  statements         missing
    dimension
    leadership    2.0         3           4  right_measures
    """
    by_dimension = levels.groupby("dimension", sort=False)
    missing = levels[levels["level"].isna()].reset_index().groupby("dimension")["statement"]
    table = pd.DataFrame(
        {
            "label": pd.Series(DIMENSIONS),
            "score": by_dimension["level"].mean(),
            "answered": by_dimension["level"].count(),
            "statements": by_dimension.size(),
            "missing": missing.agg(lambda names: listing(list(names))),
        }
    ).reindex(list(DIMENSIONS))
    table["score"] = table["score"].where(table["answered"] >= MIN_ANSWERED * table["statements"])
    table["missing"] = table["missing"].fillna("nothing").astype("str")
    return table.rename_axis("dimension")


def overall_score(scores: pd.DataFrame) -> float:
    """Return the mean of the dimensions' scores (1-5); NaN where more than two have none.

    Examples
    --------
    >>> overall_score(dimension_scores(statement_levels(None)))
    nan
    """
    known = scores["score"].dropna()
    return float(known.mean()) if len(known) >= len(DIMENSIONS) - 2 else float("nan")


def readiness_gaps(
    levels: pd.DataFrame, *, importance: pd.Series | None = None, target: int = TARGET
) -> pd.DataFrame:
    """Return the statements below the target, the gap to close first at the top.

    Parameters
    ----------
    levels : (n_statements, …), index statement
        From `statement_levels`; statements without a level are no gap, but unknown.
    importance : points of at least 0, index statement
        From `importance_points`; the default ones if None.
    target : a whole number from 2 to 5
        The level that is good enough.

    Returns
    -------
    (n_gaps, 8), index statement
        `dimension`, `says`, `level`, `importance`, `gap` (target − level), `priority`
        (importance × gap), `now` and `wanted` (the written levels, now and at the target). Of
        equal priority the larger gap is first, then the order of the statements.

    Raises
    ------
    InputError
        If the target is out of its range.

    Examples
    --------
    >>> answers = pd.DataFrame({"statement": ["sponsor", "pay_fits", "named_manager"],
    ...                         "level": [2.0, 1.0, 3.0]})
    >>> readiness_gaps(statement_levels(answers))[["importance", "gap", "priority"]]
                   importance  gap  priority
    statement
    sponsor               2.0  2.0       4.0
    pay_fits              1.0  3.0       3.0
    named_manager         3.0  1.0       3.0
    """
    if target not in LEVELS[1:]:
        raise InputError(f"target must be a level from 2 to 5; got {target!r}")
    points = importance_points() if importance is None else importance
    below = levels[levels["level"] < target]
    gap = target - below["level"]
    anchors = [_ANCHORS[str(name)] for name in below.index]
    now = [
        by_level[int(np.floor(level))]
        for by_level, level in zip(anchors, below["level"], strict=True)
    ]
    wanted = [by_level[int(target)] for by_level in anchors]
    table = pd.DataFrame(
        {
            "dimension": below["dimension"].map(DIMENSIONS),
            "says": below["says"],
            "level": below["level"],
            "importance": points.reindex(below.index),
            "gap": gap,
            "priority": gap * points.reindex(below.index),
            "now": pd.Series(now, below.index, dtype="str"),
            "wanted": pd.Series(wanted, below.index, dtype="str"),
        }
    )
    return table.sort_values(["priority", "gap"], ascending=False, kind="stable")
