import numpy as np
import pandas as pd
import pytest

from kamtools.plots.concentration import pareto_marks, plot_miss_rates, plot_pareto
from kamtools.plots.style import figure_of
from kamtools.selection.concentration import pareto_curve, top_share
from kamtools.selection.miss_rate import miss_rate_table

REVENUE = pd.Series(
    [500.0, 300, 60, 40, 30, 25, 20, 15, 6, 4], index=[f"C{row}" for row in range(10)]
)


def test_share_of_the_top_fifth_is_that_of_the_concentration_table():
    marks = pareto_marks(pareto_curve(REVENUE))
    assert marks.loc["top", "revenue_share"] == pytest.approx(top_share(REVENUE, 0.2))


def test_eighty_percent_is_reached_at_the_first_account_that_reaches_it():
    assert pareto_marks(pareto_curve(REVENUE)).loc["reached", "accounts"] == 2


def test_share_that_is_never_reached_takes_all_accounts():
    curve = pd.DataFrame({"account_share": [0.5, 1.0], "revenue_share": [0.4, 0.7]})
    assert pareto_marks(curve).loc["reached", "accounts"] == 2


def test_one_account_is_the_top_of_a_very_small_firm():
    assert pareto_marks(pareto_curve(REVENUE[:2]))["accounts"].tolist() == [1, 2]


def test_pareto_says_what_the_top_brings_and_who_is_largest():
    names = pd.Series({"C0": "Harbour & <Co>", "C1": "浩瀚食品"})
    ax = plot_pareto(pareto_curve(REVENUE), names=names)
    assert figure_of(ax).get_suptitle() == "The top 20 % of accounts bring 80 % of revenue"
    assert ax.texts[0].get_text().splitlines() == [
        "80 % is reached with 2 accounts (20 %)",
        "Harbour & <Co>: 50 %",
        "浩瀚食品: 30 %",
        "C2: 6 %",
    ]


def test_pareto_curve_that_climbs_above_all_revenue_stays_in_the_picture():
    curve = pareto_curve(pd.Series([100.0, 20, -40], index=list("abc")))
    ax = plot_pareto(curve)
    assert ax.get_ylim()[1] > curve["revenue_share"].max() > 1


def test_miss_rates_are_written_beside_their_rows_the_largest_elite_first():
    rng = np.random.default_rng(5)
    past = pd.Series(rng.lognormal(size=100), index=[f"C{row:03}" for row in range(100)])
    table = miss_rate_table(past, past * rng.lognormal(size=100), [0.05, 0.2])
    ax = plot_miss_rates(table)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["top 20\n(20 %)", "top 5\n(5 %)"]
    missed = table.set_index("elite_size")["missed"]
    assert [text.get_text() for text in ax.texts] == [
        f"{missed[20]:.0f} of 20",
        f"{missed[5]:.0f} of 5",
    ]


def test_curve_given_is_not_changed():
    curve = pareto_curve(REVENUE)
    before = curve.copy()
    plot_pareto(curve)
    pd.testing.assert_frame_equal(curve, before)
