"""The tables of an engagement other than its invoices, in disguise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.pseudonyms.columns import how
from kamtools.pseudonyms.disguise import Disguise
from kamtools.pseudonyms.names import Names, is_job
from kamtools.pseudonyms.scrubbing import Scrubber
from kamtools.schema import names_in

LISTS = {"accounts": "account", "people": "person", "labels": "label"}
COSTS = ["cost_low", "cost", "cost_high"]


@dataclass(frozen=True)
class Tellers:
    """All that it takes to disguise a cell.

    Attributes
    ----------
    goal_columns
        Columns of the firm's own in accounts that a goal rests on -> what they are called
        in disguise.
    """

    disguise: Disguise
    names: Names
    scrubber: Scrubber
    goal_columns: Mapping[str, str] = field(default_factory=dict)

    def cell(self, text: str, way: str) -> str:
        """Return one text in disguise; `way` is one of `columns.HOW` for texts."""
        if way in LISTS:
            return "; ".join(self.cell(part, LISTS[way]) for part in names_in(text))
        if way == "label":
            return self.scrubber.label(text)
        if way == "text":
            return self.scrubber.text(text)
        if way == "person" and text not in self.names.aliases and is_job(text):
            return text
        if way == "kept":
            return text
        return self.names.aliases[text.strip() if way == "chain" else text]

    def column(self, table: str, column: str) -> tuple[str, str] | None:
        """Return what a column is called in disguise and what becomes of it, None if left out."""
        way = how(table, column)
        if way is not None:
            return column, way
        if table == "accounts" and column in self.goal_columns:
            return self.goal_columns[column], "value"
        return None


def disguised(table: str, frame: pd.DataFrame, tellers: Tellers) -> pd.DataFrame:
    """Return a table in disguise, its rows in the order of the aliases.

    Parameters
    ----------
    table
        Its name in `schema.TABLES`.
    frame
        As `engagement.load` returns it.
    """
    made = {}
    for column in map(str, frame.columns):
        target = tellers.column(table, column)
        if target is not None:
            made[target[0]] = _told(frame[column], target[1], tellers)
    return _in_order(pd.DataFrame(made, index=frame.index))


def _told(cells: pd.Series, way: str, tellers: Tellers) -> pd.Series:
    if way == "date":
        return cells - pd.Timedelta(days=tellers.disguise.days)
    if way == "money":
        return pd.Series(tellers.disguise.money(cells), index=cells.index)
    if way == "kept" or (way == "value" and cells.dtype.kind in "biuf"):
        return cells
    return cells.map(lambda cell: tellers.cell(str(cell), way), na_action="ignore")


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by day and alias, since their order in the original may tell a name."""
    ids = [name for name in ("account_id", "manager_id") if name in frame][:1]
    if not ids:
        return frame.reset_index(drop=True)
    by = [name for name in ("date",) if name in frame] + ids
    return frame.sort_values(by, kind="stable", ignore_index=True)


def csv_text(frame: pd.DataFrame, *, blank_rows: int = 0) -> str:
    """Return a table as CSV, numbers in as many digits as they have, blank rows at the end.

    Examples
    --------
    >>> print(csv_text(pd.DataFrame({"a": [1.0, 0.1], "b": ["x", None]}), blank_rows=1), end="")
    a,b
    1,x
    0.1,
    ,
    """
    if frame.shape[1] == 0:
        raise InputError("a table without columns cannot be written")
    written = frame.apply(lambda cells: _written(cells) if cells.dtype.kind == "f" else cells)
    lines = written.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return lines + ("," * (frame.shape[1] - 1) + "\n") * blank_rows


def _written(cells: pd.Series) -> pd.Series:
    one: Callable[[float], str] = lambda x: str(int(x)) if x == int(x) else repr(float(x))  # noqa: E731
    return cells.astype(object).map(one, na_action="ignore")


def with_costs_of_library(
    given: pd.DataFrame | None, library: pd.DataFrame | None
) -> pd.DataFrame | None:
    """Return a firm's measures with the library's costs where the firm says none of its own.

    The costs that the toolkit assumes are money too: left as they are, a measure would be too
    dear or too cheap beside accounts that were multiplied by a factor.

    Parameters
    ----------
    given
        As `engagement.load` returns the table measures, None where there is none.
    library
        `measure`, `cost_low`, `cost`, `cost_high`, as the toolkit assumes them; None: leave all.
    """
    if library is None:
        return given
    costs = library[["measure", *COSTS]].drop_duplicates("measure")
    if given is None:
        return costs.reset_index(drop=True)
    table = given.reindex(columns=[*given.columns, *(c for c in COSTS if c not in given)])
    known = costs.set_index("measure")
    said = table.groupby("measure")[COSTS].first()
    is_blank = table["measure"].isin(said.index[said.isna().all(axis=1)])
    first = is_blank & ~table["measure"].duplicated() & table["measure"].isin(known.index)
    filled = known.reindex(table.loc[first, "measure"]).to_numpy(float)
    table[COSTS] = table[COSTS].astype(float)
    table.loc[first, COSTS] = np.asarray(filled)
    others = costs[~costs["measure"].isin(given["measure"])]
    return pd.concat([table, others], ignore_index=True)
