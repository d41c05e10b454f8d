"""The two sides of dependence, worked out of shares of the business and relationship facts."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.dependence_assumptions import Ends

FACTS = ("share_of_wallet", "alternatives", "months_to_replace_us", "months_to_replace_them")
LEVELS = ("_low", "", "_high")
SUPPLIER_PART, ACCOUNT_PART = "trade", "spend"


def relationship_facts(relationship: pd.DataFrame | None, accounts: pd.Index) -> pd.DataFrame:
    """Return what is known of the relationship with each account.

    Parameters
    ----------
    relationship
        As `schema.RELATIONSHIP`; None if the firm has none.
    accounts
        account_id of each.

    Returns
    -------
    (n_accounts, 4), index account_id
        `FACTS`, NaN where not known.

    Raises
    ------
    InputError
        If an account stands twice, or none of them is among the accounts.

    Examples
    --------
    >>> facts = pd.DataFrame({"account_id": ["a"], "alternatives": [4.0]})
    >>> relationship_facts(facts, pd.Index(["a", "b"]))["alternatives"].tolist()
    [4.0, nan]
    """
    columns = list(FACTS)
    if relationship is None or relationship.empty:
        return pd.DataFrame(np.nan, index=accounts, columns=columns)
    by_id = relationship.set_index("account_id").reindex(columns=columns).astype(float)
    if by_id.index.has_duplicates:
        twice = by_id.index[by_id.index.duplicated()][0]
        raise InputError(f"account {twice} stands twice among the relationship facts")
    if not by_id.index.isin(accounts).any():
        raise InputError(
            f"none of the relationship facts is of an account of the scorecard; the first is of "
            f"{by_id.index[0]}: both must be rolled up to chains, or neither"
        )
    return by_id.reindex(accounts)


def months_ends(
    stated: pd.Series, factor: Ends, assumed: Ends
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return low, middle and high of the months that replacing takes.

    Parameters
    ----------
    stated
        Months, NaN where nobody said.
    factor
        What the stated months are multiplied by.
    assumed
        Months where nobody said.

    Examples
    --------
    >>> [ends.tolist() for ends in months_ends(pd.Series([10.0, None]), (0.5, 1, 2), (3, 6, 9))]
    [[5.0, 3.0], [10.0, 6.0], [20.0, 9.0]]
    """
    low, middle, high = (
        (stated * times).fillna(months) for times, months in zip(factor, assumed, strict=True)
    )
    return low, middle, high


def supplier_side(
    shares: pd.DataFrame, facts: pd.DataFrame, assumed: dict[str, Ends]
) -> pd.DataFrame:
    """Return the dependence inputs of the supplier's side, one row an account.

    Parameters
    ----------
    shares : index account_id
        As `dependence_shares.share_ends`.
    facts : same index
        As `relationship_facts`.
    assumed
        As `dependence_assumptions.assumed_ends`.

    Returns
    -------
    DataFrame, index account_id
        The columns of `dependence_inputs.COLUMNS` but the account.
    """
    stated = facts["months_to_replace_them"]
    months = months_ends(stated, assumed["months_factor"], assumed["months_to_replace_them"])
    return _rows(
        ("supplier", SUPPLIER_PART, "ledger"),
        (shares["low"], shares["middle"], shares["high"]),
        tuple(np.exp(-end / 12) for end in months[::-1]),
        source="revenue and margin in the invoices; months to replace the account",
        is_stated=stated.notna(),
    )


def account_side(facts: pd.DataFrame, assumed: dict[str, Ends]) -> pd.DataFrame:
    """Return the dependence inputs of the account's side, where wallet and alternatives are known.

    Parameters
    ----------
    facts, assumed
        As in `supplier_side`.

    Returns
    -------
    DataFrame, index account_id
        The columns of `dependence_inputs.COLUMNS` but the account.
    """
    known = facts[facts[["share_of_wallet", "alternatives"]].notna().all(axis=1)]
    stated, others = known["months_to_replace_us"], known["alternatives"]
    months = months_ends(stated, assumed["months_factor"], assumed["months_to_replace_us"])
    return _rows(
        ("account", ACCOUNT_PART, "relationship facts"),
        tuple((known["share_of_wallet"] * times).clip(0, 1) for times in assumed["wallet_factor"]),
        tuple(
            others / (others + half) * np.exp(-end / 12)
            for half, end in zip(assumed["half_at"][::-1], months[::-1], strict=True)
        ),
        source="share of wallet and alternatives; months to replace us",
        is_stated=stated.notna(),
    )


def _rows(
    said: tuple[str, str, str],
    stake: tuple[pd.Series, ...],
    availability: tuple[pd.Series, ...],
    *,
    source: str,
    is_stated: pd.Series,
) -> pd.DataFrame:
    """Return rows of one side from side, part and whose, and low, middle and high of both."""
    columns: dict[str, object] = dict(zip(("side", "part", "whose"), said, strict=True))
    for name, ends in (("stake", stake), ("availability", availability)):
        columns |= {f"{name}{level}": end for level, end in zip(LEVELS, ends, strict=True)}
    columns["source"] = np.where(is_stated, f"{source} stated", f"{source} assumed")
    columns["basis"] = np.where(is_stated, "measured", "assumed")
    texts = dict.fromkeys(("side", "part", "whose", "source", "basis"), "str")
    return pd.DataFrame(columns, index=is_stated.index).astype(texts)
