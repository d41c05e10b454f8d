"""What the role explorer says of its answer, in sentences."""

from kamtools.explorers.role_answer import Answer
from kamtools.explorers.role_case import Case, Settings, rules_at
from kamtools.explorers.role_gap_words import counted, describe_assumed, describe_nobody, some_of
from kamtools.role.assignment_loads import BALANCE
from kamtools.wording import listing, percent


def describe_role_answer(answer: Answer, case: Case, settings: Settings) -> list[str]:
    """Return in sentences what heads are needed, what moves, and what has nobody.

    Parameters
    ----------
    answer, case, settings
        From `what_if`, and what it was asked.
    """
    band = rules_at(case, settings).balance
    sentences = [
        describe_heads(answer),
        describe_moves(answer, has_start=case.start is not None),
        describe_loads(answer, BALANCE if band is None else band),
        describe_match(answer),
        describe_nobody(answer, case),
        describe_assumed(case, settings),
    ]
    if answer.gap > 1e-9:
        sentences.append("Time ran out before it was proven that fewer moves will not do.")
    return [sentence for sentence in sentences if sentence]


def describe_heads(answer: Answer) -> str:
    """Return in words how many managers are needed, and how many there are.

    Parameters
    ----------
    answer
        From `what_if`.
    """
    need, gap = answer.need, answer.heads - answer.need.managers
    spread = ""
    if need.managers_low != need.managers_high:
        spread = f" ({need.managers_low:,} to {need.managers_high:,})"
    by_span = ", as the most accounts for each asks" if need.set_by == "span" else ""
    needed = (
        f"{counted(need.n_accounts, 'account needs', 'accounts need')} "
        f"{need.workload_hours:,.0f} hours a year, {need.fte:.1f} full-time managers: "
        f"{counted(need.managers, 'person', 'people')}{spread}{by_span}."
    )
    there = (
        f"There {'is' if answer.heads == 1 else 'are'} {answer.heads:,}, worth "
        f"{answer.full_time_heads:.1f} full-time"
    )
    if gap < 0:
        return f"{needed} {there}: {-gap:,} too few."
    return f"{needed} {there}."


def describe_moves(answer: Answer, *, has_start: bool) -> str:
    """Return in words which accounts get another manager.

    Parameters
    ----------
    answer
        From `what_if`.
    has_start
        Whether there was an assignment at the start; moves are told against today's if not.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"name": ["Riser", "Giant"], "manager": ["Li", "Eva"],
    ...     "before": ["Eva", "Eva"], "is_moved": [True, False], "is_new": False})
    >>> answer = Answer(rows, rows, pd.Series({"moves": 1.0}), None, 2, 2.0, (), 0.0)
    >>> describe_moves(answer, has_start=True)
    'Against the start 1 of 2 accounts moves: Riser (Eva to Li). 1 has another manager than today.'
    """
    rows = answer.rows
    moved, new = rows[rows["is_moved"]], rows[rows["is_new"]]
    against = "the start" if has_start else "today"
    n_moved = len(moved)
    if n_moved:
        told = [f"{row.name} ({row.before} to {row.manager})" for row in moved.itertuples()]
        text = (
            f"Against {against} {n_moved:,} of {counted(len(rows), 'account', 'accounts')} "
            f"{'moves' if n_moved == 1 else 'move'}: {some_of(told)}."
        )
    else:
        text = f"Against {against} no account moves."
    placed = new.dropna(subset="manager")
    told = [f"{row.name} goes to {row.manager}" for row in placed.itertuples()]
    text += f" New: {listing(told)}." if told else ""
    bare = rows[rows["manager"].isna()]
    if len(bare):
        text += (
            f" {counted(len(bare), 'account has', 'accounts have')} nobody "
            f"({bare['hours'].sum():,.0f} hours a year): {some_of(list(bare['name']))}."
        )
    n_today = int(answer.cover["moves"])
    if has_start and n_today:
        text += f" {n_today:,} {'has' if n_today == 1 else 'have'} another manager than today."
    return text


def describe_loads(answer: Answer, band: float) -> str:
    """Return in words how even the loads are.

    Parameters
    ----------
    answer
        From `what_if`.
    band : share
        How far a load may be from its share.
    """
    cover = answer.cover
    text = (
        f"Loads are from {percent(cover['least_load'])} to {percent(cover['highest_load'])} of "
        f"each manager's share"
    )
    outside, over = answer.loads["is_outside"], answer.loads["is_over_capacity"]
    names = answer.loads["name"]
    if outside.any():
        text += f"; outside ±{percent(band)}: {some_of(list(names[outside]))}"
    else:
        text += f", within ±{percent(band)}"
    return f"{text}; beyond capacity: {some_of(list(names[over]))}." if over.any() else f"{text}."


def describe_match(answer: Answer) -> str:
    """Return in words whether rivals are apart, and what does not match.

    Parameters
    ----------
    answer
        From `what_if`.
    """
    cover, rows = answer.cover, answer.rows
    pairs, n_short = int(cover["rival_pairs"]), int((rows["lacks"] != "").sum())
    text = "Rivals are apart" if not pairs else (
        f"{counted(pairs, 'pair of rivals shares', 'pairs of rivals share')} a manager"
    )  # fmt: skip
    if not n_short:
        return f"{text}; each account has a manager who matches in all that it asks for."
    whole = f" of {counted(len(rows), 'account', 'accounts')}"
    told: list[str] = []
    for measure, what in (
        ("language_unmatched", "does not speak the language"),
        ("region_unmatched", "is in another region"),
    ):
        number = int(cover[measure])
        if number:
            told.append(f"the manager of {number:,}{'' if told else whole} {what}")
    told.append(f"needed competences are met to {percent(cover['competence_met'])}")
    return f"{text}; {listing(told)}."
