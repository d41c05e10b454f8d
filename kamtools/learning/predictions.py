"""What a reader predicted, beside what the model says; neither is called right.

An exercise has an answer, a model of a case has none: it says what follows from its assumptions.
So a prediction is compared, not marked. In a trainee's pack it is recorded (`progress`), under
the name of the folder that its notebook stands in, which is that of the case.
"""

from collections.abc import Mapping

from kamtools.errors import InputError
from kamtools.learning.answers import as_choice, as_number, is_empty
from kamtools.learning.progress import record, working_folder
from kamtools.wording import listing

NOTHING = "Nothing was predicted: put something in the place of the dots and run from there."


def compare_number(
    predicted: object,
    found: float,
    *,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    decimals: int = 0,
) -> str:
    """Return a predicted number beside the model's.

    Parameters
    ----------
    predicted
        What the reader typed.
    found, low, high
        What the model says, with its range where it has one.
    unit
        In the plural, such as "days".
    decimals
        Of the numbers told.

    Examples
    --------
    >>> compare_number(20, 13.6, unit="days", low=4, high=31)
    'You said 20 days, the model says 14 days (4 to 31): 6 more, within its range.'
    >>> compare_number("few", 13.6, unit="days")
    "The model says 14 days. What was predicted is no number: 'few'."
    """
    told = f"the model says {_counted(f'{found:.{decimals}f}', unit)}"
    if low is not None and high is not None:
        told += f" ({low:.{decimals}f} to {high:.{decimals}f})"
    number = None if is_empty(predicted) else as_number(predicted)
    if number is None:
        return _without(told, predicted, "number")
    said = _counted(f"{number:g}", unit)
    off = number - round(found, decimals)
    away = f"{abs(off):.{decimals}f} {'more' if off > 0 else 'less'}"
    near = "the same" if float(f"{abs(off):.{decimals}f}") == 0 else away
    if low is None or high is None:
        return _noted(said, f"You said {said}, {told}: {near}.")
    where = "within" if low <= number <= high else "outside"
    return _noted(said, f"You said {said}, {told}: {near}, {where} its range.")


def compare_choice(predicted: object, found: str, *, choices: Mapping[str, str]) -> str:
    """Return a predicted choice beside the model's.

    Parameters
    ----------
    predicted
        The letter that the reader typed.
    found
        The text of the choice that the model comes to.
    choices
        Letter -> text.

    Raises
    ------
    InputError
        If the model's is not among the choices.

    Examples
    --------
    >>> choices = {"a": "captive supplier", "b": "loose"}
    >>> compare_choice("B", "captive supplier", choices=choices)
    'You said “loose”, the model says “captive supplier”.'
    >>> compare_choice("a", "captive supplier", choices=choices)
    'You said “captive supplier”, and so does the model.'
    """
    if found not in choices.values():
        raise InputError(f"{found!r} is none of the choices {listing(list(choices.values()))}")
    told = f"the model says “{found}”"
    letter = None if is_empty(predicted) else as_choice(predicted)
    if letter is None or letter not in choices:
        return _without(told, predicted, f"choice of {listing(list(choices))}")
    said = choices[letter]
    if said == found:
        return _noted(said, f"You said “{said}”, and so does the model.")
    return _noted(said, f"You said “{said}”, {told}.")


def _noted(said: str, sentence: str) -> str:
    """Return the sentence, once what was said is recorded; with a word where it is not."""
    told = record("prediction", working_folder().name, answer=said)
    return f"{sentence} {told}".rstrip()


def _without(told: str, predicted: object, expected: str) -> str:
    first = f"{told[0].upper()}{told[1:]}."
    if is_empty(predicted):
        return f"{first} {NOTHING}"
    return f"{first} What was predicted is no {expected}: {predicted!r}."


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit.removesuffix('s') if number == '1' else unit}"
