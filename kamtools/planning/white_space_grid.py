"""One account beside those like it, product group by product group: the table of a picture."""

import numpy as np
import pandas as pd

from kamtools.planning.similar_accounts import assortments
from kamtools.planning.white_space import WhiteSpace
from kamtools.planning.white_space_gaps import ALIKE, FEW_BUY

GRID_COLUMNS = ["account_id", "product_group", "revenue", "status", "brings"]


def white_space_grid(sales: pd.DataFrame | None, found: WhiteSpace) -> pd.DataFrame:
    """Return what the account and those like it buy of each group, and where it lacks one.

    Parameters
    ----------
    sales
        As `white_space.white_space` took them.
    found
        From `white_space.white_space`.

    Returns
    -------
    ((1 + n_similar) × n_groups, 5)
        `account_id`, the account first, then the most alike; `product_group`, by name;
        `revenue` (money a year); `status` and `brings`, of the account as in the table of
        `found`, of the others without any white space. No row where products are not known.

    Examples
    --------
    >>> from kamtools.planning.white_space import white_space
    >>> rows = [(f"c{n}", group, 10.0) for n in range(8) for group in ("salt", "tea")]
    >>> sales = pd.DataFrame([*rows, ("a", "tea", 20.0)],
    ...                      columns=["account_id", "product_group", "revenue"])
    >>> white_space_grid(sales, white_space(sales, "a", seed=1))["status"].tolist()[:3]
    ['not bought', 'like the others', 'like the others']
    """
    if sales is None or found.table.empty:
        return pd.DataFrame(columns=GRID_COLUMNS)
    known = assortments(sales)
    rows = pd.DataFrame(known.revenue, index=known.accounts, columns=known.groups)
    shown = rows.loc[[found.account_id, *found.similar.index]]
    table = pd.DataFrame(
        {
            "account_id": np.repeat(shown.index.to_numpy(), shown.shape[1]),
            "product_group": np.tile(shown.columns.to_numpy(), shown.shape[0]),
            "revenue": shown.to_numpy().ravel(),
        }
    )
    own = table["account_id"] == found.account_id
    usual = (table["revenue"] > 0).map({True: ALIKE, False: FEW_BUY})
    table["status"] = table["product_group"].map(found.table["status"]).where(own, usual)
    table["brings"] = table["product_group"].map(found.table["brings"]).where(own, 0.0)
    return table[GRID_COLUMNS]
