"""How numbers and dates are written in a file, and what they mean.

A whole file is written one way: the decimal mark and the order of a date are recognised
from all of its values together. `1,234` may be a thousand or a little more than one, and
`03/04/2024` a day in March or in April: where nothing in the file tells which, it is
refused and the option that settles it is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from kamtools.errors import Fault

POINT = r"^[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][-+]?\d+)?$"
COMMA = r"^[-+]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?([eE][-+]?\d+)?$"
_DECORATION = "[\\s\u00a0\u202f'’€$£¥￥]"
_TIME = r"([ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[-+]\d{2}:?\d{2})?)?$"
BARE = {".": r"^-?\d+(\.\d+)?$", ",": r"^-?\d+(,\d+)?$"}
"""Numbers that need no tidying, which spares most files most of the reading time."""
ISO = r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _TIME
BARE_DAY = r"^\d{4}-\d{2}-\d{2}$"
COMPACT = r"^(\d{4})(\d{2})(\d{2})$"
DOTTED = r"^(\d{1,2})\.(\d{1,2})\.(\d{4})" + _TIME
SLASHED = r"^(\d{1,2})[-/](\d{1,2})[-/](\d{4})" + _TIME
FAULTS_SHOWN = 10


DATE_FORMS = {
    "iso": "year-month-day",
    "dotted": "day.month.year",
    "dmy": "day/month/year",
    "mdy": "month/day/year",
}


@dataclass(frozen=True)
class Style:
    """How a file writes its numbers (`decimal` "." or ",") and slashed dates.

    What of it stands in the file itself: `shows_decimals`, whether any number has a mark,
    and `date_forms`, the ways of `DATE_FORMS` in which dates are written.
    """

    decimal: str
    date_order: str
    shows_decimals: bool = field(default=False, compare=False)
    date_forms: tuple[str, ...] = field(default=(), compare=False)


def plain_text(column: ir.StringValue) -> ir.StringValue:
    """Return the text without the space around it, null where nothing is left."""
    return column.re_replace("^[\\s\u00a0\u3000\ufeff]+|[\\s\u00a0\u3000]+$", "").nullif("")


def plain_number(column: ir.StringValue) -> ir.StringValue:
    """Return a number's text without currency signs and spaces, its sign in front."""
    bare = column.re_replace(_DECORATION, "").re_replace("[−–]", "-").nullif("")
    bare = bare.re_replace(r"^\((.*)\)$", r"-\1")
    return bare.re_replace(r"^([^-+].*)-$", r"-\1")


def _is_number(bare: ir.StringValue, pattern: str) -> ir.BooleanValue:
    return bare.re_search(pattern) & bare.re_search(r"\d")


def recognise_style(
    table: ir.Table,
    file: str,
    *,
    numbers: Sequence[str],
    dates: Sequence[str],
    options: Mapping[str, str],
) -> tuple[Style, list[Fault]]:
    """Return how a table's text columns write numbers and dates, and what cannot be told.

    Parameters
    ----------
    table : has the text columns named in `numbers` and `dates`
    file : the file's name, for the faults
    options : `decimal` ("." or ",") and `date_order` ("dmy", "mdy") where the user said so
    """
    seen = _count_readings(table, numbers, dates)

    def total(kind: str, names: Sequence[str]) -> int:
        return sum(seen[kind, name] for name in names)

    faults = []
    decimal, date_order = options.get("decimal"), options.get("date_order")
    if decimal is None:
        point, comma = total("point", numbers), total("comma", numbers)
        decimal = "," if comma > point else "."
        if point == comma == 0 and total("either", numbers):
            column = next(name for name in numbers if seen["either", name])
            where = plain_number(table[column]).re_search("[.,]")
            faults.append(_undecided(table, file, column, where, 'decimal = "." or ","'))
    if date_order is None:
        day_first, month_first = total("dmy", dates), total("mdy", dates)
        date_order = "mdy" if month_first > day_first else "dmy"
        if day_first == month_first == 0 and total("both", dates):
            column = next(name for name in dates if seen["both", name])
            where = plain_text(table[column]).re_search(SLASHED)
            faults.append(_undecided(table, file, column, where, 'date_order = "dmy" or "mdy"'))
    slashed = total(date_order, dates) + total("both", dates) + total("same", dates)
    forms = {"iso": total("iso", dates), "dotted": total("dotted", dates), date_order: slashed}
    return Style(
        decimal,
        date_order,
        shows_decimals=any(total(kind, numbers) for kind in ("point", "comma", "either")),
        date_forms=tuple(DATE_FORMS[form] for form, count in forms.items() if count),
    ), faults


def _count_readings(
    table: ir.Table, numbers: Sequence[str], dates: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Return how many values of each column can be read this way only, that way only, or both.

    Each different value is looked at once, however often it stands in the file.
    """
    places: dict[tuple[str, str], str] = {}
    of_columns: list[ir.Table] = []
    for name in (*numbers, *dates):
        values = table.group_by(text=table[name]).aggregate(lines=table.count())
        tests = _number_tests(values.text) if name in numbers else _date_tests(values.text)
        here = {kind: f"{kind}_{len(of_columns)}" for kind in tests}
        sums = {here[kind]: values.lines.sum(where=test) for kind, test in tests.items()}
        of_columns.append(values.aggregate(**sums))
        places |= {(kind, name): place for kind, place in here.items()}
    if not of_columns:
        return {}
    first, *others = of_columns
    found = (first.cross_join(*others) if others else first).to_pandas().iloc[0].fillna(0)
    return {key: int(found[place]) for key, place in places.items()}


def _number_tests(column: ir.StringValue) -> dict[str, ir.BooleanValue]:
    bare = plain_number(column)
    point, comma = _is_number(bare, POINT), _is_number(bare, COMMA)
    return {
        "point": point & ~comma,
        "comma": comma & ~point,
        "either": point & comma & bare.re_search("[.,]"),
    }


def _date_tests(column: ir.StringValue) -> dict[str, ir.BooleanValue]:
    text = plain_text(column)
    slashed = text.re_search(SLASHED)
    first = text.re_extract(SLASHED, 1).try_cast("int64")
    second = text.re_extract(SLASHED, 2).try_cast("int64")
    return {
        "dmy": slashed & (first > 12),
        "mdy": slashed & (second > 12),
        "both": slashed & (first <= 12) & (second <= 12) & (first != second),
        "same": slashed & (first == second),
        "iso": text.re_search(ISO) | text.re_search(COMPACT),
        "dotted": text.re_search(DOTTED),
    }


def _undecided(
    table: ir.Table, file: str, column: str, where: ir.BooleanValue, option: str
) -> Fault:
    told = table.filter(where).select("row", column)
    found = told.order_by("row").limit(1).to_pandas().iloc[0]
    count = int(table.filter(where).count().to_pandas())
    table_name = file.split(".")[0]
    return Fault(
        file,
        int(found["row"]),
        column,
        f"{found[column]!r}, which can be read in two ways, as can every other value here",
        f"engagement.toml to say which: [files.{table_name}] {option}",
        count,
    )


def read_number(column: ir.StringValue, style: Style) -> ir.FloatingValue:
    """Return text as numbers, null where it is none.

    Currency signs, spaces and marks between thousands are passed over; brackets and a
    minus at the end both mean a negative number.
    """
    bare = plain_number(column)
    if style.decimal == ",":
        pattern, text = COMMA, bare.replace(".", "").replace(",", ".")
    else:
        pattern, text = POINT, bare.replace(",", "")
    return ibis.cases(
        (column.re_search(BARE[style.decimal]), column.replace(",", ".").try_cast("float64")),
        (_is_number(bare, pattern), text.try_cast("float64")),
    )


def read_date(column: ir.StringValue, style: Style) -> ir.DateValue:
    """Return text as dates, null where it is none or no such day exists.

    Read are 2024-03-31 (also with / . or 年月日), 20240331, 31.3.2024, and 31/3/2024 or
    3/31/2024 by the file's order; a time of day after it is passed over.
    """
    text = plain_text(column)
    slashed = r"\3-\2-\1" if style.date_order == "dmy" else r"\3-\1-\2"
    iso = ibis.cases(
        (text.re_search(ISO), text.re_replace(ISO, r"\1-\2-\3")),
        (text.re_search(COMPACT), text.re_replace(COMPACT, r"\1-\2-\3")),
        (text.re_search(DOTTED), text.re_replace(DOTTED, r"\3-\2-\1")),
        (text.re_search(SLASHED), text.re_replace(SLASHED, slashed)),
    )
    return ibis.ifelse(column.re_search(BARE_DAY), column, iso).try_cast("date")


@dataclass(frozen=True)
class Check:
    """A test of a column: which rows are bad, what is shown of them, and what was expected."""

    column: str
    is_bad: ir.BooleanValue
    shown: ir.StringValue | None
    expected: str


def checked_faults(table: ir.Table, file: str, checks: Sequence[Check]) -> list[Fault]:
    """Return the faults of a table, check by check: all are counted in one pass over it."""
    if not checks:
        return []
    counts = {f"bad_{place}": check.is_bad.sum() for place, check in enumerate(checks)}
    found = table.aggregate(**counts).to_pandas().iloc[0].fillna(0)
    faults = []
    for check, count in zip(checks, found, strict=True):
        if count:
            name, bad = check.column, table.filter(check.is_bad)
            shown = None if check.shown is None else name
            if check.shown is not None:
                bad = bad.select("row", **{name: check.shown})
            faults += listed_faults(bad, file, name, shown=shown, expected=check.expected)
    return faults


def listed_faults(
    bad: ir.Table, file: str, column: str, *, shown: str | None, expected: str
) -> list[Fault]:
    """Return the faults of the rows in `bad`, the first ones singly, the rest as a count."""
    told = bad.select("row", shown) if shown else bad.select("row")
    rows = told.order_by("row").limit(FAULTS_SHOWN).to_pandas()
    if rows.empty:
        return []
    rest = int(bad.count().to_pandas()) - len(rows)
    seen = [repr(value) if shown else "nothing" for value in rows[shown or "row"]]
    return [
        Fault(file, int(row), column, what, expected, 1 + rest * (place == len(rows) - 1))
        for place, (row, what) in enumerate(zip(rows["row"], seen, strict=True))
    ]
