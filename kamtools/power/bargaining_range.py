"""Where an agreement can lie, where it probably lies, and how much the account could extract."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.bargaining import nash_split, settle
from kamtools.power.exposure_recovery import check_triples, ends_of, triangular
from kamtools.wording import money

INPUTS = ("pie", "today", "supplier_inside", "account_inside", "supplier_outside",
          "account_outside", "supplier_strength")  # fmt: skip
"""`today` is what the supplier gets of the pie now; the others as in `bargaining.settle`."""

RESULTS = ("today", "supplier_walks", "account_walks", "inside", "outside", "settlement",
           "largest_concession", "concession")  # fmt: skip


def bargaining_range(
    inputs: pd.DataFrame, *, draws: int, seed: int, level: float = 0.9
) -> pd.DataFrame:
    """Return both sides' walk-away points, the solutions and the concessions, with intervals.

    Parameters
    ----------
    inputs : index the names in `INPUTS`
        `low`, `middle`, `high`: money a year; `supplier_strength` from 0 to 1.
    draws, seed
        Number of draws, and their seed.
    level
        Of the interval (0-1).

    Returns
    -------
    DataFrame, index the names in `RESULTS`; columns low, middle, high
        In money a year to the supplier. `supplier_walks`: below it the supplier would rather
        leave. `account_walks`: above it the account would. `inside`: all options taken as
        inside ones (Nash). `outside`: all taken as outside ones. `settlement`: each where it
        belongs. `largest_concession`: today less `supplier_walks`, what the account could
        extract before the supplier would rather walk (0 if it should walk already);
        `concession`: today less `settlement` (negative: the supplier may ask for more).
        `attrs["p_deal"]` is the share of draws in which there is a deal to be had; NaN in the
        table where no draw has one.

    Raises
    ------
    InputError
        If an input is missing, out of order or out of range.

    Examples
    --------
    >>> points = {"pie": 100, "today": 55, "supplier_inside": 0, "account_inside": 0,
    ...           "supplier_outside": 20, "account_outside": 0, "supplier_strength": 0.5}
    >>> inputs = pd.DataFrame({end: points for end in ("low", "middle", "high")})
    >>> bargaining_range(inputs, draws=1, seed=1)["middle"].to_dict()["largest_concession"]
    35.0
    """
    check_triples(inputs, INPUTS, what="inputs of the bargaining")
    if draws < 1 or not 0 < level < 1:
        raise InputError("draws must be at least 1, level between 0 and 1")
    rng = np.random.default_rng(seed)
    drawn = {name: triangular(rng, ends_of(inputs, name), draws) for name in INPUTS}
    today = drawn.pop("today")
    ours, theirs = drawn["supplier_outside"], drawn["account_outside"]
    settlement = settle(**drawn)
    best_ours = np.maximum(drawn["supplier_inside"], ours)
    best_theirs = np.maximum(drawn["account_inside"], theirs)
    values = {
        "today": today,
        "supplier_walks": ours,
        "account_walks": drawn["pie"] - theirs,
        "inside": nash_split(
            drawn["pie"], supplier_inside=best_ours, account_inside=best_theirs,
            supplier_strength=drawn["supplier_strength"],
        ),
        "outside": settle(
            drawn["pie"], supplier_outside=best_ours, account_outside=best_theirs,
            supplier_strength=drawn["supplier_strength"],
        ),
        "settlement": settlement,
        "largest_concession": np.maximum(today - ours, 0.0),
        "concession": today - settlement,
    }  # fmt: skip
    ends = [(1 - level) / 2, 0.5, (1 + level) / 2]
    table = pd.DataFrame(
        {name: _quantiles(values[name], ends) for name in RESULTS},
        index=pd.Index(["low", "middle", "high"]),
    ).T
    table.attrs["p_deal"] = float(np.isfinite(settlement).mean())
    return table


def range_words(table: pd.DataFrame, *, currency: str = "") -> str:
    """Return the bargaining range in words.

    Examples
    --------
    >>> points = {"pie": 100, "today": 55, "supplier_inside": 0, "account_inside": 0,
    ...           "supplier_outside": 20, "account_outside": 0, "supplier_strength": 0.5}
    >>> inputs = pd.DataFrame({end: points for end in ("low", "middle", "high")})
    >>> range_words(bargaining_range(inputs, draws=1, seed=1), currency="EUR")[:71]
    'The account could extract EUR 35 a year before we would rather walk (EU'
    """
    if table.attrs.get("p_deal") == 0:
        return "Both sides are better off apart: there is nothing to agree on."
    low, middle, high = (money(x, currency) for x in ends_of(table, "largest_concession"))
    least, expected, most = (money(x, currency) for x in ends_of(table, "concession"))
    return (
        f"The account could extract {middle} a year before we would rather walk ({low} to {high}). "
        f"The model expects a concession of {expected} ({least} to {most})."
    )


def _quantiles(values: np.ndarray, ends: list[float]) -> np.ndarray:
    known = values[np.isfinite(values)]
    return np.quantile(known, ends) if known.size else np.full(len(ends), np.nan)
