"""What a trial on a firm's own accounts shows, and what so few accounts cannot show, in words."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.evaluation_inference import Finding

CANNOT = (
    "whether the measure works better with one account than with another",
    "which of two measures taken together has worked",
    "anything of accounts that were not in the lot, or after the last quarter",
    "that there is no effect, only that none this large was seen",
)
"""What few accounts do not show, however the figures fall."""


def describe_finding(finding: Finding, *, outcome: str, unit: str) -> str:
    """Return what a trial has shown, and how sure it is.

    Parameters
    ----------
    finding
        From `evaluation_inference.evaluate_trial`.
    outcome, unit
        What was measured, and in what, such as "the wait" and "days".

    Examples
    --------
    >>> found = Finding(-6.2, 0.03, -11.0, -1.5, 0.95, 2.0, -10.7, -1.7, 10, 1152.0)
    >>> print(describe_finding(found, outcome="the wait", unit="days"))
    With the measure the wait was 6.2 days lower than without, on 10 accounts (−11.0 to −1.5;
    the lots do not speak against these values at 95 %). If the measure did nothing, a difference
    this large would come up in 3 % of lots.
    """
    way = "lower" if finding.effect < 0 else "higher"
    if np.isinf(finding.low) or np.isinf(finding.high):
        return (
            f"With the measure {outcome} was {abs(finding.effect):.1f} {unit} {way} than without, "
            f"on {finding.accounts} accounts. The design could have drawn only "
            f"{finding.lots:,.0f} lots: too few to give limits at {100 * finding.level:.0f} %."
        )
    return (
        f"With the measure {outcome} was {abs(finding.effect):.1f} {unit} {way} than without, on "
        f"{finding.accounts} accounts ({_signed(finding.low)} to {_signed(finding.high)}; the "
        f"lots do not speak against these values at {100 * finding.level:.0f} %). If the measure "
        f"did nothing, a difference this large would come up in {100 * finding.p_value:.0f} % of "
        "lots."
    )


def describe_detectable(
    table: pd.DataFrame, *, accounts: int, quarters: int, deviation: float, unit: str
) -> str:
    """Return what a trial with so many accounts could see, before it begins.

    Parameters
    ----------
    table
        From `evaluation_power.detectable_effects`, holding that row.
    accounts, quarters
        Of the trial.
    deviation
        Standard deviation of the outcome over accounts and quarters, in its unit: an
        assumption, or from past quarters.
    unit
        Of the outcome, such as "days".

    Raises
    ------
    InputError
        If the table has no such row.

    Examples
    --------
    >>> table = pd.DataFrame({"accounts": [10], "quarters": [8], "detectable": [0.97],
    ...                       "lots": [1152.0]})
    >>> print(describe_detectable(table, accounts=10, quarters=8, deviation=20, unit="days"))
    Ten accounts over 8 quarters would show an effect of 0.97 standard deviations or more, here
    19 days, four times in five; a smaller one is missed more often. They cannot show whether
    the measure works better with one account than with another; which of two measures taken
    together has worked; anything of accounts that were not in the
    lot, or after the last quarter; that there is no effect, only that none this large was seen.
    """
    row = table[(table["accounts"] == accounts) & (table["quarters"] == quarters)]
    if row.empty:
        raise InputError(f"no row for {accounts} accounts and {quarters} quarters")
    number = "Ten" if accounts == 10 else f"{accounts:,}"
    effect = float(row["detectable"].iloc[0])
    cannot = f"They cannot show {'; '.join(CANNOT)}."
    if np.isinf(effect):
        return (
            f"{number} accounts over {quarters} quarters, divided like this, would show nothing, "
            f"however large: the lot has only {row['lots'].iloc[0]:,.0f} outcomes. {cannot}"
        )
    return (
        f"{number} accounts over {quarters} quarters would show an effect of {effect:.2f} "
        f"standard deviations or more, here {effect * deviation:.0f} {unit}, four times in five; a "
        f"smaller one is missed more often. {cannot}"
    )


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{abs(value):.1f}"
