"""Numbers and dates in a text, as it writes them: digits, a few number words, their units."""

import re
from dataclasses import dataclass

from kamtools.facts import UNITS

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve")  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "M": 1e6, "bn": 1e9}
SIGNS = {"£": "GBP", "$": "USD", "€": "EUR"}
_COUNTED = [unit for unit in UNITS if unit.islower() and unit not in ("text", "share", "ratio")]
_ONE = "|".join([*_COUNTED, *(unit.removesuffix("s") for unit in _COUNTED if unit.endswith("s"))])
_DATE = re.compile(
    r"\b(?P<iso>\d{4}-\d{2}(?:-\d{2})?)\b"
    rf"|\b(?P<day>\d{{1,2}})\s(?P<month>{'|'.join(MONTHS)})\b(?:\s(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<month_of>{'|'.join(MONTHS)})\s(?P<of_year>\d{{4}})\b"
    rf"|(?<![\w.,£$€])(?P<alone>(?:19|20)\d{{2}})\b(?![.,]\d)(?!\s?(?:%|{_ONE}|{'|'.join(SCALES)})\b)"
)
_NUMBER = re.compile(
    r"(?P<sign>[£$€])?(?<![\w.,])(?P<digits>\d(?:[\d,]*\d)?(?:\.\d+)?)"
    rf"(?:[\s-]?(?P<scale>{'|'.join(SCALES)})\b)?"
    rf"(?:\s?(?P<percent>%|per\s?cent)|[\s-](?P<unit>{_ONE})\b)?"
    rf"|\b(?P<word>half\san?|{'|'.join(WORDS)})[\s-](?P<of>{_ONE}|{'|'.join(SCALES)})\b",
    re.IGNORECASE,
)
Day = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Number:
    """A number as it stands in a text: its value in full, and its unit where that is told."""

    shown: str
    value: float
    unit: str


def find_days(text: str) -> list[tuple[str, Day]]:
    """Return the dates in a text: as written, and as year, month and day where told.

    Examples
    --------
    >>> find_days("On 3 April 2017, in May 2018, in 2019 and on 8 July; 2,017 days.")
    ... # doctest: +NORMALIZE_WHITESPACE
    [('3 April 2017', (2017, 4, 3)), ('May 2018', (2018, 5, None)),
     ('2019', (2019, None, None)), ('8 July', (None, 7, 8))]
    """
    return [(found[0], _day(found)) for found in _DATE.finditer(text)]


def find_numbers(text: str) -> list[Number]:
    """Return the numbers in a text that are no dates.

    Examples
    --------
    >>> for number in find_numbers("£60.7 million, 50.6 %, half a month; 1,200 of them in 2017"):
    ...     print(number)
    Number(shown='£60.7 million', value=60700000.0, unit='GBP')
    Number(shown='50.6 %', value=0.506, unit='share')
    Number(shown='half a month', value=0.5, unit='months')
    Number(shown='1,200', value=1200.0, unit='')
    """
    rest = _DATE.sub(lambda found: " " * len(found[0]), text)
    return [_number(found) for found in _NUMBER.finditer(rest)]


def _day(found: re.Match[str]) -> Day:
    if found["iso"]:
        parts = [int(part) for part in found["iso"].split("-")]
        return parts[0], parts[1], parts[2] if len(parts) > 2 else None
    if found["alone"]:
        return int(found["alone"]), None, None
    year, month = found["year"] or found["of_year"], found["month"] or found["month_of"]
    day = int(found["day"]) if found["day"] else None
    return int(year) if year else None, MONTHS.index(month) + 1, day


def _number(found: re.Match[str]) -> Number:
    if found["word"]:
        word = found["word"].lower()
        value = 0.5 if word.startswith("half") else 1.0 + WORDS.index(word)
        return Number(found[0], value * _scale(found["of"]), _unit(found["of"]))
    value = float(found["digits"].replace(",", "")) * _scale(found["scale"])
    if found["percent"]:
        return Number(found[0], value / 100, "share")
    return Number(found[0], value, SIGNS.get(found["sign"] or "", _unit(found["unit"])))


def _scale(word: str | None) -> float:
    return next((times for name, times in SCALES.items() if name.lower() == (word or "").lower()),
                1.0)  # fmt: skip


def _unit(word: str | None) -> str:
    """Return the unit of `facts.UNITS` that a word means, "" where it means none."""
    if not word:
        return ""
    return next((unit for unit in _COUNTED if unit.removesuffix("s") in word.lower()), "")
