"""What of a firm decides which form of key-account management it needs, measured.

The accounts in question are the largest by sales: which ones are key is not known before
they are chosen, and the size of the task is much the same. What the firm's tables do not
tell is NaN, never guessed.
"""

import datetime
from dataclasses import dataclass

import pandas as pd

from kamtools.errors import InputError
from kamtools.ledger import buying_organisation
from kamtools.selection.concentration import round_half_up
from kamtools.selection.service_cost import costed_lines

SHARE_IN_QUESTION = 0.05
MOST_IN_QUESTION = 20
HOURS_PER_MANAGER = 1232.0
"""Hours a year that a manager has for accounts, 0.70 of 1,760: an assumption."""


@dataclass(frozen=True)
class Condition:
    """One thing that makes key accounts more, or less, of a task.

    Attributes
    ----------
    name
        As in the Series that `measure_conditions` returns.
    label
        What a manager calls it.
    limits
        From where on it points to part-time, to one manager, to a department: assumptions.
    wording
        How it is read out: {percent} or {number}.
    source
        The file it needs.
    because
        Why it counts, with the claim of the essay, or who says so.
    """

    name: str
    label: str
    limits: tuple[float, float, float]
    wording: str
    source: str
    because: str


CONDITIONS: tuple[Condition, ...] = (
    Condition(
        "top_share", "Revenue share of these accounts",
        (0.10, 0.25, 0.50), "{percent}", "invoices",
        "E10; one account in twenty usually brings half (B. Smith)",
    ),
    Condition(
        "largest_share", "Revenue share of the largest account",
        (0.03, 0.05, 0.10), "{percent}", "invoices",
        "E18; from 10 % on US firms must disclose it (ASC 280)",
    ),
    Condition(
        "manager_years", "Service they took, in manager-years",
        (0.1, 0.5, 1.5), "{number}", "service",
        "E20; hours of 12 months over those that one manager has",
    ),
    Condition(
        "sites", "Most sites of one account",
        (2, 5, 20), "{number}", "chain in accounts",
        "many sites need one who speaks for all",
    ),
    Condition(
        "regions", "Regions of these accounts",
        (2, 3, 5), "{number}", "region in accounts",
        "one person cannot be everywhere",
    ),
    Condition(
        "functions", "Functions that work for accounts",
        (2, 3, 5), "{number}", "activities",
        "E23; the work crosses functions",
    ),
    Condition(
        "joint_steps", "Planned steps that name one of them",
        (1, 3, 6), "{number}", "account_id in initiatives",
        "E21; joint work needs a leader",
    ),
)  # fmt: skip


def accounts_in_question(scorecard: pd.DataFrame, *, wanted: int = 0) -> pd.Index:
    """Return the accounts that key-account management would be for, the largest first.

    Parameters
    ----------
    scorecard : index account_id
        `revenue` (money a year).
    wanted : number of accounts of at least 0
        0 for one in twenty, at most 20 and at least 1.

    Raises
    ------
    InputError
        If no account has a positive revenue, or `wanted` is negative.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"revenue": [5.0, 9.0, -1.0]}, index=["a", "b", "c"])
    >>> accounts_in_question(scorecard).tolist(), accounts_in_question(scorecard, wanted=9).tolist()
    (['b'], ['b', 'a'])
    """
    buyers = scorecard.loc[scorecard["revenue"] > 0, "revenue"]
    if buyers.empty:
        raise InputError("no account has a positive revenue, so none is in question")
    if wanted < 0:
        raise InputError(f"wanted must be a number of accounts, or 0; got {wanted!r}")
    usual = min(MOST_IN_QUESTION, max(1, round_half_up(SHARE_IN_QUESTION * len(buyers))))
    in_order = buyers.sort_index().sort_values(ascending=False, kind="stable")
    return in_order.index[: wanted or usual]


def measure_conditions(
    scorecard: pd.DataFrame,
    account_ids: pd.Index,
    *,
    as_of: datetime.date,
    accounts: pd.DataFrame | None = None,
    service: pd.DataFrame | None = None,
    activities: pd.DataFrame | None = None,
    initiatives: pd.DataFrame | None = None,
) -> pd.Series:
    """Return what the firm's tables tell of each of `CONDITIONS`.

    Parameters
    ----------
    scorecard : index account_id (of the buying organisation)
        `revenue` (money a year).
    account_ids
        Those in question, from `accounts_in_question`.
    as_of
        Last day of the 12 months of service.
    accounts
        As in accounts.csv, stores not yet grouped: `account_id`, `chain`, `region`.
    service
        `account_id` (of a store or its chain), `date`, `hours`.
    activities
        `function`.
    initiatives
        `account_id` (of a store or its chain), missing where a step touches all.

    Returns
    -------
    (n_conditions,) index condition
        Shares 0-1, counts, and manager-years; NaN where a table or column is missing.

    Raises
    ------
    InputError
        If an account in question is not in the scorecard.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"revenue": [60.0, 40.0]}, index=["Chain", "b"])
    >>> accounts = pd.DataFrame({"account_id": ["s1", "s2", "b"],
    ...                          "chain": ["Chain", "Chain", None]})
    >>> measure_conditions(scorecard, pd.Index(["Chain"]), accounts=accounts,
    ...                    as_of=datetime.date(2024, 12, 31)).dropna().to_dict()
    {'top_share': 0.6, 'largest_share': 0.6, 'sites': 2.0}
    """
    unknown = account_ids.difference(scorecard.index)
    if len(unknown):
        raise InputError(f"account {unknown[0]!r} is in question, but not in the scorecard")
    share = scorecard["revenue"].clip(lower=0)
    share = (share / share.sum()).reindex(account_ids)
    buyer = None if accounts is None else _buyers(accounts)
    known = {
        "top_share": share.sum(),
        "largest_share": share.max(),
        "manager_years": _manager_years(service, buyer, account_ids, as_of),
        **_spread(accounts, buyer, account_ids),
        "functions": _functions(activities),
        "joint_steps": _joint_steps(initiatives, buyer, account_ids),
    }
    values = [float(known.get(one.name, float("nan"))) for one in CONDITIONS]
    index = pd.Index([one.name for one in CONDITIONS], name="condition")
    return pd.Series(values, index=index, name="value")


def _buyers(accounts: pd.DataFrame) -> pd.Series:
    if "chain" in accounts:
        return buying_organisation(accounts)
    return accounts.set_index("account_id").index.to_series()


def _of_those(account_id: pd.Series, buyer: pd.Series | None, account_ids: pd.Index) -> pd.Series:
    """Say of each row whether it belongs to one of the accounts in question."""
    under = account_id if buyer is None else account_id.map(buyer).fillna(account_id)
    return under.isin(account_ids)


def _manager_years(
    service: pd.DataFrame | None,
    buyer: pd.Series | None,
    account_ids: pd.Index,
    as_of: datetime.date,
) -> float:
    lines = None if service is None else costed_lines(service, as_of=as_of)
    if lines is None or lines.empty:
        return float("nan")
    hours = lines.loc[_of_those(lines["account_id"], buyer, account_ids), "hours"]
    return float(hours.sum()) / HOURS_PER_MANAGER


def _spread(
    accounts: pd.DataFrame | None, buyer: pd.Series | None, account_ids: pd.Index
) -> dict[str, float]:
    """Return the sites of the most spread account, and the regions of all, where known."""
    if accounts is None or buyer is None:
        return {}
    sites = accounts[_of_those(accounts["account_id"], buyer, account_ids)]
    known = {}
    if "chain" in accounts:
        under = sites["account_id"].map(buyer)
        known["sites"] = float(under.value_counts().max()) if len(sites) else float("nan")
    if "region" in accounts and sites["region"].notna().any():
        known["regions"] = float(sites["region"].nunique())
    return known


def _functions(activities: pd.DataFrame | None) -> float:
    return float("nan") if activities is None else float(activities["function"].nunique())


def _joint_steps(
    initiatives: pd.DataFrame | None, buyer: pd.Series | None, account_ids: pd.Index
) -> float:
    if initiatives is None or "account_id" not in initiatives:
        return float("nan")
    named = initiatives["account_id"].dropna()
    return float(_of_those(named, buyer, account_ids).sum())
