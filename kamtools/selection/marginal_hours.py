"""What one more hour of the managers would bring, and what one fewer would cost.

Accounts come whole, so value grows in steps: one more hour mostly brings nothing, and the
next step may need forty. The programme is therefore solved again for several amounts of
hours. The price of an hour in the relaxation, in which accounts could be looked after in
parts, stands beside it: it bounds what more hours can bring.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.programme import Programme, solve_within, worth

MORE_HOURS = (-100.0, -10.0, 1.0, 10.0, 100.0)


def value_of_hours(
    programme: Programme, *, more: Sequence[float] = MORE_HOURS, gap: float = 0.0
) -> pd.DataFrame:
    """Return what the best list is worth with more hours, or with fewer.

    Parameters
    ----------
    programme
        From `choose_within`, with a limit on hours.
    more : hours a year
        To be added to the limit; below 0 to take away.
    gap
        As in `choose_within`.

    Returns
    -------
    (len(more), 6), index more_hours
        `hours` (a year), `value`, `gain` (value less that of the programme; NaN where no list
        meets the limits with so few hours), `gain_per_hour`, and who `enters` and `leaves` the
        list, tuples of account_id.

    Raises
    ------
    InputError
        If the programme has no limit on hours, or fewer hours are left than none.

    Notes
    -----
    With p the price of an hour in the relaxation (`programme.prices`), R its value and V that
    of the programme, d more hours bring at most p d + (R − V): the relaxed value is concave in
    the hours, and no list is worth more.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [10.0, 7.0, 6.0], "hours": [60.0, 50.0, 50.0]},
    ...                           index=["giant", "middle", "riser"])
    >>> from kamtools.selection.limits import Limits
    >>> from kamtools.selection.programme import choose_within
    >>> programme = choose_within(candidates, Limits(hours=100))
    >>> value_of_hours(programme, more=[1, 10])[["value", "gain", "enters", "leaves"]]
                value  gain    enters    leaves
    more_hours
    1.0          13.0   0.0        ()        ()
    10.0         17.0   4.0  (giant,)  (riser,)
    """
    hours = programme.limits.hours
    if hours is None:
        raise InputError("the programme has no limit on hours, so more of them bring nothing")
    steps = [float(step) for step in more]
    if min(steps, default=0.0) < -hours:
        raise InputError(f"{hours:,.10g} hours cannot be cut by {-min(steps):,.10g}")
    rows = [_row(programme, hours + step, gap) for step in steps]
    index = pd.Index(steps, name="more_hours", dtype=float)
    columns = ["hours", "value", "enters", "leaves"]
    table = pd.DataFrame(rows, index=index, columns=columns)
    gain = (table["value"].astype(float) - programme.value).round(12)
    table.insert(2, "gain", gain)
    table.insert(3, "gain_per_hour", gain / np.where(index == 0, np.nan, index))
    return table


def describe_hour_value(
    programme: Programme, table: pd.DataFrame, *, currency: str | None = None
) -> str:
    """Return in words what more hours bring and fewer cost.

    Parameters
    ----------
    programme
        From `choose_within`.
    table
        From `value_of_hours`.
    currency
        As in `programme.describe_programme`.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [10.0, 7.0, 6.0], "hours": [60.0, 50.0, 50.0]},
    ...                           index=["giant", "middle", "riser"])
    >>> from kamtools.selection.limits import Limits
    >>> from kamtools.selection.programme import choose_within
    >>> programme = choose_within(candidates, Limits(hours=100))
    >>> print(describe_hour_value(programme, value_of_hours(programme, more=[-10, 1, 10])))
    1 more hour brings nothing; 10 more hours bring 4 points (0.4 points an hour); 10 fewer
    hours cost 3 points (0.3 points an hour). Accounts come whole, so value grows in steps.
    """
    more, fewer = table[table.index > 0].sort_index(), table[table.index < 0]
    rows = pd.concat([more, fewer.sort_index(ascending=False)])
    if rows.empty:
        return "No other amount of hours was tried."
    parts = [_step_words(float(str(step)), row, currency) for step, row in rows.iterrows()]
    text = f"{'; '.join(parts)}."
    if programme.prices["hours"] == 0:
        left = programme.use["left"]["hours"]
        return f"{text} Hours are not what is short: {left:,.0f} are left over."
    return f"{text} Accounts come whole, so value grows in steps."


def _row(programme: Programme, hours: float, gap: float) -> tuple[object, ...]:
    ids = programme.candidates.index
    other = solve_within(programme.candidates, replace(programme.limits, hours=hours), gap=gap)
    if other is None:
        return hours, float("nan"), (), ()
    was_in = programme.chosen.reindex(ids).to_numpy()
    return hours, other.value, tuple(ids[other.x & ~was_in]), tuple(ids[was_in & ~other.x])


def _step_words(step: float, row: pd.Series, currency: str | None) -> str:
    noun = "hour" if abs(step) == 1 else "hours"
    ending = "s" if abs(step) == 1 else ""
    how, verb = ("more", f"bring{ending}") if step > 0 else ("fewer", f"cost{ending}")
    start = f"{abs(step):,.10g} {how} {noun}"
    if np.isnan(row["gain"]):
        return f"with {start} no list meets all limits"
    if row["gain"] == 0:
        return f"{start} {verb} nothing"
    gain, rate = abs(float(row["gain"])), abs(float(row["gain_per_hour"]))
    return f"{start} {verb} {worth(gain, currency)} ({worth(rate, currency)} an hour)"
