"""What is wrong with a scenario of the balancing game: all of it at once, key by key."""

from itertools import pairwise
from typing import Any

from kamtools.errors import Fault, InputError
from kamtools.power.game_assumptions import assumption_faults

EVENTS = ("price_demand", "delisting_threat", "competitor_launch")
HIDDEN = ("account_patience", "market_tightens", "first_belief", "trust")
SCORE = ("margin", "corridor", "trust")
MONTHS = 12

_TEXTS = ("title", "supplier", "account", "story", "currency")
_KEYS = (*_TEXTS, "pie", "supplier_share", "budget", "corridor", "steps", "counterpart", "score",
         "dependence", "hidden", "events", "assumptions", "measures", "own_measures")  # fmt: skip

Faults = list[tuple[str, str, str]]


def check_scenario(given: dict[str, Any], *, name: str, measures: tuple[str, ...]) -> None:
    """Refuse a scenario that cannot be played, with all that is wrong with it.

    Parameters
    ----------
    given
        As read from TOML.
    name
        What the scenario is called in the message, such as a file's name.
    measures
        Keys of the measures that there are.

    Raises
    ------
    InputError
        With each key, what was seen there and what is expected.

    Examples
    --------
    >>> check_scenario({"title": "x", "pie": -1}, name="mine.toml", measures=())
    Traceback (most recent call last):
    kamtools.errors.InputError: the scenario cannot be played (13 faults)
      mine.toml, key supplier: saw nothing; expected a text
      mine.toml, key account: saw nothing; expected a text
      ...
    """
    faults: Faults = [(f"{key}", repr(given[key]), f"one of {', '.join(_KEYS)}")
                      for key in given if key not in _KEYS]  # fmt: skip
    faults += [(key, _seen(given.get(key)), "a text") for key in _TEXTS
               if not isinstance(given.get(key), str) or not given[key].strip()]  # fmt: skip
    for key, least, most in (("pie", 1e-9, 1e15), ("supplier_share", 0.01, 0.99),
                             ("budget", 0, 1e15)):  # fmt: skip
        faults += _number(key, given.get(key), least, most)
    faults += _ends("corridor", given.get("corridor"), 2, -1, 1)
    faults += _steps(given.get("steps"))
    faults += _names(given, measures)
    faults += _score(given.get("score"))
    faults += _dependence(given.get("dependence"))
    faults += _hidden(given.get("hidden"))
    faults += _events(given.get("events", []))
    assumptions = given.get("assumptions", {})
    if isinstance(assumptions, dict):
        faults += assumption_faults(assumptions)
    else:
        faults.append(("assumptions", _seen(assumptions), "a table"))
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        told = [Fault(_file(name), None, key, seen, wanted) for key, seen, wanted in faults]
        raise InputError(f"the scenario cannot be played ({count})", told)


def _file(name: str) -> str:
    return name if name.endswith(".toml") else f"{name}.toml"


def _seen(value: object) -> str:
    return "nothing" if value is None else repr(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(key: str, value: object, least: float, most: float) -> Faults:
    if _is_number(value) and least <= float(str(value)) <= most:
        return []
    bounds = f"from {least:g} to {most:g}" if most < 1e15 else (
        "of at least 0" if least == 0 else "above 0"
    )  # fmt: skip
    return [(key, _seen(value), f"a number {bounds}")]


def _ends(key: str, value: object, count: int, least: float, most: float) -> Faults:
    """Say what is wrong with two or three numbers that must not fall."""
    words = "[low, high]" if count == 2 else "[low, middle, high]"
    is_right = (
        isinstance(value, list)
        and len(value) == count
        and all(_is_number(one) and least <= one <= most for one in value)
        and all(first <= second for first, second in pairwise(value))
    )
    if is_right:
        return []
    return [(key, _seen(value), f"{words}, rising, from {least:g} to {most:g}")]


def _steps(value: object) -> Faults:
    is_right = isinstance(value, list) and all(
        isinstance(one, int) and 1 <= one <= MONTHS for one in value
    )
    if is_right and len(set(value)) == len(value):  # type: ignore[call-overload, arg-type]
        return []
    return [("steps", _seen(value), "a list of different months, 1 to 12 (may be empty)")]


def _names(given: dict[str, Any], measures: tuple[str, ...]) -> Faults:
    known = f"one of {', '.join(measures)}"
    listed = given.get("measures", list(measures))
    if not isinstance(listed, list):
        return [("measures", _seen(listed), "a list of keys of measures")]
    faults = [("measures", repr(one), known) for one in listed if one not in measures]
    if given.get("counterpart") not in measures:
        faults.append(("counterpart", _seen(given.get("counterpart")), known))
    return faults


def _score(score: object) -> Faults:
    if not isinstance(score, dict):
        return [("score", _seen(score), f"a table of the weights {', '.join(SCORE)}")]
    faults = [fault for key in SCORE for fault in _number(f"score.{key}", score.get(key), 0, 1)]
    faults += [(f"score.{key}", repr(score[key]), f"one of {', '.join(SCORE)}")
               for key in score if key not in SCORE]  # fmt: skip
    if not faults and abs(sum(score.values()) - 1) > 1e-9:
        faults.append(("score", f"a sum of {sum(score.values()):g}", "weights that sum to 1"))
    return faults


def _dependence(rows: object) -> Faults:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return [("dependence", _seen(rows), "tables with side, part, stake and availability")]
    faults: Faults = []
    for number, row in enumerate(rows, start=1):
        key = f"dependence {number}"
        if row.get("side") not in ("supplier", "account"):
            faults.append((f"{key} side", _seen(row.get("side")), "supplier or account"))
        if not isinstance(row.get("part"), str):
            faults.append((f"{key} part", _seen(row.get("part")), "a text"))
        for one in ("stake", "availability"):
            faults += _ends(f"{key} {one}", row.get(one), 3, 0, 1)
    pairs = [(row.get("side"), row.get("part")) for row in rows]
    if len(set(pairs)) < len(pairs):
        faults.append(("dependence", "a part twice", "each part of a side once"))
    lacking = [side for side in ("supplier", "account") if side not in dict(pairs)]
    faults += [("dependence", f"no part of the {side}'s", "at least one") for side in lacking]
    return faults


def _hidden(hidden: object) -> Faults:
    if not isinstance(hidden, dict):
        return [("hidden", _seen(hidden), f"a table of {', '.join(HIDDEN)}")]
    faults = _ends("hidden.account_patience", hidden.get("account_patience"), 3, 0, 0.999)
    faults += _number("hidden.market_tightens", hidden.get("market_tightens"), 0, 1)
    faults += _ends("hidden.first_belief", hidden.get("first_belief"), 3, 0.001, 0.999)
    faults += _ends("hidden.trust", hidden.get("trust"), 3, 0, 1)
    return faults + [(f"hidden.{key}", repr(hidden[key]), f"one of {', '.join(HIDDEN)}")
                     for key in hidden if key not in HIDDEN]  # fmt: skip


def _events(events: object) -> Faults:
    if not isinstance(events, list) or not all(isinstance(one, dict) for one in events):
        return [("events", _seen(events), "tables with kind, months and text")]
    faults: Faults = []
    taken: set[int] = set()
    for number, one in enumerate(events, start=1):
        key = f"events {number}"
        if one.get("kind") not in EVENTS:
            faults.append((f"{key} kind", _seen(one.get("kind")), f"one of {', '.join(EVENTS)}"))
        if not isinstance(one.get("text"), str):
            faults.append((f"{key} text", _seen(one.get("text")), "a text"))
        if one.get("kind") == "competitor_launch":
            faults += _ends(f"{key} strength", one.get("strength"), 3, 0, 1)
        months = one.get("months")
        wrong = _ends(f"{key} months", months, 2, 1, MONTHS)
        wrong = wrong or [(f"{key} months", repr(months), "whole months")
                          for month in months or [] if month != int(month)][:1]  # fmt: skip
        faults += wrong
        if not wrong and months:
            span = set(range(int(months[0]), int(months[1]) + 1))
            if taken & span:
                faults.append((f"{key} months", repr(months), "months apart from other events'"))
            taken |= span
    return faults
