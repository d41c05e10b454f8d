"""What the network says of one supplier, in the shape that `dependence` reads.

So that measured pairs and judged parts (brand pull, tooling, contracts) meet in one table.
"""

from typing import Literal

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.network_assumptions import (
    assumptions_at,
    availability,
    middle_assumptions,
    network_assumptions,
)

ENDS: tuple[Literal["low", "middle", "high"], ...] = ("low", "middle", "high")
PARTS = {"supplier": "share of our sales", "account": "share of its purchases"}


def network_inputs(
    pairs: pd.DataFrame,
    *,
    supplier: str,
    source: str,
    intervals: pd.DataFrame | None = None,
    assumptions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one supplier's dependence inputs, two rows an account.

    Parameters
    ----------
    pairs : as `network.network_pairs` returns it, one period
    supplier
        Whose accounts.
    source
        Where the trade was read, and its period; stands in every row.
    intervals : as `network_intervals.network_intervals` returns it
        Gives the stakes their low and high; without it these are the stake.
    assumptions
        The proposed ones if None.

    Returns
    -------
    DataFrame
        account_id, side, part, stake_low, stake, stake_high, availability_low, availability,
        availability_high, whose ("ledger"), source, basis: the stake is measured, the
        availability assumed, and `basis` says the weaker of the two.

    Raises
    ------
    InputError
        If there is more than one period, or the supplier does not sell in it.

    Examples
    --------
    >>> from kamtools.power.network import network_pairs
    >>> pairs = network_pairs(pd.DataFrame({"period": 2022, "supplier": ["Still", "Still"],
    ...     "account_id": ["Chain", "Corner"], "amount": [60.0, 40.0]}))
    >>> network_inputs(pairs, supplier="Still", source="State of Iowa, 2022")[
    ...     ["account_id", "side", "stake", "availability"]].round(3)
      account_id      side  stake  availability
    0      Chain  supplier    0.6         0.056
    1      Chain   account    1.0         0.000
    2     Corner  supplier    0.4         0.125
    3     Corner   account    1.0         0.000
    """
    if pairs["period"].nunique() > 1:
        raise InputError(f"one period at a time; got {pairs['period'].nunique()}")
    own = pairs[pairs["supplier"] == supplier]
    if own.empty:
        raise InputError(f"supplier {supplier} is not among the pairs")
    table = network_assumptions() if assumptions is None else assumptions
    curves = {end: middle_assumptions(assumptions_at(table, end)) for end in ENDS}
    if intervals is not None:
        keys = ["supplier", "account_id"]
        own = own.merge(intervals, how="left", on=keys, validate="one_to_one")
    sides = []
    for side, part in PARTS.items():
        share, others = own[f"{side}_share"], own[f"{side}_alternatives"]
        ends = {
            end: availability(others.to_numpy(), share.to_numpy(), curve[side])
            for end, curve in curves.items()
        }
        low, high = (own.get(f"{side}_share_{end}", share).fillna(share) for end in ("low", "high"))
        sides.append(
            pd.DataFrame(
                {
                    "account_id": own["account_id"],
                    "side": side,
                    "part": part,
                    "stake_low": low.clip(upper=share),
                    "stake": share,
                    "stake_high": high.clip(lower=share),
                    "availability_low": ends["low"],
                    "availability": ends["middle"],
                    "availability_high": ends["high"],
                    "whose": "ledger",
                    "source": source,
                    "basis": "assumed",
                }
            )
        )
    return pd.concat(sides).sort_index(kind="stable").reset_index(drop=True)
