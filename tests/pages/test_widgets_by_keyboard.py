"""Explorers and game in JupyterLab without a mouse: names, focus, and a month played."""

import re

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CELL = """\
import pandas as pd
from kamtools.explorers.balancing_game import balancing_game
from kamtools.explorers.selection import selection_explorer

accounts = pd.Index([f"C{row}" for row in range(6)], name="account_id")
values = pd.DataFrame({"margin": range(6), "growth": [4, 1, 2, 1, 0, 9]}, accounts, dtype=float)
explorer = selection_explorer(
    values,
    objectives=pd.Series("max", index=values.columns),
    weights=pd.Series({"margin": 0.5, "growth": 0.5}),
    names=pd.Series(accounts, index=accounts),
    revenue=pd.Series(1e6, index=accounts),
    top=2,
    accounts=pd.DataFrame({"account_id": accounts}),
    seed=1,
)
display(explorer, balancing_game("quiet_partner", seed=3))
"""
# The handle of a slider has no name of its own in ipywidgets 8: its label stands before it.
UNNAMED = """outputs => {
  const text = (id) => document.getElementById(id)?.textContent.trim() || "";
  const name = (one) =>
    (one.getAttribute("aria-labelledby") || "").split(" ").map(text).join("") ||
    one.ariaLabel || [...(one.labels || [])].map((label) => label.textContent.trim()).join("") ||
    (one.role === "slider" && one.closest(".widget-slider").querySelector("label").textContent) ||
    one.getAttribute("alt") || one.title || one.textContent.trim();
  return outputs.flatMap((output) =>
    [...output.querySelectorAll("button, input, select, textarea, [role=slider], img")])
    .filter((one) => one.checkVisibility() && !name(one))
    .map((one) => one.parentElement.outerHTML.slice(0, 300));
}"""
PAGE_TIMEOUT = 90_000

pytestmark = pytest.mark.browser


@pytest.fixture
def widgets(run_in_lab):
    page = run_in_lab(CELL, name="keyboard")
    page.get_by_role("button", name="Play the month").wait_for()
    return page


def test_every_control_and_picture_has_a_name_and_a_month_is_played_by_keyboard(widgets):
    assert widgets.locator(".jp-OutputArea").evaluate_all(UNNAMED) == []
    for name in ("Score against sales", "Power imbalance with its corridor"):
        sync_api.expect(widgets.get_by_role("img", name=name)).to_be_visible()

    widgets.get_by_role("slider").first.focus()
    widgets.keyboard.press("Home")
    sync_api.expect(widgets.locator(".kam-list").first).to_contain_text(
        "came in", timeout=PAGE_TIMEOUT
    )
    measure = widgets.get_by_role("checkbox", name=re.compile("^Share our dated year plan:"))
    for _ in range(40):  # from the slider on, with the one key
        widgets.keyboard.press("Tab")
        if measure.evaluate("one => one === document.activeElement"):
            break
    widgets.keyboard.press("Space")
    sync_api.expect(measure).to_be_checked()

    play = widgets.get_by_role("button", name="Play the month")
    for _ in range(40):
        widgets.keyboard.press("Tab")
        if play.evaluate("one => one === document.activeElement"):
            break
    widgets.keyboard.press("Enter")
    month = widgets.get_by_role("heading", name="Month 2 of 12")
    sync_api.expect(month).to_be_visible(timeout=PAGE_TIMEOUT)
    told = widgets.get_by_text("The picture in numbers").first
    told.focus()
    widgets.keyboard.press("Enter")
    sync_api.expect(widgets.get_by_role("table", name="The year month by month")).to_be_visible()
