import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.reading.references import goal_faults, reference_faults

FILES = {"accounts": "accounts.xlsx", "managers": "managers.csv", "competences": "competences.csv"}


def frames(**columns):
    """Return accounts with these columns, two managers and no competences, by row."""
    accounts = pd.DataFrame({"account_id": ["A1", "A2"], "name": ["Tea", "Salt"], **columns},
                            index=[2, 5])  # fmt: skip
    managers = pd.DataFrame({"manager_id": ["M1", "M2"]}, index=[2, 3])
    return {"accounts": accounts, "managers": managers, "competences": None}


def test_fault_stands_at_the_row_of_the_file_however_many_lines_were_blank():
    (fault,) = reference_faults(frames(manager_id=["M1", "M7"]), FILES)
    assert (fault.file, fault.row, fault.column) == ("accounts.xlsx", 5, "manager_id")
    assert str(fault).endswith("saw 'M7'; expected a manager_id of managers.csv: M1, M2")


def test_names_that_are_known_and_blanks_are_no_faults():
    told = frames(manager_id=["M2", None], rivals=["A2; Harbour", None], chain=["Harbour ", None])
    assert reference_faults(told, FILES) == []


def test_each_unknown_rival_of_a_cell_is_a_fault():
    faults = reference_faults(frames(rivals=["A2; A8; A9", "A1"]), FILES)
    assert [(fault.row, fault.seen) for fault in faults] == [(2, "'A8'"), (2, "'A9'")]


def test_without_tables_there_is_nothing_to_look_up():
    assert reference_faults({"accounts": None, "managers": None}, {}) == []
    without = frames(manager_id=["M8", "M9"]) | {"managers": None}
    assert reference_faults(without, FILES) == []


def test_managers_without_a_row_know_nobody():
    empty = frames(manager_id=["M1", None])
    empty["managers"] = empty["managers"].iloc[:0]
    (fault,) = reference_faults(empty, FILES)
    assert fault.expected == "a manager_id of managers.csv: it has none"


def test_long_list_of_managers_is_cut_short():
    many = frames(manager_id=["X", None])
    many["managers"] = pd.DataFrame({"manager_id": [f"M{n}" for n in range(99)]})
    (fault,) = reference_faults(many, FILES)
    assert fault.expected.endswith("M11, ...")


@given(st.lists(st.sampled_from(["M1", "M2", "M8", "M9"]), min_size=1, max_size=60))
def test_every_unknown_name_is_counted_and_ten_are_shown_at_most(names):
    accounts = pd.DataFrame({"account_id": [f"A{n}" for n in range(len(names))],
                             "manager_id": names})  # fmt: skip
    faults = reference_faults(frames() | {"accounts": accounts}, FILES)
    unknown = sum(name in ("M8", "M9") for name in names)
    assert sum(fault.count for fault in faults) == unknown
    assert len(faults) == min(unknown, 10)


def test_tables_stay_as_they_were():
    told = frames(manager_id=["M8", None], rivals=["A2", "A9"])
    before = {name: None if frame is None else frame.copy(deep=True)
              for name, frame in told.items()}  # fmt: skip
    reference_faults(told, FILES)
    for name, frame in before.items():
        if frame is not None:
            pd.testing.assert_frame_equal(told[name], frame)


@pytest.mark.parametrize(
    ("goal", "seen"),
    [({"column": "segment"}, "'segment'"), ({"column": "name", "values": ["Rum"]}, "'Rum'")],
)
def test_goal_names_a_column_and_values_that_are_there(goal, seen):
    (fault,) = goal_faults({"goals": [goal]}, frames()["accounts"])
    assert (fault.seen, fault.column) == (seen, "strategy.goals, goal 1")
