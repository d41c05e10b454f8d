"""The plan for one key account as one page for the board, a document (DOCX) to be edited."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.account_plan import KeyAccountPlan
from kamtools.publishing.documents.form import GREY, add_run, add_table, new_document, to_bytes
from kamtools.publishing.whole_files import name_part, write_together
from kamtools.wording import money

PARTS = ("position", "goals", "actions", "risks")
MOST_FIGURES = 8
MOST_GOALS = 4
MOST_ACTIONS = 7
MOST_RISKS = 3
"""What one page has room for; the plan in the report has all of it."""

FIRST = ("Sales of a year", "Share of our sales", "Growth on the year before",
         "Profit after serving it", "Margin of a year", "Power imbalance",
         "Zone of the power map", "Cell of the portfolio matrix",
         "Share of its wallet")  # fmt: skip
"""Figures that a board asks for first, in this order."""


def write_plan(plan: KeyAccountPlan, folder: Path | str, *, firm: str, currency: str) -> list[Path]:
    """Write `account-plan-ACCOUNT.docx` and return where it is.

    Parameters
    ----------
    plan
        From `kamtools.planning.account_plan.account_plan`.
    folder
        Where to; it is made if it is not there. An earlier file of the same name is replaced.
    firm, currency
        The supplier's name; the currency of the engagement.

    Raises
    ------
    InputError
        If the folder is a file, or the account has no id that could name a file.
    """
    if not plan.account_id.strip():
        raise InputError("an account plan needs the account's id for its file; got a blank one")
    contents = {
        f"account-plan-{name_part(plan.account_id)}.docx": to_docx(
            plan, firm=firm, currency=currency
        )
    }
    return write_together(Path(folder), contents, what="the account plan")


def to_docx(plan: KeyAccountPlan, *, firm: str, currency: str) -> bytes:
    """Return the board's page as a document; the date it carries is the last of the figures.

    Parameters
    ----------
    plan, firm, currency
        As in `write_plan`.
    """
    title = f"Account plan: {plan.name}"
    document = new_document(
        title,
        f"{firm}  ·  figures up to {plan.as_of.isoformat()}  ·  owners and dates are proposals",
        footer=f"{title}  ·  ",
    )
    document.add_heading("Where we stand", level=1)
    add_run(document.add_paragraph(), _figures(plan.position))
    document.add_heading("What we want by next year", level=1)
    if plan.goals.empty:
        document.add_paragraph("No goal follows from the figures; set one.")
    else:
        rows = [
            (row["goal"], _amount(row["today"]), _amount(row["target"]), row["owner"],
             str(row["because"]))
            for row in plan.goals.head(MOST_GOALS).to_dict("records")
        ]  # fmt: skip
        add_table(document, ("Goal", "Today", "Target", "Owner", "Because"), rows,
                  widths=(5.4, 1.9, 1.9, 3.0))  # fmt: skip
    document.add_heading("What we do, and when", level=1)
    rows = [
        (row["action"], row["owner"], f"{pd.Timestamp(row['date']).date()}",
         money(row["cost"], currency) if row["cost"] else "time", str(row["trigger"]))
        for row in plan.actions.head(MOST_ACTIONS).to_dict("records")
    ]  # fmt: skip
    if rows:
        add_table(document, ("Action", "Owner", "By", "Cost a year", "Think again if"), rows,
                  widths=(5.2, 2.8, 2.6, 2.2))  # fmt: skip
    more = len(plan.actions) - len(rows)
    told = f" {more} more actions stand in the report." if more > 0 else ""
    total = f"Budget: {money(plan.budget, currency)} a year.{told}"
    add_run(document.add_paragraph(), total, bold=True)
    if not plan.risks.empty:
        document.add_heading("What could go wrong", level=1)
        risks = [
            (row["risk"], row["today"], row["answer"], row["trigger"])
            for row in plan.risks.head(MOST_RISKS).to_dict("records")
        ]
        add_table(document, ("Risk", "Today", "Answer", "Trigger"), risks, widths=(3.8, 5.0, 4.4))
    note = "Every figure is from the report of the same date; what is assumed is called so there."
    add_run(document.add_paragraph(), note, color=GREY, size=8.5)
    return to_bytes(document, title=title, subject=plan.name, author=firm, dated=plan.as_of)


def as_plain(plan: KeyAccountPlan) -> dict[str, Any]:
    """Return a plan as values that JSON can hold."""
    tables = {
        part: getattr(plan, part).to_json(orient="split", date_format="iso", index=False)
        for part in PARTS
    }
    about = {"account_id": plan.account_id, "name": plan.name, "as_of": plan.as_of.isoformat()}
    return about | tables


def from_plain(plain: Mapping[str, Any]) -> KeyAccountPlan:
    """Return the plan that `as_plain` wrote."""
    return KeyAccountPlan(
        plain["account_id"],
        plain["name"],
        datetime.date.fromisoformat(plain["as_of"]),
        **{part: _table(plain[part]) for part in PARTS},
    )


def _table(text: str) -> pd.DataFrame:
    split = json.loads(text)
    table = pd.DataFrame(split["data"], columns=split["columns"])
    return table.assign(date=pd.to_datetime(table["date"])) if "date" in table else table


def _figures(position: pd.DataFrame) -> str:
    known = position.set_index("item")
    items = [item for item in FIRST if item in known.index][:MOST_FIGURES]
    told = [f"{item} {_amount(known['value'][item], known['unit'][item])}" for item in items]
    return "; ".join(told) + "." if told else "Nothing is known of the account."


def _amount(value: object, unit: object = "") -> str:
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "not known"
    number = float(str(value))
    text = money(number) if abs(number) >= 100 else f"{number:.3g}"
    return f"{text.replace('-', '−')} {unit}".strip()
