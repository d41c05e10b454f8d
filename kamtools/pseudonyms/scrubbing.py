"""Free text without the names that are known, and without addresses and amounts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from kamtools.pseudonyms.terms import Term, is_whole

_MONEY = r"(?:EUR|USD|GBP|CHF|CNY|RMB|JPY|SEK|NOK|DKK|PLN|CZK|AUD|CAD|HKD|[€$£¥￥])"
_NAMED = r"(?:euros?|dollars?|pounds?|francs?|yuan|yen|" + _MONEY + ")"
_FIGURE = r"\d[\d.,'’]*(?:\s?(?:thousand|million|billion|bn|mn|k|m)\b)?"
PATTERNS = (
    ("e-mail addresses", "[e-mail]", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    ("web addresses", "[web address]", re.compile(
        r"(?:https?://|www\.)[^\s，。；）]+"
        r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|de|eu|uk|fr|at|ch|cn|nl|it|es|pl|info|biz|io)\b"
        r"(?:/[^\s，。；）]*)?", re.ASCII | re.IGNORECASE)),
    ("telephone numbers", "[telephone]", re.compile(
        r"(?<![\w.])(?!\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d))(?!(?:19|20)\d\d[-/.])"
        r"(?:(?:\+|00)\d[\d ()/.-]{5,}\d|\(?0\d[\d ()/.-]{5,}\d|\d(?:[ ()/.-]?\d){8,})"
        r"(?!\d)", re.ASCII)),
    ("amounts", "[amount]", re.compile(
        rf"{_MONEY}\s?{_FIGURE}|(?<![\w.])\d[\d.,'’]*\s?"
        rf"(?:(?:thousand|million|billion|bn|mn|k|m)\s?)?{_NAMED}(?![^\W\d_])"
        r"|\d[\d.,]*\s?[十百千万亿]*元", re.IGNORECASE)),
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\d{4}(?!\d)|(?!\d))")


class Scrubber:
    """Takes names out of text, the same way every time, and counts what it took.

    Attributes
    ----------
    counts
        What was replaced -> how often: "names", the first words of `PATTERNS`, "years".
    results
        Every text that came out.

    Examples
    --------
    >>> term = Term("te", "Tesco", False, "Account Bifono Tosanife", 5)
    >>> scrubber = Scrubber([term], years=28)
    >>> scrubber.text("TESCO paid £4,500 in May 2024; ask ann@tesco.example.")
    'Account Bifono Tosanife paid [amount] in May 1996; ask [e-mail].'
    """

    def __init__(self, terms: Sequence[Term], *, years: int) -> None:
        self._by_start: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._by_start[term.key].append(term)
        self._starts = {len(key) for key in self._by_start}
        self._years = years
        self._made: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._taken: set[str] = set()
        self.counts: Counter[str] = Counter()

    @property
    def results(self) -> list[str]:
        """Every text that came out."""
        return [*self._made.values()]

    def text(self, text: str) -> str:
        """Return a text with what it names replaced, its years moved as the dates are."""
        if text not in self._made:
            self._made[text], counts = self._scrubbed(text)
            self.counts += counts
        return self._made[text]

    def label(self, text: str) -> str:
        """Return the same, but different for different texts: others are looked up by it."""
        if text not in self._labels:
            made, number = self.text(text), 1
            label = made
            while label in self._taken:
                number += 1
                label = f"{made} ({number})"
            self._labels[text] = label
            self._taken.add(label)
        return self._labels[text]

    def _scrubbed(self, text: str) -> tuple[str, Counter[str]]:
        counts: Counter[str] = Counter()
        pieces: list[tuple[str, bool]] = [(text, False)]
        for what, instead, pattern in PATTERNS[:3]:
            pieces = _replaced(pieces, pattern, instead, what, counts)
        pieces = [
            piece
            for part, is_done in pieces
            for piece in ([(part, True)] if is_done else self._without_names(part, counts))
        ]
        for what, instead, pattern in PATTERNS[3:]:
            pieces = _replaced(pieces, pattern, instead, what, counts)
        return "".join(
            part if is_done else self._moved(part, counts) for part, is_done in pieces
        ), counts

    def _without_names(self, text: str, counts: Counter[str]) -> list[tuple[str, bool]]:
        pieces, start, place = [], 0, 0
        while place < len(text):
            found = self._term_at(text, place)
            if found is None:
                place += 1
                continue
            alias, end = found
            pieces += [(text[start:place], False), (alias, True)]
            counts["names"] += 1
            start = place = end
        return [*pieces, (text[start:], False)]

    def _term_at(self, text: str, place: int) -> tuple[str, int] | None:
        candidates = [
            term
            for length in self._starts
            for term in self._by_start.get(text[place : place + length].casefold(), ())
        ]
        for term in sorted(candidates, key=lambda term: -term.length):
            match = _compiled(term.pattern, term.is_exact).match(text, place)
            if match and is_whole(text, place, match.end()):
                return term.alias, match.end()
        return None

    def _moved(self, text: str, counts: Counter[str]) -> str:
        moved, number = _YEAR.subn(lambda found: str(int(found[0]) - self._years), text)
        counts["years"] += number
        return moved


def _replaced(
    pieces: Iterable[tuple[str, bool]],
    pattern: re.Pattern[str],
    instead: str,
    what: str,
    counts: Counter[str],
) -> list[tuple[str, bool]]:
    """Return the pieces with what the pattern finds in those not done made a piece that is."""
    made: list[tuple[str, bool]] = []
    for part, is_done in pieces:
        if is_done:
            made.append((part, True))
            continue
        start = 0
        for found in pattern.finditer(part):
            made += [(part[start : found.start()], False), (instead, True)]
            counts[what] += 1
            start = found.end()
        made.append((part[start:], False))
    return made


@cache
def _compiled(pattern: str, is_exact: bool) -> re.Pattern[str]:
    return re.compile(pattern, 0 if is_exact else re.IGNORECASE)
