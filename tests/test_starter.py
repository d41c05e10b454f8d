import csv
import tomllib

import pytest

from kamtools import schema
from kamtools.engagement import load
from kamtools.errors import InputError
from kamtools.reading.settings import FILE_OPTIONS, SECTIONS
from kamtools.starter import SETTINGS, starter_files, write_starter


def test_every_table_has_a_template_with_its_columns(tmp_path):
    write_starter(tmp_path / "firm")
    for name, table in schema.TABLES.items():
        place = "" if name == "invoices" else "templates"
        with (tmp_path / "firm" / place / f"{name}.csv").open() as file:
            (header,) = csv.reader(file)
        assert set(header) >= {c for c, column in table.columns.items() if not column.regex}


def test_guide_says_what_every_column_means():
    guide = starter_files()["templates/README.md"]
    for table in schema.TABLES.values():
        assert all(column.description in guide for column in table.columns.values())


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("counterparts", "account_id,client_role,function,person,name,strength,last_contact"),
        ("competences", "manager_id,competence,assessor,level,evidence"),
        ("workload_assumptions", "assumption,value,low,high,meaning,source"),
    ],
)
def test_templates_of_the_role_can_be_filled_in_and_fed_back(name, header):
    assert starter_files()[f"templates/{name}.csv"] == header + "\n"


def test_filled_templates_are_read(make_folder):
    header = starter_files()["templates/activities.csv"]
    row = "Visit,client,Ines,head of sales,finance; production,,Oskar,3\n"
    activities = load(make_folder(activities=header + row)).activities
    assert schema.names_in(activities.loc[0, "consulted"]) == ["finance", "production"]
    assert activities.loc[0, ["deputy", "escalation_days"]].tolist() == ["Oskar", 3.0]


def test_ratings_of_the_template_are_ratings():
    header = starter_files()["templates/accounts.csv"].strip().split(",")
    ratings = [name for name in header if name.endswith(schema.RATING_SUFFIX)]
    assert len(ratings) == 4


def test_settings_read_as_toml_with_and_without_the_examples():
    assert "as_of" not in tomllib.loads(SETTINGS)
    uncommented = "\n".join(
        line.removeprefix("# ") if ("=" in line or line.startswith(("# [", "# ]"))) else line
        for line in SETTINGS.splitlines()
    )
    settings = tomllib.loads(uncommented)
    assert settings["as_of"].year == 2024
    assert len(settings["strategy"]["goals"]) == 2
    for section in ("capacity", "power", "quality", "strategy"):
        assert set(settings[section]) == set(SECTIONS[section])
    assert set(settings["files"]["invoices"]) <= set(FILE_OPTIONS)


def test_files_that_are_there_are_listed_and_nothing_is_written(tmp_path):
    (tmp_path / "invoices.csv").write_text("mine")
    with pytest.raises(InputError, match=r"invoices\.csv"):
        write_starter(tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == ["invoices.csv"]
    assert (tmp_path / "invoices.csv").read_text() == "mine"
