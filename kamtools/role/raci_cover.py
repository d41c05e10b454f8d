"""Rules on cover: functions with a deputy, client roles with a counterpart, escalation clocks.

References
----------
.. [1] Cheverton, P., Global Account Management: in a bow tie one seller and one buyer carry all
   contact between two firms; in a diamond each function of the client has its own counterpart.
"""

import pandas as pd

from kamtools.errors import InputError
from kamtools.role.raci_controls import FUNCTIONS, recognised
from kamtools.role.raci_rules import MUST, SHOULD, Finding
from kamtools.role.raci_table import names_in
from kamtools.wording import listing

BOW_TIE_FROM = 2
"""Client roles from which one person for all of them is a bow tie."""

_NEEDED = ("account_id", "client_role", "person")


def functions_covered(table: pd.DataFrame, controls: pd.DataFrame) -> list[Finding]:
    """Return the functions of E23 in which nobody does anything or nobody stands in (rule 7).

    Parameters
    ----------
    table : (n_activities, …), index activity
        From `raci_table.raci_table`; deputies are judged where there is `deputy`. Whoever is
        responsible for an activity is no deputy in it.
    controls
        As in `raci_controls.default_controls`.

    Returns
    -------
    list
        `MUST` where nobody of the function does anything or no deputy is named in it; `SHOULD`
        where some of its activities have one.

    Examples
    --------
    >>> from kamtools.role.raci_controls import default_controls
    >>> from kamtools.role.raci_table import raci_table
    >>> table = raci_table(pd.DataFrame({"activity": ["Visit", "Plan"], "function": ["Sales"] * 2,
    ...     "responsible": ["Li", "Li"], "deputy": ["Eva", "Li"]}))
    >>> findings = functions_covered(table, default_controls())
    >>> findings[0].found, [finding.subject for finding in findings]
    ('1 of 2 activities has no deputy: Plan.', ['client', 'finance', 'purchasing', 'production',
    'after-sales'])
    """
    findings = []
    for function in FUNCTIONS:
        is_its = [
            recognised(str(name), controls, kind="function", control=function)
            for name in table["function"].fillna("")
        ]
        own = table[is_its]
        if not own["R"].map(bool).any():
            found = "Nobody is responsible for anything in it."
            if own.empty:
                found = "No activity belongs to it."
            mend = "Name what it does for key accounts, who does it, and a deputy."
            findings.append(Finding(7, "function", function, found, mend, MUST))
        elif "deputy" in table:
            findings += _without_deputy(function, own)
    return findings


def counterparts_mapped(
    counterparts: pd.DataFrame, *, bow_tie_from: int = BOW_TIE_FROM
) -> list[Finding]:
    """Return the client roles that nobody of us talks to, and accounts on one thread (rule 8).

    Parameters
    ----------
    counterparts
        `account_id`, `client_role` and `person` (of us; several are separated by semicolons);
        `function`, ours, where it is told.
    bow_tie_from : at least 2
        Client roles from which one person for all of them is a finding.

    Raises
    ------
    InputError
        If a column is missing.

    Examples
    --------
    >>> counterparts = pd.DataFrame({"account_id": ["C1"] * 3, "person": ["Li", "Li", None],
    ...     "client_role": ["buyer", "category manager", "head of finance"]})
    >>> [(one.subject, one.found) for one in counterparts_mapped(counterparts)]
    [('head of finance', 'Nobody of us talks to this role at 1 of 1 account that has it.'),
     ('C1', 'Li alone talks to all 2 client roles that anybody talks to: a bow tie.')]
    """
    check_counterparts(counterparts)
    names = names_in(counterparts["person"])
    return _without_counterpart(counterparts, names) + _bow_ties(counterparts, names, bow_tie_from)


def clock_set(table: pd.DataFrame) -> list[Finding]:
    """Return the activities of which nobody knows when they go up to who answers (rule 9).

    Parameters
    ----------
    table : (n_activities, …), index activity
        From `raci_table.raci_table`, with `escalation_days`.

    Examples
    --------
    >>> table = pd.DataFrame({"escalation_days": [3.0, float("nan")]}, index=["Visit", "Plan"])
    >>> [finding.subject for finding in clock_set(table)]
    ['Plan']
    """
    mend = "Say after how many working days it goes to who answers for it."
    return [
        Finding(9, "activity", str(activity), "It has no escalation clock.", mend, SHOULD)
        for activity in table.index[table["escalation_days"].isna()]
    ]


def check_counterparts(counterparts: pd.DataFrame) -> None:
    """Refuse a table of counterparts that lacks a column.

    Raises
    ------
    InputError
        With the columns that are missing.

    Examples
    --------
    >>> check_counterparts(pd.DataFrame(columns=["account_id", "client_role", "person"]))
    """
    missing = [column for column in _NEEDED if column not in counterparts]
    if missing:
        raise InputError(
            f"counterparts need the columns {listing(_NEEDED)}; there is no {listing(missing)}"
        )


def _without_deputy(function: str, own: pd.DataFrame) -> list[Finding]:
    has_one = [
        bool(set(deputies) - set(doing))
        for deputies, doing in zip(own["deputy"], own["R"], strict=True)
    ]
    bare = [str(activity) for activity, has in zip(own.index, has_one, strict=True) if not has]
    if not bare:
        return []
    if not any(has_one):
        found, severity = "No deputy is named in it.", MUST
    else:
        verb = "has" if len(bare) == 1 else "have"
        found = f"{len(bare)} of {len(own)} activities {verb} no deputy: {listing(bare)}."
        severity = SHOULD
    mend = "Name who stands in, other than those who do it."
    return [Finding(7, "function", function, found, mend, severity)]


def _without_counterpart(counterparts: pd.DataFrame, names: pd.Series) -> list[Finding]:
    """Return one finding for each client role that has nobody at some account, the worst first."""
    findings = []
    for role, rows in counterparts.groupby("client_role", sort=False):
        has_one = (names[rows.index].map(len) > 0).groupby(rows["account_id"], sort=False).any()
        bare = tuple(str(account) for account in has_one.index[~has_one])
        if not bare:
            continue
        words = f"{len(has_one)} account{'' if len(has_one) == 1 else 's'}"
        verb = "has" if len(has_one) == 1 else "have"
        found = f"Nobody of us talks to this role at {len(bare)} of {words} that {verb} it."
        ours = [] if "function" not in rows else list(rows["function"].dropna().unique())
        mend = "Name somebody for each" + (f" (our function: {listing(ours)})." if ours else ".")
        findings.append(Finding(8, "client role", str(role), found, mend, MUST, accounts=bare))
    return sorted(findings, key=lambda one: -len(one.accounts))


def _bow_ties(counterparts: pd.DataFrame, names: pd.Series, bow_tie_from: int) -> list[Finding]:
    pairs = counterparts[["account_id", "client_role"]].assign(person=names).explode("person")
    by_account = pairs.dropna(subset="person").groupby("account_id", sort=False)
    counts = by_account.agg(
        people=("person", "nunique"), roles=("client_role", "nunique"), who=("person", "first")
    )
    tied = counts[(counts["people"] == 1) & (counts["roles"] >= bow_tie_from)]
    mend = "Give some of the roles a counterpart of their own function."
    return [
        Finding(8, "account", str(row.Index),
                f"{row.who!s} alone talks to all {row.roles} client roles that anybody talks to: "
                "a bow tie.", mend, SHOULD, (str(row.who),), (str(row.Index),))
        for row in tied.itertuples()
    ]  # fmt: skip
