import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.role.raci_controls import default_controls
from kamtools.role.responsibility import RULES, check_raci, rule_results
from kamtools.samples.company_tasks import ACTIVITIES, FLAWS

HOURS = pd.Series(
    {
        "Give notice of our steps": 100.0,
        "Visit the buyers": 900.0,
        "Set the price floor": 50.0,
        "Set the credit limit": 50.0,
        "Buy packaging": 400.0,
        "Plan volumes": 300.0,
        "Close complaints": 200.0,
    }
)
CAPACITY = pd.Series(
    1000.0,
    ["key account manager", "pricing analyst", "credit controller", "buyer", "planner",
     "quality officer"],
)  # fmt: skip
FLAWED = {
    "nobody answers": (1, "Buy packaging", {"accountable": ""}),
    "two answer": (1, "Buy packaging", {"accountable": "head of purchasing; head of sales"}),
    "nobody does it": (2, "Visit the buyers", {"responsible": " "}),
    "a committee answers": (3, "Plan volumes", {"accountable": "production committee"}),
    "five are asked": (4, "Plan volumes", {"consulted": "a; b; c; d; e"}),
    "price floor": (6, "Set the price floor", {"accountable": "key account manager"}),
    "credit limit": (6, "Set the credit limit", {"accountable": "KAM North"}),
    "complaints": (6, "Close complaints", {"accountable": "key account manager"}),
    "no deputy": (7, "Plan volumes", {"deputy": None}),
    "deputy for oneself": (7, "Plan volumes", {"deputy": "planner"}),
    "function missing": (7, "Buy packaging", {"function": "store"}),
    "no clock": (9, "Plan volumes", {"escalation_days": None}),
    "sales answers for notice": (
        10, "Give notice of our steps", {"accountable": "head of sales"}
    ),
    "office gives notice": (10, "Give notice of our steps", {"responsible": "sales office"}),
    "no notice": (10, "Give notice of our steps", {"activity": "Have lunch"}),
}  # fmt: skip


def check_all(activities, threads, **options):
    given = {"counterparts": threads, "hours": HOURS, "capacity": CAPACITY} | options
    return check_raci(activities, **given)


def test_sound_division_of_work_keeps_all_ten_rules(division, threads):
    findings = check_all(division(), threads)
    assert findings.violations.empty
    assert findings.not_checked.empty
    assert rule_results(findings)["result"].tolist() == ["kept"] * 10


@pytest.mark.parametrize("flaw", FLAWED)
def test_rule_fires_on_its_flaw_and_no_other_rule_does(division, threads, flaw):
    rule, activity, changes = FLAWED[flaw]
    hours = HOURS.rename({activity: changes.get("activity", activity)})
    room = pd.concat([CAPACITY, pd.Series({"sales office": 1000.0})])
    findings = check_all(division(activity, **changes), threads, hours=hours, capacity=room)
    assert set(findings.violations["rule"]) == {rule}


def test_more_work_than_hours_breaks_the_fifth_rule_only(division, threads):
    findings = check_all(division(), threads, capacity=CAPACITY.replace(1000.0, 999.0))
    assert findings.violations[["rule", "about", "subject"]].to_numpy().tolist() == [
        [5, "role", "key account manager"]
    ]


def test_client_role_without_counterpart_breaks_the_eighth_rule_only(division, threads):
    findings = check_all(division(), threads.replace("planner", None))
    assert set(findings.violations["rule"]) == {8}
    assert findings.violations["subject"].tolist() == ["quality manager"]


def test_all_faults_are_told_at_once_and_what_must_be_mended_comes_first(division, threads):
    activities = division("Plan volumes", escalation_days=None, consulted="a; b; c; d; e")
    activities.loc[activities["activity"] == "Visit the buyers", "accountable"] = None
    violations = check_all(activities, threads).violations
    assert violations["rule"].tolist() == [1, 4, 9]
    assert violations["severity"].tolist() == ["must be mended"] + ["should be mended"] * 2


def test_rules_without_their_tables_are_named_with_the_file_that_would_tell(division):
    bare = division()[["activity", "function", "responsible"]]
    gaps = check_raci(bare).not_checked.set_index("rule")
    assert gaps.loc[[1, 3, 4, 6, 9], "file"].eq("activities.csv").all()
    assert gaps.loc[5, "file"] == "service.csv"
    assert gaps.loc[8, "file"] == "counterparts.csv"
    assert gaps.loc[7, ["part", "why"]].tolist() == ["a part of it", "There is no column deputy."]
    assert 2 not in gaps.index


def test_rule_kept_in_part_is_not_called_kept(division, threads):
    findings = check_all(division().drop(columns="deputy"), threads)
    results = rule_results(findings)["result"]
    assert results[7] == "kept as far as checked"
    assert (results.drop(7) == "kept").all()


def test_firm_without_activities_is_told_so_for_each_rule(threads):
    findings = check_raci(None, counterparts=threads)
    assert findings.violations.empty
    assert findings.not_checked["rule"].tolist() == [1, 2, 3, 4, 5, 6, 7, 9, 10]
    assert rule_results(findings)["result"].tolist()[7] == "kept"


def test_planted_faults_of_the_sample_company_are_found():
    violations = check_raci(ACTIVITIES).violations
    assert set(violations["subject"]) == {subject for subject, *_ in FLAWS}
    assert sorted(violations["rule"]) == [1, 1, 6, 7, 9]


def test_words_of_a_firm_can_be_added_to_the_controls(division, threads):
    activities = division("Set the price floor", activity="Fix the bottom price")
    activities.loc[2, "accountable"] = "key account manager"
    hours = HOURS.rename({"Set the price floor": "Fix the bottom price"})
    unseen = check_all(activities, threads, hours=hours)
    assert unseen.violations.empty
    assert unseen.not_checked["why"].str.contains("price floor").all()
    controls = default_controls()
    row = controls["control"] == "price floor"
    controls.loc[row, "keywords"] = "bottom price"
    seen = check_all(activities, threads, hours=hours, controls=controls)
    assert seen.violations["rule"].tolist() == [6]


def test_every_rule_has_words():
    assert list(RULES) == list(range(1, 11))


def test_order_of_the_activities_does_not_matter(division, threads):
    activities = division("Plan volumes", accountable=None, deputy=None)
    forward = check_all(activities, threads).violations
    backward = check_all(activities.iloc[::-1], threads).violations
    assert set(map(str, forward.to_numpy().tolist())) == set(map(str, backward.to_numpy().tolist()))


def test_activities_without_a_needed_column_are_refused(division):
    with pytest.raises(InputError, match="there is no responsible"):
        check_raci(division().drop(columns="responsible"))


def test_tables_given_are_not_changed(division, threads):
    activities, hours = division(), HOURS.copy()
    before = activities.copy(), threads.copy(), hours.copy()
    check_all(activities, threads, hours=hours)
    pd.testing.assert_frame_equal(activities, before[0])
    pd.testing.assert_frame_equal(threads, before[1])
    pd.testing.assert_series_equal(hours, before[2])
