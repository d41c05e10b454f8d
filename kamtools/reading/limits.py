"""How much kamtools reads of a firm before it says so, instead of wearing the machine out.

The one place of all such limits. They are assumptions of ours about what a supplier's real
files reach, each well above the largest that we have met, and each is told in the message that
refuses a file. Invoice lines are not counted: CSV, Parquet and databases are streamed, and what
does not fit into memory goes to disk.

=======================  ========================================================================
of                       why
=======================  ========================================================================
`SETTINGS_BYTES`         engagement.toml is written by hand; a larger one is something else
`TABLE_BYTES`            every table but the invoice lines is held in memory whole
`TABLE_ROWS`             the same, of a Parquet file or a database
`ACCOUNTS`               of 20,000 the selection notebook took 3 minutes, of 100,000 over 4
`COLUMNS`                DuckDB took half a minute and 800 MB over a header of 20,000 names
`CELL_CHARACTERS`        what a cell of a spreadsheet can hold
`LINE_BYTES`             what DuckDB takes as one line of a CSV file
`WORKBOOK_BYTES`         a workbook unpacked: a full sheet of a million rows has about 400 MB
`SHEET_ROWS`             the last row that a spreadsheet has
`LARGEST_NUMBER`         larger sums of money are no longer exact to the cent
`FIRST_DAY`, `LAST_DAY`  days before and after are placeholders, such as 9999-12-31
=======================  ========================================================================
"""

import datetime

MEGABYTE = 1 << 20

SETTINGS_BYTES = 1 * MEGABYTE
TABLE_BYTES = 256 * MEGABYTE
TABLE_ROWS = 1_000_000
ACCOUNTS = 100_000
COLUMNS = 1_000
CELL_CHARACTERS = 32_767
LINE_BYTES = 2_000_000
WORKBOOK_BYTES = 600 * MEGABYTE
SHEET_ROWS = 1_048_576
LARGEST_NUMBER = 1e13
FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2200, 12, 31)

MEMORY_SHARE = 0.5
"""Of the machine's memory, what DuckDB may take; the rest goes to disk."""

SECONDS_TO_ANSWER = 15
"""How long a database server is waited for."""
