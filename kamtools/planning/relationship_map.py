"""Who at the client talks to whom of us, how strongly, and where the map has holes."""

import datetime
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.relationship_threads import independent_threads
from kamtools.role.leaving import NOBODY, leaving
from kamtools.role.raci_controls import FUNCTIONS
from kamtools.role.raci_cover import check_counterparts
from kamtools.role.raci_table import names_in

STALE_DAYS = 90
"""Days without a contact after which a thread counts as gone cold: an assumption."""
WEAK_BELOW = 3.0
"""Strength (1-5) below which a thread counts as weak: an assumption."""
NO_ONE, ONE_THREAD, WEAK, COLD, COVERED = (
    "nobody", "one thread", "weak", "gone cold", "covered",
)  # fmt: skip
ROLE_STATUSES = (NO_ONE, COLD, WEAK, ONE_THREAD, COVERED)
"""What is said of a client role, the worst first."""
NO_ROLE, NO_CONTACT, IN_CONTACT = "no role listed", "no contact", "in contact"
NOT_KNOWN = "Who talks to whom at the account is not known: counterparts.csv would tell."


@dataclass(frozen=True)
class RelationshipMap:
    """The client's roles and ours at one account.

    Attributes
    ----------
    account_id
    links : (n_links, 7)
        One row a client role and one of us who talks to it: `client_role`, `name` (at the
        client), `function` (ours), `person`, `strength` (1-5, NaN if not judged), `days`
        (since the last contact, NaN if not known), `is_cold`.
    roles : (n_roles, 5), index client_role
        `name`, `function`, `people` (of us who talk to it), `strength` (the best of them) and
        `status`, one of `ROLE_STATUSES`.
    people : (n_people, 4), index person, who holds most first
        `roles` they talk to, `lost` (those among them with nobody left if they leave),
        `is_cut_off` (whether nobody talks to the account then) and `strength` (the mean).
    functions : (n_functions, 3), index function
        Of ours: `roles` of the client for it, `covered` of these, and `status`.
    measures : (5,)
        `coverage` (0-1, roles that anybody talks to), `independent_threads`, `largest_loss` (0-1,
        of the roles that anybody talks to, those lost with the one person who holds most),
        `strength` (the mean of those judged) and `judged` (0-1, threads whose strength is).
    unknown
        Sentences on what the table does not tell.
    """

    account_id: str
    links: pd.DataFrame
    roles: pd.DataFrame
    people: pd.DataFrame
    functions: pd.DataFrame
    measures: pd.Series
    unknown: tuple[str, ...]


def relationship_map(
    counterparts: pd.DataFrame | None,
    account_id: str,
    *,
    as_of: datetime.date,
    stale_days: int = STALE_DAYS,
    functions: tuple[str, ...] = FUNCTIONS,
) -> RelationshipMap:
    """Return who talks to whom at one account, and what is missing.

    Parameters
    ----------
    counterparts
        `account_id`, `client_role`, `function` (ours that should talk to the role) and `person`
        (several are separated by semicolons, blank for nobody); `name`, `strength` (1-5) and
        `last_contact` (a day) where they are told. None where there is no such table.
    account_id
        Which account.
    as_of
        Day from which contacts are counted back.
    stale_days : at least 1
        Days without a contact after which a thread has gone cold.
    functions
        Ours that ought to be in touch with a key account; others that the table names count
        too.

    Raises
    ------
    InputError
        If a column is missing, or `stale_days` is below 1.

    Examples
    --------
    >>> counterparts = pd.DataFrame({"account_id": ["C1"] * 3, "function": "client",
    ...     "client_role": ["buyer", "owner", "head of buying"], "person": ["Li", "Li; Eva", None],
    ...     "strength": [4.0, 2.0, None]})
    >>> known = relationship_map(counterparts, "C1", as_of=datetime.date(2024, 12, 31))
    >>> known.roles["status"].to_dict()
    {'buyer': 'one thread', 'owner': 'weak', 'head of buying': 'nobody'}
    >>> known.measures[["coverage", "independent_threads", "largest_loss"]].round(2).tolist()
    [0.67, 2.0, 0.5]
    """
    if stale_days < 1:
        raise InputError(f"stale_days must be at least 1; got {stale_days!r}")
    given = _rows_of(counterparts, account_id)
    links = _links(given, as_of, stale_days)
    roles = _roles(given, links)
    people = _people(given, links)
    unknown = _unknown(given, links)
    return RelationshipMap(
        account_id, links, roles, people, _functions(roles, functions),
        _measures(links, roles, people), unknown,
    )  # fmt: skip


def _rows_of(counterparts: pd.DataFrame | None, account_id: str) -> pd.DataFrame:
    columns = ["account_id", "client_role", "function", "person", "name", "strength",
               "last_contact"]  # fmt: skip
    if counterparts is None:
        return pd.DataFrame(columns=columns)
    check_counterparts(counterparts)
    own = counterparts[counterparts["account_id"] == account_id]
    return own.reindex(columns=columns).dropna(subset="client_role").reset_index(drop=True)


def _links(given: pd.DataFrame, as_of: datetime.date, stale_days: int) -> pd.DataFrame:
    pairs = given.assign(person=names_in(given["person"])).explode("person")
    pairs = pairs.dropna(subset="person")
    as_first_written = pairs.groupby(pairs["person"].str.casefold(), sort=False)["person"]
    pairs = pairs.assign(person=as_first_written.transform("first"))
    pairs = pairs.drop_duplicates(["client_role", "person"])
    last = pd.to_datetime(pairs["last_contact"])
    days = (pd.Timestamp(as_of) - last).dt.days.astype(float)
    return pd.DataFrame(
        {
            "client_role": pairs["client_role"],
            "name": pairs["name"],
            "function": pairs["function"],
            "person": pairs["person"],
            "strength": pairs["strength"].astype(float),
            "days": days,
            "is_cold": days > stale_days,
        }
    ).reset_index(drop=True)


def _roles(given: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return each role in the order of the table; the best of its threads decides."""
    roles = given.groupby("client_role", sort=False)[["name", "function"]].first()
    by_role = links.groupby("client_role", sort=False)
    roles["people"] = by_role["person"].nunique().reindex(roles.index).fillna(0).astype(int)
    roles["strength"] = by_role["strength"].max().reindex(roles.index).astype(float)
    all_cold = by_role["is_cold"].all().reindex(roles.index).fillna(value=False).astype(bool)
    roles["status"] = np.select(
        [roles["people"] == 0, all_cold, roles["strength"] < WEAK_BELOW, roles["people"] == 1],
        [NO_ONE, COLD, WEAK, ONE_THREAD],
        COVERED,
    )
    return roles


def _people(given: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    by_person = links.groupby("person", sort=False)
    people = by_person.agg(roles=("client_role", "nunique"), strength=("strength", "mean"))
    gone = [leaving(str(person), counterparts=given) for person in people.index]
    lost = [one.contacts["client_role"][one.contacts["covered_by"] == NOBODY] for one in gone]
    people["lost"] = np.array([roles.nunique() for roles in lost], dtype=int)
    people["is_cut_off"] = np.array([one.accounts["is_cut_off"].all() for one in gone], dtype=bool)
    order = ["lost", "roles"]
    columns = ["roles", "lost", "is_cut_off", "strength"]
    return people.sort_values(order, ascending=False, kind="stable")[columns]


def _functions(roles: pd.DataFrame, wanted: tuple[str, ...]) -> pd.DataFrame:
    names = list(dict.fromkeys([*wanted, *roles["function"].dropna()]))
    by_function = roles.assign(covered=roles["people"] > 0).groupby("function")["covered"]
    table = pd.DataFrame({"roles": by_function.size(), "covered": by_function.sum()})
    table = table.reindex(names).fillna(0).astype(int).rename_axis("function")
    status = np.select([table["roles"] == 0, table["covered"] == 0], [NO_ROLE, NO_CONTACT],
                       IN_CONTACT)  # fmt: skip
    return table.assign(status=status)


def _measures(links: pd.DataFrame, roles: pd.DataFrame, people: pd.DataFrame) -> pd.Series:
    reached = int((roles["people"] > 0).sum())
    return pd.Series(
        {
            "coverage": reached / len(roles) if len(roles) else np.nan,
            "independent_threads": float(independent_threads(links)) if len(roles) else np.nan,
            "largest_loss": people["lost"].max() / reached if reached else np.nan,
            "strength": links["strength"].mean(),
            "judged": links["strength"].notna().mean(),
        },
        dtype=float,
    )


def _unknown(given: pd.DataFrame, links: pd.DataFrame) -> tuple[str, ...]:
    if given.empty:
        return (NOT_KNOWN,)
    sentences = []
    if len(links) and links["strength"].isna().all():
        sentences.append("How strong the threads are is not judged: the column strength.")
    if len(links) and links["days"].isna().all():
        sentences.append("When they last spoke is not known: the column last_contact.")
    return tuple(sentences)
