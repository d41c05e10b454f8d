"""The sections of the charter that speak of accounts: purpose, accounts, counterparts."""

import pandas as pd

from kamtools.role.charter_form import Line, Section, first_of
from kamtools.role.raci_cover import check_counterparts
from kamtools.wording import percent

NOBODY = "nobody"
MOST_NAMED = 5
"""Accounts that a sentence names; the others are counted."""

ENTERED = "entered"
_AIMS = (
    ("Develop", "By plan and step by step, the accounts on which survival and prosperity depend",
     "the essay, E12"),
    ("Balance", "So that the client can neither leave us nor fully control us", "the essay, E8"),
)  # fmt: skip


def purpose_section(
    account_ids: pd.Index,
    *,
    revenue_share: pd.Series | None = None,
    purpose: str = "",
    reports_to: str = "",
    sponsor: str = "",
) -> Section:
    """Return what the role is there for.

    Parameters
    ----------
    account_ids
        The manager's accounts; empty if none are assigned.
    revenue_share : 0-1, index account_id
    purpose, reports_to, sponsor
        What the firm entered; blank where it did not.

    Examples
    --------
    >>> section = purpose_section(pd.Index(["a"]), revenue_share=pd.Series({"a": 0.12}))
    >>> section.lines[-1].cells, section.lines[-1].source
    (('Scope', '1 account with 12 % of revenue'), 'assignment; invoices')
    """
    entered = {
        "Purpose": (purpose, "its purpose in one sentence"),
        "Reports to": (reports_to, "whom the role reports to"),
        "Executive sponsor": (sponsor, "an executive sponsor, or the decision to have none"),
    }
    lines = [Line((what, given), ENTERED) for what, (given, _) in entered.items() if given]
    lines += [Line((what, says), source) for what, says, source in _AIMS]
    missing = [f"Not entered: {ask}." for given, ask in entered.values() if not given]
    if len(account_ids):
        count = f"{len(account_ids)} account{'' if len(account_ids) == 1 else 's'}"
        shares = None if revenue_share is None else revenue_share.reindex(account_ids).dropna()
        if shares is None or len(shares) < len(account_ids):
            lines.append(Line(("Scope", count), "assignment"))
        else:
            scope = f"{count} with {percent(float(shares.sum()))} of revenue"
            lines.append(Line(("Scope", scope), "assignment; invoices"))
    return Section("purpose", tuple(lines), tuple(missing))


def accounts_section(
    account_ids: pd.Index,
    *,
    names: pd.Series,
    revenue_share: pd.Series | None = None,
    hours: pd.Series | None = None,
    capacity_hours: float = float("nan"),
) -> Section:
    """Return the manager's accounts with their hours, and whether the hours suffice.

    Parameters
    ----------
    account_ids
        The manager's accounts.
    names : index account_id
        What people call them; an account without a name is called by its id.
    revenue_share : 0-1, index account_id
    hours : hours a year, index account_id
    capacity_hours : hours a year that the manager has for accounts; NaN if not known

    Examples
    --------
    >>> section = accounts_section(pd.Index(["a"]), names=pd.Series({"a": "Acme"}),
    ...     hours=pd.Series({"a": 420.0}), capacity_hours=400.0)
    >>> [line.source for line in section.lines]
    ['assignment; workload: 420 h', 'workload; managers.csv']
    >>> section.missing[0]
    'The accounts take 420 of 400 hours: 20 too many.'
    """
    if not len(account_ids):
        return Section("accounts", (), ("No accounts are assigned to this manager.",))
    shares = _known(revenue_share, account_ids)
    taken = _known(hours, account_ids)
    in_order = taken.fillna(-1).sort_values(ascending=False, kind="stable").index
    lines = [
        Line(
            (_name(names, account), _percent(shares[account]), _hours(taken[account])),
            _from(shares[account], taken[account]),
        )
        for account in in_order
    ]
    missing = []
    unknown = [_name(names, account) for account in account_ids if pd.isna(taken[account])]
    if unknown:
        missing.append(f"Hours are not known for {first_of(unknown, MOST_NAMED)}.")
    if shares.isna().any():
        missing.append("Not every account's part of revenue is known: invoices.")
    if pd.isna(capacity_hours):
        missing.append("The manager's hours for accounts are not known: managers.csv.")
    total = float(taken.sum())
    if len(unknown) < len(account_ids) and not pd.isna(capacity_hours):
        told = f"{total:,.0f} of {capacity_hours:,.0f}"
        lines.append(Line(("All, of the hours there are", _percent(shares.sum(skipna=False)), told),
                          "workload; managers.csv"))  # fmt: skip
        if total > capacity_hours:
            missing.insert(0, f"The accounts take {total:,.0f} of {capacity_hours:,.0f} hours: "
                              f"{total - capacity_hours:,.0f} too many.")  # fmt: skip
    return Section("accounts", tuple(lines), tuple(missing))


def counterparts_section(
    account_ids: pd.Index, *, names: pd.Series, counterparts: pd.DataFrame | None
) -> Section:
    """Return who of us talks to whom at the manager's accounts.

    Parameters
    ----------
    account_ids
        The manager's accounts.
    names : index account_id
    counterparts
        `account_id`, `client_role`, `function`, `person` (missing where nobody does), and
        `name` at the client where it is known. None if the firm has no such table.

    Raises
    ------
    InputError
        If a column is missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"account_id": ["a"], "client_role": ["buyer"],
    ...                      "function": ["client"], "person": [None]})
    >>> section = counterparts_section(pd.Index(["a"]), names=pd.Series(dtype=str),
    ...                                counterparts=rows)
    >>> section.lines[0].cells, section.missing[0]
    (('a', 'buyer', 'client', 'nobody'), "Nobody talks to 'buyer' at a.")
    """
    if counterparts is None:
        return Section("counterparts", (), ("Who talks to whom is not known: counterparts.csv.",))
    check_counterparts(counterparts)
    own = counterparts[counterparts["account_id"].isin(account_ids)]
    lines, missing = [], []
    for account in account_ids:
        for row in own[own["account_id"] == account].to_dict("records"):
            client_role, who = _text(row["client_role"]), _text(row["person"])
            called = _text(row.get("name"))
            lines.append(
                Line(
                    (
                        _name(names, account),
                        f"{client_role} ({called})" if called else client_role,
                        _text(row.get("function")),
                        who or NOBODY,
                    ),
                    "counterparts.csv",
                )
            )
            if not who:
                missing.append(f"Nobody talks to '{client_role}' at {_name(names, account)}.")
    silent = [
        _name(names, account) for account in account_ids[~account_ids.isin(own["account_id"])]
    ]
    if silent:
        missing.append(f"No counterpart is known at {first_of(silent, MOST_NAMED)}.")
    return Section("counterparts", tuple(lines), tuple(missing))


def _known(values: pd.Series | None, account_ids: pd.Index) -> pd.Series:
    given = pd.Series(dtype=float) if values is None else values
    return given.reindex(account_ids).astype(float)


def _name(names: pd.Series, account: object) -> str:
    name = names.get(account)
    return _text(name) or str(account)


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _percent(share: float) -> str:
    return "not known" if pd.isna(share) else percent(share)


def _hours(hours: float) -> str:
    return "not known" if pd.isna(hours) else f"{hours:,.0f}"


def _from(share: float, hours: float) -> str:
    parts = ["assignment", *(["invoices"] if not pd.isna(share) else [])]
    return "; ".join(parts + ([f"workload: {hours:,.0f} h"] if not pd.isna(hours) else []))
