"""What `kam check` says beside faults: how each file was read, and what is worth a look.

Nothing here keeps an engagement from being used. A warning names what would make an answer
worse without anyone noticing.
"""

import unicodedata
from collections.abc import Sequence

import pandas as pd

from kamtools.engagement import OPTIONAL, Engagement
from kamtools.reading.writing import describe_writing
from kamtools.wording import listing, percent

NAMES_SHOWN = 5
KNOWN_FROM_ACCOUNTS = ("account_id", "chain")


def describe_files(firm: Engagement) -> list[str]:
    """Return a sentence for each table: how its file is written, and what is in it.

    Of the invoices lines are all that were read, accounts and days those of the lines kept.
    """
    accounts = accounts_invoiced(firm)
    aside = int(firm.set_aside.count().to_pandas())
    parts = [
        _lines(int(accounts["lines"].sum()) + aside),
        _accounts(len(accounts)),
        _days(pd.concat([accounts["first"], accounts["last"]])),
    ]
    contents = {name: f"; {_contents(table)}" for name, table in _tables(firm).items()}
    contents["invoices"] = f"; {', '.join(parts)}"
    return [
        f"{one.file}: {describe_writing(one)}{contents.get(name, '')}"
        for name, one in sorted(firm.written.items(), key=lambda item: item[0] != "invoices")
    ]


def describe_warnings(firm: Engagement) -> list[str]:
    """Return a sentence for each thing that is worth a look, the weightiest first."""
    invoiced = accounts_invoiced(firm)
    return [
        *_without_a_row(firm, invoiced),
        *_written_in_two_ways(_ids(firm, invoiced)),
        *_known_nowhere(firm, invoiced),
        *_counted_twice(firm),
    ]


def accounts_invoiced(firm: Engagement) -> pd.DataFrame:
    """Return each account of the lines kept, the one with most revenue first.

    Returns
    -------
    (n_accounts, 5) `account_id`, `lines`, `revenue` (net, of all days), `first`, `last`
    """
    lines = firm.invoices
    table = (
        lines.group_by("account_id")
        .aggregate(
            lines=lines.count(),
            revenue=lines.amount.sum(),
            first=lines.date.min(),
            last=lines.date.max(),
        )
        .to_pandas()
    )
    order = ["revenue", "account_id"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def plain_id(account_id: str) -> str:
    """Return an id without what people take for the same: case, blanks, width, leading zeros.

    Examples
    --------
    >>> plain_id("a 17") == plain_id("Ａ17"), plain_id("0042") == plain_id("42")
    (True, True)
    >>> plain_id("A017") == plain_id("A17")
    False
    """
    folded = unicodedata.normalize("NFKC", account_id).casefold()
    plain = "".join(unicodedata.normalize("NFKC", folded).split())
    return (plain.lstrip("0") or "0") if plain.isdecimal() else plain


def _without_a_row(firm: Engagement, invoiced: pd.DataFrame) -> list[str]:
    if firm.accounts is None:
        return []
    lacking = invoiced[~invoiced["account_id"].isin(firm.accounts["account_id"])]
    if lacking.empty:
        return []
    total = invoiced["revenue"].sum()
    share = f" ({percent(lacking['revenue'].sum() / total)} of revenue)" if total > 0 else ""
    has = "has" if len(lacking) == 1 else "have"
    return [
        f"{_accounts(len(lacking))} in {firm.written['invoices'].file}{share} {has} no row in "
        f"{firm.written['accounts'].file}: {_some(lacking['account_id'].tolist())}"
    ]


def _ids(firm: Engagement, invoiced: pd.DataFrame) -> pd.DataFrame:
    """Return every account id with the file that it stands in, `id` and `file`."""
    found = {"invoices": invoiced["account_id"]}
    for name, table in _tables(firm).items():
        if "account_id" in table:
            found[name] = table["account_id"].dropna().drop_duplicates()
    return pd.concat(
        [pd.DataFrame({"id": ids, "file": firm.written[name].file}) for name, ids in found.items()],
        ignore_index=True,
    )


def _written_in_two_ways(ids: pd.DataFrame) -> list[str]:
    first = ids.drop_duplicates("id")
    plain = first["id"].map(plain_id)
    several = first[plain.duplicated(keep=False)]
    if several.empty:
        return []
    files = several.set_index("id")["file"]
    groups = several["id"].groupby(plain, sort=False)
    spelled = [listing([f"{name!r} ({files[name]})" for name in group]) for _, group in groups]
    return [
        f"{_accounts(len(spelled))} may be written in several ways, which count as different "
        f"accounts: {_some(spelled, '; ')}"
    ]


def _known_nowhere(firm: Engagement, invoiced: pd.DataFrame) -> list[str]:
    known = set(invoiced["account_id"])
    if firm.accounts is not None:
        for column in KNOWN_FROM_ACCOUNTS:
            known |= set(firm.accounts[column].dropna()) if column in firm.accounts else set()
    found = []
    for name, table in _tables(firm).items():
        if name == "accounts" or "account_id" not in table:
            continue
        ids = table["account_id"].dropna().drop_duplicates()
        strange = ids[~ids.isin(known)].tolist()
        if strange:
            found.append(
                f"{firm.written[name].file} is about {_accounts(len(strange))} that nothing else "
                f"knows, and counts for nothing there: {_some(strange)}"
            )
    return found


def _counted_twice(firm: Engagement) -> list[str]:
    """Say which activities the service log and the time equations spell differently."""
    if firm.service is None or firm.time_equations is None:
        return []
    logged = set(firm.service["activity"].dropna())
    assumed = set(firm.time_equations["activity"].dropna())
    twins = [
        f"{other!r} and {name!r}"
        for other in sorted(assumed - logged)
        for name in sorted(logged)
        if plain_id(other) == plain_id(name)
    ]
    if not twins:
        return []
    files = f"{firm.written['time_equations'].file} and {firm.written['service'].file}"
    return [f"{files} spell an activity differently, which counts it twice: {_some(twins)}"]


def _tables(firm: Engagement) -> dict[str, pd.DataFrame]:
    """Return the optional tables that the firm has."""
    tables = {name: getattr(firm, name) for name in OPTIONAL}
    return {name: table for name, table in tables.items() if table is not None}


def _contents(table: pd.DataFrame) -> str:
    parts = [_lines(len(table))]
    if "account_id" in table:
        parts.append(_accounts(table["account_id"].nunique()))
    if "date" in table and len(table):
        parts.append(_days(table["date"]))
    return ", ".join(parts)


def _lines(count: int) -> str:
    return f"{count:,} {'line' if count == 1 else 'lines'}"


def _accounts(count: int) -> str:
    return f"{count:,} {'account' if count == 1 else 'accounts'}"


def _days(dates: pd.Series) -> str:
    first, last = pd.to_datetime(dates).agg(["min", "max"]).dt.strftime("%Y-%m-%d")
    return f"{first} to {last}"


def _some(names: Sequence[str], between: str = ", ") -> str:
    shown, more = between.join(names[:NAMES_SHOWN]), len(names) - NAMES_SHOWN
    return f"{shown}{between.rstrip()} and {more:,} more" if more > 0 else shown
