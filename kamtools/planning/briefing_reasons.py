"""What stands against a line of the briefing, reason by reason: see `briefing_gate`."""

import datetime
import re
from collections.abc import Iterable

import pandas as pd

from kamtools.planning.briefing_rules import (
    CLIENT,
    FUTURE,
    HARMLESS,
    MATTER,
    RIVAL,
    check_rules,
    default_rules,
    later_date,
    words_of,
)

ACCESS = ("public", "own", "licensed")
OUR_WORDS = ("meaning", "suggestion", "response")
"""What we write about an event; may be missing."""
REASONS = ("line", "column", "seen", "reason", "what_to_do")

_TEXTS = ("competitor", "event", "source", *OUR_WORDS)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_MEND = "take the line out, or write what has happened and can be read by anybody"
_OUT = "take the line out; it may not go to a client, whoever it came from"

Reasons = list[tuple[str, str, str, str]]
"""Column, words seen, reason, what to do."""


def reasons_against(
    events: pd.DataFrame,
    *,
    addressee: str,
    other_accounts: Iterable[str],
    rules: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return each reason against each line, one a row.

    Parameters
    ----------
    events, addressee, other_accounts, rules
        As for `check_lines`. `line` is the row in the spreadsheet where there is such a
        column.

    Returns
    -------
    (n_reasons, 5)
        `line`, `column` where it was seen, `seen`, `reason`, `what_to_do`.

    Examples
    --------
    >>> events = pd.DataFrame({"date": pd.to_datetime(["2024-12-02"]), "competitor": "Brightwash",
    ...                        "event": "Opened a shop.", "source": [None], "access": "hearsay"})
    >>> reasons_against(events, addressee="Ox", other_accounts=[])[["column", "seen", "reason"]]
       column     seen                            reason
    0  source    blank                         no source
    1  access  hearsay  not public, own, nor licensed
    """
    rules = check_rules(default_rules() if rules is None else rules)
    others = _names_of(other_accounts, addressee)
    rivals = _names_of(events["competitor"], "")
    rows = []
    for number, (_, event) in enumerate(events.iterrows(), start=2):
        texts = {name: _text(event.get(name)) for name in _TEXTS}
        line = int(event.get("line", number))
        day = None if pd.isna(event["date"]) else pd.Timestamp(event["date"]).date()
        found = [
            *_lacking(event, texts),
            *_future(texts, day, rules=rules, rivals=rivals),
            *_from_clients(texts, rules=rules, others=others, addressee=addressee),
        ]
        rows += [(line, *one) for one in found]
    return pd.DataFrame(rows, columns=list(REASONS)).astype({"line": "int64"})


def _lacking(event: pd.Series, texts: dict[str, str]) -> Reasons:
    found = []
    if not texts["event"]:
        found.append(("event", "blank", "no event", "write what happened, in one sentence"))
    if pd.isna(event["date"]):
        found.append(("date", "blank", "no date", "write the day on which it became known"))
    if not texts["source"]:
        found.append(("source", "blank", "no source", "write where it can be read or asked"))
    access = _text(event.get("access"))
    if access not in ACCESS:
        say = "write public, own or licensed; if it is none of them, take the line out"
        found.append(("access", access or "blank", "not public, own, nor licensed", say))
    return found


def _future(
    texts: dict[str, str],
    day: datetime.date | None,
    *,
    rules: pd.DataFrame,
    rivals: list[re.Pattern[str]],
) -> Reasons:
    """Look for a matter and the future in one sentence; in our own words, of a rival only."""
    found = []
    for column in ("event", "source", *OUR_WORDS):
        for sentence in _SENTENCES.split(texts[column]):
            if column in OUR_WORDS and not _names_rival(sentence, rules, rivals):
                continue
            seen = _matter_to_come(sentence, day, rules)
            if seen:
                reason = "future prices, volumes, capacity or bids"
                found.append((column, seen, reason, _MEND))
    return found


def _matter_to_come(sentence: str, known: datetime.date | None, rules: pd.DataFrame) -> str:
    """Return the words that speak of a matter, and of the future; "" if not both do."""
    plain = words_of(HARMLESS, rules).sub(" ", sentence)
    matter = words_of(MATTER, rules).search(plain)
    if matter is None:
        return ""
    coming = words_of(FUTURE, rules).search(plain)
    later = later_date(plain, known) if known else ""
    when = coming[0] if coming else later
    return f"{matter[0]} … {when}" if when else ""


def _names_rival(sentence: str, rules: pd.DataFrame, rivals: list[re.Pattern[str]]) -> bool:
    return any(one.search(sentence) for one in (words_of(RIVAL, rules), *rivals))


def _from_clients(
    texts: dict[str, str], *, rules: pd.DataFrame, others: list[re.Pattern[str]], addressee: str
) -> Reasons:
    found = []
    itself = _name_pattern(addressee) if addressee.strip() else None
    for column in _TEXTS:
        text = itself.sub(" ", texts[column]) if itself else texts[column]
        said = words_of(CLIENT, rules).search(words_of(HARMLESS, rules).sub(" ", text))
        if said:
            found.append((column, said[0], "comes from a client of ours", _OUT))
        named = next((hit for one in others if (hit := one.search(text))), None)
        if named:
            found.append((column, named[0], "names another client of ours", _OUT))
    return found


def _names_of(names: Iterable[object], addressee: str) -> list[re.Pattern[str]]:
    """Return a pattern for each name but the addressee's, the longest first."""
    plain = {_text(name) for name in names} - {_text(addressee)}
    of_letters = [name for name in plain if any(sign.isalpha() for sign in name) and len(name) > 1]
    return [_name_pattern(name) for name in sorted(of_letters, key=lambda one: (-len(one), one))]


def _name_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern that finds a name: a whole word where its ends are Latin letters."""
    text = r"\s+".join(re.escape(part) for part in name.split())
    before = r"(?<![A-Za-z0-9])" if name.strip()[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if name.strip()[-1].isascii() else ""
    return re.compile(before + text + after, re.IGNORECASE)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
