"""What is looked for in free text: whole names, and the parts by which people call them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kamtools.pseudonyms.names import Names

CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHINESE_SIGN = re.compile(f"[{CHINESE}]")
SOMEBODY = "[name]"
LEAST_DIGITS = 5
SHORT = 3
TITLES = "(?:经理|总监|主管|主任|老师|先生|女士|小姐|总)"
_DAYS_AND_MONTHS = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday"""
CALENDAR = frozenset(_DAYS_AND_MONTHS.split())
OF_PEOPLE = ("person",)
OF_FIRMS = ("chain", "name", "company", "supplier")


@dataclass(frozen=True)
class Term:
    """A text to look for: `pattern` matches it where it begins, `key` is how it begins.

    It counts where `is_whole` says that it is not a part of a longer word.
    """

    key: str
    pattern: str
    is_exact: bool
    alias: str
    length: int


def is_whole(text: str, start: int, end: int) -> bool:
    """Say whether a part of a text begins and ends no word in the middle.

    Chinese puts no space between words, so that a name may begin and end anywhere in it.

    Examples
    --------
    >>> is_whole("for Aldi", 4, 8), is_whole("Aldine", 0, 4), is_whole("与Aldi合作", 1, 5)
    (True, False, True)
    """
    return not (_joins(text[start - 1 : start], text[start]) or
                _joins(text[end - 1], text[end : end + 1]))  # fmt: skip


def _joins(before: str, after: str) -> bool:
    return all(sign == "_" or (sign.isalnum() and not _CHINESE_SIGN.match(sign))
               for sign in (before, after))  # fmt: skip


def terms(names: Names, texts: Iterable[str]) -> list[Term]:
    """Return what to look for, the longest first.

    Ids of digits alone are looked for from five digits on: a shorter one is a number like any
    other. Names of up to three letters, and regions, are found only as they are written;
    products also in the plural, as the briefing finds them.

    Parameters
    ----------
    names
        All that are known.
    texts
        All cells of text: a word that stands in one of them with a small letter is a word, not
        the part of a name.
    """
    whole = [
        _term(text, alias, kind=names.kinds[text])
        for text, alias in names.aliases.items()
        if len(text.strip()) > 1 and not is_plain_number(text)
    ]
    known = {term.pattern for term in whole}
    parts = [term for term in _parts(names, texts) if term.pattern not in known]
    return sorted([*whole, *parts], key=lambda term: (-term.length, term.pattern))


def is_plain_number(text: str) -> bool:
    """Say whether a name is digits alone, and so few that a text may mean a number by them."""
    return text.isdecimal() and len(text) < LEAST_DIGITS


def _term(text: str, alias: str, *, kind: str, is_exact: bool = False) -> Term:
    if kind == "product" and text.isascii():
        words = [_plural(word) for word in text.split()]
    else:
        words = [re.escape(word) for word in text.split()]
    between = r"[\s-]+" if kind == "product" else r"\s+"
    exact = is_exact or kind == "region" or len(text) <= SHORT
    return Term(text[:2].casefold(), between.join(words), exact, alias, len(text))


def _plural(word: str) -> str:
    if re.search("(?:x|ch|sh|ss)es$", word, re.IGNORECASE):
        word = word[:-2]
    elif len(word) > SHORT and re.search("[^s]s$", word, re.IGNORECASE):
        word = word[:-1]
    return re.escape(word) + "(?:e?s)?"


def _parts(names: Names, texts: Iterable[str]) -> list[Term]:
    """Return words of names that stand for one of them alone, as they are written."""
    small = {word for text in texts for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
    bearers: dict[str, set[str]] = defaultdict(set)
    of_people: set[str] = set()
    for text, kind in names.kinds.items():
        if kind not in (*OF_PEOPLE, *OF_FIRMS):
            continue
        alias = names.aliases[names.owners.get(text, text)]
        for part in _words(text, is_person=kind in OF_PEOPLE):
            word = part.casefold()
            if word in CALENDAR or word in small or part in names.aliases:
                continue
            bearers[part].add(alias)
            of_people |= {part} if kind in OF_PEOPLE else set()
    found = []
    for part, aliases in bearers.items():
        if len(aliases) == 1:
            (alias,) = aliases
        elif part in of_people:
            alias = SOMEBODY
        else:
            continue
        found += [_term(form, alias, kind="part", is_exact=True) for form in {part, part.upper()}]
        if part in of_people and _is_chinese(part) and len(part) == 1:
            found.pop()
            pattern = re.escape(part) + TITLES
            found.append(Term(part, pattern, True, alias, 2))
    return found


def _words(name: str, *, is_person: bool) -> list[str]:
    """Return the parts of a name by which it may be called.

    Examples
    --------
    >>> _words("Dovecote Grocers Ltd", is_person=False), _words("林知秋", is_person=True)
    (['Dovecote', 'Grocers'], ['林', '知秋'])
    >>> _words("青禾超市公园店", is_person=False)
    ['青禾']
    """
    least = SHORT if is_person else SHORT + 1
    words = [
        word
        for word in re.findall(rf"[^\W\d_{CHINESE}]+", name)
        if len(word) >= least and not word[0].islower()
    ]
    for run in re.findall(f"[{CHINESE}]+", name):
        if is_person and len(run) in (2, 3) and not re.search(TITLES + r"\Z", run):
            words += [run[:1], *([run[1:]] if len(run) == 3 else [])]
        elif is_person and re.fullmatch(f".{TITLES}", run):
            words.append(run[:1])
        elif not is_person and len(run) > SHORT:
            words.append(run[:2])
    return words


def _is_chinese(text: str) -> bool:
    return re.fullmatch(f"[{CHINESE}]+", text) is not None
