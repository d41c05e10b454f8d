"""How long the supplier's steps wait for the account's consent.

Without notice a review can start when the preparation ends; with n days' notice it can start n
days before, beside the preparation, but not before there is anything to tell. The account looks
at one step at a time, in the order in which it hears of them. Consent comes in the end: refusals
are not modelled.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamtools.power.simulation_chance import MONTH_DAYS, MONTHS, Floats, Years


@dataclass(frozen=True)
class Reviews:
    """What came of each step.

    Attributes
    ----------
    waiting : (n_steps, n_years)
        Days from a step's being ready to consent, 0 or more.
    is_changed, is_leaked : (n_steps, n_years) bool
    """

    waiting: Floats
    is_changed: NDArray[np.bool_]
    is_leaked: NDArray[np.bool_]


def review_steps(
    years: Years, belief: Floats, *, notice_days: float, is_plan_shared: bool
) -> Reviews:
    """Return how long each step waits, and whether it changed or leaked after notice.

    Parameters
    ----------
    years
        From `simulation_chance.draw_years`.
    belief : (12, n_years), 0-1
        From `simulation_belief.belief_path`.
    notice_days
        0 or more; 0 is no notice.
    is_plan_shared
        Whether the account has the dated plan of the year.

    Notes
    -----
    A review takes r [1 − (1 − a) B] (1 − s) (1 + c) ε days: r relaxed, a the share of it that an
    alert account needs, B the belief in the month in which it starts, s what the shared plan
    saves, c what a change repeats, ε with mean 1. Changes and leaks come at a constant rate h
    while notice runs: probability 1 − exp(−h n).
    """
    assumed = years.assumed
    notice = np.minimum(notice_days, years.preparation)
    is_changed = years.change < -np.expm1(-assumed["plan_change_per_day"] * notice)
    is_leaked = years.leak < -np.expm1(-assumed["leak_per_day"] * notice)
    ready = years.begin + years.preparation
    heard = ready - notice
    saved = assumed["plan_sharing_saves"] if is_plan_shared else 0.0
    work = assumed["relaxed_review_days"] * (1 - saved) * years.review_noise
    work = work * (1 + assumed["repeat_share"] * is_changed)
    speed = 1 - (1 - assumed["alert_review_share"]) * belief
    consent = one_after_the_other(heard, work, speed, is_step=years.is_step)
    waiting = np.where(years.is_step, np.maximum(consent - ready, 0.0), 0.0)
    return Reviews(waiting, is_changed & years.is_step, is_leaked & years.is_step)


def one_after_the_other(
    heard: Floats, work: Floats, share: Floats, *, is_step: NDArray[np.bool_]
) -> Floats:
    """Return the day on which each step's review ends, one being looked at at a time.

    Parameters
    ----------
    heard, work : (n_steps, n_years)
        Day on which the account hears of the step; days that the review takes where it is in
        no hurry.
    share : (12, n_years)
        Share of these days that a review takes which starts in that month; one that starts
        later takes the last month's.
    is_step : (n_steps, n_years) bool
        Others take no time.

    Returns
    -------
    (n_steps, n_years)

    Notes
    -----
    Lindley's recursion: a review starts at the later of being heard of and the end of the one
    before. The loop runs over the few steps of a year, each at once for all years.

    Examples
    --------
    Heard of on days 0 and 5, ten days each: the second waits until the first is done.

    >>> one_after_the_other(np.array([[5.0], [0.0]]), np.full((2, 1), 10.0), np.ones((12, 1)),
    ...                     is_step=np.ones((2, 1), dtype=bool)).tolist()
    [[20.0], [10.0]]
    """
    order = np.argsort(np.where(is_step, heard, np.inf), axis=0, kind="stable")
    columns = np.arange(heard.shape[1])
    free = np.zeros(heard.shape[1])
    ends = np.zeros_like(heard)
    for rows in order:
        start = np.maximum(heard[rows, columns], free)
        month = np.clip(start // MONTH_DAYS, 0, MONTHS - 1).astype(int)
        end = start + work[rows, columns] * share[month, columns]
        ends[rows, columns] = end
        free = np.where(is_step[rows, columns], end, free)
    return ends
