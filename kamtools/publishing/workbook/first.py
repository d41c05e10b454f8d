"""The first sheet of a workbook: what was decided, what each sheet says, how it was made."""

from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from kamtools.language import tr
from kamtools.publishing import blocks
from kamtools.publishing.standing_report import StandingReport, decisions
from kamtools.publishing.workbook.form import (
    DARK,
    GREY,
    LINK,
    RULE,
    Form,
    height,
    one_line,
    row_height,
    set_up_print,
    within_cell,
)
from kamtools.publishing.workbook.tables import Part

WIDTHS = (34.0, 66.0, 44.0, 12.0)
_ACROSS = sum(WIDTHS[1:])


class _Sheet:
    """A sheet that is written from the top down."""

    def __init__(self, sheet: Worksheet, form: Form) -> None:
        self.sheet, self.form, self.row = sheet, form, 0

    def heading(self, text: str, columns: Sequence[str] = ()) -> None:
        self.row += 1
        self.sheet.write_string(
            self.row, 0, text, self.form(bold=True, font_size=12, font_color=DARK)
        )
        self.row += 1
        if columns:
            look = self.form(bold=True, font_color=GREY, bottom=1, bottom_color=RULE)
            for at, column in enumerate([*columns, *[""] * (len(WIDTHS) - len(columns))]):
                self.sheet.write_string(self.row, at, column, look)
            self.row += 1

    def across(self, label: str, text: str, *, bold: bool = True) -> None:
        """Write a label, and a text over all columns beside it."""
        look = self.form(text_wrap=True)
        self.sheet.write_string(
            self.row, 0, within_cell(label, rest="run.json"), self.form(bold=bold, text_wrap=True)
        )
        self.sheet.merge_range(self.row, 1, self.row, len(WIDTHS) - 1, "", look)
        self.sheet.write_string(self.row, 1, within_cell(text, rest="the notebook"), look)
        wanted = max(height(text, across=_ACROSS), height(label, across=WIDTHS[0] * 0.9))
        self.sheet.set_row(self.row, wanted)
        self.row += 1


def write_first(
    sheet: Worksheet,
    form: Form,
    report: StandingReport,
    parts: Sequence[Part],
    notes: Iterable[str],
) -> None:
    """Write the first sheet.

    Parameters
    ----------
    parts
        All sheets that follow.
    notes
        What is not in the workbook, and where it is.
    """
    for at, wide in enumerate(WIDTHS):
        sheet.set_column(at, at, wide)
    name, record = report.setting.name, report.record
    sheet.write_string(0, 0, one_line(name), form(bold=True, font_size=18))
    sheet.set_row(0, 27)
    sheet.write_string(1, 0, _subtitle(report), form(font_color=GREY))
    page = _Sheet(sheet, form)
    page.row = 2
    _write_decisions(page, report)
    _write_list(page, parts, notes)
    _write_making(page, record)
    sheet.hide_gridlines(2)
    set_up_print(sheet, footer=name, header_row=None)
    sheet.print_area(0, 0, page.row, len(WIDTHS) - 1)
    sheet.activate()


def _subtitle(report: StandingReport) -> str:
    if "case" in report.record:
        return tr("Case study")
    told = report.record["engagement"]
    return tr(
        "Figures up to {day}, money in {currency}", day=told["as_of"], currency=told["currency"]
    )


def _write_decisions(page: _Sheet, report: StandingReport) -> None:
    told = {
        blocks.title(notebook, name): decisions(notebook)
        for name, notebook in report.notebooks.items()
    }
    if not any(told.values()):
        return
    page.heading(tr("Decisions"))
    for title, texts in told.items():
        paragraphs = [part for text in texts for part in text.split("\n\n") if part.strip()]
        for number, paragraph in enumerate(paragraphs):
            page.across("" if number else title, " ".join(paragraph.split()))


def _write_list(page: _Sheet, parts: Sequence[Part], notes: Iterable[str]) -> None:
    page.heading(
        tr("Sheets"), (tr("Sheet"), tr("What it says"), tr("What rests on it"), tr("Rows"))
    )
    wrapped = page.form(text_wrap=True)
    link = page.form(font_color=LINK, underline=1, text_wrap=True)
    for part in parts:
        target = part.sheet.replace("'", "''")
        page.sheet.write_url(page.row, 0, f"internal:'{target}'!A1", link, part.sheet)
        page.sheet.write_string(page.row, 1, one_line(part.definition.meaning), wrapped)
        page.sheet.write_string(page.row, 2, one_line(part.definition.decision), wrapped)
        page.sheet.write_number(page.row, 3, len(part.rows), page.form(num_format="#,##0"))
        texts = (one_line(part.definition.meaning), one_line(part.definition.decision))
        page.sheet.set_row(page.row, row_height(texts, WIDTHS[1:3]))
        page.row += 1
    for note in notes:
        page.across(tr("Not in this workbook"), note)


def _write_making(page: _Sheet, record: dict[str, Any]) -> None:
    page.heading(tr("How it was made"))
    page.across(tr("Run"), str(record.get("run_stamp", "")))
    page.across(tr("Commit"), str(record.get("commit") or tr("not known")))
    page.across(tr("hash of the package (SHA-256)"), str(record.get("package_sha256", "")))
    made_by = "; ".join(f"{name} {version}" for name, version in record["versions"].items())
    page.across(tr("Versions"), made_by)
    seeds = [
        f"{name}: {seed} = {value}"
        for name, one in record["notebooks"].items()
        for seed, value in one.get("seeds", {}).items()
    ]
    page.across(tr("Seeds"), "; ".join(seeds) or tr("no random numbers"))
    page.heading(tr("Parameters"), (tr("Notebook and parameter"), tr("Value")))
    for name, one in record["notebooks"].items():
        page.across(name, f"SHA-256 {one['sha256']}" if "sha256" in one else "")
        for parameter, value in one.get("parameters", {}).items():
            page.across(f"    {parameter}", _value(value), bold=False)
    page.heading(tr("Inputs"), (tr("File"), "SHA-256"))
    for file in record.get("inputs", ()):
        page.across(file["file"], file["sha256"], bold=False)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return str(value) if value != "" else tr("(blank)")
