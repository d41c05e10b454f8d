"""Goals and actions of an account plan, from what the analyses found."""

import datetime

import pandas as pd

from kamtools.planning.account_plan import ACTION_COLUMNS, GOAL_COLUMNS, GOAL_DAYS
from kamtools.planning.due_dates import due_by
from kamtools.power.planner_words import signed
from kamtools.wording import money, percent

OFFER_DAYS = 90
CONTACT_DAYS = 60
"""Days from the last day of the figures to the proposed date of each kind: assumptions."""

MOST_OFFERS = 3
KEPT = 0.9
"""Share of promised notices to be given in time: a proposal."""


def account_goals(
    *,
    name: str,
    position: pd.DataFrame,
    corridor: tuple[float, float],
    owner: str,
    as_of: datetime.date,
    currency: str,
    white_space: pd.Series | None = None,
    open_roles: int | None = None,
    notices_kept: float | None = None,
) -> pd.DataFrame:
    """Return what is wanted of one account by next year, each from a figure of today.

    Parameters
    ----------
    name
        Of the account.
    position
        From `account_position.account_position`.
    corridor
        Low and high of the imbalance.
    owner, as_of, currency
        Who answers; last day of the figures; of the engagement.
    white_space
        `margin`, `margin_low`, `margin_high`: money a year that all white space would bring, as
        `white_space.WhiteSpace.total`; None if that is not known.
    open_roles
        Roles of the client that nobody of ours talks to; None if that is not known.
    notices_kept : 0-1
        Share of promised notices that were given in time; None if that is not known.

    Returns
    -------
    (n, 7), columns as `account_plan.GOAL_COLUMNS`
        Only goals whose figure of today is known.

    Examples
    --------
    >>> position = pd.DataFrame({"item": ["Power imbalance", "Margin of a year"],
    ...                          "value": [0.33, 100.0]})
    >>> goals = account_goals(name="Harbour", position=position, corridor=(-0.15, 0.15),
    ...                       owner="Ines", as_of=datetime.date(2024, 12, 31), currency="EUR")
    >>> goals[["goal", "today", "target"]].to_numpy().tolist()
    [['The imbalance with Harbour is within the corridor', 0.33, 0.15]]
    """
    known = position.set_index("item")["value"]
    by = due_by(as_of, days=GOAL_DAYS)
    rows: list[tuple[object, ...]] = []
    imbalance = known.get("Power imbalance")
    if imbalance is not None and not corridor[0] <= imbalance <= corridor[1]:
        end = corridor[1] if imbalance > corridor[1] else corridor[0]
        because = f"corridor from {signed(corridor[0])} to {signed(corridor[1])}"
        goal = f"The imbalance with {name} is within the corridor"
        rows.append((goal, float(imbalance), end, "", owner, by, because))
    margin = known.get("Margin of a year")
    if margin is not None and white_space is not None and white_space["margin"] > 0:
        low, high = money(white_space["margin_low"]), money(white_space["margin_high"])
        rows.append((
            f"{name} buys what accounts like it buy", float(margin),
            float(margin + white_space["margin"]), f"{currency} of margin a year", owner, by,
            f"white space {money(white_space['margin'], currency)} ({low} to {high}): what is "
            "possible, not a forecast",
        ))  # fmt: skip
    if open_roles:
        rows.append((
            f"Every role of {name} has somebody of ours", float(open_roles), 0.0, "roles", owner,
            by, "relationship map",
        ))  # fmt: skip
    if notices_kept is not None and notices_kept < KEPT:
        rows.append((
            "Notices are given as promised", notices_kept, KEPT, "share of notices", owner, by,
            f"{percent(notices_kept)} were in time so far",
        ))  # fmt: skip
    table = pd.DataFrame(rows, columns=list(GOAL_COLUMNS))
    return table.astype({"today": float, "target": float})


def account_actions(
    account_id: str,
    *,
    name: str,
    decisions: pd.DataFrame,
    owner: str,
    as_of: datetime.date,
    currency: str,
    gaps: pd.DataFrame | None = None,
    open_roles: pd.Series | None = None,
    notices: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return who does what by when for one account.

    Parameters
    ----------
    account_id, name
        Of the account.
    decisions
        From `power_decisions.power_decisions`: those of the account are taken, and those of the
        firm but for what it asks of other accounts.
    owner, as_of, currency
        Who does what nobody is named for; last day of the figures; of the engagement.
    gaps : index product_group
        `brings` (revenue) and `margin`, `margin_low`, `margin_high`, money a year, what brings
        most first, as `white_space.WhiteSpace.gaps`; None if that is not known.
    open_roles : text
        Roles of the client that nobody of ours talks to; None if that is not known.
    notices
        Entries of the calendar for this account: `date`, `what`, `owner`; None for none.

    Returns
    -------
    (n, 8), columns as `account_plan.ACTION_COLUMNS`, soonest first
    """
    rows: list[tuple[object, ...]] = []
    is_own = decisions["account_id"] == account_id
    own = decisions[is_own | ((decisions["account_id"] == "") & (decisions["kind"] != "watch"))]
    for row in own.to_dict("records"):
        rows.append((row["decision"], "power", row["owner"], row["date"], float(row["cost"]),
                     0.0, row["trigger"], row["because"]))  # fmt: skip
    offered = gaps.head(MOST_OFFERS) if gaps is not None else pd.DataFrame()
    for group, gap in offered.iterrows():
        rows.append((
            f"Offer {group}", "white space", owner, due_by(as_of, days=OFFER_DAYS), 0.0,
            float(gap["brings"]), "two visits without a trial order: ask why, and drop it",
            f"accounts like it spend on it; {_worth(gap, currency)}",
        ))  # fmt: skip
    for role in [] if open_roles is None else open_roles:
        rows.append((
            f"Name somebody for the {role} of {name}", "contacts", owner,
            due_by(as_of, days=CONTACT_DAYS), 0.0, 0.0, "nobody met by then",
            "nobody of ours talks to this role",
        ))  # fmt: skip
    for entry in [] if notices is None else notices.to_dict("records"):
        rows.append((
            f"{entry['what']}, {pd.Timestamp(entry['date']).date()}", "calendar",
            entry["owner"] or owner, entry["date"], 0.0, 0.0, "the step moves: give notice again",
            "notice before each step (E2)",
        ))  # fmt: skip
    table = pd.DataFrame(rows, columns=list(ACTION_COLUMNS))
    table["date"] = pd.to_datetime(table["date"])
    table = table.astype({"cost": float, "brings": float})
    return table.sort_values("date", kind="stable", ignore_index=True)


def _worth(gap: pd.Series, currency: str) -> str:
    if pd.isna(gap["margin"]):
        return f"{money(gap['brings'], currency)} of sales a year"
    low, high = money(gap["margin_low"]), money(gap["margin_high"])
    return f"{money(gap['margin'], currency)} of margin a year ({low} to {high})"
