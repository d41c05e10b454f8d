"""Feedback with hints in JupyterLab, in a real browser: a key is pressed, a hint is recorded."""

import pytest

from kamtools.learning.exercises import EXERCISES
from kamtools.learning.progress_file import read_progress

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CELL = """\
import os
os.environ["KAMTOOLS_PROGRESS"] = {path!r}
from kamtools.learning.exercises import check

check("readiness-level", "3")
"""
HINTS = EXERCISES["readiness-level"].hints
PAGE_TIMEOUT = 90_000

pytestmark = pytest.mark.browser


def test_hint_opens_by_keyboard_and_is_recorded(run_in_lab, tmp_path):
    path = tmp_path / "progress.sqlite"
    page = run_in_lab(CELL.format(path=str(path)), name="hints")
    button = page.get_by_role("button", name="Hint 1 of 3")
    button.wait_for()
    sync_api.expect(page.get_by_text("Not yet.")).to_be_visible()
    assert page.get_by_text(HINTS[0]).count() == 0

    button.focus()
    page.keyboard.press("Enter")
    sync_api.expect(page.get_by_text(HINTS[0])).to_be_visible(timeout=PAGE_TIMEOUT)
    page.get_by_role("button", name="Hint 2 of 3").wait_for()
    page.keyboard.press("Enter")  # the button keeps the focus
    sync_api.expect(page.get_by_text(HINTS[1])).to_be_visible(timeout=PAGE_TIMEOUT)
    kept = [(event.kind, event.strength) for event in read_progress(path).events]
    assert kept == [("answer", 0), ("hint", 1), ("hint", 2)]
