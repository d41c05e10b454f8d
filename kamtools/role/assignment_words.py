"""An assignment beside today's, in a table and in words."""

import pandas as pd

from kamtools.role.assignment import Assignment
from kamtools.role.assignment_loads import BALANCE, manager_loads, shared_rivals
from kamtools.role.assignment_reading import read_assignment
from kamtools.wording import listing, percent

WRONG = {
    "over_capacity": "managers beyond their capacity",
    "rival_pairs": "pairs of rivals with one manager",
    "language_unmatched": "accounts whose language is not spoken",
    "region_unmatched": "accounts in another region",
}
"""Measures that had better be 0, as a manager calls them."""


def compare_with_today(assignment: Assignment) -> pd.DataFrame:
    """Return how today's assignment and the proposed one do, measure by measure.

    Parameters
    ----------
    assignment
        From `assignment.assign_accounts`.

    Returns
    -------
    (9, 2), index measure; columns `today` and `proposed`
        `without_manager` (accounts), `least_load` and `highest_load` (hours / fair share),
        `outside_band` and `over_capacity` (managers), `rival_pairs` (that share a manager),
        `language_unmatched`, `region_unmatched` (accounts that have a manager), and
        `competence_met` (0-1, by hours). The band is that of the rules, 15 % where they
        have none.

    Examples
    --------
    >>> from kamtools.role.assignment import assign_accounts
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0], "manager_id": "M1"}, index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [75.0, 75.0]}, index=["M1", "M2"])
    >>> compare_with_today(assign_accounts(accounts, managers)).loc[["highest_load",
    ...                                                              "over_capacity"]]
                   today  proposed
    measure
    highest_load     2.0       1.0
    over_capacity    1.0       0.0
    """
    accounts, managers = assignment.accounts, assignment.managers
    today = read_assignment(accounts, managers, assumptions=assignment.prices.to_frame("value"))
    band = BALANCE if assignment.rules.balance is None else assignment.rules.balance
    columns = {}
    for name, table in (("today", today), ("proposed", assignment.table)):
        loads = manager_loads(table, accounts, managers, balance=band)
        placed = table[table["manager_id"].notna()]
        met = placed["competence_met"] * placed["hours_per_year"]
        columns[name] = {
            "without_manager": float(table["manager_id"].isna().sum()),
            "least_load": loads["load_index"].min(),
            "highest_load": loads["load_index"].max(),
            "outside_band": float(loads["is_outside"].sum()),
            "over_capacity": float(loads["is_over_capacity"].sum()),
            "rival_pairs": float(len(shared_rivals(table, accounts))),
            "language_unmatched": float((~placed["language_matched"]).sum()),
            "region_unmatched": float((~placed["region_matched"]).sum()),
            "competence_met": met.sum() / max(placed["hours_per_year"].sum(), 1e-9),
        }
    return pd.DataFrame(columns).rename_axis("measure")


def describe_assignment(assignment: Assignment) -> str:
    """Return in words what the assignment changes, and how sure it is the best.

    Parameters
    ----------
    assignment
        From `assignment.assign_accounts`.

    Examples
    --------
    >>> from kamtools.role.assignment import assign_accounts
    >>> accounts = pd.DataFrame({"hours": [60.0, 60.0], "manager_id": "M1"}, index=["a", "b"])
    >>> managers = pd.DataFrame({"capacity_hours": [75.0, 75.0]}, index=["M1", "M2"])
    >>> print(describe_assignment(assign_accounts(accounts, managers)))
    2 accounts have one of 2 managers each: 1 stays where it is and 1 moves. Loads are from
    100 % to 100 % of each manager's share; today they are from 0 % to 200 %, and 2 of 2 managers
    are further than 15 % from it. In brackets today: managers beyond their capacity 0 (1).
    24 hours a year are lost for want of a match or in handing over. No assignment within the
    rules loses less (proven).
    """
    table, rules = assignment.table, assignment.rules
    compared = compare_with_today(assignment)
    has_today = bool(table["manager_today"].isin(assignment.managers.index).any())
    band = BALANCE if rules.balance is None else rules.balance
    sentences = [
        f"{_count(len(table), 'account has', 'accounts have')} one of "
        f"{_count(len(assignment.managers), 'manager', 'managers')} each: {_moves(table)}",
        _load_sentence(compared, len(assignment.managers), band, has_today=has_today),
        *_match_sentences(compared, has_today=has_today),
        f"{assignment.lost_hours:,.0f} hours a year are lost for want of a match or in handing "
        "over",
        _proof(assignment),
    ]
    return " ".join(f"{sentence}." for sentence in sentences)


def _moves(table: pd.DataFrame) -> str:
    moves, new = int(table["is_move"].sum()), int(table["manager_today"].isna().sum())
    stays = len(table) - moves - new
    counted = [
        (stays, "stays where it is", "stay where they are"),
        (moves, "moves", "move"),
        (new, "has nobody today", "have nobody today"),
    ]
    return listing([_count(*one) for one in counted if one[0]])


def _load_sentence(compared: pd.DataFrame, n: int, band: float, *, has_today: bool) -> str:
    now, today = compared["proposed"].to_dict(), compared["today"].to_dict()
    text = (
        f"Loads are from {percent(now['least_load'])} to {percent(now['highest_load'])} of each "
        "manager's share"
    )
    if now["outside_band"]:
        text += f", {now['outside_band']:.0f} of {n} further than {percent(band)} from it"
    if not has_today:
        return text
    return (
        f"{text}; today they are from {percent(today['least_load'])} to "
        f"{percent(today['highest_load'])}, and {today['outside_band']:.0f} of {n} managers "
        f"{'is' if today['outside_band'] == 1 else 'are'} further than {percent(band)} from it"
    )


def _match_sentences(compared: pd.DataFrame, *, has_today: bool) -> list[str]:
    """Return what is wrong now, and before, of what is wrong in either."""
    now = compared["proposed"].to_dict()
    today = compared["today"].to_dict() if has_today else now
    told = []
    for measure, label in WRONG.items():
        if now[measure] or today[measure]:
            before = f" ({today[measure]:.0f})" if has_today else ""
            told.append(f"{label} {now[measure]:.0f}{before}")
    if min(now["competence_met"], today["competence_met"]) < 1 - 1e-9:
        before = f" ({percent(today['competence_met'])})" if has_today else ""
        told.append(f"needed competences met {percent(now['competence_met'])}{before}")
    if not told:
        return []
    return [f"{'In brackets today: ' if has_today else 'There are: '}{', '.join(told)}"]


def _proof(assignment: Assignment) -> str:
    is_proven = assignment.gap <= 1e-9
    if assignment.moves_are_fewest and not is_proven:
        return "The search ended before it was proven that none moves fewer or loses less"
    among = "No assignment within the rules"
    if assignment.moves_are_fewest:
        among = "None moves fewer of those that could stay, and none of those that move as few"
    if is_proven:
        return f"{among} loses less (proven)"
    return f"{among} loses over {percent(assignment.gap)} less"


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
