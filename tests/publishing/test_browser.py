import shutil

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def look(browser, report):
    """Return a function that opens a page of the report and notes what it asks for."""

    def open_page(name, width):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url.split(":")[0]))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.goto((report / f"{name}.html").as_uri())
        return page

    return open_page


@pytest.mark.parametrize("name", ["index", "selection"])
@pytest.mark.parametrize("width", [400, 1280])
def test_page_fits_its_window_and_asks_for_nothing(look, name, width):
    page = look(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert set(page.asked) <= {"file", "data"}
    assert page.said == []


def test_figures_shrink_to_a_narrow_page(look):
    page = look("selection", 300)
    assert page.locator("figure img").first.bounding_box()["width"] <= 300


def test_code_opens_on_demand(look):
    page = look("selection", 400)
    assert not page.get_by_text("import pandas").is_visible()
    page.locator("summary").click()
    assert page.get_by_text("import pandas").is_visible()


def test_first_page_leads_to_the_whole_story_and_back(look):
    page = look("index", 400)
    page.get_by_role("link", name="How this was found").click()
    assert page.url.endswith("selection.html")
    page.locator("nav a").click()
    assert page.url.endswith("index.html")
