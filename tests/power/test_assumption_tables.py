import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.assumption_tables import check_table, replaced

NAMES = ("waste", "wait")


def table(**changes):
    columns = {"assumption": ["waste", "wait"], "value": [0.2, 30.0], "low": [0.1, 10.0],
               "high": [0.4, 60.0], "unit": ["share", "days"], "source": "assumption"}  # fmt: skip
    return pd.DataFrame(columns | changes)


def check(given, *, least=None, most=None):
    check_table(given, NAMES, least=least or {}, most=most or {})


def test_table_in_order_is_taken():
    check(table())


def test_days_may_be_above_one_and_a_share_may_not():
    with pytest.raises(InputError, match=r"waste needs 0 ≤ low ≤ value ≤ high ≤ 1; got 0.1"):
        check(table(high=[1.2, 60.0]))


def test_limits_by_name_go_before_those_of_the_unit():
    check(table(low=[-0.1, 10.0]), least={"waste": -1.0})
    with pytest.raises(InputError, match="wait needs 0 ≤ low ≤ value ≤ high ≤ 50; got 10, 30, 60"):
        check(table(), most={"wait": 50.0})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (table().drop(columns="unit"), "assumptions need the columns unit"),
        (table().iloc[:1], "assumptions lack wait"),
        (table().iloc[[0, 1, 1]], "'wait' is not known, or stands twice"),
        (table(value=[0.5, 30.0]), "waste needs .* got 0.1, 0.5, 0.4"),
        (table(high=[float("nan"), 60.0]), "waste needs"),
        (table(high=[0.4, float("inf")]), "wait needs"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(given, message):
    with pytest.raises(InputError, match=message):
        check(given)


def test_replacing_says_that_it_was_given_and_leaves_the_other_alone():
    after = replaced(table(), "wait", 20, low=None, high=25)
    assert after.loc[1, ["value", "low", "high", "source"]].tolist() == [20.0, 20.0, 25.0, "given"]
    pd.testing.assert_frame_equal(after.iloc[:1], table().iloc[:1])


def test_replacing_what_is_not_there_is_refused():
    with pytest.raises(InputError, match="no assumption 'wiat'; known are waste, wait"):
        replaced(table(), "wiat", 1, low=None, high=None)


def test_replacing_leaves_the_table_as_it_was():
    given = table()
    replaced(given, "wait", 20, low=None, high=None)
    pd.testing.assert_frame_equal(given, table())
