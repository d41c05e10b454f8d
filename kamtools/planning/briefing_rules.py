"""The words by which a line of a briefing is stopped, from one table to read and extend.

A line is about a *matter* (price, volume, capacity, bid) and about the *future*, or it comes
from a *client*. Words that only look like it are *harmless* and are taken out first. The table
is `briefing_rules.toml`; it is a filter of this toolkit's making and stands for no law.
"""

import datetime
import functools
import re
import tomllib
from importlib.resources import files

import pandas as pd

from kamtools.errors import InputError

MATTER, FUTURE, CLIENT, RIVAL, HARMLESS = "matter", "future", "client", "rival", "harmless"
KINDS = (MATTER, FUTURE, CLIENT, RIVAL, HARMLESS)
LANGUAGES = ("en", "zh")

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DATES = re.compile(
    r"\b(?P<iso_year>20\d\d)-(?P<iso_month>\d\d)(?:-(?P<iso_day>\d\d))?\b"
    r"|(?:\b(?P<day>\d{1,2}) )?\b(?P<month>" + "|".join(_MONTHS) + r") (?P<year>20\d\d)\b"
    r"|\bQ(?P<quarter>[1-4])[ /-]*(?P<quarter_year>20\d\d)\b"
    r"|\b(?P<first_year>20\d\d)[ /-]*Q(?P<quarter_last>[1-4])\b"
    r"|(?P<zh_year>20\d\d)年(?:(?P<zh_month>\d{1,2})月)?(?:(?P<zh_day>\d{1,2})日)?"
    r"|(?<![\d.,])(?P<bare_year>20\d\d)(?![\d.,]*\d)",
    re.IGNORECASE,
)


def default_rules() -> pd.DataFrame:
    """Return the words, one a row.

    Returns
    -------
    DataFrame
        `kind`: "matter", "future", "client" (whoever a line must not come from), "rival" (a
        competitor without its name) or "harmless" (taken out before the others are looked
        for). `language`: "en" (whole words, small or capital) or "zh" (anywhere in the
        text). `pattern`: a regular expression.

    Examples
    --------
    >>> rules = default_rules()
    >>> more = pd.DataFrame([("matter", "en", "pallets?")], columns=rules.columns)
    >>> own = pd.concat([rules, more], ignore_index=True)  # with a word of the firm's own
    >>> [bool(words_of("matter", table).search("More pallets")) for table in (rules, own)]
    [False, True]
    """
    text = (files("kamtools.planning") / "briefing_rules.toml").read_text(encoding="utf-8")
    rows = [
        (kind, language, pattern)
        for kind, by_language in tomllib.loads(text).items()
        for language, patterns in by_language.items()
        for pattern in patterns
    ]
    return pd.DataFrame(rows, columns=["kind", "language", "pattern"], dtype="str")


def more_rules(text: str) -> pd.DataFrame:
    """Return the table of words with those of a text added.

    Parameters
    ----------
    text
        Such as "matter: pallets?; 限量; future: gear(s|ing) up": a kind, a colon, its words;
        semicolons between. Words with a Chinese character are found anywhere.

    Raises
    ------
    InputError
        If a word has no kind, the kind is not known, or the word cannot be read.

    Examples
    --------
    >>> more_rules("matter: pallets?; 限量").tail(2).to_numpy().tolist()
    [['matter', 'en', 'pallets?'], ['matter', 'zh', '限量']]
    """
    rows, kind = [], ""
    for part in re.split("[;；]", text):
        before, colon, after = part.partition(":")
        kind, word = (before.strip(), after.strip()) if colon else (kind, part.strip())
        if word:
            is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in word)
            rows.append((kind, "zh" if is_chinese else "en", word))
    rules = default_rules()
    added = pd.DataFrame(rows, columns=rules.columns, dtype="str")
    return check_rules(pd.concat([rules, added], ignore_index=True))


def check_rules(rules: pd.DataFrame) -> pd.DataFrame:
    """Return a table of words that can be used.

    Raises
    ------
    InputError
        If a column is missing, a kind or language is not known, or a pattern cannot be read.

    Examples
    --------
    >>> check_rules(default_rules()).equals(default_rules())
    True
    """
    lacking = [name for name in ("kind", "language", "pattern") if name not in rules]
    if lacking:
        raise InputError(f"the table of words lacks the column {', '.join(lacking)}")
    for kind, language, pattern in rules[["kind", "language", "pattern"]].itertuples(index=False):
        if kind not in KINDS:
            raise InputError(f"kind of a word is {kind!r}; expected one of {', '.join(KINDS)}")
        if language not in LANGUAGES:
            raise InputError(f"language of a word is {language!r}; expected en or zh")
        if not isinstance(pattern, str) or not pattern.strip():
            raise InputError(f"a word of the kind {kind} is blank; expected a pattern")
        try:
            re.compile(pattern)
        except re.error as error:
            raise InputError(f"the pattern {pattern!r} cannot be read: {error}") from error
    return rules


def words_of(kind: str, rules: pd.DataFrame) -> re.Pattern[str]:
    """Return one pattern that finds every word of a kind.

    Examples
    --------
    >>> words_of("matter", default_rules()).search("A new Price list")[0]
    'Price'
    """
    chosen = rules[rules["kind"] == kind]
    return _joined(tuple(zip(chosen["language"], chosen["pattern"], strict=True)))


@functools.cache
def _joined(patterns: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return the patterns as one, English ones as whole words; none of them finds nothing."""
    parts = [rf"\b(?:{one})\b" if language == "en" else one for language, one in patterns]
    return re.compile("|".join(parts) or "(?!)", re.IGNORECASE)


def later_date(text: str, day: datetime.date) -> str:
    """Return the first date in a text that begins after a day, as it is written; "" if none.

    Examples
    --------
    >>> later_date("List price as of 1 March 2025", datetime.date(2024, 12, 9))
    '1 March 2025'
    >>> later_date("2025年3月起", datetime.date(2024, 12, 9))
    '2025年3月'
    >>> later_date("It cut its price on 2 December 2024", datetime.date(2024, 12, 9))
    ''
    """
    for found in _DATES.finditer(text):
        start = _first_day(found.groupdict())
        if start is not None and start > day:
            return found[0]
    return ""


def _first_day(part: dict[str, str | None]) -> datetime.date | None:
    """Return the first day of what a date names; None where there is no such day."""
    year = next(int(text) for name, text in part.items() if name.endswith("year") and text)
    quarter = part["quarter"] or part["quarter_last"]
    month = 3 * int(quarter) - 2 if quarter else int(part["iso_month"] or part["zh_month"] or 1)
    if part["month"]:
        month = _MONTHS.index(part["month"].lower()) + 1
    day = int(part["iso_day"] or part["day"] or part["zh_day"] or 1)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
