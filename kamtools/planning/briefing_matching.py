"""What of the market concerns a client: what it buys, where it is, what its trade is."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from kamtools.ledger import months_back
from kamtools.schema import names_in

EVERYBODY = "all"
MONTHS = 12


@dataclass(frozen=True)
class ClientFacts:
    """What a line on the market is compared with.

    Attributes
    ----------
    shares : index product
        Part of the client's purchases from us in the last twelve months (0-1); empty where
        the invoices do not name products.
    region, segment, language
        As in accounts.csv; blank where not known.
    """

    shares: pd.Series
    region: str = ""
    segment: str = ""
    language: str = ""


def client_facts(
    invoices: ir.Table, accounts: pd.DataFrame | None, *, account_id: str, as_of: datetime.date
) -> ClientFacts:
    """Return what the firm's tables tell of a client.

    Parameters
    ----------
    invoices
        As for `product_shares`.
    accounts
        `account_id` and, where they are known, `region`, `segment` and `language`; None if the
        firm has no such table.
    account_id, as_of
        As for `product_shares`.

    Examples
    --------
    >>> import ibis
    >>> table = pd.DataFrame({"account_id": ["a"], "amount": [1.0], "date": [pd.Timestamp.min]})
    >>> accounts = pd.DataFrame({"account_id": ["a"], "region": ["North"], "segment": [None]})
    >>> facts = client_facts(ibis.memtable(table), accounts, account_id="a",
    ...                      as_of=datetime.date(2024, 12, 31))
    >>> facts.region, facts.segment, len(facts.shares)
    ('North', '', 0)
    """
    known = {}
    if accounts is not None:
        row = accounts[accounts["account_id"] == account_id].head(1)
        for name in ("region", "segment", "language"):
            cells = row[name] if name in row else pd.Series(dtype="str")
            known[name] = "".join(cell.strip() for cell in cells if isinstance(cell, str))
    return ClientFacts(product_shares(invoices, account_id=account_id, as_of=as_of), **known)


def product_shares(invoices: ir.Table, *, account_id: str, as_of: datetime.date) -> pd.Series:
    """Return what a client buys: the part of each product in its purchases from us.

    Parameters
    ----------
    invoices
        `account_id`, `date`, `amount`, `product`; without `product` nothing is known.
    account_id
        Whose.
    as_of
        The last of the twelve months that count.

    Returns
    -------
    (n_products,) 0-1, index product, the largest first
        Of products with net purchases above 0; credit notes count against them.

    Examples
    --------
    >>> import ibis
    >>> table = pd.DataFrame({"account_id": ["a", "a", "b"], "product": ["tea", "salt", "tea"],
    ...                       "amount": [30.0, 10.0, 99.0], "date": pd.Timestamp("2024-11-05")})
    >>> as_of = datetime.date(2024, 12, 31)
    >>> product_shares(ibis.memtable(table), account_id="a", as_of=as_of).to_dict()
    {'tea': 0.75, 'salt': 0.25}
    """
    empty = pd.Series(dtype=float, name="share", index=pd.Index([], name="product", dtype="str"))
    if "product" not in invoices.columns:
        return empty
    back = months_back(invoices.date.cast("date"), as_of)
    own = invoices.filter(invoices.account_id == account_id, back >= 0, back < MONTHS)
    own = own.filter(own["product"].notnull())
    sums = own.group_by("product").aggregate(amount=own.amount.cast("float64").sum()).to_pandas()
    bought = sums[sums["amount"] > 0].sort_values(["amount", "product"], ascending=[False, True])
    if bought.empty:
        return empty
    return (bought.set_index("product")["amount"] / bought["amount"].sum()).rename("share")


def concerns(text: object, given: object, facts: ClientFacts) -> list[str]:
    """Return what of a client a text concerns: its products, region, segment, or "all".

    Parameters
    ----------
    text
        Of an event or of a planned step. Products and segments are found in singular and
        plural, small or capital; a region as it is written.
    given
        What it concerns, as a person wrote it, separated by semicolons; where there is any,
        the text is not looked at.
    facts
        Of the client.

    Examples
    --------
    >>> facts = ClientFacts(pd.Series({"Mooncake box": 0.2, "Tea": 0.8}), region="North")
    >>> concerns("Announced mooncake boxes in the North.", None, facts)
    ['Mooncake box', 'North']
    >>> concerns("Announced mooncake boxes.", "tea; South", facts)
    ['Tea']
    """
    names = [*map(str, facts.shares.index), facts.segment, facts.region]
    names = [name for name in names if name.strip()]
    stated = names_in(given)
    if stated:
        wanted = {_stem(one) for one in stated}
        found = [name for name in names if _stem(name) in wanted]
        return [EVERYBODY] * (EVERYBODY in wanted) + found
    said = text if isinstance(text, str) else ""
    return [name for name in names if _is_named(name, said, exact=name == facts.region)]


def bought_share(names: Iterable[str], facts: ClientFacts) -> float:
    """Return the part of a client's purchases that products make up together (0-1).

    Examples
    --------
    >>> bought_share(["Tea", "North"], ClientFacts(pd.Series({"Tea": 0.75, "Salt": 0.25})))
    0.75
    """
    return float(facts.shares.reindex(list(dict.fromkeys(names))).sum())


def _is_named(name: str, text: str, *, exact: bool) -> bool:
    if not name.isascii():
        return name in text
    words = [re.escape(name)] if exact else [_plural(word) for word in name.split()]
    pattern = r"(?<!\w)" + r"[\s-]+".join(words) + r"(?!\w)"
    return re.search(pattern, text, 0 if exact else re.IGNORECASE) is not None


def _plural(word: str) -> str:
    return re.escape(_singular(word)) + "(?:e?s)?"


def _stem(name: str) -> str:
    return " ".join(_singular(word) for word in name.casefold().split())


def _singular(word: str) -> str:
    """Return a word without the ending of its plural: "boxes" and "box" become one."""
    if re.search("(?:x|ch|sh|ss)es$", word, re.IGNORECASE):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
