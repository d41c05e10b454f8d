"""Tables as CSV files that a spreadsheet opens without harm.

Files are UTF-8 with a byte-order mark: spreadsheets then read names in any script right,
and pandas, DuckDB, R and Python's `utf-8-sig` skip the mark. A cell of a text column that
a spreadsheet would take for a formula gets an apostrophe in front, and so does such a
heading; every line break within a cell is a line feed. Numbers are left as they are.

References
----------
.. [1] OWASP, "CSV Injection", owasp.org/www-community/attacks/CSV_Injection: the signs
   that open a formula, the wide forms of East Asian keyboards among them.
"""

import re
import warnings
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow.csv

from kamtools.publishing.records import Record

_OPENS_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
_MARK = "\N{BYTE ORDER MARK}"


def neutralise(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> neutralise("=HYPERLINK")
    "'=HYPERLINK"
    >>> neutralise("A = B")
    'A = B'
    """
    safe = "'" + text if re.match(_OPENS_FORMULA, text) else text
    return safe.replace("\r\n", "\n").replace("\r", "\n")


def write_record(record: Record, path: Path) -> None:
    """Write a kept table; missing values are empty cells."""
    frame = pd.DataFrame(record["rows"], dtype=object)
    for i, column in enumerate(record["columns"]):
        if column["kind"] == "text" and len(frame):
            frame[i] = frame[i].map(neutralise, na_action="ignore")
    header = [neutralise(column["name"]) for column in record["columns"]]
    frame = frame.reindex(columns=range(len(header)))
    frame.to_csv(path, index=False, header=header, encoding="utf-8-sig", lineterminator="\n")


def write_table(table: ir.Table, path: Path) -> int:
    """Write a table that lives in a database and return how many rows it had.

    Rows pass through in batches, so the table may be larger than memory. Where there is a
    column `row` the rows are in its order, else in the order of all columns.
    """
    names = list(table.columns)
    order = ["row"] if "row" in names else []
    table = table.order_by(order + [name for name in names if name not in order])
    safe = table.select(**{neutralise(name): _neutralised(table[name]) for name in names})
    rows = 0
    with warnings.catch_warnings(), path.open("wb") as file, safe.to_pyarrow_batches() as batches:
        # Ibis 12 calls what DuckDB has since deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        file.write(_MARK.encode())
        options = pyarrow.csv.WriteOptions(quoting_style="needed")
        with pyarrow.csv.CSVWriter(file, batches.schema, write_options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)
                rows += batch.num_rows
    return rows


def _neutralised(column: ir.Column) -> ir.Column:
    if not isinstance(column, ir.StringColumn):
        return column
    opens = column.re_search(_OPENS_FORMULA)
    safe = ibis.cases((opens, ibis.literal("'").concat(column)), else_=column)
    return safe.replace("\r\n", "\n").replace("\r", "\n")
