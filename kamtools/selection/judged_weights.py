"""Swing weights: people judge what a step from worst to best is worth, not what "counts".

"Margin matters more than growth" means nothing until both ranges are on the table: the worst
and the best account in each. Swing weights ask about exactly these steps.

References
----------
.. [1] von Winterfeldt, D. and Edwards, W. (1986), Decision Analysis and Behavioral Research,
   Cambridge University Press.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.normalisation import check_values
from kamtools.selection.weights import direct_weights

MOST_IMPORTANT = 100.0


def swings(measured: pd.DataFrame, objectives: pd.Series) -> pd.DataFrame:
    """Return the step from worst to best in each criterion: what swing points are about.

    Parameters
    ----------
    measured : (n_accounts, n_criteria), index account_id
        In units that people can picture, such as `CriteriaTable.measured`.
    objectives : (n_criteria,) "max" or "min"

    Returns
    -------
    (n_criteria, 2), index criterion
        `worst` and `best` of the accounts there are, in the criterion's unit.

    Raises
    ------
    InputError
        As `normalisation.check_values`.

    Examples
    --------
    >>> measured = pd.DataFrame({"margin": [10.0, 900.0], "returns_rate": [0.2, 0.0]})
    >>> swings(measured, pd.Series({"margin": "max", "returns_rate": "min"}))
                  worst   best
    criterion
    margin         10.0  900.0
    returns_rate    0.2    0.0
    """
    is_benefit = check_values(measured, objectives)
    lowest, highest = measured.min().to_numpy(float), measured.max().to_numpy(float)
    return pd.DataFrame(
        {
            "worst": np.where(is_benefit, lowest, highest),
            "best": np.where(is_benefit, highest, lowest),
        },
        index=pd.Index(measured.columns, name="criterion"),
    )


def swing_weights(points: Mapping[str, float]) -> pd.Series:
    """Return weights from points for each swing, the most important one being 100.

    Picture an account that is the worst in everything. Which one criterion would you lift to
    the best? That swing is 100. What is each of the others worth beside it?

    Parameters
    ----------
    points : criterion -> 0 to 100
        At least one is 100.

    Returns
    -------
    (n_criteria,) 0-1 with the sum 1, index criterion

    Raises
    ------
    InputError
        If no swing is 100, or one is below 0, above 100 or not a number.

    Notes
    -----
    w_j = p_j / sum p, von Winterfeldt and Edwards 1986 [1]_. The weights hold for the ranges
    that were judged: with other accounts, whose worst or best is another, ask again.

    Examples
    --------
    >>> swing_weights({"margin": 100, "growth": 60, "returns_rate": 40}).to_dict()
    {'margin': 0.5, 'growth': 0.3, 'returns_rate': 0.2}
    """
    for name, value in points.items():
        if not 0 <= value <= MOST_IMPORTANT:
            raise InputError(f"swing points go from 0 to 100; got {name} = {value:g}")
    if MOST_IMPORTANT not in points.values():
        said = ", ".join(f"{name} = {value:g}" for name, value in points.items()) or "nothing"
        raise InputError(f"the most important swing has 100 points; got {said}")
    return direct_weights(points)
