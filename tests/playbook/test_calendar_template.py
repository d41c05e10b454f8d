"""The template of the calendar: its columns, rules and example are what the code has."""

import datetime
import re
from pathlib import Path

import pytest

from kamtools import schema
from kamtools.planning.calendar import year_calendar
from kamtools.planning.calendar_rules import CalendarRules, rules_table
from kamtools.samples import company

GUIDE = (
    Path(__file__).resolve().parents[2] / "playbook" / "templates" / "calendar.md"
).read_text(encoding="utf-8")  # fmt: skip
AS_OF = re.search(r"Example: the sample company on (\S+)", GUIDE)[1]
ACCOUNTS = ("Gantry Discount Centre", "Copperbell City Market", "Cindermere Wholesale")


@pytest.fixture(scope="module")
def entries():
    tables = company.make_company(seed=company.SEED)
    accounts = tables["accounts"].set_index("name")["account_id"]
    keys = accounts.loc[list(ACCOUNTS)].tolist()
    year = year_calendar(
        tables["initiatives"], firm="Lantern Foods", accounts=keys, owner="head of sales",
        as_of=datetime.date.fromisoformat(AS_OF), notices=tables["notices"],
        names=tables["accounts"].set_index("account_id")["name"],
    )  # fmt: skip
    table = year.table.assign(
        date=year.table["date"].dt.strftime("%Y-%m-%d"),
        days=year.table["notice_days"].map("{:.0f}".format).replace("nan", ""),
    )
    return {tuple(row) for row in table[["date", "kind", "what", "status", "days"]].to_numpy()}


def rows(heading):
    part = GUIDE.split(heading)[1].split("\n## ")[0]
    cells = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line) for line in cells[2:]]


@pytest.mark.parametrize("name", ["initiatives", "notices"])
def test_guide_says_what_every_column_means(name):
    columns = schema.TABLES[name].columns.items()
    expected = [(f"`{c}`", "yes" if a.required else "no", a.description) for c, a in columns]
    assert rows(f"`{name}.csv`\n") == expected


def test_rules_of_the_guide_are_those_of_the_code():
    said = [value for _, value, _ in rows("## 3. The rules")]
    rules = rules_table(CalendarRules()).set_index("rule")["value"]
    names = ["notice_days", "plan_days", "plan_year_month", "briefing_working_day",
             "review_working_day", "holidays"]  # fmt: skip
    assert said == rules[names].tolist()


def test_example_is_what_the_code_makes_of_the_sample_company(entries):
    example = rows("## Example")
    assert len(example) == 6
    assert set(example) <= entries
