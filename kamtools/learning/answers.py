"""What a person typed, as a number, a choice or names; and answers kept under a seal."""

import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from numbers import Real

import pandas as pd

SALT = "kamtools exercises, first edition"
SEAL_SIGNS = 24
_BRACKETS = re.compile(r"<[^<>]*>|\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")


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
        Who answers by name is understood too, and so is a name without what stands in its
        brackets, where only one account is called so.

    Examples
    --------
    >>> sorted(as_names("A7, harbour foods ", {"A1": "Harbour Foods <Retail>"}))
    ['a1', 'a7']
    >>> as_names(7, None)
    """
    tokens = _tokens(answer)
    if tokens is None:
        return None
    known = {name: keys[0] for name, keys in _keys_by_name(names).items() if len(keys) == 1}
    return frozenset(known.get(token, token) for token in tokens)


def ambiguous_names(
    answer: object, names: Mapping[str, str] | pd.Series | None
) -> dict[str, list[str]]:
    """Return which names in an answer may mean several accounts, with their identifiers.

    Parameters
    ----------
    answer, names
        As in `as_names`.

    Examples
    --------
    >>> names = {"A1": "Harbour <Retail>", "A2": "Harbour <Wholesale>"}
    >>> ambiguous_names("harbour", names), ambiguous_names("Harbour <Retail>", names)
    ({'harbour': ['A1', 'A2']}, {})
    """
    by_name = _keys_by_name(names)
    written = {folded(str(key)): str(key) for key, _ in _items(names)}
    return {
        token: [written[key] for key in by_name[token]]
        for token in _tokens(answer) or ()
        if token not in written and len(by_name.get(token, ())) > 1
    }


def unknown_names(answer: object, names: Mapping[str, str] | pd.Series | None) -> list[str]:
    """Return which parts of an answer are neither an identifier nor a name; none without names.

    Parameters
    ----------
    answer, names
        As in `as_names`.

    Examples
    --------
    >>> unknown_names("Harbour, A1, Habour", {"A1": "Harbour <Retail>"})
    ['habour']
    """
    known = {*_keys_by_name(names), *(folded(str(key)) for key, _ in _items(names))}
    return [token for token in _tokens(answer) or () if known and token not in known]


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


def _tokens(answer: object) -> list[str] | None:
    """Return the parts of an answer, folded; None where it is no collection of names."""
    if isinstance(answer, str):
        parts: Iterable[object] = answer.split(",")
    elif isinstance(answer, Iterable) and not isinstance(answer, Mapping | pd.DataFrame):
        parts = answer
    else:
        return None
    return [token for part in parts if (token := folded(str(part)))]


def _keys_by_name(names: Mapping[str, str] | pd.Series | None) -> dict[str, list[str]]:
    """Return the identifiers by name, and by the name without brackets where nobody has it."""
    whole: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for key, name in _items(names):
        whole.setdefault(folded(str(name)), []).append(folded(str(key)))
        short.setdefault(folded(_BRACKETS.sub(" ", str(name))), []).append(folded(str(key)))
    ids = {folded(str(key)) for key, _ in _items(names)}
    return {name: keys for name, keys in short.items() if name not in ids} | whole


def _items(names: Mapping[str, str] | pd.Series | None) -> Iterable[tuple[object, object]]:
    return () if names is None else names.items()
