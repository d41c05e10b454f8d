"""Which lines on the market go into a briefing: those of the month that concern the client."""

import datetime
import re
from collections.abc import Collection

import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.briefing_gate import NEEDED
from kamtools.planning.briefing_labels import check_language
from kamtools.planning.briefing_matching import ClientFacts, bought_share, concerns

MOST_LINES = 5


def month_lines(
    events: pd.DataFrame | None,
    *,
    month: str,
    as_of: datetime.date,
    language: str,
    left_out: Collection[int] = (),
) -> pd.DataFrame:
    """Return the lines of one month that are known and in the page's language, oldest first.

    Parameters
    ----------
    events
        As `schema.MARKET_EVENTS`; an undated line counts to every month. None, where the
        firm has no such table, gives no lines: that is not a calm month, but an unknown one.
    month
        Such as "2024-12"; blank: that of `as_of`.
    as_of
        Lines of later days are not known yet.
    language
        Lines in another one are left aside; those without one go in any.
    left_out
        Rows that somebody took out, as a spreadsheet counts (the header is row 1).

    Returns
    -------
    (n_lines, …)
        `line`, the row, and the columns of `events`.

    Raises
    ------
    InputError
        If a column is missing, the month cannot be read or lies after `as_of`, or a row to
        leave out is not there.

    Examples
    --------
    >>> events = pd.DataFrame({"date": pd.to_datetime(["2024-11-02", "2024-12-09"]), "event": "x",
    ...                        "competitor": "y", "source": "z"})
    >>> lines = month_lines(events, month="", as_of=datetime.date(2024, 12, 31), language="en")
    >>> lines["line"].tolist()
    [3]
    """
    if events is None:
        events = pd.DataFrame(columns=[*NEEDED, "access"])
    lacking = [column for column in NEEDED if column not in events]
    if lacking:
        raise InputError(f"market_events.csv lacks the column {', '.join(lacking)}")
    first = pd.Timestamp(read_month(month, as_of))
    rows = range(2, len(events) + 2)
    unknown = sorted(set(left_out) - set(rows))
    if unknown:
        raise InputError(f"market_events.csv has no row {unknown[0]} to leave out")
    table = events.reset_index(drop=True)
    table = table[[column for column in table if column != "line"]]
    table.insert(0, "line", list(rows))
    day = pd.to_datetime(table["date"])
    is_of_month = (day >= first) & (day < first + pd.DateOffset(months=1))
    is_known = day.isna() | (is_of_month & (day <= pd.Timestamp(as_of)))
    written = table["language"] if "language" in table else pd.Series(None, table.index)
    is_readable = written.isna() | (written == check_language(language))
    kept = table[is_known & is_readable & ~table["line"].isin(list(left_out))]
    return kept.sort_values("date", kind="stable", ignore_index=True)


def relevance(lines: pd.DataFrame, *, facts: ClientFacts) -> pd.DataFrame:
    """Return lines with what of the client each concerns.

    Parameters
    ----------
    lines
        From `month_lines`.
    facts
        Of the client.

    Returns
    -------
    (n_lines, …)
        `lines` with `touches` (products, segment, region or "all", separated by semicolons;
        blank: nothing) and `bought_share` (0-1) of the products among them in the client's
        purchases from us.

    Examples
    --------
    >>> lines = pd.DataFrame({"event": ["Cut its price of soap.", "Named a new head."]})
    >>> facts = ClientFacts(pd.Series({"Soap": 0.25, "Tea": 0.75}))
    >>> relevance(lines, facts=facts)[["touches", "bought_share"]].to_numpy().tolist()
    [['Soap', 0.25], ['', 0.0]]
    """
    given = lines["concerns"] if "concerns" in lines else [None] * len(lines)
    found = [concerns(*pair, facts) for pair in zip(lines["event"], given, strict=True)]
    return lines.assign(
        touches=pd.Series(["; ".join(one) for one in found], index=lines.index, dtype="str"),
        bought_share=[bought_share(one, facts) for one in found],
    )


def choose_lines(lines: pd.DataFrame, rows: Collection[int] = ()) -> pd.DataFrame:
    """Return the lines to tell: those of the rows named, else those that concern the client.

    Parameters
    ----------
    lines
        From `relevance`.
    rows
        As a spreadsheet counts; none: the `MOST_LINES` with the largest `bought_share` among
        those that touch the client at all, the latest first where they are equal.

    Raises
    ------
    InputError
        If a row named is not among the lines.
    """
    wanted = list(rows)
    unknown = sorted(set(wanted) - set(lines["line"]))
    if unknown:
        there = ", ".join(map(str, lines["line"])) or "none"
        raise InputError(f"row {unknown[0]} is no line of the month; those of it are: {there}")
    if wanted:
        return lines[lines["line"].isin(wanted)].reset_index(drop=True)
    touching = lines[lines["touches"] != ""]
    first = touching.sort_values(["bought_share", "date"], ascending=False, kind="stable")
    return first.head(MOST_LINES).sort_index().reset_index(drop=True)


def read_month(month: str, as_of: datetime.date) -> datetime.date:
    """Return the first day of a month.

    Parameters
    ----------
    month
        Such as "2024-12"; blank: that of `as_of`.
    as_of
        No later month can be told of.

    Raises
    ------
    InputError
        If it is no month, or lies after `as_of`.

    Examples
    --------
    >>> read_month("", datetime.date(2024, 12, 31))
    datetime.date(2024, 12, 1)
    """
    text = month.strip() or as_of.strftime("%Y-%m")
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text) is None:
        raise InputError(f"month is {month!r}; expected one such as 2024-12")
    first = datetime.date(int(text[:4]), int(text[5:]), 1)
    if first > as_of:
        raise InputError(f"month is {text}, after the last day of the figures ({as_of})")
    return first


def read_rows(text: str) -> list[int]:
    """Return row numbers written with semicolons or commas.

    Raises
    ------
    InputError
        If one is no number.

    Examples
    --------
    >>> read_rows("15; 17"), read_rows("")
    ([15, 17], [])
    """
    parts = [part.strip() for part in re.split("[;；,，]", text) if part.strip()]
    wrong = [part for part in parts if not part.isdecimal()]
    if wrong:
        raise InputError(f"rows are numbers such as '15; 17'; got {wrong[0]!r}")
    return [int(part) for part in parts]
