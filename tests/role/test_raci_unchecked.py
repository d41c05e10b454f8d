import pandas as pd

from kamtools.role.raci_controls import default_controls
from kamtools.role.raci_table import raci_table
from kamtools.role.raci_unchecked import hours_unknown, missing_columns, not_recognised


def test_whole_table_leaves_no_rule_unchecked(division):
    table = raci_table(division())
    hours = pd.Series(1.0, table.index)
    roles = pd.Series(9.0, [name for names in table["R"] for name in names]).groupby(level=0).sum()
    assert missing_columns(table) == []
    assert not_recognised(table, default_controls()) == []
    assert hours_unknown(table, hours=hours, capacity=roles) == []


def test_each_missing_column_names_the_rules_it_is_needed_for(division):
    table = raci_table(division().drop(columns=["accountable", "escalation_days"]))
    gaps = missing_columns(table)
    assert [(gap.rule, gap.part) for gap in gaps] == [
        (1, "the whole rule"), (3, "the whole rule"), (6, "the whole rule"),
        (10, "a part of it"), (9, "the whole rule"),
    ]  # fmt: skip


def test_division_that_names_persons_cannot_show_who_the_manager_is(division):
    named = division().replace("key account manager", "Li", regex=True)
    gaps = not_recognised(raci_table(named), default_controls())
    assert gaps[0].why == "No role is recognised as key account manager; look at the keywords."


def test_hours_of_unknown_work_are_told_and_not_dropped(division):
    table = raci_table(division())
    hours = pd.concat([pd.Series(1.0, table.index), pd.Series({"travel": 50.0})])
    gaps = hours_unknown(table, hours=hours, capacity=pd.Series(dtype=float))
    assert gaps[0].why == "Hours of travel belong to no activity in the list."


def test_number_stands_for_names_where_there_are_many(division):
    table = raci_table(division())
    gap = hours_unknown(table, hours=pd.Series(dtype=float), capacity=None)[0]
    assert gap.why == "7 of 7 activities have no hours."
    assert gap.part == "the whole rule"


def test_tables_given_for_the_gaps_are_not_changed(division):
    table, hours = raci_table(division()), pd.Series({"Visit the buyers": 5.0, "travel": 1.0})
    before = table.copy(), hours.copy()
    hours_unknown(table, hours=hours, capacity=None)
    not_recognised(table, default_controls())
    pd.testing.assert_frame_equal(table, before[0])
    pd.testing.assert_series_equal(hours, before[1])
