"""How an account's margin answers to the hours spent on it: Lodish's response curves.

A curve is the margin with effort e, hours ÷ today's hours, as a multiple of today's margin.
Four judgements fix it: the margin without any hours, with half as many again, with all the
hours in the world, and with today's (by definition today's).

References
----------
.. [1] Lodish, L. M. (1971), "CALLPLAN: An Interactive Salesman's Call Planning System",
   Management Science 18(4, part II), P25-P40.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.assumptions import ASSUMED, TIERS

Floats = npt.NDArray[np.float64]

JUDGEMENTS = ("minimum", "maximum", "at_half_more")
HALF_MORE = 1.5

_JUDGED = {
    "strategic": (0.5, 1.4, 1.2),
    "star": (0.4, 1.8, 1.3),
    "status": (0.7, 1.2, 1.08),
    "streamline": (0.85, 1.08, 1.03),
    "key": (0.5, 1.4, 1.2),
    "other": (0.85, 1.08, 1.03),
}


def default_judgements() -> pd.DataFrame:
    """Return judgements to start from for each tier: assumptions, to be asked of the managers.

    Returns
    -------
    (6, 4), index tier
        `minimum` without hours, `maximum` with unlimited hours, `at_half_more` with 1.5 times
        today's, each as a multiple of today's margin; `source`.

    Examples
    --------
    >>> default_judgements().loc["star", ["minimum", "maximum", "at_half_more"]].tolist()
    [0.4, 1.8, 1.3]
    """
    table = pd.DataFrame.from_dict(_JUDGED, orient="index", columns=list(JUDGEMENTS))
    return table.reindex(list(TIERS)).rename_axis("tier").assign(source=ASSUMED)


def response(
    effort: npt.ArrayLike, *, minimum: npt.ArrayLike, maximum: npt.ArrayLike,
    c: npt.ArrayLike, d: npt.ArrayLike,
) -> Floats:  # fmt: skip
    """Return the margin, as a multiple of today's, at an effort; all broadcast.

    Parameters
    ----------
    effort : at least 0
        Hours ÷ today's hours.
    minimum, maximum, c, d
        As `curve_shapes` gives them.

    Notes
    -----
    S(e) = min + (max − min) e^d / (c + e^d) [1]_; concave where d ≤ 1, S-shaped above.

    Examples
    --------
    >>> response([0, 0.5, 1, 1.5], minimum=0.5, maximum=1.4, c=0.8, d=2.5).round(3).tolist()
    [0.5, 0.663, 1.0, 1.198]
    """
    low, high = np.asarray(minimum, dtype=float), np.asarray(maximum, dtype=float)
    power = np.asarray(effort, dtype=float) ** np.asarray(d, dtype=float)
    multiple: Floats = low + (high - low) * power / (np.asarray(c, dtype=float) + power)
    return multiple


def curve_shapes(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return the curves that go through the judgements.

    Parameters
    ----------
    judgements
        `minimum`, `maximum`, `at_half_more`, as multiples of today's margin, with
        0 ≤ minimum < 1 < at_half_more < maximum; one row for each tier or account.

    Returns
    -------
    (n, 4), index as `judgements`
        `minimum`, `maximum`, `c`, `d`.

    Raises
    ------
    InputError
        If a column is missing or a judgement does not stand where it must.

    Notes
    -----
    c = (max − 1) / (1 − min), so that S(1) = 1; d = ln[c (r − min) / (max − r)] / ln 1.5, so
    that S(1.5) = r [1]_.

    Examples
    --------
    >>> judged = pd.DataFrame({"minimum": [0.5], "maximum": [1.4], "at_half_more": [1.1975]})
    >>> curve_shapes(judged).round(2)
       minimum  maximum    c    d
    0      0.5      1.4  0.8  2.5
    """
    _check_judgements(judgements)
    low, high, more = (judgements[name].astype(float) for name in JUDGEMENTS)
    c = (high - 1) / (1 - low)
    d = np.log(c * (more - low) / (high - more)) / np.log(HALF_MORE)
    return pd.DataFrame({"minimum": low, "maximum": high, "c": c, "d": d})


def account_curves(
    accounts: pd.DataFrame, shapes: pd.DataFrame, *, by: str = "tier"
) -> pd.DataFrame:
    """Return each account's curve: that of its tier, with its own margin and hours.

    Parameters
    ----------
    accounts : index account_id
        `margin` (money a year today), `hours` (a year today, above 0; where nobody looks after
        it yet, the hours that are planned for it) and the column `by`.
    shapes
        From `curve_shapes`, by the values of that column.

    Returns
    -------
    (n_accounts, 6), index account_id
        `margin`, `hours`, `minimum`, `maximum`, `c`, `d`: what `allocation` takes.

    Raises
    ------
    InputError
        If hours are not above 0, a margin is missing, or no curve is given for an account.

    Examples
    --------
    >>> accounts = pd.DataFrame({"margin": [9e4], "hours": [300.0], "tier": ["star"]}, ["a"])
    >>> account_curves(accounts, curve_shapes(default_judgements())).round(2)
        margin  hours  minimum  maximum     c     d
    a  90000.0  300.0      0.4      1.8  1.33  2.16
    """
    missing = [name for name in ("margin", "hours", by) if name not in accounts]
    if missing:
        raise InputError(f"response curves need the column {missing[0]} of each account")
    for name, is_right, expected in (
        ("hours", np.isfinite(accounts["hours"]) & (accounts["hours"] > 0), "above 0"),
        ("margin", np.isfinite(accounts["margin"]), "a number"),
        (by, accounts[by].isin(shapes.index), f"one of {', '.join(map(str, shapes.index))}"),
    ):
        if not is_right.all():
            account = accounts.index[int((~is_right).to_numpy().argmax())]
            seen = accounts.at[account, name]
            raise InputError(f"{name} must be {expected}; got {seen!s} for {account!s}")
    shape = shapes.loc[accounts[by], ["minimum", "maximum", "c", "d"]].set_axis(accounts.index)
    return accounts[["margin", "hours"]].astype(float).join(shape)


def _check_judgements(judgements: pd.DataFrame) -> None:
    missing = [name for name in JUDGEMENTS if name not in judgements]
    if missing:
        raise InputError(f"judgements lack the column {missing[0]}")
    low, high, more = (judgements[name].astype(float).to_numpy() for name in JUDGEMENTS)
    wrong = ~((low >= 0) & (low < 1) & (more > 1) & (more < high) & np.isfinite(high))
    if wrong.any():
        row = int(wrong.argmax())
        raise InputError(
            "judgements must have 0 ≤ minimum < 1 < at_half_more < maximum; got "
            f"{low[row]:g}, {more[row]:g}, {high[row]:g} for {judgements.index[row]!s}"
        )
