"""How long the supplier's steps wait for the account's consent.

Without notice a review can start when the preparation ends; with n days' notice it can start n
days before, beside the preparation, but not before there is anything to tell. The account looks
at one step at a time, in the order in which it hears of them, at the pace of what it believes in
that month. Consent comes in the end: refusals are not modelled.

Longer notice lets a review end earlier or on the same day, as long as it is not longer than any
preparation of the year. Beyond that it can change the order in which the account hears of the
steps, so that a long one is looked at before a short one that is sooner ready.
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
    A review is r (1 − s) (1 + c) ε days of work: r relaxed, s what the shared plan saves, c what
    a change repeats, ε with mean 1. A day of work takes 1 − (1 − a) B days: a the share of the
    time that an alert account needs, B the belief of the month. Changes and leaks come at a
    constant rate h while notice runs: probability 1 − exp(−h n).
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
    pace = 1 - (1 - assumed["alert_review_share"]) * belief
    consent = one_after_the_other(heard, work, pace, is_step=years.is_step)
    waiting = np.where(years.is_step, np.maximum(consent - ready, 0.0), 0.0)
    return Reviews(waiting, is_changed & years.is_step, is_leaked & years.is_step)


def one_after_the_other(
    heard: Floats, work: Floats, pace: Floats, *, is_step: NDArray[np.bool_]
) -> Floats:
    """Return the day on which each step's review ends, one being looked at at a time.

    Parameters
    ----------
    heard, work : (n_steps, n_years)
        Day (0 or more) on which the account hears of the step; days of work in its review.
    pace : (12, n_years), above 0
        Days that a day of work takes in each month; after the year, the last month's.
    is_step : (n_steps, n_years) bool
        Others take no time.

    Returns
    -------
    (n_steps, n_years)

    Notes
    -----
    Lindley's recursion [1]_ on the account's own clock, which counts days of work: a review
    starts at the later of being heard of and the end of the one before. The loop runs over the
    few steps of a year, each at once for all years.

    References
    ----------
    .. [1] Lindley, D. (1952), "The theory of queues with a single server", Mathematical
       Proceedings of the Cambridge Philosophical Society 48(2), 277-289.

    Examples
    --------
    Heard of on days 0 and 5, ten days each: the second waits until the first is done.

    >>> one_after_the_other(np.array([[5.0], [0.0]]), np.full((2, 1), 10.0), np.ones((12, 1)),
    ...                     is_step=np.ones((2, 1), dtype=bool)).tolist()
    [[20.0], [10.0]]
    """
    done = np.vstack([np.zeros_like(pace[:1]), np.cumsum(MONTH_DAYS / pace[:-1], axis=0)])
    heard_by = _work_by(heard, pace, done)
    order = np.argsort(np.where(is_step, heard, np.inf), axis=0, kind="stable")
    columns = np.arange(heard.shape[1])
    free = np.zeros(heard.shape[1])
    ends = np.zeros_like(heard)
    for rows in order:
        end = np.maximum(heard_by[rows, columns], free) + work[rows, columns]
        ends[rows, columns] = end
        free = np.where(is_step[rows, columns], end, free)
    return _day_of(ends, pace, done)


def _work_by(day: Floats, pace: Floats, done: Floats) -> Floats:
    """Return how much work could be done from day 0 to a day, `done` by each month's start."""
    columns = np.arange(day.shape[1])
    month = np.minimum(day // MONTH_DAYS, MONTHS - 1).astype(int)
    result: Floats = done[month, columns] + (day - month * MONTH_DAYS) / pace[month, columns]
    return result


def _day_of(work: Floats, pace: Floats, done: Floats) -> Floats:
    """Return the day by which so much work could be done: the inverse of `_work_by`."""
    columns = np.arange(work.shape[1])
    month = (done[1:, None] <= work).sum(axis=0)
    result: Floats = month * MONTH_DAYS + (work - done[month, columns]) * pace[month, columns]
    return result
