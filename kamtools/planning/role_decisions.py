"""What follows for Monday from the analysis of the role: each with an owner and a date."""

import datetime

import pandas as pd

from kamtools.role.assignment import Assignment
from kamtools.role.headcount import Headcount
from kamtools.role.raci_rules import MUST
from kamtools.role.responsibility import RaciFindings
from kamtools.wording import listing

DAYS = {"heads": 30, "assignment": 60, "responsibility": 30, "contacts": 90, "competence": 90}
"""Days from the last day of the figures to the proposed date of each kind: an assumption."""


def role_decisions(
    *,
    need: Headcount,
    managers: int | None,
    assignment: Assignment | None,
    findings: RaciFindings,
    team: pd.DataFrame,
    owner: str,
    as_of: datetime.date,
) -> pd.DataFrame:
    """Return the decisions that are due, proposed with an owner and a date.

    Parameters
    ----------
    need
        From `headcount.headcount`.
    managers : how many there are; None if it is not known
    assignment
        None where there is none.
    findings
        From `responsibility.check_raci`.
    team
        From `competence.team_gaps`.
    owner
        Who answers for key accounts, and so for these decisions, until somebody is named.
    as_of
        Last day of the figures, from which the dates count.

    Returns
    -------
    (n_decisions, 4)
        `decision`, `because`, `owner` and `date`; only what the analysis gives cause for.
    """
    rows = [
        _heads(need, managers),
        _moves(assignment),
        *_mended(findings),
        _training(team),
    ]
    due = [row for row in rows if row is not None]
    table = pd.DataFrame(due, columns=["kind", "decision", "because"], dtype="str")
    days = pd.to_timedelta(table.pop("kind").map(DAYS).astype("int64"), unit="D")
    return table.assign(owner=owner, date=pd.Timestamp(as_of) + days)


def _heads(need: Headcount, managers: int | None) -> tuple[str, str, str] | None:
    because = (
        f"{need.workload_hours:,.0f} hours a year ask for {need.fte:.1f} full-time managers "
        f"({need.fte_low:.1f} to {need.fte_high:.1f})"
    )
    if managers is None:
        return ("heads", f"Name {need.managers} key account managers", because)
    if need.managers_low <= managers <= need.managers_high:
        return None
    if managers < need.managers_low:
        more = need.managers_low - managers
        return ("heads", f"Add {more} or more to {managers}, or choose fewer accounts", because)
    return (
        "heads",
        f"Say what else the {managers} managers do, or bundle the accounts on fewer of them",
        because,
    )


def _moves(assignment: Assignment | None) -> tuple[str, str, str] | None:
    if assignment is None:
        return None
    moves = int(assignment.table["is_move"].sum())
    if not moves:
        return None
    said = "Move 1 account to another manager" if moves == 1 else f"Move {moves} accounts"
    return ("assignment", said, "loads, languages, competences and rivals; see the moves")


def _mended(findings: RaciFindings) -> list[tuple[str, str, str]]:
    wrong = findings.violations
    due = wrong[wrong["severity"] == MUST]
    is_contact = due["about"].isin(["client role", "account"])
    kinds = is_contact.map({True: "contacts", False: "responsibility"})
    return [
        (kind, f"{row.subject}: {row.mend}", str(row.found))
        for kind, row in zip(kinds, due.itertuples(), strict=True)
    ]


def _training(team: pd.DataFrame) -> tuple[str, str, str] | None:
    gaps = team.loc[team["gap"] > 0, "gap"]
    if gaps.empty:
        return None
    widest = gaps.index[gaps == gaps.max()]
    return (
        "competence",
        f"Train the team in {listing(list(map(str, widest[:3])))}",
        f"the median is {gaps.max():g} below what the role asks for",
    )
