"""What is compared: the network of kamtools, pandas doing the same, and plain sums in DuckDB.

Each contender reads the State's files of lines and the two lists of who sells and who buys.
"""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks.network_iowa import PRODUCTS, lines_of, parties
from kamtools.power.network import network_pairs
from kamtools.power.network_assumptions import middle_assumptions, network_assumptions
from kamtools.power.network_edges import edges_from_lines
from kamtools.power.network_intervals import network_intervals

YEAR_ENDS = 10
KEYS = ["period", "supplier", "account_id"]
COMPARED = [
    "amount", "supplier_share", "account_share", "supplier_hhi", "account_hhi",
    "supplier_alternatives", "account_alternatives", "supplier_dependence", "account_dependence",
    "power_imbalance", "mutual_dependence",
]  # fmt: skip


def kamtools_edges(files: tuple[Path, ...], data: Path) -> pd.DataFrame:
    """Return the edges by year: who sold what to whom."""
    parted = parties(data)
    return edges_from_lines(
        lines_of(files),
        suppliers=parted.suppliers,
        buyers=parted.buyers,
        period="year",
        year_ends=YEAR_ENDS,
    )


def kamtools_network(files: tuple[Path, ...], data: Path) -> pd.DataFrame:
    """Return every pair of every year with shares, alternatives and dependence."""
    return network_pairs(kamtools_edges(files, data))


def kamtools_intervals(files: tuple[Path, ...], data: Path, draws: int, seed: int) -> pd.DataFrame:
    """Return intervals for every pair of the last twelve months."""
    parted = parties(data)
    edges = edges_from_lines(lines_of(files), suppliers=parted.suppliers, buyers=parted.buyers)
    last = edges["period"].max() - pd.DateOffset(months=11)
    return network_intervals(edges[edges["period"] >= last], draws=draws, seed=seed)


def pandas_network(files: tuple[Path, ...], data: Path) -> pd.DataFrame:
    """Return the same as pandas makes it by merge and groupby, as one would write it."""
    columns = ["Date", "Store Number", "Item Number", "cents"]
    lines = pd.concat(
        [
            pd.read_parquet(path, columns=columns, to_pandas_kwargs={"date_as_object": False})
            for path in files
        ]
    )
    parted = parties(data)
    date = lines["Date"]
    by_year = pd.DataFrame(
        {
            "period": date.dt.year + (date.dt.month > YEAR_ENDS),
            "supplier": lines["Item Number"].map(parted.suppliers),
            "account_id": lines["Store Number"].map(parted.buyers).fillna(lines["Store Number"]),
            "amount": lines["cents"],
        }
    )
    sums = by_year.groupby(KEYS, dropna=False, as_index=False)["amount"].sum()
    return _pandas_dependence(sums.assign(amount=sums["amount"] / 100))


def _pandas_dependence(edges: pd.DataFrame) -> pd.DataFrame:
    known = edges["supplier"].notna()
    edges = edges[(edges["amount"] > 0) | ~known]
    pairs = edges.dropna().copy()
    assumed = middle_assumptions(network_assumptions())
    for side, key in (("supplier", "supplier"), ("account", "account_id")):
        every = edges.groupby(["period", key])["amount"].sum().rename("every")
        beside = pairs.join(every, on=["period", key])
        whose = pairs.groupby(["period", key])["amount"]
        total, count = whose.transform("sum"), whose.transform("size")
        square = (pairs["amount"] ** 2).groupby([pairs["period"], pairs[key]]).transform("sum")
        share = pairs["amount"] / beside["every"]
        others, rest = total - pairs["amount"], square - pairs["amount"] ** 2
        effective = (others**2 / rest.where(rest > 0)).clip(1, count - 1).fillna(count - 1)
        effective = effective.where((count > 1) & (others > 1e-12 * total), 0.0)
        curve = assumed[side]
        room = (curve.room * (1 - share) / share).clip(upper=1)
        available = effective / (effective + curve.half_at) * room
        pairs[f"{side}_share"], pairs[f"{side}_hhi"] = share, square / total**2
        pairs[f"{side}_alternatives"] = effective
        pairs[f"{side}_dependence"] = share * (1 - available)
    pairs["power_imbalance"] = pairs["supplier_dependence"] - pairs["account_dependence"]
    pairs["mutual_dependence"] = pairs["supplier_dependence"] + pairs["account_dependence"]
    return pairs


def duckdb_sums(files: tuple[Path, ...], data: Path) -> pd.DataFrame:
    """Return store × vendor × year sums in plain SQL: the floor, without chains or dependence."""
    query = f"""
        SELECT "Store Number" AS store, "Vendor" AS vendor, year("Date") AS year,
               sum(cents) AS cents
        FROM read_parquet({[str(path) for path in files]}) AS lines
        LEFT JOIN (SELECT CAST("Item Number" AS VARCHAR) AS item, "Vendor"
                   FROM read_parquet('{data / "iowa" / PRODUCTS}')) AS products
               ON lines."Item Number" = products.item
        GROUP BY ALL
    """
    duckdb.sql("SET enable_progress_bar = false")
    return duckdb.sql(query).df()


def differences(left: pd.DataFrame, right: pd.DataFrame) -> dict[str, int]:
    """Return how many pairs differ, by column; {} where both networks agree to a millionth."""
    left, right = left.set_index(KEYS).sort_index(), right.set_index(KEYS).sort_index()
    if not left.index.equals(right.index):
        return {"pairs": len(left.index.symmetric_difference(right.index))}
    counts = {
        name: int((~np.isclose(left[name], right[name], rtol=1e-6, atol=1e-9)).sum())
        for name in COMPARED
    }
    return {name: count for name, count in counts.items() if count}
