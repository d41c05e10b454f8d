"""Ten rules that a sound division of work over functions keeps, checked all at once (E23).

The work of a key account manager crosses client, finance, purchasing, production and
after-sales. Who is responsible (R), accountable (A), consulted (C) and informed (I) in each
activity is in activities.csv; here is what is wrong with it, what would mend it, and what
cannot be judged because a table or a column is missing.
"""

from dataclasses import asdict, dataclass

import pandas as pd

from kamtools.role.raci_controls import check_controls
from kamtools.role.raci_cover import clock_set, counterparts_mapped, functions_covered
from kamtools.role.raci_guards import notice_given, segregated
from kamtools.role.raci_rules import (
    MUST,
    SHOULD,
    Finding,
    few_consulted,
    no_committee,
    one_accountable,
    some_responsible,
    within_capacity,
)
from kamtools.role.raci_table import raci_table
from kamtools.role.raci_unchecked import (
    PARTLY,
    WHOLLY,
    Unchecked,
    hours_unknown,
    missing_columns,
    not_recognised,
)

MOST_CONSULTED = 4
"""People who are asked before an activity is done: an assumption."""

RULES: dict[int, str] = {
    1: "One person answers for each activity",
    2: "Somebody does each activity",
    3: "No committee answers for an activity",
    4: "Few are asked before an activity is done",
    5: "Nobody has more work than hours",
    6: "The key account manager answers for no price floor, credit limit or closed complaint",
    7: "Each function has somebody who does the work, and a deputy",
    8: "Each client role has a counterpart here, and not all the same one",
    9: "Each activity has an escalation clock",
    10: "Strategy answers for advance notice, and the key account manager gives it",
}
"""The rules in words, by number."""

_COLUMNS = ["rule", "about", "subject", "found", "mend", "severity", "roles", "accounts"]


@dataclass(frozen=True)
class RaciFindings:
    """What is wrong with a division of work, and what could not be judged.

    Attributes
    ----------
    violations : (n_violations, 8), what must be mended first, then by rule
        `rule` (1-10), `about` ("activity", "function", "client role", "account" or "role"),
        `subject`, `found`, `mend`, `severity`; `roles`, whose letters are at fault, and
        `accounts`, at which a client role has nobody (tuples, mostly empty).
    not_checked : (n_gaps, 4), by rule
        `rule`, `part` ("the whole rule" or "a part of it"), `why`, and `file`: the one that
        would tell.
    """

    violations: pd.DataFrame
    not_checked: pd.DataFrame


def check_raci(
    activities: pd.DataFrame | None,
    *,
    counterparts: pd.DataFrame | None = None,
    hours: pd.Series | None = None,
    capacity: pd.Series | None = None,
    controls: pd.DataFrame | None = None,
    most_consulted: int = MOST_CONSULTED,
) -> RaciFindings:
    """Return where the ten rules are broken, all at once, and what cannot be checked.

    Parameters
    ----------
    activities
        As for `raci_table.raci_table`; None where the firm has no activities.csv.
    counterparts
        `account_id`, `client_role`, `function` and `person`, blank where nobody of us talks
        to the role.
    hours : hours a year of at least 0, index activity
        Those of other names are no error here; they are told in `not_checked`.
    capacity : hours a year, index role
        What each role has for these activities.
    controls
        As in `raci_controls.default_controls`, which None stands for.
    most_consulted : at least 0

    Raises
    ------
    InputError
        If a table lacks a column that it cannot do without, or hours are negative.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Set the price floor"], "function": ["finance"],
    ...     "responsible": ["analyst"], "accountable": ["key account manager"]})
    >>> findings = check_raci(activities)
    >>> findings.violations.loc[findings.violations["rule"] == 6, "found"].item()
    'key account manager answers for it (price floor).'
    >>> findings.not_checked.loc[findings.not_checked["rule"] == 8, "file"].item()
    'counterparts.csv'
    """
    known = check_controls(controls)
    findings: list[Finding] = []
    gaps: list[Unchecked] = []
    if counterparts is None or counterparts.empty:
        gaps.append(Unchecked(8, WHOLLY, "No client roles are listed.", "counterparts.csv"))
    else:
        findings += counterparts_mapped(counterparts)
    if activities is None or activities.empty:
        return _as_tables(findings, gaps + [
            Unchecked(rule, WHOLLY, "No activities are listed.", "activities.csv")
            for rule in RULES if rule != 8
        ])  # fmt: skip
    table = raci_table(activities)
    findings += some_responsible(table)
    findings += functions_covered(table, known)
    findings += notice_given(table, known)
    if "A" in table:
        findings += one_accountable(table) + no_committee(table, known) + segregated(table, known)
    if "C" in table:
        findings += few_consulted(table, most=most_consulted)
    if "escalation_days" in table:
        findings += clock_set(table)
    if hours is not None and capacity is not None:
        here = hours[hours.index.isin(table.index)]
        findings += within_capacity(table, hours=here, capacity=capacity)
    gaps += missing_columns(table) + not_recognised(table, known)
    gaps += hours_unknown(table, hours=hours, capacity=capacity)
    return _as_tables(findings, gaps)


def rule_results(findings: RaciFindings) -> pd.DataFrame:
    """Return how each of the ten rules came out.

    Parameters
    ----------
    findings
        From `check_raci`.

    Returns
    -------
    (10, 3), index rule
        `says`, `result` ("broken", "kept", "kept as far as checked" or "not checked") and
        `violations` (count).

    Examples
    --------
    >>> rule_results(check_raci(None))["result"].value_counts().to_dict()
    {'not checked': 10}
    """
    counts = findings.violations["rule"].value_counts().reindex(list(RULES), fill_value=0)
    partly, wholly = (
        set(findings.not_checked.loc[findings.not_checked["part"] == part, "rule"])
        for part in (PARTLY, WHOLLY)
    )
    results = [
        "broken" if counts[rule]
        else "not checked" if rule in wholly
        else "kept as far as checked" if rule in partly
        else "kept"
        for rule in RULES
    ]  # fmt: skip
    return pd.DataFrame(
        {"says": list(RULES.values()), "result": results, "violations": counts.to_numpy()},
        index=pd.Index(list(RULES), name="rule"),
    )


def _as_tables(findings: list[Finding], gaps: list[Unchecked]) -> RaciFindings:
    violations = pd.DataFrame([asdict(one) for one in findings], columns=_COLUMNS)
    violations["severity"] = pd.Categorical(violations["severity"], [MUST, SHOULD], ordered=True)
    ordered = violations.sort_values(["severity", "rule"], kind="stable", ignore_index=True)
    not_checked = pd.DataFrame(gaps, columns=list(Unchecked._fields))
    return RaciFindings(
        ordered.astype({"severity": "str"}),
        not_checked.sort_values("rule", kind="stable", ignore_index=True),
    )
