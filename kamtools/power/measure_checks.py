"""What a table of balancing measures must hold, and what is said where it does not."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.schema import names_in
from kamtools.wording import listing

ALLOWED: dict[str, tuple[object, ...]] = {
    "operation": (0, 1, 2, 3, 4),
    "scope": ("account", "firm"),
    "side": ("supplier", "account"),
    "acts_on": ("stake", "availability"),
    "grade": ("A", "B", "C", "D"),
    "legal": ("clear", "counsel"),
}
"""Column -> the values it may have."""

YES = ("1", "1.0", "true", "yes")
NO = ("0", "0.0", "false", "no")

NUMBERS = ("effect_low", "effect", "effect_high", "cost_low", "cost", "cost_high",
           "months_to_work", "operation")  # fmt: skip

NEEDED = ("measure", "label", "operation", "scope", "side", "part", "acts_on", "effect_low",
          "effect", "effect_high", "cost_low", "cost", "cost_high", "months_to_work", "needs",
          "excludes", "grade", "evidence", "source", "legal", "guard_rail", "basis")  # fmt: skip
"""Columns of a whole table of measures."""


def known_columns(given: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the firm's own table that are known, numbers read as numbers.

    Parameters
    ----------
    given
        The firm's measures; blank texts count as missing.

    Raises
    ------
    InputError
        If there is no column `measure`, a row has none, or a number cannot be read.

    Examples
    --------
    >>> known_columns(pd.DataFrame({"measure": ["a"], "cost": ["12"], "note": ["x"]}))
      measure  cost
    0       a  12.0
    """
    if "measure" not in given:
        raise InputError(f"measures need the column measure; got {', '.join(map(str, given))}")
    own = given[[name for name in (*NEEDED, "use") if name in given]].copy()
    for name in own:
        if name in NUMBERS:
            numbers = pd.to_numeric(own[name], errors="coerce").astype(float)
            is_wrong = (numbers.isna() & own[name].notna()).to_numpy()
            if is_wrong.any():
                row = int(is_wrong.argmax())
                raise InputError(
                    f"measure {own['measure'].iloc[row]}: {name} must be a number; got "
                    f"{own[name].iloc[row]!r}"
                )
            own[name] = numbers
        elif name == "use":
            own[name] = _uses(own)
        else:
            words = own[name].astype("str").str.strip()
            own[name] = words.where(words != "")
    if own["measure"].isna().any():
        row = int(own["measure"].isna().to_numpy().argmax())
        raise InputError(f"measures: row {row + 1} has no measure")
    return own


def _uses(own: pd.DataFrame) -> pd.Series:
    """Return whether each row is used, in whatever way the firm says yes and no."""
    said = own["use"].astype("str").str.strip().str.casefold()
    is_blank = own["use"].isna() | (said == "")
    is_wrong = (~is_blank & ~said.isin([*YES, *NO])).to_numpy()
    if is_wrong.any():
        row = int(is_wrong.argmax())
        raise InputError(
            f"measure {own['measure'].iloc[row]}: use must be 0 or 1; got {said.iloc[row]!r}"
        )
    return is_blank | said.isin(YES)


def check_measures(measures: pd.DataFrame) -> None:
    """Refuse a table of measures that cannot be used.

    Parameters
    ----------
    measures
        As `measures.default_measures`.

    Raises
    ------
    InputError
        If a column is missing; a value is not one of the allowed; low, middle and high are
        not in order or outside their range; one effect stands twice; rows of one measure
        differ in what belongs to it as a whole; a measure needs or excludes one that is not
        there, or itself; or a measure for counsel has no guard-rail.

    Examples
    --------
    >>> check_measures(pd.DataFrame({"measure": ["a"]}))
    Traceback (most recent call last):
    kamtools.errors.InputError: measures lack the columns label, operation, scope, ...
    """
    missing = [name for name in NEEDED if name not in measures]
    if missing:
        raise InputError(f"measures lack the columns {', '.join(missing)}")
    for column, values in ALLOWED.items():
        wanted = f"must be one of {', '.join(map(str, values))}"
        _refuse(measures, ~measures[column].isin(values), f"{column} {wanted}", column)
    _check_ranges(measures)
    _refuse(
        measures, measures.duplicated(["measure", "side", "part", "acts_on"]),
        "has the same effect twice: side, part and acts_on must differ", "acts_on",
    )  # fmt: skip
    for column in ("scope", "cost", "cost_low", "cost_high", "months_to_work", "needs",
                   "excludes", "legal"):  # fmt: skip
        first = measures.groupby("measure")[column].transform("first")
        is_other = measures[column] != first
        _refuse(measures, is_other, f"has more than one {column} in its rows", column)
    is_bare = (measures["legal"] == "counsel") & (measures["guard_rail"].str.strip() == "")
    _refuse(measures, is_bare, "needs a guard_rail, since counsel must look at it", "guard_rail")
    _check_others(measures)


def _check_ranges(measures: pd.DataFrame) -> None:
    for name, least, most in (("effect", -1.0, 1.0), ("cost", 0.0, np.inf)):
        low, middle, high = (
            measures[column].to_numpy(dtype=float)
            for column in (f"{name}_low", name, f"{name}_high")
        )
        is_right = (least <= low) & (low <= middle) & (middle <= high) & (high <= most)
        is_right &= np.isfinite(high)
        bounds = "from -1 to 1" if name == "effect" else "of at least 0"
        if not is_right.all():
            row = int((~is_right).argmax())
            raise InputError(
                f"measure {measures['measure'].iloc[row]}: {name} needs low ≤ middle ≤ high, "
                f"numbers {bounds}; got {low[row]:g}, {middle[row]:g}, {high[row]:g}"
            )
    months = measures["months_to_work"]
    is_wrong = ~((months >= 0) & np.isfinite(months))
    _refuse(measures, is_wrong, "months_to_work must be a number of at least 0", "months_to_work")


def _check_others(measures: pd.DataFrame) -> None:
    known = set(measures["measure"])
    for column in ("needs", "excludes"):
        pairs = measures[["measure", column]].drop_duplicates()
        for measure, cell in zip(pairs["measure"], pairs[column], strict=True):
            names = names_in(cell)
            unknown = [name for name in names if name not in known]
            if measure in names:
                raise InputError(f"measure {measure} {column} itself")
            if unknown and column == "needs":
                raise InputError(
                    f"measure {measure} needs {listing(unknown)}, not among the measures: take "
                    f"{measure} out too (use = 0), or keep {listing(unknown)}. There are "
                    f"{', '.join(sorted(known))}"
                )


def _refuse(measures: pd.DataFrame, is_wrong: pd.Series, message: str, column: str) -> None:
    if is_wrong.any():
        row = measures[is_wrong].iloc[0]
        raise InputError(f"measure {row['measure']}: {message}; got {row[column]!r}")
