"""Numbers, names and tables as the section on Iowa's trade network writes them."""

import pandas as pd

from kamtools.wording import percent


def percent_number(share: float) -> str:
    """Return a share in per cent without the sign.

    Examples
    --------
    >>> [percent_number(share) for share in (0.443, 0.0113, 0.00412, 0.998, 1.0)]
    ['44', '1.1', '0.41', '99.8', '100']
    """
    value = 100 * share
    near = 9.95 > value >= 0.995 or 99.95 > value >= 98.95
    decimals = 1 if near else 0 if value >= 9.95 else 2
    return f"{value:.{decimals}f}"


def percent_interval(row: object, name: str) -> str:
    """Return a share with its interval, in per cent."""
    value, low, high = (getattr(row, f"{name}{end}") for end in ("", "_low", "_high"))
    return f"{percent_number(value)} ({percent_number(low)}–{percent_number(high)})"


def signed(value: float) -> str:
    """Return a number with its sign, two decimals.

    Examples
    --------
    >>> signed(0.345), signed(-0.06), signed(0.001)
    ('+0.34', '−0.06', '0.00')
    """
    text = f"{abs(value):.2f}"
    return text if text == "0.00" else f"{'−' if value < 0 else '+'}{text}"


def signed_range(low: float, high: float) -> str:
    """Return two signed numbers as a range."""
    return f"{signed(low)} to {signed(high)}"


def signed_interval(row: object, name: str) -> str:
    """Return a signed number with its interval."""
    value, low, high = (getattr(row, f"{name}{end}") for end in ("", "_low", "_high"))
    return f"{signed(value)} ({signed_range(low, high)})"


def points(value: float) -> str:
    """Return a difference in hundredths, with its sign.

    Examples
    --------
    >>> points(-0.0183), points(0.046)
    ('−1.8', '+4.6')
    """
    text = f"{100 * abs(value):.1f}"
    return text if text == "0.0" else f"{'−' if value < 0 else '+'}{text}"


def points_interval(value: float, low: float, high: float) -> str:
    """Return a difference in hundredths with its interval."""
    return f"{points(value)} ({points(low)} to {points(high)})"


def cell(value: float, how: str) -> str:
    """Return a number as a "count", "number", "share" or "signed"."""
    ways = {"count": "{:,.0f}", "number": "{:.1f}"}
    if how in ways:
        return ways[how].format(value)
    return percent(value) if how == "share" else signed(value)


def span(shares: pd.Series) -> str:
    """Return the smallest and the largest of some shares, in per cent.

    Examples
    --------
    >>> span(pd.Series([0.6, 0.998, 0.7]))
    '60 to 99.8 %'
    """
    return f"{percent_number(shares.min())} to {percent_number(shares.max())} %"


def plain(name: str) -> str:
    """Return a name as the State writes it, with single blanks, safe in a table.

    Examples
    --------
    >>> plain("SAZERAC COMPANY  INC")
    'SAZERAC COMPANY INC'
    """
    return " ".join(name.split()).replace("|", "/")


def table(head: list[str], rows: list[list[str]], *, left: tuple[int, ...] = (0,)) -> str:
    """Return a Markdown table, numbers to the right.

    Examples
    --------
    >>> print(table(["vendor", "sales"], [["Still", "5"]]))
    | vendor | sales |
    | --- | --: |
    | Still | 5 |
    """
    rule = ["---" if column in left else "--:" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])
