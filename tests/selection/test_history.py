import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.history import (
    as_known_earlier,
    by_month,
    check_history,
    example_history,
    months_known,
    purchase_summary,
)


def test_account_with_one_order_has_no_repeat_value(history_of):
    row = purchase_summary(history_of({"a": [0, 5, 0, 0]})).loc["a"]
    assert (row.frequency, row.recency) == (0, 0)
    assert row["T"] == row.silence_months == pytest.approx(2.9)
    assert np.isnan(row.monetary_value)


def test_mean_value_leaves_out_the_first_order(history_of):
    row = purchase_summary(history_of({"a": [100, 10, 30]})).loc["a"]
    assert row.monetary_value == pytest.approx(20)


def test_mean_value_is_less_what_was_credited(history_of):
    row = purchase_summary(history_of({"a": [100, 100, -50]})).loc["a"]
    assert row.monetary_value == pytest.approx(75)


def test_account_with_nothing_but_credits_never_ordered(history_of):
    summary = purchase_summary(history_of({"a": [0, -5], "b": [5, 5]}))
    assert summary.loc["a", ["frequency", "recency", "T"]].isna().all()


def test_margin_rate_is_that_of_the_last_year(history_of):
    history = history_of({"a": [10.0] * 24}, margin_rate=0.4)
    history.loc[history["months_back"] >= 12, "margin"] = 0.0
    assert purchase_summary(history).loc["a", "margin_rate"] == pytest.approx(0.4)


def test_margin_rate_is_unknown_without_costs(history_of):
    assert np.isnan(purchase_summary(history_of({"a": [5, 5]})).loc["a", "margin_rate"])


def test_month_begun_late_is_not_a_whole_one():
    history = example_history()
    assert months_known(history) == 4
    late = history.assign(first_days_back=history["first_days_back"].clip(upper=100.0))
    assert months_known(late) == 3


@given(months=st.integers(0, 10))
def test_earlier_knowledge_is_the_same_table_shifted(history_of, months):
    panel = np.arange(1.0, 25.0).reshape(2, 12)
    revenue = by_month(as_known_earlier(history_of(panel), months))
    np.testing.assert_array_equal(revenue.to_numpy(), panel[:, : 12 - months])


def test_earlier_knowledge_leaves_out_who_came_later(history_of):
    history = history_of({"old": [5, 5, 5], "new": [0, 0, 5]})
    assert as_known_earlier(history, 1)["account_id"].unique().tolist() == ["old"]


def test_history_without_a_column_is_refused():
    with pytest.raises(InputError, match="lacks margin; expected the table of purchases"):
        check_history(example_history().drop(columns="margin"))


def test_history_that_reaches_into_the_future_is_refused():
    history = example_history().assign(months_back=[-1, 3, 0])
    with pytest.raises(InputError, match="got -1, which lies in the future"):
        check_history(history)


def test_month_told_twice_is_refused():
    history = example_history().assign(months_back=[3, 3, 0])
    with pytest.raises(InputError, match="account 'a' has month 3 twice"):
        check_history(history)


def test_history_without_orders_is_refused():
    with pytest.raises(InputError, match="no account has ordered"):
        check_history(example_history().assign(orders=0))


def test_history_is_not_modified():
    history = example_history()
    purchase_summary(history)
    as_known_earlier(history, 2)
    by_month(history)
    pd.testing.assert_frame_equal(history, example_history())
