"""Rules 1 to 5 of a RACI: who does, answers, is asked, and whether the hours are enough.

Each takes the RACI as `raci_table.raci_table` returns it and gives back its findings, of
which there are none where the table is sound. The rules on limits and on notice are in
`raci_guards`, those on cover in `raci_cover`.
"""

from dataclasses import dataclass

import pandas as pd

from kamtools.role.raci_controls import COMMITTEE, ONE_OF_IT, recognised
from kamtools.role.raci_hours import responsible_hours
from kamtools.wording import listing

MUST, SHOULD = "must be mended", "should be mended"


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken, and what would mend it.

    Attributes
    ----------
    rule : 1-10
    about
        "activity", "function", "client role", "account" or "role": what `subject` is.
    subject
        Which one.
    found, mend
        A sentence each.
    severity
        `MUST` or `SHOULD`, an assumption.
    roles
        Those whose letters break the rule; () where a letter is missing.
    accounts
        Those of a client role that nobody talks to, or on one thread; () otherwise.
    """

    rule: int
    about: str
    subject: str
    found: str
    mend: str
    severity: str
    roles: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


def one_accountable(table: pd.DataFrame) -> list[Finding]:
    """Return the activities that not exactly one answers for (rule 1).

    Parameters
    ----------
    table : (n_activities, …), index activity
        From `raci_table.raci_table`, with "A".

    Examples
    --------
    >>> from kamtools.role.raci_table import raci_table
    >>> table = raci_table(pd.DataFrame({"activity": ["Visit"], "function": ["client"],
    ...     "responsible": ["Li"], "accountable": ["Li; Eva"]}))
    >>> one_accountable(table)[0].found
    'Li and Eva answer for it.'
    """
    findings = []
    for activity, names in table["A"].items():
        if not names:
            found, mend = "Nobody answers for it.", "Name the one person who does."
        else:
            found = f"{listing(names)} answer for it."
            mend = "Leave the A with one of them; the others are asked or told."
        if len(names) != 1:
            findings.append(Finding(1, "activity", str(activity), found, mend, MUST, names))
    return findings


def some_responsible(table: pd.DataFrame) -> list[Finding]:
    """Return the activities that nobody does (rule 2).

    Examples
    --------
    >>> some_responsible(pd.DataFrame({"R": [("Li",), ()]}, index=["Visit", "Plan"]))[0].subject
    'Plan'
    """
    return [
        Finding(2, "activity", str(activity), "Nobody does it.", "Name who does, or drop it.", MUST)
        for activity, names in table["R"].items()
        if not names
    ]


def no_committee(table: pd.DataFrame, controls: pd.DataFrame) -> list[Finding]:
    """Return the activities that a committee answers for (rule 3).

    Examples
    --------
    >>> from kamtools.role.raci_controls import default_controls
    >>> table = pd.DataFrame({"A": [("price committee",)]}, index=["Set the price floor"])
    >>> no_committee(table, default_controls())[0].found
    'price committee answers for it.'
    """

    def is_committee(name: str) -> bool:
        one = recognised(name, controls, kind="role", control=ONE_OF_IT)
        return not one and recognised(name, controls, kind="role", control=COMMITTEE)

    many = table["A"].map(lambda names: tuple(filter(is_committee, names)))
    mend = "Name one person of it; the others are asked."
    return [
        Finding(
            3, "activity", str(activity), f"{listing(names)} answers for it.", mend, MUST, names
        )
        for activity, names in many.items()
        if names
    ]


def few_consulted(table: pd.DataFrame, *, most: int) -> list[Finding]:
    """Return the activities for which more than `most` are asked (rule 4).

    Examples
    --------
    >>> few_consulted(pd.DataFrame({"C": [tuple("abcde")]}, index=["Plan"]), most=4)[0].found
    '5 are asked: a, b, c, d and e.'
    """
    mend = f"Ask {most} at most; tell the others."
    return [
        Finding(4, "activity", str(activity), f"{len(names)} are asked: {listing(names)}.", mend,
                SHOULD, names)
        for activity, names in table["C"].items()
        if len(names) > most
    ]  # fmt: skip


def within_capacity(table: pd.DataFrame, *, hours: pd.Series, capacity: pd.Series) -> list[Finding]:
    """Return the roles whose activities take more hours than they have (rule 5).

    Parameters
    ----------
    table
        As for `one_accountable`.
    hours : hours a year, index activity
        As for `raci_hours.responsible_hours`.
    capacity : hours a year, index role
        For these activities; a role that is not in it, or has NaN, is not judged. Where
        several people share a role it is theirs together.

    Raises
    ------
    InputError
        As `raci_hours.responsible_hours`.

    Examples
    --------
    >>> table = pd.DataFrame({"R": [("Li",)]}, index=["Visit"])
    >>> found = within_capacity(table, hours=pd.Series({"Visit": 900.0}),
    ...                         capacity=pd.Series({"Li": 800.0}))
    >>> found[0].found
    'Has 900 hours of work a year, and 800 hours for it.'
    """
    work = responsible_hours(table, hours)["hours_per_year"]
    room = capacity.reindex(work.index).astype(float)
    return [
        Finding(5, "role", str(role),
                f"Has {work[role]:,.0f} hours of work a year, and {room[role]:,.0f} hours for it.",
                "Give some of it to others, or name a second one who does it.", SHOULD,
                (str(role),))
        for role in work.index[work > room]
    ]  # fmt: skip
