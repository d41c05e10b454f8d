"""The gate of the briefing: which lines on the market may go to a client, and which may not.

Methods C6: every line has a source, a date and one of "public", "own", "licensed"; a line on
future prices, volumes, capacity or bids, or one that comes from another client, stops the
whole briefing. It is a filter, not legal advice: a person reads the page before it goes out.
"""

import datetime
from collections.abc import Iterable

import pandas as pd

from kamtools.errors import Fault, InputError
from kamtools.planning.briefing_reasons import REASONS, reasons_against

MAY_GO_OUT, REFUSED = "may go out", "refused"
NEEDED = ("date", "competitor", "event", "source")
FILE = "market_events.csv"

_EXAMPLES = (
    ("Northmill", "Opened two depots.", "Trade press, on its front page", "public"),
    ("Northmill", "Will raise its prices in June.", "A buyer at another client said so", "own"),
    ("", "Own label took up to a fifth of the shelf.", "Our store checks, 120 stores", "own"),
    ("Tall Pine", "Cut its list price by 4 percent last week.", "Its published list", "public"),
    ("Tall Pine", "Plans to double the capacity of its plant.", "Its press release", "public"),
    ("Tall Pine", "Lost its largest order.", "", "own"),
)
"""Competitor, event, source, access; all invented."""


def check_lines(
    events: pd.DataFrame,
    *,
    addressee: str,
    other_accounts: Iterable[str],
    rules: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return every line on the market with its verdict.

    Parameters
    ----------
    events
        `date`, `competitor`, `event`, `source`, `access` as in `schema.MARKET_EVENTS`; a table
        without `access` is refused line by line. The columns `meaning`, `suggestion` and
        `response` are read too where they are there.
    addressee
        Name of the client that the briefing is for.
    other_accounts
        Names of the firm's other accounts, none of which a line may name. Names without a
        letter (numbers) are not looked for.
    rules
        As `briefing_rules.default_rules`, which is taken for None.

    Returns
    -------
    (n_lines, …), index as `events`
        The columns of `events` with `line` (its row in a spreadsheet, the header being row
        1) first, and `verdict` ("may go out" or "refused"), `reason` (blank where it may; all
        reasons of a line, with semicolons), `seen` (the words that stopped it) and
        `what_to_do` last.

    Raises
    ------
    InputError
        If a column is missing, or the rules cannot be used.

    Examples
    --------
    >>> events = pd.DataFrame({
    ...     "date": pd.to_datetime(["2024-12-02", "2024-12-09"]), "competitor": "Brightwash",
    ...     "event": ["Cut its list price by 4 percent.", "Will raise prices in June."],
    ...     "source": ["Its price list", "said a buyer at another client"], "access": "public"})
    >>> checked = check_lines(events, addressee="Ox", other_accounts=["Elk Stores"])
    >>> checked[["line", "verdict", "reason"]].to_numpy().tolist()  # doctest: +NORMALIZE_WHITESPACE
    [[2, 'may go out', ''], [3, 'refused', 'future prices, volumes, capacity or bids; comes from a
    client of ours']]
    """
    lacking = [name for name in NEEDED if name not in events]
    if lacking:
        raise InputError(f"{FILE} lacks the column {', '.join(lacking)}; a briefing needs it")
    found = reasons_against(events, addressee=addressee, other_accounts=other_accounts, rules=rules)
    lines = pd.Series(range(2, len(events) + 2), index=events.index, dtype="int64")
    joined = found.groupby("line")[["reason", "seen", "what_to_do"]].agg(_once)
    checked = events.assign(line=lines) if "line" not in events else events.copy()
    checked = checked[["line", *[name for name in checked if name != "line"]]]
    for name in ("reason", "seen", "what_to_do"):
        checked[name] = checked["line"].map(joined[name]).astype("str").fillna("")
    verdict = (checked["reason"] == "").map({True: MAY_GO_OUT, False: REFUSED}).astype("str")
    return checked.assign(verdict=verdict)[
        [*checked.columns[:-3], "verdict", *checked.columns[-3:]]
    ]


def gate_examples(as_of: datetime.date) -> pd.DataFrame:
    """Return six invented lines to judge before the gate does: three may go out, three not.

    Parameters
    ----------
    as_of
        The day that they carry.

    Returns
    -------
    (6, 5)
        `date`, `competitor`, `event`, `source`, `access`.

    Examples
    --------
    >>> lines = gate_examples(datetime.date(2024, 12, 31))
    >>> check_lines(lines, addressee="Ox", other_accounts=[])["verdict"].value_counts().to_dict()
    {'may go out': 3, 'refused': 3}
    """
    lines = pd.DataFrame(_EXAMPLES, columns=["competitor", "event", "source", "access"])
    lines.insert(0, "date", pd.Timestamp(as_of))
    return lines


def describe_refusals(found: pd.DataFrame) -> str:
    """Return all that stops a briefing in one message; "" if nothing does.

    Parameters
    ----------
    found
        From `reasons_against`.

    Examples
    --------
    >>> nothing = pd.DataFrame(columns=["line", "column", "seen", "reason", "what_to_do"])
    >>> describe_refusals(nothing)
    ''
    >>> reason = (3, "source", "blank", "no source", "write where")
    >>> one = pd.DataFrame([reason], columns=nothing.columns)
    >>> print(describe_refusals(one))
    The briefing does not go out: 1 line is refused. One is enough, until it is mended or left out.
    <BLANKLINE>
    Row 3, source: no source (seen: blank). What to do: write where.
    """
    count = found["line"].nunique()
    if not count:
        return ""
    lines = "1 line is" if count == 1 else f"{count} lines are"
    head = f"The briefing does not go out: {lines} refused. One is enough, until it is mended or"
    said = [
        f"Row {one.line}, {one.column}: {one.reason} (seen: {one.seen}). "
        f"What to do: {one.what_to_do}."
        for one in found.itertuples()
    ]
    return "\n\n".join([f"{head} left out.", *said])


def require_clear(found: pd.DataFrame) -> None:
    """Refuse to go on where a reason stands against any line.

    Raises
    ------
    InputError
        With every row, the text seen, the reason and what to do.

    Examples
    --------
    >>> require_clear(pd.DataFrame(columns=["line", "column", "seen", "reason", "what_to_do"]))
    """
    if len(found):
        faults = [
            Fault(FILE, int(line), column, f"{seen!r} ({reason})", what_to_do)
            for line, column, seen, reason, what_to_do in found[list(REASONS)].to_numpy()
        ]
        raise InputError(describe_refusals(found).partition("\n")[0], faults)


def _once(texts: pd.Series) -> str:
    return "; ".join(dict.fromkeys(texts))
