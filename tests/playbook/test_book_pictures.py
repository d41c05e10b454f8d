"""Pictures of the book and of the slides have words for those who do not see them."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent.parent
EXTENSIONS = REPOSITORY / "playbook" / "_ext"
NOTEBOOKS = sorted(
    path
    for folder in ("notebooks", "casestudies")
    for path in (REPOSITORY / folder).rglob("*.ipynb")
    if ".ipynb_checkpoints" not in path.parts
)


def load(name):
    spec = importlib.util.spec_from_file_location(name, EXTENSIONS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def book_sources():
    sys.path.insert(0, str(EXTENSIONS))
    yield load("book_sources")
    sys.path.remove(str(EXTENSIONS))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_figure_of_the_book_has_words_of_its_own(book_sources, path):
    shown = json.loads(book_sources.as_shown(path.read_text(encoding="utf-8")))
    said = [
        cell["metadata"]["mystnb"]["image"]["alt"]
        for cell in shown["cells"]
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert all(len(words) >= 40 for words in said), said
    assert len(set(said)) == len(said)


def test_words_of_the_cell_stand_before_those_of_what_was_drawn(book_sources):
    output = {"data": {"image/png": "aGk="}, "metadata": {"image/png": {"alt": "Six enter."}}}
    cell = {"cell_type": "code", "metadata": {"alt": "Score against sales"}, "outputs": [output]}
    (shown,) = json.loads(book_sources.as_shown(json.dumps({"cells": [cell]})))["cells"]
    assert shown["metadata"]["mystnb"]["image"]["alt"] == "Score against sales. Six enter."


def test_figure_of_a_slide_says_what_was_drawn(book_sources):
    html = load("slide_figures").figure_html("concentration")
    (alt,) = html.split('alt="')[1:]
    assert alt.startswith("Sales of the sample company added up from the largest. The top ")
    assert "Upwards: " in alt
