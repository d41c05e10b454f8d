import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.similar_accounts import assortments, similar_accounts, similar_rows


def sales_of(**accounts):
    """Return sales from account = {group: revenue}."""
    rows = [(who, group, float(money)) for who, its in accounts.items()
            for group, money in its.items()]  # fmt: skip
    return pd.DataFrame(rows, columns=["account_id", "product_group", "revenue"])


BASKETS = {"a": {"tea": 60, "salt": 40}, "twin": {"tea": 60, "salt": 40},
           "half": {"tea": 30, "salt": 20}, "other": {"soap": 100}}  # fmt: skip


def test_twin_comes_first_and_a_stranger_not_at_all():
    table = similar_accounts(sales_of(**BASKETS), "a")
    assert table.index.tolist() == ["twin", "half"]
    assert table.loc["twin", ["likeness", "mix", "size"]].tolist() == pytest.approx([1, 1, 1])
    assert table.loc["half", "likeness"] == pytest.approx(np.sqrt(0.5))


def test_cosine_is_that_of_the_textbook():
    table = similar_accounts(sales_of(a={"x": 3, "y": 4}, b={"x": 4, "y": 3}), "a")
    assert table.loc["b", "mix"] == pytest.approx(24 / 25)


def test_segment_narrows_the_choice_where_it_is_large_enough():
    rows = {f"s{n}": BASKETS["a"] for n in range(10)} | {"a": BASKETS["a"], "z": BASKETS["a"]}
    segments = pd.Series("shop", index=list(rows)).where(lambda one: one.index != "z", "hotel")
    own = similar_accounts(sales_of(**rows), "a", segments=segments, number=30)
    assert set(own.index) == {f"s{n}" for n in range(10)}
    assert own["same_segment"].all()
    del rows["s9"]
    wider = similar_accounts(sales_of(**rows), "a", segments=segments, number=30)
    assert "z" in wider.index
    assert not wider["same_segment"].any()


def test_account_without_a_segment_is_compared_with_all():
    rows = {f"s{n}": BASKETS["a"] for n in range(12)} | {"a": BASKETS["a"]}
    segments = pd.Series("shop", index=list(rows)).drop("a")
    assert len(similar_accounts(sales_of(**rows), "a", segments=segments)) == 12


def test_lines_without_a_product_count_in_size_and_not_in_the_mix():
    rows = BASKETS | {"big": BASKETS["a"] | {"": 900}}
    assert similar_accounts(sales_of(**rows), "a").loc["half", "mix"] == pytest.approx(1.0)
    assert similar_accounts(sales_of(**rows), "big", number=1)["size"].tolist() == [0.1]


def test_groups_credited_in_full_are_not_bought():
    known = assortments(sales_of(a={"tea": 10, "salt": -4}, b={"salt": 5}, c={"salt": -5}))
    assert known.accounts.tolist() == ["a", "b"]
    assert known.shares.tolist() == [[0.0, 1.0], [1.0, 0.0]]


baskets = st.lists(st.lists(st.integers(0, 50), min_size=4, max_size=4), min_size=3, max_size=9)


@settings(max_examples=40, deadline=None)
@given(baskets, st.integers(2, 9))
def test_order_of_rows_and_currency_do_not_matter(drawn, times):
    rows = {f"a{n}": dict(zip("wxyz", basket, strict=True)) for n, basket in enumerate(drawn)}
    sales = sales_of(**rows, a={"w": 7, "x": 2})
    found = similar_accounts(sales, "a", number=5)
    shuffled = sales.sample(frac=1, random_state=1).assign(revenue=lambda s: s.revenue * times)
    again = similar_accounts(shuffled, "a", number=5)
    assert found.index.tolist() == again.index.tolist()
    assert found[["likeness", "mix", "size"]].to_numpy() == pytest.approx(
        again[["likeness", "mix", "size"]].to_numpy()
    )
    assert found["likeness"].is_monotonic_decreasing
    assert found[["likeness", "mix", "size"]].stack().between(0, 1).all()


@settings(max_examples=40, deadline=None)
@given(baskets)
def test_all_at_once_finds_what_one_by_one_does(drawn):
    rows = {f"a{n}": dict(zip("wxyz", basket, strict=True)) for n, basket in enumerate(drawn)}
    sales = sales_of(**rows, a={"w": 7, "x": 2})
    known = assortments(sales)
    for row, its in similar_rows(known, segments=None, number=3):
        alone = similar_accounts(sales, known.accounts[row], number=3)
        assert known.accounts[its].tolist() == alone.index.tolist()


def test_account_that_bought_nothing_is_refused():
    with pytest.raises(InputError, match="account 'x' bought nothing of any product group"):
        similar_accounts(sales_of(**BASKETS), "x")


def test_number_below_one_is_refused():
    with pytest.raises(InputError, match="at least 1; got 0"):
        similar_accounts(sales_of(**BASKETS), "a", number=0)


def test_sales_without_a_column_are_refused():
    with pytest.raises(InputError, match="lack the columns product_group"):
        assortments(sales_of(**BASKETS).drop(columns="product_group"))


def test_sales_given_to_similar_accounts_are_not_changed():
    sales = sales_of(**BASKETS)
    before = sales.copy()
    similar_accounts(sales, "a")
    pd.testing.assert_frame_equal(sales, before)
