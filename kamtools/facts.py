"""What a published figure must carry before it may stand in a text or enter a model.

Name, unit, date, address and grade: without them a reader cannot check it. A grade says how good
the source is; D is what cannot be traced, and is never printed as a fact, only as somebody's
word.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kamtools.errors import InputError

GRADES = {
    "A": "a filing or a court",
    "B": "the press",
    "C": "a textbook",
    "D": "memory, or a text that cannot be traced",
}

PRINTED = ("A", "B", "C")
"""Grades of what may be printed as a fact."""

NEEDED = ("name", "unit", "date", "address", "grade")

UNITS = ("text", "share", "number", "ratio", "points", "days", "weeks", "months", "years", "hours",
         "minutes", "people", "stores", "products", "AUD", "CHF", "CNY", "EUR", "GBP", "JPY",
         "SEK", "USD")  # fmt: skip
"""What a unit begins with; after it may stand a scale, and of or per what."""

_UNIT = re.compile(rf"(?:{'|'.join(UNITS)})(?: (?:thousand|million|billion))?(?: (?:of|per|a) .+)?")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_CLAIM = re.compile(r"essay, E(?:[1-9]|1\d|2[0-3])")


def fact_problems(fact: Mapping[str, Any], *, grades: Sequence[str] = PRINTED) -> list[str]:
    """Return all that is wrong with the source of a fact, nothing where it is whole.

    Parameters
    ----------
    fact
        `name`; `unit`, beginning with one of `UNITS`, such as "share of purchases" or "GBP
        million a year"; `date` (2017, 2017-04 or 2017-04-03); `address`, on the web or, at grade
        D, a claim of the essay ("essay, E2"); `grade`.
    grades
        Those that may be: by default those that may be printed.

    Examples
    --------
    >>> fact = {"name": "share", "unit": "furlongs", "date": "2017-13", "address": "press"}
    >>> for problem in fact_problems(fact):
    ...     print(problem)
    no grade
    unit must begin with a known one (text, share, number, ...); got furlongs
    date must be a day, a month or a year such as 2017-04-03; got 2017-13
    address must be a web address; got press
    """
    said = {key: str(fact.get(key, "")).strip() for key in NEEDED}
    missing = [key for key, text in said.items() if not text]
    problems = [f"no {', '.join(missing)}"] if missing else []
    if said["unit"] and not _UNIT.fullmatch(said["unit"]):
        known = ", ".join(UNITS[:3])
        problems.append(f"unit must begin with a known one ({known}, ...); got {said['unit']}")
    if said["date"] and not _is_day(said["date"]):
        problems.append(
            f"date must be a day, a month or a year such as 2017-04-03; got {said['date']}"
        )
    is_claim = "D" in grades and _CLAIM.fullmatch(said["address"])
    if said["address"] and not said["address"].startswith(("https://", "http://")) and not is_claim:
        claims = ", or a claim such as essay, E2" if "D" in grades else ""
        problems.append(f"address must be a web address{claims}; got {said['address']}")
    if said["grade"] and said["grade"] not in grades:
        problems.append(f"grade must be one of {', '.join(grades)}; got {said['grade']}")
    elif is_claim and said["grade"] and said["grade"] != "D":
        problems.append(f"the essay cannot be traced: its grade is D; got {said['grade']}")
    return problems


def check_fact(fact: Mapping[str, Any], *, case: str, grades: Sequence[str] = PRINTED) -> None:
    """Refuse a fact whose source is not whole, with all that is wrong with it.

    Parameters
    ----------
    fact, grades
        As in `fact_problems`.
    case
        Named in the message.

    Raises
    ------
    InputError

    Examples
    --------
    >>> check_fact({"name": "share", "grade": "B"}, case="x")
    Traceback (most recent call last):
    kamtools.errors.InputError: case x, fact share: no unit, date, address
    """
    problems = fact_problems(fact, grades=grades)
    if problems:
        raise InputError(f"case {case}, fact {fact.get('name') or '?'}: {'; '.join(problems)}")


def _is_day(text: str) -> bool:
    """Say whether a text is a year, a month or a day that there is."""
    if not _DAY.fullmatch(text):
        return False
    year, month, day, *_ = [*map(int, text.split("-")), 1, 1]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
