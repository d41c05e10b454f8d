"""Native charts on a slide: each carries a workbook with its raw values, and no formula."""

import datetime
import io

import numpy as np
from pptx.chart.axis import CategoryAxis
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter import Workbook

from kamtools.plots import style
from kamtools.plots.fonts import shorten
from kamtools.publishing.deck.labels import Label, place_labels
from kamtools.publishing.deck.master import colour
from kamtools.publishing.deck.parts import NUMBER_FORMATS, Bars, Points
from kamtools.publishing.deck.tables import Box

SIZE = 11.0
MOST_NAMES, MOST_WITH_LEGEND = 20, 16
"""Of more bars than this a program leaves out names; a legend takes room from them."""

MANY_NAMES = 14
_NAME_COLUMNS = 26
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False}  # fmt: skip
_KINDS = {
    (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.COLUMN_STACKED,
}


def add_bars(slide: Slide, bars: Bars, box: Box, *, dated: datetime.date) -> None:
    """Add a chart of bars or columns; a series' missing values are gaps."""
    data = CategoryChartData(number_format=NUMBER_FORMATS[bars.form])
    data.categories = [shorten(name, _NAME_COLUMNS) for name in bars.names]
    for series in bars.series:
        data.add_series(series.label, [None if np.isnan(v) else float(v) for v in series.values])
    kind = _KINDS[bars.is_horizontal, bars.is_stacked]
    chart = _add(slide, kind, data, box, alt=bars.alt, dated=dated)
    _dress_bars(chart, bars)
    _dress_axes(chart, bars)


def add_points(slide: Slide, points: Points, box: Box, *, dated: datetime.date) -> None:
    """Add a scatter chart; the points that have room for it are named."""
    data = XyChartData(number_format=NUMBER_FORMATS[points.form])
    # The longest first: LibreOffice does not draw a series that a longer one follows.
    counts = points.table["group"].value_counts()
    there = [group for group in points.colours if group in counts.index]
    groups = sorted(there, key=lambda group: -counts[group])
    for group in groups:
        series = data.add_series(group)
        own = points.table[points.table["group"].eq(group)]
        for x, y in zip(own["x"].tolist(), own["y"].tolist(), strict=True):
            series.add_data_point(x, y)
    chart = _add(slide, XL_CHART_TYPE.XY_SCATTER, data, box, alt=points.alt, dated=dated)
    for group, series in zip(groups, chart.plots[0].series, strict=True):
        series.format.line.fill.background()
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(points.colours[group])
        series.marker.format.line.fill.background()
    _name_points(chart, points, groups, box)
    _title(chart.category_axis, points.x_axis)
    _title(chart.value_axis, points.y_axis)
    for axis in (chart.category_axis, chart.value_axis):
        axis.major_gridlines.format.line.color.rgb = colour("#E5E7EB")
        axis.has_major_gridlines = True
        axis.tick_labels.number_format = NUMBER_FORMATS[points.form]
        axis.tick_labels.number_format_is_linked = False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis.format.line.color.rgb = colour(style.PALE)
        axis.major_tick_mark = XL_TICK_MARK.NONE


def _add(
    slide: Slide,
    kind: XL_CHART_TYPE,
    data: CategoryChartData | XyChartData,
    box: Box,
    *,
    alt: str,
    dated: datetime.date,
) -> Chart:
    places = (Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame = slide.shapes.add_chart(kind, *places, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(data, dated))
    chart.has_title = False
    _without_frame(chart)
    chart.font.size = Pt(SIZE)
    chart.font.color.rgb = colour(style.INK)
    chart.has_legend = len(chart.plots[0].series) > 1 if len(chart.plots) else False
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    return chart


def _workbook(data: CategoryChartData | XyChartData, dated: datetime.date) -> bytes:
    """Return the workbook that python-pptx would embed, without live formulas and clock.

    Its own opens a workbook in which a name such as "=1+1" becomes a formula.
    """
    written = io.BytesIO()
    workbook = Workbook(written, _SAFE)
    workbook.set_properties({"created": datetime.datetime(dated.year, dated.month, dated.day)})
    data._workbook_writer._populate_worksheet(workbook, workbook.add_worksheet())
    workbook.close()
    return written.getvalue()


def _dress_bars(chart: Chart, bars: Bars) -> None:
    plot = chart.plots[0]
    shares_place = bars.is_stacked or bars.is_overlaid or len(bars.series) == 1
    plot.gap_width = 45 if shares_place else 60
    plot.overlap = 100 if shares_place else -5
    for series, told in zip(plot.series, bars.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour(told.colour)
        series.invert_if_negative = False
    is_crowded = len(bars.names) * (1 if shares_place else len(bars.series)) > 40
    plot.has_data_labels = not is_crowded and not bars.is_stacked
    if plot.has_data_labels:
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = NUMBER_FORMATS[bars.form], False
        labels.font.size = Pt(SIZE - 1)
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _dress_axes(chart: Chart, bars: Bars) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = bars.is_horizontal
    _name_all(names)
    if len(bars.names) > MANY_NAMES:
        names.tick_labels.font.size = Pt(SIZE - 1)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(style.PALE)
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour("#E5E7EB")
    values.format.line.fill.background()
    values.tick_labels.number_format = _axis_format(bars)
    values.tick_labels.number_format_is_linked = False
    if bars.is_horizontal:
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if bars.highest is not None or (bars.form == "share" and _highest(bars) > 0.8):
        values.maximum_scale = bars.highest or 1.0
    if _lowest(bars) >= 0:
        values.minimum_scale = 0.0
    _title(values, bars.axis)


def _axis_format(bars: Bars) -> str:
    """Return how an axis writes its values: of money only thousands or millions."""
    if bars.form == "money" and _highest(bars) >= 1e6:
        return '0.0,,"M"'
    if bars.form == "money" and _highest(bars) >= 1e4:
        return '#,##0,"k"'
    return NUMBER_FORMATS[bars.form]


def _title(axis: object, text: str) -> None:
    axis.has_title = True  # type: ignore[attr-defined]
    frame = axis.axis_title.text_frame  # type: ignore[attr-defined]
    frame.text = text
    frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
    frame.paragraphs[0].runs[0].font.bold = False


def _without_frame(chart: Chart) -> None:
    """Draw neither ground nor border around the chart, nor round its corners."""
    space = chart._chartSpace
    rounded = space.find(qn("c:roundedCorners"))
    if rounded is None:
        rounded = OxmlElement("c:roundedCorners")
        space.insert(1 if space.find(qn("c:date1904")) is not None else 0, rounded)
    rounded.set("val", "0")
    frame = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    space.find(qn("c:chart")).addnext(frame)


def _name_all(axis: CategoryAxis) -> None:
    """Write every name on an axis; programs leave out every other one where lines are close."""
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", "1")
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _name_points(chart: Chart, points: Points, groups: list[str], box: Box) -> None:
    """Name points where the names have room; each name is a label of its own."""
    table = points.table.assign(label=[shorten(n, _NAME_COLUMNS) for n in points.table["name"]])
    placed = place_labels(table, width=box.width * 0.86, height=box.height * 0.74, size=SIZE)
    sides = {"right": XL_LABEL_POSITION.RIGHT, "left": XL_LABEL_POSITION.LEFT,
             "above": XL_LABEL_POSITION.ABOVE, "below": XL_LABEL_POSITION.BELOW}  # fmt: skip
    by_row: dict[int, Label] = {label.row: label for label in placed}
    for group, series in zip(groups, chart.plots[0].series, strict=True):
        for i, row in enumerate(np.flatnonzero(table["group"].eq(group))):
            if int(row) not in by_row:
                continue
            label = series.points[i].data_label
            label.text_frame.text = by_row[int(row)].text
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(SIZE - 1)
            label.text_frame.word_wrap = False
            label.position = sides[by_row[int(row)].side]


def _highest(bars: Bars) -> float:
    return max(_known(bars), default=0.0)


def _lowest(bars: Bars) -> float:
    return min(_known(bars), default=0.0)


def _known(bars: Bars) -> list[float]:
    return [v for series in bars.series for v in series.values if not np.isnan(v)]
