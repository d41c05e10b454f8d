"""The plan for one key account: where it stands, what is wanted, who does what by when.

Everything in it comes from an analysis and says from which: selection, profit, power, white
space, contacts, the calendar. `plan_items` lays the whole plan in one table with fixed columns;
two such tables, of this quarter and of the last, are compared by `account_plan_changes`.
"""

import datetime
from dataclasses import dataclass

import pandas as pd

from kamtools.errors import InputError

POSITION_COLUMNS = ("item", "value", "low", "high", "unit", "source")
GOAL_COLUMNS = ("goal", "today", "target", "unit", "owner", "date", "because")
ACTION_COLUMNS = ("action", "kind", "owner", "date", "cost", "brings", "trigger", "because")
RISK_COLUMNS = ("risk", "today", "trigger", "answer", "owner")
ITEM_COLUMNS = ("account_id", "section", "item", "what", "owner", "date")
SECTIONS = {"position": "item", "goal": "goal", "action": "action", "risk": "risk"}
"""Section -> the column that names its rows, and by which they are known again."""

GOAL_DAYS = 365
"""Days from the last day of the figures to the proposed date of a goal: an assumption."""


@dataclass(frozen=True)
class KeyAccountPlan:
    """The plan for one key account.

    Attributes
    ----------
    account_id, name
    as_of : last day of the figures
    position : (n, 6)
        `item`, `value`, `low`, `high` (missing where there is no range), `unit`, `source`.
    goals : (n, 7)
        `goal`, `today`, `target`, `unit`, `owner`, `date`, `because`.
    actions : (n, 8), soonest first
        `action`, `kind`, `owner`, `date`, `cost` (money a year), `brings` (money a year, what it
        is expected to bring), `trigger`, `because`.
    risks : (n, 5)
        `risk`, `today`, `trigger`, `answer`, `owner`.
    """

    account_id: str
    name: str
    as_of: datetime.date
    position: pd.DataFrame
    goals: pd.DataFrame
    actions: pd.DataFrame
    risks: pd.DataFrame

    @property
    def budget(self) -> float:
        """What the actions cost, in money a year."""
        return float(self.actions["cost"].sum())


def account_plan(
    account_id: str,
    *,
    name: str,
    as_of: datetime.date,
    position: pd.DataFrame,
    goals: pd.DataFrame,
    actions: pd.DataFrame,
    risks: pd.DataFrame,
) -> KeyAccountPlan:
    """Return the plan, its parts checked and in order.

    Parameters
    ----------
    account_id, name, as_of
        Of the account; last day of the figures.
    position, goals, actions, risks
        As in `KeyAccountPlan`; from `account_position`, `account_goals`, `account_actions` and
        `account_risks`, or as a person wrote them.

    Raises
    ------
    InputError
        If a part lacks a column, or two rows of it have the same name.

    Examples
    --------
    >>> nothing = {"position": POSITION_COLUMNS, "goals": GOAL_COLUMNS,
    ...            "actions": ACTION_COLUMNS, "risks": RISK_COLUMNS}
    >>> plan = account_plan("a", name="Harbour", as_of=datetime.date(2024, 12, 31),
    ...                     **{part: pd.DataFrame(columns=list(names))
    ...                        for part, names in nothing.items()})
    >>> plan.budget
    0.0
    """
    parts = {
        "position": (position, POSITION_COLUMNS),
        "goals": (goals, GOAL_COLUMNS),
        "actions": (actions, ACTION_COLUMNS),
        "risks": (risks, RISK_COLUMNS),
    }
    for part, (table, columns) in parts.items():
        lacking = [column for column in columns if column not in table]
        if lacking:
            raise InputError(f"{part} of the account plan lack the columns {', '.join(lacking)}")
        names = table[columns[0]]
        if names.duplicated().any():
            twice = names[names.duplicated()].iloc[0]
            raise InputError(f"{part} of the account plan name {twice!r} twice")
    in_order = actions.sort_values("date", kind="stable", ignore_index=True)
    return KeyAccountPlan(
        account_id, name, as_of, position[list(POSITION_COLUMNS)], goals[list(GOAL_COLUMNS)],
        in_order[list(ACTION_COLUMNS)], risks[list(RISK_COLUMNS)],
    )  # fmt: skip


def plan_items(plan: KeyAccountPlan) -> pd.DataFrame:
    """Return the whole plan in one table with fixed columns, for other programs and next quarter.

    Parameters
    ----------
    plan
        From `account_plan`.

    Returns
    -------
    (n_items, 6)
        `account_id`; `section` ("position", "goal", "action", "risk"); `item`, its name;
        `what`, in words that next quarter is compared with; `owner` and `date`, blank and
        missing where there is none.
    """
    rows = []
    for section, table in (("position", plan.position), ("goal", plan.goals),
                           ("action", plan.actions), ("risk", plan.risks)):  # fmt: skip
        for row in table.to_dict("records"):
            rows.append(
                {
                    "account_id": plan.account_id,
                    "section": section,
                    "item": str(row[SECTIONS[section]]),
                    "what": _said(section, row),
                    "owner": str(row.get("owner", "")),
                    "date": row.get("date"),
                }
            )
    table = pd.DataFrame(rows, columns=list(ITEM_COLUMNS))
    words = [column for column in ITEM_COLUMNS if column != "date"]
    return table.astype(dict.fromkeys(words, "str")).assign(date=pd.to_datetime(table["date"]))


def _said(section: str, row: dict[object, object]) -> str:
    """Return one row in words."""
    if section == "position":
        return f"{_number(row['value'])} {row['unit']}".strip()
    if section == "goal":
        return f"{_number(row['today'])} to {_number(row['target'])} {row['unit']}".strip()
    if section == "action":
        return str(row["kind"])
    return str(row["today"])


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "not known" if value is None else str(value)
    if pd.isna(value):
        return "not known"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
