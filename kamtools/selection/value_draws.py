"""Values that are not known exactly: judged by people, or forecast.

Each draw is one state in which the world may be. The scale stays that of the given values,
from the worst account (0) to the best (1): the yardstick does not move with the numbers, so a
drawn value may lie beyond either end of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.measurement import FROM_RATINGS
from kamtools.selection.normalisation import normalise
from kamtools.wording import listing

RATING_ERROR = 0.5
"""Standard deviation of a judgement on an anchored scale from 1 to 5: an assumption.

Two judges in three are taken to agree within half a point. A firm that has two people rate
the same accounts apart can measure it, and should.
"""


@dataclass(frozen=True)
class Uncertainty:
    """How far the values may be off.

    Attributes
    ----------
    standard_deviations : (some accounts, some criteria), at least 0
        On the scale of `values`, of normal errors independent of each other; 0 or NaN where
        a value is certain, as it is for accounts and criteria that are not in the table.
    draws : criterion -> (n_draws, some accounts), columns account_id
        Values drawn elsewhere, such as forecasts, on the scale of `values`; one row for each
        set of weights.
    seed
        Needed where there are standard deviations.
    """

    standard_deviations: pd.DataFrame | None = None
    draws: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    seed: int | None = None


def rating_errors(values: pd.DataFrame, *, error: float = RATING_ERROR) -> pd.DataFrame:
    """Return the standard deviations of the criteria that people judged from 1 to 5.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id
        Those of growth_potential, relationship and bargaining_power that it has are judged.
    error : points of the scale, at least 0

    Returns
    -------
    (n_accounts, n_judged), for `Uncertainty`

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0], "relationship": [4.0]}, index=["a"])
    >>> rating_errors(values)
       relationship
    a           0.5
    """
    judged = [name for name in FROM_RATINGS if name in values]
    return pd.DataFrame(float(error), index=values.index, columns=pd.Index(judged))


def value_blocks(
    values: pd.DataFrame,
    objectives: pd.Series,
    uncertainty: Uncertainty | None,
    *,
    n_draws: int,
    block: int,
) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield which draws come next, and their values on the scale from worst to best.

    Parameters
    ----------
    values, objectives
        As in `scoring.weighted_sum`.
    uncertainty
        None if all values are certain.
    n_draws
    block
        Most numbers that one array holds at a time, though at least one draw.

    Yields
    ------
    draws : slice of 0 … n_draws
    normalised : (n_criteria, n_accounts) if certain, else (draws, n_criteria, n_accounts)
        Turned on their side, as the products in `draw_scores` take them.

    Raises
    ------
    InputError
        If values and objectives do not fit each other, or the uncertainty does not fit them.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 1.0]}, index=["a", "b"])
    >>> forecast = Uncertainty(draws={"margin": pd.DataFrame({"b": [3.0, 5.0]})})
    >>> blocks = value_blocks(values, pd.Series({"margin": "max"}), forecast, n_draws=2, block=9)
    >>> [normalised.round(2).tolist() for _, normalised in blocks]
    [[[[1.0, 0.25]], [[1.0, 0.5]]]]
    """
    normalised = np.ascontiguousarray(normalise(values, objectives).to_numpy().T)
    if uncertainty is None:
        for draws in _slices(n_draws, block // len(values)):
            yield draws, normalised
        return
    errors = _checked_errors(values, uncertainty)
    drawn = _checked_draws(values, objectives, uncertainty, n_draws)
    criteria, accounts = np.nonzero(errors.T > 0)
    # A stream of its own: weights may have been drawn with the same seed.
    rng = np.random.default_rng(np.random.SeedSequence(uncertainty.seed or 0).spawn(1)[0])
    for draws in _slices(n_draws, block // values.size):
        n = draws.stop - draws.start
        moved = np.repeat(normalised[np.newaxis], n, axis=0)
        if len(accounts):
            noise = rng.standard_normal((n, len(accounts)))
            moved[:, criteria, accounts] += noise * errors[accounts, criteria]
        for criterion, columns, numbers in drawn:
            moved[:, criterion, columns] = numbers[draws]
        yield draws, moved


def _slices(n_draws: int, at_a_time: int) -> Iterator[slice]:
    step = max(at_a_time, 1)
    for start in range(0, n_draws, step):
        yield slice(start, min(start + step, n_draws))


def _checked_errors(values: pd.DataFrame, uncertainty: Uncertainty) -> np.ndarray:
    """Return standard deviations in parts of each criterion's scale, 0 where certain."""
    table = uncertainty.standard_deviations
    if table is None:
        return np.zeros(values.shape)
    if uncertainty.seed is None:
        raise InputError("standard deviations are drawn from: give the uncertainty a seed")
    _refuse_strangers(table.index, values.index, "account")
    _refuse_strangers(table.columns, values.columns, "criterion")
    if (table < 0).to_numpy().any() or np.isinf(table.to_numpy(dtype=float)).any():
        raise InputError("standard deviations must be numbers of at least 0")
    errors = table.reindex(index=values.index, columns=values.columns).fillna(0.0)
    uncertain = [str(name) for name in errors.columns[(errors > 0).any()]]
    return (errors / _span(values, uncertain)).fillna(0.0).to_numpy(dtype=float)


def _checked_draws(
    values: pd.DataFrame, objectives: pd.Series, uncertainty: Uncertainty, n_draws: int
) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Return for each criterion drawn elsewhere its place, its accounts and its values."""
    _refuse_strangers(pd.Index(list(uncertainty.draws)), values.columns, "criterion")
    _refuse_doubles(uncertainty)
    span = _span(values, list(uncertainty.draws))
    drawn = []
    for name, table in uncertainty.draws.items():
        _refuse_strangers(table.columns, values.index, "account")
        numbers = table.to_numpy(dtype=float)
        if len(table) != n_draws or not np.isfinite(numbers).all():
            raise InputError(
                f"draws of {name} must be known numbers, one row for each of {n_draws:,} sets of "
                f"weights; got the shape {table.shape} with {np.isnan(numbers).sum():,} unknown"
            )
        rising = (numbers - values[name].min()) / span[name]
        is_benefit = objectives[name] == "max"
        accounts = values.index.get_indexer(table.columns)
        criterion = list(values.columns).index(name)
        drawn.append((criterion, accounts, rising if is_benefit else 1 - rising))
    return drawn


def _span(values: pd.DataFrame, uncertain: list[str]) -> pd.Series:
    span = values.max() - values.min()
    alike = [name for name in uncertain if not span[name] > 0]
    if alike:
        raise InputError(
            f"all accounts are alike in {listing(alike)}: there is no scale for its uncertainty"
        )
    return span.where(span > 0)


def _refuse_doubles(uncertainty: Uncertainty) -> None:
    table = uncertainty.standard_deviations
    twice = [] if table is None else [name for name in uncertainty.draws if name in table]
    if twice:
        raise InputError(f"{listing(twice)}: give draws or standard deviations, not both")


def _refuse_strangers(named: pd.Index, known: pd.Index, kind: str) -> None:
    if named.has_duplicates:
        raise InputError(f"uncertainty names the {kind} {named[named.duplicated()][0]!r} twice")
    strangers = named.difference(known)
    if len(strangers):
        raise InputError(
            f"uncertainty is given for the {kind} {strangers[0]!r}, which has no values"
        )
