"""Numbers and lists as a manager reads them."""

import math
from collections.abc import Sequence


def percent(share: float) -> str:
    """Return a share (0-1) as a whole percentage, with one decimal where it is small.

    Examples
    --------
    >>> percent(0.744), percent(0.0123), percent(0.0)
    ('74 %', '1.2 %', '0 %')
    """
    return f"{100 * share:.1f} %" if 0 < abs(share) < 0.0495 else f"{100 * share:.0f} %"


def change(ratio: float) -> str:
    """Return a relative change with its sign; beyond a fourfold rise, as a multiple.

    Examples
    --------
    >>> change(0.64), change(-0.12), change(11.0)
    ('+64 %', '−12 %', '12-fold')
    """
    if ratio > 3:
        return f"{1 + ratio:,.0f}-fold"
    return f"{'−' if ratio < 0 else '+'}{percent(abs(ratio))}"


def money(amount: float, currency: str = "") -> str:
    """Return an amount to three significant figures, the rest being noise to a reader.

    Examples
    --------
    >>> money(1_234_567, "EUR"), money(-45_678), money(12.3), money(0)
    ('EUR 1.23 million', '−45,700', '12', '0')
    """
    size = abs(amount)
    rounded = 0.0 if size == 0 else round(size, 2 - math.floor(math.log10(size)))
    text = f"{rounded / 1e6:,.3g} million" if 1e6 <= rounded < 1e9 else f"{rounded:,.0f}"
    sign = "−" if amount < 0 and text != "0" else ""
    return f"{currency} {sign}{text}".strip()


def listing(words: Sequence[str]) -> str:
    """Return words as prose lists them.

    Examples
    --------
    >>> listing(["growth"]), listing(["growth", "fit"]), listing(["growth", "fit", "sales"])
    ('growth', 'growth and fit', 'growth, fit and sales')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
