from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.cost_to_serve import (
    ASSUMED,
    LOGGED,
    cost_by_account,
    cost_by_order,
    describe_sources,
)
from kamtools.selection.service_cost import service_cost

AS_OF = date(2024, 12, 31)
IDS = pd.Index(["a", "b"], name="account_id")
ORDERS = pd.DataFrame(
    {"account_id": ["a", "a", "b"], "amount": [90.0, 50.0, 20.0], "lines": [3, 1, 2]}
)
ENTRY = pd.DataFrame([("entry", "lines", 0.1)], columns=["activity", "driver", "hours"])


def log(*rows):
    """Return a service log from (account_id, activity, hours, cost)."""
    table = pd.DataFrame(rows, columns=["account_id", "activity", "hours", "cost"])
    return table.assign(date=pd.Timestamp("2024-06-01"), cost=table["cost"].astype(float))


def by_order(service, **options):
    return cost_by_order(ORDERS, equations=ENTRY, service=service, as_of=AS_OF, **options)


def by_account(service, **options):
    return cost_by_account(IDS, service=service, as_of=AS_OF, **options)


def test_cost_that_is_given_wins_over_hours():
    assert by_account(log(("a", "visit", 1, 70)), cost_per_hour=50).total["a"] == 70


def test_hours_at_the_rate_stand_in_for_a_cost_that_is_missing():
    assert by_account(log(("a", "visit", 2, None)), cost_per_hour=50).total["a"] == 100


def test_log_is_complete_for_the_activities_it_holds():
    serving = by_account(
        log(("a", "entry", 1, 70)), cost_per_hour=50, orders=ORDERS, equations=ENTRY
    )
    assert serving.costs["entry"].to_dict() == {"a": 70, "b": 0}
    assert serving.sources.to_dict() == {"entry": LOGGED}


def test_activity_that_is_not_logged_is_assumed_by_equation():
    serving = by_account(
        log(("a", "visit", 1, 70)), cost_per_hour=50, orders=ORDERS, equations=ENTRY
    )
    assert serving.costs["entry"].tolist() == pytest.approx([20, 10])
    assert serving.sources.to_dict() == {"visit": LOGGED, "entry": ASSUMED}


def test_account_without_orders_takes_no_hours_by_equation():
    ids = pd.Index(["a", "idle"])
    serving = cost_by_account(
        ids, service=None, as_of=AS_OF, cost_per_hour=50, orders=ORDERS, equations=ENTRY
    )
    assert serving.total["idle"] == 0


def test_equation_without_a_rate_is_not_known():
    assert by_account(None, orders=ORDERS, equations=ENTRY).total.isna().all()


def test_nothing_known_is_not_a_cost_of_nothing():
    serving = by_account(None)
    assert serving.costs.shape == (2, 0)
    assert serving.total.isna().all()


def test_line_of_unknown_cost_makes_the_account_unknown_not_cheaper():
    serving = by_account(log(("a", "visit", 1, 10), ("a", "visit", 1, None), ("b", "call", 1, 5)))
    assert np.isnan(serving.total["a"])
    assert serving.costs["visit"]["b"] == 0


def test_work_without_a_name_is_not_lost():
    serving = by_account(log(("a", None, 1, 70), ("a", " visit ", 1, 5)))
    assert serving.costs.loc["a"].to_dict() == {"unnamed work": 70, "visit": 5}


def test_logged_cost_is_shared_among_an_accounts_orders_by_their_hours():
    assert by_order(log(("a", "entry", 1, 80))).total.tolist() == pytest.approx([60, 20, 0])


def test_order_that_is_not_logged_costs_its_hours_by_equation():
    assert by_order(None, cost_per_hour=50).total.tolist() == pytest.approx([15, 5, 10])


def test_visit_belongs_to_the_account_and_to_no_order():
    serving = by_order(log(("a", "visit", 9, 900)), cost_per_hour=50)
    assert serving.total.tolist() == pytest.approx([15, 5, 10])


def test_full_cost_shares_the_visits_too():
    serving = by_order(log(("a", "visit", 9, 900)), cost_per_hour=50, share_rest=True)
    assert serving.costs["visit"].tolist() == [450, 450, 0]


def test_account_with_a_log_but_no_line_to_bear_it_leaves_orders_without_cost():
    orders = ORDERS.assign(lines=0)
    serving = cost_by_order(
        orders, equations=ENTRY, service=log(("a", "entry", 1, 80)), as_of=AS_OF
    )
    assert serving.total.tolist() == [0, 0, 0]


logs = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["entry", "visit"]), st.floats(0, 10),
              st.floats(0, 1e5)),
    min_size=1, max_size=12,
)  # fmt: skip


@given(logs)
def test_activities_add_up_to_the_cost_of_service(rows):
    total = by_account(log(*rows)).total
    expected = service_cost(log(*rows), IDS, as_of=AS_OF)
    assert total.tolist() == pytest.approx(expected.tolist())


@given(logs)
def test_orders_at_full_cost_add_up_to_their_account(rows):
    by_orders = by_order(log(*rows), cost_per_hour=50, share_rest=True)
    by_accounts = by_account(log(*rows), cost_per_hour=50, orders=ORDERS, equations=ENTRY)
    sums = by_orders.total.groupby(ORDERS["account_id"]).sum()
    assert sums.tolist() == pytest.approx(by_accounts.total.tolist())


def test_words_name_what_is_logged_and_what_is_assumed():
    serving = by_account(
        log(("a", "visit", 1, 70)), cost_per_hour=50, orders=ORDERS, equations=ENTRY
    )
    assert describe_sources(serving) == (
        "From the service log: visit. Assumed by time equation: entry."
    )


def test_words_do_not_call_assumed_what_has_no_rate():
    serving = by_account(log(("a", "visit", 1, 70)), orders=ORDERS, equations=ENTRY)
    assert describe_sources(serving) == (
        "From the service log: visit. Not known, as nothing says what an hour costs: entry."
    )


def test_equations_without_orders_are_refused():
    with pytest.raises(InputError, match="no orders are given"):
        by_account(None, equations=ENTRY)


def test_driver_that_is_not_counted_is_refused():
    with pytest.raises(InputError, match="driver 'boxes'"):
        cost_by_order(ORDERS, equations=ENTRY.assign(driver="boxes"), service=None, as_of=AS_OF)


def test_arguments_are_not_modified():
    service, orders, equations = log(("a", "entry", 1, None)), ORDERS.copy(), ENTRY.copy()
    before = service.copy()
    by_account(service, cost_per_hour=50, orders=orders, equations=equations)
    cost_by_order(orders, equations=equations, service=service, as_of=AS_OF, cost_per_hour=50)
    pd.testing.assert_frame_equal(service, before)
    pd.testing.assert_frame_equal(orders, ORDERS)
    pd.testing.assert_frame_equal(equations, ENTRY)
