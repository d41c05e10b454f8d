"""The briefing in words, for whoever makes it: what there is, what stops it, what is to do."""

import pandas as pd

from kamtools.planning.briefing_form import Briefing
from kamtools.planning.briefing_labels import month_words
from kamtools.wording import listing

NO_EVENTS = (
    "market_events.csv is missing, so there is no briefing: what moved in the market is not "
    "known. That is not the same as a calm month. The template in playbook/templates says what "
    "to write down, and where from."
)
BY_HAND = (
    "The gate knows words, not meaning, and is no legal advice. Before the page goes out, a person "
    "reads each line against its source and is named in checked_by."
)


def describe_lines(lines: pd.DataFrame, *, name: str, names_known: bool) -> str:
    """Return what became known in the month, and how much of it concerns the client.

    Parameters
    ----------
    lines
        From `briefing_choice.relevance`.
    name
        Of the client.
    names_known
        Whether the firm's accounts have names that can be looked for in the lines.

    Examples
    --------
    >>> lines = pd.DataFrame({"touches": ["Soap", ""]})
    >>> describe_lines(lines, name="Ox", names_known=True)
    'Of 2 lines of the month 1 touches what Ox buys, where it is, or its trade.'
    """
    touching = int((lines["touches"] != "").sum())
    many = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    verb = "touches" if touching == 1 else "touch"
    said = f"Of {many} of the month {touching} {verb} what {name} buys, where it is, or its trade."
    if lines.empty:
        said = "No line of the month is known."
    if not names_known:
        said += (
            "\n\naccounts.csv is missing, so no line can be searched for the names of other "
            "clients: whoever checks the page must do it."
        )
    return said


def describe_briefing(briefing: Briefing | None, *, refusals: str = "") -> str:
    """Return the decision in words: what goes out, or why nothing does, and what is to do.

    Parameters
    ----------
    briefing
        From `briefing.market_briefing`; None if there is none.
    refusals
        From `briefing_gate.describe_refusals`; blank if there is no briefing because the
        firm has no lines on the market.

    Examples
    --------
    >>> describe_briefing(None, refusals="The briefing does not go out: …")
    'The briefing does not go out: …'
    """
    if briefing is None:
        return refusals or NO_EVENTS
    month = month_words(briefing.month, "en")
    head = f"The briefing of {month} for {briefing.name} "
    if not briefing.lines:
        told = f"{head}says that the month was calm for it: no line touches what it buys."
    else:
        told = (
            f"{head}tells {_count(len(briefing.lines), 'line')}, makes "
            f"{_count(len(briefing.suggestions), 'suggestion')} and names "
            f"{_count(len(briefing.cooperation), 'thing')} that working together can do."
        )
    return "\n\n".join([told, _state(briefing), *_licences(briefing), BY_HAND])


def _state(briefing: Briefing) -> str:
    if briefing.missing:
        to_write = listing(briefing.missing)
        return f"It is a draft. The key account manager still has to write {to_write}."
    if not briefing.checked_by:
        return "It is a draft: nobody has checked it."
    return f"{briefing.checked_by} has checked it; it may go out."


def _licences(briefing: Briefing) -> list[str]:
    licensed = [str(one.number) for one in briefing.lines if one.access == "licensed"]
    if not licensed:
        return []
    lines = "Line" if len(licensed) == 1 else "Lines"
    verb = "is" if len(licensed) == 1 else "are"
    return [f"{lines} {listing(licensed)} {verb} licensed: does the licence let you pass it on?"]


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun if number == 1 else f'{noun}s'}"
