"""The selection explorer in JupyterLab, in a real browser: a key is pressed, the list follows."""

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CELL = """\
import numpy as np
import pandas as pd
from kamtools.explorers.selection import selection_explorer

rng = np.random.default_rng(4)
accounts = pd.Index([f"C{row:02d}" for row in range(40)], name="account_id")
segment = np.where(np.arange(40) % 4 == 0, "city", "kiosk")
values = pd.DataFrame(rng.random((40, 2)), index=accounts, columns=["margin", "growth"])
values["strategic_fit"] = (segment == "city").astype(float)
selection_explorer(
    values,
    objectives=pd.Series("max", index=values.columns),
    weights=pd.Series({"margin": 0.5, "growth": 0.35, "strategic_fit": 0.15}),
    names=pd.Series([f"<script>no</script> 浩瀚 {name}" for name in accounts], index=accounts),
    revenue=pd.Series(rng.lognormal(11, 1, 40), index=accounts),
    top=5,
    hours=pd.Series(np.where(np.arange(40) % 3 == 0, 300.0, 100.0), index=accounts),
    capacity_hours=2000,
    goals=[
        {"name": "Win the cities", "column": "segment", "values": ["city"], "weight": 0.9},
        {"name": "<b>Kiosks</b>", "column": "segment", "values": ["kiosk"], "weight": 0.1},
    ],
    accounts=pd.DataFrame({"account_id": accounts, "segment": segment}),
    strength=pd.DataFrame({"strength": rng.random(40) * 2, "basis": "", "missing": ""}, accounts),
    seed=1,
)
"""
MARGIN, GOAL_OF_CITIES, HOURS = 0, 3, 5
"""Places of sliders among all that there are."""
PAGE_TIMEOUT = 90_000

pytestmark = pytest.mark.browser


@pytest.fixture
def explorer(run_in_lab):
    """Run the notebook and wait for its controls; return the page."""
    page = run_in_lab(CELL, name="explorer")
    page.get_by_role("slider").nth(HOURS).wait_for()
    return page


def move_to_zero(page, slider):
    page.get_by_role("slider").nth(slider).focus()
    page.keyboard.press("Home")


def test_list_and_picture_follow_a_slider_moved_by_keyboard(explorer):
    table, picture = explorer.locator(".kam-list"), explorer.locator("img.widget-image")
    start, first_picture = table.inner_text(), picture.get_attribute("src")
    assert "<script>no</script> 浩瀚" in start

    move_to_zero(explorer, MARGIN)
    sync_api.expect(table).not_to_have_text(start, use_inner_text=True, timeout=PAGE_TIMEOUT)
    sync_api.expect(table).to_contain_text("came in")
    sync_api.expect(picture).not_to_have_attribute("src", first_picture)

    explorer.get_by_role("button", name="Back to the start").click()
    sync_api.expect(table).not_to_contain_text("came in")
    explorer.wait_for_timeout(1000)  # the browser may send the values of the sliders back
    sync_api.expect(table).to_have_text(start, use_inner_text=True)


def test_list_follows_goals_and_hours_moved_by_keyboard(explorer):
    table = explorer.locator(".kam-list")
    start = table.inner_text()
    assert "argue about it" in start
    sync_api.expect(explorer.get_by_text("<b>Kiosks</b>").first).to_be_visible()

    move_to_zero(explorer, GOAL_OF_CITIES)
    sync_api.expect(table).to_contain_text("came in", timeout=PAGE_TIMEOUT)
    sync_api.expect(explorer.locator("pre", has_text="goals = [")).to_be_visible()

    move_to_zero(explorer, HOURS)
    sync_api.expect(table).to_contain_text("no hours left", timeout=PAGE_TIMEOUT)
    sync_api.expect(explorer.get_by_text("The list takes 0 of 0 hours a year")).to_be_visible()

    explorer.get_by_role("button", name="Back to the start").click()
    sync_api.expect(table).not_to_contain_text("no hours left")
    explorer.wait_for_timeout(1000)  # the browser may send the values of the sliders back
    sync_api.expect(table).to_have_text(start, use_inner_text=True)


def test_weights_of_ones_own_are_set_by_keyboard_after_all_to_0(explorer):
    kept = explorer.locator("pre", has_text="weights =")
    explorer.get_by_role("button", name="All weights to 0").focus()
    explorer.keyboard.press("Enter")
    sync_api.expect(explorer.get_by_text("must not all be 0").first).to_be_visible(
        timeout=PAGE_TIMEOUT
    )

    explorer.get_by_role("slider").nth(MARGIN).focus()
    explorer.keyboard.press("ArrowRight")
    sync_api.expect(kept).to_contain_text('weights = "margin = 0.1"', timeout=PAGE_TIMEOUT)
    sync_api.expect(explorer.get_by_text("must not all be 0")).to_have_count(0)


def test_matrix_is_shown_in_place_of_sales_and_score(explorer):
    picture = explorer.locator("img.widget-image")
    by_sales = picture.bounding_box()
    explorer.get_by_label("Picture").select_option("Matrix")
    explorer.wait_for_function(
        "height => document.querySelector('img.widget-image').height > height + 20",
        arg=by_sales["height"],
    )
    assert picture.bounding_box()["width"] == by_sales["width"]


def test_on_a_narrow_page_the_text_to_keep_is_not_cut_off(explorer):
    explorer.set_viewport_size({"width": 620, "height": 1200})
    kept = explorer.locator("pre", has_text="weights =")
    kept.scroll_into_view_if_needed()
    there_is = "pre => pre.closest('.jp-OutputArea').clientWidth"
    assert kept.evaluate("pre => pre.scrollWidth") <= kept.evaluate(there_is)
