"""engagement.toml and the decision log in disguise, without comments and file names."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kamtools.decision_log import FILE as LOG_FILE
from kamtools.decision_log import append_entry, read_log
from kamtools.errors import InputError
from kamtools.pseudonyms.columns import SETTINGS
from kamtools.pseudonyms.small_tables import Tellers
from kamtools.reading.settings import Settings

_HASH = re.compile("[0-9a-f]{64}")


def settings_text(config: Settings, tellers: Tellers, *, tables: Iterable[str]) -> str:
    """Return the text of engagement.toml in disguise.

    Parameters
    ----------
    config
        As `reading.settings.read_settings` returns it.
    tables
        Those written as CSV, whose numbers have a decimal point: it is said, since a file of few
        numbers may not show it.
    """
    lines = [
        f"name = {_toml(tellers.names.aliases[config.name])}",
        f"currency = {_toml(config.currency)}",
        f"as_of = {tellers.disguise.day(config.as_of)}",
        f"language = {_toml(config.language)}",
    ]
    for section in ("strategy", "capacity", "power", "finance", "quality"):
        keys = getattr(config, section)
        if not keys:
            continue
        lines += ["", f"[{section}]"]
        for key, value in keys.items():
            told = (
                [_goal(goal, tellers) for goal in value]
                if section == "strategy"
                else _setting(f"{section}.{key}", value, tellers)
            )
            lines.append(f"{key} = {_toml(told)}")
    for table in sorted(tables):
        lines += ["", f"[files.{table}]", 'decimal = "."']
    return "\n".join(lines) + "\n"


def _setting(key: str, value: object, tellers: Tellers) -> object:
    if SETTINGS[key] == "money":
        return float(tellers.disguise.money(float(value)))  # type: ignore[arg-type]
    return value


def _goal(goal: Mapping[str, Any], tellers: Tellers) -> dict[str, Any]:
    column = goal["column"]
    name, way = tellers.column("accounts", column) or (column, "kept")
    made = {"name": tellers.scrubber.label(goal["name"]), "column": name}
    if "values" in goal:
        made["values"] = [
            tellers.cell(value, way) if isinstance(value, str) else value
            for value in goal["values"]
        ]
    return made | {"weight": goal["weight"]}


def _toml(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return repr(value)


def write_log(folder: Path, target: Path, tellers: Tellers) -> bool:
    """Write the decision log in disguise, chained anew, and say whether there was one.

    Raises
    ------
    InputError
        If the log was changed after it was written: a new chain would hide it.
    """
    log = read_log(folder)
    if log.faults:
        raise InputError(f"{LOG_FILE} was changed after it was written", log.faults)
    for entry in log.entries:
        append_entry(
            target,
            kind=entry.kind,
            by=tellers.cell(entry.by, "person"),
            date=tellers.disguise.day(entry.date),
            content={key: _content(value, tellers) for key, value in entry.content.items()},
        )
    return bool(log.entries)


def _content(value: object, tellers: Tellers) -> object:
    if isinstance(value, str):
        return value if _HASH.fullmatch(value) else tellers.scrubber.text(value)
    if isinstance(value, list):
        return [_content(one, tellers) for one in value]
    if isinstance(value, dict):
        return {tellers.scrubber.label(key): _content(one, tellers) for key, one in value.items()}
    return value


def own_goal_columns(goals: Iterable[Mapping[str, Any]], known: Iterable[str]) -> dict[str, str]:
    """Return the columns that goals rest on and the schema lacks, with their new names.

    Examples
    --------
    >>> own_goal_columns([{"column": "segment"}, {"column": "Tesco tier"}], ["segment"])
    {'Tesco tier': 'goal_column_1'}
    """
    own = [goal["column"] for goal in goals if goal["column"] not in set(known)]
    return {name: f"goal_column_{n}" for n, name in enumerate(dict.fromkeys(own), start=1)}
