"""The small parts that the tables of an engagement are built of."""

import re

import pandera.pandas as pa

RATING_SUFFIX = "_rating"
SEPARATOR = ";"
"""Stands between the names in one cell."""


def names_in(cell: object) -> list[str]:
    """Return the names in a cell, in their order; none where the cell is blank.

    The wide semicolon of Chinese parts names too.

    Examples
    --------
    >>> names_in("finance; production；何语桐;"), names_in(float("nan"))
    (['finance', 'production', '何语桐'], [])
    """
    if not isinstance(cell, str):
        return []
    return [name for part in re.split("[;；]", cell) if (name := part.strip())]


def text(description: str, *, required: bool = True, unique: bool = False) -> pa.Column:
    """Return a column of text; unique ones must be given."""
    return pa.Column(
        str, nullable=not unique, required=required, unique=unique, description=description
    )


def number(description: str, *checks: pa.Check, required: bool = True) -> pa.Column:
    """Return a column of numbers that may be blank."""
    return pa.Column(
        float, checks=list(checks), nullable=True, required=required, description=description
    )


def date(description: str, *, required: bool = True) -> pa.Column:
    """Return a column of days that must be given."""
    return pa.Column("datetime64[ns]", nullable=False, required=required, description=description)


def known(column: pa.Column) -> pa.Column:
    """Make a column one whose every value must be given."""
    column.nullable = False
    return column


def at_least(low: float) -> pa.Check:
    """Return a check that numbers are at least `low`."""
    return pa.Check.ge(low, error=f"a number of at least {low:g}")


def between(low: float, high: float) -> pa.Check:
    """Return a check that numbers are from `low` to `high`."""
    return pa.Check.in_range(low, high, error=f"a number from {low:g} to {high:g}")


def one_of(*values: object) -> pa.Check:
    """Return a check that values are among those given."""
    return pa.Check.isin(values, error="one of " + ", ".join(map(str, values)))
