"""What a key makes of a name, a day and an amount.

Aliases are cut from HMAC-SHA256 [1]_ of the name under the key: without the key nobody can
work them out or test a guess, and their order says nothing of size or alphabet.

Days move back by 28 or 56 years, as the key says. After 28 years (1,461 weeks) the calendar
repeats itself: weekday, day of the month, length of the month and leap year stay (from 1901
to 2099), and with them every month's total, working day and interval. No other shift keeps
them all. It follows that the shift hides the year from a reader, not from somebody who
looks for it.

Amounts are multiplied by one factor of two decimals, as the key says. What was exact to the
cent is then exact to the ten-thousandth, the unit in which `ledger` adds up, so that every
ratio stays as it was. For the same reason the factor can be found by one who has enough
amounts: they are all multiples of it. Exact ratios and a hidden scale cannot both be had.

References
----------
.. [1] Krawczyk, Bellare and Canetti (1997), RFC 2104, https://doi.org/10.17487/RFC2104
"""

import datetime
import hashlib
import hmac
from dataclasses import dataclass

import numpy as np
import pandas as pd

CYCLE_YEARS, CYCLE_DAYS = 28, 28 * 365 + 7
CYCLES = (1, 2)
HUNDREDTHS = tuple(k for k in range(113, 498) if k % 10)
"""Factors, in hundredths: none so near 1, nor so round, that amounts look untouched, and none
below 1, where the ledger's cents would be coarser than they were."""
MILLIONTHS = 1_000_000
"""To which amounts are read; invoices have two decimals, prices seldom more than four."""

CODES = {"account": ("A", 10), "manager": ("M", 8), "invoice": ("I", 13)}
"""Ids: the letter that they begin with, and the number of signs behind it."""
WORDS = {
    "supplier": "Supplier", "chain": "Chain", "name": "Account", "person": "Person",
    "company": "Firm", "product": "Product", "region": "Region", "value": "Value",
}  # fmt: skip
"""Names: the word that they begin with; two words of syllables follow."""
SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
SYLLABLES = (3, 4)


@dataclass(frozen=True)
class Disguise:
    """Aliases, shift and factor of one key.

    Attributes
    ----------
    secret
        From `keys.read_or_make_key`.

    Examples
    --------
    >>> disguise = Disguise(bytes(32))
    >>> disguise.alias("account", "4711"), disguise.alias("person", "Li Wei")
    ('ALM339W2Z3L', 'Person Sazevi Milaputu')
    >>> disguise.day(datetime.date(2024, 2, 29)).strftime("%a %d %b")
    'Thu 29 Feb'
    """

    secret: bytes

    def _digest(self, purpose: str, text: str = "") -> int:
        message = f"{purpose}\0{text}".encode()
        return int.from_bytes(hmac.digest(self.secret, message, hashlib.sha256), "big")

    def alias(self, kind: str, text: str) -> str:
        """Return the alias of a text; `kind` is one of `CODES` or `WORDS`."""
        number = self._digest(kind, text)
        if kind in CODES:
            letter, length = CODES[kind]
            return letter + _spelled(number, (SIGNS,) * length)
        first, second = (_spelled(part, (CONSONANTS, VOWELS) * length)
                         for part, length in zip(divmod(number, 1 << 128), SYLLABLES, strict=True)
                         )  # fmt: skip
        return f"{WORDS[kind]} {first.title()} {second.title()}"

    def mark(self, text: str) -> str:
        """Return a sign that is equal for equal texts."""
        return _spelled(self._digest("line", text), (SIGNS,) * CODES["invoice"][1])

    @property
    def years(self) -> int:
        """By how many years days move back."""
        return CYCLE_YEARS * CYCLES[self._digest("shift") % len(CYCLES)]

    @property
    def days(self) -> int:
        """By how many days days move back."""
        return self.years // CYCLE_YEARS * CYCLE_DAYS

    @property
    def hundredths(self) -> int:
        """By what amounts are multiplied, in hundredths."""
        return HUNDREDTHS[self._digest("factor") % len(HUNDREDTHS)]

    def day(self, day: datetime.date) -> datetime.date:
        """Return a day, moved."""
        return day - datetime.timedelta(days=self.days)

    def money(self, amounts: np.ndarray | pd.Series | float) -> np.ndarray:
        """Return amounts in disguise; blank ones (NaN) stay so.

        They are read to the millionth and multiplied as whole numbers, so that 0.1 does not
        become 0.30000000000000004.
        """
        return (
            np.rint(np.asarray(amounts, float) * MILLIONTHS) * self.hundredths / (100 * MILLIONTHS)
        )


def _spelled(number: int, alphabets: tuple[str, ...]) -> str:
    signs = []
    for alphabet in alphabets:
        number, place = divmod(number, len(alphabet))
        signs.append(alphabet[place])
    return "".join(signs)
