import datetime

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Annotation

from kamtools.errors import InputError
from kamtools.planning.calendar import year_calendar
from kamtools.planning.calendar_rules import CalendarRules
from kamtools.plots.calendar import MOST_ACCOUNTS, MOST_NUMBERED, plot_calendar
from kamtools.plots.calendar_marks import calendar_marks, numbered_steps
from kamtools.plots.style import figure_of

ENGLISH = "Northern Harbour and Riverside Provisions (Holdings) International"
CHINESE = "广州浩瀚食品供应链管理有限公司华南分公司"


def year(n_accounts=2, n_steps=1, *, every=20, as_of="2024-12-31", **rules):
    starts = pd.date_range("2025-03-03", periods=n_steps, freq=f"{every}D")
    names = [f"{CHINESE}{i}" if i % 2 else f"{i} ${ENGLISH}$" for i in range(n_steps)]
    return year_calendar(
        pd.DataFrame({"initiative": names, "date": starts}), firm="L", owner="x",
        accounts=[f"C{i:02d}" for i in range(n_accounts)], rules=CalendarRules(**rules),
        as_of=datetime.date.fromisoformat(as_of),
    ).table  # fmt: skip


def names_of(n):
    ids = [f"C{i:02d}" for i in range(n)]
    return pd.Series([f"{CHINESE if i % 2 else ENGLISH} {i}" for i in range(n)], index=ids)


def boxes(ax, texts):
    figure = figure_of(ax)
    figure.canvas.draw()
    return [text.get_window_extent() for text in texts if text.get_text()]


def overlaps(boxes):
    return [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.overlaps(b)]


def test_kinds_for_all_stand_above_the_accounts():
    marks = calendar_marks(year())
    assert (
        marks.loc[~marks["is_account"], "row"].max() < marks.loc[marks["is_account"], "row"].min()
    )
    rows = marks.drop_duplicates("row").sort_values("row")["label"].tolist()
    assert rows == ["initiative", "plan hand-over", "briefing", "review", "C00", "C01"]


def test_a_notice_reaches_to_the_step_it_announces():
    marks = calendar_marks(year())
    notices = marks[marks["kind"] == "notice"]
    assert set(notices["until"]) == {pd.Timestamp("2025-03-03")}
    assert marks.loc[marks["kind"] != "notice", "until"].isna().all()


def test_steps_are_numbered_by_their_beginning():
    steps = numbered_steps(year(n_steps=3))
    assert steps["starts"].is_monotonic_increasing
    assert steps.index.tolist() == [1, 2, 3]


def test_a_step_known_only_by_its_notice_is_numbered_too():
    table = year()
    steps = numbered_steps(table[table["kind"] != "initiative"])
    assert steps["starts"].tolist() == [pd.Timestamp("2025-03-03")]


@pytest.mark.parametrize(("table", "title"), [
    (year(), "1 step and 2 notices, none late"),
    (year(as_of="2025-02-20"), "1 step and 2 notices, 2 late"),
    (year(n_accounts=0, n_steps=2), "2 steps, no notices"),
])  # fmt: skip
def test_title_counts_steps_and_late_notices(table, title):
    assert figure_of(plot_calendar(table)).get_suptitle() == title


def test_no_label_covers_another_with_twenty_accounts_and_chinese_names():
    ax = plot_calendar(year(20, 12), names=names_of(20))
    assert overlaps(boxes(ax, ax.get_yticklabels())) == []
    assert overlaps(boxes(ax, ax.get_xticklabels(minor=True))) == []
    numbers = [child for child in ax.texts if isinstance(child, Annotation)]
    assert len(numbers) == 12
    assert overlaps([number.get_window_extent() for number in numbers]) == []


def test_numbers_keep_apart_where_steps_follow_each_other_closely():
    ax = plot_calendar(year(2, 30, every=5))
    assert len(ax.texts) == MOST_NUMBERED
    figure_of(ax).canvas.draw()
    texts = [super(Annotation, text).get_window_extent() for text in ax.texts]
    assert overlaps(texts) == []
    assert f"and {30 - MOST_NUMBERED} later steps" in ax.get_xlabel()


def test_nothing_is_cut_off():
    ax = plot_calendar(year(20, 12), names=names_of(20))
    figure = figure_of(ax)
    figure.canvas.draw()
    for part in (ax.xaxis.label, ax.get_legend(), *ax.get_yticklabels(), *ax.texts):
        box = part.get_window_extent()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= figure.bbox.width
        assert box.y1 <= figure.bbox.height


def test_legend_lies_between_the_months_and_the_key():
    ax = plot_calendar(year(3, 4))
    figure_of(ax).canvas.draw()
    legend, key = ax.get_legend().get_window_extent(), ax.xaxis.label.get_window_extent()
    months = [label.get_window_extent() for label in ax.get_xticklabels(minor=True)]
    assert max(legend.y1, key.y1) == legend.y1 < min(box.y0 for box in months)
    assert key.y1 < legend.y0


def test_key_names_the_steps_with_their_days():
    ax = plot_calendar(year(1, 2))
    assert [line.split()[:3] for line in ax.get_xlabel().splitlines()] == [
        ["1", "3", "Mar"], ["2", "23", "Mar"],
    ]  # fmt: skip


def test_accounts_beyond_the_most_are_counted():
    ax = plot_calendar(year(MOST_ACCOUNTS + 3))
    assert "3 more accounts are not drawn" in ax.get_xlabel()
    assert len(ax.get_yticks()) == MOST_ACCOUNTS + 4


def test_it_draws_on_axes_that_are_given_and_its_title_clears_the_numbers():
    figure, (left, right) = plt.subplots(1, 2, figsize=(15, 6), layout="constrained")
    assert plot_calendar(year(2, 2, months=30), names=names_of(2), ax=left) is left
    figure.canvas.draw()
    title = left.title if left.title.get_text() else left._left_title
    tops = [text.get_window_extent().y1 for text in left.texts]
    assert title.get_window_extent().y0 > max(tops)
    assert not right.has_data()


def test_a_calendar_without_entries_is_refused():
    with pytest.raises(InputError, match="calendars have at least one"):
        plot_calendar(year().iloc[:0])


def test_table_is_left_unchanged_by_the_picture():
    table = year()
    before = table.copy(deep=True)
    plot_calendar(table)
    pd.testing.assert_frame_equal(table, before)
