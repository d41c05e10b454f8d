"""The book as built: every link leads somewhere, nothing is fetched, nothing is given away."""

import json
import posixpath
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PLAYBOOK = REPOSITORY / "playbook"
LOADING = {("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src")}
OTHERS = re.compile(r"[a-z]+:|//")

pytestmark = pytest.mark.browser  # of the slow stage: it builds for about a minute


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.loaded, self.anchors = [], [], set()
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            if tag == "a" and name == "href" and value:
                self.links.append(value)
            if (tag, name) in LOADING and value:
                self.loaded.append(value)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return the folder of a book built by the commands of the Makefile."""
    place = tmp_path_factory.mktemp("book")
    commands = re.findall(r"\$\(BIN\)/sphinx-build (.+)", (REPOSITORY / "Makefile").read_text())
    assert len(commands) == 2
    for command in commands:
        words = command.replace("build/", f"{place}/trees/").split()
        words[-1] = f"{place}/{words[-1]}"
        assert "-W" in words, "a warning is an error"
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", *words],
            cwd=REPOSITORY, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
    return place / "book"


@pytest.fixture(scope="module")
def pages(book):
    """Return all pages by their path in the book."""
    paths = [path for path in book.rglob("*.html") if "_static" not in path.parts]
    return {path.relative_to(book).as_posix(): Page(path) for path in paths}


def source_pages():
    """Return the pages that the sources ask for."""
    of_playbook = [path for path in PLAYBOOK.rglob("*.md") if "slides" not in path.parts]
    notebooks = [*REPOSITORY.glob("notebooks/*.ipynb")]
    notebooks += [*REPOSITORY.glob("notebooks/exercises/*.ipynb")]
    cases = [*REPOSITORY.glob("casestudies/*.ipynb"), *REPOSITORY.glob("casestudies/*/*.ipynb")]
    notes = REPOSITORY.glob("casestudies/*/teaching-note.md")
    every = [*of_playbook, *notebooks, *cases, *notes]
    return {path.relative_to(REPOSITORY).with_suffix(".html").as_posix() for path in every}


def test_every_link_and_anchor_leads_somewhere(book, pages):
    broken = []
    for place, page in pages.items():
        for link in page.links:
            path, _, anchor = unquote(link).partition("#")
            if OTHERS.match(path):
                continue
            aim = posixpath.normpath(posixpath.join(posixpath.dirname(place), path))
            aim = aim if path else place
            is_known = not anchor or aim not in pages or anchor in pages[aim].anchors
            if not ((book / aim).is_file() and (is_known or aim.startswith("slides/"))):
                broken.append(f"{place}: {link}")
    assert broken == []


def test_no_page_loads_anything_from_elsewhere(book, pages):
    strangers = {
        value
        for page in pages.values()
        for value in page.loaded
        if OTHERS.match(value) and not value.startswith("data:")
    }
    assert strangers == set()
    used = {(book / place).parent / path for place, page in pages.items() for path in page.loaded}
    names = {path.as_posix().partition("?")[0] for path in used}
    styles = [Path(name).read_text("utf-8") for name in names if name.endswith(".css")]
    assert styles
    imported = {url for style in styles for url in re.findall(r"url\([\"']?(https?:[^)]+)", style)}
    assert imported == set()


def test_no_page_names_a_place_on_this_machine(pages):
    here = str(REPOSITORY)
    assert [place for place, page in pages.items() if here in page.text] == []


def test_every_chapter_notebook_case_and_note_is_a_page(pages):
    assert source_pages() <= set(pages)


def test_solutions_are_not_in_the_book(pages):
    for path in REPOSITORY.glob("notebooks/exercises/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        solved = [cell for cell in cells if "solution" in cell["metadata"].get("tags", [])]
        shown = pages[f"notebooks/exercises/{path.stem}.html"].text
        assert solved
        for cell in solved:
            if cell["cell_type"] == "markdown":
                opening = "".join(cell["source"]).split(".")[0][:60]
                assert opening not in shown, f"{path.name}: {opening}"
        assert "Right." not in shown


def test_sources_with_their_solutions_are_not_shipped(book):
    assert list(book.rglob("*.ipynb")) == []
    assert [path for path in book.rglob("_sources/**/*") if path.is_file()] == []


def test_end_of_each_story_is_folded(pages):
    for path in REPOSITORY.glob("casestudies/*/case.md"):
        story = path.read_text(encoding="utf-8")
        end = re.search(r"<details>\s*<summary>.*?</summary>\s*(\w+ \w+)", story)[1]
        shown = pages[f"casestudies/{path.parent.name}/case.html"].text
        fold = shown.index("<details>", shown.index("How the story went on<a"))
        assert end in shown[fold : shown.index("</details>", fold)]


def test_every_public_module_is_in_the_reference(pages):
    shown = "".join(page.text for place, page in pages.items() if "/reference/" in place)
    for path in (REPOSITORY / "kamtools").rglob("*.py"):
        parts = path.relative_to(REPOSITORY).with_suffix("").parts
        if any(part.startswith("_") for part in parts) or "_template" in "".join(parts):
            continue
        assert f'id="module-{".".join(parts)}"' in shown, ".".join(parts)


def test_every_word_of_the_glossary_can_be_led_to(pages):
    rows = re.findall(r"^\| ([^|]+?) \|", (PLAYBOOK / "glossary.md").read_text("utf-8"), re.M)[2:]
    shown = pages["playbook/glossary.html"].text
    assert len(re.findall(r'<dt id="term-', shown)) == len(rows)


def test_chapters_lead_to_the_glossary(pages):
    for path in PLAYBOOK.glob("[0-9]-*.md"):
        links = pages[f"playbook/{path.stem}.html"].links
        assert [link for link in links if "#term-" in link], path.name


def test_works_named_as_sources_stand_in_the_references(pages):
    shown = pages["playbook/references.html"].text
    lacking = []
    for path in PLAYBOOK.glob("[0-9]-*.md"):
        sources = path.read_text(encoding="utf-8").split("\n## Sources\n")[1]
        named = re.findall(r"([A-ZÀ-Ž][\w’-]+), (?:[A-Z]\.[- ]?)+[^()\n;]*?\((\d{4})\)", sources)
        lacking += [f"{name} {year}" for name, year in named if name not in shown]
        assert named, path.name
    assert lacking == []


def test_chapters_have_all_the_parts_of_a_chapter():
    parts = ("The question", "The idea in a page", "Where it fails", "Checklist", "Exercises")
    for path in PLAYBOOK.glob("[0-9]-*.md"):
        text = path.read_text(encoding="utf-8")
        heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert [part for part in parts if part not in heads] == [], path.name
        assert re.search(r"worked example|A plan that is computed", text), path.name
        assert re.search(r"^## What .*(evidence says|is known)$", text, re.MULTILINE), path.name


def test_search_finds_words_of_chapters_notebooks_and_docstrings(book):
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    for word in ("whale", "interlock", "callplan", "rubinstein"):
        assert re.search(rf'"?{word}"?:', index), word


def test_worked_example_of_selection_says_what_its_notebook_computes():
    text = (PLAYBOOK / "2-selection.md").read_text(encoding="utf-8")
    example = text.split("\n## A worked example\n")[1].split("\n## ")[0]
    notebook = json.loads((REPOSITORY / "notebooks" / "2_selection.ipynb").read_text("utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    said = " ".join("".join(output.get("data", {}).get("text/plain", "")) for output in outputs)
    same = [
        ("47 accounts (20 %) bring 78 %", r"top 20 % of accounts \(47 of 236\) bring 78 % of rev"),
        ("it takes 52 to reach 80 %", r"22 % of accounts \(52\) to reach 80 %"),
        ("5 accounts, EUR 77,700 together", r"5 accounts that lose money give back EUR 77,700"),
        ("EUR 65,400 of it Moor & Sons", r"largest loss is Moor & Sons[^(]*\(EUR −65,400\)"),
        ("3,000 of 3,000 hours", r"they take 3,000 of 3,000 hours"),
        ("11 of the 20 also lead by sales, 9 do not", r"11 also lead by sales, 9 do not"),
        ("EUR 554,000 more profit", r"earn EUR 554,000 more profit this year"),
        ("17 are in under at least 80 % of 2,000", r"17 are in under at least 80 % of 2,000"),
        ("8 are to be argued about", r"Argue about the other 8"),
        ("11 are on the list in any case", r"11 accounts are on the list in any case"),
        ("still reach 81 %", r"Choosing by sales reaches 81 % of the optimum"),
    ]
    for here, there in same:
        assert here in example, here
        assert re.search(there, said), there
    rows = _rows(outputs, "sales_list").values()
    by_name = {row[1]: row for row in rows}
    assert by_name["Copperbell City Market"][5] == 107
    assert by_name["Copperbell City Market"][2]
    seventh = by_name["Sorrelgarth Wholesale"]
    assert (seventh[4], seventh[2]) == (7, False)
    moor = next(row for name, row in by_name.items() if name.startswith("Moor & Sons"))
    assert (moor[5], round(moor[7], -4), moor[8] < 0) == (3, 1_080_000, True)


def _rows(outputs, name):
    kept = (out.get("data", {}).get("application/vnd.kamtools.table+json") for out in outputs)
    table = next(table for table in kept if table and table["name"] == name)
    return {row[0]: row for row in table["rows"]}
