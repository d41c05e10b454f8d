"""The catalogue has every text that is shown, and nothing else; its words are the glossary's."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jinja2.ext import babel_extract
from nbformat import v4

from kamtools import language
from kamtools.errors import InputError
from kamtools.publishing import blocks, definitions, tables
from kamtools.publishing.deck.words import WORDS
from kamtools.publishing.table_html import to_html
from kamtools.publishing.vocabularies import VALUES
from kamtools.selection.backtest_lists import METHOD_LABELS
from kamtools.selection.backtest_measures import MEASURE_LABELS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kamtools"
TEMPLATES = ("page", "index", "notebook", "record", "print", "case")
"""Templates of a report; the page over a batch and those of a course are English."""
PARTS_OF_A_TABLE = ("title", "meaning", "decision", "range", "others")
"""What a definition says of a whole table."""

Message = tuple[str | None, str]
CATALOGUE = language.catalogue("zh")
ENTRIES = {(entry.context, _one): entry for entry in CATALOGUE if entry.id
           for _one in [entry.id if isinstance(entry.id, str) else entry.id[0]]}  # fmt: skip
CHINESE = re.compile("[㐀-鿿]")


def in_code() -> Iterator[Message]:
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and file.name != "language.py":
                yield from in_call(node)


def in_call(call: ast.Call) -> Iterator[Message]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    given = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
    if name in ("tr", "tr_n", "marked") and given and isinstance(given[0], str):
        yield None, given[0]
    elif name == "tr_in" and isinstance(given[1], str):
        yield str(given[0]), given[1]


def in_templates() -> Iterator[Message]:
    for name in TEMPLATES:
        path = PACKAGE / "publishing" / "templates" / f"{name}.html"
        with path.open("rb") as file:
            for _, _, said, _ in babel_extract(file, ("_", "_n"), [], {"trim_blocks": "true"}):
                found = [said] if isinstance(said, str) else [one for one in said if one]
                yield None, found[0]


def in_definitions() -> Iterator[Message]:
    entries = [*definitions._entries().values(), {"columns": definitions._shared()}]
    for entry in entries:
        yield from ((None, entry[part]) for part in PARTS_OF_A_TABLE if part in entry)
        for heading, _, meaning, *units in entry.get("columns", {}).values():
            yield from ((None, one) for one in (heading, meaning, *units))
    yield from ((None, unit) for unit in definitions._UNITS.values() if unit)


def in_notebooks() -> Iterator[Message]:
    for file in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(file, 4).cells:
            is_shown = not blocks.WITH_THE_NOTEBOOK & set(cell.metadata.get("tags", ()))
            if "alt" in cell.metadata:
                yield None, cell.metadata["alt"]
            if cell.cell_type == "markdown" and is_shown:
                yield from ((None, found[1]) for found in blocks._HEADING.findall(cell.source))


def in_tables_of_words() -> Iterator[Message]:
    yield from ((None, said) for said in WORDS.values())
    yield from ((None, said) for said in (*METHOD_LABELS.values(), *MEASURE_LABELS.values()))
    for column, values in VALUES.items():
        context = "status" if column.startswith("status") else "value"
        yield from ((context, value) for value in values)


SHOWN = {*in_code(), *in_templates(), *in_definitions(), *in_notebooks(), *in_tables_of_words()}


def gaps(text: str) -> set[tuple[str | None, str | None]]:
    return {(name, form) for _, name, form, _ in string.Formatter().parse(text) if name}


def test_every_text_has_an_entry():
    assert sorted(SHOWN - set(ENTRIES), key=str) == []


def test_no_entry_is_left_over():
    assert sorted(set(ENTRIES) - SHOWN, key=str) == []


def test_no_entry_is_empty_or_doubtful():
    assert [key for key, one in ENTRIES.items() if not one.string or one.fuzzy] == []


def test_gaps_of_an_entry_are_those_of_its_text():
    for entry in ENTRIES.values():
        texts = [entry.id] if isinstance(entry.id, str) else entry.id
        said = entry.string if isinstance(entry.string, str) else entry.string[0]
        assert gaps(said) <= set().union(*map(gaps, texts)), said
        assert {name for name, _ in gaps(said)} == {name for name, _ in gaps(texts[-1])}, said


def test_entries_are_sorted():
    ids = [entry.id if isinstance(entry.id, str) else entry.id[0] for entry in CATALOGUE]
    assert ids == sorted(ids)


def test_chinese_has_chinese_punctuation():
    for entry in ENTRIES.values():
        said = entry.string if isinstance(entry.string, str) else entry.string[0]
        if CHINESE.search(said):
            assert not re.search(r"[㐀-鿿][,;:?!(]|[,;?!)][㐀-鿿]", said), said


def glossary() -> dict[str, str]:
    text = (ROOT / "playbook" / "glossary.md").read_text(encoding="utf-8")
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in text.splitlines() if "|" in line]
    return {row[0]: row[1] for row in rows[2:]}


@pytest.mark.parametrize("term", sorted(set(glossary()) & {m.lower() for _, m in ENTRIES}))
def test_a_term_of_the_glossary_has_its_chinese_word(term):
    said = {str(one.string) for (_, text), one in ENTRIES.items() if text.lower() == term}
    assert said <= {glossary()[term]}


def test_words_of_the_essay_are_those_of_the_glossary():
    words = glossary()
    assert (words["key account"], words["advance notice"]) == ("关键客户", "提前通知")


def test_english_is_what_the_code_says():
    assert language.tr("{n} of {all}", n=2, all=9) == "2 of 9"


def test_one_and_many_are_told_apart_in_english():
    said = [language.tr_n("{n} role", "{n} roles", n=n) for n in (0, 1, 2)]
    assert said == ["0 roles", "1 role", "2 roles"]


def test_chinese_has_one_form_for_one_and_many():
    with language.using("zh"):
        assert [language.tr_n("{n} role", "{n} roles", n=n) for n in (1, 2)] == [
            "1 个角色", "2 个角色",
        ]  # fmt: skip


def test_a_text_without_an_entry_stays_english():
    with language.using("zh"):
        assert language.tr("Moor & Sons {x}") == "Moor & Sons {x}"


def test_values_may_hold_any_sign():
    with language.using("zh"):
        assert language.tr("as of {day}", day="{firm}") == "截至 {firm}"


def test_language_before_a_block_is_that_after_it():
    with pytest.raises(RuntimeError), language.using("zh"):
        raise RuntimeError
    assert language.current() == "en"


def test_another_language_is_refused():
    with pytest.raises(InputError, match="one of en, zh; got 'fr'"):
        language.use("fr")


def test_notebook_shows_in_the_language_of_its_engagement():
    with language.using("en"):
        tables.in_language("zh")
        assert language.current() == "zh"


def test_table_in_chinese_has_chinese_headings_and_words_but_names_as_they_are():
    columns = [{"name": name, "kind": "text"} for name in ("name", "zone")]
    record = {"name": "power", "columns": columns, "rows": [["loose", "loose"]]}
    with language.using("zh"):
        html = to_html(record)
    assert "名称</th>" in html
    assert "区域</th>" in html
    assert ">loose</td>" in html
    assert ">松散</td>" in html


@pytest.mark.parametrize("name", definitions.defined_tables())
def test_table_is_defined_in_chinese_from_title_to_last_column(name):
    with language.using("zh"):
        table = definitions.describe(name, currency="EUR")
    said = [table.title, table.meaning, table.decision, *([table.others] if table.others else [])]
    said += [text for column in table.columns for text in (column.heading, column.meaning)]
    assert [text for text in said if not CHINESE.search(text)] == []
    assert [text for text in (table.meaning, table.decision) if not text.endswith("。")] == []
    assert [one.name for one in table.columns if not one.meaning.endswith("。")] == []


def test_heading_of_a_notebook_is_translated_and_the_notebook_is_left_as_it_is():
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# Which accounts are key?\n\nWhy.")])
    with language.using("zh"):
        assert blocks.title(notebook, "") == "哪些客户是关键客户？"
        assert "<h1>哪些客户是关键客户？</h1>" in blocks.page_blocks(notebook)[0].html
    assert notebook.cells[0].source.startswith("# Which accounts are key?")
