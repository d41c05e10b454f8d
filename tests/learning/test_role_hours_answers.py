"""Answers on heads and hours: they come out of the tables, and change with them."""

import pandas as pd
import pytest

from kamtools.learning import role_hours_answers as found
from kamtools.learning.exercises import check


@pytest.fixture
def over_full():
    accounts = pd.DataFrame(
        {
            "hours": [400.0, 280.0, 200.0, 90.0],
            "language": ["English", "Mandarin", "Mandarin", "Mandarin"],
            "rivals": [None, None, None, None],
        },
        index=["Harbour", "Lanqiao", "Yanquan", "Xiqi"],
    )
    managers = pd.DataFrame(
        {"capacity_hours": [700.0, 450.0], "languages": ["English", "Mandarin; English"]},
        index=["Ana", "Bo"],
    )
    return {"accounts": accounts, "managers": managers}


def workload(hours):
    return pd.DataFrame(
        {"tier": "star", "hours": hours, "hours_low": hours, "hours_high": hours, "source": "log"}
    )


def test_managers_needed_are_the_worked_example():
    hours = [420.0] * 6 + [300.0] * 5 + [160.0] * 8 + [60.0] * 11
    assert found.need_of({"workload": workload(hours)}).fte == pytest.approx(4.84, abs=0.005)


def test_twice_the_hours_need_twice_the_managers():
    one, two = (found.need_of({"workload": workload([hours])}).fte for hours in (616.0, 1232.0))
    assert (one, two) == (pytest.approx(0.5), pytest.approx(1.0))


def test_next_hours_go_where_they_bring_most_not_where_most_is_brought():
    curves = pd.DataFrame(
        {"margin": [1000.0, 100.0], "hours": [100.0, 100.0], "minimum": [0.9, 0.2],
         "maximum": [1.01, 2.0], "c": [0.1, 1.25], "d": [2.0, 2.0]},
        index=["large", "steep"],
    )  # fmt: skip
    assert found.best_for_next_hours({"curves": curves}) == "steep"
    assert found.largest_margin({"curves": curves}) == "large"


def test_accounts_that_fight_are_the_fewest(over_full):
    assert found.cannot_all_be_served(over_full) == {"Lanqiao", "Yanquan"}


def test_nobody_fights_where_there_are_hours_enough(over_full):
    over_full["managers"].loc["Bo", "capacity_hours"] = 570.0
    assert found.cannot_all_be_served(over_full) == set()


def test_the_account_that_gives_way_ends_the_fight_and_costs_least(over_full):
    assert found.gives_way(over_full) == "Yanquan"


def test_a_second_speaker_makes_a_language_common(over_full):
    assert found.with_rare_language(over_full) == {"Lanqiao", "Yanquan", "Xiqi"}
    over_full["managers"].loc["Ana", "languages"] = "English; Mandarin"
    assert "Xiqi" not in found.with_rare_language(over_full)


def test_answers_do_not_change_the_tables(over_full):
    before = {name: table.copy() for name, table in over_full.items()}
    check("role-over-full", ["Lanqiao"], context=over_full)
    check("role-gives-way", "Lanqiao", context=over_full)
    for name, table in over_full.items():
        pd.testing.assert_frame_equal(table, before[name])
