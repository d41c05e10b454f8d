import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.white_space import white_space
from kamtools.planning.white_space_gaps import COLUMNS
from kamtools.planning.white_space_grid import white_space_grid
from kamtools.planning.white_space_sites import site_white_space, sites_of
from kamtools.planning.white_space_words import describe_site_white_space, describe_white_space

SITES = [f"s{k:02d}" for k in range(30)]
GROUPS = ["salt", "soap", "tea", "tins"]


def chain(*, seed=1, lacking="salt", where="s07", sites=SITES):
    """Return the sales of a chain's stores, alike but for one that lacks a group."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.gamma(9.0, 20.0, (len(sites), 4)), index=sites, columns=GROUPS)
    table.loc[where, lacking] = 0.0
    sales = table.rename_axis("account_id").reset_index().melt(
        "account_id", var_name="product_group", value_name="revenue"
    )  # fmt: skip
    return sales[sales["revenue"] > 0]


def test_store_that_lacks_what_the_others_buy_is_found_among_thirty():
    table = site_white_space(chain(), SITES, seed=1)
    bare = table[table["status"] == "not bought"]
    assert bare[["account_id", "product_group"]].to_numpy().tolist() == [["s07", "salt"]]
    assert len(table) == 30 * 4


def test_money_is_the_others_mean_share_of_what_the_store_buys():
    sales = chain()
    row = site_white_space(sales, SITES, seed=1).query("status == 'not bought'").iloc[0]
    wide = sales.pivot_table(index="account_id", columns="product_group", values="revenue",
                             fill_value=0.0)  # fmt: skip
    share = (wide["salt"] / wide.sum(axis=1)).drop("s07").mean()
    assert row["brings"] == pytest.approx(share * wide.loc["s07"].sum())
    assert row["brings_low"] < row["brings"] < row["brings_high"]


def test_five_stores_are_too_few_to_tell_and_one_has_no_row():
    few = site_white_space(chain(sites=SITES[5:10]), SITES[5:10], seed=1)
    assert set(few["status"]) == {"too few to tell"}
    assert "too few" in describe_site_white_space(few)
    assert site_white_space(chain(), ["s01"], seed=1).empty


def test_other_accounts_do_not_count():
    sales = pd.concat([chain(), chain(seed=2).assign(account_id="x")])
    pd.testing.assert_frame_equal(
        site_white_space(sales, SITES, seed=1), site_white_space(chain(), SITES, seed=1)
    )


def test_without_products_no_site_has_a_row():
    table = site_white_space(None, SITES, seed=1)
    assert list(table.columns) == ["account_id", "product_group", *COLUMNS]
    assert "cannot be compared" in describe_site_white_space(table)


def test_sites_of_a_chain_are_its_accounts_and_a_firm_without_chains_has_none():
    accounts = pd.DataFrame({"account_id": ["1", "2", "3"], "chain": [" Ox ", "Ox", "Elk"]})
    assert sites_of(accounts, "Ox").tolist() == ["1", "2"]
    assert sites_of(accounts[["account_id"]], "Ox").empty
    assert sites_of(None, "Ox").empty


def test_words_name_the_sites_that_lack_most_with_money():
    names = pd.Series({"s07": "天河店"})
    table = site_white_space(chain(), SITES, seed=1)
    text = describe_site_white_space(table, names=names, currency="EUR")
    assert "of its 30 sites lack" in text
    assert "天河店 (salt" in text
    assert "EUR" in text


def test_words_of_an_account_say_what_it_lacks_and_that_it_is_no_forecast():
    found = white_space(chain(), "s07", seed=1)
    text = describe_white_space(found, name="天河店", currency="EUR")
    assert "天河店 does not buy salt (20 of 20 buy it; EUR" in text
    assert "what is possible, not a forecast" in text
    text = describe_white_space(white_space(chain(), "s01", seed=1))
    assert "lacks no product group that most of them buy" in text
    assert describe_white_space(white_space(None, "x", seed=1)).startswith("What is bought of")


def test_grid_has_the_account_first_and_its_gaps_only():
    sales = chain()
    found = white_space(sales, "s07", seed=1)
    grid = white_space_grid(sales, found)
    assert len(grid) == 21 * 4
    assert set(grid["account_id"][:4]) == {"s07"}
    white = grid[grid["status"] == "not bought"]
    assert white[["account_id", "product_group"]].to_numpy().tolist() == [["s07", "salt"]]
    assert white["brings"].tolist() == [found.table.loc["salt", "brings"]]
    assert white_space_grid(None, white_space(None, "x", seed=1)).empty


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.sampled_from(GROUPS), st.sampled_from(SITES))
def test_planted_hole_is_found_wherever_it_is(seed, group, site):
    table = site_white_space(chain(seed=seed, lacking=group, where=site), SITES, draws=30, seed=1)
    bare = table[table["status"] == "not bought"]
    assert bare[["account_id", "product_group"]].to_numpy().tolist() == [[site, group]]
    assert (table["brings"] >= 0).all()


def test_share_out_of_range_is_refused_for_sites():
    with pytest.raises(InputError, match="share from 0 to 1; got -1"):
        site_white_space(chain(), SITES, at_least=-1, seed=1)


def test_sales_given_for_sites_are_not_changed():
    sales = chain()
    before = sales.copy()
    site_white_space(sales, SITES, draws=10, seed=1)
    pd.testing.assert_frame_equal(sales, before)
