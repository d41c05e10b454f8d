"""Pages for everybody: what a screen reader needs is there, and the keyboard gets everywhere.

The pages are made of the committed notebooks, so that nothing has to run.
"""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from kamtools.learning.cases import load_case
from kamtools.publishing.batch.outcome import Outcome
from kamtools.publishing.batch.page import summary_page
from kamtools.publishing.case_page import case_page
from kamtools.publishing.html import Setting, index_page, notebook_page
from kamtools.training.app import plain_page
from kamtools.training.app_pages import list_pages
from kamtools.training.class_page import class_page
from kamtools.training.class_view import class_view
from kamtools.training.collect import Collection
from kamtools.training.courses import load_course
from kamtools.training.pack_page import start_page

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
REPOSITORY = Path(__file__).resolve().parent.parent.parent
METHODS = sorted((REPOSITORY / "notebooks").glob("[1-6]_*.ipynb"))
CASES = sorted((REPOSITORY / "casestudies").glob("*/case.ipynb"))
FIRM = Setting("Harbour & Sons", "2024-12-31", "en")
QUALITY = {
    "name": "quality",
    "columns": [{"name": "file", "kind": "text"}, {"name": "read", "kind": "number"}],
    "rows": [["invoices.csv", 900.0]],
}
RECORD = {
    "run_stamp": "stamp 1",
    "engagement": {"currency": "EUR", "as_of": "2024-12-31"},
    "set_aside": 3,
    "tables": [{"file": "chosen.csv"}, {"file": "levels.csv"}],
    "notebooks": {path.stem[2:]: {"parameters": {"top": 20, "seed": 7}} for path in METHODS},
    "inputs": [{"file": "invoices.csv", "sha256": "ab" * 32}],
    "versions": {"kamtools": "1.0", "python": "3.11"},
    "package_sha256": "cd" * 32,
    "commit": "",
}
CHECKS = Path(__file__).with_name("accessible_pages.js").read_text(encoding="utf-8")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]


def ask(page, question):
    return page.evaluate(f"(() => {{ {CHECKS}\n return {question}(); }})()")


def read(path):
    return nbformat.read(path, as_version=4)


def batch(folder):
    said = "ZeroDivisionError: no"
    failed = Outcome("bad", "failed", notebook="role", cell="1 / 0", message=said)
    long = " ".join(["Choose Moor & Sons, since nobody else comes near."] * 20)
    made = [
        Outcome(name, "ran", firm=f"Firm {name}", as_of="2024-12-31", seconds=3.2,
                decisions=(("selection", long),)) for name in ("a", "b")
    ]  # fmt: skip
    for file in ("a/index.html", "b/index.html", "a/report.xlsx", "b/report.xlsx"):
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).touch()
    return summary_page([*made, failed], given={}, out=folder, run_stamp="stamp 1")


def first_page(setting):
    notebooks = {path.stem[2:]: read(path) for path in METHODS}
    return index_page(notebooks, setting=setting, record=RECORD, quality=QUALITY)


def first_page_of_a_case():
    case = load_case("haohan-peihui")
    record = {key: RECORD[key] for key in RECORD if key != "engagement"}
    record["notebooks"] = {"case": {"parameters": {"seed": 7}}}
    setting = Setting("Haohan", "", "en")
    story = (REPOSITORY / "casestudies" / case.name / "case.md").read_text(encoding="utf-8")
    return case_page(story, setting=setting, sources={**QUALITY, "name": "sources"}, record=record)


def starts(name):
    methods = {path.stem[2:]: path for path in METHODS}
    return start_page(load_course(name), methods=methods, exercises={})


def class_of_nobody():
    nobody = Collection((), (), "p", is_given=True)
    return class_page(class_view(nobody, seed=1), nobody)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Write one page of each kind, and those of all methods and cases; return their folder."""
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "index": first_page(FIRM),
        "case-index": first_page_of_a_case(),
        "batch": batch(folder),
        "class": class_of_nobody(),
        "pack": starts("one-day"),
        "pack-alone": starts("five-evenings"),
        "app": plain_page("start", pages=list_pages(firm="sample"), firm="Harbour"),
        "app-refused": plain_page("refused", pages=[], firm="Harbour"),
    }
    made |= {p.stem[2:]: notebook_page(read(p), name=p.stem[2:], setting=FIRM) for p in METHODS}
    made |= {
        p.parent.name: notebook_page(read(p), name="case", setting=Setting(p.parent.name, "", "en"))
        for p in CASES
    }
    for name, html in made.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return folder


KINDS = ("index", "case-index", "batch", "class", "pack", "pack-alone", "app", "app-refused",
         *(path.stem[2:] for path in METHODS), *(path.parent.name for path in CASES))  # fmt: skip


ONE_OF_EACH = ("index", "case-index", "batch", "class", "pack", "app", "selection", "dialog-apple")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="module")
def sheet(browser):
    return browser.new_page(viewport={"width": 400, "height": 800})


@pytest.fixture
def look(sheet, pages):
    """Return a function that opens a page by its name, as wide as a telephone."""

    def look(name):
        sheet.goto((pages / f"{name}.html").as_uri())
        return sheet

    return look


@pytest.mark.parametrize("name", KINDS)
def test_page_has_language_headings_landmarks_names_and_words_for_pictures(look, name):
    assert ask(look(name), "faults") == []


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_text_stands_out_from_what_is_behind_it(look, name):
    assert ask(look(name), "weakText") == []


@pytest.mark.parametrize("name", ["index", "case-index", "batch", "app", "selection"])
def test_first_key_offers_to_skip_to_the_content(look, name):
    page = look(name)
    page.keyboard.press("Tab")
    first = ask(page, "focused")
    assert 'href="#main"' in first["what"]
    assert first["inside"]
    page.keyboard.press("Enter")
    assert ask(page, "focused")["id"] == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("name", ["index", "case-index", "batch", "power"])
def test_keyboard_reaches_all_that_can_be_used_and_shows_where_it_is(look, name):
    page = look(name)
    usable = page.locator("a[href]:visible, summary:visible, [tabindex='0']:visible")
    wanted = usable.count()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        now = ask(page, "focused")
        assert now["tag"] != "BODY"
        assert now["inside"], now
        assert now["outlined"], now
    page.keyboard.press("Tab")
    assert ask(page, "focused")["tag"] == "BODY"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_what_is_folded_opens_by_keyboard(look, key):
    page = look("selection")
    page.locator("summary").first.focus()
    page.keyboard.press(key)
    assert page.locator("details").first.evaluate("fold => fold.open")


def test_wide_table_scrolls_by_keyboard(look):
    page = look("selection")
    is_wide = "boxes => boxes.findIndex((box) => box.scrollWidth > box.clientWidth + 80)"
    box = page.locator(".scroll").nth(page.locator(".scroll").evaluate_all(is_wide))
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert box.evaluate("one => one.scrollLeft") > 0


def test_links_of_the_first_page_say_which_part_they_lead_to(look):
    for path in METHODS:
        name = path.stem[2:]
        title = look("index").locator(f"h2#{name}").inner_text()
        link = look("index").get_by_role("link", name=f"How this was found → {title}", exact=True)
        assert link.get_attribute("href") == f"{name}.html"


def test_these_checks_would_see_a_page_that_is_not_for_everybody(sheet):
    sheet.set_content(
        '<html><body><p style="color: #999999">Pale</p><h1>A</h1><h3>B</h3>'
        '<img src="x" alt="figure"><table><tr><td>1</td></tr></table>'
        '<a href="a">more</a><a href="b">more</a></body></html>'
    )
    said = json.dumps(ask(sheet, "faults"))
    for fault in ("no language", "h3 after h1", "0 main", "outside", "alt: figure", "no name",
                  "no heading", "two links are called more"):  # fmt: skip
        assert fault in said
    assert ask(sheet, "weakText") == ["rgb(153, 153, 153) on rgb(255, 255, 255): Pale"]
