"""Tables as plain values: what a notebook carries and CSV files are made from.

Every notebook imports this, so nbformat, which takes most of a second to load, stays out.
"""

import re
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import numpy as np
import pandas as pd

from kamtools.errors import InputError

if TYPE_CHECKING:
    from nbformat import NotebookNode

TABLE_MIME = "application/vnd.kamtools.table+json"
DECISION_MIME = "application/vnd.kamtools.decision+json"

Kind = Literal["text", "number", "date", "flag"]


class Column(TypedDict):
    """One column of a kept table: its name and what kind of value it holds."""

    name: str
    kind: Kind


class Record(TypedDict):
    """A kept table, whole: what the notebook carries and the CSV file is made from."""

    name: str
    columns: list[Column]
    rows: list[list[Any]]


def as_record(name: str, table: pd.DataFrame) -> Record:
    """Return a table as plain values that JSON can hold.

    A named index becomes the first column; row numbers are dropped. Fractions are rounded
    to 12 significant digits, so that sums taken in another order give the same bytes; an
    infinite number counts as missing.

    Raises
    ------
    InputError
        If the name could not be that of a file, words stand in an index without a name,
        or there is no column at all.

    Examples
    --------
    >>> scores = pd.DataFrame({"score": [0.5, None]}, index=pd.Index(["A", "B"], name="id"))
    >>> as_record("chosen", scores)["rows"]
    [['A', 0.5], ['B', None]]
    """
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) is None:
        raise InputError(
            f"name of a table: saw {name!r}; expected small letters, digits and _, "
            "beginning with a letter"
        )
    frame = _with_index(name, table)
    if not frame.shape[1]:
        raise InputError(f"table {name}: expected at least one column, got none")
    columns = [frame.iloc[:, i] for i in range(frame.shape[1])]
    return {
        "name": name,
        "columns": [{"name": str(c.name), "kind": _kind(c)} for c in columns],
        "rows": [list(row) for row in zip(*map(_values, columns), strict=True)],
    }


def as_frame(record: Record) -> pd.DataFrame:
    """Return a kept table as a frame, its index as a column like the others.

    Examples
    --------
    >>> as_frame(as_record("chosen", pd.DataFrame({"score": [0.5, None]})))
       score
    0    0.5
    1    NaN
    """
    return pd.DataFrame(record["rows"], columns=[column["name"] for column in record["columns"]])


def kept_tables(notebook: "NotebookNode") -> list[Record]:
    """Return the tables that a notebook kept, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [o.data[TABLE_MIME] for o in outputs if TABLE_MIME in o.get("data", ())]


def _with_index(name: str, table: pd.DataFrame) -> pd.DataFrame:
    if all(level is not None for level in table.index.names):
        return table.reset_index()
    if table.index.nlevels == 1 and pd.api.types.is_integer_dtype(table.index):
        return table
    raise InputError(f"table {name}: its index has no name, so it cannot become a column")


def _kind(column: pd.Series) -> Kind:
    if pd.api.types.is_bool_dtype(column):
        return "flag"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    return "text"


def _values(column: pd.Series) -> list[Any]:
    kind = _kind(column)
    if kind == "date":
        column = column.dt.strftime("%Y-%m-%d")
    elif kind == "text":
        column = column.map(str, na_action="ignore")
    elif pd.api.types.is_float_dtype(column):
        column = column.map(lambda value: float(f"{value:.12g}"), na_action="ignore")
        column = column.where(np.isfinite(column))
    return column.astype(object).where(column.notna(), None).tolist()
