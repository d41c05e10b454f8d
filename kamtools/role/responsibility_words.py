"""The division of work in words: which rules are broken, what to mend first, what is unknown."""

import pandas as pd

from kamtools.role.raci_rules import MUST
from kamtools.role.responsibility import RaciFindings, rule_results
from kamtools.wording import listing

FIRST = 5
"""Violations that are told; the table has all of them."""
MOST_ACCOUNTS = 3
"""Accounts that a sentence names."""


def describe_violations(
    findings: RaciFindings, *, names: pd.Series | None = None, first: int = FIRST
) -> str:
    """Return in words how the ten rules came out and what to mend first.

    Parameters
    ----------
    findings
        From `responsibility.check_raci`.
    names : account_id -> name
        An account without one keeps its id.
    first : how many violations are told

    Examples
    --------
    >>> from kamtools.role.responsibility import check_raci
    >>> activities = pd.DataFrame({"activity": ["Give notice of our steps"],
    ...     "function": ["client"], "responsible": ["KAM"], "accountable": ["price committee"]})
    >>> print(describe_violations(check_raci(activities), first=1))
    Of the ten rules 3 are broken, 2 are kept and 5 could not be checked, or not wholly. 6 places
    must be mended and 0 should be.
    <BLANKLINE>
    1. Give notice of our steps: price committee answers for it. Name one person of it; the others
    are asked. (Rule 3)
    <BLANKLINE>
    5 further ones are in the table.
    <BLANKLINE>
    Not checked, or not wholly: rules 4, 5, 6, 7, 8, 9; activities.csv, counterparts.csv and
    service.csv would tell.
    """
    results = rule_results(findings)["result"].value_counts()
    broken, kept = int(results.get("broken", 0)), int(results.get("kept", 0))
    unknown = 10 - broken - kept
    table = findings.violations
    n_must = int((table["severity"] == MUST).sum())
    summary = f"Of the ten rules {broken} {_are(broken)} broken, {kept} {_are(kept)} kept"
    summary += f" and {unknown} could not be checked, or not wholly." if unknown else "."
    if len(table):
        places = "place" if n_must == 1 else "places"
        summary += f" {n_must} {places} must be mended and {len(table) - n_must} should be."
    paragraphs = [summary, *_told(table, _called(names), first)]
    if len(table) > first:
        rest = len(table) - first
        ones, verb = ("one", "is") if rest == 1 else ("ones", "are")
        paragraphs.append(f"{rest} further {ones} {verb} in the table.")
    if len(findings.not_checked):
        rules = findings.not_checked["rule"].drop_duplicates().astype(str)
        files = sorted(findings.not_checked["file"].unique())
        word = "rule" if len(rules) == 1 else "rules"
        paragraphs.append(
            f"Not checked, or not wholly: {word} {', '.join(rules)}; {listing(files)} would tell."
        )
    return "\n\n".join(paragraphs)


def _told(table: pd.DataFrame, names: dict[str, str], first: int) -> list[str]:
    lines = []
    for place, row in enumerate(table.head(first).to_dict("records"), start=1):
        accounts = [names.get(account, account) for account in row["accounts"]]
        subject, where = row["subject"], ""
        if row["about"] == "account":
            subject = names.get(subject, subject)
        elif accounts:
            more = len(accounts) - MOST_ACCOUNTS
            some = accounts if more < 2 else [*accounts[:MOST_ACCOUNTS], f"{more} more"]
            where = f"At {listing(some)}. "
        lines.append(
            f"{place}. {subject}: {row['found']} {where}{row['mend']} (Rule {row['rule']})"
        )
    return lines


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _called(names: pd.Series | None) -> dict[str, str]:
    return {} if names is None else {str(key): str(name) for key, name in names.dropna().items()}
