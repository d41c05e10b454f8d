import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.sensitivity import plot_sensitivity, replaced_accounts
from kamtools.plots.style import figure_of
from kamtools.selection.sensitivity import sensitivity


@pytest.fixture
def changes():
    values = pd.DataFrame(
        {"profit": [9.0, 6, 1, 7, 3], "own_growth": [0.0, 0.2, 0.9, 0.1, 0.8]}, index=list("abcde")
    )
    weights = pd.Series({"profit": 0.6, "own_growth": 0.4})
    return sensitivity(values, weights, pd.Series({"profit": "max", "own_growth": "max"}), 2)


def test_every_change_has_its_number(changes):
    cells = replaced_accounts(changes)
    assert cells.notna().sum().sum() == len(changes)
    expected = changes.set_index("change")["accounts_out"].map(len)
    assert cells.loc["profit", "dropped"] == expected["profit dropped"]
    assert cells.loc["equal weights", "doubled"] == expected["equal weights"]


def test_criteria_stand_before_the_other_changes(changes):
    rows = replaced_accounts(changes).index.tolist()
    assert set(rows[:2]) == {"profit", "own growth"}
    assert {"equal weights", "topsis instead of weighted sum"} <= set(rows[2:])


def test_labels_of_criteria_take_the_place_of_their_names(changes):
    assert "Growth" in replaced_accounts(changes, labels={"own_growth": "Growth"}).index


def test_title_names_the_largest_change(changes):
    worst = max(len(accounts) for accounts in changes["accounts_out"])
    title = figure_of(plot_sensitivity(changes)).get_suptitle()
    assert title == f"No change replaces more than {worst} of the 2 chosen"


def test_list_that_never_moves_is_said_to_be_firm(changes):
    firm = changes.assign(accounts_out=[()] * len(changes), overlap=1.0)
    title = figure_of(plot_sensitivity(firm)).get_suptitle()
    assert title == "No change replaces any of the chosen"


def test_each_number_is_written_on_its_tile(changes):
    ax = plot_sensitivity(changes)
    assert len(ax.texts) == len(ax.patches) == len(changes)


def test_table_without_changes_is_refused(changes):
    with pytest.raises(InputError, match="at least one change"):
        replaced_accounts(changes.iloc[:0])


def test_table_given_is_not_changed(changes):
    before = changes.copy()
    plot_sensitivity(changes)
    pd.testing.assert_frame_equal(changes, before)
