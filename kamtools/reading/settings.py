"""engagement.toml: what a firm says of itself, checked key by key."""

import datetime
import difflib
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kamtools import schema
from kamtools.errors import Fault
from kamtools.reading.connections import reason_of
from kamtools.reading.limits import LARGEST_NUMBER, SETTINGS_BYTES
from kamtools.reading.places import SETTINGS as FILE
from kamtools.reading.places import usual_fault

NUMBER = (int, float)
NOTHING = "nothing"
NO_SEPARATORS = '"\r\n\0'
FILE_OPTIONS = {
    "path": str, "encoding": str, "separator": str, "decimal": str, "date_order": str,
    "sheet": (str, int), "columns": dict, "database": str, "table": str, "query": str,
}  # fmt: skip
SECTIONS: dict[str, dict[str, Any]] = {
    "strategy": {"goals": list},
    "capacity": {
        "hours_per_year": NUMBER, "key_account_hours": NUMBER, "headcount": NUMBER,
        "budget": NUMBER, "key_accounts": int, "cost_per_hour": NUMBER,
    },
    "power": {"corridor": list},
    "finance": {
        "fixed_costs": NUMBER, "avoidable_share": NUMBER, "cash": NUMBER, "debt": NUMBER,
        "covenant": NUMBER,
    },
    "quality": {"duplicates": str},
    "files": dict.fromkeys(schema.TABLES, dict),
}  # fmt: skip
TOP = {"name": str, "currency": str, "as_of": (str, datetime.date), "language": str,
       **dict.fromkeys(SECTIONS, dict)}  # fmt: skip
GOAL = {"name": str, "column": str, "values": list, "weight": NUMBER}
CHOICES = {
    "language": ("en", "zh"),
    "quality.duplicates": ("set_aside", "keep"),
    "decimal": (".", ","),
    "date_order": ("dmy", "mdy"),
}


@dataclass(frozen=True)
class Settings:
    """The contents of engagement.toml under their own names."""

    name: str
    currency: str
    as_of: datetime.date
    language: str
    strategy: dict[str, Any]
    capacity: dict[str, Any]
    power: dict[str, Any]
    finance: dict[str, Any]
    quality: dict[str, Any]
    files: dict[str, dict[str, Any]]


def read_settings(
    folder: Path, *, as_of: datetime.date | str | None
) -> tuple[Settings | None, list[Fault]]:
    """Return the settings in a folder's engagement.toml, or all that is wrong with them.

    Where keys are only missing both are returned, so that the other files can be checked too.

    Parameters
    ----------
    as_of : replaces the one in the file, where given (a date or "2024-12-31")
    """
    given = _read_toml(folder)
    if isinstance(given, Fault):
        return None, [given]
    if as_of:
        given["as_of"] = as_of
    faults = _check_keys(given, TOP, "")
    for section, keys in SECTIONS.items():
        faults += _check_keys(given.get(section, {}), keys, f"{section}.")
    for name, options in _dict(given.get("files")).items():
        faults += _check_keys(options, FILE_OPTIONS, f"files.{name}.")
        faults += _check_separator(_dict(options).get("separator"), f"files.{name}.")
        faults += [
            fault
            for key in ("decimal", "date_order")
            for fault in _check_choice(_dict(options), key, CHOICES[key], f"files.{name}.")
        ]
    faults += _check_choice(given, "language", CHOICES["language"], "")
    faults += _check_choice(
        _dict(given.get("quality")), "duplicates", CHOICES["quality.duplicates"], "quality."
    )
    faults += _check_goals(_dict(given.get("strategy")).get("goals", []))
    faults += _check_corridor(_dict(given.get("power")).get("corridor"))
    faults += _check_finance(_dict(given.get("finance")))
    for key in ("name", "currency", "as_of"):
        if key not in given:
            faults.append(Fault(FILE, None, key, NOTHING, _expected(TOP[key], key)))
    day = _day(given.get("as_of"))
    if day is None and "as_of" in given:
        faults.append(Fault(FILE, None, "as_of", repr(given["as_of"]), "a date such as 2024-12-31"))
    if any(fault.seen != NOTHING for fault in faults):
        return None, faults
    return (
        Settings(
            name=given.get("name", ""),
            currency=given.get("currency", "").strip().upper(),
            as_of=day or datetime.date.max,
            language=given.get("language", "en"),
            **{section: given.get(section, {}) for section in SECTIONS},
        ),
        faults,
    )


def _read_toml(folder: Path) -> dict[str, Any] | Fault:
    path = folder / FILE
    if not os.path.lexists(path):
        seen = "no such file" if folder.is_dir() else f"no folder {folder.name}"
        return Fault(FILE, None, None, seen, "a file that names the firm (see kam init)")
    fault = usual_fault(path, folder)
    if fault is not None:
        return fault
    if path.stat().st_size > SETTINGS_BYTES:
        seen = f"{path.stat().st_size:,} bytes"
        return Fault(FILE, None, None, seen, f"settings of at most {SETTINGS_BYTES:,} bytes")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return Fault(FILE, None, None, reason_of(error), "a file that may be read")
    except RecursionError:
        seen = "brackets within brackets without end"
        return Fault(FILE, None, None, seen, "TOML as kam init writes it")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Fault(FILE, None, None, str(error), "TOML in UTF-8")
    except ValueError:
        return Fault(FILE, None, None, "a number of thousands of digits", "numbers of a firm")


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _check_keys(given: object, known: Mapping[str, Any], prefix: str) -> list[Fault]:
    faults = []
    for key, value in _dict(given).items():
        place = prefix + key
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            expected = f"{prefix}{near[0]}" if near else "one of " + ", ".join(known)
            faults.append(Fault(FILE, None, place, "an unknown key", expected))
        elif not _is_of(value, known[key]):
            faults.append(Fault(FILE, None, place, repr(value), _expected(known[key], key)))
    return faults


def _is_of(value: object, kind: Any) -> bool:  # noqa: ANN401 (a type or a tuple of types)
    if isinstance(value, bool) or not isinstance(value, kind):
        return False
    return not isinstance(value, NUMBER) or abs(value) <= LARGEST_NUMBER  # nan is neither


def _expected(kind: Any, key: str) -> str:  # noqa: ANN401 (a type or a tuple of types)
    if key == "as_of":
        return "a date such as 2024-12-31"
    words = {str: "a text", int: "a whole number", NUMBER: "a number", list: "a list",
             dict: "a section", (str, int): "a text or a number"}  # fmt: skip
    return words[kind]


def _check_choice(
    given: Mapping[str, Any], key: str, choices: tuple[str, ...], prefix: str
) -> list[Fault]:
    if key not in given or given[key] in choices:
        return []
    expected = "one of " + ", ".join(repr(choice) for choice in choices)
    return [Fault(FILE, None, prefix + key, repr(given[key]), expected)]


def _check_separator(mark: object, prefix: str) -> list[Fault]:
    if not isinstance(mark, str) or (len(mark) == 1 and mark not in NO_SEPARATORS):
        return []  # missing, told as no text, or one that can be
    expected = "one sign, such as ; or a tab"
    return [Fault(FILE, None, f"{prefix}separator", repr(mark), expected)]


def _check_goals(goals: object) -> list[Fault]:
    faults = []
    for number, goal in enumerate(goals if isinstance(goals, list) else [], start=1):
        prefix = f"strategy.goals, goal {number}, "
        if not isinstance(goal, dict):
            faults.append(Fault(FILE, None, prefix.rstrip(", "), repr(goal), "a table of name, "
                                "column, values, weight"))  # fmt: skip
            continue
        faults += _check_keys(goal, GOAL, prefix)
        faults += [
            Fault(FILE, None, prefix + key, NOTHING, _expected(GOAL[key], key))
            for key in ("name", "column", "weight")
            if key not in goal
        ]
    return faults


def _check_corridor(corridor: object) -> list[Fault]:
    if not isinstance(corridor, list):  # missing, or told as not a list
        return []
    are_numbers = all(isinstance(end, NUMBER) and not isinstance(end, bool) for end in corridor)
    if are_numbers and len(corridor) == 2 and -1 <= corridor[0] < corridor[1] <= 1:
        return []
    expected = "two numbers from -1 to 1, the lower first"
    return [Fault(FILE, None, "power.corridor", repr(corridor), expected)]


def _check_finance(finance: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for key, value in finance.items():
        most = 1 if key == "avoidable_share" else math.inf
        is_number = isinstance(value, NUMBER) and not isinstance(value, bool)
        if key in SECTIONS["finance"] and is_number and not 0 <= value <= most:
            expected = "a share from 0 to 1" if most == 1 else "a number of at least 0"
            faults.append(Fault(FILE, None, f"finance.{key}", repr(value), expected))
    return faults


def _day(value: object) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None
