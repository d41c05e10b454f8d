"""The first 90 days in the role: steps that follow from what is known of it.

That there are three parts, and what goes into which, is a proposal: first meet and take over,
then close what is open, then have done each task of the role once.
"""

import pandas as pd

from kamtools.role.charter_accounts import NOBODY
from kamtools.role.charter_form import Line, Section, first_of

PARTS = ("1 to 30", "31 to 60", "61 to 90")
ONBOARDING_NOTE = (
    "The order is a proposal: meet and take over, close what is open, do each task once."
)
MOST_NAMED = 4
MOST_LEARNT = 3


def onboarding_section(
    counterparts: Section,
    *,
    handovers: dict[str, str] | None = None,
    letters: pd.DataFrame | None = None,
    competences: Section,
) -> Section:
    """Return the steps of the first 90 days.

    Parameters
    ----------
    counterparts, competences
        The charter's own sections.
    handovers : account -> who looks after it today, in words
        Only accounts that change hands.
    letters : index activity
        From `charter_tasks.manager_letters`; None if not known.

    Examples
    --------
    >>> from kamtools.role.charter_measures import competences_section
    >>> none = Section("counterparts", ())
    >>> section = onboarding_section(none, handovers={"Acme": "Ines Falk"},
    ...                              competences=competences_section(None))
    >>> section.lines[0].cells, section.lines[0].source
    (('1 to 30', 'Take over Acme from Ines Falk'), "assignment; today's managers")
    """
    lines = [
        Line((PARTS[0], f"Take over {account} from {who}"), "assignment; today's managers")
        for account, who in (handovers or {}).items()
    ]
    lines += _meetings(counterparts)
    lines += _vacancies(counterparts)
    lines += [
        Line((PARTS[1], f"Begin on {one.cells[0]}: {one.cells[2]}"),
             one.source)
        for one in competences.lines[:MOST_LEARNT]
    ]  # fmt: skip
    lines += _agreements(letters)
    lines += _tasks(letters)
    in_order = sorted(lines, key=lambda line: PARTS.index(line.cells[0]))
    missing = [] if in_order else ["Nothing is known yet from which steps would follow."]
    return Section("onboarding", tuple(in_order), tuple(missing), ONBOARDING_NOTE)


def _meetings(counterparts: Section) -> list[Line]:
    roles = _by_account([one for one in counterparts.lines if one.cells[3] != NOBODY])
    return [
        Line((PARTS[0], f"Meet at {account}: {first_of(named, MOST_NAMED)}"), "counterparts.csv")
        for account, named in roles.items()
    ]


def _vacancies(counterparts: Section) -> list[Line]:
    roles = _by_account([one for one in counterparts.lines if one.cells[3] == NOBODY])
    return [
        Line((PARTS[1], f"Name who talks at {account} to: {first_of(named, MOST_NAMED)}"),
             "counterparts.csv: nobody")
        for account, named in roles.items()
    ]  # fmt: skip


def _by_account(lines: list[Line]) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for line in lines:
        roles.setdefault(line.cells[0], []).append(line.cells[1])
    return roles


def _agreements(letters: pd.DataFrame | None) -> list[Line]:
    """Return with whom to agree how the manager is asked, or brings work up."""
    if letters is None:
        return []
    shared = letters[(letters["answers"] != "") & letters["letters"].str.contains("[RC]")]
    return [
        Line((PARTS[1], f"Agree with {who} how you work on: "
              f"{first_of(map(str, own.index), MOST_NAMED)}"),
             f"RACI: {who} – accountable")
        for who, own in shared.groupby("answers", sort=False)
    ]  # fmt: skip


def _tasks(letters: pd.DataFrame | None) -> list[Line]:
    if letters is None:
        return []
    own = letters.index[letters["letters"].str.contains("R")]
    return [
        Line((PARTS[2], f"Have done once: {task}"), f"RACI: {task} – responsible") for task in own
    ]


def handovers(own: pd.DataFrame, *, names: pd.Series, managers: pd.Series) -> dict[str, str]:
    """Return from whom the manager takes over which account.

    Parameters
    ----------
    own : index account_id
        The manager's rows of the assignment: `manager_id`, and `manager_today` where it is
        known.
    names : index account_id
    managers : name, index manager_id

    Examples
    --------
    >>> own = pd.DataFrame({"manager_id": ["M2", "M2"], "manager_today": ["M1", "M2"]},
    ...                    index=["a", "b"])
    >>> handovers(own, names=pd.Series({"a": "Acme"}), managers=pd.Series({"M1": "Ines Falk"}))
    {'Acme': 'Ines Falk'}
    """
    if "manager_today" not in own:
        return {}
    today = own["manager_today"]
    moved = today[today.notna() & (today != own["manager_id"])]
    return {
        str(names.get(account, account)): str(managers.get(who, who))
        for account, who in moved.items()
    }
