"""The monthly briefing for one client: what moved, what it means, what we suggest and can do.

Nothing in it is made up. What moved is in market_events.csv and has passed the gate; what it
means is what the client's own purchases say, and what a person wrote; suggestions are what a
person wrote; what the cooperation can do is what a person wrote, and our own dated plans.
"""

import datetime
from collections.abc import Collection, Iterable

import pandas as pd

from kamtools.planning.briefing_choice import choose_lines, month_lines, read_month, relevance
from kamtools.planning.briefing_form import MOST_SUGGESTIONS, Briefing, MarketLine, Point
from kamtools.planning.briefing_gate import require_clear
from kamtools.planning.briefing_labels import (
    check_language,
    day_words,
    label,
    names_words,
    share_words,
)
from kamtools.planning.briefing_matching import EVERYBODY, ClientFacts, bought_share
from kamtools.planning.briefing_reasons import reasons_against
from kamtools.planning.briefing_steps import steps_that_answer
from kamtools.schema import names_in


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
        As for `briefing_choice.month_lines`.
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
        Rows of market_events.csv to tell; none: those that concern the client most, up to
        `briefing_choice.MOST_LINES`.
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
    'Soap: 25 % of your purchases from us.'
    >>> one.is_draft, one.missing[0]
    (True, 'what line 1 means')
    """
    found = month_lines(events, month=month, as_of=as_of, language=language, left_out=left_out)
    require_clear(
        reasons_against(found, addressee=name, other_accounts=other_accounts, rules=rules)
    )
    told = choose_lines(relevance(found, facts=facts), lines)
    market = tuple(
        _market_line(number, event, facts=facts, language=language)
        for number, (_, event) in enumerate(told.iterrows(), start=1)
    )
    planned = steps_that_answer(
        initiatives, told, account_id=account_id, as_of=as_of, facts=facts, rules=rules
    )
    planned_points = [
        Point(_planned(step, language), int(step["number"]), "initiatives.csv")
        for _, step in planned.iterrows()
    ]
    ours = [*_written(told, "response"), *planned_points]
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
        cooperation=tuple(sorted(ours, key=lambda one: one.number)),
    )


def _market_line(number: int, event: pd.Series, *, facts: ClientFacts, language: str) -> MarketLine:
    return MarketLine(
        number=number,
        row=int(event["line"]),
        date=pd.Timestamp(event["date"]).date(),
        competitor=_text(event["competitor"]),
        event=_text(event["event"]),
        source=_text(event["source"]),
        access=_text(event["access"]),
        known=_known(names_in(event["touches"]), facts=facts, language=language),
        meaning=_text(event.get("meaning")),
    )


def _known(names: list[str], *, facts: ClientFacts, language: str) -> str:
    """Return what the client's own facts say about a line."""
    products = [name for name in names if name in facts.shares.index]
    parts = []
    if products:
        share = share_words(bought_share(products, facts), language)
        listed = names_words(products, language)
        parts.append(label("bought", language, products=listed, share=share))
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
        for number, text in zip(first.index.astype(int), first, strict=True)
    ]


def _planned(step: pd.Series, language: str) -> str:
    day = day_words(pd.Timestamp(step["starts"]).date(), language)
    return label("planned", language, step=step["initiative"], day=day)


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
