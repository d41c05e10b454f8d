from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.hours_doubt import describe_hours_doubt, lists_by_least_hours
from kamtools.selection.limits import Limits

AS_OF = date(2025, 12, 31)


@pytest.fixture
def pool():
    return pd.DataFrame({"value": [5.0, 4.0, 3.0, -1.0], "hours": 0.0}, index=list("abcd"))


@pytest.fixture
def log():
    day = pd.to_datetime("2025-06-01")
    return pd.DataFrame({"account_id": ["a", "b", "c"], "hours": [10, 90, 40], "date": day})


def lists(pool, log, **options):
    return lists_by_least_hours(pool, Limits(hours=200), service=log, as_of=AS_OF, **options)


def test_the_more_each_account_takes_the_fewer_fit(pool, log):
    found = lists(pool, log, least=60)
    assert found.columns.tolist() == [30.0, 60.0, 120.0]
    assert found[30.0].tolist() == [True, True, True, False]
    assert found[60.0].tolist() == [True, True, False, False]
    assert found[120.0].tolist() == [True, False, False, False]


def test_words_name_who_leaves_and_who_stays(pool, log):
    text = describe_hours_doubt(lists(pool, log, least=60), least=60, names={"c": "青禾"})
    assert text == (
        "With 30 hours at the least, 青禾 comes in. With 120 hours at the least, b leaves. "
        "1 account is on the list in any case."
    )


def test_words_say_that_the_list_stays(pool, log):
    found = lists(pool, log, least=20, factors=[1, 1.5])
    assert "With 30 hours at the least, the list stays as it is." in describe_hours_doubt(
        found, least=20
    )


@given(st.floats(1, 200), st.floats(0.1, 5))
def test_no_list_takes_more_than_the_hours_allow(least, factor):
    pool = pd.DataFrame({"value": [5.0, 4.0, 3.0]}, index=list("abc"))
    found = lists_by_least_hours(
        pool, Limits(hours=200), service=None, as_of=AS_OF, least=least, factors=[factor]
    )
    taken = max(160.0, least * factor)  # without a log, what is assumed for such accounts
    assert found.iloc[:, 0].sum() == min(3, int(200 // taken))


def test_hours_below_nought_are_refused(pool, log):
    with pytest.raises(InputError, match="at least 0"):
        lists(pool, log, least=-5)


def test_candidates_are_left_as_they_were(pool, log):
    before = pool.copy()
    lists(pool, log, least=60)
    pd.testing.assert_frame_equal(pool, before)
