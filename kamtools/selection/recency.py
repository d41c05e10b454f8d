"""The recency rule: an account silent for too long is gone, any other repeats last year.

Simple rules of this kind have told active customers from lost ones, and found the best
future ones, as well as models did [1]_. How sure the rule is, it learns from the firm's own
past: of accounts as silent as this one, what part ordered again?

References
----------
.. [1] Wübben, M. and von Wangenheim, F. (2008), "Instant customer base analysis: managerial
   heuristics often "get it right"", Journal of Marketing 72(3), 82-93.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit

Array = npt.NDArray[np.float64]

SILENT_MONTHS = 6.0
SILENT_GAPS = 3.0
SHORTEST_LIMIT = 3.0
ASSUMED = (2.0, -2.0, 0.2, 0.7)
"""Intercept, effect of silence, frequency and size, before the firm's own past has spoken."""
BOUNDS = ((None, None), (None, 0.0), (None, None), (None, None))


def usual_gap_months(summary: pd.DataFrame) -> pd.Series:
    """Return how many months usually pass between an account's orders.

    The mean of an account's gaps and one gap more of the firm's usual length, so that an
    account with a single order has a gap as well. A gap of less than a month counts as one.

    Parameters
    ----------
    summary : index account_id
        `frequency`, `recency` (months), from `history.purchase_summary`.

    Examples
    --------
    >>> summary = pd.DataFrame({"frequency": [3.0, 0.0], "recency": [6.0, 0.0]}, index=["a", "b"])
    >>> usual_gap_months(summary).to_dict()
    {'a': 2.0, 'b': 2.0}
    """
    is_repeat = summary["frequency"] > 0
    gaps = (summary["recency"] / summary["frequency"]).where(is_repeat)
    typical = gaps.median() if is_repeat.any() else 1.0
    own = (summary["recency"] + typical) / (summary["frequency"] + 1)
    return own.fillna(typical).clip(lower=1.0).rename("usual_gap_months")


def is_gone(
    summary: pd.DataFrame,
    *,
    silent_months: float = SILENT_MONTHS,
    silent_gaps: float = SILENT_GAPS,
) -> pd.Series:
    """Say of each account whether it has been silent for too long to be counted on.

    Parameters
    ----------
    summary : index account_id
        `frequency`, `recency`, `silence_months`, from `history.purchase_summary`.
    silent_months : months
        A silence longer than this is taken as the end. The field's rules say 6 to 9.
    silent_gaps : number of usual gaps
        So is one longer than so many of the account's usual gaps, if it has lasted for
        three months.

    Examples
    --------
    >>> summary = pd.DataFrame({"frequency": [20.0, 20.0, 2.0], "recency": [20.0, 20.0, 8.0],
    ...                         "silence_months": [5.0, 2.5, 5.0]}, index=["a", "b", "c"])
    >>> is_gone(summary).to_dict()
    {'a': True, 'b': False, 'c': False}
    """
    by_gaps = (silent_gaps * usual_gap_months(summary)).clip(lower=SHORTEST_LIMIT)
    silence = summary["silence_months"].fillna(np.inf)
    return (silence > np.minimum(by_gaps, silent_months)).rename("is_gone")


def chance_of_return(
    summary: pd.DataFrame,
    past_summaries: Sequence[pd.DataFrame] = (),
    has_returned: Sequence[pd.Series] = (),
) -> pd.Series:
    """Return the probability that each account orders again within the horizon.

    Parameters
    ----------
    summary : index account_id
        `frequency`, `recency`, `silence_months`, `revenue`, from `history.purchase_summary`.
    past_summaries
        The same at earlier dates. Without any, what is taken for granted decides alone.
    has_returned : bool, indexed as the past summaries
        Whether an order followed within the horizon.

    Returns
    -------
    (n_accounts,) 0-1, index as `summary`
        Never higher for a longer silence; 0 for an account that never ordered.

    Notes
    -----
    Logistic regression of what followed on the logarithms of 1 + silence in usual gaps, of
    1 + frequency, and of 1 + last year's revenue ÷ that of the median buyer: large accounts
    leave more rarely. A ridge draws the coefficients towards `ASSUMED`, their medians over
    suppliers of Iowa's liquor stores, as strongly as a normal prior of unit variance.

    Examples
    --------
    >>> now = pd.DataFrame({"frequency": [9.0, 9.0], "recency": [11.0, 4.0],
    ...                     "silence_months": [0.5, 7.5], "revenue": [10.0, 10.0]})
    >>> chance_of_return(now).round(2).tolist()
    [0.9, 0.21]
    """
    ordered = [past["frequency"].notna() for past in past_summaries]
    drivers = [_drivers(past)[was] for past, was in zip(past_summaries, ordered, strict=True)]
    followed = [back[was] for back, was in zip(has_returned, ordered, strict=True)]
    assumed = np.array(ASSUMED)
    then = np.concatenate([np.empty((0, len(assumed))), *drivers])
    returned = np.concatenate([np.empty(0), *followed]).astype("float64")

    def misfit(coefficients: Array) -> tuple[float, Array]:
        logits, offset = then @ coefficients, coefficients - assumed
        fit = np.logaddexp(0, logits).sum() - returned @ logits + offset @ offset / 2
        return float(fit), (expit(logits) - returned) @ then + offset

    fit = minimize(misfit, assumed, jac=True, method="L-BFGS-B", bounds=BOUNDS)
    chance = pd.Series(expit(_drivers(summary) @ fit.x), summary.index, name="p_alive")
    return chance.where(summary["frequency"].notna(), 0.0)


def _drivers(summary: pd.DataFrame) -> Array:
    frequency = summary["frequency"].fillna(0.0)
    silence = summary["silence_months"].fillna(0.0) / usual_gap_months(summary)
    revenue = summary["revenue"].clip(lower=0)
    size = revenue / revenue[revenue > 0].median() if (revenue > 0).any() else revenue
    return np.column_stack(
        [np.ones(len(summary)), np.log1p(silence), np.log1p(frequency), np.log1p(size)]
    )
