import pytest

from kamtools import schema
from kamtools.role.kpis import (
    FIXED_SHARE,
    KPI_COLUMNS,
    NEVER_PAY_ON,
    kpi_table,
    kpis_within_reach,
    pay_principles,
)
from kamtools.wording import percent


def test_pay_mix_is_the_published_one():
    # SAMA studies, flylib.com/books/en/3.94.1.55: 75 to 85 percent salary, 15 to 25 bonus
    says = pay_principles()["says"]
    assert FIXED_SHARE == (0.75, 0.85)
    for name, shares in {"Fixed pay": FIXED_SHARE, "Variable pay": (0.15, 0.25)}.items():
        assert says[name] == f"{percent(shares[0])} to {percent(shares[1])} of target pay"


def test_notice_counts_from_the_half_month_of_the_essay():
    assert "14 days" in kpi_table().loc["notice in time", "formula"]


def test_every_measure_says_what_it_is_how_it_is_worked_out_and_who_says_so():
    table = kpi_table()
    assert list(table.columns) == KPI_COLUMNS
    texts = table.drop(columns=["files", "may_pay"])
    assert (texts.map(str.strip) != "").all(axis=None)


def test_every_file_that_a_measure_needs_is_a_table_of_an_engagement():
    files = kpi_table()["files"].str.split("; ").explode()
    assert set(files) - {""} <= set(schema.TABLES)


def test_never_pay_on_what_the_manager_enters():
    assert pay_principles().loc["Never", "says"] == f"Never pay on {NEVER_PAY_ON}"
    assert "health" in NEVER_PAY_ON
    assert not any("health" in name for name in kpi_table().index)


def test_measure_that_no_table_holds_may_be_paid_for_only_if_others_can_check_it():
    table = kpi_table()
    own_estimate = table["files"].str.contains("relationship|counterparts")
    assert not table.loc[own_estimate, "may_pay"].any()


def test_firm_with_every_table_lacks_only_what_no_table_holds():
    lacks = kpis_within_reach(set(schema.TABLES))
    assert (lacks[kpi_table()["files"] != ""] == "").all()
    assert lacks[kpi_table()["files"] == ""].str.contains("no table of kam holds it").all()


def test_firm_with_nothing_has_no_measure():
    assert (kpis_within_reach(set()) != "").all()


@pytest.mark.parametrize("file", ["invoices", "service", "relationship", "counterparts"])
def test_one_more_table_never_takes_a_measure_away(file):
    before, after = kpis_within_reach({"accounts"}), kpis_within_reach({"accounts", file})
    assert ((before != "") | (after == "")).all()


def test_table_that_is_changed_does_not_change_the_next():
    table, pay = kpi_table(), pay_principles()
    table["may_pay"], pay["says"] = True, ""
    assert not kpi_table()["may_pay"].all()
    assert (pay_principles()["says"] != "").all()
