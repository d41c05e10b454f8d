import copy
import tomllib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.game_choices import answer_choices
from kamtools.power.game_moves import Move
from kamtools.power.game_play import play, play_month, start
from kamtools.power.game_policies import do_everything, play_at_random, play_policy
from kamtools.power.game_scenario import SHIPPED, read_scenario, scenario_text
from kamtools.power.simulation_belief import believed


def scenario(name="quiet_partner", *, assumptions=None, **changes):
    said = tomllib.loads(scenario_text(name)) | changes
    said["assumptions"] |= assumptions or {}
    return read_scenario(said)


def demand_in(month, *, kind="price_demand", name="powerful_distributor", **assumptions):
    event = {"kind": kind, "months": [month, month], "text": "It wants more."}
    if kind == "competitor_launch":
        event["strength"] = [0.2, 0.2, 0.2]
    return scenario(name, events=[event], assumptions={"uninvited_demand": 0} | assumptions)


def test_year_without_events_steps_and_measures_keeps_all_margin():
    # Limit case: 12 months of 0.48 × 1.6 million / 12.
    game = play(scenario(events=[], steps=[], assumptions={"uninvited_demand": 0}), [{}] * 12,
                seed=1)  # fmt: skip
    assert game.is_over
    assert game.history["margin"].tolist() == pytest.approx([64_000.0] * 12)
    assert game.score["margin_points"] == pytest.approx(50)
    assert game.score["margin_kept"] == pytest.approx(1)


@pytest.mark.parametrize("name", SHIPPED)
def test_same_scenario_seed_and_moves_give_the_same_year_exactly(name):
    game = play_policy(name, play_at_random, seed=7)
    again = play(name, game.script(), seed=7)
    pd.testing.assert_frame_equal(again.history, game.history, check_exact=True)
    pd.testing.assert_frame_equal(again.signs, game.signs, check_exact=True)
    assert again.score.equals(game.score)


def test_other_seed_is_another_year():
    one, other = (start("powerful_distributor", seed=seed) for seed in (1, 2))
    assert one.signs["imbalance_seen"].iloc[0] != other.signs["imbalance_seen"].iloc[0]
    assert one.year.account_patience != other.year.account_patience


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(SHIPPED))
def test_budget_trust_and_score_stay_in_their_bounds_and_parts_add_up(seed, name):
    game = play_policy(name, play_at_random if seed % 2 else do_everything, seed=seed)
    history, score = game.history, game.score
    assert history["spent"].max() <= game.year.scenario.budget + 1e-6
    assert history["trust"].between(0, 1).all()
    assert history["share"].between(0, 1).all()
    assert (history["share"].diff().dropna() <= 1e-12).all()
    parts = ["margin_points", "corridor_points", "trust_points", "law_points"]
    assert score["score"] == pytest.approx(max(score[parts].sum(), 0))
    assert 0 <= score["score"] <= 100
    assert score["corridor_held"] == pytest.approx(history["in_corridor"].mean())


def test_briefings_move_belief_by_bayes_rule():
    game = play(scenario("powerful_distributor", events=[],
                         assumptions={"uninvited_demand": 0, "briefing_read": 1}),
                [{"begin": ["market_briefing"]}, {}, {}, {}], seed=1)  # fmt: skip
    points = np.where(game.signs["market"].iloc[:4] == "tighter", 1.0, -1.0)
    path = believed(np.array([game.year.first_belief]), np.log(2) * points[:, None],
                    np.array([0.9]))  # fmt: skip
    assert game.history["belief"].tolist() == pytest.approx(path[:, 0].tolist())


def test_notice_shortens_the_wait_of_our_steps():
    quiet = scenario(events=[], assumptions={"uninvited_demand": 0})
    without = play(quiet, [{}] * 12, seed=3)
    notice = play(quiet, [{"begin": ["plan_sharing", "advance_notice"]}, *[{}] * 11], seed=3)
    steps = list(quiet.steps)
    assert without.history["wait"].dropna().index.tolist() == steps
    assert (notice.history.loc[steps, "wait"] < without.history.loc[steps, "wait"]).all()


def test_measure_costs_a_twelfth_a_month_and_binds_the_rest_of_the_year():
    game = play(scenario(events=[], assumptions={"uninvited_demand": 0}),
                [{}, {}, {"begin": ["plan_sharing"]}, {}], seed=1)  # fmt: skip
    assert game.history["cost"].tolist() == pytest.approx([0, 0, 5000 / 12, 5000 / 12])
    assert game.history["spent"].tolist() == pytest.approx([0, 0, 5000 * 10 / 12, 5000 * 10 / 12])


def test_conceding_all_is_agreed_and_lowers_our_share_for_good():
    game = play(demand_in(2), [{}, {"answer": "concede"}, {}], seed=1)
    row = game.history.loc[2]
    assert row["outcome"] == "agreed"
    assert row["given"] == pytest.approx(row["ask"])
    lost = game.history["share"].iloc[0] - game.history["share"].iloc[2]
    assert lost == pytest.approx(row["ask"] / game.year.scenario.pie)


@pytest.mark.parametrize("kind", ["price_demand", "delisting_threat"])
@pytest.mark.parametrize("seed", range(1, 9))
def test_account_fights_only_for_more_than_the_fight_costs_it(kind, seed):
    game = play(demand_in(2, kind=kind), [{}, {"answer": "refuse"}], seed=seed)
    row = game.history.loc[2]
    fights = row["reserve"] > row["fights_for"]
    assert row["outcome"] == ("fought" if fights else "gave way")
    assert (row["loss"] > 0) == fights
    assert (row["given"] > 0) == fights


def test_both_bluffs_and_fights_are_met():
    outcomes = {play(demand_in(2), [{}, {"answer": "refuse"}], seed=seed).history.at[2, "outcome"]
                for seed in range(1, 20)}  # fmt: skip
    assert outcomes == {"fought", "gave way"}


def test_price_given_away_in_the_last_month_costs_points_of_next_year():
    last = demand_in(12)
    kept, given_away = (
        play(last, [*[{}] * 11, {"answer": answer}], seed=3).score for answer in ("refuse", "part")
    )
    assert kept["terms_kept"] == 1
    assert given_away["terms_kept"] < 1
    pie, floor, later = 2_400_000, 0.6, 0.5
    this_year = kept["margin_kept"] - given_away["margin_kept"]
    lost = (this_year + later * (1 - given_away["terms_kept"])) / (1 + later) / (1 - floor)
    assert kept["margin_points"] - given_away["margin_points"] == pytest.approx(50 * lost)
    assert this_year * 0.47 * pie < 20_000  # of this year only a twelfth of the price is lost


def test_counterpart_that_is_granted_runs_and_costs_nothing():
    game = play(demand_in(2, part_share=1), [{}, {"answer": "counterpart"}, {}], seed=1)
    place = game.year.library.keys.index("notice_period")
    assert game.history.at[2, "outcome"] == "agreed"
    assert game.state.begun[0, place] == 2
    assert game.history["cost"].sum() == 0
    assert game.history.at[3, "supplier_dependence"] < game.history.at[1, "supplier_dependence"]


def test_offered_measure_runs_if_the_account_takes_it():
    move = {"answer": "offer", "offer": "data_link"}
    game = play(demand_in(2, offer_value=90), [{}, move, {}], seed=1)
    assert game.history.at[2, "outcome"] == "agreed"
    assert game.history.at[2, "given"] == 0
    assert game.history.at[2, "begun"] == "data_link"
    assert game.history.at[2, "cost"] == pytest.approx(30_000 / 12)


def test_facts_undo_more_of_a_launch_the_more_we_are_trusted():
    def rise(answer, trust):
        named = scenario("powerful_distributor",
                         hidden={"account_patience": [0.95] * 3, "market_tightens": 0,
                                 "first_belief": [0.2] * 3, "trust": [trust] * 3},
                         events=[{"kind": "competitor_launch", "months": [2, 2], "text": "",
                                  "strength": [0.3] * 3}])  # fmt: skip
        return play(named, [{}, {"answer": answer}], seed=1).history["imbalance"].diff().loc[2]

    assert rise("facts", 0.9) < rise("facts", 0.2) < rise("ignore", 0.9)


def test_passing_on_costs_points_even_if_it_is_not_found_out():
    unseen = demand_in(2, pass_on_risk=0)
    game = play(unseen, [{}, {"answer": "pass_on"}], seed=1)
    assert not game.history["is_found_out"].any()
    assert game.score["law_points"] == -20
    found = play(demand_in(2, pass_on_risk=1), [{}, {"answer": "pass_on"}], seed=1)
    assert found.history.at[2, "is_found_out"]
    assert found.history.at[2, "fine"] == pytest.approx(0.08 * 2_400_000)
    assert found.history.at[2, "trust"] < game.history.at[2, "trust"]


def test_beginning_without_counsel_saves_the_fee_and_costs_points():
    quiet = scenario(events=[], assumptions={"no_counsel_risk": 0})
    asked, bare = (
        play(quiet, [{"begin": ["notice_period"]} | more], seed=1)
        for more in ({}, {"without_counsel": ["notice_period"]})
    )
    assert asked.history.at[1, "spent"] - bare.history.at[1, "spent"] == pytest.approx(2500)
    assert (asked.score["law_points"], bare.score["law_points"]) == (0, -5)


def test_stronger_account_asks_more_often_without_being_invited():
    eager = {"uninvited_demand": 1, "appetite": 0}
    strong = scenario("powerful_distributor", events=[], assumptions=eager)
    even = scenario("quiet_partner", events=[], assumptions=eager)

    def demands(one):
        total = 0
        for seed in range(1, 9):
            game = start(one, seed=seed)
            while not game.is_over:
                game = play_month(game, {"answer": "refuse"} if answer_choices(game) else {})
            total += (game.history["event"] != "").sum()
        return total

    assert demands(strong) > 2 * demands(even)


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ([{"begin": ["gifts"]}], "month 1: no measure 'gifts'"),
        ([{"begin": ["advance_notice"]}], "advance_notice cannot begin: it needs plan_sharing"),
        ([{"begin": ["diversification", "new_channel"]}], "does not fit into what is left"),
        ([{"begin": ["withdrawal", "minimum_volume"]}], "does not go with"),
        ([{"begin": ["plan_sharing"]}] * 2, "month 2: plan_sharing cannot begin: it runs already"),
        ([{"answer": "refuse"}], "month 1: there is nothing to answer"),
        ([{}, {}], "month 2: a price demand needs one of the answers concede"),
        ([{}, {"answer": "match"}], "got 'match'"),
        ([{}, {"answer": "offer"}], "go together"),
        ([{}, {"answer": "offer", "offer": "notice_period"}], "gives the account nothing"),
        ([{"begin": ["notice_period"]}, {"answer": "counterpart"}], "ask for no counterpart"),
        ([{"without_counsel": ["notice_period"]}], "without_counsel names notice_period"),
        ([{"stop": ["plan_sharing"]}], "no 'stop' in a move"),
        ([{"begin": "plan_sharing"}], "begin must be a list of keys"),
        (["plan_sharing"], "a move is a dictionary"),
        ([{"answer": 3}], "answer must be a text"),
    ],
)
def test_moves_that_are_not_possible_are_refused_with_month_and_reason(moves, words):
    with pytest.raises(InputError) as caught:
        play(demand_in(2), moves, seed=1)
    assert words in str(caught.value)


def test_month_after_the_last_is_refused():
    game = play("quiet_partner", play_policy("quiet_partner", play_at_random, seed=1).moves, seed=1)
    with pytest.raises(InputError, match="the year is over"):
        play_month(game, {})


@pytest.mark.parametrize("seed", [-1, 1.5, True, "1"])
def test_seed_that_is_none_is_refused(seed):
    with pytest.raises(InputError, match="seed must be a whole number"):
        start("quiet_partner", seed=seed)


def test_score_before_the_first_month_is_refused():
    with pytest.raises(InputError, match="no month is played"):
        _ = start("quiet_partner", seed=1).score


def test_game_and_moves_given_are_not_changed():
    moves = [{"begin": ["plan_sharing"]}, {}]
    before = copy.deepcopy(moves)
    game = play("quiet_partner", moves, seed=1)
    history, begun = game.history.copy(), game.state.begun.copy()
    play_month(game, Move(begin=("data_link",)))
    assert moves == before
    assert game.history.equals(history)
    assert (game.state.begun == begun).all()
