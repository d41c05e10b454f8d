"""The relationship map in words, and its holes as a list to work off."""

import pandas as pd

from kamtools.planning.relationship_map import (
    COLD,
    NO_CONTACT,
    NO_ONE,
    NO_ROLE,
    NOT_KNOWN,
    ONE_THREAD,
    WEAK,
    RelationshipMap,
)
from kamtools.wording import listing, percent

GAP_COLUMNS = ["gap", "subject", "found", "mend"]
SINGLE = "single thread"
NO_FUNCTION = "Nobody of us talks to this role, and our function for it has no other contact."
MEANS = {
    NO_ONE: ("Nobody of us talks to this role.", "Name somebody."),
    COLD: ("Nobody has spoken to this role for long.", "Meet, and say what has changed."),
    WEAK: ("The best thread to this role is weak.", "Find out what it needs of us."),
}


def relationship_gaps(known: RelationshipMap) -> pd.DataFrame:
    """Return the holes of the map, the worst first, each with what would mend it.

    Parameters
    ----------
    known
        From `relationship_map.relationship_map`.

    Returns
    -------
    (n_gaps, 4)
        `gap` ("single thread", "nobody", "gone cold", "weak" or "no role listed"), `subject` (a
        client role, a person or a function of ours), `found` and `mend`, in words.

    Examples
    --------
    >>> import datetime
    >>> from kamtools.planning.relationship_map import relationship_map
    >>> counterparts = pd.DataFrame({"account_id": ["C1"] * 3, "function": "client",
    ...     "client_role": ["buyer", "owner", "head"], "person": ["Li", "Li", None]})
    >>> known = relationship_map(counterparts, "C1", as_of=datetime.date(2024, 12, 31),
    ...                          functions=("client",))
    >>> relationship_gaps(known)[["gap", "subject", "mend"]].to_numpy().tolist()
    [['single thread', 'Li', 'Bring in a second of us.'],
    ['nobody', 'head', 'Name somebody (our function: client).']]
    """
    rows = [
        (SINGLE, str(person), "If this one leaves, nobody talks to the account.",
         "Bring in a second of us.")
        for person in known.people.index[known.people["is_cut_off"]]
    ]  # fmt: skip
    ours = known.roles["function"]
    for status, (found, mend) in MEANS.items():
        for role in known.roles.index[known.roles["status"] == status]:
            if status == NO_ONE and not pd.isna(ours[role]):
                alone = known.functions["status"].get(ours[role]) == NO_CONTACT
                found = NO_FUNCTION if alone else MEANS[NO_ONE][0]
                mend = f"Name somebody (our function: {ours[role]})."
            rows.append((status, str(role), found, mend))
    if len(known.roles):
        rows += [
            (NO_ROLE, str(function), "No client role is listed for it.",
             "Ask who at the client it should talk to.")
            for function in known.functions.index[known.functions["status"] == NO_ROLE]
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=GAP_COLUMNS, dtype="str")


def describe_relationships(known: RelationshipMap, *, name: str | None = None) -> str:
    """Return in words who is in touch, on how many threads it hangs, and what is missing.

    Parameters
    ----------
    known
        From `relationship_map.relationship_map`.
    name
        What the account is called; its id if None.

    Examples
    --------
    >>> import datetime
    >>> from kamtools.planning.relationship_map import relationship_map
    >>> counterparts = pd.DataFrame({"account_id": ["C1"] * 3, "function": "client",
    ...     "client_role": ["buyer", "owner", "head"], "person": ["Li", "Li", None]})
    >>> print(describe_relationships(relationship_map(counterparts, "C1",
    ...     as_of=datetime.date(2024, 12, 31), functions=("client",))))
    At C1 somebody of us talks to 2 of 3 client roles (67 %). All of it hangs on 1 person: if Li
    leaves, nobody talks to the account. Nobody talks to head. How strong the threads are is not
    judged: the column strength. When they last spoke is not known: the column last_contact.
    """
    who = name or known.account_id
    if known.roles.empty:
        return NOT_KNOWN.replace("the account", who)
    n_reached = int((known.roles["people"] > 0).sum())
    if not n_reached:
        return f"Nobody of us talks to any of the {len(known.roles)} client roles of {who}."
    sentences = [
        f"At {who} somebody of us talks to {n_reached} of {len(known.roles)} client roles "
        f"({percent(known.measures['coverage'])}).",
        _threads(known, n_reached),
        *_holes(known),
        *_functions(known),
    ]
    return " ".join([one for one in sentences if one] + list(known.unknown))


def _threads(known: RelationshipMap, n_reached: int) -> str:
    worst = known.people.iloc[0]
    first = str(known.people.index[0])
    n_threads = int(known.measures["independent_threads"])
    if worst["is_cut_off"]:
        return (
            f"All of it hangs on 1 person: if {_named(first)} leaves, nobody talks to the account."
        )
    lost = int(worst["lost"])
    threads = f"It hangs on {n_threads} independent thread{'' if n_threads == 1 else 's'}"
    if not lost:
        return f"{threads}, and every role knows a second of us."
    verb = "has" if lost == 1 else "have"
    return f"{threads}; if {_named(first)} leaves, {lost} of {n_reached} roles {verb} nobody."


def _holes(known: RelationshipMap) -> list[str]:
    words = {
        NO_ONE: "Nobody talks to {}.",
        COLD: "Gone cold: {}.",
        WEAK: "Weak: {}.",
    }
    said = []
    for status, sentence in words.items():
        roles = [str(role) for role in known.roles.index[known.roles["status"] == status]]
        if roles:
            said.append(sentence.format(listing(roles)))
    single = int((known.roles["status"] == ONE_THREAD).sum())
    if single and not known.people["is_cut_off"].any():
        verb = "role knows" if single == 1 else "roles know"
        said.append(f"{single} more {verb} only one of us.")
    return said


def _functions(known: RelationshipMap) -> list[str]:
    said = []
    for status, words in ((NO_CONTACT, "without a contact"), (NO_ROLE, "without a client role")):
        names = [str(one) for one in known.functions.index[known.functions["status"] == status]]
        if names:
            said.append(f"Of our functions {listing(names)} {'is' if len(names) == 1 else 'are'} "
                        f"{words}.")  # fmt: skip
    return said


def _named(person: str) -> str:
    """Return a person's name, or their role with its article."""
    return f"the {person}" if person[:1].islower() else person
