import doctest
import re
from pathlib import Path

import pytest

PLAYBOOK = Path(__file__).resolve().parents[2] / "playbook"
CHAPTERS = sorted(PLAYBOOK.glob("[0-9]-*.md"))
STANDING = ["The question", "The idea in a page", "Checklist", "Sources"]
BEFORE_YEARS = ("After", "Before", "From", "In", "Since", "Until")
MONTHS = {"January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December"}  # fmt: skip


def text_of(path):
    return path.read_text(encoding="utf-8")


def sections(path):
    return re.findall(r"^## (.+)$", text_of(path), re.MULTILINE)


def glossary_rows():
    lines = text_of(PLAYBOOK / "glossary.md").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request):
    return request.param


def test_chapter_asks_in_its_title_and_keeps_the_standing_sections(chapter):
    title = text_of(chapter).splitlines()[0]
    assert re.fullmatch(rf"# {chapter.stem[0]}\. .+\?", title)
    kept = [name for name in sections(chapter) if name in STANDING]
    assert kept == STANDING


def test_relative_links_of_the_playbook_lead_somewhere():
    for path in PLAYBOOK.rglob("*.md"):
        for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text_of(path)):
            file, _, anchor = target.partition("#")
            place = (path.parent / file).resolve() if file else path
            assert place.exists(), f"{path.name}: {target}"
            if anchor:
                heads = re.findall(r"^#+ (.+)$", text_of(place), re.MULTILINE)
                slugs = [re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads]
                assert anchor in slugs, f"{path.name}: {target}"


def test_fenced_examples_of_a_chapter_are_true(chapter):
    runner = doctest.DocTestRunner()
    blocks = re.findall(r"^```python\n(.+?)^```$", text_of(chapter), re.MULTILINE | re.DOTALL)
    parser = doctest.DocTestParser()
    for place, block in enumerate(blocks):
        name = f"{chapter.name}, example {place + 1}"
        example = parser.get_doctest(block, {}, name, str(chapter), 0)
        assert example.examples, f"{name} has no prompt, so nothing would be tried"
        runner.run(example)
    assert runner.failures == 0


def test_claims_named_in_a_chapter_are_those_of_the_essay(chapter):
    named = {int(number) for number in re.findall(r"\bE(\d+)\b", text_of(chapter))}
    assert named
    assert named <= set(range(1, 24))


def test_studies_cited_by_author_and_year_stand_among_the_sources(chapter):
    body, sources = text_of(chapter).split("\n## Sources\n")
    cited = re.findall(r"([A-ZÀ-Ž][\w’-]+)(?:,? et al\.)?,? \(?((?:19|20)\d\d)\b", body)
    studies = {(name, year) for name, year in cited if name not in (*MONTHS, *BEFORE_YEARS)}
    lacking = [f"{name} {year}" for name, year in studies if name not in sources]
    assert lacking == []


def test_words_of_the_glossary_come_once_in_order_each_in_chinese_with_a_meaning():
    rows = glossary_rows()
    words = [row[0] for row in rows]
    assert words == sorted(set(words), key=str.lower)
    for row in rows:
        assert len(row) == 3, row
        assert re.search(r"[\u4e00-\u9fff]", row[1]) or row[1] == "", row
        assert row[2], row
