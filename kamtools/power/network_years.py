"""How a trade network moved: period by period in all, and pair by pair between two windows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.network_intervals import SHARES, pair_draws, quantiles_of
from kamtools.power.zones import ZONES

MOVED = (*SHARES, "power_imbalance", "mutual_dependence")
MUCH = 0.5
"""A supplier whose largest account takes more than this share is counted as leaning on it."""


def network_by_period(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return what a network looks like in each period.

    Parameters
    ----------
    pairs
        As `network.network_pairs` returns it.

    Returns
    -------
    DataFrame
        Index period:

        - suppliers, accounts, pairs : how many; amount : in all
        - effective_suppliers, effective_accounts : 1 ÷ the sum of squared shares of all trade
        - suppliers_leaning, accounts_leaning : share of suppliers (accounts) whose largest
          partner has more than half of their trade; each counts once
        - trade_leaning_on_accounts, trade_leaning_on_suppliers : the trade of those, as a share
          of all
        - imbalance : mean over the trade, each pair weighing what it trades
        - one column a zone ("trade_captive_supplier"): share of the trade in pairs of that zone
    """
    amount = pairs["amount"]
    total = amount.groupby(pairs["period"]).sum()
    columns = {"pairs": pairs.groupby("period").size(), "amount": total}
    for side, key in (("supplier", "supplier"), ("account", "account_id")):
        whose = pairs.groupby(["period", key])
        trade, largest = whose["amount"].sum(), whose[f"{side}_share"].max()
        period = trade.index.get_level_values("period")
        leans = largest > MUCH
        other = {"supplier": "accounts", "account": "suppliers"}[side]
        columns[f"{side}s"] = trade.groupby(period).size()
        columns[f"effective_{side}s"] = total**2 / (trade**2).groupby(period).sum()
        columns[f"{side}s_leaning"] = leans.groupby(period).mean()
        columns[f"trade_leaning_on_{other}"] = trade.where(leans, 0).groupby(period).sum() / total
    weighed = (amount * pairs["power_imbalance"]).groupby(pairs["period"]).sum()
    columns["imbalance"] = weighed / total
    for zone in ZONES:
        in_zone = amount.where(pairs["zone"] == zone, 0).groupby(pairs["period"]).sum()
        columns[f"trade_{zone.replace(' ', '_')}"] = in_zone / total
    return pd.DataFrame(columns)


def pairs_side_by_side(pairs: pd.DataFrame, periods: Sequence[object]) -> pd.DataFrame:
    """Return the pairs that trade in all of the periods, their measures beside one another.

    Parameters
    ----------
    pairs
        As `network.network_pairs` returns it.
    periods
        Two or more, in the order of time.

    Returns
    -------
    DataFrame
        Index supplier, account_id; `amount`, both shares, imbalance and mutual dependence, each
        with the period in its name ("amount_2013"), and its change from the first period to the
        last ("amount_change").

    Raises
    ------
    InputError
        If there are fewer than two periods, or one is not among the pairs.
    """
    unknown = [period for period in periods if not (pairs["period"] == period).any()]
    if len(periods) < 2 or unknown:
        raise InputError(
            f"two or more periods of the pairs are needed; got {list(periods)}"
            + (f", of which {unknown} are not there" if unknown else "")
        )
    measures = ["amount", *MOVED]
    keys = ["supplier", "account_id"]
    of_periods = [
        pairs[pairs["period"] == period].set_index(keys)[measures].add_suffix(f"_{period}")
        for period in periods
    ]
    beside = pd.concat(of_periods, axis=1, join="inner")
    for name in measures:
        beside[f"{name}_change"] = beside[f"{name}_{periods[-1]}"] - beside[f"{name}_{periods[0]}"]
    return beside


def change_intervals(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    wanted: pd.DataFrame,
    draws: int,
    seed: int,
    block_months: int = 3,
    level: float = 0.9,
    assumptions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return how far each pair's measures moved between two windows of months, with intervals.

    The same blocks of months and the same assumed curves are drawn for both windows, so that an
    assumption that holds for both does not pass for a change.

    Parameters
    ----------
    before, after : period, supplier, account_id, amount
        Edges by month, equally many months each.
    wanted : supplier, account_id
        Pairs that trade in both.
    draws, seed, block_months, level, assumptions
        As in `network_intervals.network_intervals`.

    Returns
    -------
    DataFrame, in the order of `wanted`
        supplier, account_id; of both shares, imbalance and mutual dependence the median change
        over the draws, with `_low` and `_high`.

    Raises
    ------
    InputError
        If the windows differ in length, or as `network_intervals`.
    """
    lengths = before["period"].nunique(), after["period"].nunique()
    if lengths[0] != lengths[1]:
        raise InputError(f"both windows must have equally many months; got {lengths[0]} and "
                         f"{lengths[1]}")  # fmt: skip
    quantiles = quantiles_of(level)
    windows = (
        pair_draws(edges, draws=draws, seed=seed, wanted=wanted, block_months=block_months,
                   assumptions=assumptions)
        for edges in (before, after)
    )  # fmt: skip
    parts = []
    for (names, old), (_, new) in zip(*windows, strict=True):
        columns: dict[str, np.ndarray] = {}
        for name in MOVED:
            low, middle, high = np.quantile(new[name] - old[name], quantiles, axis=0)
            columns |= {name: middle, f"{name}_low": low, f"{name}_high": high}
        parts.append(names.assign(**columns))
    return pd.concat(parts, ignore_index=True)
