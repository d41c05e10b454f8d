import re

import pytest

from kamtools.selection.criteria import CRITERIA
from kamtools.selection.explanation import read_out

each = pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.name)


def test_names_and_labels_are_unique():
    assert len({criterion.name for criterion in CRITERIA}) == len(CRITERIA)
    assert len({criterion.label for criterion in CRITERIA}) == len(CRITERIA)


@each
def test_objective_is_max_or_min(criterion):
    assert criterion.objective in ("max", "min")


@each
def test_claims_are_claims_of_the_essay(criterion):
    numbers = [int(number) for number in re.findall(r"E(\d+)", criterion.claim)]
    assert numbers
    assert all(1 <= number <= 23 for number in numbers)


@each
def test_wording_can_read_a_number_out(criterion):
    assert re.search(r"\d", read_out(0.5, criterion.wording, "EUR"))


@each
def test_stands_in_for_another_criterion_or_none(criterion):
    assert criterion.stands_in_for in {None, *(other.name for other in CRITERIA)}


@pytest.mark.parametrize("name", ["bargaining_power", "service_cost_rate"])
def test_bargaining_power_and_appetite_for_resources_are_never_a_plus(name):
    # E20; methods A3: a cost and a risk. A sum that counts them as a plus rewards bad accounts.
    assert {c.name: c.objective for c in CRITERIA}[name] == "min"


def test_five_criteria_carry_about_two_thirds_of_the_points():
    points = sorted((criterion.points for criterion in CRITERIA), reverse=True)
    assert sum(points[:5]) / sum(points) == pytest.approx(2 / 3, abs=0.05)


def test_profit_after_service_has_more_points_than_any_other():
    by_points = sorted(CRITERIA, key=lambda criterion: criterion.points)
    assert by_points[-1].name == "margin"
    assert by_points[-1].points > by_points[-2].points
