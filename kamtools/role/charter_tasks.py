"""The sections of the charter that speak of work: managerial tasks and decision rights.

Both are read from the division of work, activities.csv. Managerial tasks are what sets the
role apart from a senior seller's [1]_, so a charter without them describes a seller.

References
----------
.. [1] Davies, I. A. and Ryals, L. J. (2013), "Attitudes and behaviours of key account
   managers", Industrial Marketing Management 42(6), 919-931: 409 people of 10 firms. They
   differ from senior sellers in certain managerial tasks, and little in work with the client,
   goals and revenue. The abstract was read; which of our tasks are managerial is our reading.
"""

import pandas as pd

from kamtools.role.charter_form import Line, Section
from kamtools.role.competence_profile import COMPETENCES
from kamtools.role.raci_controls import MANAGER, SEGREGATED, check_controls, recognised
from kamtools.role.raci_table import LETTERS, raci_table
from kamtools.wording import listing

EVIDENCE = "field evidence"
NO_RACI = "The division of work is not known: activities.csv."
TASKS_NOTE = (
    "Managerial tasks set the role apart from a senior seller's; work with the client, goals and "
    "revenue much less (Davies & Ryals 2013, 409 people of 10 firms)."
)

_RIGHTS = {"A": "decides", "R": "does it", "C": "is asked before", "I": "is told"}


def manager_letters(
    activities: pd.DataFrame, *, person: str = "", controls: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return what the key account manager has to do with each activity.

    Parameters
    ----------
    activities
        As in activities.csv.
    person
        The manager's name, which counts as the role does.
    controls
        By which words the role is recognised; see `raci_controls.default_controls`.

    Returns
    -------
    (n_activities, 4), index activity; only those that the manager has a letter in
        `function`, `letters` (of "RACI", such as "RA"), `answers` (who else is accountable,
        in words; blank if nobody), `days` (working days until it goes up; NaN if not told).

    Raises
    ------
    InputError
        If a needed column is missing or a row has no activity.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Set the price floor"], "function": ["finance"],
    ...     "responsible": ["analyst"], "accountable": ["head of finance"],
    ...     "consulted": ["key account manager"]})
    >>> manager_letters(activities).loc["Set the price floor", ["letters", "answers"]].tolist()
    ['C', 'head of finance']
    """
    known = check_controls(controls)
    table = raci_table(activities)
    own = " ".join(person.split()).casefold()

    def is_manager(name: str) -> bool:
        return name.casefold() == own or recognised(name, known, kind="role", control=MANAGER)

    rows = {}
    for activity, row in table.to_dict("index").items():
        letters = "".join(x for x in LETTERS if any(map(is_manager, row.get(x, ()))))
        others = [name for name in row.get("A", ()) if not is_manager(name)]
        if letters:
            days = row.get("escalation_days", float("nan"))
            rows[activity] = (row["function"], letters, listing(others), days)
    columns = ["function", "letters", "answers", "days"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return found.rename_axis("activity")


def tasks_section(letters: pd.DataFrame | None) -> Section:
    """Return the managerial tasks: those of the division of work, then those of the field.

    Parameters
    ----------
    letters : index activity
        From `manager_letters`; None if the firm has no activities.csv.

    Examples
    --------
    >>> section = tasks_section(None)
    >>> section.missing
    ('The division of work is not known: activities.csv.',)
    >>> section.lines[0].source
    'field evidence: Davies & Ryals 2013: planning'
    """
    lines, missing = [], [NO_RACI]
    if letters is not None:
        done = letters[letters["letters"].str.contains("R")]
        lines = [
            Line((str(activity), function), _raci(activity, "responsible"))
            for activity, function in done["function"].items()
        ]
        missing = [] if lines else ["The division of work gives this role nothing to do (no R)."]
    lines += [
        Line((one.says, one.name), f"{EVIDENCE}: {one.source}")
        for one in COMPETENCES
        if one.managerial and one.source
    ]
    return Section("tasks", tuple(lines), tuple(missing), TASKS_NOTE)


def rights_section(
    letters: pd.DataFrame | None,
    *,
    activities: pd.DataFrame | None = None,
    controls: pd.DataFrame | None = None,
) -> Section:
    """Return what the role decides, does, is asked and is told, and what it must not decide.

    Parameters
    ----------
    letters : index activity
        From `manager_letters`; None if the firm has no activities.csv.
    activities
        As in activities.csv; for who answers for what the role must not decide.
    controls
        As in `manager_letters`.

    Examples
    --------
    >>> activities = pd.DataFrame({"activity": ["Set the price floor"], "function": ["finance"],
    ...     "responsible": ["analyst"], "accountable": ["key account manager"]})
    >>> section = rights_section(manager_letters(activities), activities=activities)
    >>> section.lines[0].cells
    ('Set the price floor', 'decides', 'this role', 'not set')
    >>> print(section.missing[0])
    'Set the price floor' is decided by this role, and must not be: who sells must not set the
    limit of selling.
    """
    guards, missing = _guards(letters, activities, check_controls(controls))
    if letters is None:
        return Section("rights", tuple(guards), (NO_RACI, *missing))
    lines = []
    order = letters["letters"].map(lambda said: min("ARCI".index(letter) for letter in said))
    for activity, row in letters.loc[order.sort_values(kind="stable").index].iterrows():
        said = str(row["letters"])
        right = listing([_RIGHTS[letter] for letter in "ARCI" if letter in said])
        who = "this role" if "A" in said else str(row["answers"]) or "nobody"
        named = listing([LETTERS[letter] for letter in "ARCI" if letter in said])
        lines.append(Line((str(activity), right, who, _days(row["days"])), _raci(activity, named)))
        if who == "nobody":
            missing.append(f"Nobody answers for '{activity}'.")
    if letters.empty:
        missing.append("The division of work does not name this role.")
    return Section("rights", (*lines, *guards), tuple(missing))


def _guards(
    letters: pd.DataFrame | None, activities: pd.DataFrame | None, controls: pd.DataFrame
) -> tuple[list[Line], list[str]]:
    """Return what the role must never decide, and where it does so today."""
    because = controls.set_index("control")["because"]
    decided: list[object] = []
    if letters is not None:
        decided = letters.index[letters["letters"].str.contains("A")].tolist()
    lines, broken = [], []
    for control in SEGREGATED:
        hits = [
            str(activity) for activity in decided
            if recognised(str(activity), controls, kind="activity", control=control)
        ]  # fmt: skip
        broken += [f"'{hit}' is decided by this role, and must not be: {because[control]}."
                   for hit in hits]  # fmt: skip
        if not hits:
            cells = (
                control.capitalize(),
                "never decides",
                _answering(activities, control, controls),
                "",
            )
            lines.append(Line(cells, f"rule of the RACI: {because[control]}"))
    return lines, broken


def _answering(activities: pd.DataFrame | None, control: str, controls: pd.DataFrame) -> str:
    if activities is None:
        return ""
    table = raci_table(activities)
    names = [
        name
        for activity, row in table.to_dict("index").items()
        if recognised(str(activity), controls, kind="activity", control=control)
        for name in row.get("A", ())
    ]
    return listing(list(dict.fromkeys(names))) or "not known"


def _raci(activity: object, said: str) -> str:
    return f"RACI: {activity} – {said}"


def _days(days: object) -> str:
    number = float(str(days))
    return "not set" if pd.isna(number) else f"{number:g} working days"
