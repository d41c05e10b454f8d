"""The library of balancing measures: one visible table, to be argued with and replaced.

The default rows stand in `measures.toml` beside this module. All their numbers are assumptions;
the evidence named is for the direction of an effect. A table of measures has one row for each
effect, so a measure that works on two inputs has two rows; what belongs to the measure as a
whole (cost, months, law) is the same in each.

References
----------
.. [1] Emerson, R. M. (1962), "Power-dependence relations", American Sociological Review 27(1),
   31-41: the four balancing operations.
"""

import difflib
import tomllib
from importlib.resources import files
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.measure_checks import check_measures, known_columns

ASSUMED = "assumption"
GIVEN = "the firm"

OPERATIONS = {
    0: "contract or law",
    1: "withdrawal",
    2: "network extension",
    3: "status giving",
    4: "coalition",
}
"""Emerson's operations; 0 for what is none of the four."""

GRADES = {
    "A": "measured in several studies",
    "B": "measured in one study",
    "C": "indirect evidence or cases",
    "D": "no evidence found: a judgement",
}
"""What an evidence grade says, of the direction of an effect only."""

WHOLE = (
    "label", "operation", "scope", "cost_low", "cost", "cost_high", "months_to_work", "needs",
    "excludes", "grade", "evidence", "source", "legal", "guard_rail", "basis",
)  # fmt: skip
"""Columns that belong to a measure as a whole."""

EFFECT = ("side", "part", "acts_on", "effect_low", "effect", "effect_high")
"""Columns that belong to one effect of a measure."""

_ENTRIES: list[dict[str, Any]] = tomllib.loads(
    files("kamtools.power").joinpath("measures.toml").read_text(encoding="utf-8")
)["measures"]


def default_measures() -> pd.DataFrame:
    """Return the measures to start from: assumptions, every number of them.

    Returns
    -------
    (n_effects, 22)
        `measure` (key), `label`; `operation` (key of `OPERATIONS`); `scope` ("account": taken
        and paid account by account; "firm": once, and it works on all accounts); `side`
        ("supplier", "account"), `part` (of the dependence inputs, "all", or "largest": the
        one that makes most of the dependence today) and `acts_on` ("stake", "availability");
        `effect_low`, `effect`, `effect_high` (-1 to 1): above 0 the share closed of what is
        missing to 1, below 0 the share taken away of what there is; `cost_low`, `cost`,
        `cost_high` (money a year, for the account or the firm); `months_to_work`; `needs`,
        `excludes` (other measures, separated by semicolons, blank if none); `grade` (key of
        `GRADES`), `evidence`, `source`; `legal` ("clear", "counsel"), `guard_rail`; `basis`
        ("assumption").

    Examples
    --------
    >>> table = default_measures()
    >>> table["measure"].nunique(), set(table["basis"])
    (15, {'assumption'})
    >>> table.loc[[0], ["measure", "side", "acts_on", "effect_low", "effect"]]
            measure     side acts_on  effect_low  effect
    0  plan_sharing  account   stake        0.03     0.1
    """
    rows = [
        {
            "measure": entry["measure"],
            **dict(zip(EFFECT, effect, strict=True)),
            **dict(zip(("cost_low", "cost", "cost_high"), entry["cost"], strict=True)),
            **{name: entry.get(name, "") for name in WHOLE if not name.startswith("cost")},
            "basis": ASSUMED,
        }
        for entry in _ENTRIES
        for effect in entry["effects"]
    ]
    return _typed(pd.DataFrame(rows))


def merge_measures(given: pd.DataFrame | None) -> pd.DataFrame:
    """Return the default measures with those replaced, added or taken out that the firm gives.

    Parameters
    ----------
    given
        Columns as in `default_measures`, of which only `measure` is needed. The rows of a
        measure that say `side` or `effect` replace all its effects; without them the firm
        changes its cost, months or law only. Blank cells keep the default ("none" in `needs`
        or `excludes` takes it away). An effect or cost
        without low or high is taken as known, since a range would be invented. `use` (1 or 0,
        true or false), where there is one: 0 takes the measure out. None if the firm gives none.

    Returns
    -------
    DataFrame
        As `default_measures`; `basis` is "the firm" for measures that it gives.

    Raises
    ------
    InputError
        If a column that a new measure needs is missing, or a value is not possible; the
        message names the measure, what came and what was expected.

    Examples
    --------
    The firm knows its own cost, and does without coalitions:

    >>> own = pd.DataFrame({"measure": ["plan_sharing", "coalition"], "cost": [4000.0, None],
    ...                     "use": [True, False]})
    >>> merged = merge_measures(own)
    >>> merged.loc[[0], ["cost_low", "cost", "cost_high", "effect", "basis"]]
       cost_low    cost  cost_high  effect     basis
    0    4000.0  4000.0     4000.0     0.1  the firm
    >>> "coalition" in set(merged["measure"])
    False
    """
    table = default_measures()
    if given is None or given.empty:
        return table
    own = known_columns(given)
    kept = [table[~table["measure"].isin(own["measure"])]]
    for measure, rows in own.groupby("measure", sort=False):
        if "use" in rows and not rows["use"].all():
            continue
        kept.append(_replaced(rows, table[table["measure"] == measure]))
    merged = _typed(pd.concat([part for part in kept if len(part)], ignore_index=True))
    check_measures(merged)
    order = {name: place for place, name in enumerate(dict.fromkeys(table["measure"]))}
    place = merged["measure"].map(order).fillna(len(order))
    return merged.loc[place.sort_values(kind="stable").index].reset_index(drop=True)


def measure_list(measures: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each measure, without its effects.

    Parameters
    ----------
    measures
        As `default_measures`.

    Returns
    -------
    (n_measures, 15), index measure, in the order of the table

    Raises
    ------
    InputError
        As `merge_measures`.

    Examples
    --------
    >>> measure_list(default_measures()).loc["advance_notice", ["needs", "legal"]].tolist()
    ['plan_sharing', 'counsel']
    """
    check_measures(measures)
    return measures.drop_duplicates("measure").set_index("measure")[list(WHOLE)]


def _replaced(rows: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return one measure as the firm has it, blanks filled from the default where there is one."""
    said = {str(name): values.iloc[0] for name in rows if len(values := rows[name].dropna())}
    if "cost" in said:
        said = {"cost_low": said["cost"], "cost_high": said["cost"], **said}
    whole: dict[str, Any] = {name: said[name] for name in WHOLE if name in said}
    whole |= {name: "" for name in ("needs", "excludes") if whole.get(name) == "none"}
    has_effects = any(name in said for name in EFFECT)
    if before.empty and not has_effects:
        raise InputError(
            f"measure {said['measure']} is not among the default ones"
            f"{_near(str(said['measure']))}: a new one needs side, acts_on, effect, operation, "
            "cost and months_to_work"
        )
    base = rows[[name for name in ("measure", *EFFECT) if name in rows]] if has_effects else before
    if before.empty:
        blank = {"needs": "", "excludes": "", "evidence": "", "label": said["measure"],
                 "scope": "account", "grade": "D", "source": GIVEN, "legal": "clear",
                 "guard_rail": "", "operation": 0}  # fmt: skip
        whole = blank | whole
    else:
        whole = {name: before[name].iloc[0] for name in WHOLE} | whole
    if "effect" in base:
        effect = base["effect"]
        ends = {name: base[name].fillna(effect) if name in base else effect
                for name in ("effect_low", "effect_high")}  # fmt: skip
        base = base.assign(**ends)
    if has_effects and "part" not in base:
        base = base.assign(part="all")
    return base.assign(**(whole | {"basis": said.get("basis", GIVEN)}))


def _near(name: str) -> str:
    known = [str(entry["measure"]) for entry in _ENTRIES]
    found = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean {found[0]}?)" if found else ""


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns in one order, numbers as numbers and blanks as blanks."""
    table = table.reindex(columns=["measure", "label", "operation", "scope", *EFFECT, *WHOLE[3:]])
    numbers = [name for name in map(str, table) if name.startswith(("effect", "cost", "months"))]
    words = [name for name in map(str, table) if name not in (*numbers, "operation")]
    table[words] = table[words].fillna("").astype("str")
    return table.astype(dict.fromkeys(numbers, float) | {"operation": int})
