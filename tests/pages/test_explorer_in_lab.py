"""The selection explorer in JupyterLab, in a real browser: a key is pressed, the list follows."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
REPOSITORY = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CELL = """\
import numpy as np
import pandas as pd
from kamtools.explorers.selection import selection_explorer

rng = np.random.default_rng(4)
accounts = pd.Index([f"C{row:02d}" for row in range(40)], name="account_id")
values = pd.DataFrame(rng.random((40, 2)), index=accounts, columns=["margin", "growth"])
selection_explorer(
    values,
    objectives=pd.Series("max", index=values.columns),
    weights=pd.Series({"margin": 0.9, "growth": 0.1}),
    names=pd.Series([f"<script>no</script> 浩瀚 {name}" for name in accounts], index=accounts),
    revenue=pd.Series(rng.lognormal(11, 1, 40), index=accounts),
    top=5,
)
"""
PAGE_TIMEOUT = 90_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (apt: chromium)"),
]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_it_answers(address, server):
    for _ in range(240):
        assert server.poll() is None, "JupyterLab has ended"
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
    pytest.fail("JupyterLab does not answer")


@pytest.fixture
def lab(tmp_path):
    """Start JupyterLab on a folder with one notebook; yield its address."""
    work = tmp_path / "work"
    work.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, work / "explorer.ipynb")
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "RUNTIME", "DATA")}
    environment = os.environ | own | {"PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "default"}
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
               "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.token=",
               "--ServerApp.port_retries=0", f"--ServerApp.root_dir={work}"]  # fmt: skip
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.fixture
def page():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1280, "height": 1200})
        opened.set_default_timeout(PAGE_TIMEOUT)
        yield opened
        browser.close()


def test_list_and_picture_follow_a_slider_moved_by_keyboard(lab, page):
    page.goto(f"{lab}/lab/tree/explorer.ipynb?reset")
    page.get_by_text("(ipykernel) | Idle").wait_for()
    page.locator(".jp-Cell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    slider = page.get_by_role("slider").first
    slider.wait_for()
    table, picture = page.locator(".kam-list"), page.locator("img.widget-image")
    start, first_picture = table.inner_text(), picture.get_attribute("src")
    assert "<script>no</script> 浩瀚" in start

    slider.focus()
    page.keyboard.press("Home")
    sync_api.expect(table).not_to_have_text(start, use_inner_text=True, timeout=PAGE_TIMEOUT)
    sync_api.expect(table).to_contain_text("came in")
    sync_api.expect(picture).not_to_have_attribute("src", first_picture)

    page.get_by_role("button", name="Back to the start").click()
    sync_api.expect(table).not_to_contain_text("came in")
    page.wait_for_timeout(1000)  # the browser may send the values of the sliders back
    assert table.inner_text() == start
