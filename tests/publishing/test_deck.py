import base64
import datetime
import io
import json
import re
import zipfile

import nbformat
import numpy as np
import openpyxl
import pandas as pd
import pytest
from nbformat import v4
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from kamtools.publishing.deck import MOST_SLIDES, deck
from kamtools.publishing.deck.told import tell
from kamtools.publishing.records import DECISION_MIME, TABLE_MIME, as_record
from kamtools.publishing.standing_report import read_report

NAMES = ["=cmd|' /C calc'!A0", "+Plus Kiosk", "-Minus", "@Home", "浩瀚食品有限公司", "A Co. Ltd"]
PARAMETERS = 'engagement: str = "sample"\ntop: int = 0\nseed: int = 1'


def firm_tables(names=NAMES):
    n = len(names)
    ids = [f"A{i}" for i in range(n)]
    step = np.arange(n)
    who = pd.DataFrame({"account_id": ids, "name": names})
    third = 1 / 3 / (1 + step)
    return {
        "readiness": {
            "readiness": pd.DataFrame(
                {"label": ["Choosing", "People"], "score": [2.125, 3.0], "answered": [4, 4]}
            ),
            "gaps": pd.DataFrame({"level": [1.0], "wanted": ["Weights are agreed first."]}),
        },
        "selection": {
            "chosen": who.assign(rank=1 + step, score=third, reason="Lifted by sales."),
            "sales_list": who.assign(
                in_chosen_list=step < n - 1,
                in_sales_list=step != 1,
                rank_by_score=1 + step,
                rank_by_sales=1 + step,
                revenue=1e6 * third,
            ),
            "verdicts": who.assign(
                p_top_k=1 - step / n, verdict=np.where(step < 2, "in", "argue about it")
            ),
            "backtest": pd.DataFrame(
                {
                    "horizon_months": 12,
                    "top": 20,
                    "method": ["sales_rank", "score", "rfm"],
                    "measure": "top_found",
                    "value": [0.95, 0.9333333333331, 0.5],
                    "verdict": [None, "no difference shown", "worse"],
                }
            ),
            "criteria": pd.DataFrame({"label": ["Sales", "Fit"], "weight": [0.75, 0.25]}),
        },
        "role": {
            "workload": who.assign(hours=100.0 + step, hours_low=50.0, hours_high=200.0),
            "loads_today": pd.DataFrame(
                {"manager_id": ["M1"], "hours_per_year": [700.0], "name": ["林知秋"]}
            ),
            "loads": pd.DataFrame(
                {
                    "manager_id": ["M1", "M2"],
                    "hours_per_year": [1284.0, 615.0],
                    "capacity_hours": 1440.0,
                    "load_index": [1.13, 0.85],
                }
            ),
            "assignment": who.assign(is_move=step > 0),
            "workload_assumptions": pd.DataFrame(
                {
                    "assumption": ["per_site", "hours_per_year"],
                    "value": [6.0, 1740.0],
                    "low": [2.0, 1700.0],
                    "high": [12.0, 1760.0],
                    "meaning": ["hours a year for each site", "hours of one manager"],
                    "source": ["assumption", "Personnel office"],
                }
            ),
        },
        "power": {
            "power": who.assign(
                power_imbalance=0.334639836891 - 0.1 * step,
                mutual_dependence=0.4 + 0.01 * step,
                zone=np.where(step == 0, "captive supplier", "loose"),
            ),
            "measures": who.head(1)
            .assign(label="Share our plan", cost=5000.0, cost_low=2000.0, cost_high=10000.0)
            .assign(months_to_work=2.0, legal="clear", guard_rail="Our own plan only."),
            "accounts_after": who.head(1).assign(is_reached=True, probability=0.83, cost=5000.0),
            "losses": pd.concat(
                [who.assign(side="supplier", margin_lost=9000.0 - step),
                 who.assign(side="account", margin_lost=300.0)]
            ).reset_index(drop=True),
        },
        "account_plan": {
            "actions": pd.DataFrame(
                {"action": ["Begin", "Tell"], "owner": "林知秋",
                 "date": ["2025-02-14", "2025-01-30"],
                 "cost": [5000.0, 0.0]}
            ),
            "calendar": pd.DataFrame(
                {"date": ["2024-12-31", "2025-01-03", "2025-02-05"], "kind": "briefing",
                 "what": "Send it", "owner": "head of sales", "status": ["late", *2 * ["to come"]]}
            ),
        },
        "briefing": {
            "briefing_lines": pd.DataFrame(
                {"date": "2024-12-04", "event": ["A refill.", "A stop.", "A price."],
                 "competitor": "Brightwash", "source": "Own check",
                 "verdict": ["may go out", "may go out", "refused"],
                 "touches": ["Soap", "", "Soap"]}
            )
        },
    }  # fmt: skip


DECISIONS = {
    "readiness": "Ready? In parts: 2.6 of 5 on the whole.",
    "selection": "Chosen as key accounts: many.\n\nWhat would change it: margin doubled.",
    "role": "6 accounts need 0.5 full-time managers.",
    "power": "1 of 6 key accounts holds us captive: A Co. Ltd. (+0.33). More is below.",
    "account_plan": "A Co. Ltd: 3 goals, 2 actions. First: begin.",
    "briefing": "The briefing tells 1 line.",
}


def notebook_of(tables, decision, *, more=()):
    outputs = [
        v4.new_output("display_data", data={TABLE_MIME: as_record(name, table)})
        for name, table in tables.items()
    ]
    if decision:
        outputs.append(v4.new_output("display_data", data={DECISION_MIME: {"text": decision}}))
    set_here = v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    return v4.new_notebook(cells=[set_here, *more, v4.new_code_cell("keep()", outputs=outputs)])


def save(folder, notebooks, *, name="Aster 林", language="en", **more):
    folder.mkdir(exist_ok=True)
    for short, notebook in notebooks.items():
        nbformat.write(notebook, folder / f"{short}.ipynb")
    record = {
        "run_stamp": "2026-01-02 03:04:05 UTC",
        "engagement": {"folder": "secret-folder", "name": name, "as_of": "2024-12-31",
                       "currency": "EUR", "language": language},
        "notebooks": {n: {"parameters": {"engagement": "x", "top": 7, "seed": 1},
                          "seeds": {"seed": 1}} for n in notebooks},
        "inputs": [{"file": "invoices.csv", "sha256": "0123456789abcdef" * 4}],
        "versions": {"python": "3.11.7", "kamtools": "0.1.0"},
        "commit": "abcdef0123456789",
        "files": [],
    } | more  # fmt: skip
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    return read_report(folder)


def firm(folder, names=NAMES, only=None, decisions=DECISIONS, **more):
    tables = firm_tables(names)
    wanted = only or list(tables)
    return save(folder, {n: notebook_of(tables[n], decisions.get(n)) for n in wanted}, **more)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return firm(tmp_path_factory.mktemp("deck") / "report")


@pytest.fixture(scope="module")
def content(report):
    return deck(report)


@pytest.fixture(scope="module")
def slides(content):
    return list(Presentation(io.BytesIO(content)).slides)


def opened(report):
    return list(Presentation(io.BytesIO(deck(report))).slides)


def titles(slides):
    return [slide.shapes.title.text_frame.text for slide in slides]


def texts(slide):
    cells = [
        cell.text_frame.text
        for s in slide.shapes
        if s.has_table
        for row in s.table.rows
        for cell in row.cells
    ]
    return cells + [s.text_frame.text for s in slide.shapes if s.has_text_frame]


def slide_with(slides, words):
    return next(slide for slide in slides if words in slide.shapes.title.text_frame.text)


def rows_of(slide):
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text_frame.text for cell in row.cells] for row in table.rows]


def chart_of(slide):
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    return chart


def workbook_of(chart):
    return openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))


def test_firm_comes_first_and_then_the_decision(slides):
    assert titles(slides)[0] == "Aster 林"
    assert "As of 2024-12-31" in slides[0].placeholders[1].text_frame.text
    rows = rows_of(slides[1])
    assert rows[1] == ["Are we ready?", DECISIONS["readiness"]]
    assert len(rows) == 1 + len(DECISIONS)


def test_titles_are_messages_with_the_figures_of_the_tables(slides):
    assert titles(slides)[1:] == [
        f"6 key accounts, led by {NAMES[0]}; captive to 1 of 6 on the power map; EUR 5,000 a year"
        " to restore the balance",
        "Readiness: weakest in choosing (2.1 of 5), strongest in people (3.0)",
        f"6 key accounts, led by {NAMES[0]}, +Plus Kiosk and -Minus",
        "4 of 5 chosen accounts also lead by sales; 1 would be missed by sales alone",
        "2 of 6 accounts are in under most weights; 4 are worth an argument",
        "Tested on the past, 12 months ahead: share of the true top found was 93 % by scorecard"
        " and 95 % by sales rank: no difference shown",
        "6 key accounts need 615 hours a year; A Co. Ltd the most, 105",
        "5 of 6 accounts change managers; loads then lie between 85 % and 113 % of a fair share",
        "1 of 6 key accounts holds us captive: A Co. Ltd. (+0.33)",
        f"1 measure brings {NAMES[0]} into the corridor for EUR 5,000 a year, 83 % sure",
        "A Co. Ltd: 3 goals, 2 actions",
        "2 dates lie ahead until 2025-02-05; late already: 1",
        "The briefing tells 1 line",
        "1 number is an assumption: replace it by your own if you can",
        "Made from 1 file: the same file gives the same figures again",
    ]


def test_number_in_a_title_stands_in_a_table_or_is_counted_from_one(report, slides):
    told = tell(report)
    known = " ".join(p for paragraphs in told.paragraphs.values() for p in paragraphs)
    for table in told.tables.values():
        known += " " + table.to_string(float_format=lambda v: f"{v:,.0f} {v:.1f} {100 * v:.0f}")
        known += f" {len(table)} {table.sum(numeric_only=True).map('{:,.0f}'.format).tolist()}"
        known += " ".join(str(c) for c in range(len(table)))
    for title in titles(slides)[1:]:
        for number in re.findall(r"\d[\d,]*\.?\d*", title.replace("A0", "")):
            assert re.search(rf"(?<!\d){re.escape(number.rstrip(',.'))}(?!\d)", known), title


def test_deck_of_all_notebooks_is_no_longer_than_sixteen_slides(slides):
    assert len(slides) == MOST_SLIDES == 16


def test_deck_with_room_has_extra_slides(tmp_path):
    shown = titles(opened(firm(tmp_path / "r", only=["power", "selection"])))
    assert "Sales weighs most, with 75 %, among 2 criteria" in shown
    assert f"A break with {NAMES[0]} would cost us EUR 9,000 of margin and them EUR 300" in shown


def test_cells_equal_the_kept_tables(report, slides):
    table = tell(report).tables["chosen"]
    rows = rows_of(slide_with(slides, "led by =cmd|' /C calc'!A0, "))[1:]
    assert [row[1] for row in rows] == table["name"].tolist()
    assert [float(row[2]) for row in rows] == table["score"].round(2).tolist()
    (measure,) = rows_of(slide_with(slides, "into the corridor"))[1:]
    assert measure[1:5] == ["5,000", "2,000", "10,000", "2"]


@pytest.mark.parametrize(
    ("title", "table", "column"),
    [
        ("missed by sales", "sales_list", "revenue"),
        ("in under most weights", "verdicts", "p_top_k"),
        ("Tested on the past", "backtest", "value"),
        ("hours a year", "workload", "hours"),
    ],
)
def test_chart_holds_the_raw_values_and_so_does_its_workbook(report, slides, title, table, column):
    kept = tell(report).tables[table]
    if table == "sales_list":
        kept = kept[kept["in_sales_list"]]
    chart = chart_of(slide_with(slides, title))
    shown = [v for series in chart.plots[0].series for v in series.values if v is not None]
    assert sorted(shown) == sorted(kept[column].tolist())
    sheet = workbook_of(chart).active
    held = [c.value for row in sheet.iter_rows(min_row=2, min_col=2) for c in row]
    assert sorted(v for v in held if v is not None) == pytest.approx(sorted(shown), rel=1e-12)


def test_power_map_is_a_native_scatter_chart_with_the_raw_values(report, slides):
    kept = tell(report).tables["power"]
    series = list(chart_of(slide_with(slides, "holds us captive")).plots[0].series)
    assert [s.name for s in series] == ["loose", "captive supplier"]
    xs = [float(v.text) for s in series for v in s._element.xVal.iter(qn("c:v"))]
    ys = [y for s in series for y in s.values]
    expected = dict(zip(kept["power_imbalance"], kept["mutual_dependence"], strict=True))
    assert dict(zip(xs, ys, strict=True)) == expected


def test_axis_and_labels_of_a_chart_have_number_formats(slides):
    chart = chart_of(slide_with(slides, "missed by sales"))
    assert chart.plots[0].data_labels.number_format == "#,##0"
    assert chart.value_axis.tick_labels.number_format == '#,##0,"k"'
    tested = chart_of(slide_with(slides, "Tested on the past"))
    assert tested.plots[0].data_labels.number_format == "0 %"


def test_names_that_look_like_formulas_stay_text(content, slides):
    held = set()
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_chart:
                book = workbook_of(shape.chart)
                cells = [c for row in book.active.iter_rows() for c in row]
                assert {c.data_type for c in cells} <= {"s", "n"}
                held |= {c.value for c in cells}
    assert {"=cmd|' /C calc'!A0", "+Plus Kiosk", "-Minus", "@Home"} <= held
    for name, blob in parts(content).items():
        if name.endswith(".xlsx"):
            assert not any(b"<f>" in sheet for sheet in parts(blob).values())


def parts(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_same_report_gives_the_same_bytes(report, content):
    assert deck(report) == content


def test_deck_carries_no_clock_and_no_name_but_the_firm(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = Presentation(io.BytesIO(content)).core_properties
    assert about.created == about.modified == datetime.datetime(2024, 12, 31)
    assert about.author == about.last_modified_by == "Aster 林"
    books = [blob for name, blob in parts(content).items() if name.endswith(".xlsx")]
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2024-12-31T00:00:00Z" in parts(book)["docProps/core.xml"]
    assert len(books) == 8


def test_deck_tells_no_folder(report, content):
    whole = b"".join(parts(content).values())
    for told in (str(report.folder), "secret-folder", "/tmp/", "/home/"):
        assert told.encode() not in whole


def test_every_run_names_a_chinese_font(content):
    for name, blob in parts(content).items():
        if re.match(r"ppt/(slides|charts|notesSlides)/[^/]+\.xml$", name):
            for run in re.findall(rb"<a:r>.*?</a:r>", blob):
                assert b'<a:ea typeface="Microsoft YaHei"/>' in run, (name, run)


def test_theme_is_ours(content):
    theme = parts(content)["ppt/theme/theme1.xml"].decode()
    assert '<a:srgbClr val="0072B2"/>' in theme
    assert "Calibri" not in theme
    names = [layout.name for layout in Presentation(io.BytesIO(content)).slide_layouts]
    assert names == ["Title Slide", "Title Only"]


def test_slides_are_wide_and_numbered_and_bear_the_firm(content):
    made = Presentation(io.BytesIO(content))
    assert made.slide_width * 9 == made.slide_height * 16
    for slide in made.slides:
        fields = [f.get("type") for f in slide._element.iter(qn("a:fld"))]
        assert fields == ["slidenum"]
        assert "Aster 林" in [s.text_frame.text for s in slide.placeholders]


def test_charts_and_tables_and_pictures_have_alternative_text(slides):
    for slide in slides:
        frames = [s for s in slide.shapes if s.has_chart or s.has_table or s.shape_type == 13]
        for frame in frames:
            assert frame._element.xpath(".//p:cNvPr")[0].get("descr")
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids))


def test_notes_say_where_the_numbers_come_from_and_what_may_be_asked(slides):
    notes = slide_with(slides, "missed by sales").notes_slide.notes_text_frame.text
    assert "sales_list.csv (name, in_chosen_list, in_sales_list, rank_by_sales, revenue)" in notes
    assert "What you may be asked:" in notes
    whole = slides[1].notes_slide.notes_text_frame.text
    assert "What would change it: margin doubled." in whole


def test_last_slide_says_how_it_was_made(slides):
    told = dict(rows_of(slides[-1])[1:])
    assert told["Parameters that were set"].startswith("top = 7 (readiness, selection, role")
    assert told["Files, with the beginning of their SHA-256"] == "invoices.csv 01234567"
    assert told["Commit"] == "abcdef0123"
    assert told["Run"] == "2026-01-02 03:04:05 UTC"
    assert "seed = 1" in told["Seeds of random numbers"]
    assert told["Versions"] == "python 3.11.7, kamtools 0.1.0"


def test_only_assumptions_are_told_as_such(slides):
    rows = rows_of(slide_with(slides, "is an assumption"))
    assert rows[1:] == [["per site", "6", "2", "12", "hours a year for each site"]]


def test_only_lines_that_go_out_are_on_the_slide_of_the_briefing(slides):
    rows = rows_of(slide_with(slides, "The briefing tells"))
    assert [row[1] for row in rows[1:]] == ["A refill."]


def test_report_of_one_notebook_gives_a_short_deck(tmp_path):
    shown = titles(opened(firm(tmp_path / "r", only=["account_plan"])))
    assert shown == [
        "Aster 林",
        "A Co. Ltd: 3 goals, 2 actions",
        "A Co. Ltd: 3 goals, 2 actions",
        "2 dates lie ahead until 2025-02-05; late already: 1",
        "Made from 1 file: the same file gives the same figures again",
    ]


def test_report_without_decisions_says_so(tmp_path):
    slides = opened(firm(tmp_path / "r", only=["account_plan"], decisions={}))
    assert titles(slides)[1] == "No decision could be taken from what is known"
    assert "The report tells no decision." in texts(slides[1])
    assert titles(slides)[2] == "2 actions are in the plan, the first by 2025-01-30"


def test_table_without_rows_leaves_its_slide_out(tmp_path):
    empty = {
        notebook: notebook_of({n: t.head(0) for n, t in tables.items()}, DECISIONS[notebook])
        for notebook, tables in firm_tables().items()
    }
    shown = titles(opened(save(tmp_path / "r", empty)))
    assert len(shown) == 3
    assert shown[1] == "Ready? In parts: 2.6 of 5 on the whole"


def test_table_that_is_missing_leaves_only_its_slide_out(tmp_path):
    tables = firm_tables()["selection"]
    del tables["verdicts"]
    shown = titles(opened(save(tmp_path / "r", {"selection": notebook_of(tables, "Keep.")})))
    assert not any("in under most weights" in title for title in shown)
    assert any("missed by sales" in title for title in shown)


def test_two_hundred_accounts_with_long_names_are_counted_not_squeezed(tmp_path):
    names = [f"Very long name of a wholesale company {i} " * 6 for i in range(200)]
    slides = opened(firm(tmp_path / "r", names))
    listed = slide_with(slides[2:], "200 key accounts, led by")
    shown = len(rows_of(listed)) - 1
    captions = [text for text in texts(listed) if "more in the workbook" in text]
    assert captions[0].startswith(f"And {200 - shown} more in the workbook.")
    assert 5 < shown < 30
    hours = slide_with(slides, "need")
    assert "And 180 more in the workbook." in " ".join(texts(hours))
    whole = listed.notes_slide.notes_text_frame.text
    assert "company 2" in whole


@pytest.mark.parametrize("names", [NAMES, ["Very long name of a company " * 9] * 60])
def test_everything_stands_on_the_slide_above_its_foot(tmp_path, names):
    for slide in opened(firm(tmp_path / "r", names)):
        foot = Pt(510)
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= Pt(960)
            if not shape.is_placeholder:
                assert shape.top + shape.height <= foot
        tables = [shape for shape in slide.shapes if shape.has_table]
        for frame in tables:
            assert frame.top + sum(row.height for row in frame.table.rows) <= Pt(480)


def test_chinese_engagement_has_the_same_numbers_and_its_language(tmp_path, slides):
    made = opened(firm(tmp_path / "r", language="zh", name="浩瀚食品"))
    numbers = [
        [sorted(re.findall(r"\d[\d,.]*\d|\d", title)) for title in titles(told)[1:]]
        for told in (made, slides)
    ]
    assert numbers[0] == numbers[1]
    assert "家关键客户" in titles(made)[1]
    runs = [run for slide in made for run in slide._element.iter(qn("a:rPr"))]
    assert {run.get("lang") for run in runs} == {"zh-CN"}


def test_signs_that_xml_cannot_hold_are_left_out(tmp_path):
    names = ["Bell\x07 & Sons <b>", *NAMES[1:]]
    slides = opened(firm(tmp_path / "r", names, only=["selection"]))
    assert "Bell & Sons <b>" in " ".join(texts(slides[2])).replace("  ", " ")


def picture():
    written = io.BytesIO()
    Image.new("RGB", (80, 40), "white").save(written, "png")
    return written.getvalue()


def test_case_study_has_a_slide_for_each_section_that_says_something(tmp_path):
    def shown(**data):
        return v4.new_output("display_data", data={k.replace("_", "/"): v for k, v in data.items()})

    said = "With notice a step waits 14 days. More is not needed."
    guess = "The model says 14 days. Nothing was predicted: run from there."
    cells = [
        v4.new_markdown_cell("### How long?"),
        v4.new_code_cell("", outputs=[
            shown(text_html=f"<p>{said}</p>", text_plain=said),
            shown(text_html=f"<p>{guess}</p>", text_plain=guess),
            shown(image_png=base64.b64encode(picture()).decode()),
        ]),
        v4.new_markdown_cell("### Nothing said\n\n## The ladder"),
    ]  # fmt: skip
    ladder = pd.DataFrame({"rung": ["Nothing", "Notice"], "friction_days": [41.6, 13.51]})
    case = notebook_of({"ladder": ladder}, "Give notice. It helps.", more=cells)
    told = {"case": {"folder": "a-b", "title": "A and B"}}
    report = save(tmp_path / "r", {"case": case}, **told)
    slides = opened(report)
    assert titles(slides) == [
        "A and B",
        "Give notice",
        "With notice a step waits 14 days",
        "The ladder",
        "Made from 1 file: the same file gives the same figures again",
    ]
    (image,) = [shape for shape in slides[2].shapes if shape.shape_type == 13]
    assert image.width / image.height == pytest.approx(2, rel=0.01)
    assert rows_of(slides[3])[1:] == [["Nothing", "41.60"], ["Notice", "13.51"]]


def test_report_is_left_as_it_was(report):
    before = json.dumps(report.record), [nbformat.writes(n) for n in report.notebooks.values()]
    deck(report)
    assert before == (
        json.dumps(report.record),
        [nbformat.writes(n) for n in report.notebooks.values()],
    )


def test_numbers_that_are_not_known_leave_their_slides_out_or_empty(tmp_path):
    blank = {
        notebook: {name: without_numbers(table) for name, table in tables.items()}
        for notebook, tables in firm_tables().items()
    }
    told = {n: notebook_of(tables, DECISIONS[n]) for n, tables in blank.items()}
    slides = opened(save(tmp_path / "r", told))
    assert not any("nan" in text.lower() for slide in slides for text in texts(slide))
    assert [row[0] for row in rows_of(slides[2])[1:]] == [""] * len(NAMES)


def test_equal_hours_are_told_as_equal(tmp_path):
    tables = firm_tables()["role"]
    tables["workload"]["hours"] = 160.0
    shown = titles(opened(save(tmp_path / "r", {"role": notebook_of(tables, "")})))
    assert "6 key accounts need 960 hours a year, 160 each" in shown


@pytest.mark.parametrize(
    ("called_for", "title"),
    [
        ("one manager", "Fits the firm: one manager"),
        ("a department", "Fits the firm: one manager; its conditions alone call for a department"),
    ],
)
def test_form_that_fits_is_told_beside_what_the_conditions_alone_call_for(
    tmp_path, called_for, title
):
    tables = {
        "structure": pd.DataFrame(
            {"label": ["Share"], "value": [0.6], "reads": ["60 %"], "points_to": ["a department"]}
        ),
        "form_that_fits": pd.DataFrame({"fits": ["one manager"], "called_for": [called_for]}),
    }
    for kept, expected in (
        (tables, title),
        ({"structure": tables["structure"]}, "1 of 1 known conditions point to a department"),
    ):
        folder = tmp_path / str(len(kept))
        assert expected in titles(opened(save(folder, {"readiness": notebook_of(kept, "")})))


def test_losses_that_are_only_assumed_have_no_slide(tmp_path):
    tables = firm_tables()["power"]
    tables["losses"]["basis"] = "assumed"
    shown = titles(opened(save(tmp_path / "r", {"power": notebook_of(tables, "")})))
    assert "1 of 6 accounts on the map holds us captive" in shown
    assert not any("A break with" in title for title in shown)


def without_numbers(table):
    numbers = [c for c in table if table[c].dtype.kind in "if"]
    return table.assign(**dict.fromkeys(numbers, np.nan))
