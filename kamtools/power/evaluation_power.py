"""Before a trial begins: how large an effect must be to be seen with so many accounts.

Effects are in standard deviations of the outcome over accounts and quarters. Outcomes are
supposed to be an account's own level, plus what moves from quarter to quarter: the share of the
variance that lies between accounts is the intraclass correlation. Levels fall out when an account
is compared with itself, so the more accounts differ, the easier it is to see what changes them.

References
----------
.. [1] Frison, L. and Pocock, S. (1992), "Repeated measures in clinical trials", Statistics in
   Medicine 11(13), 1685-1704.
.. [2] Bloom, H. (1995), "Minimum detectable effects", Evaluation Review 19(5), 547-556.
.. [3] McKenzie, D. (2012), "Beyond baseline and follow-up: the case for more T in experiments",
   Journal of Development Economics 99(2), 210-221.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from kamtools.errors import InputError
from kamtools.power.evaluation import clean_weights
from kamtools.power.evaluation_design import other_lots, possible_lots, staggered_start
from kamtools.power.evaluation_noise import Noise

Floats = NDArray[np.float64]
LARGEST = 20.0
"""Effects beyond this many standard deviations are not looked for."""

_CLOSE = 1e-9


@dataclass(frozen=True)
class _Lots:
    """The estimate without any effect, by simulation, under the lot and under others."""

    ours: Floats
    theirs: Floats
    moved: Floats
    alpha: float

    def power(self, effect: float) -> float:
        ours = np.abs(self.ours + effect) * (1 - _CLOSE) - _CLOSE
        more = np.abs(self.theirs + effect * self.moved) >= ours[:, None]
        p_values = (1 + more.sum(axis=1)) / (1 + len(self.moved))
        return float((p_values <= self.alpha).mean())


def detectable_by_formula(
    *, starting: int, waiting: int, before: int, after: int, icc: float,
    alpha: float = 0.05, power: float = 0.8,
) -> float:  # fmt: skip
    """Return the detectable effect where all starters start at once, from the textbook formula.

    Parameters
    ----------
    starting, waiting
        Accounts with and without the measure, each at least 1, three together.
    before, after
        Periods before and after the start, each at least 1.
    icc
        Share of the variance that lies between accounts, 0-1.
    alpha, power
        Two-sided level of the test, and the wanted chance to see the effect (0-1).

    Returns
    -------
    float
        In standard deviations.

    Raises
    ------
    InputError
        If a number or a share is out of range.

    Notes
    -----
    M = (t₁₋α/₂ + t_power) √[(1 − ρ)(1/n₁ + 1/n₀)(1/b + 1/a)], t with n₁ + n₀ − 2 degrees of
    freedom [1]_ [2]_. Quarters of an account are supposed to differ independently around its
    level.

    Examples
    --------
    Ten accounts, five of them starting, four quarters before and four after:

    >>> detect = detectable_by_formula(starting=5, waiting=5, before=4, after=4, icc=0.5)
    >>> round(detect, 2)
    1.01
    """
    if min(starting, waiting, before, after) < 1 or starting + waiting < 3:
        raise InputError("at least three accounts, some of each kind, and a period on each side")
    if not 0 < alpha < 1 or not 0 < power < 1:
        raise InputError(f"alpha and power must be above 0 and below 1; got {alpha:g}, {power:g}")
    error = np.sqrt((1 - Noise(icc).icc) * (1 / starting + 1 / waiting) * (1 / before + 1 / after))
    freedom = starting + waiting - 2
    return float((stats.t.ppf(1 - alpha / 2, freedom) + stats.t.ppf(power, freedom)) * error)


def chance_to_see(
    effect: float, *, starts: Floats, blocks: NDArray[np.int64], periods: Floats, noise: Noise,
    trials: int, lots: int, seed: int, alpha: float = 0.05,
) -> float:  # fmt: skip
    """Return the chance that a trial sees an effect, by simulating trials.

    Parameters
    ----------
    effect
        In standard deviations, the same from the start on for all accounts.
    starts, blocks : (n_accounts,)
        As `evaluation_design.staggered_start` draws them.
    periods : (n_periods,), rising
    noise
        What moves outcomes apart from the measure.
    trials, lots
        Number of simulated trials, and of other lots that each is tested with.
    seed, alpha
        Of all draws; two-sided level of the test.
    """
    drawn = _simulated(starts, blocks, periods, noise, trials, lots, seed, alpha)
    return drawn.power(effect)


def detectable_effect(
    *, starts: Floats, blocks: NDArray[np.int64], periods: Floats, noise: Noise, trials: int,
    lots: int, seed: int, alpha: float = 0.05, power: float = 0.8,
) -> float:  # fmt: skip
    """Return the smallest effect that a trial sees with the wanted chance, by simulation.

    Parameters
    ----------
    starts, blocks, periods, noise, trials, lots, seed, alpha
        As in `chance_to_see`.
    power
        Wanted chance (0-1).

    Returns
    -------
    float
        In standard deviations; infinite where the design has too few lots to show anything.
    """
    if not 0 < power < 1:
        raise InputError(f"power must be above 0 and below 1; got {power}")
    drawn = _simulated(starts, blocks, periods, noise, trials, lots, seed, alpha)
    low, high = 0.0, LARGEST
    if drawn.power(high) < power:
        return float("inf")
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (low, middle) if drawn.power(middle) >= power else (middle, high)
    return high


def detectable_effects(
    accounts: Sequence[int], *, quarters: Sequence[int], waves: int, noise: Noise, trials: int,
    lots: int, seed: int, alpha: float = 0.05, power: float = 0.8, per_wave: int = 1,
) -> pd.DataFrame:  # fmt: skip
    """Return the detectable effect for numbers of accounts and of quarters.

    Parameters
    ----------
    accounts, quarters
        Numbers to try.
    waves
        Into which accounts are divided by lot; they start evenly over the quarters from the
        third on, and the last wave does not start.
    noise, trials, lots, seed, alpha, power
        As in `detectable_effect`.
    per_wave
        As in `evaluation_design.staggered_start`.

    Returns
    -------
    (n_accounts × n_quarters, 4)
        `accounts`, `quarters`, `detectable` (standard deviations), `lots` (how many the design
        could have drawn).

    Raises
    ------
    InputError
        If there are fewer accounts than waves, or fewer quarters than waves + 1.
    """
    rows = []
    for length in quarters:
        if waves < 2 or length < waves + 1:
            raise InputError(f"{waves} waves need at least {waves + 1} quarters; got {length}")
        wave_starts = [*np.linspace(3, length, waves)[:-1].round(), np.inf]
        for number in accounts:
            table = pd.DataFrame({"account_id": range(number), "revenue": range(number)})
            design = staggered_start(table, starts=wave_starts, seed=seed, per_wave=per_wave)
            starts, blocks = design["start"].to_numpy(), design["block"].to_numpy()
            effect = detectable_effect(
                starts=starts, blocks=blocks, periods=np.arange(1.0, length + 1), noise=noise,
                trials=trials, lots=lots, seed=seed, alpha=alpha, power=power,
            )  # fmt: skip
            rows.append({"accounts": number, "quarters": length, "detectable": effect,
                         "lots": possible_lots(starts, blocks)})  # fmt: skip
    return pd.DataFrame(rows)


def _simulated(
    starts: Floats, blocks: NDArray[np.int64], periods: Floats, noise: Noise, trials: int,
    lots: int, seed: int, alpha: float,
) -> _Lots:  # fmt: skip
    """Simulate outcomes without effect; levels and common quarters fall out and are left out."""
    if min(trials, lots) < 1 or not 0 < alpha < 1:
        raise InputError("trials and lots must be at least 1, alpha above 0 and below 1")
    ours = clean_weights(starts, periods)
    if not ours.any():
        raise InputError("all accounts start at once: nobody is left to compare with")
    others = clean_weights(other_lots(starts, blocks, draws=lots, seed=seed), periods)
    rng = np.random.default_rng([seed, 1])
    shocks = rng.standard_normal((trials, len(starts), len(periods)))
    kept = noise.autocorrelation
    shocks[..., 1:] *= np.sqrt(1 - kept**2)
    for place in range(1, len(periods)):
        shocks[..., place] += kept * shocks[..., place - 1]
    outcome = np.sqrt(1 - noise.icc) * shocks.reshape(trials, -1)
    flat = others.reshape(lots, -1)
    is_on = (periods[None, :] >= starts[:, None]).ravel()
    return _Lots(outcome @ ours.ravel(), outcome @ flat.T, flat @ is_on, alpha)
