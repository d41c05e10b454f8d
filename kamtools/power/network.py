"""Where the trade of both sides is known: how far each depends on the other, pair by pair.

From edges (supplier, account, period, amount) alone come both shares, how concentrated each
side's trade is, and how many alternatives it effectively has. Dependence is then, as everywhere
in this room, stake × (1 − availability): the stake is measured, the availability follows from the
measured alternatives by the curve of `network_assumptions`, which is assumed.

Trade tells volume and presence. It tells nothing of price, of what a brand draws into a shop, or
of whether one supplier's goods stand in for another's.

References
----------
.. [1] Emerson, R. M. (1962), "Power-dependence relations", American Sociological Review 27(1),
   31-41.
.. [2] Burt, R. S. (1992), Structural Holes, Harvard University Press, ch. 2.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.network_assumptions import (
    Availability,
    availability,
    middle_assumptions,
    network_assumptions,
)
from kamtools.power.zones import PROPOSED, ZONES, CutOffs, zone_numbers

KEYS = ["period", "supplier", "account_id"]
SIDE_KEYS = {"supplier": "supplier", "account": "account_id"}
MEASURES = ("supplier_dependence", "account_dependence", "power_imbalance", "mutual_dependence")


@dataclass(frozen=True)
class SideTotals:
    """One side's trade beside each pair; arrays of (n_pairs,) or (n_draws, n_pairs).

    Attributes
    ----------
    all_trade : with everybody, also partners whose name is not known; `known_trade` or more
    known_trade, squares : sum, and sum of squares, of its trade with each known partner
    partners : how many known partners
    """

    all_trade: np.ndarray
    known_trade: np.ndarray
    squares: np.ndarray
    partners: np.ndarray


def network_pairs(
    edges: pd.DataFrame,
    *,
    assumptions: pd.DataFrame | None = None,
    cutoffs: CutOffs = PROPOSED,
) -> pd.DataFrame:
    """Return both sides' shares, alternatives and dependence for every pair that trades.

    Parameters
    ----------
    edges : period, supplier, account_id, amount
        Each supplier and account once a period. Each period is measured by itself. An edge
        without a supplier or an account counts in the other side's total and is no pair. Edges
        whose amount is 0 or less (more returned than bought) are left out.
    assumptions
        How alternatives become availability; the proposed ones if None.
    cutoffs
        Where the zones begin.

    Returns
    -------
    DataFrame, in the order of the edges
        - period, supplier, account_id, amount
        - supplier_share : of the supplier's sales; account_share : of the account's purchases
        - supplier_hhi, account_hhi : sum of squared shares of each side's known partners, 0-1;
          equal to Burt's constraint here, see `network_constraint`
        - supplier_alternatives : effective number of the supplier's other accounts, 1 ÷ the sum
          of their squared shares among themselves, 0 without any; account_alternatives likewise
        - supplier_availability, account_availability : 0-1, by the assumptions
        - supplier_dependence, account_dependence : share × (1 − availability), 0-1
        - power_imbalance (plus: the account is stronger), mutual_dependence, zone

        `attrs["left_out"]` counts the pairs left out.

    Raises
    ------
    InputError
        If a column is missing, an amount is not a number, or a pair stands twice in a period.

    Examples
    --------
    >>> edges = pd.DataFrame({"period": 2022, "supplier": ["Still", "Still", "Giant"],
    ...     "account_id": ["Chain", "Corner", "Chain"], "amount": [60.0, 40.0, 540.0]})
    >>> pairs = network_pairs(edges)
    >>> pairs[["supplier_share", "account_share", "power_imbalance", "zone"]].round(2)
       supplier_share  account_share  power_imbalance              zone
    0             0.6            0.1             0.50  captive supplier
    1             0.4            1.0            -0.65   captive account
    2             1.0            0.9             0.11       interlocked
    """
    check_edges(edges)
    known = edges["supplier"].notna() & edges["account_id"].notna()
    trade = edges[edges["amount"] > 0]
    is_pair = known[trade.index]
    pairs = trade.loc[is_pair, [*KEYS, "amount"]].reset_index(drop=True)
    assumed = middle_assumptions(network_assumptions() if assumptions is None else assumptions)
    amount = pairs["amount"].to_numpy(dtype=float)
    columns: dict[str, np.ndarray] = {}
    for side, key in SIDE_KEYS.items():
        totals = _totals(trade, is_pair.to_numpy(), key)
        measured = side_measures(amount, totals, assumed[side])
        columns |= {f"{side}_{name}": values for name, values in measured.items()}
    order = ("share", "hhi", "alternatives", "availability", "dependence")
    both = {f"{side}_{name}": columns[f"{side}_{name}"] for name in order for side in SIDE_KEYS}
    imbalance = both["supplier_dependence"] - both["account_dependence"]
    mutual = both["supplier_dependence"] + both["account_dependence"]
    zone = np.array(ZONES)[zone_numbers(imbalance, mutual, cutoffs=cutoffs)]
    table = pairs.assign(**both, power_imbalance=imbalance, mutual_dependence=mutual)
    table["zone"] = pd.Series(zone, index=table.index, dtype="str")
    table.attrs["left_out"] = int((known & (edges["amount"] <= 0)).sum())
    return table


def side_measures(
    amount: np.ndarray, totals: SideTotals, assumed: Availability
) -> dict[str, np.ndarray]:
    """Return share, hhi, alternatives, availability and dependence of one side of each pair.

    Parameters
    ----------
    amount : (n_pairs,) or (n_draws, n_pairs), 0 or more
    totals : the side's, of the same shape
    assumed : the side's curve
    """
    share = _ratio(amount, totals.all_trade)
    others = np.maximum(totals.known_trade - amount, 0.0)
    rest = np.maximum(totals.squares - amount**2, 0.0)
    # The difference of two near squares loses digits; between 1 and the number of the others the
    # effective number must lie whatever is lost.
    count = totals.partners - 1
    effective = np.clip(_ratio(others**2, rest), np.minimum(1, count), count)
    has_others = (count > 0) & (others > 1e-12 * totals.known_trade)
    alternatives = np.where(has_others, effective, 0.0)
    available = availability(alternatives, share, assumed)
    return {
        "share": share,
        "hhi": _ratio(totals.squares, totals.known_trade**2),
        "alternatives": alternatives,
        "availability": available,
        "dependence": share * (1 - available),
    }


def check_edges(edges: pd.DataFrame) -> None:
    """Refuse edges that cannot be measured."""
    missing = [name for name in [*KEYS, "amount"] if name not in edges]
    if missing:
        raise InputError(f"the edges need the columns {', '.join(missing)}")
    wrong = ~np.isfinite(edges["amount"].to_numpy(dtype=float))
    if wrong.any():
        first = edges.loc[wrong].iloc[0]
        raise InputError(f"edge {_edge_name(first)}: the amount must be a number")
    if not edges.index.is_unique:
        raise InputError("the edges need an index in which no label stands twice")
    known = edges[edges["supplier"].notna() & edges["account_id"].notna()]
    keys = [codes(known[name])[0] for name in KEYS]
    sizes = [int(key.max(initial=0)) + 1 for key in keys]
    number = np.ravel_multi_index(keys, sizes) if len(known) else np.empty(0, dtype=int)
    if len(np.unique(number)) < len(number):
        first = known[pd.Series(number, index=known.index).duplicated()].iloc[0]
        raise InputError(f"edge {_edge_name(first)} stands twice: sum its amounts first")


def codes(column: pd.Series) -> tuple[np.ndarray, int]:
    """Return a whole number for each value (-1 where it is missing), and how many there are."""
    numbers, names = pd.factorize(column)
    return numbers.astype(np.int64), len(names)


def _totals(trade: pd.DataFrame, is_pair: np.ndarray, key: str) -> SideTotals:
    """Return one side's totals beside each pair, period by period."""
    period, _ = codes(trade["period"])
    who, count = codes(trade[key])
    place = np.where(who >= 0, period * count + who, -1)
    named, amount = place >= 0, trade["amount"].to_numpy(dtype=float)
    at, size = place[is_pair], (int(period.max(initial=0)) + 1) * max(count, 1)
    known = amount[is_pair]
    return SideTotals(
        all_trade=np.bincount(place[named], amount[named], size)[at],
        known_trade=np.bincount(at, known, size)[at],
        squares=np.bincount(at, known**2, size)[at],
        partners=np.bincount(at, minlength=size)[at],
    )


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return part ÷ whole, 0 where there is no whole."""
    shape = np.broadcast(part, whole).shape
    return np.divide(part, whole, out=np.zeros(shape), where=np.asarray(whole) > 0)


def _edge_name(edge: pd.Series) -> str:
    return f"{edge['supplier']} – {edge['account_id']} in {edge['period']}"
