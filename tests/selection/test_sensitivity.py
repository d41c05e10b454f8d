import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.portfolio import choose_top
from kamtools.selection.scoring import weighted_sum
from kamtools.selection.sensitivity import describe_sensitivity, sensitivity

OBJECTIVES = pd.Series({"margin": "max", "growth": "max", "returns_rate": "min"})
WEIGHTS = pd.Series({"margin": 0.6, "growth": 0.4})
VALUES = pd.DataFrame(
    {"margin": [9.0, 6.0, 1.0, 0.0], "growth": [0.0, 0.2, 0.9, 0.1],
     "returns_rate": [0.0, 0.1, 0.2, 0.3]},
    index=["a", "b", "c", "d"],
)  # fmt: skip


def test_each_weighted_criterion_is_doubled_halved_and_dropped():
    changes = sensitivity(VALUES, WEIGHTS, OBJECTIVES, 1)["change"].tolist()
    assert changes == [
        "margin doubled", "margin halved", "margin dropped",
        "growth doubled", "growth halved", "growth dropped",
        "equal weights", "topsis instead of weighted_sum",
        "promethee instead of weighted_sum",
    ]  # fmt: skip


def test_dropping_a_criterion_leaves_the_others_order():
    table = sensitivity(VALUES, WEIGHTS, OBJECTIVES, 1).set_index("change")
    assert table["accounts_in"]["margin dropped"] == ("c",)
    assert table["accounts_out"]["margin dropped"] == ("a",)
    assert table["overlap"]["margin dropped"] == 0


def test_list_of_all_accounts_never_moves():
    table = sensitivity(VALUES, WEIGHTS, OBJECTIVES, 4)
    assert (table["overlap"] == 1).all()


def test_one_criterion_leaves_nothing_but_the_other_methods_to_change():
    table = sensitivity(VALUES, pd.Series({"margin": 1.0}), OBJECTIVES, 2, method="topsis")
    assert table["change"].tolist() == [
        "weighted_sum instead of topsis", "promethee instead of topsis",
    ]  # fmt: skip
    assert table["overlap"].tolist() == [1, 1]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=3, max_size=12, unique=True),
    st.integers(1, 3),
)
def test_as_many_enter_as_leave_and_only_the_chosen_leave(rows, top):
    values = pd.DataFrame(rows, columns=list(OBJECTIVES.index), dtype=float)
    chosen = choose_top(weighted_sum(values, WEIGHTS, OBJECTIVES), top)
    for row in sensitivity(values, WEIGHTS, OBJECTIVES, top).itertuples():
        assert len(row.accounts_in) == len(row.accounts_out)
        assert row.overlap == pytest.approx(1 - len(row.accounts_out) / top)
        assert chosen[list(row.accounts_out)].all()
        assert not chosen[list(row.accounts_in)].any()


def test_words_say_when_nothing_moves():
    table = sensitivity(VALUES, WEIGHTS, OBJECTIVES, 4)
    assert describe_sensitivity(table, 4) == (
        "4 of the 4 chosen accounts stay under at least nine in ten of 9 changes of weights or "
        "method."
    )


def test_words_name_the_change_that_moves_most():
    text = describe_sensitivity(sensitivity(VALUES, WEIGHTS, OBJECTIVES, 1), 1)
    assert text.startswith("0 of the 1 chosen")
    assert text.endswith('The list moves most with "margin halved", which replaces 1.')


def test_unknown_method_is_refused():
    with pytest.raises(InputError, match="got 'vikor'"):
        sensitivity(VALUES, WEIGHTS, OBJECTIVES, 1, method="vikor")


def test_top_beyond_the_accounts_is_refused():
    with pytest.raises(InputError, match="from 1 to 4"):
        sensitivity(VALUES, WEIGHTS, OBJECTIVES, 5)


def test_arguments_are_not_modified():
    values, weights = VALUES.copy(), WEIGHTS.copy()
    sensitivity(VALUES, WEIGHTS, OBJECTIVES, 2)
    pd.testing.assert_frame_equal(VALUES, values)
    pd.testing.assert_series_equal(WEIGHTS, weights)
