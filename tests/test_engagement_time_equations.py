import datetime

import pandas as pd
import pytest

from kamtools.engagement import load, roll_up
from kamtools.errors import InputError
from kamtools.orders import orders as orders_of
from kamtools.schema import TIME_EQUATIONS
from kamtools.selection.cost_to_serve import cost_by_account
from kamtools.selection.own_equations import equations_in_use
from kamtools.selection.time_equations import COLUMNS, DRIVERS
from kamtools.starter import starter_files

EQUATIONS = "activity,driver,hours\norder entry,orders,0.25\norder entry,lines,0.02\n"


def faults_of(folder):
    with pytest.raises(InputError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


def test_equations_are_read_as_they_stand(make_folder):
    firm = load(make_folder(time_equations=EQUATIONS))
    assert firm.time_equations.to_numpy().tolist() == [
        ["order entry", "orders", 0.25],
        ["order entry", "lines", 0.02],
    ]
    assert "time_equations.csv" in firm.quality.file.tolist()
    assert firm.folder / "time_equations.csv" in firm.files


def test_equations_may_be_written_in_the_german_way(make_folder):
    text = "activity;driver;hours\nAuftragserfassung;orders;0,25\n"
    assert load(make_folder(time_equations=text)).time_equations.hours.tolist() == [0.25]


def test_a_firm_without_the_file_has_none(make_folder):
    assert load(make_folder()).time_equations is None


def test_chains_leave_the_equations_as_they_are(make_folder):
    accounts = "account_id,name,chain\nA1,One,Harbour\nA2,Two,Harbour\n"
    firm = load(make_folder(time_equations=EQUATIONS, accounts=accounts))
    pd.testing.assert_frame_equal(roll_up(firm).time_equations, firm.time_equations)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("entry,boxes,1\n", "row 2, column driver: saw 'boxes'; expected one of orders, lines, "
                            "credit_notes"),
        ("entry,orders,1\nentry,lines,-1\n", "row 3, column hours: saw -1; expected a number of "
                                             "at least 0"),
        ("entry,orders,soon\n", "row 2, column hours: saw 'soon'; expected a number"),
        ("entry,orders,\n", "row 2, column hours: saw nothing; expected a number"),
        (",orders,1\n", "row 2, column activity: saw nothing; expected a value"),
        ("entry,,1\n", "row 2, column driver: saw nothing; expected a value"),
        ("entry,orders,1,2\n", "row 2: saw 'entry,orders,1,2'; expected 3 cells"),
    ],
)  # fmt: skip
def test_a_fault_names_file_row_and_column(make_folder, rows, expected):
    faults = faults_of(make_folder(time_equations=f"activity,driver,hours\n{rows}"))
    assert f"time_equations.csv, {expected}" in faults


def test_a_term_given_twice_is_a_fault_of_the_later_row(make_folder):
    assert faults_of(make_folder(time_equations=EQUATIONS + "order entry,lines,0.03\n")) == [
        f"time_equations.csv, row 4, column {column}: saw {seen!r}; "
        "expected values that no row above has together"
        for column, seen in (("activity", "order entry"), ("driver", "lines"))
    ]


def test_a_column_that_is_missing_is_a_fault(make_folder):
    (fault,) = faults_of(make_folder(time_equations="activity,hours\nentry,1\n"))
    assert fault.startswith("time_equations.csv, row 1, column driver: saw the columns")


def test_schema_and_method_know_the_same_columns_and_drivers():
    assert tuple(TIME_EQUATIONS.columns) == COLUMNS
    (check,) = TIME_EQUATIONS.columns["driver"].checks
    assert tuple(check.statistics["allowed_values"]) == DRIVERS


def test_a_new_engagement_has_a_template_of_them():
    files = starter_files()
    assert files["templates/time_equations.csv"] == "activity,driver,hours\n"
    assert "orders, lines or credit_notes" in files["templates/README.md"]


def test_cost_to_serve_follows_the_file(make_folder):
    firm = load(make_folder(time_equations=EQUATIONS))
    as_of = datetime.date(2024, 12, 31)
    serving = cost_by_account(
        pd.Index(["A1", "A2"]), service=firm.service, as_of=as_of, cost_per_hour=100.0,
        orders=orders_of(firm.invoices, as_of=as_of),
        equations=equations_in_use(firm.time_equations),
    )  # fmt: skip
    assert serving.total.round(6).tolist() == [54.0, 27.0]
