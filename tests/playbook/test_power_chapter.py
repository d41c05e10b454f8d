"""Every figure of chapter 4 that the code gives is computed again and looked for in the text."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kamtools.planning.power_decisions import DAYS as DECISION_DAYS
from kamtools.power.bargaining import settle
from kamtools.power.dependence import middle_dependence, power_table
from kamtools.power.dependence_flips import fact_flips
from kamtools.power.evaluation_power import Noise, detectable_effects
from kamtools.power.exposure import loss_if_gone
from kamtools.power.game_chance import draw_year
from kamtools.power.game_month import OUTCOMES
from kamtools.power.game_plans import Plans, idle_plan, run_plans
from kamtools.power.game_play import play
from kamtools.power.game_scenario import read_scenario, shipped_scenario
from kamtools.power.game_scenario_checks import EVENTS
from kamtools.power.measures import OPERATIONS, default_measures, measure_list
from kamtools.power.planner_comparison import compare_ways
from kamtools.power.planner_rules import PlanRules
from kamtools.power.planner_words import signed
from kamtools.power.simulation import simulate_years
from kamtools.power.simulation_assumptions import (
    default_simulation_assumptions,
    replace_assumption,
)
from kamtools.power.simulation_chance import draw_years
from kamtools.power.simulation_ladder import simulate_ladder
from kamtools.power.simulation_notice import best_notice, notice_curve
from kamtools.power.stop_cases import replay_stops
from kamtools.power.zones import PROPOSED, ZONES, zone_numbers

CHAPTER = Path(__file__).resolve().parents[2] / "playbook" / "4-power.md"
TEXT = CHAPTER.read_text(encoding="utf-8")
STOPS = {
    "unilever-delhaize-2009": "Unilever and Delhaize 2009",
    "heinz-tesco-2022": "Heinz and Tesco 2022",
    "pepsico-carrefour-2024": "PepsiCo and Carrefour 2024",
    "nestle-edeka-2018": "Nestlé and Edeka 2018",
    "coca-cola-edeka-2022": "Coca-Cola and Edeka 2022",
}
DAYS = 180
LENGTHS = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 100]


def example(supplier_stake, supplier_availability, account_stake, account_availability):
    """Return the account of the worked example with these low, middle and high ends."""
    inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"], "part": "all"})
    ends = ["{}_low", "{}", "{}_high"]
    inputs[[end.format("stake") for end in ends]] = [supplier_stake, account_stake]
    inputs[[end.format("availability") for end in ends]] = [
        supplier_availability, account_availability]  # fmt: skip
    return inputs


EXAMPLE = example((0.6, 0.7, 0.8), (0.15, 0.25, 0.35), (0.35, 0.45, 0.55), (0.5, 0.6, 0.7))
WIDE = example((0.5, 0.7, 0.85), (0.1, 0.25, 0.5), (0.2, 0.45, 0.65), (0.25, 0.6, 0.8))


def share(value):
    return f"{100 * value:.0f} %"


def tenth(value):
    """Return points with their sign, 0 without."""
    return "0" if abs(value) < 1e-9 else f"{'−' if value < 0 else '+'}{abs(value):.1f}"


@cache
def ladder():
    return simulate_ladder(default_simulation_assumptions(), notice_days=21, years=10_000, seed=1)


def ladder_lines():
    """Return the rows of the table of rungs."""
    for row in ladder().to_dict("records"):
        ours = tenth(row["supplier_gain"])
        if ours != "0":
            ends = f"{tenth(row['supplier_gain_low'])} to {tenth(row['supplier_gain_high'])}"
            ours = f"{ours} ({ends})"
        yield (
            f"| {row['rung']} | {row['friction_days']:.0f} | "
            f"{share(row['on_time'])} | {ours} | {tenth(row['account_gain'])} | "
            f"{signed(row['power_imbalance'])} | {row['mutual_dependence']:.2f} |"
        )


@cache
def detectable_lines():
    """Return the rows of the table of accounts."""
    tables = [
        detectable_effects([6, 10, 20, 40], quarters=[8], waves=3, noise=Noise(0.5, kept),
                           trials=2_000, lots=999, seed=1)
        for kept in (0.0, 0.5)
    ]  # fmt: skip
    rows = []
    for apart, together in zip(*(table.to_dict("records") for table in tables), strict=True):
        rows.append(
            f"| {apart['accounts']} | {apart['detectable']:.1f} | {together['detectable']:.1f} |"
        )
    return rows


def stop_lines():
    """Return the rows of the table of stops, without the verdict."""
    table = replay_stops(draws=4_000, seed=1, days=DAYS)
    for case, name in STOPS.items():
        row = table.loc[case]
        low, middle, high = row[["model_low", "model", "model_high"]]
        longest = "longer than 180" if middle <= DAYS else "longer"
        shown = f"{middle:.0f}" if middle <= DAYS else "longer than 180"
        last = f"{high:.0f}" if high <= DAYS else longest
        span = f"{row['length_low']:.0f}"
        if row["length_high"] > row["length_low"]:
            span = f"{span} to {row['length_high']:.0f}"
        verdict = "a court ended it"
        if row["is_inside"] is not pd.NA:
            verdict = "inside" if row["is_inside"] else "**missed**"
        yield (
            f"| {name} | {row['published_inputs']} | {span} | {shown} ({low:.0f} to {last}) | "
            f"{verdict} |"
        )


def way_lines():
    """Return the rows of the table of the ways to balance."""
    ways = compare_ways(EXAMPLE, default_measures(), PlanRules((-0.15, 0.15)), seed=1)
    labels = {"be needed more": "be needed more", "need the account less": "need the account less",
              "either": "either, the cheapest"}  # fmt: skip
    for way, label in labels.items():
        row = ways.loc[way]
        mutual = f"{row['mutual_dependence']:.2f}"
        mutual = mutual if way == "either" else f"**{mutual}**"
        yield (
            f"| {label} | {signed(row['power_imbalance'])} | {mutual} | {row['cost']:,.0f} | "
            f"{share(row['probability'])} |"
        )


@pytest.mark.parametrize("lines", [ladder_lines, detectable_lines, stop_lines, way_lines])
def test_rows_of_a_table_are_what_the_code_gives(lines):
    told = TEXT.splitlines()
    assert [line for line in lines() if line not in told] == []


def test_worked_example_is_computed_and_lies_in_the_zones_named():
    steps = {"today": (0.70, 0.25, 0.45, 0.60), "needed more": (0.70, 0.25, 0.62, 0.45),
             "and others found": (0.50, 0.45, 0.62, 0.45)}  # fmt: skip
    for step, inputs in steps.items():
        row = middle_dependence(example(*([x] * 3 for x in inputs))).iloc[0]
        ours, theirs, imbalance, mutual = (round(float(x), 3) for x in row)
        zone = ZONES[int(zone_numbers(np.array(imbalance), np.array(mutual)))]
        sign = "−" if imbalance < 0 else "+"
        line = f"| {step} | {ours:.3f} | {theirs:.3f} | {sign}{abs(imbalance):.3f} | {mutual:.3f} "
        assert f"{line}| {zone} |" in TEXT


def test_zones_are_told_with_the_proposed_cut_offs():
    table = TEXT[TEXT.index("| zone | where |") : TEXT.index("The cut-offs are proposals")]
    assert set(re.findall(r"^\| ([a-z ]+) \|", table, re.MULTILINE)) == {"zone", *ZONES}
    assert f"I above +{PROPOSED.imbalance:.2f}" in table
    assert f"J at least {PROPOSED.interlocked:.1f}" in table
    assert f"J below {PROPOSED.loose:.1f}" in table


def test_regions_of_narrow_and_wide_ranges_are_computed():
    narrow, wide = (power_table(x, draws=10_000, seed=1).iloc[0] for x in (EXAMPLE, WIDE))
    ends = ("power_imbalance_low", "power_imbalance_high")
    assert "I lies from {} to {} in nine".format(*(signed(narrow[end]) for end in ends)) in TEXT
    low, high = narrow[["mutual_dependence_low", "mutual_dependence_high"]]
    assert f"J from {low:.2f} to {high:.2f}: surely captive" in TEXT
    assert narrow["zone_probability"] == 1
    assert "I runs from {} to {};".format(*(signed(wide[end]) for end in ends)) in TEXT
    assert f"the zone holds in {share(wide['zone_probability'])} of draws" in TEXT


def test_no_fact_within_its_range_flips_the_example_and_one_wholly_wrong_does():
    flips = fact_flips(EXAMPLE)
    assert not flips.loc[flips["moved_to"].isin(["low", "high"]), "flips"].any()
    is_it = (flips["side"] == "account") & (flips["fact"] == "availability")
    row = flips[is_it & (flips["moved_to"] == "none")].iloc[0]
    assert row["flips"]
    assert f"no alternative to us at all, I would fall to +{row['power_imbalance']:.3f}" in TEXT


def test_profit_of_the_invented_firm_falls_as_the_table_says():
    accounts = pd.DataFrame({"revenue": [20.0, 80.0], "margin": [6.0, 24.0]}, index=["a", "b"])
    row = loss_if_gone(accounts, fixed_costs=22, debt=20, covenant=3).loc["a"]
    assert row["profit_before"] == 8
    assert f"| profit | −{-100 * row['profit_change']:.0f} % |" in TEXT
    assert f"| {row['leverage']:.2f} |" in TEXT
    assert f"before, after | {20 / row['profit_before']:g}, {row['debt_multiple']:g} |" in TEXT
    assert row["is_breach"]


def test_concessions_are_those_of_the_bargaining():
    today = 55
    walks = today - 20
    expected = [today - float(settle(100, supplier_outside=20, account_inside=x)) for x in (0, 30)]
    assert f"up to **{walks}**" in TEXT
    assert f"a concession of {expected[0]:g}." in TEXT
    assert f"a concession of {expected[1]:g}." in TEXT


def test_table_of_measures_is_the_library_with_its_grades_and_its_marks_for_counsel():
    listed = measure_list(default_measures())
    table = TEXT[TEXT.index("| measure | operation |") : TEXT.index("Needed more, or needing less")]
    assert table.count("\n| ") == len(listed)  # the head opens the excerpt, without a new line
    for row in listed.itertuples():
        mark = f"{row.grade}, counsel" if row.legal == "counsel" else row.grade
        assert f"| {row.label} | {OPERATIONS[row.operation]} | {mark} |" in table


def test_notice_is_told_as_the_model_has_it():
    assumptions = default_simulation_assumptions()
    curve = notice_curve(assumptions, notice_days=LENGTHS, years=10_000, seed=1)
    best = best_notice(curve)
    half, month = (100 * curve.loc[day, "supplier_gain"] / best.best_gain for day in (15, 30))
    assert f"gains most at {best.best_days:.0f} days" in TEXT
    assert f"from {best.enough_days:.0f} days on little is left to gain" in TEXT
    assert f"15 days bring {half:.0f} %, 30 days {month:.0f} %" in TEXT
    quick, leaky = (
        best_notice(
            notice_curve(
                replace_assumption(assumptions, name, value),
                notice_days=LENGTHS, years=10_000, seed=1,
            )
        )
        for name, value in (("relaxed_review_days", 10), ("leak_per_day", 0.004))
    )  # fmt: skip
    assert f"takes 10 days instead of 30, {quick.best_days:.0f} days are best" in TEXT
    assert f"at four times the risk, {leaky.best_days:.0f} days" in TEXT


def test_ladder_says_what_the_chapter_concludes_from_it():
    rungs = ladder().set_index("rung")
    notice, briefing = rungs.loc["+ advance notice"], rungs.loc["+ monthly briefing"]
    gains = ["supplier_gain", "account_gain"]
    assert (notice[gains] == rungs.drop(index="+ monthly briefing")[gains].max()).all()
    assert briefing["supplier_gain"] < notice["supplier_gain"]
    assert briefing["power_imbalance"] > PROPOSED.imbalance
    others = rungs.loc["Only diversify"]
    assert others["friction_days"] == rungs.loc["Nothing", "friction_days"]
    assert others["supplier_gain"] == rungs["supplier_gain"].min()
    assert others["power_imbalance"] == rungs["power_imbalance"].min()


def test_what_ten_accounts_show_is_told_in_days_beside_what_the_model_expects():
    detectable = [float(line.split("|")[place]) for line in detectable_lines()
                  for place in (2, 3) if line.startswith("| 10 |")]  # fmt: skip
    assert "about {:.0f} to {:.0f} days".format(*(20 * effect for effect in detectable)) in TEXT
    waits = ladder().set_index("rung")["friction_days"]
    nothing, noticed = waits["Nothing"], waits["+ advance notice"]
    assert f"model expects {nothing - noticed:.0f} days of plan and notice together" in TEXT


def test_dates_of_the_decisions_are_those_that_the_notebook_proposes():
    table = TEXT[TEXT.index("| decision | owner |") : TEXT.index("With the client, this week")]
    told = re.findall(r"\| in (\d+) days \|", table)
    assert [int(days) for days in told] == list(DECISION_DAYS.values())


def test_briefing_helps_where_the_market_tightens_and_not_where_it_is_calm():
    drawn = draw_years(default_simulation_assumptions(), years=10_000, seed=1)
    taken = ["plan_sharing", "advance_notice"]
    told = ["friction_days", "supplier_margin"]
    without, briefed = (
        simulate_years(drawn, names, notice_days=21)[told]
        for names in (taken, [*taken, "market_briefing"])
    )
    change = briefed - without
    calm, tight = (change[drawn.tightens == is_it].mean() for is_it in (False, True))
    assert f"it saves {-tight['friction_days']:.1f} days" in TEXT
    assert f"waits {calm['friction_days']:.1f} days longer" in TEXT
    assert tight["supplier_margin"] < 0
    assert calm["supplier_margin"] < tight["supplier_margin"]


def test_answers_of_the_exercises_are_right():
    parts = pd.DataFrame({"account_id": "a", "side": ["supplier", "supplier", "account"],
                          "part": ["x", "y", "z"], "stake": [0.5, 0.4, 0.5],
                          "availability": [0.4, 0.5, 0.5]})  # fmt: skip
    for name in ("stake", "availability"):
        parts[f"{name}_low"] = parts[f"{name}_high"] = parts[name]
    joined, largest = (
        middle_dependence(parts, combine=way)["supplier_dependence"].iloc[0]
        for way in ("noisy-or", "max")
    )
    assert f"1: {joined:.2f}, {largest:.2f};" in TEXT
    accounts = pd.DataFrame({"revenue": [8.0, 92.0], "margin": [12.0, 88.0]}, index=["a", "b"])
    gone = loss_if_gone(accounts, fixed_costs=75).loc["a", "profit_change"]
    assert f"2: {share(-gone)}." in TEXT
    left = [float(settle(100, account_inside=30, supplier_outside=x)) for x in (45, 30)]
    assert "3: {:g}, since the split would be 35 and leaving beats it; with 30 it is {:g}.".format(
        *left
    ) in TEXT  # fmt: skip


def test_places_of_the_sections_that_come_from_elsewhere_are_marked_once_in_order():
    places = [TEXT.find(mark) for mark in ("<!-- iowa -->", "<!-- game -->")]
    heads = [
        TEXT.find(head) for head in ("## Measured: vendors and chains", "## The balancing game")
    ]
    found = [max(pair) for pair in zip(places, heads, strict=True)]
    assert -1 not in found
    assert found == sorted(found)


def test_cards_have_two_sides_what_decides_and_questions_for_the_reader():
    cards = re.split(r"^### Card \d\. ", TEXT.split("## Ethics and law")[0], flags=re.MULTILINE)[1:]
    assert len(cards) == 4
    for card in cards:
        assert card.splitlines()[0].endswith("?")
        assert re.search(r"^\| .+ \| .+ \|$", card, re.MULTILINE)
        assert "*What decides:*" in card
        asked = card.split("**Which applies to you?**")[1]
        assert 3 <= len(re.findall(r"^\d\. ", asked, re.MULTILINE)) <= 4


def carried_out(name, begun):
    """Return how many refused threats to delist were carried out in 24 years, of how many."""
    threats = []
    for seed in range(1, 25):
        year = draw_year(shipped_scenario(name), seed=seed)
        plan = Plans(np.isin(year.library.keys, begun).astype(int)[None], idle_plan(year).answer)
        threats += [OUTCOMES[int(record["outcome"][0])] for record in run_plans(year, plan)[1]
                    if record["event"][0] == EVENTS.index("delisting_threat")]  # fmt: skip
    return f"{threats.count('fought')} of {len(threats)}"


@pytest.mark.parametrize(
    ("name", "called"),
    [("powerful_distributor", "powerful distributor"), ("delisting_chain", "chain that delists")],
)
def test_threats_of_the_game_are_carried_out_as_often_as_is_told(name, called):
    four = ["plan_sharing", "advance_notice", "notice_period", "data_link"]
    assert f"| {called} | {carried_out(name, [])} | {carried_out(name, four)} |" in TEXT


def test_wait_with_the_notice_of_the_case_is_told_beside_the_ladder():
    rungs = simulate_ladder(
        default_simulation_assumptions(), notice_days=30, years=10_000, seed=1
    ).set_index("rung")
    days = rungs.loc["+ advance notice", "friction_days"]
    assert f"With 30 days of it, as in the case Haohan – Peihui, a step waits {days:.0f} days" in (
        TEXT
    )


def test_the_scenario_of_the_chapter_can_be_played():
    (example,) = re.findall(r"^```toml\n(.+?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    scenario = read_scenario(example, name="of the chapter")
    assert len(play(scenario, [{}], seed=1).history) == 1
