"""Criteria of different units brought to one scale, on which larger is always better.

References
----------
.. [1] Hwang, C. L. and Yoon, K. (1981), Multiple Attribute Decision Making, Springer.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError

METHODS = ("min_max", "vector", "sum", "ratio")
NEED_POSITIVE = ("sum", "ratio")


def normalise(
    values: pd.DataFrame, objectives: pd.Series, *, method: str = "min_max"
) -> pd.DataFrame:
    """Return the values of each criterion without unit, turned so that larger is better.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id; NaN where not known
    objectives : (n_criteria,) "max" or "min"
    method
        "min_max": from 0, the worst account, to 1, the best; the only one here that does
        not care where a scale has its zero, and so the default for the values of
        `measurement`. A criterion that is the same for all is 0.5 for all.
        "vector": over the root of the sum of squares, as TOPSIS was published.
        "sum": over the column's sum; "ratio": over the column's best. These two use 1/x where
        less is better, and need positive values.

    Returns
    -------
    (n_accounts, n_criteria), NaN where `values` has it

    Raises
    ------
    InputError
        If the method is unknown, an objective is missing or neither "max" nor "min", a
        criterion is known for no account, a value is infinite, or values that must be
        positive are not.

    Notes
    -----
    Any of them depends on who else is in the table: adding an account may swap two others.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [5.0, 10.0, 15.0], "returns_rate": [0.0, 0.2, 0.1]})
    >>> normalise(values, pd.Series({"margin": "max", "returns_rate": "min"}))
       margin  returns_rate
    0     0.0           1.0
    1     0.5           0.0
    2     1.0           0.5
    """
    is_benefit = check_values(values, objectives)
    if method not in METHODS:
        raise InputError(f"normalisation must be one of {', '.join(METHODS)}; got {method!r}")
    matrix = values.to_numpy(dtype=float)
    if method in NEED_POSITIVE:
        _check_positive(values, is_benefit, method)
    kernels = {"min_max": _min_max, "vector": _vector, "sum": _sum, "ratio": _ratio}
    normalised = kernels[method](matrix, is_benefit)
    return pd.DataFrame(normalised, index=values.index, columns=values.columns)


def check_values(values: pd.DataFrame, objectives: pd.Series) -> np.ndarray:
    """Return for each criterion whether more is better, or refuse the table.

    Examples
    --------
    >>> check_values(pd.DataFrame({"margin": [1.0]}), pd.Series({"margin": "max"})).tolist()
    [True]
    """
    if values.empty:
        raise InputError(f"nothing to score: the table has the shape {values.shape}")
    if values.index.has_duplicates:
        twice = values.index[values.index.duplicated()][0]
        raise InputError(f"each account has one row of values; {twice!r} has more")
    missing = [str(name) for name in values.columns if name not in objectives.index]
    if missing:
        raise InputError(f"no objective is given for {', '.join(missing)}")
    wanted = objectives[values.columns]
    wrong = wanted[~wanted.isin(["max", "min"])]
    if len(wrong):
        raise InputError(
            f"an objective is 'max' or 'min'; got {wrong.iloc[0]!r} for {wrong.index[0]}"
        )
    unknown = values.columns[values.isna().all()]
    if len(unknown):
        raise InputError(f"known for no account: {', '.join(map(str, unknown))}; leave it out")
    if np.isinf(values.to_numpy(dtype=float)).any():
        raise InputError("a value is infinite; expected numbers, or NaN where not known")
    return (wanted == "max").to_numpy(dtype=bool)


def _check_positive(values: pd.DataFrame, is_benefit: np.ndarray, method: str) -> None:
    lowest = values.min()
    bad = (lowest < 0) | ((lowest == 0) & ~is_benefit) | (values.max() == 0)
    if bad.any():
        name = bad.index[bad][0]
        raise InputError(
            f"normalisation {method!r} needs positive values; {name} has {lowest[name]:g}: "
            "use 'min_max'"
        )


def _min_max(matrix: np.ndarray, is_benefit: np.ndarray) -> np.ndarray:
    lowest, highest = np.nanmin(matrix, axis=0), np.nanmax(matrix, axis=0)
    span = highest - lowest
    rising = (matrix - lowest) / np.where(span > 0, span, 1)
    rising = np.where((span > 0) | np.isnan(matrix), rising, 0.5)
    return np.where(is_benefit, rising, 1 - rising)


def _vector(matrix: np.ndarray, is_benefit: np.ndarray) -> np.ndarray:
    length = np.sqrt(np.nansum(matrix**2, axis=0))
    scaled = matrix / np.where(length > 0, length, 1)
    return np.where(is_benefit, scaled, 1 - scaled)


def _sum(matrix: np.ndarray, is_benefit: np.ndarray) -> np.ndarray:
    rising = _turned_by_inverse(matrix, is_benefit)
    return rising / np.nansum(rising, axis=0)


def _ratio(matrix: np.ndarray, is_benefit: np.ndarray) -> np.ndarray:
    rising = _turned_by_inverse(matrix, is_benefit)
    return rising / np.nanmax(rising, axis=0)


def _turned_by_inverse(matrix: np.ndarray, is_benefit: np.ndarray) -> np.ndarray:
    return np.where(is_benefit, matrix, 1 / np.where(is_benefit, 1, matrix))
