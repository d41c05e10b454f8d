"""The monthly briefing for one client: what moved, what it means, what we suggest and can do.

Nothing in it is made up. What moved is in market_events.csv and has passed the gate; what it
means is what the client's own purchases say, and what a person wrote; suggestions are what a
person wrote; what the cooperation can do is what a person wrote, and our own dated plans.
"""

import datetime
import re
from collections.abc import Collection, Iterable

import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.briefing_form import MOST_SUGGESTIONS, Briefing, MarketLine, Point
from kamtools.planning.briefing_gate import NEEDED, check_lines, require_clear
from kamtools.planning.briefing_labels import check_language, day_words, label
from kamtools.planning.briefing_labels import names_words, share_words
from kamtools.planning.briefing_matching import EVERYBODY, ClientFacts, bought_share, concerns
from kamtools.planning.briefing_reasons import reasons_against
from kamtools.planning.briefing_rules import HARMLESS, MATTER, default_rules, words_of
from kamtools.planning.steps import read_steps
from kamtools.schema import names_in

MOST_LINES = 5


def market_briefing(
    events: pd.DataFrame,
    *,
    account_id: str,
    name: str,
    month: str,
    as_of: datetime.date,
    language: str,
    facts: ClientFacts,
    supplier: str = "",
    initiatives: pd.DataFrame | None = None,
    other_accounts: Iterable[str] = (),
    lines: Collection[int] = (),
    left_out: Collection[int] = (),
    checked_by: str = "",
    rules: pd.DataFrame | None = None,
) -> Briefing:
    """Return the briefing of one month, if every line of the month may go out.

    Parameters
    ----------
    events
        As `schema.MARKET_EVENTS`.
    account_id, name
        The client.
    month, as_of
        As for `month_lines`.
    language
        Of the page: "en" or "zh".
    facts
        What the client buys and where it is.
    supplier
        Our name.
    initiatives
        As `schema.INITIATIVES`: our steps after `as_of` that concern what a line of the
        briefing concerns, and are for this client or for all, are told with their dates. A
        step on prices, volumes, capacity or bids is never told here: it needs counsel.
    other_accounts, rules
        As for `briefing_gate.check_lines`.
    lines
        Rows of market_events.csv to tell; none: the `MOST_LINES` that concern the client most.
    left_out
        Rows taken out of the month; they are not checked and not told.
    checked_by
        Who read the page; blank: it is a draft.

    Raises
    ------
    InputError
        If a line of the month is refused, a row is not of the month, or as `month_lines`.

    Examples
    --------
    >>> events = pd.DataFrame({"date": pd.to_datetime(["2024-12-02"]), "competitor": "Brightwash",
    ...     "event": "Cut its list price of soap by 4 percent.", "source": "Its price list",
    ...     "access": "public"})
    >>> one = market_briefing(events, account_id="a", name="Ox", month="2024-12",
    ...     as_of=datetime.date(2024, 12, 31), language="en",
    ...     facts=ClientFacts(pd.Series({"Soap": 0.25, "Tea": 0.75})))
    >>> one.lines[0].known
    'You buy Soap from us: 25 % of your purchases from us in the twelve months to 31 December 2024.'
    >>> one.is_draft, one.missing[0]
    (True, 'what line 1 means')
    """
    found = month_lines(events, month=month, as_of=as_of, language=language, left_out=left_out)
    gate = {"addressee": name, "other_accounts": list(other_accounts), "rules": rules}
    require_clear(reasons_against(found, **gate))
    told = choose_lines(relevance(found, facts=facts), lines)
    market = tuple(
        _market_line(number, event, facts=facts, as_of=as_of, language=language)
        for number, (_, event) in enumerate(told.iterrows(), start=1)
    )
    planned = steps_that_answer(
        initiatives, told, account_id=account_id, as_of=as_of, facts=facts, rules=rules
    )
    ours = [
        Point(_planned(step, language), int(step["number"]), "initiatives.csv")
        for _, step in planned.iterrows()
    ]
    return Briefing(
        account_id=account_id,
        name=name,
        supplier=supplier,
        month=read_month(month, as_of),
        as_of=as_of,
        language=check_language(language),
        checked_by=" ".join(checked_by.split()),
        lines=market,
        suggestions=tuple(_written(told, "suggestion")[:MOST_SUGGESTIONS]),
        cooperation=(*_written(told, "response"), *ours),
    )


def month_lines(
    events: pd.DataFrame,
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
        As `schema.MARKET_EVENTS`; an undated line counts to every month.
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
    unknown = sorted(set(rows) - set(lines["line"]))
    if unknown:
        there = ", ".join(map(str, lines["line"])) or "none"
        raise InputError(f"row {unknown[0]} is no line of the month; those of it are: {there}")
    if rows:
        return lines[lines["line"].isin(list(rows))].reset_index(drop=True)
    touching = lines[lines["touches"] != ""]
    first = touching.sort_values(["bought_share", "date"], ascending=False, kind="stable")
    return first.head(MOST_LINES).sort_index().reset_index(drop=True)


def steps_that_answer(
    initiatives: pd.DataFrame | None,
    told: pd.DataFrame,
    *,
    account_id: str,
    as_of: datetime.date,
    facts: ClientFacts,
    rules: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return our planned steps that answer a line, and may be told to the client.

    Parameters
    ----------
    initiatives
        As `schema.INITIATIVES`; None: there are none.
    told
        From `choose_lines`.
    account_id, as_of, facts, rules
        As for `market_briefing`.

    Returns
    -------
    (n_steps, 5)
        `initiative`, `starts`, `account_id`, `owner`, `number` of the line it answers, from 1.
    """
    steps = read_steps(initiatives)
    is_ours = steps["account_id"].isin(["", account_id]) & (steps["starts"] > pd.Timestamp(as_of))
    table = default_rules() if rules is None else rules
    plain = steps["initiative"].str.replace(words_of(HARMLESS, table), " ", regex=True)
    steps = steps[is_ours & ~plain.str.contains(words_of(MATTER, table))]
    touched = [set(names_in(one)) - {EVERYBODY} for one in told["touches"]]
    answers = [
        next((n for n, one in enumerate(touched, start=1) if one & set(concerns(text, None, facts))), 0)
        for text in steps["initiative"]
    ]
    numbered = steps.assign(number=pd.Series(answers, index=steps.index, dtype="int64"))
    return numbered[numbered["number"] > 0].reset_index(drop=True)


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


def _market_line(
    number: int, event: pd.Series, *, facts: ClientFacts, as_of: datetime.date, language: str
) -> MarketLine:
    return MarketLine(
        number=number,
        row=int(event["line"]),
        date=pd.Timestamp(event["date"]).date(),
        competitor=_text(event["competitor"]),
        event=_text(event["event"]),
        source=_text(event["source"]),
        access=_text(event["access"]),
        known=_known(names_in(event["touches"]), facts=facts, as_of=as_of, language=language),
        meaning=_text(event.get("meaning")),
    )


def _known(names: list[str], *, facts: ClientFacts, as_of: datetime.date, language: str) -> str:
    """Return what the client's own facts say about a line."""
    products = [name for name in names if name in facts.shares.index]
    parts = []
    if products:
        share = share_words(bought_share(products, facts), language)
        listed, day = names_words(products, language), day_words(as_of, language)
        parts.append(label("bought", language, products=listed, share=share, day=day))
    if facts.segment in names:
        parts.append(label("segment", language))
    if facts.region in names:
        parts.append(label("region", language))
    if EVERYBODY in names:
        parts.append(label("all", language))
    return ("" if language == "zh" else " ").join(parts)


def _written(told: pd.DataFrame, column: str) -> list[Point]:
    """Return what a person wrote under a column, each sentence once."""
    if column not in told:
        return []
    texts = told[column].map(_text)
    first = texts[(texts != "") & ~texts.duplicated()]
    return [
        Point(text, number + 1, f"market_events.csv, row {told['line'].iloc[number]}")
        for number, text in first.items()
    ]


def _planned(step: pd.Series, language: str) -> str:
    day = day_words(pd.Timestamp(step["starts"]).date(), language)
    return label("planned", language, step=step["initiative"], day=day)


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
