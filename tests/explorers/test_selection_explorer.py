import io

import matplotlib.image
import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.explorers.picture import PortfolioPicture
from kamtools.explorers.selection import selection_explorer
from kamtools.explorers.selection_list import selection_list
from kamtools.selection.scoring import METHODS

ACCOUNTS = pd.Index([f"C{row:02d}" for row in range(40)], name="account_id")
CRITERIA = ["margin", "growth", "returns"]


@pytest.fixture
def firm():
    rng = np.random.default_rng(4)
    values = pd.DataFrame(rng.random((40, 3)), index=ACCOUNTS, columns=CRITERIA)
    return {
        "values": values,
        "objectives": pd.Series({"margin": "max", "growth": "max", "returns": "min"}),
        "weights": pd.Series({"margin": 0.6, "growth": 0.3, "returns": 0.1}),
        "names": pd.Series([f"浩瀚 <i>{account}</i>" for account in ACCOUNTS], index=ACCOUNTS),
        "revenue": pd.Series(rng.lognormal(11, 1, 40), index=ACCOUNTS),
        "top": 5,
    }


def explore(firm, **changes):
    options = firm | changes
    return selection_explorer(options.pop("values"), **options)


def expected_list(firm, points, **changes):
    options = {name: firm[name] for name in ("objectives", "revenue", "top")} | changes
    table = selection_list(firm["values"], points=pd.Series(points), **options)
    return table.index[table["is_chosen"]]


def pixels(explorer):
    return matplotlib.image.imread(io.BytesIO(explorer.picture.value))


def test_it_starts_with_the_weights_given(firm):
    explorer = explore(firm)
    values = {name: slider.value for name, slider in explorer.sliders.items()}
    assert values == {"margin": 10, "growth": 5, "returns": 1.7}
    for account in expected_list(firm, firm["weights"]):
        assert f"{account}&lt;/i&gt;" in explorer.table.value


def test_list_and_picture_follow_a_slider(firm):
    explorer = explore(firm)
    picture = pixels(explorer)
    explorer.sliders["margin"].value = 0
    points = {"margin": 0, "growth": 5, "returns": 10 / 6}
    for account in expected_list(firm, points):
        assert f"{account}&lt;/i&gt;" in explorer.table.value
    assert "Against the starting weights" in explorer.summary.value
    assert (pixels(explorer) != picture).any()


def test_list_follows_its_length_and_the_method(firm):
    explorer = explore(firm)
    explorer.top.value = 7
    explorer.method.value = "topsis"
    chosen = expected_list(firm, firm["weights"], top=7, method="topsis")
    assert all(f"{account}&lt;/i&gt;" in explorer.table.value for account in chosen)


def test_reset_brings_everything_back(firm):
    explorer = explore(firm)
    start = explorer.summary.value, explorer.table.value
    picture = pixels(explorer)
    explorer.sliders["growth"].value = 9.9
    explorer.top.value = 3
    explorer.method.value = "topsis"
    explorer.reset.click()
    assert (explorer.summary.value, explorer.table.value) == start
    assert explorer.method.label == "Weighted sum"
    np.testing.assert_array_equal(pixels(explorer), picture)


def test_value_that_a_browser_sends_back_rounded_changes_nothing(firm):
    explorer = explore(firm)
    before = explorer.table.value
    explorer.sliders["returns"].value = 10 / 6
    assert explorer.table.value == before


def test_sliders_work_after_a_reset(firm):
    explorer = explore(firm)
    explorer.reset.click()
    explorer.sliders["margin"].value = 0
    assert "Against the starting weights" in explorer.summary.value


def test_points_that_are_all_zero_are_told_and_the_list_stays(firm):
    explorer = explore(firm)
    for slider in explorer.sliders.values():
        before = explorer.table.value
        slider.value = 0
    assert "must not all be 0" in explorer.summary.value
    assert explorer.table.value == before


def test_names_are_text_everywhere(firm):
    explorer = explore(firm)
    explorer.sliders["margin"].value = 0
    assert "<i>" not in explorer.summary.value + explorer.table.value


def test_sliders_speak_the_managers_words(firm):
    explorer = explore(firm, labels={"margin": "Profit after service"})
    assert explorer.sliders["margin"].description == "Profit after service"
    assert explorer.sliders["growth"].description == "growth"


def test_criterion_without_a_weight_starts_at_zero(firm):
    explorer = explore(firm, weights=pd.Series({"margin": 1.0}))
    assert explorer.sliders["growth"].value == 0


def test_without_a_front_end_the_starting_list_is_shown(firm):
    explorer = explore(firm)
    bundle = explorer._repr_mimebundle_()
    assert bundle["text/html"] == explorer.summary.value + explorer.table.value
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert len(bundle["text/plain"]) < 100


def test_scale_of_the_picture_stays_until_a_score_would_leave_it():
    table = pd.DataFrame(
        {"revenue": [9e5, 1e5], "score": [0.4, 0.6], "rank": [2, 1], "is_chosen": [False, True],
         "in_sales_list": [True, False]}, index=["a", "b"],
    )  # fmt: skip
    picture = PortfolioPicture(pd.Series({"a": "Giant", "b": "Riser"}))
    picture.png(table)
    scale = picture._ax.get_ylim()
    picture.png(table.assign(score=[0.45, 0.55]))
    assert picture._ax.get_ylim() == scale
    picture.png(table.assign(score=[0.1, 0.9]))
    assert picture._ax.get_ylim()[1] > 0.9


def test_same_list_gives_the_same_picture(firm):
    explorer = explore(firm)
    first = explorer.picture.value
    explorer.sliders["margin"].value = 3
    explorer.reset.click()
    explorer.sliders["margin"].value = 3
    again = explorer.picture.value
    explorer.reset.click()
    assert again != first
    assert pixels(explorer).shape == matplotlib.image.imread(io.BytesIO(first)).shape


@pytest.mark.parametrize("method", METHODS)
def test_it_starts_with_any_method_of_scoring(firm, method):
    explorer = explore(firm, method=method)
    assert explorer.method.value == method
    assert all(
        f"{account}&lt;/i&gt;" in explorer.table.value
        for account in expected_list(firm, firm["weights"], method=method)
    )


def test_unknown_method_is_refused(firm):
    with pytest.raises(InputError, match="method must be one of"):
        explore(firm, method="electre")


def test_weights_of_an_unknown_criterion_are_refused(firm):
    with pytest.raises(InputError, match="unknown criterion 'fit'"):
        explore(firm, weights=pd.Series({"fit": 1.0}))


def test_tables_given_are_not_changed(firm):
    before = {name: table.copy() for name, table in firm.items() if name != "top"}
    explore(firm).sliders["margin"].value = 2
    for name, table in before.items():
        assert firm[name].equals(table)
