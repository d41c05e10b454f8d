import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.assignment import MOST_NAMED, assignment_blocks, plot_assignment
from kamtools.plots.style import figure_of

ENGLISH = "Northern Harbour and Riverside Provisions (Holdings) Limited"
CHINESE = "广州浩瀚食品供应链管理有限公司"


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "manager_id": ["M1", "M2", "M2", "M1"],
            "manager_today": ["M1", "M1", None, "M9"],
            "hours_per_year": [60.0, 90.0, 30.0, 20.0],
            "is_move": [False, True, False, True],
        },
        index=pd.Index(list("abcd"), name="account_id"),
    )


@pytest.fixture
def managers():
    return pd.DataFrame(
        {"capacity_hours": [150.0, np.nan], "name": ["林知秋", ENGLISH]}, index=["M1", "M2"]
    )


def crowd(n_accounts, n_managers):
    rng = np.random.default_rng(4)
    ids = np.array([f"M{number}" for number in range(n_managers)])
    today, proposed = rng.choice(ids, n_accounts), rng.choice(ids, n_accounts)
    return pd.DataFrame(
        {
            "manager_id": proposed,
            "manager_today": today,
            "hours_per_year": rng.uniform(20, 300, n_accounts),
            "is_move": proposed != today,
        },
        index=[f"A{number:03d}" for number in range(n_accounts)],
    )


def test_blocks_of_a_bar_touch_and_sum_to_the_managers_hours(table):
    blocks = assignment_blocks(table)
    for _, bar in blocks.groupby(["bar", "manager_id"]):
        assert bar["left"].tolist() == [0.0, *bar["hours"].cumsum().tolist()[:-1]]
    proposed = blocks[blocks["bar"] == "proposed"].groupby("manager_id")["hours"].sum()
    assert proposed.to_dict() == {"M1": 80.0, "M2": 120.0}


def test_states_say_who_stays_leaves_comes_and_is_new(table):
    states = assignment_blocks(table).set_index(["bar", "account_id"])["state"]
    assert states["proposed"].to_dict() == {
        "a": "stays", "d": "comes", "b": "comes", "c": "first",
    }  # fmt: skip
    assert states["today"].to_dict() == {"a": "stays", "b": "leaves", "d": "leaves"}


def test_managers_who_have_left_stand_last_and_are_marked(table, managers):
    ax = plot_assignment(table, managers=managers)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[0] == "林知秋"
    assert names[-1] == "M9 (left)"
    assert ax.yaxis_inverted()


def test_title_counts_the_moves(table):
    def title(of):
        return figure_of(plot_assignment(of)).get_suptitle()

    assert title(table) == "2 of 4 accounts move to another manager"
    assert title(table.assign(is_move=False)) == "None of 4 accounts moves to another manager"


def test_band_stands_at_each_managers_fair_share(table, managers):
    ax = plot_assignment(table, managers=managers, balance=0.1)
    band = ax.patches[0]
    assert band.get_x() == pytest.approx(100 * 0.9)
    assert band.get_width() == pytest.approx(2 * 100 * 0.1)


def test_those_who_come_are_named_in_any_script_and_stay_inside_the_axes(managers):
    crowded = crowd(60, 2).replace({"M0": "M1", "M1": "M2"})
    names = pd.Series([ENGLISH, CHINESE] * 30, index=crowded.index)
    ax = plot_assignment(crowded, managers=managers, names=names)
    figure_of(ax).canvas.draw()
    assert all(text.get_text().startswith("← ") for text in ax.texts)
    assert all("+" in text.get_text() for text in ax.texts)
    assert all(text.get_window_extent().x1 <= ax.bbox.x1 + 1 for text in ax.texts)


def test_many_accounts_have_blocks_without_names():
    ax = plot_assignment(crowd(MOST_NAMED + 120, 17))
    assert not ax.texts
    assert len(ax.get_yticklabels()) == 17


def test_all_is_inside_the_figure(table, managers):
    ax = plot_assignment(table, managers=managers)
    figure = figure_of(ax)
    figure.canvas.draw()
    boxes = [*(text.get_window_extent() for text in ax.get_legend().get_texts()),
             *(label.get_window_extent() for label in ax.get_yticklabels())]  # fmt: skip
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert not any(
        box.overlaps(other) for place, box in enumerate(boxes) for other in boxes[:place]
    )


def test_assignment_without_accounts_or_columns_is_refused(table):
    with pytest.raises(InputError, match="assignments have at least one account"):
        plot_assignment(table.iloc[:0])
    with pytest.raises(InputError, match="got 4 accounts, columns manager_id"):
        plot_assignment(table[["manager_id"]])


def test_tables_stay_as_they_were(table, managers):
    before = table.copy(deep=True), managers.copy(deep=True)
    plot_assignment(table, managers=managers)
    pd.testing.assert_frame_equal(table, before[0])
    pd.testing.assert_frame_equal(managers, before[1])
