"""Who buys for an Iowa liquor store: its chain, its name, what kind of store it is.

Stores belong to the chain that buys for them: by `iowa_store_chain_map.csv` where it is
among the sources, otherwise by the beginnings of store names below, which agree with that
map for all but two of the 1,208 stores of these chains. Banners that independents share (a
fuel brand, say) are no chain: nobody buys for all who carry them.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from kamtools.samples.public_set import select, table_of

CHAIN_NAMES = {
    "Casey's": "CASEY'?S",
    "Central City Liquor": "CENTRAL CITY",
    "Costco": "COSTCO",
    "CVS": "CVS",
    "Fareway": "FAREWAY",
    "Hy-Vee": "HY-?VEE",
    "Kum & Go": "KUM ?(&|AND) ?GO",
    "Kwik Star/Shop/Trip": "KWIK (STAR|SHOP|TRIP)",
    "QuikTrip": "QUIK ?TRIP",
    "Sam's Club": "SAM'?S CLUB",
    "Smokin Joe's": "SMOKIN'? JOE'?S",
    "Target": "(SUPER ?)?TARGET",
    "Walgreens": "WALGREENS?",
    "Walmart": "WAL-?MART",
    "Yesway": "YESWAY",
}
"""How the names of a chain's stores begin, as a regular expression on capital letters."""

SHARED_BANNERS = ("BP", "Casino/hotel", "Food Land/Foodland", "New Star")
PROBABLE_RESELLERS = (2633, 3773, 4829)
"""Single stores so large that they probably supply bars: Hy-Vee #3/BDI, Benz, Central City 2."""

NONE_KNOWN = """
    SELECT NULL::BIGINT AS store, NULL::VARCHAR AS name, NULL::VARCHAR AS city,
           NULL::VARCHAR AS chain
    WHERE false
"""
LISTED = """
    SELECT CAST("Store" AS BIGINT) AS store, "Name" AS name, "City" AS city FROM {scan}
"""
MAPPED = """
    SELECT CAST("Store Number" AS BIGINT) AS store, "Name" AS name, "City" AS city,
           CASE WHEN kind = 'chain' THEN chain END AS chain
    FROM {scan}
"""
ACCOUNTS = """
    WITH listed AS ({listed}), mapped AS ({mapped}),
         stores AS (SELECT store FROM bought UNION SELECT store FROM mapped),
         named AS (SELECT store,
                          coalesce(listed.name, mapped.name, bought.name) AS name,
                          coalesce(listed.city, mapped.city, bought.city) AS city,
                          mapped.chain AS mapped_chain
                   FROM stores LEFT JOIN listed USING (store) LEFT JOIN mapped USING (store)
                        LEFT JOIN bought USING (store)),
         grouped AS (SELECT *, {chain} AS chain FROM named)
    SELECT CAST(store AS VARCHAR) AS account_id,
           coalesce(name, 'Store ' || store || ' (no name)') AS name,
           CASE WHEN store BETWEEN 9000 AND 9999 THEN 'distillery or distributor'
                WHEN store IN {resellers} THEN 'store that probably supplies bars'
                WHEN name IS NULL THEN 'closed, name not known'
                WHEN chain IN {banners} THEN 'independent under a shared banner'
                WHEN chain IS NOT NULL THEN 'chain store'
                ELSE 'independent store' END AS segment,
           CASE WHEN chain NOT IN {banners} THEN chain END AS chain,
           city
    FROM grouped
    ORDER BY store
"""


def chain_by_name() -> str:
    """Return the SQL that tells a store's chain from the beginning of its `name`.

    Examples
    --------
    >>> query = f"SELECT {chain_by_name()} AS chain FROM stores"
    >>> stores = pa.table({"name": ["Hy-Vee #3 / Des Moines", "Old Target Liquor", None]})
    >>> select(query, frames={"stores": stores}).column("chain").to_pylist()
    ['Hy-Vee', None, None]
    """
    cases = (
        f"WHEN regexp_matches(upper(name), '^({_quoted(pattern)})\\b') THEN '{_quoted(chain)}'"
        for chain, pattern in CHAIN_NAMES.items()
    )
    return f"CASE {' '.join(cases)} END"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def store_accounts(bought: pa.Table, sources: Mapping[str, Path]) -> pa.Table:
    """Return a row for each store that bought or is on the map, in order of its number.

    Columns: account_id (the number as text), name, segment, chain (null where the store
    buys for itself), city.

    Parameters
    ----------
    bought : store (number), name and city (null where the lines do not tell), a row a store
    sources : `chains` (iowa_store_chain_map.csv) and `stores` (the State's list), where
        they are there; a name in the State's list goes before one in the map
    """
    listed = LISTED.format(scan=table_of(sources["stores"])) if "stores" in sources else NONE_KNOWN
    mapped = MAPPED.format(scan=table_of(sources["chains"])) if "chains" in sources else NONE_KNOWN
    query = ACCOUNTS.format(
        listed=listed,
        mapped=mapped,
        chain="mapped_chain" if "chains" in sources else chain_by_name(),
        resellers=PROBABLE_RESELLERS,
        banners=SHARED_BANNERS,
    )
    return select(query, frames={"bought": bought})
