import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from kamtools.publishing.batch.outcome import Outcome
from kamtools.publishing.batch.page import summary_page

TEA = Outcome(
    "tea", "ran", firm="Tea & Salt", as_of="2024-12-31", seconds=3.25,
    decisions=(
        ("selection", "Choose Moor & Sons.\n\nNobody else comes near."), ("role", "Hire 2."),
    ),
)  # fmt: skip
BAD = Outcome(
    "bad", "failed", notebook="role", cell="scores = 1\nscores / 0", message="ZeroDivisionError: no"
)
FILES = ("tea/index.html", "tea/report.pptx", "tea/report.xlsx", "bad.failed/role.ipynb")


@pytest.fixture
def page(tmp_path):
    """Return a function that makes the page, read as HTML, where some files stand."""

    def make(*outcomes, given=None, files=FILES):
        for name in files:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).touch()
        html = summary_page(outcomes, given=given or {}, out=tmp_path, run_stamp="stamp 1")
        return BeautifulSoup(html, "html.parser")

    return make


def rows(page):
    return page.select("tbody tr")


def links(part):
    return {link.text: link["href"] for link in part.find_all("a")}


def test_page_says_first_in_one_sentence_how_many_came_to_what_end(page):
    same, open_ = replace(TEA, name="a", status="unchanged"), Outcome("b", "stopped")
    counts = page(TEA, BAD, same, open_, replace(open_, name="c")).select_one("p.counts").text
    assert counts.startswith("5 reports: 1 made, 1 unchanged, 1 failed and 2 not done.")
    assert page(TEA).select_one("p.counts").text == "1 report: 1 made."


def test_what_failed_comes_before_the_rows_with_notebook_message_and_cell_unfolded(page):
    made = page(TEA, BAD)
    failure = made.select_one("#failed-1")
    assert failure.h3.text == "bad"
    assert [pre.text for pre in failure.find_all("pre")] == [BAD.message, BAD.cell]
    assert "The notebook role stopped" in failure.text
    assert links(failure) == {"role.ipynb": "./bad.failed/role.ipynb"}
    assert failure.find_parent("details") is None
    assert str(made).index('id="failed-1"') < str(made).index("<tbody>")
    assert links(rows(made)[1]) == {"Why it failed: role": "#failed-1"}


def test_reports_that_failed_alike_are_told_together(page):
    other, else_ = replace(BAD, name="worse", firm="Oil"), replace(BAD, name="c", message="other")
    made = page(BAD, other, else_)
    assert [a.h3.text for a in made.select(".failure")] == ["bad and 1 more, alike", "c"]
    assert links(made.select_one("#failed-1")) == {"bad": "./bad.failed/role.ipynb"}
    assert "Oil (worse)" in made.select_one("#failed-1").text
    assert links(rows(made)[1]) == {"Why it failed: role": "#failed-1"}


def test_long_message_has_its_last_line_first_and_no_colours_of_a_terminal(page):
    lines = [f"line {number}" for number in range(40)]
    message = "\n".join([*lines, "\x1b[0;31mValueError\x1b[0m: weights must sum to 1"])
    failure = page(replace(BAD, message=message)).select_one(".failure")
    last = "ValueError: weights must sum to 1"
    assert [b.text for b in failure.find_all("b")] == ["role", last]
    assert failure.pre.text == "\n".join([*lines, last])


def test_row_has_firm_decisions_day_seconds_and_links_to_what_stands(page):
    (row,) = rows(page(TEA))
    assert row.b.text == "Tea & Salt"
    assert links(row) == {
        "report": "./tea/index.html", "deck": "./tea/report.pptx", "workbook": "./tea/report.xlsx",
    }  # fmt: skip
    assert [(d.dt.text, d.dd.text) for d in row.select("dl div")] == [
        ("selection", "Choose Moor & Sons."), ("role", "Hire 2."),
    ]  # fmt: skip
    assert "Nobody else comes near." in row.details.text
    assert [cell.text for cell in row.find_all("td")[2:]] == ["2024-12-31", "3.2"]


def test_decision_that_is_told_whole_is_not_folded_as_well(page):
    assert rows(page(replace(TEA, decisions=(("role", "Hire 2."),))))[0].details is None


def test_failed_report_leads_to_the_previous_one_where_that_stands(page):
    row = rows(page(BAD, files=["bad/index.html"]))[0]
    assert links(row)["previous report"] == "./bad/index.html"


def test_whatever_the_names_and_messages_hold_is_text(page, tmp_path):
    hostile = "<script>alert(1)</script>"
    bad = replace(BAD, firm=hostile, cell=hostile, message=hostile, notebook=hostile)
    tea = replace(TEA, name="javascript:alert(1)", firm=hostile, decisions=((hostile, hostile),))
    made = page(bad, tea, files=["javascript:alert(1)/index.html"])
    assert made.find_all(["script", "link", "iframe", "img"]) == []
    assert str(made).count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 8
    assert all(re.match(r"\./|#", link["href"]) for link in made.find_all("a"))
    policy = made.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"@import|url\(", made.style.text)


def test_link_to_a_folder_with_chinese_and_blanks_finds_it(page, tmp_path):
    made = page(replace(TEA, name="林 #1"), files=["林 #1/index.html"])
    assert links(made)["report"] == "./%E6%9E%97%20%231/index.html"


def test_parameters_that_the_batch_set_stand_under_the_firm(page):
    shown = page(TEA, BAD, given={"tea": [("top", "3"), ("note", "<b>")]})
    assert "with top = 3, note = <b>" in rows(shown)[0].select_one("td.firm").text
    assert "with" not in rows(shown)[1].select_one("td.firm").text
