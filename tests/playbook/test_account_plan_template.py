import re
from pathlib import Path

import nbformat
import pytest

from kamtools.planning.account_plan import ITEM_COLUMNS, SECTIONS
from kamtools.publishing.records import as_frame, kept_tables

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = (REPOSITORY / "playbook" / "templates" / "account-plan.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plan():
    notebook = nbformat.read(REPOSITORY / "notebooks" / "5_account_plan.ipynb", as_version=4)
    kept = {record["name"]: as_frame(record) for record in kept_tables(notebook)}
    return kept["account_plan"].fillna("")


def test_the_columns_told_are_those_of_the_table():
    told = re.findall(r"^\| `(\w+)` \|", TEXT.split("one row for each of them")[1], re.MULTILINE)
    assert told == list(ITEM_COLUMNS)


def test_the_sections_told_are_those_of_a_plan():
    told = re.findall(r"^\| `(\w+)` \|", TEXT.split("one row for each of them")[0], re.MULTILINE)
    assert told == list(SECTIONS)


def test_every_row_of_the_example_stands_in_the_plan_of_the_notebook(plan):
    example = TEXT.split("## A filled example")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| (.+?) \| (.+?) \| (.*?) \| (.*?) \|$", example, re.MULTILINE)
    rows = [row for row in rows if row[0] in SECTIONS]
    columns = ["section", "item", "what", "owner", "date"]
    known = {tuple(map(str, row)) for row in plan[columns].itertuples(index=False)}
    assert len(rows) >= 8
    assert {row[0] for row in rows} == set(SECTIONS)
    assert [row for row in rows if row not in known] == []
