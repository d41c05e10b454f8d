"""How sure an effect measured on few accounts is: by the lots that could have been drawn.

The lot decided who started when, so every other lot of the same design was as likely. The
p-value is the share of lots under which an effect at least as large would be seen if the measure
did nothing; the interval holds the effects that the lots do not speak against. This needs no
large numbers and no bell curve. Standard errors treat an account, not a quarter, as the unit.

References
----------
.. [1] Fisher, R. A. (1935), The Design of Experiments.
.. [2] Rosenbaum, P. R. (2002), Observational Studies, 2nd ed., chapter 2.
.. [3] MacKinnon, J., Nielsen, M. and Webb, M. (2023), "Cluster-robust inference: a guide to
   empirical practice", Journal of Econometrics 232(2), 272-299.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from kamtools.errors import InputError
from kamtools.power.evaluation import Trial, clean_effect, clean_weights
from kamtools.power.evaluation_design import other_lots, possible_lots

Floats = NDArray[np.float64]
_CLOSE = 1e-9
_AT_ONCE = 500


@dataclass(frozen=True)
class Finding:
    """What a trial shows.

    Attributes
    ----------
    effect : float
        In the unit of the outcome.
    p_value : float
        Share of lots under which an effect at least as large would be seen by chance.
    low, high : float
        Effects that the lots do not speak against; infinite where there are too few lots.
    level : float
        Of the interval.
    error : float
        Standard error by leaving out one account at a time.
    error_low, error_high : float
        Interval from it, by Student's t with one degree of freedom less than accounts.
    accounts : int
    lots : float
        How many lots the design could have drawn.
    """

    effect: float
    p_value: float
    low: float
    high: float
    level: float
    error: float
    error_low: float
    error_high: float
    accounts: int
    lots: float


def evaluate_trial(trial: Trial, *, draws: int, seed: int, level: float = 0.95) -> Finding:
    """Return the effect of the measure in a trial, and how sure it is.

    Parameters
    ----------
    trial
        From `evaluation.read_trial`.
    draws
        Number of other lots to draw.
    seed
        Of these draws.
    level
        Of the intervals (0-1).

    Raises
    ------
    InputError
        If nobody is left to compare with, also when one account is left out, or an option is
        not possible.
    """
    if not 0 < level < 1:
        raise InputError(f"level must be above 0 and below 1; got {level}")
    effect = clean_effect(trial)
    lots = other_lots(trial.starts, trial.blocks, draws=draws, seed=seed)
    weights = clean_weights(lots, trial.periods).reshape(draws, -1)
    seen, moved = weights @ trial.outcome.ravel(), weights @ trial.is_on.ravel()
    low, high = lot_interval(effect, seen, moved, level=level)
    error = account_error(trial)
    reach = float(stats.t.ppf((1 + level) / 2, len(trial.accounts) - 1)) * error
    return Finding(
        effect=effect,
        p_value=float(lot_p_values(effect, seen, moved, np.zeros(1))[0]),
        low=low,
        high=high,
        level=level,
        error=error,
        error_low=effect - reach,
        error_high=effect + reach,
        accounts=len(trial.accounts),
        lots=possible_lots(trial.starts, trial.blocks),
    )


def lot_p_values(effect: float, seen: Floats, moved: Floats, supposed: Floats) -> Floats:
    """Return how well the lots fit with supposed effects.

    Parameters
    ----------
    effect
        As estimated.
    seen : (draws,)
        The estimate under each other lot, of the outcomes as they are.
    moved : (draws,)
        By how much it changes for each unit of true effect in the outcomes.
    supposed : (n,)
        True effects to try.

    Returns
    -------
    (n,)
        (1 + lots at least as extreme) / (1 + draws), so never 0.

    Examples
    --------
    >>> lot_p_values(2.0, np.array([1.0, -1.0, -2.0]), np.array([0.0, 0.0, -1.0]),
    ...              np.array([0.0]))
    array([0.5])
    """
    ours = np.abs(effect - supposed) - _CLOSE * (np.abs(effect) + np.abs(supposed))
    theirs = np.abs(seen - supposed[:, None] * moved)
    result: Floats = (1 + (theirs >= ours[:, None]).sum(axis=1)) / (1 + len(seen))
    return result


def lot_interval(
    effect: float, seen: Floats, moved: Floats, *, level: float
) -> tuple[float, float]:
    """Return the ends of the supposed effects that the lots do not speak against.

    Parameters
    ----------
    effect, seen, moved
        As in `lot_p_values`.
    level
        Of the interval (0-1).

    Notes
    -----
    The p-value changes only where |effect − τ| equals |seen − τ moved| for some lot, so only
    those τ, and one beyond them at either end, need to be tried.

    Examples
    --------
    Too few lots say nothing:

    >>> lot_interval(2.0, np.array([-2.0]), np.array([-1.0]), level=0.95)
    (-inf, inf)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        turns = np.concatenate([(seen - effect) / (moved - 1), (seen + effect) / (moved + 1)])
    turns = np.unique(np.append(turns[np.isfinite(turns)], effect))
    span = max(float(np.ptp(turns)), 1.0)
    tried = np.concatenate([[turns[0] - span], turns, [turns[-1] + span]])
    parts = np.array_split(tried, len(tried) // _AT_ONCE + 1)
    p_values = np.concatenate([lot_p_values(effect, seen, moved, part) for part in parts])
    held = tried[p_values > 1 - level + _CLOSE]
    low, high = float(held.min()), float(held.max())
    return (
        -np.inf if low < turns[0] else low,
        np.inf if high > turns[-1] else high,
    )


def account_error(trial: Trial) -> float:
    """Return the standard error of the effect by leaving out one account at a time.

    Parameters
    ----------
    trial
        From `evaluation.read_trial`.

    Notes
    -----
    √[(n − 1)/n Σ (b₋ᵢ − b)²], the cluster jackknife of [3]_ with accounts as clusters.

    Raises
    ------
    InputError
        If an account cannot be left out, since without it there is no clean comparison.
    """
    n = len(trial.accounts)
    without = []
    for account in range(n):
        rest = np.arange(n) != account
        weights = clean_weights(trial.starts[rest], trial.periods)
        if not weights.any():
            raise InputError(
                f"without account {trial.accounts[account]} there is no clean comparison: at "
                "least two accounts must start and two wait"
            )
        without.append(float((weights * trial.outcome[rest]).sum()))
    apart = np.array(without) - clean_effect(trial)
    return float(np.sqrt((n - 1) / n * (apart**2).sum()))
