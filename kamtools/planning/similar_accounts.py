"""Which accounts are like one another: the same segment, a like mix of products, a like size.

The likeness of two accounts is the geometric mean of two numbers from 0 to 1: the cosine of
their mixes (the revenue of each product group), and the smaller ÷ the larger of their yearly
revenues. Size counts, since a large account buys more groups than a small one whatever its
trade. A segment narrows the choice where enough of the accounts in it are known.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.assortment import UNNAMED
from kamtools.errors import InputError

Floats = NDArray[np.float64]

NUMBER = 20
"""How many similar accounts are looked at: an assumption."""
MIN_IN_SEGMENT = 10
"""From how many others in the segment of an account only these are compared: an assumption."""
MIN_LIKENESS = 0.3
"""Below this likeness an account is not similar: an assumption."""
CHUNK = 500


@dataclass(frozen=True)
class Assortments:
    """What each account buys of each product group, as arrays in one order.

    Attributes
    ----------
    accounts, groups
        The order of rows and columns, both sorted.
    revenue : (n_accounts, n_groups) money, 0 or more
    totals : (n_accounts,) money
        All that the account buys, lines without a product included; above 0.
    """

    accounts: pd.Index
    groups: pd.Index
    revenue: Floats
    totals: Floats

    @property
    def shares(self) -> Floats:
        """Each group's part of what the account buys in all, 0-1; (n_accounts, n_groups)."""
        return self.revenue / self.totals[:, None]


def assortments(sales: pd.DataFrame) -> Assortments:
    """Return the accounts that buy, with what they buy of each product group.

    Parameters
    ----------
    sales
        `account_id`, `product_group`, `revenue`, as `assortment.group_sales` returns them.
        What was credited beyond what was bought of a group counts as nothing bought.

    Raises
    ------
    InputError
        If a column is missing.

    Examples
    --------
    >>> sales = pd.DataFrame({"account_id": ["a", "a", "b"], "revenue": [30.0, 10.0, 5.0],
    ...                       "product_group": ["tea", "", "salt"]})
    >>> known = assortments(sales)
    >>> known.groups.tolist(), known.shares.tolist()
    (['salt', 'tea'], [[0.0, 0.75], [1.0, 0.0]])
    """
    lacking = [name for name in ("account_id", "product_group", "revenue") if name not in sales]
    if lacking:
        raise InputError(f"sales by product group lack the columns {', '.join(lacking)}")
    wide = sales.pivot_table(
        index="account_id", columns="product_group", values="revenue", aggfunc="sum",
        fill_value=0.0,
    ).clip(lower=0.0)  # fmt: skip
    totals = wide.sum(axis=1)
    named = wide.drop(columns=UNNAMED, errors="ignore")
    buys = (totals > 0) & (named > 0).any(axis=1)
    kept = named[buys]
    return Assortments(
        kept.index, kept.columns, kept.to_numpy(dtype=float), totals[buys].to_numpy(dtype=float)
    )


def similar_accounts(
    sales: pd.DataFrame,
    account_id: str,
    *,
    segments: pd.Series | None = None,
    number: int = NUMBER,
) -> pd.DataFrame:
    """Return the accounts most like one account, the most alike first.

    Parameters
    ----------
    sales
        As for `assortments`.
    account_id
        Which account.
    segments : text, index account_id
        Only accounts of its own segment are compared, where it is known and holds at least
        `MIN_IN_SEGMENT` others.
    number : at least 1
        How many are wanted; fewer where no more have a likeness of at least `MIN_LIKENESS`.

    Returns
    -------
    (at most number, 5), index account_id
        `likeness`, `mix` and `size` (0-1, the first is the geometric mean of the others),
        `revenue` (money a year), `same_segment` (whether only its segment was looked at).

    Raises
    ------
    InputError
        If the account bought nothing of any product group, or `number` is below 1.

    Examples
    --------
    >>> sales = pd.DataFrame({"account_id": ["a", "a", "b", "b", "c"],
    ...     "product_group": ["tea", "salt", "tea", "salt", "tea"],
    ...     "revenue": [60.0, 40.0, 30.0, 20.0, 100.0]})
    >>> similar_accounts(sales, "a")[["likeness", "mix", "size"]].round(2)
                likeness   mix  size
    account_id
    c               0.91  0.83   1.0
    b               0.71  1.00   0.5
    """
    if number < 1:
        raise InputError(f"number of similar accounts must be at least 1; got {number!r}")
    known = assortments(sales)
    row = row_of(known, account_id)
    mix, size, is_candidate = _alike(known, np.array([row]), segments)
    order = _closest(mix, size, is_candidate, number)[0]
    table = pd.DataFrame(
        {
            "likeness": np.sqrt(mix[0] * size[0])[order],
            "mix": mix[0, order],
            "size": size[0, order],
            "revenue": known.totals[order],
        },
        index=known.accounts[order].rename("account_id"),
    )
    return table.assign(same_segment=bool(is_candidate.sum() < len(known.accounts) - 1))


def row_of(known: Assortments, account_id: str) -> int:
    """Return where an account stands in the arrays.

    Raises
    ------
    InputError
        If it bought nothing of any product group.

    Examples
    --------
    >>> sales = pd.DataFrame({"account_id": ["b", "a"], "product_group": "tea", "revenue": 1.0})
    >>> row_of(assortments(sales), "b")
    1
    """
    if account_id not in known.accounts:
        raise InputError(
            f"account {account_id!r} bought nothing of any product group in these months; "
            f"expected one of the {len(known.accounts):,} that did"
        )
    return int(known.accounts.get_indexer(pd.Index([account_id]))[0])


def similar_rows(
    known: Assortments, *, segments: pd.Series | None, number: int
) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield each account's row with the rows of the accounts most like it.

    Parameters
    ----------
    known, segments, number
        As `similar_accounts` takes them, for all accounts at once.
    """
    for start in range(0, len(known.accounts), CHUNK):
        rows = np.arange(start, min(start + CHUNK, len(known.accounts)))
        mix, size, is_candidate = _alike(known, rows, segments)
        closest = _closest(mix, size, is_candidate, number)
        for row, its in zip(rows, closest, strict=True):
            yield int(row), its


def _alike(
    known: Assortments, rows: NDArray[np.intp], segments: pd.Series | None
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return mix and size (0-1) and who may be compared; (n_rows, n_accounts) each."""
    length = np.linalg.norm(known.revenue, axis=1)
    unit = known.revenue / length[:, None]
    mix = np.clip(unit[rows] @ unit.T, 0.0, 1.0)
    totals, own = known.totals, known.totals[rows][:, None]
    size = np.minimum(own, totals) / np.maximum(own, totals)
    others = rows[:, None] != np.arange(len(totals))
    if segments is None:
        return mix, size, others
    codes = pd.factorize(segments.reindex(known.accounts))[0]
    alike = others & (codes[rows][:, None] == codes) & (codes[rows] >= 0)[:, None]
    is_enough = alike.sum(axis=1) >= MIN_IN_SEGMENT
    return mix, size, np.where(is_enough[:, None], alike, others)


def _closest(
    mix: Floats, size: Floats, is_candidate: NDArray[np.bool_], number: int
) -> list[NDArray[np.intp]]:
    """Return for each row those most like it, the first of equals first; n_rows arrays."""
    likeness = np.where(is_candidate, np.sqrt(mix * size), -1.0)
    # Rounded, so that the order of sums in a matrix product leaves no trace.
    likeness = likeness.round(10)
    order = np.argsort(-likeness, axis=1, kind="stable")[:, :number]
    is_like = np.take_along_axis(likeness, order, axis=1) >= MIN_LIKENESS
    return [row[its] for row, its in zip(order, is_like, strict=True)]
