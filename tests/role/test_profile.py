import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.charter_form import SECTIONS, Line
from kamtools.role.competence import competence_levels
from kamtools.role.kpis import kpi_table
from kamtools.role.profile import blank_charter, charter

MANAGERS = pd.DataFrame(
    {"manager_id": ["M1", "M2"], "name": ["Ines Falk", "林知秋"],
     "capacity_hours_per_month": [100.0, 120.0]}
)  # fmt: skip
ASSIGNMENT = pd.DataFrame(
    {"manager_id": ["M2", "M2", "M1"], "hours_per_year": [900.0, 400.0, 100.0],
     "manager_today": ["M1", "M2", "M1"]},
    index=pd.Index(["a", "b", "c"], name="account_id"),
)  # fmt: skip
NAMES = pd.Series({"a": "青禾超市", "b": "Moor & Sons <Wholesale>"})
SHARES = pd.Series({"a": 0.12, "b": 0.05, "c": 0.5})
ACTIVITIES = pd.DataFrame(
    [
        ("Agree the year plan", "client", "key account manager", "head of sales", "", "", 10.0),
        ("Write the briefing", "client", "analyst", "key account manager", "", "", np.nan),
        ("Set the price floor", "finance", "pricing", "head of finance", "KAM", "", 2.0),
        ("Deliver", "after-sales", "dispatcher", "head of logistics", "", "林知秋", 1.0),
        ("Mix the dough", "production", "baker", "head of production", "", "", 1.0),
    ],
    columns=["activity", "function", "responsible", "accountable", "consulted", "informed",
             "escalation_days"],
)  # fmt: skip
COUNTERPARTS = pd.DataFrame(
    [
        ("a", "buyer", "client", "林知秋", "王丽"),
        ("a", "quality manager", "production", None, None),
        ("c", "owner", "client", "Ines Falk", None),
    ],
    columns=["account_id", "client_role", "function", "person", "name"],
)
LEVELS = competence_levels(
    pd.DataFrame(
        [("M2", "priorities", "manager", 2.0), ("M2", "negotiation", "self", 5.0),
         ("M1", "early notice", "self", 1.0)],
        columns=["manager_id", "competence", "assessor", "level"],
    )
)  # fmt: skip
EVERYTHING = {
    "managers": MANAGERS, "assignment": ASSIGNMENT, "names": NAMES, "revenue_share": SHARES,
    "activities": ACTIVITIES, "counterparts": COUNTERPARTS, "levels": LEVELS,
    "files": ["invoices", "service"], "purpose": "Grow the city supermarkets",
    "reports_to": "head of sales", "sponsor": "managing director", "fixed_share": 0.8,
    "firm": "Lantern Foods", "as_of": datetime.date(2024, 12, 31),
}  # fmt: skip


@pytest.fixture
def full():
    return charter("M2", **EVERYTHING)


def rows_of(one, name):
    return {line.cells[0]: line for line in one.section(name).lines}


def test_charter_has_every_section_in_its_order_and_names_its_manager(full):
    assert [one.name for one in full.sections] == list(SECTIONS)
    assert full.title == "Role charter: 林知秋"
    assert "figures up to 2024-12-31" in full.subtitle


def test_every_line_has_as_many_cells_as_headings_and_says_where_it_comes_from(full):
    for one in (*full.sections, *blank_charter().sections):
        for line in one.lines:
            assert len(line.cells) == len(one.columns)
            assert line.source


def test_accounts_of_others_are_nowhere_in_it(full):
    text = str(full.section("accounts")) + str(full.section("counterparts"))
    assert "'c'" not in text
    assert "owner" not in text


def test_hours_stand_against_the_hours_that_the_manager_has(full):
    lines = full.section("accounts").lines
    assert lines[0].source == "assignment; invoices; workload: 900 h"
    assert lines[-1].cells == ("All, of the hours there are", "17 %", "1,300 of 1,440")


def test_too_many_hours_have_to_be_settled():
    heavy = {**EVERYTHING, "workload": pd.Series({"a": 1400.0, "b": 100.0})}
    assert charter("M2", **heavy).section("accounts").missing == (
        "The accounts take 1,500 of 1,440 hours: 60 too many.",
    )


def test_right_is_the_one_of_the_raci_and_says_so(full):
    line = rows_of(full, "rights")["Set the price floor"]
    assert line.cells[1:] == ("is asked before", "head of finance", "2 working days")
    assert line.source == "RACI: Set the price floor – consulted"


def test_person_s_name_in_the_raci_counts_as_the_role(full):
    assert rows_of(full, "rights")["Deliver"].cells[1] == "is told"
    assert "Deliver" not in rows_of(charter("M1", **EVERYTHING), "rights")


def test_activity_without_the_role_is_no_part_of_the_charter(full):
    assert "Mix the dough" not in rows_of(full, "rights")


def test_role_that_decides_its_own_limit_is_told_to_stop():
    flawed = ACTIVITIES.assign(accountable="key account manager")
    rights = charter("M2", **{**EVERYTHING, "activities": flawed}).section("rights")
    assert any("'Set the price floor' is decided by this role" in one for one in rights.missing)


def test_what_is_not_in_the_division_of_work_is_still_never_decided(full):
    assert rows_of(full, "rights")["Credit limit"].cells[1] == "never decides"


def test_managerial_tasks_of_the_field_name_their_source(full):
    evidence = [one.source for one in full.section("tasks").lines if one.source[0] == "f"]
    assert "field evidence: Davies & Ryals 2013: planning" in evidence
    assert "409" in full.section("tasks").note


def test_client_role_that_nobody_talks_to_is_a_line_a_point_and_a_step(full):
    assert full.section("counterparts").lines[1].cells[3] == "nobody"
    assert "Nobody talks to 'quality manager' at 青禾超市." in full.section("counterparts").missing
    assert any(
        "Name who talks at 青禾超市" in one.cells[1] for one in full.section("onboarding").lines
    )


def test_account_that_changes_hands_is_taken_over_and_no_other(full):
    over = [one.cells[1] for one in full.section("onboarding").lines if "Take over" in one.cells[1]]
    assert over == ["Take over 青禾超市 from Ines Falk"]


def test_competence_below_its_target_is_a_gap_and_unjudged_ones_are_named(full):
    section = full.section("competences")
    assert [one.cells[0] for one in section.lines] == ["priorities"]
    assert section.lines[0].source == "competences.csv: the superior's judgement"
    assert "early notice" in section.missing[-1]


def test_pay_mix_entered_within_the_usual_raises_no_question(full):
    section = full.section("pay")
    assert section.lines[0] == Line(("Mix of this role", "80 % fixed, 20 % variable"), "entered")
    assert section.missing == ()


@pytest.mark.parametrize(
    ("share", "is_usual"), [(0.75, True), (0.85, True), (0.7, False), (1, False)]
)
def test_pay_mix_outside_the_usual_has_to_be_explained(share, is_usual):
    section = charter("M2", **{**EVERYTHING, "fixed_share": share}).section("pay")
    assert (section.missing == ()) is is_usual


def test_measures_without_figures_are_points_and_not_lines(full):
    section = full.section("kpis")
    assert list(rows_of(full, "kpis")) == [
        "margin after service",
        "value at risk",
        "forecast error",
    ]
    told = " ".join(section.missing)
    assert all(name in told for name in kpi_table().index if name not in rows_of(full, "kpis"))


def test_charter_with_the_manager_alone_names_all_that_is_missing_and_fills_nothing():
    bare = charter("M2", managers=MANAGERS)
    assert set(bare.missing()["section"]) == {title for title, _ in SECTIONS.values()} - {
        "Measures"
    }
    for name in ("accounts", "counterparts", "competences", "onboarding"):
        assert bare.section(name).lines == ()
    sources = [line.source for one in bare.sections for line in one.lines]
    known = ("the essay", "field evidence", "theory", "our rule", "measures", "rule of the RACI")
    assert all(source.startswith(known) for source in sources)


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("assignment", "No accounts are assigned to this manager."),
        ("revenue_share", "Not every account's part of revenue is known: invoices."),
        ("activities", "The division of work is not known: activities.csv."),
        ("counterparts", "Who talks to whom is not known: counterparts.csv."),
        ("levels", "No competence is judged: competences.csv."),
        ("purpose", "Not entered: its purpose in one sentence."),
        ("reports_to", "Not entered: whom the role reports to."),
        ("sponsor", "Not entered: an executive sponsor, or the decision to have none."),
        ("fixed_share", "Not entered: the pay mix of this role."),
    ],
)
def test_input_that_is_left_out_is_told(left_out, told, full):
    partial = {key: value for key, value in EVERYTHING.items() if key != left_out}
    assert told in set(charter("M2", **partial).missing()["what"])
    assert told not in set(full.missing()["what"])


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(ACTIVITIES))), st.permutations(range(len(MANAGERS))))
def test_order_of_rows_changes_no_right_and_no_point(activities, managers):
    shuffled = {
        **EVERYTHING,
        "activities": ACTIVITIES.iloc[list(activities)],
        "managers": MANAGERS.iloc[list(managers)],
    }
    one, other = charter("M2", **EVERYTHING), charter("M2", **shuffled)
    for name in SECTIONS:
        assert set(one.section(name).lines) == set(other.section(name).lines)
        assert set(one.section(name).missing) == set(other.section(name).missing)


@pytest.mark.parametrize(
    ("manager_id", "change", "message"),
    [
        ("M9", {}, "no manager 'M9'; there are: M1, M2"),
        (
            "M2",
            {"assignment": pd.concat([ASSIGNMENT, ASSIGNMENT])},
            "'a' is assigned to 'M2' twice",
        ),
        ("M2", {"fixed_share": 80}, "fixed_share must be from 0 to 1; got 80"),
        ("M2", {"activities": ACTIVITIES.drop(columns="responsible")}, "there is no responsible"),
        ("M2", {"counterparts": COUNTERPARTS.drop(columns="person")}, "there is no person"),
    ],
)
def test_input_that_cannot_be_meant_is_refused(manager_id, change, message):
    with pytest.raises(InputError, match=message):
        charter(manager_id, **{**EVERYTHING, **change})


def test_tables_given_are_not_changed():
    tables = {k: v for k, v in EVERYTHING.items() if isinstance(v, pd.DataFrame | pd.Series)}
    before = {name: table.copy() for name, table in tables.items()}
    charter("M2", **EVERYTHING)
    for name, table in tables.items():
        assert table.equals(before[name]), name


def test_form_to_fill_in_has_blanks_and_no_figure_of_any_firm():
    form = blank_charter()
    assert (form.name, form.firm, form.as_of) == ("", "", None)
    assert form.missing().empty
    for name in ("accounts", "counterparts", "competences"):
        assert {cell for line in form.section(name).lines for cell in line.cells} == {""}
