"""The decks: what is marked in the chapters becomes a slide that fits, with notes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kamtools.training.courses import course_names, load_course

REPOSITORY = Path(__file__).resolve().parents[2]
PLAYBOOK = REPOSITORY / "playbook"
CHROMIUM = shutil.which("chromium")
DECKS = ["welcome", "readiness", "selection", "role", "power", "measures", "monday"]
MARK = re.compile(r"<!-- slide ([a-z]+): (.+)\n((?s:.*?))-->")
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
WIDTH, HEIGHT, WORDS = 1280, 720, 40

pytestmark = pytest.mark.browser


def marks():
    """Return of each mark the file, the deck, the title and the lines, as they stand."""
    files = [PLAYBOOK / "index.md", *sorted(PLAYBOOK.glob("[0-9]-*.md"))]
    return [(path, *mark) for path in files for mark in MARK.findall(path.read_text("utf-8"))]


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    """Return the folder of the decks, built without a warning."""
    place = tmp_path_factory.mktemp("slides")
    words = ["-q", "-W", "-b", "revealjs", "-d", place / "trees", "playbook/slides", place / "out"]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *map(str, words)],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return place / "out"


@pytest.fixture(scope="module")
def shown(decks):
    """Return of each deck its slides as Chromium shows them, and what it asked the network for."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    read = """() => Reveal.getSlides().map((slide, i) => {
        Reveal.slide(i, 0);
        const notes = slide.querySelector('aside.notes'), title = slide.querySelector('h1, h2');
        const images = [...slide.querySelectorAll('img')].map(i => i.naturalWidth > 0 && !!i.alt);
        return {title: title.innerText, notes: notes ? notes.textContent.trim() : '',
                height: slide.scrollHeight, width: slide.scrollWidth, images: images};
    })"""
    told, asked = {}, []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = running.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.on("request", lambda request: asked.append(request.url))
        for name in DECKS:
            page.goto((decks / f"{name}.html").as_uri())
            page.wait_for_function("window.Reveal && Reveal.isReady()")
            told[name] = page.evaluate(read)
        running.close()
    return told, asked


def test_every_mark_is_a_slide_in_its_deck_in_order(shown):
    told, _ = shown
    for name in DECKS:
        titles = [slide["title"] for slide in told[name]][1:]
        assert titles == [title for _, deck, title, _ in marks() if deck == name]


def test_no_mark_is_lost():
    texts = [path.read_text(encoding="utf-8") for path in PLAYBOOK.rglob("*.md")]
    assert sum(text.count("<!-- slide ") for text in texts) == len(marks())
    assert {deck for _, deck, _, _ in marks()} == set(DECKS)


def test_every_slide_but_the_title_has_notes(shown):
    told, _ = shown
    silent = [slide["title"] for name in DECKS for slide in told[name][1:] if not slide["notes"]]
    assert silent == []


def test_every_slide_fits(shown):
    told, _ = shown
    for name in DECKS:
        for slide in told[name]:
            size = (slide["width"], slide["height"])
            assert size[0] <= WIDTH, (name, slide["title"], size)
            assert size[1] <= HEIGHT, (name, slide["title"], size)


def test_figures_are_drawn_and_have_a_text_instead(shown):
    told, _ = shown
    images = [image for name in DECKS for slide in told[name] for image in slide["images"]]
    assert len(images) == sum(lines.count("figure: ") for *_, lines in marks())
    assert all(images)


def test_decks_ask_for_nothing_from_elsewhere(shown):
    _, asked = shown
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_deck_has_five_to_ten_slides(shown):
    told, _ = shown
    assert [name for name in DECKS if not 5 <= len(told[name]) <= 10] == []


def test_slide_says_one_thing_in_few_words():
    for _, _, title, lines in marks():
        own = re.sub(r"^(figure|notes): .*$|\|.*\|", "", lines, flags=re.MULTILINE)
        assert len(re.findall(r"\w+", own)) <= WORDS, title


def test_numbers_on_slides_are_those_of_the_chapter():
    for path, _, title, lines in marks():
        chapter = MARK.sub("", path.read_text(encoding="utf-8"))
        for number in NUMBER.findall(re.sub(r"^\d\. ", "", f"{title}\n{lines}", flags=re.M)):
            assert re.search(rf"(?<![\d,.]){re.escape(number)}(?!\d)", chapter), (title, number)


def test_decks_that_courses_name_exist(decks):
    named = {unit.slides for name in course_names() for unit in load_course(name).units}
    assert {name for name in named if name and not (decks / f"{name}.html").is_file()} == set()
