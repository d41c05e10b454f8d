import numpy as np
import pandas as pd
import pytest

from kamtools.role.assignment_fit import (
    load_targets,
    measure_fit,
    mentions,
    model_of,
    rival_pairs,
)
from kamtools.role.assignment_rules import AssignmentRules, assignment_prices

PRICES = assignment_prices(None)


@pytest.fixture
def firm():
    accounts = pd.DataFrame(
        {
            "hours": [100.0, 50.0, 10.0],
            "needs": ["finance; Data", None, "law"],
            "language": ["ZH", None, "de; zh"],
            "region": ["North", "South", None],
            "manager_id": ["M1", "M9", None],
            "relation_years": [30.0, 2.0, np.nan],
        },
        index=["a", "b", "c"],
    )
    managers = pd.DataFrame(
        {
            "capacity_hours": [100.0, np.nan],
            "competences": ["data", None],
            "languages": ["zh", "zh; de"],
            "region": ["south; north", None],
        },
        index=["M1", "M2"],
    )
    return accounts, managers


def test_share_of_needs_met_is_of_those_that_are_named(firm):
    met = measure_fit(*firm, PRICES).competence_met
    assert met.tolist() == [[0.5, 0.0], [1.0, 1.0], [0.0, 0.0]]


def test_what_an_account_leaves_blank_is_not_asked_for_and_a_managers_blank_is_not_there(firm):
    fit = measure_fit(*firm, PRICES)
    assert fit.language_matched.tolist() == [[True, True], [True, True], [False, True]]
    assert fit.region_matched.tolist() == [[True, False], [True, False], [True, True]]


def test_what_the_managers_table_has_no_column_for_is_not_judged(firm):
    accounts, managers = firm
    fit = measure_fit(accounts, managers[["capacity_hours"]], PRICES)
    assert fit.misfit_hours.sum() == 0


def test_misfit_is_priced_by_hours(firm):
    misfit = measure_fit(*firm, PRICES).misfit_hours
    assert misfit[0].tolist() == pytest.approx([100 * 0.3 * 0.5, 100 * (0.3 + 0.2)])
    assert misfit[2].tolist() == pytest.approx([10 * (0.3 + 0.5), 10 * 0.3])


def test_price_of_a_move_grows_with_the_years_up_to_ten_and_is_none_without_a_manager_here(firm):
    moves = measure_fit(*firm, PRICES).move_hours
    assert moves.tolist() == [[0.0, 24 + 4 * 10], [0.0, 0.0], [0.0, 0.0]]


def test_targets_add_up_and_follow_capacity():
    managers = pd.DataFrame({"capacity_hours": [300.0, 100.0, np.nan, 0.0]})
    target = load_targets(managers, 1200.0)
    assert target.sum() == pytest.approx(1200)
    assert target[:2].tolist() == pytest.approx([600, 200])
    assert target[2] == pytest.approx(400)
    assert target[3] == 0


def test_rivals_count_once_and_only_if_both_are_there():
    table = pd.DataFrame({"rivals": ["b; b; a", "a", "nobody"]}, index=["a", "b", "c"])
    assert rival_pairs(table).tolist() == [[0, 1]]
    assert rival_pairs(pd.DataFrame({"hours": [1.0]}, index=["a"])).shape == (0, 2)


def test_words_of_a_column_without_any_are_none():
    blank = pd.DataFrame({"needs": [None, np.nan]}, index=["a", "b"])
    assert mentions(blank, "needs").shape == (2, 0)


def test_model_keeps_what_must_match_and_drops_rules_that_are_not_there(firm):
    fit = measure_fit(*firm, PRICES)
    rules = AssignmentRules(balance=None, musts=("region",))
    model = model_of(*firm, rules, fit)
    assert np.isinf(model.cost).tolist() == [[False, True], [False, True], [False, False]]
    assert np.isinf(model.low).all()
    assert model.capacity.tolist() == [100.0, np.inf]
    assert model.span == np.inf


def test_tables_stay_as_they_were(firm):
    before = [table.copy(deep=True) for table in firm]
    measure_fit(*firm, PRICES)
    for table, old in zip(firm, before, strict=True):
        pd.testing.assert_frame_equal(table, old)
