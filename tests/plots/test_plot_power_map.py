import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.power_map import COLOURS, map_points, plot_power_map
from kamtools.plots.style import figure_of
from kamtools.power.dependence import dependence_draws, power_table
from kamtools.power.zones import ZONES, CutOffs


def inputs_of(n_accounts, *, seed=3):
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(n_accounts):
        for side in ("supplier", "account"):
            stake, free = rng.uniform(0.2, 0.8), rng.uniform(0.1, 0.7)
            rows.append((f"C{number:02d}", side, "part", stake - 0.1, stake, stake + 0.1,
                         free - 0.1, free, free + 0.1))  # fmt: skip
    return pd.DataFrame(
        rows, columns=["account_id", "side", "part", "stake_low", "stake", "stake_high",
                       "availability_low", "availability", "availability_high"])  # fmt: skip


def table_of(n_accounts):
    return power_table(inputs_of(n_accounts), draws=300, seed=1)


def boxes_of(ax, names):
    renderer = figure_of(ax).canvas.get_renderer()
    return [text.get_window_extent(renderer) for text in ax.texts if text.get_text() in set(names)]


def test_every_zone_has_a_colour():
    assert set(COLOURS) == set(ZONES)


def test_accounts_of_which_a_side_depends_most_are_named():
    table = table_of(8)
    points = map_points(table, most_named=3)
    larger = table.set_index("account_id")[["supplier_dependence", "account_dependence"]].max(
        axis=1
    )
    assert set(points.index[points["is_named"]]) == set(larger.nlargest(3).index)


def test_names_do_not_touch_each_other_and_chinese_ones_are_drawn():
    table = table_of(14)
    names = pd.Series({account: f"广州浩瀚食品供应链 {account}" for account in table["account_id"]})
    ax = plot_power_map(table, names=names)
    boxes = boxes_of(ax, names)
    assert len(boxes) > 5
    assert not any(
        one.overlaps(other) for row, one in enumerate(boxes) for other in boxes[row + 1 :]
    )


def test_no_more_than_asked_are_named_and_all_have_a_dot():
    table = table_of(9)
    ax = plot_power_map(table, most_named=2)
    assert sum(text.get_text().startswith("C0") for text in ax.texts) <= 2
    dots = [len(drawn.get_offsets()) for drawn in ax.collections if len(drawn.get_offsets()) > 1]
    assert sum(dots) == 9


def test_named_accounts_have_regions_where_there_are_draws_and_bars_where_not():
    table, drawn = table_of(3), dependence_draws(inputs_of(3), draws=300, seed=1)
    assert len(plot_power_map(table, draws=drawn, most_named=2).patches) == 2 * 2
    assert len(plot_power_map(table, most_named=2).patches) == 0


def test_known_inputs_draw_a_point_without_a_region():
    inputs = inputs_of(1)
    for name in ("stake", "availability"):
        inputs[f"{name}_low"] = inputs[f"{name}_high"] = inputs[name]
    drawn = dependence_draws(inputs, draws=50, seed=1)
    ax = plot_power_map(power_table(inputs, draws=50, seed=1), draws=drawn)
    assert len(ax.patches) == 0


def test_the_corridor_is_drawn_and_explained():
    ax = plot_power_map(table_of(2), corridor=(-0.1, 0.2))
    ends = [line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1]
    assert {-0.1, 0.2} <= set(ends)
    assert "corridor" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_all_that_is_drawn_lies_within_the_axes():
    table = table_of(9)
    ax = plot_power_map(table, draws=dependence_draws(inputs_of(9), draws=300, seed=1),
                        cutoffs=CutOffs(imbalance=0.4))  # fmt: skip
    left, right = ax.get_xlim()
    assert left < table["power_imbalance_low"].min()
    assert right > table["power_imbalance_high"].max()
    assert ax.get_ylim()[1] > table["mutual_dependence_high"].max()
    for patch in ax.patches:
        x, y = patch.get_xy().T
        assert ((x > left) & (x < right) & (y < ax.get_ylim()[1])).all()


def test_the_title_counts_who_holds_us_captive():
    table = table_of(3).assign(zone=["captive supplier", "captive supplier", "loose"])
    assert figure_of(plot_power_map(table)).get_suptitle() == "Of 3 accounts 2 hold us captive"


def test_draws_of_other_accounts_are_refused():
    drawn = dependence_draws(inputs_of(1), draws=50, seed=1)
    with pytest.raises(InputError, match="the draws have no account C01"):
        plot_power_map(table_of(2), draws=drawn)


def test_a_table_without_ranges_is_refused():
    with pytest.raises(InputError, match="power map have at least one account and the columns"):
        plot_power_map(table_of(2).drop(columns="power_imbalance_low"))


def test_table_is_left_as_it_was():
    table = table_of(3)
    before = table.copy(deep=True)
    plot_power_map(table)
    pd.testing.assert_frame_equal(table, before)
