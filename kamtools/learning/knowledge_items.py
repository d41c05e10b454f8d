"""The questions of the knowledge tests, read from files and checked.

Two parallel forms, "before" and "after" a course: the same number in both asks for the same idea
at the same level. What a number asks for stands once, in `blueprint.toml`; the questions stand in
`before.toml` and `after.toml`. These files hold the right answers, so they never go into a
trainee's pack: a test asks for them in the package.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from kamtools.errors import Fault, InputError
from kamtools.learning.knowledge_faults import (
    ITEM_KEYS,
    PAIR_KEYS,
    item_faults,
    pair_faults,
    read_tables,
)

Form = Literal["before", "after"]
FORMS: tuple[str, ...] = get_args(Form)
CHAPTERS = {1: "Readiness", 2: "Selection", 3: "Role", 4: "Power", 5: "Monday"}
"""Number of a chapter of the playbook -> its subject."""

BLUEPRINT = "blueprint.toml"


@dataclass(frozen=True)
class Item:
    """One question of a knowledge test.

    Attributes
    ----------
    id : its name, such as "before-07"
    pair : name of the question of the other form that asks for the same
    idea : what is asked for, in a few words
    aim : what the course wants people to be able to do
    claim : of the essay that the playbook works out, E1 to E23
    chapter : of the playbook, 1 to 5
    heading : of that chapter, under which the answer stands
    level : whether somebody "knows", "applies" or "judges"
    stem : the question
    options : letter -> answer to choose, a to d
    right : letter of the right one
    misconceptions : letter of each wrong one -> what is misunderstood by who chooses it
    lesson : said afterwards
    """

    id: str
    pair: str
    idea: str
    aim: str
    claim: str
    chapter: int
    heading: str
    level: str
    stem: str
    options: Mapping[str, str]
    right: str
    misconceptions: Mapping[str, str]
    lesson: str

    @property
    def pointer(self) -> str:
        """Where to read on, such as "Chapter 2, The idea in a page"."""
        return f"Chapter {self.chapter}, {self.heading}"


@cache
def items(form: Form) -> tuple[Item, ...]:
    """Return the fifteen questions of a knowledge test, in their order.

    Parameters
    ----------
    form
        "before" or "after".

    Raises
    ------
    InputError
        If there is no such form.

    Examples
    --------
    >>> len(items("before")), items("before")[6].pair, items("after")[6].pair
    (15, 'after-07', 'before-07')
    >>> sorted(items("after")[0].options)
    ['a', 'b', 'c', 'd']
    """
    if form not in FORMS:
        raise InputError(f"there is no knowledge test {form!r}: expected 'before' or 'after'")
    return read_items(_text(f"{form}.toml"), form=form, blueprint=_text(BLUEPRINT))


def read_items(text: str, *, form: Form, blueprint: str) -> tuple[Item, ...]:
    """Return the questions of one form.

    Parameters
    ----------
    text
        TOML with `items`, one for each pair of the blueprint: `number`, `stem`, `options` and
        `misconceptions` (a to d, the right one without a misconception), `right`, `lesson`.
    form
        Which form they are.
    blueprint
        TOML with `pairs`, of which the first is number 1: `idea`, `aim`, `claim`, `chapter`,
        `heading`, `level`.

    Raises
    ------
    InputError
        With all that is wrong with both.

    Examples
    --------
    >>> pairs = '''
    ... [[pairs]]
    ... idea = "Size"
    ... aim = "Tell size from worth"
    ... claim = "E14"
    ... chapter = 2
    ... heading = "The question"
    ... level = "guesses"
    ... '''
    >>> read_items("items = []", form="before", blueprint=pairs)
    Traceback (most recent call last):
    kamtools.errors.InputError: the knowledge test 'before' cannot be used:
      blueprint.toml, key pair 1, level: saw 'guesses'; expected one of knows, applies, judges
      before.toml, key items: saw numbers []; expected each number from 1 to 1 once, in order
    """
    file = f"{form}.toml"
    pairs, faults = read_tables(blueprint, BLUEPRINT, "pairs", PAIR_KEYS)
    given, more = read_tables(text, file, "items", ITEM_KEYS)
    faults += more
    for number, pair in enumerate(pairs, start=1):
        faults += pair_faults(pair, BLUEPRINT, f"pair {number}, ", len(CHAPTERS))
    for item in given:
        faults += item_faults(item, file, f"item {item.get('number')}, ")
    numbers = [item.get("number") for item in given]
    if numbers != list(range(1, len(pairs) + 1)):
        wanted = f"each number from 1 to {len(pairs)} once, in order"
        faults.append(Fault(file, None, "items", f"numbers {numbers}", wanted))
    if faults:
        raise InputError(f"the knowledge test {form!r} cannot be used:", faults)
    other = "after" if form == "before" else "before"
    return tuple(_item(item, pair, form, other) for item, pair in zip(given, pairs, strict=True))


def _item(item: dict[str, Any], pair: dict[str, Any], form: str, other: str) -> Item:
    number = f"{item['number']:02d}"
    return Item(
        id=f"{form}-{number}",
        pair=f"{other}-{number}",
        **{key: pair[key] for key in PAIR_KEYS},
        stem=_line(item["stem"]),
        options={letter: _line(text) for letter, text in item["options"].items()},
        right=item["right"],
        misconceptions={key: _line(text) for key, text in item["misconceptions"].items()},
        lesson=_line(item["lesson"]),
    )


def _text(name: str) -> str:
    folder = files("kamtools.learning") / "knowledge_items"
    return (folder / name).read_text(encoding="utf-8")


def _line(text: str) -> str:
    return " ".join(text.split())
