from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.characteristic_parts import PARTS, measure_parts, part_scores
from kamtools.selection.characteristics import (
    CHARACTERISTICS,
    describe_profiles,
    profiles,
)

AS_OF = date(2024, 12, 31)
NAMES = [part.name for part in PARTS]


@pytest.fixture
def scorecard():
    return pd.DataFrame(
        {"revenue": [900.0, 90.0, 10.0], "revenue_previous": [800.0, 30.0, 20.0],
         "growth": [0.125, 2.0, -0.5], "revenue_share": [0.9, 0.09, 0.01],
         "margin": [200.0, 40.0, -5.0], "regularity": [1.0, 1.0, 0.25],
         "volatility": [0.0, 0.5, 2.0], "tenure_months": [60, 12, 3],
         "returns_rate": [0.0, 0.05, 0.25]},
        index=pd.Index(["giant", "riser", "small"], name="account_id"),
    )  # fmt: skip


@pytest.fixture
def tables():
    return {
        "accounts": pd.DataFrame(
            {"account_id": ["giant", "riser"], "strategic_fit_rating": [1.0, 5.0],
             "growth_potential_rating": [1.0, 5.0], "relationship_rating": [1.0, 5.0],
             "bargaining_power_rating": [5.0, 1.0]}
        ),
        "relationship": pd.DataFrame(
            {"account_id": ["giant"], "share_of_wallet": [0.9], "months_to_replace_them": [24.0]}
        ),
        "service": pd.DataFrame(
            {"account_id": ["giant"], "date": pd.to_datetime(["2024-06-30"]), "hours": [9.0]}
        ),
        "initiatives": pd.DataFrame({"account_id": ["riser", "riser", None]}),
        "forecast": pd.DataFrame({"revenue": [900.0, 180.0]}, index=["giant", "riser"]),
    }  # fmt: skip


def nothing_known(**known):
    return pd.DataFrame({name: [known.get(name, np.nan)] for name in NAMES}, index=["a"])


# published


def test_share_from_which_accounting_rules_ask_for_a_name_counts_fully():
    # ASC 280-10-50-42: each customer of 10 % or more of revenue is disclosed.
    scores = profiles(nothing_known(revenue_share=0.10)).scores
    assert scores.loc["a", "share"] == 1


# limit


def test_share_of_one_in_a_hundred_is_half_way_from_one_in_a_thousand_to_one_in_ten():
    assert profiles(nothing_known(revenue_share=0.01)).scores.loc["a", "share"] == (
        pytest.approx(0.5)
    )


def test_future_share_is_enough_where_the_present_one_is_small():
    parts = nothing_known(revenue_share=0.001, margin_share=0.001, expected_share=0.1)
    assert profiles(parts).scores.loc["a", "share"] == 1


def test_stability_without_potential_is_not_the_characteristic():
    parts = nothing_known(regularity=1.0, volatility=0.0, tenure_months=60, growth=-0.5)
    assert profiles(parts).scores.loc["a", "stable_with_potential"] == 0


def test_either_hunger_for_service_or_hard_bargaining_makes_an_account_demanding():
    assert profiles(nothing_known(service_cost_rate=0.5)).scores.loc["a", "demanding"] == 1
    both = nothing_known(service_cost_rate=0.0, bargaining_power=5.0)
    assert profiles(both).scores.loc["a", "demanding"] == 1


def test_few_returns_alone_do_not_make_an_account_cheap_to_serve():
    found = profiles(nothing_known(returns_rate=0.0))
    assert np.isnan(found.scores.loc["a", "demanding"])
    assert found.rests_on.loc["a", "demanding"] == "returns: 0 %"
    assert "is not known" in describe_profiles(found)["a"]


def test_growth_of_the_others_says_how_long_a_loss_would_hurt(scorecard):
    # The others of the riser gained 100 in a year: 90 takes 10.8 months; small gained nothing.
    months = measure_parts(scorecard, as_of=AS_OF)["months_of_growth"]
    assert months.round(1).tolist() == [180.0, 10.8, 0.8]


def test_firm_in_which_nobody_else_grows_never_makes_up_for_a_loss(scorecard):
    still = scorecard.assign(revenue_previous=scorecard["revenue"])
    found = profiles(measure_parts(still, as_of=AS_OF))
    assert found.scores["hard_to_replace"].tolist() == [1.0, 1.0, 1.0]
    assert found.rests_on.loc["giant", "hard_to_replace"].endswith("never")


def test_profiles_say_what_they_rest_on_and_what_is_missing(scorecard, tables):
    found = profiles(measure_parts(scorecard, as_of=AS_OF, cost_per_hour=50.0, **tables))
    assert found.scores.loc["giant"].tolist() == pytest.approx([1.0, 1.0, 0.2, 1.0, 0.0], abs=0.05)
    assert found.rests_on.loc["riser", "fits"] == (
        "strategic fit: 100 %; quality of the relationship: 5 of 5; planned steps that touch it: 2"
    )
    assert found.rests_on.loc["giant", "demanding"] == (
        "cost of service to sales: 50 %; returns: 0 %; bargaining power: 5 of 5"
    )
    assert found.missing.loc["small", "fits"] == (
        "strategic fit; quality of the relationship; planned steps that touch it"
    )
    assert found.missing.loc["riser", "hard_to_replace"] == "time to replace it, as judged"


def test_sentence_names_the_cost_apart_from_the_merits(scorecard, tables):
    parts = measure_parts(scorecard, as_of=AS_OF, cost_per_hour=50.0, **tables)
    told = describe_profiles(profiles(parts))
    assert told["giant"] == (
        "Yes: large share of sales, now or in future (1.00); hard to replace (1.00). No: stable, "
        "with potential (0.21); fits our development (0.00). It costs: takes much or bargains "
        "hard (1.00)."
    )


def test_firm_with_invoices_only_gets_what_invoices_tell(scorecard):
    found = profiles(measure_parts(scorecard, as_of=AS_OF))
    known = found.scores.notna().all()
    assert known[known].index.tolist() == ["share", "hard_to_replace", "stable_with_potential"]
    assert "Not known: fits our development." in describe_profiles(found)["giant"]


def test_only_the_cost_is_no_merit():
    costs = [(c.name, c.claim) for c in CHARACTERISTICS if not c.is_merit]
    assert costs == [("demanding", "E20")]
    assert [c.claim for c in CHARACTERISTICS] == ["E17", "E18", "E19", "E20", "E21"]


# property


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(-5, 100), max_size=12))
def test_scores_are_shares_or_not_known(known):
    scores = profiles(nothing_known(**known)).scores.to_numpy()
    assert (np.isnan(scores) | ((scores >= 0) & (scores <= 1))).all()


@given(st.sampled_from(PARTS), st.floats(-10, 200), st.floats(0, 50))
def test_more_towards_the_good_anchor_never_lowers_a_part(part, value, more):
    step = more if part.anchors[1] > part.anchors[0] else -more
    measured = pd.DataFrame({part.name: [value, value + step]})
    before, after = part_scores(measured, parts=[part])[part.name]
    assert after >= before - 1e-12


@given(st.sets(st.sampled_from(NAMES)))
def test_every_fact_is_either_rested_on_or_missing(known):
    found = profiles(nothing_known(**dict.fromkeys(known, 1.0)))
    told = "; ".join(found.rests_on.loc["a"])
    lacking = "; ".join(found.missing.loc["a"])
    for part in PARTS:
        assert (f"{part.label}: " in told) == (part.name in known)
        assert (part.label in lacking.split("; ")) == (part.name not in known)


# refusal


def test_scorecard_without_a_column_is_refused(scorecard):
    with pytest.raises(InputError, match="the scorecard lacks the column volatility"):
        measure_parts(scorecard.drop(columns="volatility"), as_of=AS_OF)
    with pytest.raises(InputError, match="the parts of the characteristics lack joint_steps"):
        profiles(nothing_known().drop(columns="joint_steps"))


def test_goals_without_accounts_are_refused(scorecard):
    with pytest.raises(InputError, match="goals name columns of accounts"):
        measure_parts(scorecard, goals=[{"name": "x", "column": "segment"}], as_of=AS_OF)


# purity


def test_tables_of_the_firm_stay_as_they_were(scorecard, tables):
    before = {name: table.copy(deep=True) for name, table in tables.items()}
    card = scorecard.copy(deep=True)
    profiles(measure_parts(scorecard, as_of=AS_OF, **tables))
    pd.testing.assert_frame_equal(scorecard, card)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, before[name])
