"""Every assumption that turns a firm's data into dependence, in one table to be replaced.

Invoices say how much each account buys, and the relationship facts say how long a replacement
would take and how many others there are. They do not say how exact those facts are, nor how
alternatives and months become an availability. That is assumed, here and nowhere else. No study
was found that gives these numbers: they are round, and the same for both sides, so that neither
is made the weaker one by assumption.
"""

import pandas as pd

from kamtools.power.assumption_tables import COLUMNS, check_table, replaced

Ends = tuple[float, float, float]
"""Low, value and high."""

ASSUMED = "assumption"
_NETWORK = "assumption, as in the trade network"

_ROWS: tuple[tuple[str, float, float, float, str, str, str], ...] = (
    ("months_to_replace_them", 6, 3, 18, "months",
     "that we need to replace an account where nobody said", ASSUMED),
    ("months_to_replace_us", 6, 3, 18, "months",
     "that an account needs to replace us where nobody said", ASSUMED),
    ("months_factor", 1, 0.7, 1.5, "ratio",
     "months really needed over those stated, both sides", ASSUMED),
    ("wallet_factor", 1, 0.8, 1.25, "ratio",
     "our real share of what an account buys over the share stated", ASSUMED),
    ("half_at", 2, 1, 4, "number",
     "alternatives at which half of what we deliver finds a place", _NETWORK),
    ("judgement_error", 0, -0.15, 0.15, "number",
     "how far the truth may lie from a stake or availability judged without its range", ASSUMED),
    ("not_yet_replaced", 0.5, 0.35, 0.8, "share",
     "of the trade, on average over the months of replacing; evenly refilled it is a half",
     ASSUMED),
    ("resale_margin", 0.3, 0.15, 0.5, "ratio",
     "what an account earns on selling our goods on, over what it pays us", ASSUMED),
)  # fmt: skip

NAMES = tuple(row[0] for row in _ROWS)
_LEAST = {"half_at": 0.01, "judgement_error": -1.0}
_MOST = {"judgement_error": 1.0, "months_to_replace_them": 600.0, "months_to_replace_us": 600.0}


def default_dependence_assumptions() -> pd.DataFrame:
    """Return the assumptions to start from.

    Returns
    -------
    (8, 7)
        `assumption` (name), `value`, `low`, `high`, `unit`, `meaning`, `source` ("assumption",
        with where it stands too).

    Examples
    --------
    >>> default_dependence_assumptions()[["assumption", "value", "low", "high", "unit"]]
                   assumption  value   low   high    unit
    0  months_to_replace_them    6.0  3.00  18.00  months
    1    months_to_replace_us    6.0  3.00  18.00  months
    2           months_factor    1.0  0.70   1.50   ratio
    3           wallet_factor    1.0  0.80   1.25   ratio
    4                 half_at    2.0  1.00   4.00  number
    5         judgement_error    0.0 -0.15   0.15  number
    6        not_yet_replaced    0.5  0.35   0.80   share
    7           resale_margin    0.3  0.15   0.50   ratio
    """
    return pd.DataFrame(list(_ROWS), columns=list(COLUMNS)).astype(
        {"value": float, "low": float, "high": float}
    )


def replace_dependence_assumption(
    assumptions: pd.DataFrame,
    name: str,
    value: float,
    *,
    low: float | None = None,
    high: float | None = None,
) -> pd.DataFrame:
    """Return the assumptions with one replaced; without low and high it is taken as known.

    Parameters
    ----------
    assumptions
        As `default_dependence_assumptions`.
    name, value, low, high
        Of the one to replace, in its unit.

    Raises
    ------
    InputError
        If there is no such assumption, or its new values are not possible.

    Examples
    --------
    >>> table = replace_dependence_assumption(default_dependence_assumptions(), "half_at", 3)
    >>> table.loc[[4], ["value", "low", "high", "source"]]
       value  low  high source
    4    3.0  3.0   3.0  given
    """
    after = replaced(assumptions, name, value, low=low, high=high)
    check_dependence_assumptions(after)
    return after


def check_dependence_assumptions(assumptions: pd.DataFrame) -> None:
    """Refuse assumptions that are missing, stand twice, or are out of order or range.

    Raises
    ------
    InputError
        With the name of the assumption and what it must be.

    Examples
    --------
    >>> check_dependence_assumptions(default_dependence_assumptions().drop(index=4))
    Traceback (most recent call last):
    kamtools.errors.InputError: assumptions lack half_at
    """
    check_table(assumptions, NAMES, least=_LEAST, most=_MOST)


def assumed_ends(assumptions: pd.DataFrame) -> dict[str, Ends]:
    """Return low, value and high of each assumption by its name, checked.

    Examples
    --------
    >>> assumed_ends(default_dependence_assumptions())["months_factor"]
    (0.7, 1.0, 1.5)
    """
    check_dependence_assumptions(assumptions)
    ends = assumptions[["low", "value", "high"]].astype(float).itertuples(index=False, name=None)
    return dict(zip(assumptions["assumption"], ends, strict=True))
