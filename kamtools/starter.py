"""What a new engagement starts from: settings to fill in, a table of invoices, templates."""

from pathlib import Path

import pandera.pandas as pa

from kamtools import schema
from kamtools.errors import InputError

RATINGS = ("strategic_fit", "growth_potential", "relationship", "bargaining_power")
"""Ratings that the criteria know; a firm may add others of its own, ending in `_rating`."""

SETTINGS = """\
# What kamtools must know of the firm. Lines that begin with # are notes or examples; take
# the # away to use one. `kam check` says what is wrong or missing.

name = "Name of the firm"

# The one currency of all results. Invoices in others need rates.csv.
currency = "EUR"

# The last day that counts; later invoices are set aside. Nothing here reads the clock, so
# this must be filled in: take the # away and give the day.
# as_of = 2024-12-31

# Language that the pages are marked with: "en" or "zh". Their texts are English as yet.
language = "en"

# What the firm wants beside profit. Each goal names a column of accounts.csv and the values
# in it that serve the goal; without `values` the column must be a rating from 1 to 5.
# [strategy]
# goals = [
#     { name = "Supermarkets", column = "segment", values = ["supermarket"], weight = 0.3 },
#     { name = "Strategic fit", column = "strategic_fit_rating", weight = 0.2 },
# ]

# What there is to spend on key accounts.
# [capacity]
# key_accounts = 15      # how many the firm can look after as key accounts
# hours_per_year = 9000  # of all account managers
# key_account_hours = 3000   # of these, for key accounts
# headcount = 6          # account managers
# budget = 500000        # a year, in the currency above
# cost_per_hour = 55     # of an account manager, in the currency above

# How far either side may depend on the other: 0 is equal, above 0 the client is stronger.
# [power]
# corridor = [-0.15, 0.15]

# Facts of the firm that no invoice holds; they tell what losing an account would do to it.
# [finance]
# fixed_costs = 2000000   # a year, in the currency above
# avoidable_share = 0.1   # of the fixed costs that belong to an account and could be saved
# cash = 300000
# debt = 1000000
# covenant = 3            # the most that debt may be, as a multiple of yearly profit

# How invoices.csv is written, where that cannot be told from the file itself. Other tables
# take the same options, as [files.accounts] and so on.
# [files.invoices]
# encoding = "gb18030"
# separator = ";"
# decimal = ","          # or "."
# date_order = "dmy"     # or "mdy"
# path = "export/2024.csv"   # inside this folder
# columns = {account_id = "Kunde", amount = "Betrag"}   # our name = the file's
# database = "erp.duckdb"   # with table = "lines", or query = "select ..."

# Lines that are the same in every column are set aside; "keep" where they are real.
# [quality]
# duplicates = "keep"
"""

GUIDE = """\
# Templates

Fill in `engagement.toml` and `invoices.csv` in the folder above; they are all that is
needed. Each further table answers more: copy its template into the folder above and fill
it in. Tables may also be .xlsx or .parquet files. Columns not named here are ignored.

Write dates as 2024-12-31, shares as fractions (0.25, not 25 %), amounts in one currency.
Separate several names in one cell by semicolons. Leave blank what nobody knows.
"""


def write_starter(folder: Path | str) -> list[Path]:
    """Write the files of a new engagement and return where they are.

    The folder may hold other files; templates go into `templates/`, where no command
    reads them.

    Raises
    ------
    InputError
        If any of the files is there already: nothing is written over.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; expected a folder, new or there already")
    contents = {folder / name: text for name, text in starter_files().items()}
    there = [str(path) for path in contents if path.exists()]
    if there:
        raise InputError("would write over files that are there: " + ", ".join(there))
    for path, text in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(contents)


def starter_files() -> dict[str, str]:
    """Return the text of every file of a new engagement by its name.

    Examples
    --------
    >>> starter_files()["templates/rates.csv"].strip()
    'currency,rate'
    """
    templates = {
        f"templates/{name}.csv": _header(table)
        for name, table in schema.TABLES.items()
        if table is not schema.INVOICES
    }
    return {
        "engagement.toml": SETTINGS,
        "invoices.csv": _header(schema.INVOICES),
        **templates,
        "templates/README.md": "\n".join(
            [GUIDE, *(_described(name, table) for name, table in schema.TABLES.items())]
        ),
    }


def _header(table: pa.DataFrameSchema) -> str:
    return ",".join(name for name, _ in _columns(table)) + "\n"


def _columns(table: pa.DataFrameSchema) -> list[tuple[str, pa.Column]]:
    """Return every column of a template; ratings by the names the criteria know."""
    columns = []
    for name, column in table.columns.items():
        names = [r + schema.RATING_SUFFIX for r in RATINGS] if column.regex else [name]
        columns += [(each, column) for each in names]
    return columns


def _described(name: str, table: pa.DataFrameSchema) -> str:
    lines = [f"## {name}.csv", "", "| column | needed | kind | meaning |", "|---|---|---|---|"]
    for column_name, column in _columns(table):
        needed = "yes" if column.required else "no"
        lines.append(f"| {column_name} | {needed} | {_kind(column)} | {column.description} |")
    return "\n".join([*lines, ""])


def _kind(column: pa.Column) -> str:
    dtype = str(column.dtype)
    return "number" if "float" in dtype else "date" if "datetime" in dtype else "text"
