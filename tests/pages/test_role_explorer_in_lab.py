"""The role explorer in JupyterLab, in a real browser: a manager leaves, the tables follow."""

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CELL = """\
import numpy as np
import pandas as pd
from kamtools.explorers.role import role_explorer

rng = np.random.default_rng(4)
team = pd.Index([f"M{row}" for row in range(1, 7)], name="manager_id")
regions, languages = ["North", "South", "Capital"], ["English", "Mandarin"]
listed = pd.DataFrame(
    {
        "hours": rng.choice([420.0, 300.0, 160.0, 60.0], 32) + rng.integers(0, 40, 32),
        "region": rng.choice(regions, 32),
        "language": rng.choice(languages, 32, p=[0.8, 0.2]),
        "needs": rng.choice(["finance", "negotiation; data", None], 32),
        "rivals": ["C01" if row == 0 else None for row in range(32)],
        "manager_id": rng.choice(team, 32),
        "value": rng.lognormal(11, 1, 32),
    },
    index=pd.Index([f"C{row:02d}" for row in range(32)], name="account_id"),
)
managers = pd.DataFrame(
    {
        "name": ["Ines Falk", "林知秋", "Oskar Brandt", "Petra <i>Nyholm</i>", "Tomas", "何语桐"],
        "capacity_hours": [1300.0, 1300.0, 1100.0, 1300.0, 1200.0, 1300.0],
        "region": regions * 2,
        "languages": ["English", "Mandarin; English"] * 3,
        "competences": ["negotiation; data", "finance", "finance; data"] * 2,
    },
    index=team,
)
counterparts = pd.DataFrame(
    {
        "account_id": np.repeat(listed.index, 2),
        "client_role": ["buyer", "quality manager"] * 32,
        "person": [
            person
            for one in listed["manager_id"].map(managers["name"])
            for person in (one, None)
        ],
    }
)
activities = pd.DataFrame(
    {"activity": ["Visit", "Plan the year"], "function": "client",
     "responsible": ["key account manager", "Ines Falk"], "accountable": "head of sales"}
)
explorer = role_explorer(
    listed[:26],
    managers,
    candidates=listed[26:],
    names=pd.Series([f"<script>no</script> 浩瀚 {name}" for name in listed.index], listed.index),
    counterparts=counterparts,
    activities=activities,
    hours_per_year=1700,
    share_for_accounts=0.7,
    seed=1,
)
explorer
"""
PAGE_TIMEOUT = 90_000

pytestmark = pytest.mark.browser


@pytest.fixture
def explorer(run_in_lab):
    """Run the notebook and wait for its controls; return the page."""
    page = run_in_lab(CELL, name="role")
    page.get_by_label("New key account").wait_for()
    return page


def expect_text(page, text):
    sync_api.expect(page.get_by_text(text).first).to_be_visible(timeout=PAGE_TIMEOUT)


def test_assignment_and_picture_follow_a_manager_who_leaves(explorer):
    tables, picture = explorer.locator(".kam-table"), explorer.locator("img.widget-image")
    start, first_picture = tables.inner_text(), picture.get_attribute("src")
    assert "<script>no</script> 浩瀚" in start
    assert "Petra <i>Nyholm</i>" in start

    explorer.get_by_label("Manager who leaves").select_option("Ines Falk")
    sync_api.expect(tables).to_contain_text("moved from Ines Falk", timeout=PAGE_TIMEOUT)
    sync_api.expect(picture).not_to_have_attribute("src", first_picture)
    expect_text(explorer, "1 activity has nobody: Plan the year.")

    explorer.get_by_role("button", name="Undo").click()
    sync_api.expect(tables).not_to_contain_text("moved from Ines Falk", timeout=PAGE_TIMEOUT)
    sync_api.expect(explorer.get_by_label("Manager who leaves")).to_have_value("Nobody")
    explorer.wait_for_timeout(1000)  # the browser may send the values of the controls back
    sync_api.expect(tables).to_have_text(start, use_inner_text=True)


def test_new_account_and_hire_are_undone_one_by_one(explorer):
    tables = explorer.locator(".kam-table")
    start = tables.inner_text()
    explorer.get_by_label("New key account").select_option(index=1)
    expect_text(explorer, "New: <script>no</script> 浩瀚 C26 goes to")

    hires = explorer.get_by_label("Managers to hire")
    hires.fill("2")
    hires.press("Enter")
    sync_api.expect(tables).to_contain_text("New manager 2", timeout=PAGE_TIMEOUT)

    explorer.get_by_role("button", name="Undo").click()
    sync_api.expect(tables).not_to_contain_text("New manager", timeout=PAGE_TIMEOUT)
    sync_api.expect(tables).to_contain_text("浩瀚 C26")
    explorer.get_by_role("button", name="Back to the start").click()
    sync_api.expect(tables).not_to_contain_text("浩瀚 C26", timeout=PAGE_TIMEOUT)
    explorer.wait_for_timeout(1000)  # the browser may send the values of the controls back
    sync_api.expect(tables).to_have_text(start, use_inner_text=True)


def test_capacity_that_is_too_little_is_told_in_words(explorer):
    explorer.get_by_role("slider").nth(1).focus()
    explorer.keyboard.press("Home")
    alert = explorer.locator(".widget-html [role=alert]")
    sync_api.expect(alert).to_contain_text("No assignment meets all rules", timeout=PAGE_TIMEOUT)
    sync_api.expect(explorer.get_by_text("Traceback")).to_have_count(0)
    expect_text(explorer, "too few")

    explorer.get_by_role("button", name="Back to the start").click()
    sync_api.expect(alert).to_have_count(0, timeout=PAGE_TIMEOUT)


@pytest.mark.parametrize("width", [1400, 620])
def test_nothing_leaves_the_page_at_any_width(explorer, width):
    explorer.set_viewport_size({"width": width, "height": 1300})
    explorer.get_by_label("Manager who leaves").select_option("林知秋")
    sync_api.expect(explorer.locator(".kam-table")).to_contain_text(
        "moved from 林知秋", timeout=PAGE_TIMEOUT
    )
    output = explorer.locator(".jp-OutputArea").first
    there_is = output.bounding_box()
    for one in explorer.locator(".widget-image, .kam-controls select, .kam-controls input").all():
        box = one.bounding_box()
        assert there_is["x"] <= box["x"]
        assert box["x"] + box["width"] <= there_is["x"] + there_is["width"] + 1
