"""What moves an outcome apart from the measure, assumed or taken from past quarters."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError


@dataclass(frozen=True)
class Noise:
    """What moves outcomes apart from the measure: assumptions of a power calculation.

    Attributes
    ----------
    icc : float
        Share of the variance that lies between accounts, 0-1, below 1.
    autocorrelation : float
        Of what is left, from one quarter to the next, above -1 and below 1.

    Examples
    --------
    >>> Noise(icc=0.5)
    Noise(icc=0.5, autocorrelation=0.0)
    """

    icc: float
    autocorrelation: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.icc < 1 or not -1 < self.autocorrelation < 1:
            raise InputError(
                "noise needs an icc from 0 to below 1 and an autocorrelation between −1 and 1; "
                f"got {self.icc:g}, {self.autocorrelation:g}"
            )


def noise_of_past(
    panel: pd.DataFrame, *, outcome: str, autocorrelation: float = 0.0
) -> tuple[Noise, float]:
    """Return the noise of past quarters in which nobody had the measure, and the deviation.

    Parameters
    ----------
    panel
        `account_id`, `period`, and the column named by `outcome`: one row for each account and
        period, no hole; at least two of each.
    outcome
        Column of `panel`.
    autocorrelation
        Assumed: a few quarters cannot show it.

    Returns
    -------
    noise
        With the share of the variance between accounts, what is common to all in a period taken
        out.
    deviation : float
        Standard deviation over accounts and periods, in the unit of the outcome.

    Raises
    ------
    InputError
        If a column or a cell is missing, or the outcome does not move.

    Notes
    -----
    Variance components of the two-way table: σ²_between = (MS_accounts − MS_rest) / periods, at
    least 0, and σ²_within = MS_rest. Their ratio is the intraclass correlation ICC(3,1) of [1]_.

    References
    ----------
    .. [1] Shrout, P. and Fleiss, J. (1979), "Intraclass correlations", Psychological Bulletin
       86(2), 420-428.

    Examples
    --------
    >>> panel = pd.DataFrame({"account_id": list("aabb"), "period": [1, 2] * 2,
    ...                       "friction": [40.0, 30.0, 20.0, 14.0]})
    >>> noise, deviation = noise_of_past(panel, outcome="friction")
    >>> round(noise.icc, 3), round(deviation, 1)
    (0.976, 12.8)
    """
    lacking = [name for name in ("account_id", "period", outcome) if name not in panel]
    if lacking:
        raise InputError(f"past quarters need the columns {', '.join(lacking)}")
    if panel.duplicated(["account_id", "period"]).any():
        raise InputError("an account stands twice in a past period")
    values = panel.pivot(index="account_id", columns="period", values=outcome).to_numpy(dtype=float)
    accounts, periods = values.shape
    if min(accounts, periods) < 2 or np.isnan(values).any():
        raise InputError(
            "past quarters need two accounts and two periods at least, and no hole; got "
            f"{accounts} and {periods}"
        )
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    within = (rest**2).sum() / ((accounts - 1) * (periods - 1))
    between = max(float(values.mean(axis=1).var(ddof=1)) - within / periods, 0.0)
    if not within > 0:
        raise InputError(f"{outcome} does not move from period to period within accounts")
    total = between + within
    return Noise(float(between / total), autocorrelation), float(np.sqrt(total))
