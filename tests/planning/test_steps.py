import datetime

import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.planning.steps import concerned_accounts, read_steps, with_notice

DAY = datetime.date(2025, 12, 31)


def steps(*rows):
    table = pd.DataFrame(rows, columns=["initiative", "date", "account_id"])
    return table.astype({"date": "datetime64[ns]"})


def notices(*rows):
    table = pd.DataFrame(rows, columns=["account_id", "initiative", "date"])
    return table.astype({"date": "datetime64[ns]"})


def pairs_of(table, accounts=("A", "B")):
    return concerned_accounts(read_steps(table), accounts)


def given(table, log, accounts=("A", "B"), as_of=DAY):
    known, unknown = with_notice(pairs_of(table, accounts), log, as_of=as_of)
    days = known["given"].dt.strftime("%Y-%m-%d").fillna("").tolist()
    return days, unknown["initiative"].tolist()


def test_no_table_has_no_step():
    assert read_steps(None).empty
    assert pairs_of(None).empty


def test_a_step_said_twice_is_one():
    assert len(read_steps(steps(("P", "2025-03-03", None), (" P", "2025-03-03", "")))) == 1


def test_a_step_for_all_and_for_one_concerns_that_one_once():
    pairs = pairs_of(steps(("P", "2025-03-03", None), ("P", "2025-03-03", "A")))
    assert sorted(pairs["account_id"]) == ["A", "B"]


def test_an_account_that_is_not_key_is_concerned_where_it_is_named():
    assert pairs_of(steps(("P", "2025-03-03", "Z")))["account_id"].tolist() == ["Z"]


def test_a_step_that_comes_back_is_counted_by_account():
    pairs = pairs_of(steps(("P", "2025-09-01", None), ("p", "2025-03-03", "A")))
    numbers = pairs.set_index(["account_id", "starts"])["number"].to_dict()
    assert numbers == {
        ("A", pd.Timestamp("2025-03-03")): 1,
        ("A", pd.Timestamp("2025-09-01")): 2,
        ("B", pd.Timestamp("2025-09-01")): 1,
    }


@pytest.mark.parametrize(("row", "message"), [
    ((" ", "2025-03-03", None), "line 2: a step needs a name"),
    (("P", None, None), "line 2: a step needs a date"),
])  # fmt: skip
def test_a_step_without_name_or_date_is_refused(row, message):
    with pytest.raises(InputError, match=message):
        read_steps(steps(("O", "2025-03-03", None), row))


def test_the_first_notice_counts():
    log = notices(("A", "P", "2025-02-20"), ("A", "P", "2025-02-01"))
    assert given(steps(("P", "2025-03-03", "A")), log) == (["2025-02-01"], [])


def test_a_notice_to_all_went_to_each():
    log = notices((None, "P", "2025-02-01"))
    assert given(steps(("P", "2025-03-03", None)), log) == (["2025-02-01"] * 2, [])


def test_a_notice_belongs_to_the_step_of_its_name_that_begins_next():
    twice = steps(("P", "2025-03-03", "A"), ("P", "2025-09-01", "A"))
    assert given(twice, notices(("A", "P", "2025-08-01"))) == (["", "2025-08-01"], [])
    assert given(twice, notices(("A", "P", "2025-02-01"))) == (["2025-02-01", ""], [])


def test_a_notice_after_the_last_beginning_belongs_to_the_last():
    twice = steps(("P", "2025-03-03", "A"), ("P", "2025-09-01", "A"))
    assert given(twice, notices(("A", "P", "2025-09-05"))) == (["", "2025-09-05"], [])


def test_a_notice_later_than_the_day_does_not_count_and_is_not_unknown():
    log = notices(("A", "P", "2025-02-20"))
    as_of = datetime.date(2025, 2, 19)
    assert given(steps(("P", "2025-03-03", "A")), log, as_of=as_of) == ([""], [])


def test_a_notice_to_an_account_that_the_step_does_not_concern_is_unknown():
    log = notices(("B", "P", "2025-02-20"))
    assert given(steps(("P", "2025-03-03", "A")), log) == ([""], ["P"])


def test_steps_and_notices_are_left_unchanged():
    table, log = steps(("P ", "2025-03-03 08:00", None)), notices(("A", "P", "2025-02-01"))
    before = table.copy(deep=True), log.copy(deep=True)
    given(table, log)
    pd.testing.assert_frame_equal(table, before[0])
    pd.testing.assert_frame_equal(log, before[1])
