from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.gate_rules import KEY, NOTICE, PROBATION, STANDARD, STATUSES
from kamtools.selection.quarter_signals import (
    SIGNALS,
    behaviour_by_quarter,
    gate_signals,
    rank_signals,
)
from kamtools.selection.stage_gates import describe_review, replay, review

AS_OF = date(2024, 12, 31)


def signals_of(text, *, account="a"):
    """Return signals from letters: m for met, b for between, f for failed, ? for not known."""
    words = {"m": "met", "b": "between", "f": "failed", "?": None}
    ends = pd.date_range(end=pd.Timestamp(AS_OF), periods=len(text), freq="QE")
    return pd.DataFrame([[words[letter] for letter in text]], index=[account], columns=ends)


def status_of(status, *, account="a", **more):
    return pd.DataFrame({"status": [status], **{k: [v] for k, v in more.items()}}, index=[account])


def reviewed(text, status, *, quarters=3, **more):
    return review(signals_of(text), status_of(status, **more), as_of=AS_OF, quarters=quarters).loc[
        "a"
    ]


# limit: one case for each way between two statuses


@pytest.mark.parametrize(
    ("text", "status", "following", "rule"),
    [
        ("fbm", STANDARD, PROBATION, "enters"),
        ("mmb", STANDARD, STANDARD, "stays"),
        ("mmm", PROBATION, KEY, "promoted"),
        ("bmm", PROBATION, PROBATION, "on_probation"),
        ("mmb", PROBATION, PROBATION, "on_probation"),
        ("mmf", PROBATION, STANDARD, "dropped"),
        ("fff", KEY, NOTICE, "warned"),
        ("bbb", KEY, KEY, "stays"),
        ("ffm", NOTICE, KEY, "restored"),
        ("bff", NOTICE, NOTICE, "on_notice"),
        ("fff", NOTICE, STANDARD, "demoted"),
        ("ff?", NOTICE, NOTICE, "unseen"),
    ],
)
def test_gate_moves_an_account_by_its_last_quarters(text, status, following, rule):
    row = reviewed(text, status)
    assert (row["status_next"], row["rule"]) == (following, rule)


def test_one_bad_quarter_never_unmakes_a_key_account():
    assert reviewed("mmf", KEY, quarters=2)["status_next"] == NOTICE


def test_longer_probation_asks_for_more_quarters_in_a_row():
    assert [reviewed("mmm", PROBATION, quarters=n)["status_next"] for n in (2, 3, 4)] == [
        KEY, KEY, PROBATION,
    ]  # fmt: skip


def test_only_quarters_after_the_probation_began_count():
    began = pd.Timestamp("2024-06-30")  # the last two of three quarters ended later
    row = reviewed("mmm", PROBATION, since=began)
    assert (row["status_next"], row["quarters_met"]) == (PROBATION, 2)
    assert reviewed("mmm", PROBATION, since=began, quarters=2)["status_next"] == KEY


def test_review_dates_are_near_for_those_in_motion_and_far_for_the_settled():
    assert reviewed("bbm", STANDARD)["review_date"] == pd.Timestamp("2025-03-31")
    assert reviewed("bbb", KEY)["review_date"] == pd.Timestamp("2025-12-31")


def test_status_of_one_review_is_the_start_of_the_next():
    first = review(signals_of("m"), status_of(STANDARD), as_of=date(2024, 9, 30))
    following = first[["status_next", "since"]].rename(columns={"status_next": "status"})
    second = review(signals_of("mm"), following, as_of=AS_OF, quarters=2).loc["a"]
    assert second["status_now"] == PROBATION
    assert second["quarters_met"] == 1  # the quarter that let it in does not count again
    assert second["since"] == pd.Timestamp("2024-09-30")


def test_account_without_a_status_is_standard_and_one_without_signals_stays():
    table = review(signals_of("m", account="new"), status_of(KEY, account="gone"), as_of=AS_OF)
    assert table["status_now"].to_dict() == {"new": STANDARD, "gone": KEY}
    assert table["rule"].to_dict() == {"new": "enters", "gone": "unseen"}


def test_words_say_who_moves_and_when_to_look_again():
    table = review(
        pd.concat([signals_of("mm", account="a"), signals_of("ff", account="b")]),
        pd.concat([status_of(PROBATION, account="a"), status_of(KEY, account="b")]),
        as_of=AS_OF,
        quarters=2,
    )
    assert describe_review(table, names={"a": "Kiosk"}) == (
        "Promoted to key account: Kiosk. On notice: b. Next review of those on probation or on "
        "notice: 2025-03-31."
    )
    quiet = review(signals_of("b"), status_of(KEY), as_of=AS_OF)
    assert describe_review(quiet) == "No gate tripped: all accounts stay what they are."


def test_riser_is_promoted_and_fader_demoted_in_the_course_of_two_years():
    signals = pd.concat(
        [signals_of("bmmmmmmm", account="riser"), signals_of("mbfffffb", account="fader")]
    )
    history = replay(signals, pd.Series({"riser": STANDARD, "fader": KEY}), quarters=3)
    assert history.loc["riser"].tolist() == [STANDARD, *[PROBATION] * 3, *[KEY] * 4]
    assert history.loc["fader"].tolist() == [KEY, KEY, *[NOTICE] * 3, *[STANDARD] * 3]


def test_quarters_are_counted_back_from_the_last_day():
    history = pd.DataFrame(
        {"account_id": ["a"] * 4, "months_back": [0, 2, 3, 5], "revenue": [1.0, 2.0, 4.0, 8.0]}
    )
    table = behaviour_by_quarter(history, as_of=date(2024, 8, 31), quarters=1)
    assert table.loc["a"].to_dict() == {pd.Timestamp("2024-08-31"): 3.0}
    both = behaviour_by_quarter(history, as_of=date(2024, 8, 31))
    assert both.columns.tolist() == [pd.Timestamp("2024-05-31"), pd.Timestamp("2024-08-31")]


def test_places_leave_room_between_the_first_and_those_far_behind():
    behaviour = pd.DataFrame({"Q": [9.0, 8.0, 7.0, 6.0, np.nan]}, index=list("abcde"))
    table = rank_signals(behaviour, places=2)["Q"]
    assert table.tolist()[:4] == ["met", "met", "between", "failed"]
    assert pd.isna(table["e"])


# property

TEXTS = st.text(alphabet="mbf?", min_size=1, max_size=16)


@given(TEXTS, st.sampled_from(STATUSES), st.integers(2, 4))
def test_nobody_is_promoted_without_probation_nor_demoted_without_notice(text, status, quarters):
    history = replay(signals_of(text), pd.Series({"a": status}), quarters=quarters)
    path = [status, *history.loc["a"]]
    for before, after in pairwise(path):
        if before != after:
            assert (before, after) in {
                (STANDARD, PROBATION), (PROBATION, KEY), (PROBATION, STANDARD), (KEY, NOTICE),
                (NOTICE, KEY), (NOTICE, STANDARD),
            }  # fmt: skip


@given(st.lists(st.floats(50.001, 79.999), min_size=1, max_size=12), st.sampled_from(STATUSES))
def test_account_between_the_thresholds_never_moves(amounts, status):
    signals = gate_signals(pd.DataFrame([amounts], index=["a"]), enter=80, leave=50)
    history = replay(signals, pd.Series({"a": status}), quarters=2)
    assert set(history.loc["a"]) == {status}


@given(TEXTS, st.integers(2, 4))
def test_status_cannot_flip_more_often_than_a_probation_and_a_notice_allow(text, quarters):
    history = replay(signals_of(text), pd.Series({"a": STANDARD}), quarters=quarters)
    is_key = [value in (KEY, NOTICE) for value in history.loc["a"]]
    flips = sum(one != other for one, other in pairwise(is_key))
    assert flips <= len(text) / (quarters + 1)


@given(TEXTS, st.integers(2, 4))
def test_reviews_one_by_one_lead_to_where_the_replay_does(text, quarters):
    signals = signals_of(text)
    status = status_of(STANDARD)
    for number, quarter in enumerate(signals.columns, start=1):
        table = review(signals.iloc[:, :number], status, as_of=quarter.date(), quarters=quarters)
        status = table[["status_next", "since"]].rename(columns={"status_next": "status"})
    expected = replay(signals, pd.Series({"a": STANDARD}), quarters=quarters)
    assert status.loc["a", "status"] == expected.iloc[0, -1]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_signals_are_of_the_three_kinds(amounts):
    signals = gate_signals(pd.DataFrame([amounts]), enter=80, leave=50)
    assert set(signals.to_numpy().ravel()) <= set(SIGNALS)


# refusal


def test_thresholds_without_room_between_them_are_refused():
    with pytest.raises(InputError, match="leave must be below enter; got leave = 80"):
        gate_signals(pd.DataFrame([[1.0]]), enter=80, leave=80)
    with pytest.raises(InputError, match="places must be at least 1 and slack above 0"):
        rank_signals(pd.DataFrame([[1.0]]), places=3, slack=0)


def test_probation_of_one_quarter_or_of_five_is_refused():
    for quarters in (1, 5):
        with pytest.raises(InputError, match=f"takes 2 to 4 quarters; got {quarters}"):
            reviewed("m", KEY, quarters=quarters)


def test_unknown_status_and_signal_are_refused():
    with pytest.raises(InputError, match=r"status must be one of standard, .*; got 'gold'"):
        reviewed("m", "gold")
    with pytest.raises(InputError, match=r"a signal is one of met, .*; got 'great'"):
        review(pd.DataFrame([["great"]], index=["a"]), status_of(KEY), as_of=AS_OF)
    with pytest.raises(InputError, match="there is no quarter to review"):
        review(pd.DataFrame(index=["a"]), status_of(KEY), as_of=AS_OF)
    with pytest.raises(InputError, match="lacks the column status"):
        review(signals_of("m"), pd.DataFrame(index=["a"]), as_of=AS_OF)


def test_since_needs_quarters_by_their_last_day():
    plain = signals_of("m").set_axis(["Q1"], axis=1)
    with pytest.raises(InputError, match="since needs signals whose columns are the last days"):
        review(plain, status_of(KEY, since=pd.Timestamp("2024-06-30")), as_of=AS_OF)


def test_history_without_a_whole_quarter_is_refused():
    short = pd.DataFrame({"account_id": ["a"], "months_back": [1], "revenue": [1.0]})
    with pytest.raises(InputError, match="expected at least one whole quarter; got 0"):
        behaviour_by_quarter(short, as_of=AS_OF)
    with pytest.raises(InputError, match="the history lacks the column margin"):
        behaviour_by_quarter(short, as_of=AS_OF, measure="margin")


# purity


def test_signals_and_statuses_stay_as_they_were():
    signals, status = signals_of("mmf"), status_of(KEY)
    before = signals.copy(deep=True), status.copy(deep=True)
    review(signals, status, as_of=AS_OF)
    replay(signals, status["status"])
    pd.testing.assert_frame_equal(signals, before[0])
    pd.testing.assert_frame_equal(status, before[1])
