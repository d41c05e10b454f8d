from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.freeze import freeze
from kamtools.selection.portfolio import choose_top
from kamtools.selection.scoring import weighted_sum
from kamtools.selection.weight_history import describe_freeze, weight_history, weights_in_words
from kamtools.selection.weights import direct_weights

VALUES = pd.DataFrame(
    {"margin": [9.0, 6.0, 1.0, 0.0], "growth": [0.0, 0.2, 0.9, 0.1]},
    index=["a", "b", "friend", "d"],
)
OBJECTIVES = pd.Series("max", index=VALUES.columns)
MARGIN, GROWTH = pd.Series({"margin": 1.0}), pd.Series({"growth": 1.0})
FIRST = freeze(MARGIN, by="Li Wei", date=date(2024, 12, 2), note="profit first")
SECOND = freeze(GROWTH, by="Ann", date=date(2024, 12, 9))


def history(frozen, weights, top=1):
    return weight_history(frozen, weights, VALUES, OBJECTIVES, top)


def test_run_with_the_frozen_weights_is_one_row():
    table = history([FIRST], MARGIN)
    assert table["by"].tolist() == ["Li Wei"]
    assert table["hash"].tolist() == [FIRST.hash]
    assert table["note"].tolist() == ["profit first"]
    assert table["accounts_in"].tolist() == [()]


def test_later_change_is_listed_with_who_moved():
    table = history([FIRST, SECOND], GROWTH)
    assert table["by"].tolist() == ["Li Wei", "Ann"]
    assert table.loc[1, ["accounts_in", "accounts_out"]].tolist() == [("friend",), ("a",)]
    assert table["overlap"].tolist() == [1, 0]


def test_weights_of_the_run_that_nobody_froze_are_the_last_row():
    table = history([FIRST], GROWTH)
    assert table["by"].tolist() == ["Li Wei", ""]
    assert table["date"].iloc[1] is None
    assert table["accounts_in"].iloc[1] == ("friend",)


def test_run_without_frozen_weights_is_one_row_of_nobody():
    table = history([], MARGIN)
    assert table["by"].tolist() == [""]
    assert table["accounts_out"].tolist() == [()]


def test_criterion_that_is_no_longer_known_is_told_and_left_out():
    old = freeze(direct_weights({"margin": 1, "fit": 1}), by="Li", date=date(2024, 1, 1))
    table = history([old], MARGIN)
    assert table["not_known"].tolist() == [("fit",), ()]
    assert table["accounts_in"].tolist() == [(), ()]


def test_weights_of_which_nothing_is_known_move_nobody():
    old = freeze(pd.Series({"fit": 1.0}), by="Li", date=date(2024, 1, 1))
    table = history([old, FIRST], GROWTH)
    assert table["overlap"].tolist() == [1, 1, 0]


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=3),
    st.integers(1, 3),
)
def test_moves_lead_from_the_first_list_to_the_last(pairs, top):
    steps = [direct_weights({"margin": m, "growth": g}) for m, g in pairs]
    frozen = [freeze(step, by="Li", date=date(2024, 1, 1)) for step in steps]
    table = weight_history(frozen, steps[-1], VALUES, OBJECTIVES, top)
    first, last = (choose_top(weighted_sum(VALUES, steps[at], OBJECTIVES), top) for at in (0, -1))
    chosen = set(first.index[first])
    for row in table.itertuples():
        chosen = (chosen - set(row.accounts_out)) | set(row.accounts_in)
        assert len(row.accounts_in) == len(row.accounts_out)
    assert chosen == set(last.index[last])


def test_a_tie_falls_the_same_way_under_frozen_weights_as_in_the_run():
    weights = direct_weights({"margin": 7, "growth": 5})  # b and friend score alike
    frozen = freeze(weights, by="Li", date=date(2024, 1, 1))
    table = weight_history([FIRST, frozen], weights, VALUES, OBJECTIVES, 2)
    assert table["accounts_in"].tolist() == [(), ()]


def test_words_of_a_run_with_the_frozen_weights():
    assert describe_freeze(history([FIRST], MARGIN)) == (
        f"The weights were frozen by Li Wei on 2024-12-02 (hash {FIRST.hash[:12]}); this run "
        "uses them."
    )


def test_words_of_a_change_name_who_came_and_who_went():
    text = describe_freeze(history([FIRST, SECOND], GROWTH), names={"friend": "Good Friend"})
    assert text == (
        f"The weights were frozen by Li Wei on 2024-12-02 (hash {FIRST.hash[:12]}) and changed "
        "once since. On 2024-12-09 Ann changed them to growth 100 %: in comes Good Friend, out "
        f"goes a. This run uses the last ones (hash {SECOND.hash[:12]})."
    )


def test_words_of_a_run_with_other_weights():
    text = describe_freeze(history([FIRST], direct_weights({"margin": 1, "growth": 1}), top=4))
    assert text.endswith(
        "This run uses others, which nobody froze (growth 50 %, margin 50 %): the list stays as "
        "it was."
    )


def test_words_where_nobody_froze_anything():
    assert describe_freeze(history([], MARGIN)).startswith("Nobody froze the weights")


def test_words_warn_of_a_log_that_was_changed():
    text = describe_freeze(history([FIRST], MARGIN), faults=["row 1"])
    assert text.startswith(
        "Beware: the decision log was changed after it was written (1 place, first row 1)."
    )


def test_weights_are_read_from_the_heaviest():
    assert weights_in_words(direct_weights({"b": 1, "a": 1, "c": 6, "d": 0})) == (
        "c 75 %, a 12 %, b 12 %"
    )


def test_weights_of_the_run_must_be_of_its_criteria():
    with pytest.raises(InputError, match="unknown criterion 'fit'"):
        history([FIRST], pd.Series({"fit": 1.0}))


def test_arguments_are_not_modified():
    values, weights = VALUES.copy(), MARGIN.copy()
    weight_history([FIRST, SECOND], weights, values, OBJECTIVES, 2)
    pd.testing.assert_frame_equal(values, VALUES)
    pd.testing.assert_series_equal(weights, MARGIN)
