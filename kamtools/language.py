"""The language of what is shown: texts are looked up in a catalogue, English is their key.

A report, a picture or a page is written in English in the code, each text inside of `tr`,
`tr_n` or `tr_in`; one that is kept in a table of constants is `marked` there and looked up
where it is shown. The catalogues are `locale/LANGUAGE/LC_MESSAGES/kamtools.po`, read at first
use. A text without an entry stays English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kamtools.errors import InputError

LANGUAGES = ("en", "zh")
"""English and Simplified Chinese."""

_now = {"language": "en"}


def use(language: str) -> None:
    """Show all that follows in a language; a notebook says so once, after it knows its firm.

    Raises
    ------
    InputError
        If it is none of `LANGUAGES`.

    Examples
    --------
    >>> use("zh")
    >>> tr("Hours a year")
    '年工时（小时）'
    >>> use("en")
    """
    if language not in LANGUAGES:
        raise InputError(f"language is one of {', '.join(LANGUAGES)}; got {language!r}")
    _now["language"] = language


def current() -> str:
    """Return the language in use."""
    return _now["language"]


@contextmanager
def using(language: str) -> Iterator[None]:
    """Show in a language what is shown inside of the block, and as before after it.

    Examples
    --------
    >>> with using("zh"):
    ...     tr("{n} of {all}", n=2, all=9)
    '2/9'
    """
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


def tr(message: str, **values: object) -> str:
    """Return a text in the language in use, with values put into its gaps.

    Parameters
    ----------
    message
        The English text, gaps as in `str.format`; values may hold any sign.

    Examples
    --------
    >>> tr("as of {day}", day="2024-12-31")
    'as of 2024-12-31'
    """
    return _filled(_of(message), values)


def tr_in(context: str, message: str, **values: object) -> str:
    """Return a word that has several meanings, in the one that `context` names.

    Examples
    --------
    >>> with using("zh"):
    ...     tr_in("status", "notice"), tr_in("value", "notice")
    ('警示期', '提前通知')
    """
    return _filled(_of(message, context), values)


def tr_n(one: str, many: str, *, n: int, **values: object) -> str:
    """Return a text for one thing or for many of them; `{n}` is the number.

    Examples
    --------
    >>> tr_n("{n:,} account", "{n:,} accounts", n=1), tr_n("{n:,} account", "{n:,} accounts", n=0)
    ('1 account', '0 accounts')
    """
    said = _of(one)
    return _filled(many if said == one and n != 1 else said, {"n": n, **values})


def marked(message: str) -> str:
    """Return a text as it is: the mark tells that a catalogue must have it."""
    return message


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**values) if values else text


def _of(message: str, context: str | None = None) -> str:
    if current() == "en":
        return message
    entry = catalogue(current()).get(message, context)
    if entry is None or not entry.string:
        return message
    return entry.string if isinstance(entry.string, str) else entry.string[0]


@cache
def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language other than English."""
    path = files("kamtools").joinpath("locale", language, "LC_MESSAGES", "kamtools.po")
    with path.open("rb") as file:
        return read_po(file, locale=language)
