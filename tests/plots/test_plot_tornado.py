import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.power_map import COLOURS
from kamtools.plots.style import figure_of
from kamtools.plots.tornado import plot_tornado, tornado_rows
from kamtools.power.dependence_flips import fact_flips
from kamtools.power.zones import CutOffs


def flips(account="a"):
    inputs = pd.DataFrame(
        {"account_id": account, "side": ["supplier", "account"], "part": ["revenue", "spend"]}
    )
    inputs[["stake_low", "stake", "stake_high"]] = [[0.6, 0.7, 0.8], [0.4, 0.45, 0.5]]
    inputs[["availability_low", "availability", "availability_high"]] = [
        [0.25, 0.25, 0.25], [0.1, 0.6, 0.7]]  # fmt: skip
    return fact_flips(inputs)


def test_the_fact_that_moves_the_imbalance_most_comes_first_and_known_ones_not_at_all():
    rows = tornado_rows(flips())
    assert rows[["side", "fact"]].to_numpy().tolist() == [
        ["account", "availability"], ["supplier", "stake"], ["account", "stake"],
    ]  # fmt: skip


def test_ends_of_a_bar_are_the_imbalance_at_the_facts_ends():
    row = tornado_rows(flips()).iloc[0]
    # supplier 0.7 × 0.75 against account 0.45 × 0.9, and 0.45 × 0.3
    assert row["imbalance_low"] == pytest.approx(0.525 - 0.405)
    assert row["imbalance_high"] == pytest.approx(0.525 - 0.135)
    assert row[["flips_low", "flips_high"]].tolist() == [True, False]


def test_no_more_facts_than_asked_are_drawn():
    assert len(tornado_rows(flips(), most=2)) == 2


def test_a_value_that_changes_the_zone_has_the_colour_of_the_zone_it_leads_to():
    ax = plot_tornado(flips(), name="沛汇")
    colours = [patch.get_facecolor()[:3] for patch in ax.patches]
    between = tuple(int(COLOURS["between"][at : at + 2], 16) / 255 for at in (1, 3, 5))
    assert sum(colour == pytest.approx(between) for colour in colours) == 1
    assert "→ between" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert figure_of(ax).get_suptitle() == "沛汇: 1 of 3 facts could change the zone"


def test_every_end_says_the_value_of_its_fact():
    written = {text.get_text() for text in plot_tornado(flips()).texts}
    assert {"0.10", "0.70", "0.60", "0.80", "0.40", "0.50"} == written


def test_values_stand_inside_the_axes():
    ax = plot_tornado(flips())
    figure_of(ax).canvas.draw()
    frame = ax.get_window_extent()
    for text in ax.texts:
        box = text.get_window_extent()
        assert frame.x0 <= box.x0
        assert box.x1 <= frame.x1


def test_cut_offs_in_sight_are_drawn():
    ax = plot_tornado(flips(), cutoffs=CutOffs(imbalance=0.2))
    assert 0.2 in [line.get_xdata()[0] for line in ax.lines]


def test_one_account_is_asked_for_among_several():
    both = pd.concat([flips("a"), flips("b")])
    assert len(tornado_rows(both, account_id="b")) == 3
    with pytest.raises(InputError, match="of 2 accounts: one account is asked for"):
        tornado_rows(both)
    with pytest.raises(InputError, match="of 2 accounts: no account 'c'"):
        tornado_rows(both, account_id="c")


def test_facts_that_are_all_known_have_no_tornado():
    known = flips().query("moved_to in ['low', 'high']")
    known = known.assign(power_imbalance=known["imbalance_before"])
    with pytest.raises(InputError, match="no fact has a range that moves the imbalance"):
        plot_tornado(known)


def test_flips_are_left_as_they_were():
    given = flips()
    before = given.copy(deep=True)
    plot_tornado(given)
    pd.testing.assert_frame_equal(given, before)
