"""The trade network of Iowa's wholesale liquor, from the files that `KAMTOOLS_DATA` names.

Vendors sell, through the State, to stores; a store belongs to the chain that buys for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kamtools.ledger import buying_organisation
from kamtools.reading.connections import new_connection
from kamtools.samples.iowa import ledger_files
from kamtools.samples.iowa_stores import store_accounts

PRODUCTS, STORES, CHAINS = (
    "iowa_products.parquet",
    "iowa_stores.parquet",
    "iowa_store_chain_map.csv",
)
OWN_BRANDS = {"Costco": "KIRKLAND"}
"""By chain, how the names of the bottles begin that it has filled under a name of its own."""

OWN_SHOP, NO_NAME = "distillery or distributor", "closed, name not known"


@dataclass(frozen=True)
class Parties:
    """Who sells and who buys.

    Attributes
    ----------
    suppliers : vendor's name by item number (text), the State's list of 2022-11-01
    own_brands : chain by item number (text), of the items that bear its own brand
    buyers : chain, or the store itself, by store number (text)
    accounts : index buyer; `name`, `segment`, `stores`
    """

    suppliers: pd.Series
    own_brands: pd.Series
    buyers: pd.Series
    accounts: pd.DataFrame


def data_files(data: Path) -> tuple[Path, ...]:
    """Return the files of lines, or none where one that is needed is missing."""
    lines = ledger_files(data)
    others = (data / "iowa" / name for name in (PRODUCTS, STORES, CHAINS))
    return lines if lines and all(path.is_file() for path in others) else ()


def parties(data: Path) -> Parties:
    """Return who sells and who buys, by the State's lists and the project's map of chains."""
    folder = data / "iowa"
    columns = ["Item Number", "Vendor Name", "Item Description"]
    products = pd.read_parquet(folder / PRODUCTS, columns=columns)
    products = products.set_index(products["Item Number"].astype("str"))
    suppliers = products["Vendor Name"].str.strip().rename("supplier")
    own_brands = pd.concat(
        [
            pd.Series(chain, products.index[products["Item Description"].str.startswith(brand)])
            for chain, brand in OWN_BRANDS.items()
        ]
    )
    nobody = pa.table({
        "store": pa.array([], pa.int64()),
        "name": pa.array([], pa.string()),
        "city": pa.array([], pa.string()),
    })  # fmt: skip
    sources = {"chains": folder / CHAINS, "stores": folder / STORES}
    stores = store_accounts(nobody, sources).to_pandas()
    buyers = buying_organisation(stores)
    return Parties(suppliers, own_brands, buyers, _accounts(stores, buyers))


def lines_of(files: Sequence[Path]) -> ir.Table:
    """Return the State's lines as product, account_id, date, amount (dollars)."""
    lines = new_connection().read_parquet([str(path) for path in files])
    return lines.select(
        product=lines["Item Number"],
        account_id=lines["Store Number"],
        date=lines["Date"],
        amount=lines["cents"] / 100,
    )


def edges_by_month_as_kept(data: Path) -> pd.DataFrame:
    """Return the State's own sums by month, store and vendor, as the data folder keeps them.

    Columns Month, Store Number, Vendor Number, amount; the check of what is added up here.
    """
    table = pq.read_table(data / "iowa" / "iowa_edges_month.parquet").to_pandas()
    return table.assign(amount=table["Sale (Dollars)"].astype("float64"))


def _accounts(stores: pd.DataFrame, buyers: pd.Series) -> pd.DataFrame:
    """Return name, kind and number of stores of each buyer."""
    grouped = stores.assign(buyer=buyers.to_numpy()).groupby("buyer")
    accounts = grouped.agg(
        name=("name", "first"), segment=("segment", _one_kind), stores=("name", "size")
    )
    is_chain = accounts.index.isin(stores["chain"].dropna())
    return accounts.assign(name=accounts["name"].where(~is_chain, accounts.index.to_series()))


def _one_kind(kinds: pd.Series) -> str:
    """Return a shop of a maker's own as such, whatever else belongs to it; else the commonest."""
    return OWN_SHOP if (kinds == OWN_SHOP).any() else str(kinds.mode().iloc[0])
