"""What the selection explorer says of its list, in sentences."""

import html
from collections.abc import Sequence

import pandas as pd

from kamtools.explorers.list_verdicts import DRAWS
from kamtools.explorers.what_if import Answer, Settings
from kamtools.selection.verdicts import IN_FROM
from kamtools.wording import listing, percent

MOST_NAMES = 5


def describe_answer(answer: Answer, settings: Settings, names: pd.Series) -> list[str]:
    """Return in sentences what came in and went out, what the hours do, and what is unsettled.

    Parameters
    ----------
    answer, settings
        From `what_if`, and what it was asked.
    names
        Name by account_id.
    """
    parts = [describe_moves(answer.listed, names)]
    if "hours" in answer.listed and settings.capacity_hours is not None:
        parts.append(describe_hours_used(answer.listed, settings.capacity_hours, names))
    if "verdict" in answer.listed:
        parts.append(describe_unsettled(answer.listed, settings.top))
    if len(answer.points) < len(settings.points):
        parts.append(
            "With these goals, strategic fit tells no two accounts apart and does not count."
        )
    return parts


def paragraphs(sentences: Sequence[str]) -> str:
    """Return sentences as paragraphs of HTML; whatever they contain is text.

    Examples
    --------
    >>> paragraphs(["Tom & <b>Co comes in."]).endswith(">Tom &amp; &lt;b&gt;Co comes in.</p>")
    True
    """
    style = "margin:4px 0;line-height:1.45"
    return "".join(f'<p style="{style}">{html.escape(sentence)}</p>' for sentence in sentences)


def describe_moves(listed: pd.DataFrame, names: pd.Series) -> str:
    """Return in words who came in and went out, and how far the list is one by sales.

    Parameters
    ----------
    listed
        As `selection_list` returns it.
    names
        Name by account_id.

    Examples
    --------
    >>> listed = pd.DataFrame(
    ...     {"rank": [1, 2], "is_chosen": [True, False], "was_chosen": [False, True],
    ...      "in_sales_list": [False, True]}, index=["a", "b"],
    ... )
    >>> print(describe_moves(listed, pd.Series({"a": "Riser", "b": "Giant"})))
    ... # doctest: +NORMALIZE_WHITESPACE
    Against the list at the start, Riser comes in and Giant (now 2) goes out. 1 of the 1 chosen
    is not among the 1 largest by sales.
    """
    chosen, before = listed["is_chosen"], listed["was_chosen"]
    shown = account_names(listed.index, names)
    left = listed[before & ~chosen]
    leaving = shown[left.index] + " (now " + left["rank"].astype(str) + ")"
    moves = [
        _said(list(shown[chosen & ~before]), "comes in", "come in"),
        _said(list(leaving), "goes out", "go out"),
    ]
    moved = " and ".join(move for move in moves if move)
    start = f"Against the list at the start, {moved}." if moved else "The list at the start."
    if not chosen.any():
        return f"{start} Nobody is chosen."
    n_chosen, n_small = int(chosen.sum()), int((chosen & ~listed["in_sales_list"]).sum())
    return (
        f"{start} {n_small:,} of the {n_chosen:,} chosen {'is' if n_small == 1 else 'are'} "
        f"not among the {int(listed['in_sales_list'].sum()):,} largest by sales."
    )


def describe_hours_used(listed: pd.DataFrame, capacity_hours: float, names: pd.Series) -> str:
    """Return in words how many hours the list takes, and who stays out for want of hours.

    Parameters
    ----------
    listed
        As `selection_list` returns it with hours.
    capacity_hours
        Hours a year that there are.
    names
        Name by account_id.

    Examples
    --------
    >>> listed = pd.DataFrame({"rank": [2, 1], "hours": [60.0, 300.0],
    ...     "is_chosen": [True, False], "is_pushed_out": [False, True]}, index=["a", "b"])
    >>> describe_hours_used(listed, 200, pd.Series({"a": "Riser", "b": "Giant"}))
    'The list takes 60 of 200 hours a year; for want of hours Giant (300) stays out.'
    """
    used = listed.loc[listed["is_chosen"], "hours"].sum()
    text = f"The list takes {used:,.0f} of {capacity_hours:,.0f} hours a year"
    pushed = listed[listed["is_pushed_out"]].sort_values("rank")
    shown = account_names(pushed.index, names)
    told = [f"{name} ({taken:,.0f})" for name, taken in zip(shown, pushed["hours"], strict=True)]
    if not told:
        return f"{text}."
    return f"{text}; for want of hours {_said(told, 'stays out', 'stay out')}."


def describe_unsettled(listed: pd.DataFrame, top: int) -> str:
    """Return in words how many accounts are in, and how many are to be argued about.

    Parameters
    ----------
    listed
        With `verdict`, as `what_if` returns it.
    top
        Length of the list that the verdicts are about.

    Examples
    --------
    >>> listed = pd.DataFrame({"verdict": ["in", "argue about it", "argue about it", "out"]})
    >>> print(describe_unsettled(listed, 2))
    Under 500 sets of weights near these, 1 account is among the first 2 in at least 80 % (in),
    and 2 are to be argued about.
    """
    n_in, n_argued = (int((listed["verdict"] == word).sum()) for word in ("in", "argue about it"))
    accounts = "account is" if n_in == 1 else "accounts are"
    pushed = "is_pushed_out" in listed and listed["is_pushed_out"].any()
    start = "Hours aside, under" if pushed else "Under"
    return (
        f"{start} {DRAWS:,} sets of weights near these, {n_in:,} {accounts} among the first "
        f"{top:,} in at least {percent(IN_FROM)} (in), and {n_argued:,} "
        f"{'is' if n_argued == 1 else 'are'} to be argued about."
    )


def account_names(accounts: pd.Index, names: pd.Series) -> pd.Series:
    r"""Return the name of each account on one line, its id where it has none.

    Examples
    --------
    >>> account_names(pd.Index(["a", "b"]), pd.Series({"a": "Harbour\nFoods"})).tolist()
    ['Harbour Foods', 'b']
    """
    ids = pd.Series(accounts.astype(str), index=accounts, dtype=str)
    known = names.reindex(accounts).astype("string").str.split().str.join(" ").fillna("")
    return ids.where(known == "", known)


def _said(names: list[str], one: str, several: str) -> str:
    if not names:
        return ""
    told = names[:MOST_NAMES]
    if len(names) > MOST_NAMES:
        told = [*told, f"{len(names) - MOST_NAMES:,} more"]
    return f"{listing(told)} {one if len(names) == 1 else several}"
