"""The role charter: what one key account manager is there for, may decide, and is measured by.

Every line says where it comes from: an analysis, a table of the firm, what the firm entered,
or a finding of the field with its source. What is missing is named in its section, and never
filled. `kamtools.publishing.documents.charter` writes it as Markdown and as a document.
"""

import datetime
from collections.abc import Collection

import pandas as pd

from kamtools.errors import InputError
from kamtools.role.charter_accounts import (
    ENTERED,
    accounts_section,
    counterparts_section,
    purpose_section,
)
from kamtools.role.charter_form import SECTIONS, Charter, Line, Section, blank_lines
from kamtools.role.charter_measures import (
    competences_section,
    kpis_section,
    pay_section,
)
from kamtools.role.charter_onboarding import ONBOARDING_NOTE, PARTS, handovers, onboarding_section
from kamtools.role.charter_tasks import (
    TASKS_NOTE,
    manager_letters,
    rights_section,
    tasks_section,
)

MONTHS = 12
BLANK = "blank"
"""What stands for the manager in the form to fill in."""

_TO_FILL = {
    "accounts": (6, "accounts.csv; workload"),
    "tasks": (6, "activities.csv: responsible"),
    "rights": (8, "activities.csv"),
    "counterparts": (8, "counterparts.csv"),
    "competences": (4, "competences.csv"),
}


def charter(
    manager_id: str,
    *,
    managers: pd.DataFrame,
    assignment: pd.DataFrame | None = None,
    names: pd.Series | None = None,
    revenue_share: pd.Series | None = None,
    workload: pd.Series | None = None,
    activities: pd.DataFrame | None = None,
    controls: pd.DataFrame | None = None,
    counterparts: pd.DataFrame | None = None,
    levels: pd.DataFrame | None = None,
    targets: pd.DataFrame | None = None,
    files: Collection[str] | None = None,
    purpose: str = "",
    reports_to: str = "",
    sponsor: str = "",
    fixed_share: float | None = None,
    firm: str = "",
    as_of: datetime.date | None = None,
) -> Charter:
    """Return the charter of one key account manager.

    Parameters
    ----------
    manager_id
        As in `managers`.
    managers
        `manager_id`, `name`, `capacity_hours_per_month` (may be missing).
    assignment : index account_id
        `manager_id`; `hours_per_year` where no `workload` is given, and `manager_today` where
        it is known. The table of `assignment.assign_accounts` is one.
    names, revenue_share, workload : index account_id
        What people call each account, its part of revenue (0-1), its hours a year.
    activities, controls
        The division of work, and by which words the role is recognised in it; see
        `raci_table` and `raci_controls`.
    counterparts
        As in counterparts.csv.
    levels, targets
        Of competences, from `competence.competence_levels` and
        `competence_profile.competence_targets`.
    files
        Names of the tables that the firm has, which decide what measures have figures.
    purpose, reports_to, sponsor, fixed_share
        What the firm entered; `fixed_share` (0-1) is salary over target pay.
    firm, as_of
        The supplier's name, and the last day of the figures.

    Raises
    ------
    InputError
        If there is no such manager, an account is assigned to the manager twice, a column is
        missing, or a share is out of its range.

    Examples
    --------
    >>> managers = pd.DataFrame({"manager_id": ["M2"], "name": ["林知秋"],
    ...                          "capacity_hours_per_month": [120.0]})
    >>> assignment = pd.DataFrame({"manager_id": ["M2"], "hours_per_year": [420.0]}, index=["a"])
    >>> one = charter("M2", managers=managers, assignment=assignment)
    >>> one.name, one.section("accounts").as_table().iloc[0].tolist()
    ('林知秋', ['a', 'not known', '420', 'assignment; workload: 420 h'])
    >>> one.section("counterparts").missing
    ('Who talks to whom is not known: counterparts.csv.',)
    """
    person, capacity_hours = _manager(managers, manager_id)
    own = _assigned(assignment, manager_id)
    account_ids = own.index
    hours = own.get("hours_per_year")
    called = pd.Series(dtype="str") if names is None else names
    letters = None
    if activities is not None:
        letters = manager_letters(activities, person=person, controls=controls)
    talks = counterparts_section(account_ids, names=called, counterparts=counterparts)
    judged = None if levels is None else levels[levels["manager_id"] == manager_id]
    competences = competences_section(judged, targets=targets)
    people = managers.set_index("manager_id")["name"]
    moved = handovers(own, names=called, managers=people)
    sections = (
        purpose_section(
            account_ids,
            revenue_share=revenue_share,
            purpose=purpose,
            reports_to=reports_to,
            sponsor=sponsor,
        ),
        accounts_section(
            account_ids,
            names=called,
            revenue_share=revenue_share,
            hours=hours if workload is None else workload,
            capacity_hours=capacity_hours,
        ),
        tasks_section(letters),
        rights_section(letters, activities=activities, controls=controls),
        talks,
        kpis_section(files),
        pay_section(fixed_share),
        competences,
        onboarding_section(talks, handovers=moved, letters=letters, competences=competences),
    )
    return Charter(manager_id, person, firm, as_of, sections)


def blank_charter() -> Charter:
    """Return the charter as a form: empty lines, each saying which table it is filled from.

    What the field knows, and the measures, stand in it already.

    Examples
    --------
    >>> form = blank_charter()
    >>> form.manager_id, form.section("accounts").lines[0]
    ('blank', Line(cells=('', '', ''), source='accounts.csv; workload'))
    """
    asked = ("Purpose", "Reports to", "Executive sponsor")
    purpose = [Line((what, ""), "to be entered") for what in asked]
    purpose += [one for one in purpose_section(pd.Index([])).lines if one.source != ENTERED]
    filled = {
        "purpose": Section("purpose", tuple(purpose)),
        "kpis": kpis_section(),
        "pay": Section(
            "pay",
            (Line(("Mix of this role", ""), "to be entered"), *pay_section().lines),
        ),
        "onboarding": Section(
            "onboarding",
            tuple(Line((part, ""), "to be entered") for part in PARTS for _ in range(2)),
            note=ONBOARDING_NOTE,
        ),
    }
    for name, (count, source) in _TO_FILL.items():
        known = tasks_section(None).lines if name == "tasks" else ()
        known = rights_section(None).lines if name == "rights" else known
        note = TASKS_NOTE if name == "tasks" else ""
        filled[name] = Section(name, (*blank_lines(name, count, source), *known), note=note)
    return Charter(BLANK, "", "", None, tuple(filled[name] for name in SECTIONS))


def _manager(managers: pd.DataFrame, manager_id: str) -> tuple[str, float]:
    """Return a manager's name and hours a year for accounts, NaN if not known."""
    found = managers[managers["manager_id"] == manager_id]
    if found.empty:
        there = ", ".join(map(str, managers["manager_id"]))
        raise InputError(f"no manager {manager_id!r}; there are: {there}")
    row = found.iloc[0]
    name = row["name"] if isinstance(row["name"], str) else manager_id
    return " ".join(name.split()), MONTHS * float(row.get("capacity_hours_per_month", float("nan")))


def _assigned(assignment: pd.DataFrame | None, manager_id: str) -> pd.DataFrame:
    """Return the manager's rows of the assignment."""
    if assignment is None:
        return pd.DataFrame({"manager_id": pd.Series(dtype="str")}).rename_axis("account_id")
    own = assignment[assignment["manager_id"] == manager_id]
    if own.index.has_duplicates:
        twice = own.index[own.index.duplicated()][0]
        raise InputError(f"account {twice!r} is assigned to {manager_id!r} twice")
    return own
