"""JupyterLab in a real browser: one server for all tests, a notebook for each kind of them."""

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
PAGE_TIMEOUT = 90_000


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


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Start JupyterLab on an empty folder; yield its address and the folder."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (apt: chromium)")
    tmp_path = tmp_path_factory.mktemp("lab")
    work = tmp_path / "work"
    work.mkdir()
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "RUNTIME", "DATA")}
    own |= {"PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "default"}
    environment = os.environ | own | {"JUPYTER_DEFAULT_PROVISIONER_NAME": "kam-warm"}
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
               "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.token=",
               "--ServerApp.port_retries=0", f"--ServerApp.root_dir={work}"]  # fmt: skip
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}", work
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.fixture
def page():
    """Open an empty page of a browser."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    sync_api.expect.set_options(timeout=PAGE_TIMEOUT)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1400, "height": 1300})
        opened.set_default_timeout(PAGE_TIMEOUT)
        yield opened
        browser.close()


@pytest.fixture
def run_in_lab(lab, page):
    """Return a function that runs one cell in a notebook of that name and returns the page."""
    address, work = lab

    def run(cell, *, name):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, work / f"{name}.ipynb")
        page.goto(f"{address}/lab/tree/{name}.ipynb?reset")
        page.get_by_text("(ipykernel) | Idle").wait_for()
        page.locator(".jp-Cell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        return page

    return run
