"""The time equations of cost to serve: the firm's own, or those to start from, and in words."""

from typing import TypeGuard

import pandas as pd

from kamtools.selection.time_equations import COLUMNS, default_time_equations
from kamtools.wording import listing

UNITS = {"orders": "an order", "lines": "a line", "credit_notes": "a credit note"}
OWN = "By the firm's own time equations"
ASSUMED = "Assumed, as the firm has given no time equations of its own (time_equations.csv):"


def equations_in_use(own: pd.DataFrame | None) -> pd.DataFrame:
    """Return the firm's own time equations where it has any, else the default ones.

    Its own replace the default ones altogether: what it leaves out takes no time.

    Parameters
    ----------
    own
        `activity`, `driver`, `hours`, as time_equations.csv gives them; None, or without
        rows, where the firm has none.

    Returns
    -------
    (n_terms, 3) `activity`, `driver`, `hours` (for each unit of the driver)

    Examples
    --------
    >>> own = pd.DataFrame({"activity": ["packing"], "driver": ["lines"], "hours": [0.1]})
    >>> equations_in_use(own).equals(own), len(equations_in_use(None))
    (True, 2)
    """
    return own[list(COLUMNS)] if _is_given(own) else default_time_equations()


def describe_equations(own: pd.DataFrame | None) -> str:
    """Return the time equations in words, and whether they are the firm's or assumed.

    Parameters
    ----------
    own
        As in `equations_in_use`; drivers are those of `time_equations.order_drivers`.

    Examples
    --------
    >>> print(describe_equations(None))
    Assumed, as the firm has given no time equations of its own (time_equations.csv): order
    entry takes 15 minutes an order and 1.2 minutes a line.
    >>> own = pd.DataFrame({"activity": ["credit"], "driver": ["credit_notes"], "hours": [2.5]})
    >>> print(describe_equations(own))
    By the firm's own time equations credit takes 2.5 hours a credit note.
    """
    equations = equations_in_use(own)
    terms = equations["hours"].map(_duration) + " " + equations["driver"].map(UNITS)
    sentences = [
        f"{activity} takes {listing(of_activity.tolist())}"
        for activity, of_activity in terms.groupby(equations["activity"], sort=False)
    ]
    return f"{OWN if _is_given(own) else ASSUMED} {'; '.join(sentences)}."


def _is_given(own: pd.DataFrame | None) -> TypeGuard[pd.DataFrame]:
    return own is not None and not own.empty


def _duration(hours: float) -> str:
    """Return hours from two on, minutes below, to three significant figures.

    >>> _duration(0.25), _duration(1 / 60), _duration(1200.0)
    ('15 minutes', '1 minute', '1,200 hours')
    """
    number, unit = (hours, "hour") if hours >= 2 else (60 * hours, "minute")
    text = f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
    return f"{text} {unit}{'' if text == '1' else 's'}"
