import datetime
import io
import json

import pandas as pd
import pytest
from docx import Document
from nbformat.v4 import new_code_cell, new_notebook, new_output

from kamtools.errors import InputError
from kamtools.planning.account_plan import (
    ACTION_COLUMNS,
    GOAL_COLUMNS,
    POSITION_COLUMNS,
    RISK_COLUMNS,
    account_plan,
)
from kamtools.publishing import documents
from kamtools.publishing.documents import plan_document

DAY = datetime.date(2024, 12, 31)


def plan(*, account="a", n_actions=2):
    soon = pd.Timestamp(2025, 2, 14)
    return account_plan(
        account,
        name="浩瀚 & Sons <Wholesale>",
        as_of=DAY,
        position=pd.DataFrame(
            [("Sales of a year", 2_431_781.3, None, None, "EUR", "invoices"),
             ("Power imbalance", 0.33, 0.28, 0.4, "", "power"),
             ("Zone of the power map", "captive supplier", None, None, "", "power")],
            columns=list(POSITION_COLUMNS),
        ),
        goals=pd.DataFrame(
            [("Into the corridor", 0.33, 0.15, "", "Ines", soon, "corridor")],
            columns=list(GOAL_COLUMNS),
        ),
        actions=pd.DataFrame(
            [(f"Action {place}", "power", "Ines", soon, 5_000.0, 0.0, "no answer", "because")
             for place in range(n_actions)],
            columns=list(ACTION_COLUMNS),
        ),
        risks=pd.DataFrame(
            [("It leaves", "547,000 of margin", "a tender", "cash agreed", "Ines")],
            columns=list(RISK_COLUMNS),
        ),
    )  # fmt: skip


def words_of(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_page_has_position_goals_actions_budget_and_risks():
    words = words_of(plan_document.to_docx(plan(), firm="Lantern", currency="EUR"))
    for text in ("浩瀚 & Sons <Wholesale>", "Sales of a year 2.43 million EUR", "captive supplier",
                 "Into the corridor", "Action 1", "2025-02-14", "Budget: EUR 10,000 a year.",
                 "It leaves"):  # fmt: skip
        assert text in words


def test_what_has_no_room_is_counted():
    words = words_of(plan_document.to_docx(plan(n_actions=9), firm="x", currency="EUR"))
    assert "Action 6" in words
    assert "Action 7" not in words
    assert "2 more actions stand in the report." in words


def test_a_plan_without_goals_or_risks_says_so():
    empty = plan()
    bare = account_plan(
        "a", name="x", as_of=DAY, position=empty.position, goals=empty.goals.head(0),
        actions=empty.actions.head(0), risks=empty.risks.head(0),
    )  # fmt: skip
    words = words_of(plan_document.to_docx(bare, firm="x", currency="EUR"))
    assert "set one" in words
    assert "What could go wrong" not in words


def test_the_same_plan_gives_the_same_bytes():
    first, second = (plan_document.to_docx(plan(), firm="x", currency="EUR") for _ in "ab")
    assert first == second


def test_a_plan_survives_json():
    one = plan()
    again = plan_document.from_plain(json.loads(json.dumps(plan_document.as_plain(one))))
    assert (again.account_id, again.name, again.as_of) == (one.account_id, one.name, one.as_of)
    for part in plan_document.PARTS:
        pd.testing.assert_frame_equal(
            getattr(again, part), getattr(one, part), check_dtype=False, check_freq=False
        )


def test_the_account_names_the_file_with_signs_that_no_name_may_have_replaced(tmp_path):
    (path,) = plan_document.write_plan(plan(account="浩/瀚"), tmp_path, firm="x", currency="EUR")
    assert path.name == "account-plan-浩%2F瀚.docx"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_an_account_without_an_id_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(InputError, match="needs the account's id"):
        plan_document.write_plan(plan(account=" "), tmp_path, firm="x", currency="EUR")
    assert not list(tmp_path.iterdir())


def test_a_kept_plan_is_written_from_the_notebook(tmp_path):
    plain = plan_document.as_plain(plan()) | {"firm": "Lantern", "currency": "EUR"}
    output = new_output("display_data", {documents.PLAN_MIME: plain})
    notebook = new_notebook(cells=[new_code_cell("1", outputs=[output])])
    names = documents.write_documents(notebook, tmp_path)
    assert names == ["account-plan-a.docx"]
    assert "Lantern" in words_of((tmp_path / names[0]).read_bytes())
