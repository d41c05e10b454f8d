"""Letters that can be read: the contrast of WCAG 2.1, computed here on its own, over all pages."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

from kamtools.explorers.list_table import list_html
from kamtools.explorers.role_table import accounts_html, cover_html
from kamtools.learning import knowledge_pages, progress_page
from kamtools.learning.feedback import Feedback
from kamtools.publishing.deck import master as deck_master
from kamtools.publishing.documents import form as document_form
from kamtools.publishing.workbook import form as workbook_form

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SHEETS = sorted(
    path
    for folder in ("kamtools/publishing/templates", "kamtools/training", "playbook/_static")
    for path in (REPOSITORY / folder).rglob("*.css")
)
TEXT, LARGE_OR_MARK = 4.5, 3.0
PAPER = "#ffffff"
WITHOUT_COLOUR = {"inherit", "transparent", "currentcolor", "none"}
BLOCK = re.compile(r"([^{}]*)\{([^{}]*)\}")
VARIABLE = re.compile(r"var\(--([\w-]+)\)")


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def read(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def variables(css):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", css))


OURS = variables(read(REPOSITORY / "kamtools/publishing/templates/style.css"))


def solid(value, known):
    """Return the colour that a declaration names, None where it names none."""
    value = VARIABLE.sub(lambda found: known.get(found[1], found[0]), value.strip())
    value = re.sub(r"\s*!important$", "", value)
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", value)
    if short:
        value = "#" + "".join(2 * sign for sign in short.groups())
    return value if re.fullmatch(r"#[0-9a-f]{6}", value) else None


def declared(css):
    """Return each rule's selector and its declarations, then those outside of inner blocks."""
    for selector, body in BLOCK.findall(css):
        yield selector.strip(), dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", body))
    yield "@", dict(re.findall(r"(?<![\w-])(color)\s*:\s*([^;{}]+);", BLOCK.sub("", css)))


def pairs(css):
    """Return selector, colour of the text and colours of what can be behind it."""
    known = OURS | variables(css)
    grounds = [PAPER, known["pale"]]
    for selector, rule in declared(css):
        if "color" not in rule or rule["color"].strip() in WITHOUT_COLOUR:
            continue
        colour = solid(rule["color"], known)
        assert colour, f"{selector}: no colour that this test can read in {rule['color']!r}"
        own = solid(rule.get("background", ""), known)
        yield selector, colour, [own] if own else grounds


def is_mark(selector, css):
    """Whether a rule colours a sign beside the word that says the same."""
    return re.sub(r"\.\w+(?=::before)", "", selector) in {
        one for one, rule in declared(css) if "●" in rule.get("content", "")
    }


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_text_of_a_style_sheet_stands_out_from_what_is_behind_it(path):
    css = read(path)
    weak = [
        (selector, colour, ground, round(contrast(colour, ground), 2))
        for selector, colour, grounds in pairs(css)
        for ground in grounds
        if contrast(colour, ground) < (LARGE_OR_MARK if is_mark(selector, css) else TEXT)
    ]
    assert weak == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_what_shows_the_focus_stands_out_and_is_never_taken_away(path):
    css = read(path)
    for selector, rule in declared(css):
        outline = rule.get("outline", "")
        if "none" in outline:
            # Focus on all of the content, after the skip link, is no control; a card shows its
            # link's.
            assert selector in ("main:focus", "ul.cards a:focus-visible")
            assert "cards" not in selector or "ul.cards > li:has(a:focus-visible)" in css
        elif outline:
            colour = solid(outline.split(None, 2)[2], OURS | variables(css))
            assert min(contrast(colour, PAPER), contrast(colour, OURS["pale"])) >= LARGE_OR_MARK


def test_this_test_would_see_a_pale_text_and_a_pale_mark():
    css = '.a { color: #999999; } .s::before { content: "●"; } .s.b::before { color: #e69f00; }'
    found = [
        (contrast(colour, PAPER), is_mark(selector, css))
        for selector, colour, _ in pairs(css + ":root { --pale: #f5f7fa; }")
    ]
    assert [(ratio < TEXT, ratio < LARGE_OR_MARK, mark) for ratio, mark in found] == [
        (True, True, False), (True, True, True)
    ]  # fmt: skip


def inline_colours(html):
    return re.findall(r"(?<![\w-])color:\s*(#[0-9a-fA-F]{6})", html)


def shown_by_widgets():
    names = pd.Series({"a": "Harbour", "b": "Quay"})
    listed = pd.DataFrame(
        {"rank": [1, 2], "score": [0.7, 0.6], "revenue": [2e6, 1e6], "rank_by_sales": [2, 1],
         "is_chosen": [True, False], "was_chosen": [False, True], "in_sales_list": True},
        index=["a", "b"],
    )  # fmt: skip
    rows = pd.DataFrame(
        {"name": ["A", "B"], "hours": 60.0, "manager": "Li", "before": "Eva", "today": "Eva",
         "is_moved": [True, False], "is_new": [False, True], "lacks": "", "contacts": 0,
         "nobody": 0, "elsewhere": 0}, index=["a", "b"],
    )  # fmt: skip
    earlier = pd.DataFrame({"start": [0.0, 3.0]}, index=["rival_pairs", "moves"])
    cover = pd.Series({"rival_pairs": 1.0, "moves": 2.0})
    return {
        "list": list_html(listed, names),
        "accounts": accounts_html(rows, with_contacts=False),
        "cover": cover_html(earlier, cover),
    }


@pytest.mark.parametrize("name", ["list", "accounts", "cover"])
def test_words_that_an_explorer_colours_can_be_read(name):
    colours = inline_colours(shown_by_widgets()[name])
    assert len(set(colours)) == 2
    assert min(contrast(colour.lower(), PAPER) for colour in colours) >= TEXT


def test_words_that_feedback_and_tests_colour_can_be_read():
    named = [knowledge_pages._GREEN, knowledge_pages._RED, progress_page._GREEN,
             progress_page._GREY]  # fmt: skip
    written = [
        colour
        for path in (REPOSITORY / "kamtools").rglob("*.py")
        for colour in inline_colours(path.read_text(encoding="utf-8"))
    ]
    assert written
    assert min(contrast(colour.lower(), PAPER) for colour in [*named, *written]) >= TEXT


@pytest.mark.parametrize("verdict", ["right", "wrong", "empty", "not understood"])
def test_verdict_is_a_word_beside_its_colour_and_its_mark_stands_out(verdict):
    html = Feedback("an-exercise", verdict, "So.")._repr_html_()
    assert re.search(r"<strong>\w[\w ]+\.</strong>", html)
    (mark,) = re.findall(r"solid (#[0-9a-fA-F]{6})", html)
    assert contrast(mark.lower(), PAPER) >= LARGE_OR_MARK


def test_words_of_a_deck_stand_out_from_its_slides():
    written = io.BytesIO()
    deck_master.new_deck("Firm").save(written)
    with ZipFile(written) as deck:
        theme = next(n for n in deck.namelist() if re.search(r"theme/theme\d*\.xml$", n))
        text = deck.read(theme).decode()
    colours = dict(re.findall(r'<a:(\w+)><a:srgbClr val="(\w{6})"', text))
    ground = f"#{colours['lt1'].lower()}"
    for name in ("dk1", "dk2", "hlink", "folHlink"):
        assert contrast(f"#{colours[name].lower()}", ground) >= TEXT, name


def test_words_of_a_workbook_stand_out_from_its_cells():
    form = workbook_form
    assert contrast(PAPER, form.DARK.lower()) >= TEXT  # headers
    for colour in (form.INK, form.GREY, form.DARK, form.LINK):
        assert contrast(colour.lower(), PAPER) >= TEXT
    assert contrast(form.INK.lower(), form.SHADE.lower()) >= TEXT


def test_words_of_documents_stand_out_from_paper_and_shade():
    for colour in (document_form.INK, document_form.GREY, document_form.RED):
        for ground in (PAPER, f"#{document_form._SHADE.lower()}"):
            assert contrast(f"#{str(colour).lower()}", ground) >= TEXT
