"""Tables in a terminal."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def show(table: "pd.DataFrame") -> None:
    """Print a table, its numbers to the right, long texts folded."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False)
    for column in table.columns:
        is_number = table[column].dtype.kind in "if"
        heading = str(column).replace("_", " ")
        shown.add_column(heading, justify="right" if is_number else "left", overflow="fold")
    for row in table.itertuples(index=False):
        shown.add_row(*(Text(f"{v:,}" if isinstance(v, int) else str(v)) for v in row))
    Console(highlight=False).print(shown)
