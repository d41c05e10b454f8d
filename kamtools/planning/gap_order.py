"""How firm the order of the gaps is: what other assumptions would close first."""

from collections.abc import Iterator

import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.readiness import (
    TARGET,
    check_answers,
    readiness_gaps,
    statement_levels,
)
from kamtools.planning.statements import LEVELS, importance_points
from kamtools.wording import listing

FIRST = 3


def gap_changes(
    answers: pd.DataFrame | None,
    *,
    importance: pd.Series,
    target: int = TARGET,
    first: int = FIRST,
) -> pd.DataFrame:
    """Return how the gaps to close first change under other assumptions.

    Parameters
    ----------
    answers
        As in `readiness.check_answers`.
    importance : points of at least 0, index statement
    target : a whole number from 2 to 5
    first : how many gaps are closed first

    Returns
    -------
    (n_changes, 4)
        `change` in words: equal importance, the lowest level that anyone gave, another target,
        each person's answers alone; `replaced`, how many of the first gaps; `enter` and
        `leave`, the statements in words. A person counts who answered half of the
        statements. No row where no gap is known.

    Raises
    ------
    InputError
        As `readiness.readiness_gaps`.

    Examples
    --------
    >>> answers = pd.DataFrame({"statement": ["sponsor", "pay_fits"], "level": [3.0, 2.0]})
    >>> gap_changes(answers, importance=importance_points("pay_fits=1,sponsor=3"), first=1)
                        change  replaced     enter    leave
    0         equal importance         1  pay_fits  sponsor
    1  lowest level anyone gave         0      none     none
    2        target one higher         0      none     none
    """
    base = _first_gaps(statement_levels(answers), importance, target, first)
    rows: list[tuple[str, int, str, str]] = []
    for change, levels, points, level in _changes(answers, importance, target):
        if not base:
            break
        gaps = _first_gaps(levels, points, level, first)
        enter, leave = (listing(sorted(part)) or "none" for part in (gaps - base, base - gaps))
        rows.append((change, len(base - gaps), enter, leave))
    return pd.DataFrame(rows, columns=["change", "replaced", "enter", "leave"])


def _changes(
    answers: pd.DataFrame | None, importance: pd.Series, target: int
) -> Iterator[tuple[str, pd.DataFrame, pd.Series, int]]:
    """Yield each change in words, with the levels, the points and the target it leads to."""
    levels = statement_levels(answers)
    yield "equal importance", levels, importance_points("equal"), target
    yield "lowest level anyone gave", levels.assign(level=levels["low"]), importance, target
    other = min(target + 1, max(LEVELS))
    if other != target:
        yield "target one higher", levels, importance, other
    given = check_answers(answers)
    counts = given.groupby("respondent", sort=False).size()
    for person in counts.index[counts >= len(levels) / 2]:
        if len(counts) > 1:
            own = given[given["respondent"] == person]
            yield f"{person} alone", statement_levels(own), importance, target


def _first_gaps(
    levels: pd.DataFrame, importance: pd.Series, target: int, first: int
) -> frozenset[str]:
    if first < 1:
        raise InputError(f"first must be at least 1; got {first!r}")
    gaps = readiness_gaps(levels, importance=importance, target=target)
    return frozenset(str(name) for name in gaps.index[:first])
