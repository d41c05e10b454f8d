import io

import matplotlib.image
import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.explorers import explorer_widget
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


@pytest.fixture
def whole_firm(firm):
    """Return the firm with hours, goals, strengths and a seed: all controls there are."""
    rng = np.random.default_rng(5)
    segment = np.where(np.arange(40) % 4 == 0, "city", "kiosk")
    return firm | {
        "values": firm["values"].assign(strategic_fit=(segment == "city").astype(float)),
        "objectives": pd.concat([firm["objectives"], pd.Series({"strategic_fit": "max"})]),
        "weights": pd.Series({"margin": 0.4, "growth": 0.2, "returns": 0.1, "strategic_fit": 0.3}),
        "hours": pd.Series(rng.integers(60, 400, 40).astype(float), index=ACCOUNTS),
        "capacity_hours": 5000,
        "goals": [
            {"name": "City <i>first</i>", "column": "segment", "values": ["city"], "weight": 0.6},
            {"name": "Kiosks", "column": "segment", "values": ["kiosk"], "weight": 0.3},
        ],
        "accounts": pd.DataFrame({"account_id": ACCOUNTS, "segment": segment}),
        "strength": pd.DataFrame(
            {"strength": rng.random(40) * 2, "basis": "", "missing": ""}, index=ACCOUNTS
        ),
        "seed": 1,
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
    assert "Against the list at the start" in explorer.summary.value
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
    assert "Against the list at the start" in explorer.summary.value


def test_points_that_are_all_zero_are_told_and_the_list_stays(firm):
    explorer = explore(firm)
    for slider in explorer.sliders.values():
        before = explorer.table.value
        slider.value = 0
    assert "must not all be 0" in explorer.summary.value
    assert explorer.table.value == before


def test_all_weights_to_0_leaves_goals_length_and_list_and_says_what_to_do(whole_firm):
    explorer = explore(whole_firm)
    goals, top, before = [one.value for one in explorer.goals], explorer.top.value, (
        explorer.table.value)  # fmt: skip
    explorer.clear.click()
    assert [slider.value for slider in explorer.sliders.values()] == [0] * len(explorer.sliders)
    assert "must not all be 0" in explorer.summary.value
    assert explorer.table.value == before
    assert ([one.value for one in explorer.goals], explorer.top.value) == (goals, top)


def test_weights_of_ones_own_alone_after_all_to_0_give_the_list_by_them(firm):
    explorer = explore(firm)
    explorer.clear.click()
    explorer.sliders["growth"].value = 4
    alone = pd.Series(0.0, index=firm["weights"].index)
    alone["growth"] = 1.0
    chosen = expected_list(firm, alone)
    assert all(f"{account}&lt;/i&gt;" in explorer.table.value for account in chosen)
    explorer.reset.click()
    assert "Against the list at the start" not in explorer.summary.value


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


def test_without_hours_goals_strength_and_seed_there_are_no_such_controls(firm):
    explorer = explore(firm)
    assert explorer.hours is explorer.view is None
    assert explorer.goals == []
    assert explorer.notes.value == ""
    assert all(word not in explorer.table.value for word in ("Hours", "Verdict", "Matrix"))


def test_list_follows_the_hours(whole_firm):
    explorer = explore(whole_firm)
    start = explorer.table.value
    assert "of 5,000 hours a year." in explorer.summary.value
    explorer.hours.value = 500
    assert "for want of hours" in explorer.summary.value
    assert "Hours aside, under 500 sets" in explorer.summary.value
    assert "no hours left" in explorer.table.value
    assert "hours_per_year = 500" in explorer.table.value
    explorer.reset.click()
    assert explorer.table.value == start


def test_without_any_hours_nobody_is_chosen_and_all_is_still_shown(whole_firm):
    explorer = explore(whole_firm)
    explorer.hours.value = 0
    assert "Nobody is chosen." in explorer.summary.value
    assert "The list takes 0 of 0 hours" in explorer.summary.value
    explorer.view.value = "Matrix"


def test_hours_start_at_what_the_list_takes_where_capacity_is_not_known(whole_firm):
    explorer = explore(whole_firm, capacity_hours=None)
    assert "for want of hours" not in explorer.summary.value
    explorer.hours.value -= 40
    assert "for want of hours" in explorer.summary.value


def test_without_hours_capacity_is_no_limit(whole_firm):
    explorer = explore(whole_firm, hours=None, capacity_hours=10)
    assert explorer.hours is None
    assert "hours" not in explorer.summary.value


def test_list_follows_the_weights_of_goals(whole_firm):
    explorer = explore(whole_firm)
    explorer.goals[0].value = 0
    explorer.goals[1].value = 1
    assert "come in" in explorer.summary.value
    assert "weight = 1 }" in explorer.table.value
    assert [slider.description for slider in explorer.goals] == ["City <i>first</i>", "Kiosks"]
    assert "<i>first</i>" not in explorer.table.value


def test_goals_without_any_weight_are_told_not_to_count(whole_firm):
    explorer = explore(whole_firm)
    for slider in explorer.goals:
        slider.value = 0
    assert "strategic fit tells no two accounts apart" in explorer.summary.value
    assert "strategic_fit" not in explorer.table.value


def test_reset_brings_goals_back_that_do_not_lie_on_a_step(whole_firm):
    goal = {**whole_firm["goals"][0], "weight": 1 / 3}
    explorer = explore(whole_firm, goals=[goal])
    start = explorer.table.value
    explorer.goals[0].value = 0.33
    assert explorer.table.value == start


def test_verdicts_follow_the_weights(whole_firm):
    explorer = explore(whole_firm)
    start = explorer.table.value
    assert "argue about it" in start
    explorer.sliders["margin"].value = 0
    assert "argue about it" in explorer.table.value
    assert "sets of weights near these" in explorer.summary.value


def test_matrix_takes_the_place_of_sales_and_score(whole_firm):
    explorer = explore(whole_firm)
    by_sales = pixels(explorer)
    explorer.view.value = "Matrix"
    matrix = pixels(explorer)
    assert matrix.shape != by_sales.shape
    explorer.sliders["growth"].value = 10
    assert (pixels(explorer) != matrix).any()


def test_only_the_picture_that_is_seen_is_drawn(whole_firm, monkeypatch):
    drawn = []
    monkeypatch.setattr(explorer_widget, "matrix_png", lambda *_, **__: drawn.append(1) or b"")
    explorer = explore(whole_firm)
    explorer.sliders["growth"].value = 10
    assert not drawn
    explorer.view.value = "Matrix"
    assert len(drawn) == 1


def test_strength_that_nothing_is_known_of_is_told_in_place_of_the_matrix(whole_firm):
    unknown = whole_firm["strength"].assign(strength=np.nan)
    explorer = explore(whole_firm, strength=unknown)
    assert explorer.view is None
    assert "strengths.csv" in explorer.notes.value


def test_weights_without_attractiveness_are_told_and_the_list_follows(whole_firm):
    changes = {
        name: whole_firm[name].rename({"returns": "relationship"}, axis=axis)
        for name, axis in (("values", 1), ("objectives", 0), ("weights", 0))
    }
    explorer = explore(whole_firm, **changes)
    explorer.view.value = "Matrix"
    for name in ("margin", "growth", "strategic_fit"):
        explorer.sliders[name].value = 0
    assert "No matrix: under these weights" in explorer.summary.value
    assert "came in" in explorer.table.value


def test_goals_without_strategic_fit_among_the_criteria_are_told(firm, whole_firm):
    goals = {name: whole_firm[name] for name in ("goals", "accounts")}
    explorer = explore(firm, **goals)
    assert explorer.goals == []
    assert "strategic fit is not among the criteria" in explorer.notes.value


def test_no_setting_of_any_control_raises(whole_firm):
    explorer = explore(whole_firm)
    for slider in [*explorer.sliders.values(), *explorer.goals, explorer.hours]:
        slider.value = slider.min
    assert "must not all be 0" in explorer.summary.value
    for name, slider in explorer.sliders.items():
        slider.value = slider.max
        explorer.top.value = explorer.top.max if name == "margin" else 1
        explorer.view.value = "Matrix"
    explorer.hours.value = 130
    assert "hours a year" in explorer.summary.value


def test_every_control_has_a_description(whole_firm):
    explorer = explore(whole_firm)
    controls = [*explorer.sliders.values(), *explorer.goals, explorer.hours, explorer.top,
                explorer.method, explorer.view, explorer.reset, explorer.clear]  # fmt: skip
    assert all(control.description for control in controls)


def test_goals_without_accounts_are_refused(whole_firm):
    with pytest.raises(InputError, match="there is no table of accounts"):
        explore(whole_firm, accounts=None)


def test_hours_that_are_not_known_for_an_account_are_refused(whole_firm):
    with pytest.raises(InputError, match="they are not for 1, first 'C07'"):
        explore(whole_firm, hours=whole_firm["hours"].drop("C07"))


def test_tables_given_are_not_changed(whole_firm):
    tables = {name: given for name, given in whole_firm.items() if hasattr(given, "copy")}
    before = {name: given.copy() for name, given in tables.items() if name != "goals"}
    explorer = explore(whole_firm)
    explorer.sliders["margin"].value = 2
    explorer.goals[0].value = 0.1
    explorer.hours.value = 300
    for name, table in before.items():
        assert whole_firm[name].equals(table)
