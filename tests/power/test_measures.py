import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.measure_checks import check_measures
from kamtools.power.measures import default_measures, measure_list, merge_measures
from kamtools.power.planner_sets import MOST_MEASURES


def given_measures(**columns):
    return pd.DataFrame({name: [value] for name, value in columns.items()})


def test_default_library_passes_its_own_checks():
    check_measures(default_measures())


def test_every_number_of_the_library_is_called_an_assumption():
    assert set(default_measures()["basis"]) == {"assumption"}


def test_library_covers_all_four_operations_of_emerson():
    # Emerson (1962): exactly four balancing operations; 0 is contract and law.
    assert set(measure_list(default_measures())["operation"]) == {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("measure", "side", "rises"),
    [("withdrawal", "supplier", False), ("diversification", "supplier", False),
     ("advance_notice", "account", True), ("co_development", "account", True)],
)  # fmt: skip
def test_stakes_move_as_emersons_operation_says(measure, side, rises):
    table = default_measures()
    own = table[(table["measure"] == measure) & (table["side"] == side)]
    stake = own.loc[own["acts_on"] == "stake", "effect"].iloc[0]
    assert (stake > 0) == rises


def test_briefing_stops_at_rivals_future_prices_and_other_clients_lines():
    words = measure_list(default_measures()).loc["market_briefing", "guard_rail"]
    for part in ("future prices", "another client", "licensed", "source and a date"):
        assert part in words


def test_coalition_names_cartel_law_and_price_notice_names_counsel():
    listed = measure_list(default_measures())
    assert "Cartel law" in listed.loc["coalition", "guard_rail"]
    assert "price change needs counsel" in listed.loc["advance_notice", "guard_rail"]
    assert set(listed.loc[["coalition", "market_briefing", "advance_notice"], "legal"]) == {
        "counsel"
    }


def test_every_measure_has_evidence_source_and_guard_rail():
    listed = measure_list(default_measures())
    assert (listed[["evidence", "source", "guard_rail"]] != "").all(axis=None)


def test_no_measure_is_graded_as_measured_in_several_studies():
    # methods C5: no study of these measures by a weak supplier was found.
    assert "A" not in set(default_measures()["grade"])


def test_library_is_small_enough_to_look_at_every_set():
    assert len(measure_list(default_measures())) <= MOST_MEASURES


def test_what_raises_a_stake_does_not_grow_with_the_number_of_parts():
    table = default_measures()
    raises = table[(table["acts_on"] == "stake") & (table["effect"] > 0)]
    assert set(raises["part"]) == {"largest"}


def test_nothing_given_leaves_the_default():
    pd.testing.assert_frame_equal(merge_measures(None), default_measures())
    pd.testing.assert_frame_equal(merge_measures(pd.DataFrame()), default_measures())


def test_own_cost_keeps_the_default_effects():
    merged = merge_measures(given_measures(measure="coalition", cost="9000"))
    row = merged[merged["measure"] == "coalition"].iloc[0]
    assert row[["cost_low", "cost", "cost_high"]].tolist() == [9000] * 3
    assert (row["effect"], row["basis"]) == (-0.18, "the firm")


def test_own_effects_replace_all_default_ones_of_the_measure():
    own = given_measures(measure="market_briefing", side="account", part="shoppers",
                         acts_on="stake", effect=0.2)  # fmt: skip
    rows = merge_measures(own).query("measure == 'market_briefing'")
    assert len(rows) == 1
    assert rows[["part", "effect_low", "effect", "effect_high"]].iloc[0].tolist() == [
        "shoppers", 0.2, 0.2, 0.2
    ]  # fmt: skip


def test_new_measure_is_added_at_the_end():
    own = given_measures(measure="联合品牌", operation=3, side="account", acts_on="stake",
                         effect=0.1, cost=100, months_to_work=3)  # fmt: skip
    merged = merge_measures(own)
    assert merged["measure"].iloc[-1] == "联合品牌"
    assert merged.iloc[-1][["label", "part", "scope", "grade"]].tolist() == [
        "联合品牌", "all", "account", "D"
    ]  # fmt: skip


@pytest.mark.parametrize("no", [False, 0, 0.0, "0", "false", "No "])
def test_use_without_a_yes_takes_a_measure_out(no):
    own = pd.DataFrame({"measure": ["coalition", "withdrawal"], "use": [no, None],
                        "cost": [None, 5.0]})  # fmt: skip
    merged = merge_measures(own)
    assert "coalition" not in set(merged["measure"])
    assert set(merged.loc[merged["measure"] == "withdrawal", "cost"]) == {5.0}


def test_use_as_numbers_with_blanks_is_read():
    own = pd.DataFrame({"measure": ["coalition", "withdrawal"], "use": [0.0, float("nan")]})
    assert {"coalition", "withdrawal"} & set(merge_measures(own)["measure"]) == {"withdrawal"}


def test_none_takes_away_what_a_measure_needs():
    merged = merge_measures(given_measures(measure="advance_notice", needs="none"))
    assert measure_list(merged).loc["advance_notice", "needs"] == ""


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"label": "x"}, "need the column measure"),
        ({"measure": ""}, "row 1 has no measure"),
        ({"measure": "coalition", "cost": "cheap"}, "cost must be a number; got 'cheap'"),
        ({"measure": "coalition", "use": "perhaps"}, "use must be 0 or 1; got 'perhaps'"),
        ({"measure": "coalition", "cost": -1}, "cost needs low ≤ middle ≤ high, numbers of at"),
        ({"measure": "coalition", "operation": 7}, "operation must be one of 0, 1, 2, 3, 4"),
        ({"measure": "coalition", "legal": "maybe"}, "legal must be one of clear, counsel"),
        ({"measure": "coalition", "months_to_work": -2}, "months_to_work must be a number"),
        ({"measure": "coalition", "needs": "luck"}, "coalition needs luck, not among"),
        ({"measure": "coalition", "excludes": "coalition"}, "coalition excludes itself"),
        ({"measure": "coalition", "side": "account", "acts_on": "stake", "effect": 1.2},
         "effect needs low ≤ middle ≤ high, numbers from -1 to 1"),
        ({"measure": "new"}, "new is not among the default ones: a new one needs"),
        ({"measure": "advance_notise", "cost": 1}, "did you mean advance_notice"),
        ({"measure": "plan_sharing", "use": False},
         r"advance_notice needs plan_sharing.*take advance_notice out too"),
    ],
)  # fmt: skip
def test_impossible_rows_are_refused_with_the_measure_and_what_came(columns, message):
    with pytest.raises(InputError, match=message):
        merge_measures(given_measures(**columns))


def test_same_effect_twice_is_refused():
    own = pd.DataFrame({"measure": ["coalition"] * 2, "side": "account", "part": "all",
                        "acts_on": "stake", "effect": [0.1, 0.2]})  # fmt: skip
    with pytest.raises(InputError, match="same effect twice"):
        merge_measures(own)


def test_counsel_without_guard_rail_is_refused():
    table = default_measures().assign(guard_rail="")
    with pytest.raises(InputError, match="needs a guard_rail, since counsel"):
        check_measures(table)


def test_given_table_is_not_modified():
    own = given_measures(measure="coalition", cost="9000")
    before = own.copy()
    merge_measures(own)
    pd.testing.assert_frame_equal(own, before)


@settings(deadline=None, max_examples=15)
@given(st.floats(0, 1e6), st.sampled_from(sorted(set(default_measures()["measure"]))))
def test_merging_the_same_table_twice_changes_nothing_more(cost, measure):
    own = given_measures(measure=measure, cost=cost)
    once = merge_measures(own)
    pd.testing.assert_frame_equal(once, merge_measures(once))
