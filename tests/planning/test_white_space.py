import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.white_space import white_space
from kamtools.planning.white_space_estimate import estimate_shares, usual_shares
from kamtools.planning.white_space_gaps import WHITE

GROUPS = ["noodles", "salt", "soap", "tea", "tins"]


def planted(*, seed=3, lacking="salt", little="soap", n=40):
    """Return the sales of shops alike but for one, "a", that lacks a group and hardly buys one."""
    rng = np.random.default_rng(seed)
    revenue = rng.gamma(8.0, 100.0, (n, len(GROUPS)))
    table = pd.DataFrame(revenue, columns=GROUPS, index=[f"s{k:02d}" for k in range(n)])
    table.loc["a"] = 800.0
    table.loc["a", lacking] = 0.0
    table.loc["a", little] = 40.0
    sales = table.rename_axis("account_id").reset_index().melt(
        "account_id", var_name="product_group", value_name="revenue"
    )  # fmt: skip
    return sales.assign(margin=sales["revenue"] * 0.25)


def test_planted_gaps_are_found_and_no_others():
    found = white_space(planted(), "a", seed=1)
    assert found.gaps["status"].to_dict() == {"salt": "not bought", "soap": "far less"}
    assert found.unknown == ()


def test_money_of_a_gap_is_near_the_others_share_of_what_the_account_buys_and_rather_below():
    found = white_space(planted(), "a", seed=1)
    total = 3 * 800 + 40
    usual = total / len(GROUPS)
    assert 0.8 * usual < found.gaps.loc["salt", "brings"] < 1.02 * usual
    assert 0.8 * usual < found.gaps.loc["soap", "expected"] < 1.02 * usual
    soap = found.gaps.loc["soap"]
    assert soap["brings"] == pytest.approx(soap["expected"] - 40)
    assert found.total["brings"] == pytest.approx(found.gaps["brings"].sum())
    assert found.total["margin"] == pytest.approx(0.25 * found.total["brings"])


def test_range_holds_the_figure():
    for row in white_space(planted(), "a", seed=1).gaps.itertuples():
        assert row.brings_low < row.brings < row.brings_high
        assert row.margin_low < row.margin < row.margin_high


def test_range_narrows_with_more_similar_accounts():
    shares = np.random.default_rng(2).beta(2, 8, (200, 1))
    few, many = (
        estimate_shares(shares[:n], usual_shares(shares), draws=2_000, seed=1).draws.std()
        for n in (8, 200)
    )
    assert many < 0.4 * few


def test_bootstrap_spreads_as_the_standard_error_of_a_share():
    others = np.zeros((100, 1))
    others[:40] = 0.1
    found = estimate_shares(others, usual_shares(others), draws=20_000, seed=1)
    error = 0.1 * np.sqrt(0.4 * 0.6 / 100)
    assert found.draws.std() == pytest.approx(error * 100 / 104, rel=0.05)


def test_few_similar_accounts_are_pulled_towards_all():
    others, everybody = np.full((2, 1), 0.5), np.vstack([np.full((2, 1), 0.5), np.zeros((98, 1))])
    found = estimate_shares(others, usual_shares(everybody), draws=10, seed=1)
    assert found.share_buying[0] == pytest.approx((2 + 4 * 0.02) / (2 + 4))
    assert found.share_if_bought[0] == pytest.approx(0.5)


def test_group_that_few_similar_accounts_buy_is_no_white_space():
    sales = planted()
    kept = (sales["product_group"] != "salt") | sales["account_id"].isin(["s01", "s02", "s03"])
    table = white_space(sales[kept], "a", seed=1).table
    assert table.loc["salt", "status"] == "few buy it"
    assert table.loc["salt", "brings"] == 0.0


def test_account_like_the_others_has_no_white_space():
    sales = planted()
    even = sales.assign(revenue=800.0)
    found = white_space(even, "a", seed=1)
    assert found.gaps.empty
    assert found.total["brings"] == 0.0


def test_four_others_are_too_few_to_tell():
    found = white_space(planted(n=4), "a", seed=1)
    assert set(found.table["status"]) == {"too few to tell"}
    assert found.table["brings"].isna().all()
    assert np.isnan(found.total["brings"])
    assert found.unknown[0].startswith("Only 4 other accounts can be compared")


def test_only_account_of_the_firm_is_too_few_to_tell():
    sales = planted()
    found = white_space(sales[sales["account_id"] == "a"], "a", seed=1)
    assert set(found.table["status"]) == {"too few to tell"}
    assert found.similar.empty


def test_without_products_the_answer_is_empty_and_says_what_is_missing():
    found = white_space(None, "a", seed=1)
    assert found.table.empty
    assert found.gaps.empty
    assert np.isnan(found.total["brings"])
    assert "no column product" in found.unknown[0]


def test_without_costs_the_margin_is_not_known():
    found = white_space(planted().drop(columns="margin"), "a", seed=1)
    assert found.gaps["margin"].isna().all()
    assert found.gaps["brings"].notna().all()
    assert "The margin is not known" in found.unknown[0]


def test_same_seed_gives_the_same_ranges():
    one, other = (white_space(planted(), "a", seed=5).table for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 500), st.floats(0.01, 1000))
def test_currency_scales_money_and_nothing_else(seed, rate):
    sales = planted(seed=seed)
    scaled = sales.assign(revenue=sales["revenue"] * rate, margin=sales["margin"] * rate)
    one = white_space(sales, "a", draws=50, seed=1).table.sort_index()
    other = white_space(scaled, "a", draws=50, seed=1).table.sort_index()
    assert one["status"].tolist() == other["status"].tolist()
    assert other["brings_high"].to_numpy() == pytest.approx(rate * one["brings_high"].to_numpy())
    assert (one["share_buying"].between(0, 1)).all()
    white = one[one["status"].isin(WHITE)]
    assert (white["brings"] >= 0).all()
    assert (white["brings_low"] <= white["brings_high"]).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"at_least": 1.5}, "share from 0 to 1; got 1.5"),
        ({"draws": 0}, "draws must be at least 1; got 0"),
        ({"number": 0}, "at least 1; got 0"),
    ],
)
def test_numbers_out_of_range_are_refused(options, message):
    with pytest.raises(InputError, match=message):
        white_space(planted(), "a", seed=1, **options)


def test_sales_given_to_white_space_are_not_changed():
    sales = planted()
    segments = pd.Series("shop", index=sales["account_id"].unique())
    before = sales.copy(), segments.copy()
    white_space(sales, "a", segments=segments, seed=1)
    pd.testing.assert_frame_equal(sales, before[0])
    pd.testing.assert_series_equal(segments, before[1])
