import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.explorers.role import role_explorer
from kamtools.explorers.role_controls import MOST_HIRES
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_rules import AssignmentRules

IDS = pd.Index([f"C{row:02d}" for row in range(42)], name="account_id")
TEAM = pd.Index([f"M{row}" for row in range(1, 9)], name="manager_id")


@pytest.fixture
def firm():
    rng = np.random.default_rng(3)
    accounts = pd.DataFrame(
        {
            "hours": rng.choice([210.0, 150.0, 80.0, 40.0], 42) + rng.integers(0, 20, 42),
            "language": rng.choice(["English", "Mandarin"], 42, p=[0.7, 0.3]),
            "manager_id": rng.choice(TEAM, 42),
        },
        index=IDS,
    )
    managers = pd.DataFrame(
        {
            "name": [f"<i>Manager</i> {one}" for one in TEAM],
            "capacity_hours": 1000.0,
            "languages": ["English", "English; Mandarin"] * 4,
        },
        index=TEAM,
    )
    return {
        "accounts": accounts[:40],
        "managers": managers,
        "candidates": accounts[38:],
        "names": pd.Series([f"浩瀚 <b>{one}</b>" for one in IDS], index=IDS),
        "counterparts": pd.DataFrame(
            {"account_id": IDS, "client_role": "buyer", "person": accounts["manager_id"]}
        ),
        "activities": pd.DataFrame(
            {"activity": ["Plan"], "function": "client", "responsible": ["M3"]}
        ),
        "hours_per_year": 2000,
        "share_for_accounts": 0.5,
        "seed": 1,
    }


def explore(firm, **changes):
    options = firm | changes
    return role_explorer(options.pop("accounts"), options.pop("managers"), **options)


def everything(explorer):
    return explorer.summary.value, explorer.table.value, explorer.picture.value


def test_it_starts_with_the_assignment_given(firm):
    assignment = assign_accounts(firm["accounts"], firm["managers"])
    explorer = explore(firm, assignment=assignment)
    assert "Against the start no account moves" in explorer.summary.value
    assert explorer.hours.value == 2000
    assert explorer.share.value == 0.5
    assert explorer.leaver.label == "Nobody"


def test_table_and_picture_follow_a_manager_who_leaves(firm):
    explorer = explore(firm)
    start = everything(explorer)
    explorer.leaver.value = "M3"
    assert "moved</b> from &lt;i&gt;Manager&lt;/i&gt; M3" in explorer.table.value
    assert "1 activity has nobody: Plan." in explorer.summary.value
    assert all(now != before for now, before in zip(everything(explorer), start, strict=True))


def test_hires_come_into_the_team(firm):
    explorer = explore(firm)
    explorer.hires.value = 2
    assert "There are 10, worth 10.0 full-time" in explorer.summary.value
    assert "New manager 2" in explorer.table.value
    explorer.hire_like.value = "M2"
    assert "to be like &lt;i&gt;Manager&lt;/i&gt; M2" in explorer.summary.value


def test_new_account_gets_a_manager(firm):
    explorer = explore(firm)
    assert [value for _, value in explorer.new_account.options] == ["", "C40", "C41"]
    explorer.new_account.value = "C40"
    assert "New: 浩瀚 &lt;b&gt;C40&lt;/b&gt; goes to" in explorer.summary.value


def test_undo_goes_back_one_step_after_another(firm):
    explorer = explore(firm)
    seen = [everything(explorer)]
    for control, value in ((explorer.leaver, "M3"), (explorer.hires, 1), (explorer.share, 0.6)):
        control.value = value
        seen.append(everything(explorer))
    for before in seen[-2::-1]:
        assert not explorer.undo.disabled
        explorer.undo.click()
        assert everything(explorer) == before
    assert explorer.undo.disabled
    assert explorer.leaver.label == "Nobody"


def test_undo_without_a_step_changes_nothing(firm):
    explorer = explore(firm)
    before = everything(explorer)
    explorer.undo.click()
    assert everything(explorer) == before


def test_back_to_the_start_brings_everything_back_and_can_be_undone(firm):
    explorer = explore(firm)
    start = everything(explorer)
    explorer.leaver.value, explorer.hires.value = "M3", 1
    explorer.new_account.value = "C41"
    moved = everything(explorer)
    explorer.reset.click()
    assert everything(explorer) == start
    assert (explorer.leaver.label, explorer.new_account.label) == ("Nobody", "None")
    explorer.undo.click()
    assert everything(explorer) == moved


def test_value_that_a_browser_sends_back_rounded_is_no_step(firm):
    explorer = explore(firm, hours_per_year=1703.7)
    before = everything(explorer)
    explorer.hours.value = 1700
    assert explorer.undo.disabled
    assert everything(explorer) == before


def test_rules_that_fight_are_told_with_what_is_left_if_nothing_moves(firm):
    explorer = explore(firm)
    explorer.leaver.value = "M3"
    explorer.share.value = 0.2
    assert 'role="alert"' in explorer.summary.value
    assert "No assignment meets all rules: the capacity of all managers" in explorer.summary.value
    assert "accounts have nobody" in explorer.summary.value
    assert "<em>nobody</em>" in explorer.table.value
    explorer.reset.click()
    assert 'role="alert"' not in explorer.summary.value


def test_start_without_any_assignment_shows_todays_and_hires_help(firm):
    managers = firm["managers"].assign(capacity_hours=500.0)
    explorer = explore(firm, managers=managers)
    assert 'role="alert"' in explorer.summary.value
    assert "At the start" not in explorer.table.value
    explorer.hires.value = 5
    assert 'role="alert"' not in explorer.summary.value
    assert "Against today" in explorer.summary.value


def test_band_that_is_loosened_ends_a_fight(firm):
    rules = AssignmentRules(balance=0.001)
    explorer = explore(firm, rules=rules, accounts=firm["accounts"][:12])
    assert "each load must be within" in explorer.summary.value
    explorer.band.value = 1.0
    assert 'role="alert"' not in explorer.summary.value


def test_without_a_band_candidates_and_tables_there_are_no_such_controls(firm):
    explorer = explore(
        firm, rules=AssignmentRules(balance=None), candidates=None, counterparts=None,
        activities=None,
    )  # fmt: skip
    assert explorer.band is explorer.new_account is None
    assert "no counterparts.csv" in explorer.summary.value
    explorer.leaver.value = "M1"
    assert "moved" in explorer.table.value


def test_names_are_text_everywhere(firm):
    explorer = explore(firm)
    explorer.leaver.value, explorer.new_account.value = "M3", "C40"
    shown = explorer.summary.value + explorer.table.value
    assert "<b>C" not in shown
    assert "<i>Manager" not in shown


def test_capacity_that_was_moved_is_told_in_the_words_of_the_notebook(firm):
    explorer = explore(firm)
    assert "hours_per_year =" not in explorer.table.value
    explorer.hours.value = 2200
    assert "hours_per_year = 2200" in explorer.table.value


def test_without_a_front_end_words_and_tables_are_shown(firm):
    explorer = explore(firm)
    bundle = explorer._repr_mimebundle_()
    assert bundle["text/html"] == explorer.summary.value + explorer.table.value
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert len(bundle["text/plain"]) < 100


def test_every_control_has_a_description(firm):
    explorer = explore(firm)
    controls = [explorer.hires, explorer.hire_like, explorer.leaver, explorer.hours,
                explorer.share, explorer.band, explorer.new_account, explorer.undo,
                explorer.reset]  # fmt: skip
    assert all(control.description for control in controls)


def test_no_setting_of_any_control_raises(firm):
    explorer = explore(firm, counterparts=None)
    for control in (explorer.hours, explorer.share, explorer.band):
        for value in (control.min, control.max):
            control.value = value
        explorer.reset.click()
    explorer.hires.value = MOST_HIRES
    assert explorer.summary.value


def test_last_manager_who_leaves_is_told(firm):
    explorer = explore(firm, managers=firm["managers"][:1].assign(capacity_hours=None),
                       accounts=firm["accounts"][:3])  # fmt: skip
    explorer.leaver.value = "M1"
    assert "There are no managers to assign" in explorer.summary.value


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hours_per_year": 0}, "hours_per_year must be a number above 0; got 0"),
        ({"share_for_accounts": 1.2}, "share_for_accounts must be above 0 and up to 1; got 1.2"),
        ({"rules": AssignmentRules(max_span=0)}, "max_span must be at least 1"),
        ({"candidates": pd.DataFrame(index=["x"])}, "candidates lack the column hours"),
        ({"activities": pd.DataFrame({"activity": ["x"]})}, "there is no function"),
        ({"counterparts": pd.DataFrame({"person": ["x"]})}, "there is no account_id"),
    ],
)
def test_what_cannot_be_is_refused(firm, changes, words):
    with pytest.raises(InputError, match=words):
        explore(firm, **changes)


def test_assignment_of_other_accounts_is_refused(firm):
    other = assign_accounts(firm["accounts"][:20], firm["managers"])
    with pytest.raises(InputError, match="the assignment is of 20 accounts"):
        explore(firm, assignment=other)


def test_tables_given_are_not_changed(firm):
    tables = {name: one for name, one in firm.items() if hasattr(one, "copy")}
    before = {name: one.copy() for name, one in tables.items()}
    explorer = explore(firm)
    explorer.leaver.value, explorer.new_account.value, explorer.hires.value = "M1", "C40", 1
    assert all(firm[name].equals(one) for name, one in before.items())
