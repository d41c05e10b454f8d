"""Competences in words: the gaps of a person and of the team, and where two judge apart."""

import pandas as pd

from kamtools.wording import listing

FIRST = 3


def describe_gaps(
    levels: pd.DataFrame,
    gaps: pd.DataFrame,
    team: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    first: int = FIRST,
) -> str:
    """Return in words what the team lacks, who lacks most, and whom to talk to first.

    Parameters
    ----------
    levels, gaps, team
        From `competence.competence_levels`, `competence_gaps` and `team_gaps`.
    names : manager_id -> name
        Somebody without one keeps the id.
    first : how many of each are named

    Examples
    --------
    >>> from kamtools.role.competence import competence_gaps, competence_levels, team_gaps
    >>> judged = pd.DataFrame({"manager_id": ["M1"] * 3, "assessor": ["self", "manager", "self"],
    ...     "competence": ["priorities", "priorities", "negotiation"], "level": [4.0, 2.0, 3.0]})
    >>> levels = competence_levels(judged)
    >>> print(describe_gaps(levels, competence_gaps(levels), team_gaps(levels)))
    1 person is judged in 2 of the 14 competences of the role. The team's widest gap is priorities
    (median 2 of 4). Nobody reaches what is asked for in priorities. Most below what the role asks
    for is M1 (1 competence, 2 levels).
    <BLANKLINE>
    Talk first, before anything is trained: M1 and their superior are two levels or more apart on
    priorities.
    <BLANKLINE>
    1 of 2 levels rests on the person's own word only.
    """
    if levels.empty:
        return "Nobody is judged: competences.csv is missing or blank. The form is what it needs."
    called = _called(names)
    paragraphs = [" ".join([_judged(levels, team), *_widest(team, first)])]
    paragraphs[0] += f" {_most_below(gaps, called, first)}"
    paragraphs += [_whom_to_talk_to(levels, called, first), _own_word(levels)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def describe_person(
    manager_id: str, gaps: pd.DataFrame, *, name: str | None = None, first: int = FIRST
) -> str:
    """Return in words what one person is to learn first: what is seen now and what is wanted.

    Parameters
    ----------
    manager_id
        Who.
    gaps
        From `competence.competence_gaps`.
    name
        What the person is called; the id if None.
    first : how many gaps are told

    Examples
    --------
    >>> gaps = pd.DataFrame({"manager_id": ["M1"], "competence": ["priorities"], "level": [2.0],
    ...     "target": [4.0], "now": ["Time goes to the loudest."], "wanted": ["Divides hours."]})
    >>> print(describe_person("M1", gaps, name="Li"))
    Li is to learn first:
    <BLANKLINE>
    1. priorities (level 2, asked for 4). Now: Time goes to the loudest. Wanted: Divides hours.
    >>> describe_person("M2", gaps)
    'M2: no gap is known.'
    """
    own = gaps[gaps["manager_id"] == manager_id]
    if own.empty:
        return f"{name or manager_id}: no gap is known."
    lines = []
    for place, row in enumerate(own.head(first).to_dict("records"), start=1):
        line = (
            f"{place}. {row['competence']} (level {row['level']:g}, asked for {row['target']:g})."
        )
        lines.append(f"{line} Now: {row['now']} Wanted: {row['wanted']}" if row["now"] else line)
    if len(own) > first:
        lines.append(f"{len(own) - first} more below what is asked for.")
    return "\n\n".join([f"{name or manager_id} is to learn first:", *lines])


def describe_trainings(
    account: str, trainings: pd.DataFrame, *, names: pd.Series | None = None, first: int = FIRST
) -> str:
    """Return in words who could take an account, and after which training.

    Parameters
    ----------
    account
        Its `account_id`.
    trainings
        From `competence_training.trainings`.
    names : account_id or manager_id -> name
        Those without one keep their id.
    first : how many persons are told

    Examples
    --------
    >>> table = pd.DataFrame({"account_id": ["C1"] * 2, "manager_id": ["M1", "M2"],
    ...     "training": ["none", "Mandarin +2"], "ask": ["none", "negotiation"]})
    >>> print(describe_trainings("C1", table))
    C1 could go to M1 as they are, or to M2 after Mandarin +2 (level not known: negotiation).
    """
    called = _called(names)
    rows = trainings[trainings["account_id"] == account].head(first)
    if rows.empty:
        return f"{called.get(account, account)}: what it calls for is not known."
    told = []
    for row in rows.itertuples():
        how = "as they are" if row.training == "none" else f"after {row.training!s}"
        unknown = "" if row.ask == "none" else f" (level not known: {row.ask!s})"
        told.append(f"to {called.get(str(row.manager_id), row.manager_id)} {how}{unknown}")
    return f"{called.get(account, account)} could go {', or '.join(told)}."


def _judged(levels: pd.DataFrame, team: pd.DataFrame) -> str:
    n_people, n_judged = levels["manager_id"].nunique(), int((team["judged"] > 0).sum())
    people = "1 person is" if n_people == 1 else f"{n_people} people are"
    return f"{people} judged in {n_judged} of the {len(team)} competences of the role."


def _widest(team: pd.DataFrame, first: int) -> list[str]:
    wide = team[team["gap"] > 0].sort_values("gap", ascending=False, kind="stable")
    if wide.empty:
        return ["In the median the team has what the role asks for, as far as it is judged."]
    told = [
        f"{row.Index} (median {row.level:g} of {row.target:g})"
        for row in wide.head(first).itertuples()
    ]
    gaps, verb = ("gap", "is") if len(told) == 1 else ("gaps", "are")
    sentences = [f"The team's widest {gaps} {verb} {listing(told)}."]
    missing = wide.index[wide["best"] < wide["target"]]
    if len(missing):
        sentences.append(f"Nobody reaches what is asked for in {listing(list(missing))}.")
    return sentences


def _most_below(gaps: pd.DataFrame, called: dict[str, str], first: int) -> str:
    if gaps.empty:
        return "Nobody is below what the role asks for, as far as it is judged."
    by_person = gaps.groupby("manager_id", sort=False)["gap"]
    table = pd.DataFrame({"gaps": by_person.size(), "lift": by_person.sum()})
    worst = table.sort_values(["lift", "gaps"], ascending=False, kind="stable").head(first)
    told = [
        f"{called.get(str(person), person)} ({_counted(gaps, 'competence')}, "
        f"{_counted(lift, 'level')})"
        for person, gaps, lift in zip(worst.index, worst["gaps"], worst["lift"], strict=True)
    ]
    return f"Most below what the role asks for {'is' if len(told) == 1 else 'are'} {listing(told)}."


def _whom_to_talk_to(levels: pd.DataFrame, called: dict[str, str], first: int) -> str:
    apart = levels[levels["talk"]]
    if apart.empty:
        return ""
    by_person = apart.groupby("manager_id", sort=False)["competence"].agg(list)
    order = by_person.map(len).sort_values(ascending=False, kind="stable").index
    told = [
        f"{called.get(str(person), person)} and their superior are two levels or more apart on "
        f"{listing(by_person[person])}"
        for person in order[:first]
    ]
    more = f" {len(order) - first} more in the table." if len(order) > first else ""
    return f"Talk first, before anything is trained: {'; '.join(told)}.{more}"


def _own_word(levels: pd.DataFrame) -> str:
    n = int(levels["manager"].isna().sum())
    verb = "rests" if n == 1 else "rest"
    text = f"{n} of {len(levels)} levels {verb} on the person's own word only."
    return text if n else ""


def _called(names: pd.Series | None) -> dict[str, str]:
    return {} if names is None else {str(key): str(name) for key, name in names.dropna().items()}


def _counted(number: float, noun: str) -> str:
    return f"{number:g} {noun}{'' if number == 1 else 's'}"
