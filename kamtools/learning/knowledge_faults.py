"""What can be wrong with the files of the knowledge tests, all of it in one go."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from kamtools.errors import Fault

LETTERS = "abcd"
LEVELS = ("knows", "applies", "judges")
PAIR_KEYS: dict[str, type] = {
    "idea": str, "aim": str, "claim": str, "chapter": int, "heading": str, "level": str,
}  # fmt: skip
ITEM_KEYS: dict[str, type] = {
    "number": int, "stem": str, "options": dict, "right": str, "misconceptions": dict,
    "lesson": str,
}  # fmt: skip
_WORDS = {str: "a text", int: "a whole number", dict: "a table of letters"}
_CLAIM = re.compile(r"E([1-9]|1\d|2[0-3])")


def read_tables(
    text: str, file: str, name: str, keys: Mapping[str, type]
) -> tuple[list[dict[str, Any]], list[Fault]]:
    r"""Return the tables of a file under one name, and what is wrong with their keys.

    Examples
    --------
    >>> tables, faults = read_tables("[[pairs]]\nidea = 7", "x.toml", "pairs", {"idea": str})
    >>> tables, [str(fault) for fault in faults]
    ([{'idea': 7}], ['x.toml, key pairs 1, idea: saw 7; expected a text'])
    """
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return [], [Fault(file, None, None, str(error), "TOML")]
    given = said.get(name)
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        return [], [Fault(file, None, name, repr(given), f"a list of tables, [[{name}]]")]
    faults = [
        Fault(file, None, key, "an unknown key", f"[[{name}]] only") for key in said if key != name
    ]
    for number, one in enumerate(given, start=1):
        faults += _key_faults(one, keys, file, f"{name} {number}, ")
    return given, faults


def pair_faults(pair: Mapping[str, Any], file: str, place: str, n_chapters: int) -> list[Fault]:
    r"""Return what is wrong with what a pair of questions is to ask for.

    Examples
    --------
    >>> print(*pair_faults({"claim": "E24", "chapter": 9}, "x.toml", "pair 1, ", 5), sep="\n")
    x.toml, key pair 1, claim: saw 'E24'; expected a claim of the essay, E1 to E23
    x.toml, key pair 1, chapter: saw 9; expected 1 to 5
    """
    claim, chapter, level = pair.get("claim"), pair.get("chapter"), pair.get("level")
    faults = []
    if isinstance(claim, str) and not _CLAIM.fullmatch(claim):
        expected = "a claim of the essay, E1 to E23"
        faults.append(Fault(file, None, f"{place}claim", repr(claim), expected))
    if isinstance(chapter, int) and not 1 <= chapter <= n_chapters:
        faults.append(Fault(file, None, f"{place}chapter", repr(chapter), f"1 to {n_chapters}"))
    if isinstance(level, str) and level not in LEVELS:
        expected = f"one of {', '.join(LEVELS)}"
        faults.append(Fault(file, None, f"{place}level", repr(level), expected))
    return faults


def item_faults(item: Mapping[str, Any], file: str, place: str) -> list[Fault]:
    r"""Return what is wrong with a question: its letters, and options that are the same.

    Examples
    --------
    >>> item = {"right": "e", "options": dict(a="1", b="1", c="2", d="3")}
    >>> print(*item_faults(item, "x.toml", "item 1, "), sep="\n")
    x.toml, key item 1, options: saw the same twice; expected four different options
    x.toml, key item 1, right: saw 'e'; expected one of a, b, c, d
    """
    right = item.get("right")
    options, wrong = item.get("options"), item.get("misconceptions")
    faults = []
    if isinstance(options, dict):
        faults += _letter_faults(options, LETTERS, file, f"{place}options")
        told = [" ".join(str(text).split()).casefold() for text in options.values()]
        if len(set(told)) < len(told):
            expected = "four different options"
            faults.append(Fault(file, None, f"{place}options", "the same twice", expected))
    if isinstance(right, str) and right not in tuple(LETTERS):
        expected = f"one of {', '.join(LETTERS)}"
        faults.append(Fault(file, None, f"{place}right", repr(right), expected))
    elif isinstance(wrong, dict) and isinstance(right, str):
        wanted = LETTERS.replace(right, "")
        faults += _letter_faults(wrong, wanted, file, f"{place}misconceptions")
    return faults


def _letter_faults(given: Mapping[str, object], letters: str, file: str, place: str) -> list[Fault]:
    if "".join(sorted(given)) != letters:
        expected = f"a text for each of {', '.join(letters)}"
        return [Fault(file, None, place, f"{', '.join(given) or 'nothing'}", expected)]
    return [
        Fault(file, None, f"{place}.{letter}", repr(text), "a text")
        for letter, text in given.items()
        if not isinstance(text, str) or not text.strip()
    ]


def _key_faults(
    given: Mapping[str, object], keys: Mapping[str, type], file: str, place: str
) -> list[Fault]:
    faults = []
    for key in dict.fromkeys([*keys, *given]):
        value, kind = given.get(key), keys.get(key)
        if kind is None:
            expected = f"one of {', '.join(keys)}"
            faults.append(Fault(file, None, f"{place}{key}", "an unknown key", expected))
        elif type(value) is not kind or (kind is str and not str(value).strip()):
            seen = "nothing" if value is None else repr(value)
            faults.append(Fault(file, None, f"{place}{key}", seen, _WORDS[kind]))
    return faults
