import re

import pytest
from nbformat import v4

from kamtools.publishing.blocks import appendix, index_blocks, page_blocks, title
from kamtools.publishing.execution import cleaned, read_notebook
from kamtools.publishing.html import Setting, notebook_page
from kamtools.publishing.prose import author_html, clean_html, computed_html, math_html


def shows(notebook, *outputs, tags=(), **metadata):
    built = notebook([("md", "Before."), ("code", "x", list(tags))])
    built.cells[1].metadata.update(metadata)
    built.cells[1].outputs = list(outputs)
    return built


def display(**data):
    return v4.new_output("display_data", {k.replace("__", "/"): v for k, v in data.items()})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>x</script>", "&lt;script&gt;"),
        ("[a](javascript:alert(1))", "<p>a</p>"),
        ("![a](http://x/y.png)", "<p>a</p>"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("[a](https://x.org)", '<a href="https://x.org">'),
    ],
)
def test_computed_markdown_can_do_nothing(text, expected):
    assert expected in computed_html(text)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="http://x/y.png" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "<iframe src=x></iframe>",
        "<svg onload=alert(1)>",
        "<style>@import url(http://x)</style>",
    ],
)
def test_computed_html_can_do_nothing(html):
    clean = clean_html(html)
    for live in ("<script", "onerror=", "javascript:alert", "<iframe", "<svg", "@import"):
        assert live not in clean


def test_table_of_pandas_survives_cleaning():
    html = clean_html('<table class="dataframe"><thead><tr><th>a</th></tr></thead></table>')
    assert html == '<table class="dataframe"><thead><tr><th>a</th></tr></thead></table>'


@pytest.mark.parametrize(
    "tex", [r"\frac{a}{b}", r"\begin{aligned}a &= b \\ c &= d\end{aligned}", r"\hat{w}_j"]
)
def test_equations_become_mathml(tex):
    assert math_html(tex, display="block").startswith("<math")
    assert "&<" not in math_html(tex, display="block")


def test_equation_that_cannot_be_turned_is_shown_as_it_was_written():
    assert math_html("{", display="block") == "<code>{</code>"


def test_equations_of_authors_are_found_in_every_form():
    text = "$x$ and\n\n$$y$$\n\n\\begin{equation}\nz\n\\end{equation}"
    assert author_html(text).count("<math") == 3


def test_table_of_an_author_scrolls_in_its_own_box():
    html = author_html("|a|b|\n|-|-|\n|1|2|\n")
    assert html.startswith('<div class="scroll" role="region"')


def test_figure_is_described_by_its_cell_and_by_what_was_drawn(notebook):
    drawn = display(image__png="aGk=")
    drawn.metadata = {"image/png": {"alt": "Six <enter>."}}
    (_, figure) = page_blocks(shows(notebook, drawn, alt='A "quoted" curve'))
    assert 'alt="A &quot;quoted&quot; curve. Six &lt;enter&gt;."' in figure.html


def test_figure_without_words_is_not_described_by_the_paragraph_before(notebook):
    (_, figure) = page_blocks(shows(notebook, display(image__png="aGk=")))
    assert 'alt="figure"' in figure.html


@pytest.mark.parametrize(
    ("text", "levels"), [("# A\n\n## B", [3, 4]), ("## A\n\n# B", [4, 3]), ("#### A", [4])]
)
def test_headings_of_an_output_stand_below_those_of_the_page(notebook, text, levels):
    (_, output) = page_blocks(shows(notebook, display(text__markdown=text)))
    assert [int(level) for level in re.findall(r"<h(\d)", output.html)] == levels


def test_widget_is_left_out_but_for_the_html_it_brings(notebook):
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "random"}}
    dead = v4.new_output("display_data", {**view, "text/plain": "VBox()"})
    told = v4.new_output("display_data", {**view, "text/html": "<p>As it was</p>"})
    clean = cleaned(shows(notebook, dead, told), {})
    assert "VBox" not in str(clean)
    assert "random" not in str(clean)
    assert "<p>As it was</p>" in page_blocks(clean)[1].html


def test_everything_a_cell_tagged_decision_shows_is_for_the_first_page(notebook):
    outputs = [display(image__png="aGk="), v4.new_output("stream", text="Sum 3")]
    assert index_blocks(shows(notebook, *outputs)) == []
    kinds = [b.kind for b in index_blocks(shows(notebook, *outputs, tags=["decision"]))]
    assert kinds == ["output", "figure"]


def folding(notebook):
    built = notebook(
        [("md", "before"), ("md", "### Deeper: <b>"), ("md", "told"), ("code", "x", ["decision"]),
         ("md", "#### still inside"), ("md", "### Next")]
    )  # fmt: skip
    built.cells[1].metadata["jp-MarkdownHeadingCollapsed"] = True
    built.cells[3].outputs = [v4.new_output("stream", text="inside")]
    return built


def test_what_jupyterlab_collapses_is_folded_up_to_the_next_heading_of_its_level(notebook):
    blocks = page_blocks(folding(notebook))
    assert [block.kind for block in blocks] == ["prose", "fold", "prose"]
    assert blocks[1].html == "Deeper: &lt;b&gt;"
    assert [part.kind for part in blocks[1].parts] == ["prose", "output", "prose"]


def test_what_is_for_the_first_page_is_found_inside_a_fold(notebook):
    assert [block.html for block in index_blocks(folding(notebook))] == [
        "<pre class=said>inside</pre>"
    ]


def test_page_unfolds_without_a_script(notebook):
    page = notebook_page(folding(notebook), name="x", setting=Setting("Firm", "2024-12-31", "en"))
    assert "<summary>Deeper: &lt;b&gt;</summary>" in page
    assert "<script" not in page


def test_title_is_the_first_heading_without_its_signs(notebook):
    assert title(notebook([("md", "Text\n\n## The *key* [ones](x.md)")]), "d") == "The key ones"
    assert title(notebook([("code", "# not a heading")]), "d") == "d"


def test_appendix_names_the_section_of_each_cell(notebook):
    cells = [("md", "# A"), ("code", "1"), ("md", "## B"), ("code", "2"), ("code", "")]
    assert [(c.number, c.heading) for c in appendix(notebook(cells))] == [(1, "A"), (2, "B")]


def test_cleaning_takes_out_times_addresses_and_private_paths(notebook):
    built = shows(
        notebook, display(text__plain="<Axes at 0x7f12ab> /home/me/firm/a.csv /x/homestead")
    )
    built.metadata["papermill"] = {"duration": 1.5}
    built.cells[1].metadata["execution"] = {"iopub.status.busy": "2024"}
    built.cells[1].source = 'engagement = "/home/me/firm"'
    clean = cleaned(built, {"/home/me/firm": "firm", "/x/home": "~", "/": "root"})
    assert clean.cells[1].outputs[0].data["text/plain"] == "<Axes> firm/a.csv /x/homestead"
    assert clean.cells[1].source == 'engagement = "firm"'
    assert "papermill" not in clean.metadata
    assert clean.cells[1].metadata == {"tags": []}


def test_cleaning_leaves_its_argument_and_pictures_alone(notebook):
    built = shows(notebook, display(image__jpeg="/d/d/d"))
    assert cleaned(built, {"/d": "x"}).cells[1].outputs[0].data["image/jpeg"] == "/d/d/d"
    built.cells[1].source = "/d"
    cleaned(built, {"/d": "x"})
    assert built.cells[1].source == "/d"


def test_cells_without_an_id_get_the_same_one_each_time(notebook, tmp_path):
    built = notebook([("code", "1")])
    del built.cells[0]["id"]
    built.nbformat_minor = 4
    (tmp_path / "old.ipynb").write_text(v4.writes(built))
    ids = {read_notebook(tmp_path / "old.ipynb").cells[0].id for _ in range(2)}
    assert ids == {"cell-0"}


def test_page_is_marked_with_the_language_of_the_engagement(notebook):
    setting = Setting("青禾", "2024-12-31", "zh")
    assert '<html lang="zh">' in notebook_page(notebook([]), name="selection", setting=setting)
