import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.account_plan import ITEM_COLUMNS
from kamtools.planning.account_plan_changes import CHANGES, describe_changes, plan_changes

NOW = datetime.date(2025, 3, 31)


def items(*rows, account="a"):
    made = [(account, section, item, what, "Ines", day) for section, item, what, day in rows]
    table = pd.DataFrame(made, columns=list(ITEM_COLUMNS))
    return table.assign(date=pd.to_datetime(table["date"]))


def changed(before, after):
    table = plan_changes(before, after, as_of=NOW)
    return dict(zip(table["item"], table["change"], strict=True))


def test_each_way_to_change_is_told_apart():
    before = items(
        ("action", "Begin notice", "power", "2025-02-01"),
        ("action", "Ask", "power", "2025-06-01"),
        ("position", "Sales", "10 EUR", None),
        ("position", "Rank", "3", None),
    )
    after = items(
        ("action", "Begin notice", "power", "2025-05-15"),
        ("position", "Sales", "12 EUR", None),
        ("position", "Rank", "3", None),
        ("risk", "It goes", "11 %", None),
    )
    assert changed(before, after) == {
        "Begin notice": "late", "Ask": "gone", "Sales": "changed", "Rank": "as before",
        "It goes": "new",
    }  # fmt: skip


def test_the_same_name_in_two_sections_is_two_items():
    plan = items(("goal", "Notice", "x", None), ("risk", "Notice", "y", None))
    assert len(plan_changes(plan, plan, as_of=NOW)) == 2


def test_a_figure_whose_day_has_passed_is_not_late():
    plan = items(("position", "Sales", "10 EUR", "2025-01-01"))
    assert changed(plan, plan) == {"Sales": "as before"}


def test_an_action_due_on_the_last_day_is_not_late_yet():
    plan = items(("action", "Ask", "power", "2025-03-31"))
    assert changed(plan, plan) == {"Ask": "as before"}


def test_a_plan_read_from_a_file_is_compared_as_well(tmp_path):
    plan = items(("action", "Ask", "power", "2025-02-01"), ("position", "Sales", "1", None))
    plan.to_csv(tmp_path / "p.csv", index=False)
    assert changed(pd.read_csv(tmp_path / "p.csv"), plan) == {"Ask": "late", "Sales": "as before"}


def test_words_name_owner_and_day_of_what_is_late():
    plan = items(("action", "Ask", "power", "2025-02-01"))
    text = describe_changes(plan_changes(plan, plan, as_of=NOW))
    assert text == "Since the last plan: 1 late (Ask, Ines, due 2025-02-01)."


def test_words_say_when_nothing_has_changed():
    plan = items(("position", "Rank", "3", None))
    said = describe_changes(plan_changes(plan, plan, as_of=NOW))
    assert said == "Since the last plan nothing has changed, and nothing is late."


def test_a_long_list_is_cut_and_says_so():
    rows = [("risk", f"r{place}", "x", None) for place in range(9)]
    text = describe_changes(plan_changes(items(), items(*rows), as_of=NOW))
    assert "9 new (r0; r1; r2; r3 and 5 more)" in text


def test_a_plan_of_another_account_is_refused():
    with pytest.raises(InputError, match="the last plan is of account b, this one of a"):
        plan_changes(
            items(("risk", "r", "x", None), account="b"), items(("risk", "r", "x", None)), as_of=NOW
        )


def test_a_table_that_is_no_plan_is_refused():
    with pytest.raises(InputError, match=r"lacks the columns .*expected account_plan\.csv"):
        plan_changes(pd.DataFrame({"account_id": ["a"]}), items(), as_of=NOW)


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_nothing_is_lost_and_nothing_comes_twice(first, second):
    before = items(*(("risk", name, "x", None) for name in sorted(first)))
    after = items(*(("risk", name, "x", None) for name in sorted(second)))
    table = plan_changes(before, after, as_of=NOW)
    assert sorted(table["item"]) == sorted(first | second)
    assert set(table["change"]) <= set(CHANGES)


def test_comparing_leaves_both_plans_as_they_were():
    plan = items(("action", "Ask", "power", "2025-02-01"))
    before = plan.copy(deep=True)
    plan_changes(plan, plan, as_of=NOW)
    pd.testing.assert_frame_equal(plan, before)
