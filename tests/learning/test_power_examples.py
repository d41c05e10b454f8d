"""Worked accounts of the exercises on power: usable, and called what they are."""

import pytest

from kamtools.learning import power_examples as examples
from kamtools.power.dependence import middle_dependence
from kamtools.power.measure_checks import check_measures
from kamtools.power.measure_effects import apply_measures, check_inputs

ACCOUNTS = [examples.worked_account, examples.critical_part, examples.uncertain_account,
            examples.account_to_plan]  # fmt: skip


@pytest.mark.parametrize("make", ACCOUNTS)
def test_worked_accounts_can_be_measured_and_are_called_assumptions(make):
    check_inputs(make())
    assert set(make()["basis"]) == {"assumption"}
    assert len(middle_dependence(make())) == 1


@pytest.mark.parametrize("make", [examples.measures_to_choose, examples.worked_measures])
def test_measures_of_the_exercises_are_sound_and_called_assumptions(make):
    check_measures(make())
    assert set(make()["basis"]) == {"assumption"}


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        (["advance_notice", "market_briefing"], (0.184, 0.866)),
        (["advance_notice", "market_briefing", "diversification"], (-0.066, 0.616)),
        (["diversification"], (0.095, 0.455)),
    ],
)
def test_both_ways_end_where_methods_0_4_says(chosen, numbers):
    after = apply_measures(examples.worked_account(), examples.worked_measures(), chosen)
    end = middle_dependence(after).iloc[0]
    assert tuple(end[["power_imbalance", "mutual_dependence"]]) == pytest.approx(numbers, abs=6e-4)


def test_each_call_returns_a_table_of_its_own():
    mine = examples.four_accounts()
    mine.loc["Harbour"] = 0.0
    assert examples.four_accounts().loc["Harbour", "supplier_dependence"] > 0
