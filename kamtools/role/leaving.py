"""The manager leaves tomorrow: which activities and which client contacts have nobody (E23)."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from kamtools.errors import InputError
from kamtools.role.raci_cover import check_counterparts
from kamtools.role.raci_table import names_in, raci_table
from kamtools.wording import listing

NOBODY = "nobody"


@dataclass(frozen=True)
class Leaving:
    """What is left open when a person leaves.

    Attributes
    ----------
    person
        Who leaves.
    activities : (n_activities of the person, 4), index activity
        `function`; `letter`, "R" or "A" (an activity may have a row for each); `covered_by`:
        others with the same letter, or else the deputy, or "nobody"; `by_deputy`.
    contacts : (n_contacts of the person, 4)
        `account_id`, `client_role`, `name` (at the client, where it is told) and `covered_by`:
        others of us who talk to this role, or "nobody".
    accounts : (n_accounts with a contact of the person, 3), index account_id
        `contacts`, all client roles that anybody talks to today; `lost`, those among them with
        nobody left; `is_cut_off`, whether that is all of them. The worst first.
    unknown
        Sentences on what the tables do not tell.
    """

    person: str
    activities: pd.DataFrame
    contacts: pd.DataFrame
    accounts: pd.DataFrame
    unknown: tuple[str, ...]


def leaving(
    person: str,
    activities: pd.DataFrame | None = None,
    counterparts: pd.DataFrame | None = None,
    *,
    also: Iterable[str] = (),
) -> Leaving:
    """Return which activities and client contacts have nobody when a person leaves.

    Parameters
    ----------
    person
        Who leaves, as the tables call them.
    activities
        As for `raci_table.raci_table`; None where there is no such table.
    counterparts
        `account_id`, `client_role`, `person`, and `name` where it is told; None where there
        is no such table.
    also
        Further words for the same person in the tables: their id, and the roles that they
        fill. Where several people fill a role, say so in what you make of it: the activities
        of the role then have nobody for this person's accounts only.

    Raises
    ------
    InputError
        If a needed column is missing, or no table knows the person.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Visit", "Plan"], "function": ["client"] * 2,
    ...     "responsible": ["Li", "Li"], "accountable": ["Eva", "Eva"], "deputy": ["Jonas", None]})
    >>> counterparts = pd.DataFrame({"account_id": ["C1", "C1"], "person": ["Li", "Li; Eva"],
    ...                              "client_role": ["buyer", "head of buying"]})
    >>> gone = leaving("Li", activities, counterparts)
    >>> gone.activities["covered_by"].to_dict()
    {'Visit': 'Jonas', 'Plan': 'nobody'}
    >>> gone.accounts.loc["C1"].to_dict()
    {'contacts': 2, 'lost': 1, 'is_cut_off': False}
    """
    names = {" ".join(name.split()).casefold() for name in (person, *also)}
    tasks = _activities_of(names, activities)
    contacts, accounts = _contacts_of(names, counterparts)
    if tasks.empty and contacts.empty:
        raise InputError(
            f"nobody called {listing([person, *also])} does an activity or talks to a client "
            "role in these tables; expected a name as they have it"
        )
    return Leaving(
        person, tasks, contacts, accounts, _unknown(activities, counterparts, tasks, contacts)
    )


def _unknown(
    activities: pd.DataFrame | None,
    counterparts: pd.DataFrame | None,
    tasks: pd.DataFrame,
    contacts: pd.DataFrame,
) -> tuple[str, ...]:
    sentences = []
    if activities is None or activities.empty:
        sentences.append("Activities are not known: there is no activities.csv, or it is blank.")
    elif tasks.empty:
        sentences.append("No activity is theirs by these names; it may be that of their role.")
    elif "deputy" not in activities:
        sentences.append("Deputies are not known: activities.csv has no such column.")
    if counterparts is None or counterparts.empty:
        sentences.append("Client contacts are not known: there is no counterparts.csv, or it is "
                         "blank.")  # fmt: skip
    elif contacts.empty:
        sentences.append("They talk to no client role that is listed by these names.")
    return tuple(sentences)


def _activities_of(names: set[str], activities: pd.DataFrame | None) -> pd.DataFrame:
    columns = ["activity", "function", "letter", "covered_by", "by_deputy"]
    rows = []
    table = None if activities is None or activities.empty else raci_table(activities)
    if table is not None:
        for letter in [one for one in ("R", "A") if one in table]:
            for activity, row in table[table[letter].map(lambda who: _has(names, who))].iterrows():
                others = _others(names, row[letter])
                deputies = _others(names, row["deputy"]) if "deputy" in table else ()
                # A deputy stands in for whoever does the work, not for whoever answers for it.
                stand_in = deputies if letter == "R" and not others else ()
                cover = listing(others or stand_in) or NOBODY
                rows.append((activity, row["function"], letter, cover, bool(stand_in)))
    return pd.DataFrame(rows, columns=columns).set_index("activity")


def _contacts_of(
    names: set[str], counterparts: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = ["account_id", "client_role", "name", "covered_by"]
    if counterparts is None:
        counterparts = pd.DataFrame(columns=["account_id", "client_role", "person"], dtype="str")
    check_counterparts(counterparts)
    who = names_in(counterparts["person"])
    table = counterparts.reindex(columns=columns[:3]).assign(
        is_theirs=who.map(lambda some: _has(names, some)).astype(bool),
        is_known=(who.map(len) > 0).astype(bool),
        covered_by=who.map(lambda some: listing(_others(names, some)) or NOBODY).astype("str"),
    )
    theirs = table[table["is_theirs"]]
    is_lost = table["is_theirs"] & (table["covered_by"] == NOBODY)
    by_account = table.assign(is_lost=is_lost).groupby("account_id", sort=False)
    accounts = by_account.agg(contacts=("is_known", "sum"), lost=("is_lost", "sum"))
    accounts = accounts.loc[accounts.index.isin(theirs["account_id"])].astype(int)
    accounts["is_cut_off"] = accounts["lost"] == accounts["contacts"]
    worst = accounts.sort_values(["is_cut_off", "lost"], ascending=False, kind="stable")
    return theirs[columns].reset_index(drop=True), worst


def _has(names: set[str], who: tuple[str, ...]) -> bool:
    return any(one.casefold() in names for one in who)


def _others(names: set[str], who: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in who if one.casefold() not in names)
