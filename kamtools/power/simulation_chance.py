"""All that chance decides in the simulated years, drawn once and met by every rung alike.

Because each rung, and each length of notice, meets the same years (common random numbers), what
differs between two of them is the measure and not luck.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.errors import InputError
from kamtools.power.planner_scenarios import triangular
from kamtools.power.simulation_assumptions import NAMES, check_assumptions

Floats = NDArray[np.float64]

DAYS = 365.0
MONTHS = 12
MONTH_DAYS = DAYS / MONTHS


@dataclass(frozen=True)
class Years:
    """What chance and the assumptions bring, year by year.

    Attributes
    ----------
    assumed : name -> (n_years,)
        Each assumption, drawn from its triangle for each year or for several.
    is_step : (n_steps, n_years) bool
        Whether the year has that many steps.
    begin, preparation : (n_steps, n_years)
        Day on which preparing a step begins (0-365), and days that it takes.
    review_noise : (n_steps, n_years)
        What a review's length is multiplied with; mean 1.
    change, leak : (n_steps, n_years), 0-1
        Uniform draws that decide whether a step changes, and whether it leaks.
    tightens : (n_years,) bool
        Whether the market does tighten.
    signal, read : (12, n_years), 0-1
        Uniform draws that decide what a month's evidence says, and whether it is read.
    """

    assumed: dict[str, Floats]
    is_step: NDArray[np.bool_]
    begin: Floats
    preparation: Floats
    review_noise: Floats
    change: Floats
    leak: Floats
    tightens: NDArray[np.bool_]
    signal: Floats
    read: Floats


def draw_years(assumptions: pd.DataFrame, *, years: int, seed: int, years_alike: int = 1) -> Years:
    """Draw the years that all rungs meet.

    Parameters
    ----------
    assumptions
        As `simulation_assumptions.default_simulation_assumptions`.
    years
        How many, at least 1.
    seed
        0 or more. Each kind of draw has a stream of its own, so that changing one assumption
        leaves the luck of the others as it was.
    years_alike
        How many years, one after the other, share a draw of the assumptions.

    Raises
    ------
    InputError
        If assumptions are missing or not possible, or years are not a multiple of those alike.

    Examples
    --------
    >>> from kamtools.power.simulation_assumptions import default_simulation_assumptions
    >>> drawn = draw_years(default_simulation_assumptions(), years=1_000, seed=1)
    >>> drawn.begin.shape, drawn.is_step.sum(axis=0).min(), drawn.is_step.sum(axis=0).max()
    ((9, 1000), np.int64(4), np.int64(9))
    """
    check_assumptions(assumptions)
    if years < 1 or years_alike < 1 or years % years_alike:
        raise InputError(
            f"years must be at least 1 and a multiple of those alike; got {years}, {years_alike}"
        )
    table = assumptions.set_index("assumption").loc[list(NAMES)]
    low, middle, high = (table[[end]].to_numpy(dtype=float) for end in ("low", "value", "high"))
    drawn = triangular(low, middle, high, _uniform(seed, 0, len(NAMES), years // years_alike))
    assumed = dict(zip(NAMES, drawn.repeat(years_alike, axis=1), strict=True))
    number = np.rint(assumed["initiatives_per_year"])
    steps = int(np.rint(high[NAMES.index("initiatives_per_year"), 0]))
    return Years(
        assumed=assumed,
        is_step=np.arange(steps)[:, None] < number,
        begin=DAYS * _uniform(seed, 1, steps, years),
        preparation=assumed["preparation_days"]
        * _spread(seed, 2, steps, assumed["preparation_spread"]),
        review_noise=_spread(seed, 3, steps, assumed["review_spread"]),
        change=_uniform(seed, 4, steps, years),
        leak=_uniform(seed, 5, steps, years),
        tightens=_uniform(seed, 6, 1, years)[0] < assumed["market_tightens"],
        signal=_uniform(seed, 7, MONTHS, years),
        read=_uniform(seed, 8, MONTHS, years),
    )


def _uniform(seed: int, stream: int, rows: int, years: int) -> Floats:
    return np.random.default_rng([seed, stream]).random((rows, years))


def _spread(seed: int, stream: int, steps: int, variation: Floats) -> Floats:
    """Return lognormal factors with mean 1 and the given coefficient of variation."""
    normal = np.random.default_rng([seed, stream]).standard_normal((steps, len(variation)))
    sigma = np.sqrt(np.log1p(variation**2))
    result: Floats = np.exp(sigma * normal - sigma**2 / 2)
    return result
