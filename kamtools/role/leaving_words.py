"""The manager leaves tomorrow, in words: what has nobody, and which accounts are worst off."""

import pandas as pd

from kamtools.role.leaving import NOBODY, Leaving
from kamtools.wording import listing


def describe_leaving(gone: Leaving, names: pd.Series | None = None, *, most: int = 3) -> str:
    """Return in words what is left open when the person leaves.

    Parameters
    ----------
    gone
        From `leaving.leaving`.
    names : account_id -> name
        An account without one keeps its id.
    most : how many activities and accounts are named

    Examples
    --------
    >>> from kamtools.role.leaving import leaving
    >>> counterparts = pd.DataFrame({"account_id": ["C1", "C1"], "person": ["Li", "Li; Eva"],
    ...                              "client_role": ["buyer", "head of buying"]})
    >>> print(describe_leaving(leaving("Li", counterparts=counterparts)))
    If Li leaves tomorrow: 1 of 2 client contacts has nobody. Worst off is C1 (1 of 2 client
    roles). No account is cut off. Activities are not known: there is no activities.csv, or it is
    blank.
    """
    sentences = [*_tasks_in_words(gone, most), *_contacts_in_words(gone, names, most)]
    the = "the " if gone.person[:1].islower() else ""
    return f"If {the}{gone.person} leaves tomorrow: {' '.join([*sentences, *gone.unknown])}"


def _tasks_in_words(gone: Leaving, most: int) -> list[str]:
    sentences = []
    for letter, verb in (("R", "do"), ("A", "answer for")):
        tasks = gone.activities[gone.activities["letter"] == letter]
        bare = [str(name) for name in tasks.index[tasks["covered_by"] == NOBODY]]
        what = f"{'activity' if len(tasks) == 1 else 'activities'} they {verb}"
        if bare:
            have = "has" if len(bare) == 1 else "have"
            told = _some(bare, most)
            sentences.append(f"{len(bare)} of {len(tasks)} {what} {have} nobody: {told}.")
        elif len(tasks):
            all_, are = ("The 1", "is") if len(tasks) == 1 else (f"All {len(tasks)}", "are")
            n_deputies = int(tasks["by_deputy"].sum())
            n_told = "" if n_deputies == len(tasks) else f"{n_deputies} of them "
            how = f", {n_told}by a deputy" if n_deputies else ""
            sentences.append(f"{all_} {what} {are} covered{how}.")
    return sentences


def _contacts_in_words(gone: Leaving, names: pd.Series | None, most: int) -> list[str]:
    if gone.contacts.empty:
        return []
    n_lost, n_all = int(gone.accounts["lost"].sum()), len(gone.contacts)
    if not n_lost:
        contacts = "The 1 client contact is" if n_all == 1 else f"All {n_all} client contacts are"
        return [f"{contacts} known to others too."]
    verb = "has" if n_lost == 1 else "have"
    known = {} if names is None else names.dropna().to_dict()
    worst = [
        f"{known.get(row.Index, row.Index)} ({row.lost} of {row.contacts} client roles)"
        for row in gone.accounts[gone.accounts["lost"] > 0].itertuples()
    ]
    n_cut = int(gone.accounts["is_cut_off"].sum())
    cut = {0: "No account is cut off.", 1: "1 account is cut off."}
    return [
        f"{n_lost} of {n_all} client contacts {verb} nobody.",
        f"Worst off {'is' if len(worst) == 1 else 'are'} {_some(worst, most)}.",
        cut.get(n_cut, f"{n_cut} accounts are cut off."),
    ]


def _some(words: list[str], most: int) -> str:
    more = len(words) - most
    return listing(words if more < 1 else [*words[:most], f"{more} more"])
