import zipfile
from pathlib import Path

import pandas as pd
import pytest

from kamtools import schema
from kamtools.engagement import load
from kamtools.publishing.documents.charter import write_charter
from kamtools.role.competence import check_assessments
from kamtools.role.competence_profile import NAMES, competence_form
from kamtools.role.profile import blank_charter
from kamtools.role.raci_controls import FUNCTIONS, SEGREGATED
from kamtools.role.responsibility import check_raci

FOLDER = Path(__file__).resolve().parents[2] / "playbook" / "templates"
TABLES = ["activities", "counterparts", "service", "competences"]
FILLED = {
    "activities": {"responsible": "key account manager", "accountable": "head of sales",
                   "deputy": "sales office", "escalation_days": "5"},
    "competences": {"manager_id": "M2", "level": "3"},
}  # fmt: skip
ROWS = {
    "counterparts": [("A1", "head of buying", "client", "林知秋", "王丽", "4", "2024-12-03"),
                     ("A1", "quality manager", "production", "", "", "", "")],
    "service": [("A1", "2024-11-05", "Visit the client's buyers and sites", "3.5", "")],
}  # fmt: skip


def read(name):
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, encoding="utf-8-sig")


@pytest.fixture
def engagement(tmp_path):
    """Return a firm with a single invoice and all templates, filled in."""
    (tmp_path / "engagement.toml").write_text(
        'name = "Firm"\ncurrency = "EUR"\nas_of = 2024-12-31\nlanguage = "en"\n', encoding="utf-8"
    )
    (tmp_path / "invoices.csv").write_text(
        "account_id,invoice_id,date,amount\nA1,I1,2024-11-04,100\n", encoding="utf-8"
    )
    for name in TABLES:
        table = read(name).assign(**FILLED.get(name, {}))
        if name in ROWS:
            table = pd.DataFrame(ROWS[name], columns=table.columns)
        table.to_csv(tmp_path / f"{name}.csv", index=False, encoding="utf-8-sig")
    return load(tmp_path)


@pytest.mark.parametrize("name", ["activities", "counterparts", "service"])
def test_columns_of_a_template_are_those_of_its_table(name):
    assert list(read(name).columns) == list(schema.TABLES[name].columns)


def test_columns_of_the_competence_form_are_those_of_its_table_and_what_is_to_be_read():
    columns = list(read("competences").columns)
    known = list(schema.TABLES["competences"].columns)
    assert columns[: len(known)] == known
    assert columns == list(competence_form().columns)


@pytest.mark.parametrize("name", TABLES)
def test_guide_says_what_every_column_means(name):
    guide = (FOLDER / "README.md").read_text(encoding="utf-8")
    for column, about in schema.TABLES[name].columns.items():
        needed = "yes" if about.required else "no"
        assert f"| `{column}` | {needed} | {about.description} |" in guide


def test_guide_names_every_file_and_no_other():
    guide = (FOLDER / "README.md").read_text(encoding="utf-8")
    files = {file.name for file in FOLDER.iterdir()} - {"README.md"}
    assert {file for file in files if f"({file})" in guide} == files


def test_filled_templates_are_read_without_a_fault(engagement):
    assert len(engagement.activities) == len(read("activities"))
    assert engagement.counterparts["person"].isna().tolist() == [False, True]
    assert engagement.service["hours"].tolist() == [3.5]
    assert len(check_assessments(engagement.competences)) == 2 * len(NAMES)


def test_division_of_work_proposes_what_the_rules_look_for(engagement):
    activities = engagement.activities
    assert set(activities["function"]) == set(FUNCTIONS)
    violations = check_raci(activities).violations
    own = violations[violations["rule"] == 6]
    assert len(own) == 0  # head of sales answers for everything here, no manager
    flawed = check_raci(activities.assign(accountable="key account manager")).violations
    assert (flawed["rule"] == 6).sum() == len(SEGREGATED)
    not_checked = check_raci(activities).not_checked
    assert 10 not in set(not_checked["rule"])


def test_competence_form_asks_both_judges_for_each_competence():
    table = read("competences")
    asked = table.groupby("competence")["assessor"].agg(list)
    assert asked.tolist() == [["self", "manager"]] * len(NAMES)
    assert set(table["competence"]) == set(NAMES)
    assert table["level"].isna().all()


def test_form_of_the_charter_is_the_one_that_the_code_makes(tmp_path):
    for made in write_charter(blank_charter(), tmp_path):
        kept = FOLDER / made.name
        if made.suffix == ".docx":  # compressed alike only by the same library
            with zipfile.ZipFile(made) as new, zipfile.ZipFile(kept) as old:
                assert new.namelist() == old.namelist()
                assert all(new.read(name) == old.read(name) for name in new.namelist())
        else:
            assert made.read_bytes() == kept.read_bytes()
