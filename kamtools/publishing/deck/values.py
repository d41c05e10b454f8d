"""Values of a kept table as a slide writes them."""

import math

from kamtools.publishing.deck.parts import Form

_DECIMALS = {"money": 0, "number": 0, "one_decimal": 1, "two_decimals": 2}


def written(value: object, form: Form) -> str:
    """Return a value as a cell of a table writes it; empty where it is missing.

    Examples
    --------
    >>> written(2431781.3, "money"), written(-0.128, "two_decimals"), written(0.1121, "share")
    ('2,431,781', '−0.13', '11.2 %')
    >>> written(420.0, "plain"), written(0.35, "plain"), written(("A.", "B."), "sentences")
    ('420', '0.35', 'A. B.')
    >>> written(None, "money"), written(float("nan"), "text"), written("A", "text")
    ('', '', 'A')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if form == "text":
        return str(value)
    if form == "sentences":
        return " ".join(value)  # type: ignore[arg-type]
    number = float(value)  # type: ignore[arg-type]
    if form == "plain":
        text = f"{abs(number):,.4f}".rstrip("0").rstrip(".")
    elif form == "share":
        text = f"{100 * abs(number):.1f} %"
    else:
        text = f"{abs(number):,.{_DECIMALS[form]}f}"
    is_negative = number < 0 and any(digit in "123456789" for digit in text)
    return f"−{text}" if is_negative else text
