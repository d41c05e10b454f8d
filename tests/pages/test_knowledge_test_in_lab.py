"""A knowledge test in JupyterLab, in a real browser: answered by keyboard, and handed in."""

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CELL = 'from kamtools.learning import knowledge_test\n\nknowledge_test.show("after")'
N_QUESTIONS, N_OPTIONS = 15, 4

pytestmark = pytest.mark.browser


def test_a_test_is_answered_by_keyboard_and_handed_in(run_in_lab):
    page = run_in_lab(CELL, name="knowledge")
    radios = page.locator(".kam-test input[type=radio]")
    sync_api.expect(radios).to_have_count(N_QUESTIONS * N_OPTIONS)
    sync_api.expect(page.get_by_text("0 of 15 answered")).to_be_visible()
    sync_api.expect(page.locator(".kam-test input[type=radio]:checked")).to_have_count(0)

    radios.first.focus()
    for _ in range(N_QUESTIONS - 1):
        page.keyboard.press("Space")
        for _ in range(N_OPTIONS):  # each radio button is a stop of its own
            page.keyboard.press("Tab")
    sync_api.expect(page.get_by_text("14 of 15 answered")).to_be_visible()

    button = page.get_by_role("button", name="Hand in")
    button.focus()
    page.keyboard.press("Enter")
    sync_api.expect(page.locator(".kam-test [role=alert]")).to_contain_text("open: 15")

    page.set_viewport_size({"width": 700, "height": 1200})
    last = page.locator(".kam-test .widget-radio-box").last
    last.scroll_into_view_if_needed()
    assert last.evaluate("box => box.scrollWidth <= box.clientWidth")
    last.locator("label").nth(1).click()
    sync_api.expect(page.get_by_text("15 of 15 answered")).to_be_visible()

    button.focus()
    page.keyboard.press("Enter")
    told = page.locator(".kam-test")
    sync_api.expect(told).to_contain_text("of 15 right")
    sync_api.expect(told).to_contain_text("(your answer, right)")
    lesson = told.get_by_text("What you chose").first
    sync_api.expect(lesson).to_be_hidden()
    told.locator("summary", has_text=": wrong").first.focus()
    page.keyboard.press("Space")
    sync_api.expect(lesson).to_be_visible()
