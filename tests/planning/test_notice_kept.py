import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.notice_kept import DUE, kept_by_account, notice_kept
from kamtools.planning.notice_words import describe_notice_kept

START = datetime.date(2025, 3, 31)
STEPS = pd.DataFrame({"initiative": ["Price list"], "date": [pd.Timestamp(START)]})
AFTER = datetime.date(2025, 12, 31)


def log(**days_before):
    rows = [
        (account, "Price list", pd.Timestamp(START) - pd.Timedelta(days=days))
        for account, days in days_before.items()
    ]
    table = pd.DataFrame(rows, columns=["account_id", "initiative", "date"])
    return table.astype({"date": "datetime64[ns]"})


def judge(notices, *, promised=14, accounts=("A", "B", "C"), as_of=AFTER, steps=STEPS):
    return notice_kept(
        steps, notices, promised_days=promised, accounts=accounts, as_of=as_of
    )  # fmt: skip


def verdicts(found):
    return found.table.set_index("account_id")["verdict"].to_dict()


def test_notice_on_the_last_day_is_kept_and_a_day_later_is_late():
    """B5 of the methods: notice given at least 14 days before the launch."""
    found = judge(log(A=14, B=13))
    assert verdicts(found) == {"A": "kept", "B": "late", "C": "missing"}
    assert (found.kept, found.due, found.share) == (1, 3, pytest.approx(1 / 3))


def test_what_can_still_be_kept_is_open_and_not_due():
    last_day = START - datetime.timedelta(days=14)
    found = judge(log(A=30), as_of=last_day)
    assert verdicts(found) == {"A": "kept", "B": "open", "C": "open"}
    assert (found.kept, found.due, found.share) == (1, 1, 1.0)


def test_the_day_after_the_last_day_it_is_missing():
    found = judge(log(), as_of=START - datetime.timedelta(days=13))
    assert set(found.table["verdict"]) == {"missing"}


def test_notice_after_the_start_has_days_below_nothing():
    found = judge(log(A=-3))
    assert found.table.set_index("account_id").loc["A", ["notice_days", "verdict"]].tolist() == [
        -3.0, "late",
    ]  # fmt: skip


def test_without_a_log_nothing_is_said_to_be_missing():
    found = judge(None)
    assert set(found.table["verdict"]) == {"not known"}
    assert found.due == 0
    assert pd.isna(found.share)
    assert "whether the promise was kept is not known" in describe_notice_kept(found)


def test_without_a_step_there_is_nothing_to_keep():
    found = judge(log(), steps=None)
    assert found.table.empty
    assert describe_notice_kept(found) == "No notice of 14 days was due yet; to be given: 0."


@settings(deadline=None, max_examples=25)
@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(-5, 60)), st.integers(1, 40))
def test_the_share_is_what_counting_gives_and_falls_with_the_promise(days, promised):
    found, stricter = judge(log(**days), promised=promised), judge(log(**days), promised=41)
    told = {account: gap for account, gap in days.items() if account in "ABC"}
    assert found.due == 3
    assert found.kept == sum(gap >= promised for gap in told.values())
    assert stricter.kept <= found.kept
    assert len(found.unknown) == 0 if set(days) <= set("ABC") else len(found.unknown) > 0


def test_counts_by_account_add_up_to_the_whole():
    steps = pd.concat([STEPS, STEPS.assign(initiative="Tasting")])
    found = judge(log(A=14, B=13), steps=steps)
    by = kept_by_account(found)
    assert (by["kept"].sum(), by["due"].sum()) == (found.kept, found.due)
    assert by.loc["A", ["kept", "due", "share", "median_days"]].tolist() == [1, 2, 0.5, 14.0]
    assert by["share"].is_monotonic_increasing
    assert found.table["verdict"].isin(DUE).sum() == found.due


def test_words_name_who_was_told_late_and_who_never():
    names = pd.Series({"A": "Ox & Co.", "B": "青禾超市"})
    words = describe_notice_kept(judge(log(B=13)), names=names)
    assert words == (
        "Of 3 notices due 0 were given 14 days ahead or earlier (0 %). Late, with the days that "
        "were left: “Price list” to 青禾超市 (13). Never given: “Price list” to Ox & Co. and C."
    )


def test_words_name_notices_of_steps_that_there_are_not():
    notices = log(A=14).assign(initiative="Prize list")
    assert "1 notice names no step that initiatives.csv has for the account: “Prize list”" in (
        describe_notice_kept(judge(notices))
    )


def test_a_promise_of_no_days_is_refused():
    with pytest.raises(InputError, match="promised_days is at least 1; got 0"):
        judge(log(), promised=0)


def test_judging_changes_nothing():
    notices, steps = log(A=14), STEPS.copy(deep=True)
    before = notices.copy(deep=True)
    judge(notices, steps=steps)
    pd.testing.assert_frame_equal(notices, before)
    pd.testing.assert_frame_equal(steps, STEPS)
