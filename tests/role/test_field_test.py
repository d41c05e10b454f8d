import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kamtools.errors import InputError
from kamtools.role.field_test import callplan_field_test, describe_field_test, interval_from_t


def test_callplan_field_test_has_the_range_of_ten_pairs():
    # Fudge & Lodish (1977): 10 matched pairs, +8.1 %, t = 2.42, 9 df; t(0.975, 9) = 2.262.
    test = callplan_field_test()
    half = 0.081 / 2.42 * 2.262
    assert (test.low, test.high) == pytest.approx((0.081 - half, 0.081 + half), abs=1e-4)
    assert test.p_value == pytest.approx(0.0386, abs=1e-4)


def test_with_endless_pairs_the_range_is_that_of_the_normal():
    test = interval_from_t(1.96, t=1.96, degrees_of_freedom=10**7)
    assert (test.low, test.p_value) == pytest.approx((0.0, 0.05), abs=1e-4)


@settings(deadline=None)
@given(st.lists(st.floats(-5, 9), min_size=3, max_size=12, unique=True))
def test_range_is_the_one_that_the_pairs_themselves_give(pairs):
    pairs = np.array(pairs)
    if abs(pairs.mean()) < 1e-3 or pairs.std() < 1e-3:
        return
    found = stats.ttest_1samp(pairs, 0)
    expected = found.confidence_interval(0.95)
    test = interval_from_t(
        float(pairs.mean()), t=float(found.statistic), degrees_of_freedom=len(pairs) - 1
    )
    assert (test.low, test.high) == pytest.approx((expected.low, expected.high))
    assert test.p_value == pytest.approx(found.pvalue)


def test_lower_level_gives_a_narrower_range():
    wide, narrow = (interval_from_t(0.081, t=2.42, degrees_of_freedom=9, level=level)
                    for level in (0.95, 0.5))  # fmt: skip
    assert wide.low < narrow.low < narrow.high < wide.high


def test_words_give_the_range():
    assert "from 0.5 % to 16 % fits" in describe_field_test(callplan_field_test())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"t": -2.42, "degrees_of_freedom": 9}, "effect's sign; got 0.081 and -2.42"),
        ({"t": 0.0, "degrees_of_freedom": 9}, "t must not be 0"),
        ({"t": 2.42, "degrees_of_freedom": 0}, "at least 1 and level .* got 0 and 0.95"),
        ({"t": 2.42, "degrees_of_freedom": 9, "level": 95}, "got 9 and 95"),
    ],
)
def test_test_that_cannot_be_is_refused(options, message):
    with pytest.raises(InputError, match=message):
        interval_from_t(0.081, **options)
