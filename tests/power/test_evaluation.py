import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.evaluation import Trial, clean_effect, clean_weights, read_trial


def trial(outcome, starts):
    outcome = np.array(outcome, dtype=float)
    return Trial(
        pd.Index(range(len(outcome))), np.arange(1.0, outcome.shape[1] + 1), outcome,
        np.array(starts, dtype=float), np.zeros(len(outcome), dtype=int),
    )  # fmt: skip


def tables(outcome, starts):
    made = trial(outcome, starts)
    panel = pd.DataFrame(
        {"account_id": np.repeat([f"A{row}" for row in made.accounts], len(made.periods)),
         "period": np.tile(made.periods, len(made.accounts)), "wait": made.outcome.ravel()}
    )  # fmt: skip
    return panel, pd.DataFrame({"account_id": panel["account_id"].unique(), "start": made.starts})


DESIGNS = st.lists(
    st.sampled_from([2.0, 3.0, 4.0, 5.0, np.inf]), min_size=3, max_size=8
).filter(lambda starts: len(set(starts)) > 1)  # fmt: skip


def test_new_jersey_s_minimum_wage_by_the_means_of_card_and_krueger():
    # American Economic Review 84 (1994), table 3: 20.44 to 21.03 in NJ, 23.33 to 21.17 in PA
    assert clean_effect(trial([[20.44, 21.03], [23.33, 21.17]], [2, np.inf])) == pytest.approx(2.75)


def test_a_staggered_start_worked_by_hand():
    # a starts in 2, b in 3, c never. Changes against the own periods before:
    # a in 2: 14 − 10 = 4, b and c then +1 and +1: 3. a in 3: 6, c alone is left: +3, so 3.
    # b in 3: 29 − 20.5 = 8.5, c: 33 − 30.5 = 2.5, so 6. Mean of the three cells: 4.
    outcome = [[10, 14, 16], [20, 21, 29], [30, 31, 33]]
    assert clean_effect(trial(outcome, [2, 3, np.inf])) == pytest.approx(4)


@settings(deadline=None)
@given(DESIGNS, st.floats(-50, 50), st.integers(0, 1_000))
def test_a_constant_effect_is_found_whatever_accounts_and_quarters_do_by_themselves(
    starts, effect, seed
):
    rng = np.random.default_rng(seed)
    levels, common = rng.normal(0, 50, (len(starts), 1)), rng.normal(0, 20, 5)
    on = np.arange(1, 6) >= np.array(starts)[:, None]
    assert clean_effect(trial(levels + common + effect * on, starts)) == pytest.approx(
        effect, abs=1e-9
    )


@settings(deadline=None)
@given(DESIGNS)
def test_an_account_that_has_started_is_never_compared_with(starts):
    # Whatever the outcome of a started account, it enters with a weight of 0 or more.
    periods = np.arange(1.0, 6)
    weights = clean_weights(np.array(starts), periods)
    on = periods >= np.array(starts)[:, None]
    assert (weights[on] >= 0).all()
    assert weights[on].sum() == pytest.approx(1)
    assert weights.sum(axis=0) == pytest.approx(0)
    assert weights.sum(axis=1) == pytest.approx(0)


@given(DESIGNS, st.randoms())
def test_the_order_of_accounts_does_not_matter(starts, random):
    order = list(range(len(starts)))
    random.shuffle(order)
    periods = np.arange(1.0, 6)
    weights = clean_weights(np.array(starts), periods)
    mixed = clean_weights(np.array(starts)[order], periods)
    np.testing.assert_allclose(mixed, weights[order], atol=1e-12)


def test_many_lots_have_the_weights_of_each_alone():
    lots = np.array([[2, 3, np.inf], [np.inf, 2, 3], [3, np.inf, 2]])
    periods = np.arange(1.0, 4)
    together = clean_weights(lots, periods)
    for lot, weights in zip(lots, together, strict=True):
        np.testing.assert_allclose(clean_weights(lot, periods), weights)


def test_a_growing_effect_is_not_held_against_the_measure():
    # Effect 1 in the first quarter with the measure and one more in each: mean over clean cells.
    periods = np.arange(1, 6)
    starts = np.array([2, 4, np.inf])
    grown = np.where(periods >= starts[:, None], periods - starts[:, None] + 1, 0.0)
    assert clean_effect(trial(np.nan_to_num(grown, neginf=0), starts)) == pytest.approx(
        (1 + 2 + 3 + 4 + 1 + 2) / 6
    )


def test_tables_are_read_by_account_and_period_whatever_their_order():
    panel, design = tables([[1, 2, 3], [4, 5, 6]], [2, np.inf])
    mixed = read_trial(panel.sample(frac=1, random_state=1), design.iloc[::-1], outcome="wait")
    assert mixed.outcome.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert mixed.starts.tolist() == [2, np.inf]


def test_all_starting_at_once_leaves_nobody_to_compare_with():
    with pytest.raises(InputError, match="nobody is left to compare with"):
        clean_effect(trial([[1, 2], [3, 4]], [2, 2]))


def test_holes_doubles_and_missing_accounts_are_refused():
    panel, design = tables([[1, 2, 3], [4, 5, 6]], [2, np.inf])
    for bad, plan, message in (
        (panel.drop(columns="wait"), design, "outcomes of a trial need the columns wait"),
        (panel, design.drop(columns="start"), "design of a trial need the columns start"),
        (pd.concat([panel, panel.head(1)]), design, "stands twice"),
        (panel, pd.concat([design, design]), "stands twice"),
        (panel.iloc[1:], design, "A0 lacks wait in a period"),
        (panel, design.head(1), "A1 is not in both"),
        (panel, design.assign(start=[1.0, np.inf]), "starts in the first period"),
        (panel, design.assign(start=np.inf), "no account starts within the periods"),
    ):
        with pytest.raises(InputError, match=message):
            read_trial(bad, plan, outcome="wait")


def test_tables_and_trial_are_not_modified():
    panel, design = tables([[1, 2, 3], [4, 5, 6]], [2, np.inf])
    kept = panel.copy(), design.copy()
    made = read_trial(panel, design, outcome="wait")
    before = made.outcome.copy()
    clean_effect(made)
    pd.testing.assert_frame_equal(panel, kept[0])
    pd.testing.assert_frame_equal(design, kept[1])
    np.testing.assert_array_equal(made.outcome, before)
