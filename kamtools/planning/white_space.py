"""White space: what similar accounts buy and this one does not, or far less.

Similar accounts are those of `similar_accounts`. What they buy says what is possible, not what
will happen: how often such gaps were filled within a year is measured on the firm's own past
by `white_space_backtest`, and belongs beside every figure from here.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.similar_accounts import (
    NUMBER,
    assortments,
    row_of,
    similar_accounts,
)
from kamtools.planning.white_space_estimate import estimate_shares, usual_shares
from kamtools.planning.white_space_gaps import (
    AT_LEAST,
    COLUMNS,
    MIN_OTHERS,
    WHITE,
    gap_table,
    group_margin_rates,
    total_of,
)

DRAWS = 1_000
NO_PRODUCTS = (
    "What is bought of which product is not known: the invoice lines have no column product, or "
    "it is blank. One word a line for the product, or its group, would tell."
)


@dataclass(frozen=True)
class WhiteSpace:
    """What one account lacks.

    Attributes
    ----------
    account_id
    table : (n_groups, 13), index product_group, what brings most first
        As `white_space_gaps.gap_table` returns it.
    similar : (n_similar, 5), index account_id
        As `similar_accounts.similar_accounts` returns it.
    total : (6,)
        What all white space brings together: `brings`, `brings_low`, `brings_high`, `margin`,
        `margin_low`, `margin_high`, money a year.
    unknown
        Sentences on what the data do not tell.
    """

    account_id: str
    table: pd.DataFrame
    similar: pd.DataFrame
    total: pd.Series
    unknown: tuple[str, ...]

    @property
    def gaps(self) -> pd.DataFrame:
        """The rows of the table that are white space."""
        return self.table[self.table["status"].isin(WHITE)]


def white_space(
    sales: pd.DataFrame | None,
    account_id: str,
    *,
    segments: pd.Series | None = None,
    number: int = NUMBER,
    at_least: float = AT_LEAST,
    draws: int = DRAWS,
    seed: int,
) -> WhiteSpace:
    """Return what similar accounts buy and this one does not, or far less, in money.

    A group is missed where at least `at_least` of the similar accounts buy it. What it would
    bring is what an account like them spends on it, the account's revenue in all taken to stay:
    nothing says that its competitors' part would come over. Two errors work against each
    other: accounts of a like mix tend to lack what it lacks, which makes figures too low (by a
    tenth in a planted case of five groups), and the largest gaps are partly the luckiest, which
    makes them too high.

    Parameters
    ----------
    sales
        `account_id`, `product_group`, `revenue` and, where costs are known, `margin`, of all
        accounts, as `assortment.group_sales` returns them; None where it does.
    account_id
        Which account.
    segments : text, index account_id
        As `similar_accounts.similar_accounts` takes them.
    number : at least 1
        How many similar accounts are looked at.
    at_least : 0-1
        The share of them that must buy a group for it to be missed.
    draws, seed
        Of the bootstrap over the similar accounts, whose middle nine tenths are the range: how
        far the average of such accounts is known. What one account does varies far more.

    Raises
    ------
    InputError
        If the account bought nothing of any product group, or a number is out of range.

    Examples
    --------
    >>> rows = [(f"c{n}", group, 10.0) for n in range(8) for group in ("salt", "tea")]
    >>> sales = pd.DataFrame([*rows, ("a", "tea", 20.0)],
    ...                      columns=["account_id", "product_group", "revenue"])
    >>> found = white_space(sales, "a", seed=1)
    >>> found.gaps[["status", "expected", "brings_low", "brings_high"]]
                       status  expected  brings_low  brings_high
    product_group
    salt           not bought      10.0        10.0         10.0
    >>> white_space(None, "a", seed=1).unknown[0][:48]
    'What is bought of which product is not known: th'
    """
    if not 0 <= at_least <= 1:
        raise InputError(f"at_least is a share from 0 to 1; got {at_least!r}")
    if draws < 1:
        raise InputError(f"draws must be at least 1; got {draws!r}")
    if sales is None:
        return _nothing_known(account_id)
    similar = similar_accounts(sales, account_id, segments=segments, number=number)
    known = assortments(sales)
    row = row_of(known, account_id)
    own, total = known.revenue[row], float(known.totals[row])
    everybody = np.delete(known.shares, row, axis=0)
    others = known.shares[known.accounts.get_indexer(similar.index)]
    if others.size == 0:
        others = everybody = np.zeros((1, len(known.groups)))
    found = estimate_shares(others, usual_shares(everybody), draws=draws, seed=seed)
    table = gap_table(
        known.groups, own, total, found, n_others=len(similar), at_least=at_least,
        margin_rate=_margin_rates(sales, similar.index),
    )  # fmt: skip
    return WhiteSpace(
        account_id, table, similar, total_of(table, found, known.groups, total),
        _unknown(table, similar),
    )  # fmt: skip


def _margin_rates(sales: pd.DataFrame, similar: pd.Index) -> pd.Series:
    """Return the rates with the similar accounts, or else with all."""
    own = group_margin_rates(sales[sales["account_id"].isin(similar)])
    return own.combine_first(group_margin_rates(sales))


def _unknown(table: pd.DataFrame, similar: pd.DataFrame) -> tuple[str, ...]:
    sentences = []
    if len(similar) < MIN_OTHERS:
        sentences.append(
            f"Only {len(similar)} other accounts can be compared; below {MIN_OTHERS} nothing is "
            "said."
        )
    if table.loc[table["status"].isin(WHITE), "margin_rate"].isna().any():
        sentences.append("The margin is not known: too many invoice lines have no cost.")
    return tuple(sentences)


def _nothing_known(account_id: str) -> WhiteSpace:
    columns = {name: pd.Series(dtype="str" if name == "status" else float) for name in COLUMNS}
    table = pd.DataFrame(columns).rename_axis("product_group")
    similar = pd.DataFrame(
        columns=["likeness", "mix", "size", "revenue", "same_segment"], dtype=float
    ).rename_axis("account_id")
    names = ("brings", "brings_low", "brings_high", "margin", "margin_low", "margin_high")
    return WhiteSpace(
        account_id, table, similar, pd.Series(np.nan, index=list(names)), (NO_PRODUCTS,)
    )
