"""What a measure did on a firm's own accounts: differences in differences, cleanly compared.

Accounts start at different times. An account that has started is compared only with accounts
that have not started yet, each against its own periods before (`evaluation_two_way` shows what
the usual regression would do instead).

References
----------
.. [1] Callaway, B. and Sant'Anna, P. (2021), "Difference-in-differences with multiple time
   periods", Journal of Econometrics 225(2), 200-230.
.. [2] Card, D. and Krueger, A. (1994), "Minimum wages and employment", American Economic Review
   84(4), 772-793.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.errors import InputError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """Outcomes and starts of the accounts of a trial.

    Attributes
    ----------
    accounts : (n_accounts,)
    periods : (n_periods,), rising
    outcome : (n_accounts, n_periods)
    starts : (n_accounts,)
        Period in which each starts; infinite for one that does not.
    blocks : (n_accounts,)
        Within which the lot exchanged starts.
    """

    accounts: pd.Index
    periods: Floats
    outcome: Floats
    starts: Floats
    blocks: NDArray[np.int64]

    @property
    def is_on(self) -> NDArray[np.bool_]:
        """(n_accounts, n_periods): whether the account had the measure in that period."""
        return self.periods[None, :] >= self.starts[:, None]


def read_trial(panel: pd.DataFrame, design: pd.DataFrame, *, outcome: str) -> Trial:
    """Return the trial of a table of outcomes and the design of the lot.

    Parameters
    ----------
    panel
        `account_id`, `period` (number), and the column named by `outcome`: one row for each
        account and period, no hole.
    design
        `account_id`, `start` (infinite or blank: never), and `block`, as
        `evaluation_design.staggered_start` returns it. Without `block` all are one block.
    outcome
        Column of `panel`.

    Raises
    ------
    InputError
        If a column, an account or a cell is missing, or nobody starts within the periods, or
        an account starts in the first.

    Examples
    --------
    >>> panel = pd.DataFrame({"account_id": list("aabb"), "period": [1, 2] * 2,
    ...                       "friction": [40.0, 30.0, 42.0, 41.0]})
    >>> design = pd.DataFrame({"account_id": ["a", "b"], "start": [2.0, float("nan")]})
    >>> read_trial(panel, design, outcome="friction").is_on.astype(int).tolist()
    [[0, 1], [0, 0]]
    """
    for table, names, what in ((panel, ("account_id", "period", outcome), "outcomes"),
                               (design, ("account_id", "start"), "design")):  # fmt: skip
        lacking = [name for name in names if name not in table]
        if lacking:
            raise InputError(f"{what} of a trial need the columns {', '.join(lacking)}")
    if panel.duplicated(["account_id", "period"]).any() or design["account_id"].duplicated().any():
        raise InputError("an account stands twice in the trial, or twice in a period")
    wide = panel.pivot(index="account_id", columns="period", values=outcome)
    absent = sorted(set(design["account_id"]) ^ set(wide.index))
    if absent:
        raise InputError(f"account {absent[0]} is not in both outcomes and design")
    if wide.isna().any(axis=None):
        hole = wide.index[wide.isna().any(axis=1)][0]
        raise InputError(f"account {hole} lacks {outcome} in a period; leave it out or mend it")
    rows = design.set_index("account_id").loc[wide.index]
    starts = rows["start"].fillna(np.inf).to_numpy(dtype=np.float64)
    periods = wide.columns.to_numpy(dtype=np.float64)
    if (starts <= periods[0]).any():
        raise InputError("an account starts in the first period: nothing is known of it before")
    if not (starts <= periods[-1]).any():
        raise InputError("no account starts within the periods")
    blocks = rows["block"].to_numpy() if "block" in rows else np.zeros(len(rows), dtype=np.int64)
    return Trial(wide.index, periods, wide.to_numpy(dtype=np.float64), starts, blocks)


def clean_weights(starts: Floats, periods: Floats) -> Floats:
    """Return the weight of each outcome in the effect, for one lot or many.

    Parameters
    ----------
    starts : (…, n_accounts)
    periods : (n_periods,), rising

    Returns
    -------
    (…, n_accounts, n_periods)
        The effect is the sum of weight × outcome. All zero where there is no clean comparison.

    Notes
    -----
    As [1]_ with the accounts not yet started, and all periods before g instead of the last one:
    for each group g that starts together and period t ≥ g in which somebody has not started:
    the mean over the group of Y_t − Ȳ_before g, less the same over those not yet started in t,
    weighted by the size of the group.

    Examples
    --------
    The two-by-two table:

    >>> clean_weights(np.array([2.0, np.inf]), np.array([1.0, 2.0])).tolist()
    [[-1.0, 1.0], [1.0, -1.0]]
    """
    weights = np.zeros((*starts.shape, len(periods)))
    total = np.zeros(starts.shape[:-1])
    for group in np.unique(starts[np.isfinite(starts)]):
        before = periods < group
        is_group = starts == group
        size = is_group.sum(axis=-1, keepdims=True)
        for place in np.flatnonzero(periods >= group):
            is_waiting = starts > periods[place]
            waiting = is_waiting.sum(axis=-1, keepdims=True)
            counts = (size > 0) & (waiting > 0)
            share = np.where(counts, is_group - size * is_waiting / np.maximum(waiting, 1), 0.0)
            weights[..., place] += share
            weights[..., before] -= share[..., None] / before.sum()
            total += np.where(counts, size, 0)[..., 0]
    result: Floats = weights / np.maximum(total, 1)[..., None, None]
    return result


def clean_effect(trial: Trial) -> float:
    """Return the mean effect on the accounts that started, against those not yet started.

    Parameters
    ----------
    trial
        From `read_trial`.

    Returns
    -------
    float
        In the unit of the outcome: the mean over accounts and periods for which somebody had
        not started yet.

    Raises
    ------
    InputError
        If nobody is left to compare with.

    Examples
    --------
    Card and Krueger's employment in two states [2]_, from the rounded means of their Table 3 (they
    print 2.76, from the unrounded ones):

    >>> panel = pd.DataFrame({"account_id": ["NJ", "NJ", "PA", "PA"], "period": [1, 2, 1, 2],
    ...                       "fte": [20.44, 21.03, 23.33, 21.17]})
    >>> design = pd.DataFrame({"account_id": ["NJ", "PA"], "start": [2.0, np.inf]})
    >>> round(clean_effect(read_trial(panel, design, outcome="fte")), 2)
    2.75
    """
    weights = clean_weights(trial.starts, trial.periods)
    if not weights.any():
        raise InputError("all accounts start at once: nobody is left to compare with")
    return float((weights * trial.outcome).sum())
