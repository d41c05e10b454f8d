"""A list of key accounts as a parameter of a notebook: written by a person, or handed on."""

import json
from collections.abc import Mapping

import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

TIERS = ("strategic", "star", "status", "streamline")
UNPLACED = "key"
"""The tier of a key account whose place in the portfolio matrix is not known."""
OTHER = "other"
"""The tier of an account that is not key."""


def write_chosen(cells: pd.Series) -> str:
    """Return a list of key accounts as text, each with its cell of the portfolio matrix.

    Parameters
    ----------
    cells : (n_chosen,) text, index account_id
        A cell that is none of `TIERS` counts as not known.

    Examples
    --------
    >>> write_chosen(pd.Series({"A1": "star", "Ox; Elk": "not placed"}))
    '{"A1": "star", "Ox; Elk": "key"}'
    """
    tiers = {str(key): str(cell) if cell in TIERS else UNPLACED for key, cell in cells.items()}
    return json.dumps(tiers, ensure_ascii=False)


def read_chosen(text: str, known: pd.Index) -> pd.Series:
    """Return the key accounts named in a text, in its order, each with its tier.

    Parameters
    ----------
    text
        Ids separated by semicolons, each with its tier where that is known: "A1 = star; A7".
        Or what `write_chosen` writes.
    known
        All account ids there are.

    Returns
    -------
    (n_chosen,) text, index account_id
        One of `TIERS`, or "key" where none is given.

    Raises
    ------
    InputError
        If no account is named, one is not known or named twice, or a tier is not one of those
        there are.

    Examples
    --------
    >>> read_chosen("A1 = star; A7", pd.Index(["A1", "A7", "A9"])).to_dict()
    {'A1': 'star', 'A7': 'key'}
    """
    pairs = _pairs(text)
    ids = [account for account, _ in pairs]
    if not pairs:
        raise InputError("chosen names no account; expected ids such as 'A1 = star; A7'")
    unknown = [account for account in ids if account not in known]
    if unknown:
        raise InputError(
            f"chosen names {listing([repr(one) for one in unknown[:5]])}, which the invoices do "
            "not have; expected account ids, or names of chains"
        )
    twice = sorted({account for account in ids if ids.count(account) > 1})
    if twice:
        raise InputError(f"chosen names {listing(twice)} more than once")
    wrong = sorted({tier for _, tier in pairs} - {*TIERS, UNPLACED})
    if wrong:
        raise InputError(
            f"chosen has the tier {listing(wrong)}; expected {', '.join(TIERS)} or {UNPLACED}"
        )
    index = pd.Index(ids, name="account_id")
    return pd.Series([tier for _, tier in pairs], index, dtype="str", name="tier")


def with_others(tiers: pd.Series, accounts: pd.Index) -> pd.Series:
    """Return the key accounts with all other accounts after them, in the tier "other".

    Examples
    --------
    >>> tiers = pd.Series({"a": "star"}).rename_axis("account_id")
    >>> with_others(tiers, pd.Index(["b", "a"])).to_dict()
    {'a': 'star', 'b': 'other'}
    """
    rest = pd.Series(OTHER, accounts.difference(tiers.index, sort=False), dtype="str")
    return pd.concat([tiers, rest]).rename_axis("account_id").rename("tier")


def _pairs(text: str) -> list[tuple[str, str]]:
    if text.lstrip().startswith("{"):
        try:
            given = json.loads(text)
        except json.JSONDecodeError as error:
            raise InputError(f"chosen is neither ids nor JSON: {error}") from error
        if isinstance(given, Mapping):
            return [(str(account), str(tier)) for account, tier in given.items()]
    parts = [part.strip() for part in text.replace("；", ";").split(";")]
    split = [part.rpartition("=") if "=" in part else (part, "", UNPLACED) for part in parts]
    return [(account.strip(), tier.strip()) for account, _, tier in split if account.strip()]
