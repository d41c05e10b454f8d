"""What a person typed, as a number, a choice or names; and answers kept under a seal."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from numbers import Real

import pandas as pd

SALT = "kamtools exercises, first edition"
SEAL_SIGNS = 24


def is_empty(answer: object) -> bool:
    """Say whether nothing was answered: dots, nothing, a blank text, an empty collection.

    Examples
    --------
    >>> [is_empty(answer) for answer in (..., None, " ", [], float("nan"), 0, "b")]
    [True, True, True, True, True, False, False]
    """
    if answer is None or answer is Ellipsis:
        return True
    if isinstance(answer, str):
        return not answer.strip(" .…")
    if isinstance(answer, Real):
        return math.isnan(float(answer))
    return hasattr(answer, "__len__") and len(answer) == 0


def as_number(answer: object) -> float | None:
    """Return an answer as a number; None where it is none.

    A percent sign divides by 100. Of a table or series with one number, that number.

    Examples
    --------
    >>> as_number("12.5 %"), as_number(3), as_number("many"), as_number(pd.Series([0.5]))
    (0.125, 3.0, None, 0.5)
    """
    if isinstance(answer, pd.Series | pd.Index) and len(answer) == 1:
        return as_number(answer[0] if isinstance(answer, pd.Index) else answer.iloc[0])
    if isinstance(answer, str):
        text, percent, _ = answer.strip().partition("%")
        try:
            return float(text) / (100 if percent else 1)
        except ValueError:
            return None
    is_number = isinstance(answer, Real) and not isinstance(answer, bool)
    return float(answer) if is_number else None  # type: ignore[arg-type]


def as_choice(answer: object) -> str | None:
    """Return an answer as one of several lettered or numbered choices; None where it is none.

    Examples
    --------
    >>> as_choice(" B) "), as_choice(2.0), as_choice(["a", "b"])
    ('b', '2', None)
    """
    if isinstance(answer, Real) and not isinstance(answer, bool):
        return f"{float(answer):g}"
    if not isinstance(answer, str):
        return None
    return folded(answer.strip().rstrip(").:"))


def as_names(answer: object, names: Mapping[str, str] | pd.Series | None) -> frozenset[str] | None:
    """Return an answer as a set of identifiers; None where it is none.

    Parameters
    ----------
    answer
        A text, with commas between several, or a collection of texts; of a series, its values.
    names : identifier -> name
        Who answers by name is understood too.

    Examples
    --------
    >>> sorted(as_names("A7, harbour foods ", {"A1": "Harbour Foods"}))
    ['a1', 'a7']
    >>> as_names(7, None)
    """
    if isinstance(answer, str):
        parts: Iterable[object] = answer.split(",")
    elif isinstance(answer, Iterable) and not isinstance(answer, Mapping | pd.DataFrame):
        parts = answer
    else:
        return None
    by_name = {folded(str(name)): folded(str(key)) for key, name in _items(names)}
    tokens = [folded(str(part)) for part in parts]
    return frozenset(by_name.get(token, token) for token in tokens if token)


def seal(exercise: str, answer: str) -> str:
    """Return the seal under which the answer of an exercise is kept.

    Examples
    --------
    >>> seal("an-exercise", "a") == seal("an-exercise", " A "), len(seal("an-exercise", "a"))
    (True, 24)
    >>> seal("an-exercise", "a") == seal("another", "a")
    False
    """
    text = f"{SALT}|{exercise}|{folded(answer)}"
    return hashlib.sha256(text.encode()).hexdigest()[:SEAL_SIGNS]


def folded(text: str) -> str:
    """Return a text without what people type differently: case, and spaces around and within.

    Examples
    --------
    >>> folded("  Moor  &  Sons ")
    'moor & sons'
    """
    return " ".join(text.split()).casefold()


def _items(names: Mapping[str, str] | pd.Series | None) -> Iterable[tuple[object, object]]:
    return () if names is None else names.items()
