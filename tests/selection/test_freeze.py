from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.decision_log import Entry, append_entry, read_log
from kamtools.errors import InputError
from kamtools.selection.freeze import (
    KIND,
    freeze,
    frozen_in_log,
    is_frozen,
    log_content,
    weights_hash,
)
from kamtools.selection.weights import direct_weights

DAY = date(2024, 12, 2)
WEIGHTS = direct_weights({"margin": 3, "growth": 2})
points = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.floats(0.01, 1e3),
                         min_size=1, max_size=6)  # fmt: skip


def test_hash_is_sha256_of_the_canonical_text():
    # Computed apart from this package: printf '{"growth":0.4,"margin":0.6}' | sha256sum
    assert weights_hash(WEIGHTS) == (
        "ffe7d86e5f623883d6601d97d7e366808dc1c1c3b78cf6af386c8d90b124b242"
    )


def test_same_weights_in_other_points_have_the_same_hash():
    assert weights_hash(direct_weights({"growth": 4, "margin": 6})) == weights_hash(WEIGHTS)


def test_criterion_without_a_weight_does_not_change_the_hash():
    assert weights_hash(direct_weights({"margin": 3, "growth": 2, "trend": 0})) == weights_hash(
        WEIGHTS
    )


def test_other_weights_have_another_hash():
    assert weights_hash(direct_weights({"margin": 3, "growth": 2.001})) != weights_hash(WEIGHTS)


def test_only_the_last_frozen_weights_hold():
    first = freeze(WEIGHTS, by="Li", date=DAY)
    second = freeze(pd.Series({"margin": 1.0}), by="Ann", date=DAY)
    assert is_frozen(WEIGHTS, [first])
    assert not is_frozen(WEIGHTS, [first, second])
    assert not is_frozen(WEIGHTS, [])


@given(points)
def test_frozen_weights_come_back_from_the_log_and_hold(given_points):
    weights = direct_weights(given_points)
    frozen = freeze(weights, by=" Li ", date=DAY, note=" why ")
    entry = Entry(1, KIND, frozen.by, frozen.date, log_content(frozen), "", "")
    other = Entry(2, "list chosen", "Li", DAY, {}, "", "")
    assert frozen_in_log([entry, other]) == (frozen,)
    assert is_frozen(weights, [frozen])
    assert (frozen.by, frozen.note) == ("Li", "why")


@given(points, st.randoms())
def test_hash_ignores_the_order_of_criteria(given_points, random):
    weights = direct_weights(given_points)
    order = list(weights.index)
    random.shuffle(order)
    assert weights_hash(weights[order]) == weights_hash(weights)


def test_weights_survive_the_file(tmp_path):
    frozen = freeze(direct_weights({"a": 1, "b": 1, "c": 1}), by="Li", date=DAY, note="—")
    append_entry(tmp_path, kind=KIND, by=frozen.by, date=DAY, content=log_content(frozen))
    assert frozen_in_log(read_log(tmp_path).entries) == (frozen,)


def test_blank_name_is_refused():
    with pytest.raises(InputError, match="frozen by a person; got a blank name"):
        freeze(WEIGHTS, by=" ", date=DAY)


def test_weights_that_do_not_sum_to_one_are_refused():
    with pytest.raises(InputError, match=r"weights must sum to 1; got 0\.90"):
        freeze(pd.Series({"margin": 0.9}), by="Li", date=DAY)


@pytest.mark.parametrize("content", [{}, {"weights": [1]}, {"weights": {"margin": "much"}}])
def test_entry_without_weights_is_refused(content):
    with pytest.raises(InputError, match="entry 4 of the decision log holds no weights"):
        frozen_in_log([Entry(4, KIND, "Li", DAY, content, "", "")])


def test_weights_are_not_modified():
    before = WEIGHTS.copy()
    freeze(WEIGHTS, by="Li", date=DAY)
    pd.testing.assert_series_equal(WEIGHTS, before)
