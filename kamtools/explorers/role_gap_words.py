"""What has nobody, and what is assumed, as the role explorer says it."""

from collections.abc import Sequence

from kamtools.explorers.role_answer import Answer
from kamtools.explorers.role_case import FITS_ALL, Case, Settings, settings_at_start, team_at
from kamtools.wording import listing

MOST_NAMES = 5


def describe_nobody(answer: Answer, case: Case) -> str:
    """Return in words which activities and client contacts have nobody.

    Parameters
    ----------
    answer, case
        From `what_if`, and what is known.
    """
    rows = answer.rows
    sentences = []
    if case.counterparts is None:
        sentences.append("Client contacts are not known: there is no counterparts.csv.")
    else:
        n_all, n_nobody = int(rows["contacts"].sum()), int(rows["nobody"].sum())
        bare = rows[rows["nobody"] > 0].sort_values("nobody", ascending=False, kind="stable")
        told = [f"{row.name} ({row.nobody:,})" for row in bare.itertuples()]
        text = (
            f"{n_nobody:,} of {n_all:,} client contacts {'has' if n_nobody == 1 else 'have'} nobody"
        )
        sentences.append(f"{text}: {some_of(told)}." if told else f"{text}.")
        n_over = int(rows["elsewhere"].sum())
        if n_over:
            sentences.append(f"{n_over:,} only another manager has: to be handed over.")
        unknown = rows[rows["contacts"] == 0]
        if len(unknown):
            sentences.append(f"No contact is known at {some_of(list(unknown['name']))}.")
    if case.activities is None:
        sentences.append("Activities are not known: there is no activities.csv.")
    elif answer.bare_activities:
        n_bare = len(answer.bare_activities)
        sentences.append(
            f"{counted(n_bare, 'activity has', 'activities have')} nobody: "
            f"{some_of(answer.bare_activities)}."
        )
    else:
        sentences.append("No activity is without somebody.")
    return " ".join(sentences)


def describe_assumed(case: Case, settings: Settings) -> str:
    """Return in words what is taken for granted of capacities and of whoever is hired.

    Parameters
    ----------
    case, settings
        What is known, and where the controls stand.
    """
    sentences = []
    if case.managers["capacity_hours"].isna().any():
        n_unknown = int(case.managers["capacity_hours"].isna().sum())
        sentences.append(
            f"Assumed: {counted(n_unknown, 'manager', 'managers')} whose capacity is not known "
            f"{'has' if n_unknown == 1 else 'have'} that of a full-time manager "
            f"({settings.full_time_hours:,.0f} hours)."
        )
    if settings.hires:
        like = "match whatever the accounts ask for"
        if settings.hire_like != FITS_ALL:
            names = team_at(case, settings_at_start(case))["name"]
            like = f"be like {names[settings.hire_like]}"
        sentences.append(f"Assumed of whoever is hired: full time, and to {like}.")
    return " ".join(sentences)


def counted(number: int, one: str, several: str) -> str:
    """Return a number with the words for one or for several.

    Examples
    --------
    >>> counted(1, "account has", "accounts have"), counted(2_000, "hour", "hours")
    ('1 account has', '2,000 hours')
    """
    return f"{number:,} {one if number == 1 else several}"


def some_of(words: Sequence[str]) -> str:
    """Return the first words as prose lists them, and how many more there are.

    Examples
    --------
    >>> some_of(list("abcdefg"))
    'a, b, c, d, e and 2 more'
    """
    told = list(words[:MOST_NAMES])
    if len(words) > MOST_NAMES:
        told = [*told, f"{len(words) - MOST_NAMES:,} more"]
    return listing(told)
