"""The facts of a case: each with a value or a text, its source, and whose word it is."""

import tomllib
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.facts import GRADES, fact_problems

ENDS = ("low", "middle", "high")
COLUMNS = ("name", *ENDS, "unit", "text", "date", "address", "grade", "whose", "told_after")


def read_facts(text: str) -> pd.DataFrame:
    r"""Return the facts of a case, each with its source.

    Parameters
    ----------
    text
        Of `facts.toml`. Each of the `facts` has what `facts.fact_problems` asks for, `whose`
        word it is, and either `value` (a number, low and high, or low, middle and high) or, with
        the unit "text", `text`. With `told_after = true` a fact is shown only once the
        reader has decided.

    Returns
    -------
    (n_facts, 11)
        `name`, `low`, `middle`, `high` (missing where there is none), `unit`, `text`, `date`,
        `address`, `grade`, `whose`, `told_after` (bool).

    Raises
    ------
    InputError
        With all that is wrong with all facts.

    Examples
    --------
    >>> read_facts('[[facts]]\nname = "notice"\nvalue = [15, 30]\nunit = "days"')
    Traceback (most recent call last):
    kamtools.errors.InputError: facts.toml has facts that cannot be used:
      notice: no date, address, grade
      notice: no word on whose it is
    """
    entries = case_tables(text).get("facts", [])
    names = [str(entry.get("name", "?")) for entry in entries]
    problems = [
        f"{name}: {problem}"
        for name, entry in zip(names, entries, strict=True)
        for problem in [*fact_problems(entry, grades=list(GRADES)), *_value_problems(entry)]
    ]
    problems += [f"{name}: stands twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    if problems or not entries:
        what = "has facts that cannot be used:" if entries else "has no facts"
        raise InputError("\n  ".join([f"facts.toml {what}", *problems]))
    rows = [{"told_after": False, **entry, **_ends(entry.get("value"))} for entry in entries]
    table = pd.DataFrame(rows).reindex(columns=list(COLUMNS))
    kinds = {name: float if name in ENDS else "str" for name in COLUMNS}
    return table.astype(kinds | {"told_after": bool})


def fact_list(facts: pd.DataFrame) -> pd.DataFrame:
    """Return facts as they are shown: what was said, by whom, where and when.

    Parameters
    ----------
    facts
        From `read_facts`.

    Returns
    -------
    (n_facts, 6)
        `fact`, `said` (the text, or the number with its unit), `whose`, `date`, `address`,
        `grade`.
    """
    said = pd.Series([_said(fact) for fact in facts.to_dict("records")], index=facts.index)
    shown = pd.DataFrame({"fact": facts["name"], "said": said.astype("str")})
    return shown.join(facts[["whose", "date", "address", "grade"]])


def case_tables(text: str) -> dict[str, Any]:
    r"""Return the tables of a `facts.toml`.

    Raises
    ------
    InputError
        If it is no TOML, or `case` is no table, or the others no lists of tables.

    Examples
    --------
    >>> case_tables('[case]\nname = "haohan-peihui"')
    {'case': {'name': 'haohan-peihui'}}
    """
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"facts.toml cannot be read: {error}") from error
    for name in ("facts", "dependence"):
        entries = given.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            raise InputError(f"facts.toml, {name}: expected a list of tables, [[{name}]]")
    if not isinstance(given.get("case", {}), dict):
        raise InputError("facts.toml, case: expected a table, [case]")
    return given


def _said(fact: Mapping[Hashable, Any]) -> str:
    """Return what a fact says in one text: "0.5 to 1 months", "EUR 36 million"."""
    if fact["unit"] == "text":
        return str(fact["text"])
    ends = dict.fromkeys([f"{fact['low']:,.10g}", f"{fact['high']:,.10g}"])
    first, _, rest = str(fact["unit"]).partition(" ")
    number = " to ".join(ends)
    said = f"{first} {number}" if first.isupper() else number
    words = [said, str(fact["unit"])]
    if first.isupper() or first == "number":
        words = [said, rest.removeprefix("of ")]
    return " ".join(filter(None, words))


def _value_problems(entry: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the value, the text and the teller of a fact."""
    problems = [] if str(entry.get("whose", "")).strip() else ["no word on whose it is"]
    if entry.get("unit") == "text":
        has_text = bool(str(entry.get("text", "")).strip()) and "value" not in entry
        return problems if has_text else [*problems, "the unit text needs a text and no value"]
    if "value" not in entry:
        return [*problems, "no value"]
    numbers = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]
    is_number = [isinstance(x, int | float) and not isinstance(x, bool) for x in numbers]
    if not all(is_number) or not 1 <= len(numbers) <= 3 or sorted(numbers) != numbers:
        wanted = "value must be a number, or low and high with or without a middle"
        problems.append(f"{wanted}; got {entry['value']!r}")
    return problems


def _ends(value: Any) -> dict[str, float | None]:  # noqa: ANN401
    numbers = value if isinstance(value, list) else [value]
    middle = numbers[len(numbers) // 2] if len(numbers) % 2 else None
    return {"low": numbers[0], "middle": middle, "high": numbers[-1]}
