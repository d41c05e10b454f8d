"""Roles in the sample company: what is known of its accounts and people, and what is planted."""

import itertools

import numpy as np
import pandas as pd
import pytest

from kamtools import engagement
from kamtools.role.assumptions import merge_assumptions
from kamtools.role.competence import competence_levels as judged_levels
from kamtools.role.competence import team_gaps
from kamtools.role.competence_profile import NAMES
from kamtools.role.competence_training import known_competences, trainings
from kamtools.role.leaving import leaving
from kamtools.role.responsibility import check_raci
from kamtools.samples.company import SEED, make_company, write_company
from kamtools.samples.company_accounts import make_roster
from kamtools.samples.company_flaws import load_today, planted_flaws
from kamtools.samples.company_skills import PROFILE, competence_levels
from kamtools.samples.company_tasks import ACTIVITIES, WORKLOAD_ASSUMPTIONS
from kamtools.samples.company_work import PARTS, work_facts
from kamtools.schema import names_in

OTHER_SEEDS = [1, 2, 7, 12]
FACTS = ["sites", "decision_makers", "open_projects", "needs", "rivals"]
RULES = {
    "no_accountable": 1,
    "two_accountable": 1,
    "manager_accountable": 6,
    "no_escalation": 9,
    "no_deputy": 7,
}


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    """Return the company as a user reads it, its stores under their chains."""
    folder = tmp_path_factory.mktemp("company") / "firm"
    write_company(folder, seed=SEED)
    return engagement.roll_up(engagement.load(folder))


@pytest.fixture(scope="module", params=[SEED, *OTHER_SEEDS])
def company(request):
    """Return the tables and what is planted in them, by seed."""
    return make_company(seed=request.param), planted_flaws(seed=request.param)


@pytest.fixture(scope="module")
def by_account(firm):
    return firm.accounts.set_index("account_id")


def subjects(flaws, flaw):
    return flaws.loc[flaws["flaw"] == flaw, "subject"].tolist()


def as_read(tables):
    """Return the accounts after roll-up, with the name of every organisation."""
    return engagement.chains.roll_up_accounts(tables["accounts"]).set_index("account_id")


# ---- what is known of the accounts


def test_facts_of_the_larger_accounts_are_mostly_known_and_of_small_shops_not(firm, by_account):
    sales = firm.invoices.group_by("account_id").aggregate(sales=firm.invoices.amount.sum())
    order = sales.to_pandas().sort_values("sales", ascending=False)["account_id"]
    known = by_account["decision_makers"].notna()
    assert known[order[:40]].mean() > 0.75
    assert known[order[150:]].mean() < 0.1
    assert known.mean() < 0.4
    assert by_account["language"].notna().mean() > 0.5


def test_chain_counts_its_people_once_and_its_stores_where_no_sites_are_given(by_account):
    for name, (sites, people, projects, needs) in PARTS.items():
        row = by_account[by_account["name"] == name].iloc[0]
        assert row["decision_makers"] == people
        assert row["open_projects"] == projects
        assert row["needs"] == needs
        assert row["sites"] == (row["stores"] if np.isnan(sites) else sites)


def test_accounts_with_more_visits_have_more_people_who_decide(company):
    tables, _ = company
    year = tables["service"][tables["service"]["date"] >= "2024-01-01"]
    hours = year.pivot_table(index="account_id", columns="activity", values="hours",
                             aggfunc="sum", fill_value=0.0)  # fmt: skip
    known = tables["accounts"].set_index("account_id").join(hours).dropna(subset="decision_makers")
    single = known[known["chain"].isna() & ~known["name"].isin(list(PARTS))]
    assert single["decision_makers"].corr(single["visit"], method="spearman") > 0.4


def test_every_account_has_a_manager_who_can_all_it_needs(company):
    tables, _ = company
    can = [set(names_in(cell)) for cell in tables["managers"]["competences"]]
    needs = tables["accounts"]["needs"].map(names_in)
    assert needs.map(len).sum() > 30
    assert all(any(set(some) <= one for one in can) for some in needs)


def test_every_language_is_spoken_and_chinese_names_speak_mandarin(company):
    tables, _ = company
    spoken = set(itertools.chain(*tables["managers"]["languages"].map(names_in)))
    accounts = tables["accounts"].dropna(subset="language")
    assert set(accounts["language"]) == {"English", "Mandarin"} <= spoken
    is_chinese = accounts["name"].str.contains("[\u4e00-\u9fff]")
    assert (is_chinese == (accounts["language"] == "Mandarin")).all()


def test_facts_take_no_draw_from_the_rest_of_the_company():
    roster = make_roster(seed=3)
    demand = np.full((len(roster), 36), 1_000.0)
    visit = pd.DataFrame(
        {"account_id": ["A001"], "date": pd.to_datetime(["2024-03-01"]), "activity": "visit",
         "hours": 400.0}
    )  # fmt: skip
    before = roster.copy(deep=True)
    first = work_facts(roster, demand, visit, seed=3)
    pd.testing.assert_frame_equal(first, work_facts(roster, demand, visit, seed=3))
    pd.testing.assert_frame_equal(roster, before)
    assert not first[FACTS].equals(work_facts(roster, demand, visit, seed=4)[FACTS])


# ---- today's assignment


def test_one_manager_carries_far_more_than_the_mean_and_one_far_less(company):
    tables, flaws = company
    load = load_today(tables)
    assert load[subjects(flaws, "overloaded")].min() > 1.15
    assert load[subjects(flaws, "underloaded")].max() < 0.85


def test_accounts_too_lie_unevenly_on_the_managers(company):
    tables, _ = company
    counts = as_read(tables)["manager_id"].value_counts()
    assert counts.max() > 1.15 * counts.mean()
    assert counts.min() < 0.85 * counts.mean()


def test_one_pair_of_rivals_has_one_manager(company):
    tables, flaws = company
    accounts = as_read(tables)
    pairs = accounts["rivals"].map(names_in).explode().dropna()
    assert len(pairs) == 4
    same = (
        accounts.loc[pairs.index, "manager_id"].to_numpy()
        == accounts.loc[pairs, "manager_id"].to_numpy()
    )
    assert set(pairs.index[same]) == set(subjects(flaws, "rivals_share_manager"))


# ---- who does what


def test_ten_rules_find_the_planted_faults_and_no_others_in_the_activities(company):
    tables, flaws = company
    found = check_raci(tables["activities"]).violations
    about = found[found["about"].isin(["activity", "function"])]
    planted = flaws[flaws["table"] == "activities"]
    expected = set(zip(planted["flaw"].map(RULES), planted["subject"], strict=True))
    assert set(zip(about["rule"], about["subject"], strict=True)) == expected


def test_activities_name_a_deputy_who_is_another_than_who_does_them():
    given = ACTIVITIES[ACTIVITIES["deputy"] != ""]
    assert (given["deputy"] != given["responsible"]).all()
    assert set(ACTIVITIES.loc[ACTIVITIES["deputy"] == "", "function"]) == {"purchasing"}


def test_nobody_talks_to_a_quality_manager_and_each_role_stands_once(company):
    tables, flaws = company
    contacts = tables["counterparts"]
    (role,) = subjects(flaws, "role_without_counterpart")
    assert not contacts.duplicated(["account_id", "client_role"]).any()
    by_role = contacts.groupby("client_role")["person"].count()
    assert by_role[by_role == 0].index.tolist() == [role]
    assert (contacts["client_role"] == role).sum() == len(PARTS)
    assert 0.05 < contacts.loc[contacts["client_role"] != role, "person"].isna().mean() < 0.25


def test_largest_account_hangs_on_one_person(firm):
    (account,) = subjects(planted_flaws(seed=SEED), "single_thread")
    gone = leaving("林知秋", counterparts=firm.counterparts).accounts
    assert gone.loc[account, "is_cut_off"]
    assert gone["is_cut_off"].sum() == 1


def test_every_person_in_the_contacts_is_a_manager_or_has_a_task(company):
    tables, _ = company
    roles = {*tables["activities"]["responsible"], *tables["activities"]["accountable"]}
    known = roles | set(tables["managers"]["name"])
    assert set(tables["counterparts"]["person"].dropna()) <= known


# ---- what people can do


def test_profile_is_that_of_the_role():
    assert PROFILE == NAMES


def test_every_manager_is_judged_in_the_profile_and_in_what_managers_csv_names(company):
    tables, _ = company
    judged = tables["competences"].groupby("manager_id")["competence"].agg(set)
    for row in tables["managers"].itertuples():
        assert {*PROFILE, *names_in(row.competences)} <= judged[row.manager_id]


def test_levels_have_gaps_and_one_manager_only_judges_oneself():
    levels = competence_levels(seed=SEED)
    asked = levels.groupby("manager_id")["assessor"].agg(set)
    assert asked[asked.map(len) == 1].index.tolist() == ["M8"]
    assert 0.01 < levels["level"].isna().mean() < 0.1
    assert not levels.duplicated(["manager_id", "competence", "assessor"]).any()


def test_team_is_short_of_one_competence_in_everybody(company):
    tables, flaws = company
    (competence,) = subjects(flaws, "team_gap")
    team = team_gaps(judged_levels(tables["competences"]))
    assert team.loc[competence, "below"] == team.loc[competence, "judged"] == 8


def test_one_training_makes_the_learner_fit_for_the_account_that_another_has(company):
    tables, flaws = company
    (learner,) = subjects(flaws, "one_training")
    known = known_competences(judged_levels(tables["competences"]), tables["managers"])
    account = as_read(tables).loc[["青禾超市"]].reset_index()
    found = trainings(account, known, managers=tables["managers"]).set_index("manager_id")
    assert found.loc[learner, "training"] == "Mandarin +1"
    assert (found.drop(index=[learner, "M2"])["levels_to_lift"] > 1).all()


def test_one_person_sees_the_own_work_far_above_the_superior(company):
    tables, flaws = company
    (who,) = subjects(flaws, "overrated")
    levels = judged_levels(tables["competences"]).set_index(["manager_id", "competence"])
    assert levels.loc[(who, "priorities"), "apart"] == 3
    assert levels["apart"].max() == 3


# ---- assumptions


def test_assumptions_are_such_as_the_workload_knows():
    merged = merge_assumptions(WORKLOAD_ASSUMPTIONS)
    given = WORKLOAD_ASSUMPTIONS.set_index("assumption")
    pd.testing.assert_series_equal(merged.loc[given.index, "value"], given["value"])


def test_hours_of_the_assumptions_are_the_capacity_of_the_managers(firm):
    value = firm.workload_assumptions.set_index("assumption")["value"]
    hours = value["hours_per_year"] * value["share_for_accounts"] * len(firm.managers)
    assert hours == 12 * firm.managers["capacity_hours_per_month"].sum()


def test_no_folder_of_the_company_says_what_is_planted(tmp_path):
    write_company(tmp_path / "firm", seed=SEED)
    texts = "".join(f.read_text(encoding="utf-8") for f in (tmp_path / "firm").iterdir())
    assert not [flaw for flaw in planted_flaws(seed=SEED)["flaw"] if flaw in texts]
