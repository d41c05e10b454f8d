"""What a figure needs of its table, told alike by all figures."""

from collections.abc import Sequence

import pandas as pd

from kamtools.errors import InputError


def check_table(table: pd.DataFrame, columns: Sequence[str], what: str) -> None:
    """Refuse a table without rows or without a column that a figure draws.

    Parameters
    ----------
    table
        One row an account.
    columns
        That it must have.
    what
        What the figure is of, in the plural.

    Raises
    ------
    InputError
        If there is no account, or a column is missing.

    Examples
    --------
    >>> check_table(pd.DataFrame({"share": [0.1]}), ["share"], "profiles")
    """
    if table.empty or any(column not in table for column in columns):
        raise InputError(
            f"{what} have at least one account and the columns {', '.join(columns)}; got "
            f"{len(table):,} accounts, columns {', '.join(map(str, table.columns))}"
        )
