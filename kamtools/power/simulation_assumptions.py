"""Every assumption of the Haohan - Peihui model, in one table to be argued with and replaced.

The essay tells one story, from the supplier's side, and gives one figure: half a month to a month
of notice (E2). All numbers here are therefore assumptions. They were chosen round, before the
model was run, and were not fitted to the story.
"""

import pandas as pd

from kamtools.power.assumption_tables import COLUMNS, check_table, replaced

ASSUMED = "assumption"

_LIBRARY = "assumption, as in the library of measures"
_EXAMPLE = "assumption, start of the worked example"
_ROWS: tuple[tuple[str, float, float, float, str, str, str], ...] = (
    ("initiatives_per_year", 6, 4, 9, "number",
     "steps of the supplier that need the account's consent", ASSUMED),
    ("preparation_days", 60, 30, 120, "days", "from beginning a step to its being ready",
     ASSUMED),
    ("preparation_spread", 0.3, 0.1, 0.6, "share",
     "how far preparations differ: standard deviation over mean", ASSUMED),
    ("relaxed_review_days", 30, 10, 60, "days",
     "review by an account that sees no danger in the market", ASSUMED),
    ("alert_review_share", 0.4, 0.2, 0.8, "share",
     "of that time that an account needs which is sure that the market tightens", ASSUMED),
    ("review_spread", 0.5, 0.2, 0.8, "share",
     "how far reviews differ: standard deviation over mean", ASSUMED),
    ("plan_sharing_saves", 0.15, 0.0, 0.3, "share",
     "of a review that falls away where the dated year plan is known", ASSUMED),
    ("plan_change_per_day", 0.004, 0.001, 0.01, "per day",
     "risk that a step changes after notice, so that part of its review is repeated", ASSUMED),
    ("repeat_share", 0.5, 0.2, 0.8, "share", "of a review that a change repeats", ASSUMED),
    ("leak_per_day", 0.001, 0.0002, 0.004, "per day",
     "risk that a rival learns of a step after notice", ASSUMED),
    ("leak_loss", 0.3, 0.1, 0.6, "share",
     "of what a step earns the supplier that a leak costs", ASSUMED),
    ("market_tightens", 0.5, 0.2, 0.8, "probability",
     "that the market does tighten in the year; briefings say what is true", ASSUMED),
    ("first_belief", 0.2, 0.05, 0.4, "probability",
     "that the market tightens, as the account sees it without briefings", ASSUMED),
    ("likelihood_ratio", 2, 1.2, 4, "ratio",
     "how much likelier a month's evidence is in the market as it is than in the other", ASSUMED),
    ("briefing_read", 0.7, 0.4, 1.0, "share", "of briefings that are read", ASSUMED),
    ("belief_kept", 0.9, 0.7, 1.0, "share",
     "of what the account has learnt (in log odds) that it still holds a month later", ASSUMED),
    ("supplier_initiative_share", 0.3, 0.15, 0.5, "share",
     "of the supplier's margin from this business that the year's steps earn", ASSUMED),
    ("account_initiative_share", 0.15, 0.05, 0.3, "share",
     "of the account's margin from this business that the year's steps earn", ASSUMED),
    ("window_days", 180, 90, 365, "days",
     "wait after which a step earns nothing; until then it loses evenly", ASSUMED),
    ("grace_days", 7, 0, 14, "days", "wait up to which a step counts as on time", ASSUMED),
    ("plan_sharing_cost", 0.2, 0.1, 0.5, "points", "a year, of 100 points of margin", ASSUMED),
    ("advance_notice_cost", 0.2, 0.1, 0.5, "points", "a year, leaks and changes apart", ASSUMED),
    ("market_briefing_cost", 1, 0.4, 2.5, "points", "a year", ASSUMED),
    ("diversification_cost", 4, 2, 9, "points", "a year", ASSUMED),
    ("coalition_cost", 0.8, 0.3, 2, "points", "a year", ASSUMED),
    ("supplier_stake", 0.7, 0.6, 0.8, "share", "what the supplier has at stake", _EXAMPLE),
    ("supplier_availability", 0.25, 0.15, 0.35, "share",
     "how far the supplier could replace the account", _EXAMPLE),
    ("account_stake", 0.45, 0.35, 0.55, "share", "what the account has at stake", _EXAMPLE),
    ("account_availability", 0.6, 0.5, 0.7, "share",
     "how far the account could replace the supplier", _EXAMPLE),
    ("joint_stake", 0.25, 0.1, 0.45, "share",
     "closed of what is missing in the account's stake, if all steps come on time", ASSUMED),
    ("awareness_effect", 0.3, 0.0, 0.6, "share",
     "of its alternatives that an account counts out which is sure that the market tightens",
     ASSUMED),
    ("diversified_stake", 0.22, 0.08, 0.35, "share",
     "of the supplier's stake, and of what steps earn it, that comes to lie with others",
     _LIBRARY),
    ("diversified_availability", 0.15, 0.05, 0.27, "share",
     "closed of what is missing in the supplier's alternatives", _LIBRARY),
    ("coalition_effect", 0.18, 0.03, 0.35, "share",
     "of the account's alternatives that a coalition takes away", _LIBRARY),
)  # fmt: skip

NAMES = tuple(row[0] for row in _ROWS)
_LEAST = {"initiatives_per_year": 1.0, "preparation_days": 1.0, "window_days": 1.0,
          "relaxed_review_days": 0.1, "alert_review_share": 0.01, "likelihood_ratio": 1.0,
          "first_belief": 0.001}  # fmt: skip
_MOST = {"first_belief": 0.999, "initiatives_per_year": 60.0}


def default_simulation_assumptions() -> pd.DataFrame:
    """Return the assumptions to start from.

    Returns
    -------
    (34, 7)
        `assumption` (name), `value`, `low`, `high`, `unit`, `meaning`, `source` ("assumption",
        with where it stands too). Points are of 100: a side's margin in a year in which no step
        waits.

    Examples
    --------
    >>> table = default_simulation_assumptions()
    >>> len(table), bool(table["source"].str.startswith("assumption").all())
    (34, True)
    >>> table.loc[[3], ["assumption", "value", "low", "high", "unit"]]
                assumption  value   low  high  unit
    3  relaxed_review_days   30.0  10.0  60.0  days
    """
    return pd.DataFrame(list(_ROWS), columns=list(COLUMNS)).astype(
        {"value": float, "low": float, "high": float}
    )


def replace_assumption(
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
        As `default_simulation_assumptions`.
    name, value, low, high
        Of the one to replace, in its unit.

    Raises
    ------
    InputError
        If there is no such assumption, or its new values are not possible.

    Examples
    --------
    >>> table = replace_assumption(default_simulation_assumptions(), "relaxed_review_days", 45)
    >>> table.loc[[3], ["value", "low", "high", "source"]]
       value   low  high source
    3   45.0  45.0  45.0  given
    """
    after = replaced(assumptions, name, value, low=low, high=high)
    check_assumptions(after)
    return after


def known_assumptions(assumptions: pd.DataFrame) -> pd.DataFrame:
    """Return the assumptions as if each value were known: only chance is left.

    Examples
    --------
    >>> table = known_assumptions(default_simulation_assumptions())
    >>> bool((table["low"] == table["high"]).all())
    True
    """
    return assumptions.assign(low=assumptions["value"], high=assumptions["value"])


def check_assumptions(assumptions: pd.DataFrame) -> None:
    """Refuse assumptions that are missing, stand twice, or are out of order or range.

    Raises
    ------
    InputError
        With the name of the assumption and what it must be.

    Examples
    --------
    >>> check_assumptions(default_simulation_assumptions().drop(index=3))
    Traceback (most recent call last):
    kamtools.errors.InputError: assumptions lack relaxed_review_days
    """
    check_table(assumptions, NAMES, least=_LEAST, most=_MOST)
