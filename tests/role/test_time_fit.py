import datetime

import numpy as np
import pandas as pd
import pytest

from kamtools import engagement, ledger
from kamtools.errors import InputError
from kamtools.role.expected_hours import expected_hours
from kamtools.role.time_fit import fit_time_log
from kamtools.role.time_log import logged_hours
from kamtools.role.workload import workload
from kamtools.role.workload_words import describe_fit
from kamtools.samples.company import SEED, planted_truths, write_company

ACCOUNTS = pd.Index([f"a{row:03d}" for row in range(60)], name="account_id")
NOT_BY_HAND = ("discounter", "regional grocer", "online shop")


@pytest.fixture
def drivers():
    rng = np.random.default_rng(1)
    return pd.DataFrame({"sites": rng.integers(1, 12, 60), "orders": rng.integers(0, 90, 60)},
                        index=ACCOUNTS)  # fmt: skip


@pytest.fixture
def hours(drivers):
    """Return three years that take 20 + 6 a site to visit and 0.4 an order to enter."""
    rng = np.random.default_rng(2)
    rows = pd.MultiIndex.from_product([ACCOUNTS, range(3)], names=["account_id", "years_back"])
    of = drivers.loc[rows.get_level_values(0)].to_numpy()
    return pd.DataFrame(
        {"visit": rng.poisson(20 + 6 * of[:, 0]), "order entry": rng.poisson(0.4 * of[:, 1])},
        index=rows,
        dtype=float,
    )


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("role_company") / "firm"
    write_company(folder, seed=SEED)
    return engagement.roll_up(engagement.load(folder))


@pytest.fixture(scope="module")
def company_orders(company):
    """Return the scorecard and the last year's log of the sample company's accounts."""
    card = ledger.scorecard(company.invoices, as_of=company.as_of)
    return card, logged_hours(company.service, card.index, as_of=company.as_of)


def coefficient(fit, activity, driver):
    table = fit.coefficients.set_index(["activity", "driver"])
    return table.loc[(activity, driver)]


@pytest.mark.parametrize(
    ("activity", "driver", "truth"),
    [("visit", "base", 20), ("visit", "sites", 6), ("order entry", "orders", 0.4)],
)
def test_planted_equation_is_found_within_its_range(hours, drivers, activity, driver, truth):
    found = coefficient(fit_time_log(hours, drivers, seed=3), activity, driver)
    assert found["low"] <= truth <= found["high"]
    assert found["hours"] == pytest.approx(truth, rel=0.1)


def test_driver_without_a_part_in_an_activity_gets_nearly_nothing(hours, drivers):
    fit = fit_time_log(hours, drivers, seed=3)
    assert coefficient(fit, "order entry", "sites")["hours"] < 0.2


def test_hours_an_order_of_the_sample_company_are_those_it_was_made_with(company, company_orders):
    card, hours = company_orders
    segment = company.accounts.set_index("account_id")["segment"].reindex(card.index)
    by_hand = pd.DataFrame({"orders": card["orders"] * ~segment.isin(NOT_BY_HAND)})
    fit = fit_time_log(hours[["order entry"]], by_hand, seed=1)
    assert coefficient(fit, "order entry", "orders")["hours"] == pytest.approx(0.4, rel=0.04)
    assert fit.r_squared > 0.9


def test_visits_of_the_sample_company_rise_with_the_root_of_sales_as_planted(company_orders):
    # 0.36 a month of 2.5 hours at EUR 15,000 a year; appetite is log-normal (-0.1, 0.7).
    card, hours = company_orders
    root = pd.DataFrame({"root": np.sqrt(card["revenue"].clip(lower=0) / 15_000)})
    found = coefficient(fit_time_log(hours[["visit"]], root, seed=1), "visit", "root")
    assert found["low"] <= 12 * 2.5 * 0.36 * np.exp(-0.1 + 0.7**2 / 2) <= found["high"]


def test_account_that_loses_money_is_set_aside_and_named(company, company_orders):
    card, hours = company_orders
    truths = planted_truths(seed=SEED)
    loser = truths.loc[truths["truth"] == "loses_money_when_served", "account_id"].iloc[0]
    fit = fit_time_log(hours, card[["orders"]], seed=1)
    assert fit.by_account.at[loser, "is_set_aside"]
    assert fit.by_account["is_set_aside"].sum() < 4


def test_model_stands_beside_the_log_by_account_and_by_activity(hours, drivers):
    fit = fit_time_log(hours, drivers, seed=3)
    table = fit.by_account
    np.testing.assert_allclose(table["difference"], table["logged"] - table["modelled"])
    np.testing.assert_allclose(fit.modelled.sum(axis=1), table["modelled"])
    np.testing.assert_allclose(fit.logged.sum(axis=1), table["logged"])
    assert fit.modelled.sum().to_dict() == pytest.approx(fit.logged.sum().to_dict(), rel=1e-3)


def test_account_that_the_log_does_not_hold_is_modelled(hours, drivers):
    more = pd.concat([drivers, pd.DataFrame({"sites": [5], "orders": [50]}, index=["new"])])
    row = fit_time_log(hours, more, seed=3).by_account.loc["new"]
    assert np.isnan(row["logged"])
    assert row["modelled"] == pytest.approx(20 + 6 * 5 + 0.4 * 50, rel=0.1)
    assert row["modelled_low"] < row["modelled"] < row["modelled_high"]


def test_driver_that_does_not_vary_is_left_out_and_named(hours, drivers):
    fit = fit_time_log(hours, drivers.assign(projects=2), seed=3)
    assert "projects" not in set(fit.coefficients["driver"])
    assert fit.notes == ("projects does not vary",)
    assert "Left out: projects does not vary." in describe_fit(fit)


def test_log_of_too_few_accounts_gives_no_fit_and_says_so(hours, drivers):
    few = hours[hours.index.get_level_values(0).isin(ACCOUNTS[:10])]
    fit = fit_time_log(few, drivers, seed=3)
    assert fit.problem == "3 terms need at least 24 accounts with a log; got 10"
    assert fit.coefficients.empty
    assert fit.by_account["logged"].notna().sum() == 10
    assert fit.problem in describe_fit(fit)


def test_firm_without_a_log_gets_hours_from_assumptions_all_the_same(drivers):
    none = logged_hours(None, ACCOUNTS, as_of=datetime.date(2024, 12, 31))
    fit = fit_time_log(none, drivers, seed=3)
    assert fit.problem == "it holds no work for these accounts"
    accounts = pd.DataFrame({"tier": "key"}, index=ACCOUNTS)
    table = workload(accounts, expected=expected_hours(fit))
    pd.testing.assert_frame_equal(table, workload(accounts))


def test_drivers_that_are_all_alike_give_no_fit(hours, drivers):
    assert "no driver varies" in fit_time_log(hours, 0 * drivers, seed=3).problem


def test_accounts_without_known_drivers_are_left_out_and_counted(hours, drivers):
    unknown = drivers.astype(float)
    unknown.iloc[:5, 0] = np.nan
    fit = fit_time_log(hours, unknown, seed=3)
    assert fit.notes == ("5 accounts of the log without known drivers",)
    assert describe_fit(fit).startswith("From 55 logged accounts, sites and orders explain ")
    assert fit.by_account["modelled"].isna().sum() == 5


def test_order_of_the_accounts_does_not_matter(hours, drivers):
    one = fit_time_log(hours, drivers, seed=3).by_account
    other = fit_time_log(hours, drivers.iloc[::-1], seed=3).by_account.reindex(one.index)
    pd.testing.assert_series_equal(one["modelled"], other["modelled"])


@pytest.mark.parametrize("wrong", [-1.0, float("inf"), "many"])
def test_driver_that_cannot_be_counted_is_refused(hours, drivers, wrong):
    bad = drivers.astype(object)
    bad.iloc[2, 0] = wrong
    with pytest.raises(InputError, match=rf"at least 0; got {wrong} for 'sites' of 'a002'"):
        fit_time_log(hours, bad, seed=3)


def test_tables_given_are_not_changed(hours, drivers):
    before = hours.copy(deep=True), drivers.copy(deep=True)
    fit_time_log(hours, drivers, seed=3)
    pd.testing.assert_frame_equal(hours, before[0])
    pd.testing.assert_frame_equal(drivers, before[1])
