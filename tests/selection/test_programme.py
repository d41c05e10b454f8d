import itertools
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection import exact_choice
from kamtools.selection.limits import Limits, limit_rows
from kamtools.selection.other_ways import BY_VALUE, BY_VALUE_PER_HOUR, compare_ways
from kamtools.selection.programme import choose_within, describe_programme, solve_within, worth

ORACLE_STATE = {
    "bit_generator": "PCG64",
    "state": {
        "state": 85632486076401494641575242748469826193,
        "inc": 125678647535510250935334187538031713567,
    },
    "has_uint32": 0,
    "uinteger": 3024665467,
}
"""State in which the reference calculation of the project begins to draw its portfolios."""


def exact_value(value, hours, capacity):
    """Return the value of the best list by dynamic programming over whole hours."""
    best = np.zeros(capacity + 1)
    for worth_of_it, takes in zip(value, hours, strict=True):
        best[takes:] = np.maximum(best[takes:], best[: capacity + 1 - takes] + worth_of_it)
    return best[capacity]


def best_by_trying_all(candidates, limits):
    """Return the value of the best of all lists, None if none meets the limits."""
    rows = limit_rows(candidates, limits)
    lists = np.array(list(itertools.product([0, 1], repeat=len(candidates))))
    is_met = (lists @ rows.matrix.toarray().T <= rows.upper + 1e-9).all(axis=1)
    ids = candidates.index
    is_met &= (lists[:, ids.isin(limits.include)] == 1).all(axis=1)
    is_met &= (lists[:, ids.isin(limits.exclude)] == 0).all(axis=1)
    worths = lists[is_met] @ candidates["value"].to_numpy()
    return worths.max() if is_met.any() else None


def random_portfolio(rng):
    """Return value, hours and capacity as the reference calculation draws them."""
    value = rng.lognormal(0, 1.2, 60)
    hours = np.clip(np.round(20 * value**0.5 * rng.lognormal(0, 0.5, 60)), 3, 200).astype(int)
    return value, hours, int(0.3 * hours.sum())


@st.composite
def problems(draw):
    n = draw(st.integers(2, 8))
    ids = [f"a{place}" for place in range(n)]
    whole = st.integers(1, 30)
    candidates = pd.DataFrame(
        {
            "value": draw(st.lists(st.integers(-3, 20), min_size=n, max_size=n)),
            "hours": draw(st.lists(whole, min_size=n, max_size=n)),
            "cost": draw(st.lists(whole, min_size=n, max_size=n)),
            "revenue": draw(st.lists(whole, min_size=n, max_size=n)),
            "group": draw(st.lists(st.sampled_from("xyz"), min_size=n, max_size=n)),
            "is_star": draw(st.lists(st.booleans(), min_size=n, max_size=n)),
        },
        index=ids,
    ).astype({"value": float, "hours": float, "cost": float, "revenue": float})
    candidates["revenue_share"] = candidates["revenue"] / candidates["revenue"].sum()
    some = st.lists(st.sampled_from(ids), max_size=2, unique=True)
    include = draw(some)
    limits = Limits(
        hours=draw(st.none() | st.integers(0, 90)),
        budget=draw(st.none() | st.integers(0, 90)),
        accounts=draw(st.none() | st.integers(1, n)),
        concentration=draw(st.none() | st.floats(0.01, 0.5)),
        group_share=draw(st.none() | st.sampled_from([0.4, 0.5, 0.7])),
        stars=draw(st.integers(0, 2)),
        rivals=tuple(draw(st.lists(some.filter(lambda two: len(two) == 2).map(tuple), max_size=2))),
        include=tuple(include),
        exclude=tuple(name for name in draw(some) if name not in include),
    )
    return candidates, limits


@pytest.fixture
def candidates():
    return pd.DataFrame(
        {"value": [10.0, 7.0, 6.0, 2.0], "hours": [60.0, 50.0, 50.0, 5.0],
         "cost": [9.0, 2.0, 2.0, 1.0], "is_star": [False, False, True, True]},
        index=pd.Index(["giant", "middle", "riser", "small"], name="account_id"),
    )  # fmt: skip


def chosen_of(programme):
    return programme.chosen[programme.chosen].index.tolist()


# published: the reference calculation of the project, 300 random portfolios of 60 accounts


def test_short_ways_reach_what_the_reference_calculation_found():
    rng = np.random.default_rng()
    rng.bit_generator.state = ORACLE_STATE
    by_value, by_ratio = [], []
    for _ in range(300):
        value, hours, capacity = random_portfolio(rng)
        candidates = pd.DataFrame({"value": value, "hours": hours.astype(float)})
        programme = choose_within(candidates.rename(index="a{:02d}".format), Limits(hours=capacity))
        assert programme.value == pytest.approx(exact_value(value, hours, capacity), rel=1e-9)
        assert programme.gap == 0
        ways = compare_ways(programme)["share_of_optimum"]
        by_value.append(ways[BY_VALUE])
        by_ratio.append(ways[BY_VALUE_PER_HOUR])
    assert np.mean(by_value) == pytest.approx(0.906, abs=0.0005)
    assert min(by_value) == pytest.approx(0.616, abs=0.0005)
    assert np.mean(by_ratio) == pytest.approx(0.9973, abs=0.00005)
    assert min(by_ratio) == pytest.approx(0.9494, abs=0.00005)


# limit: cases that a manager can check in the head


def test_two_that_fit_beat_the_one_that_is_worth_most(candidates):
    assert chosen_of(choose_within(candidates, Limits(hours=100))) == ["middle", "riser"]


def test_without_limits_everybody_who_is_worth_something_is_chosen(candidates):
    programme = choose_within(candidates.assign(value=[1.0, 0.0, -5.0, 2.0]), Limits())
    assert chosen_of(programme) == ["giant", "small"]
    assert programme.use.empty


def test_rivals_are_never_on_the_list_together(candidates):
    limits = Limits(hours=120, rivals=(("middle", "riser"),))
    assert chosen_of(choose_within(candidates, limits)) == ["giant", "middle", "small"]


def test_least_number_of_stars_pushes_others_out(candidates):
    programme = choose_within(candidates, Limits(hours=65, stars=2))
    assert chosen_of(programme) == ["riser", "small"]
    assert programme.use.loc["stars"].tolist() == [2.0, 2.0, 0.0]


def test_account_that_must_be_in_is_in_whatever_it_is_worth(candidates):
    poor = candidates.assign(value=[10.0, 7.0, 6.0, -2.0])
    assert "small" in chosen_of(choose_within(poor, Limits(hours=100, include=("small",))))


def test_account_that_is_ruled_out_is_out(candidates):
    assert "riser" not in chosen_of(choose_within(candidates, Limits(exclude=("riser",))))


def test_cap_on_concentration_is_on_the_sum_of_squared_shares(candidates):
    shares = candidates.assign(revenue_share=[0.5, 0.3, 0.15, 0.05])
    programme = choose_within(shares, Limits(concentration=0.12))
    assert chosen_of(programme) == ["middle", "riser", "small"]
    assert programme.use.loc["concentration", "used"] == pytest.approx(0.09 + 0.0225 + 0.0025)


def test_no_group_brings_more_than_its_part_of_the_lists_sales(candidates):
    grouped = candidates.assign(revenue=[8.0, 4.0, 4.0, 4.0], group=["x", "x", "y", "z"])
    # All four: x would bring 12 of 20. Without the giant each group brings a third.
    assert chosen_of(choose_within(grouped, Limits(group_share=0.5))) == ["giant", "riser", "small"]
    assert chosen_of(choose_within(grouped, Limits(group_share=0.4))) == [
        "middle", "riser", "small",
    ]  # fmt: skip


def test_prices_say_what_an_hour_is_worth_where_hours_are_short(candidates):
    # In parts: small (0.4 an hour), giant (1/6), then middle at 7 / 50 an hour.
    programme = choose_within(candidates, Limits(hours=100))
    assert programme.prices["hours"] == pytest.approx(0.14)
    assert programme.relaxed == pytest.approx(2 + 10 + 35 * 0.14)
    assert choose_within(candidates, Limits(hours=500)).prices["hours"] == 0


def test_words_say_what_is_chosen_and_that_it_is_proven(candidates):
    told = describe_programme(choose_within(candidates, Limits(hours=100, budget=10.0)))
    assert told == (
        "2 of 4 accounts are chosen, worth 13 points together: they take 100 of 100 hours, "
        "4 of 10 of the budget. No list within the limits is worth more (proven)."
    )


def test_value_in_money_is_told_as_money(candidates):
    told = describe_programme(choose_within(candidates, Limits(accounts=1)), currency="EUR")
    assert "1 of 4 accounts is chosen, worth EUR 10." in told
    assert worth(1234.5, None) == "1,230 points"


# property


@given(problems())
@settings(max_examples=200)
def test_no_list_is_better_and_all_limits_are_met(problem):
    candidates, limits = problem
    expected = best_by_trying_all(candidates, limits)
    if expected is None:
        with pytest.raises(InputError, match="no list meets all limits"):
            choose_within(candidates, limits)
        return
    programme = choose_within(candidates, limits)
    assert programme.value == pytest.approx(expected, abs=1e-6)
    assert programme.value <= programme.bound <= programme.relaxed + 1e-6
    rows = limit_rows(candidates, limits)
    use = rows.matrix @ programme.chosen.to_numpy(dtype=float)
    assert (use <= rows.upper + 1e-4).all()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_list_equals_that_of_dynamic_programming(seed):
    value, hours, capacity = random_portfolio(np.random.default_rng(seed))
    candidates = pd.DataFrame({"value": value, "hours": hours.astype(float)})
    programme = choose_within(candidates.rename(index=str), Limits(hours=capacity))
    assert programme.value == pytest.approx(exact_value(value, hours, capacity), rel=1e-9)


@given(problems(), st.randoms(use_true_random=False))
def test_list_does_not_depend_on_the_order_of_the_candidates(problem, random):
    candidates, limits = problem
    order = list(candidates.index)
    random.shuffle(order)
    try:
        programme = choose_within(candidates, limits)
    except InputError:
        return
    again = choose_within(candidates.loc[order], limits).chosen
    pd.testing.assert_series_equal(again.loc[candidates.index], programme.chosen)


@given(problems(), st.floats(0.01, 1000))
def test_list_does_not_depend_on_the_unit_of_value(problem, unit):
    candidates, limits = problem
    try:
        programme = choose_within(candidates, limits)
    except InputError:
        return
    again = choose_within(candidates.assign(value=candidates["value"] * unit), limits)
    assert again.value == pytest.approx(programme.value * unit, rel=1e-6, abs=1e-6 * unit)


@given(problems())
def test_solver_finds_the_same_where_few_changes_do_not_settle_it(problem):
    candidates, limits = problem
    expected = best_by_trying_all(candidates, limits)
    with patch.object(exact_choice, "best_near", return_value=None):
        choice = solve_within(candidates, limits)
    assert (choice is None) == (expected is None)
    if choice is not None:
        assert choice.value == pytest.approx(expected, abs=1e-6)
        assert choice.bound == choice.value


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_few_changes_and_solver_agree_on_portfolios_of_three_limits(seed):
    rng = np.random.default_rng(seed)
    value, hours, capacity = random_portfolio(rng)
    cost = (hours * rng.uniform(30, 70, 60)).round(2)
    candidates = pd.DataFrame({"value": value, "hours": hours.astype(float), "cost": cost})
    limits = Limits(hours=capacity, budget=0.3 * cost.sum(), accounts=15)
    settled = solve_within(candidates, limits)
    with patch.object(exact_choice, "best_near", return_value=None):
        solved = solve_within(candidates, limits)
    assert settled.value == pytest.approx(solved.value, rel=1e-9)


def test_large_programme_by_the_solver_is_proven_and_writes_nothing(capfd):
    rng = np.random.default_rng(3)
    n = 3_000
    value = rng.lognormal(0, 1.2, n)
    hours = np.clip(20 * value**0.5 * rng.lognormal(0, 0.5, n), 3, 400).round(1)
    candidates = pd.DataFrame(
        {"value": value, "hours": hours, "cost": (hours * 48 * rng.uniform(0.8, 1.2, n)).round(2)},
        index=[f"a{place:04d}" for place in range(n)],
    )
    limits = Limits(hours=0.05 * hours.sum(), budget=0.055 * candidates["cost"].sum(), accounts=90)
    settled = choose_within(candidates, limits)
    with patch.object(exact_choice, "best_near", return_value=None):
        programme = choose_within(candidates, limits)
        near = choose_within(candidates, limits, gap=0.01)
    assert settled.value == pytest.approx(programme.value, rel=1e-9)
    assert programme.gap == settled.gap == 0
    assert near.value <= programme.value <= near.bound
    assert near.gap <= 0.01
    assert capfd.readouterr() == ("", "")


def test_accounts_that_are_all_alike_fill_the_list(candidates):
    # Every account has the same price: nothing tells the core from the rest.
    alike = pd.DataFrame({"value": 1.0, "hours": 10.0}, index=[f"a{n:03d}" for n in range(300)])
    assert choose_within(alike, Limits(hours=1005)).value == 100


# refusal


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            Limits(hours=50, stars=2),
            "at most 50 hours and at least 2 Stars fight. There would be one with 55 hours, or "
            "with no more than 1 Star",
        ),
        (
            Limits(hours=20, budget=100, include=("giant",)),
            "at most 20 hours and giant on the list fight. There would be one with 60 hours, or "
            "without: giant on the list",
        ),
        (
            Limits(include=("giant", "riser"), rivals=(("giant", "riser"),)),
            "There would be one without: no two rivals together, or without: giant and riser",
        ),
        (Limits(stars=3), "at least 3 Stars cannot be met. There would be one with no more than 2"),
        (
            Limits(budget=3, accounts=1, stars=2),
            "at most 1 account and at least 2 Stars fight. There would be one with 2 accounts",
        ),
    ],
)
def test_limits_that_fight_are_named_with_a_way_out(candidates, limits, message):
    with pytest.raises(InputError, match=message):
        choose_within(candidates, limits)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(hours=-1), "the limit on hours must be a number of at least 0; got -1"),
        (Limits(hours=float("nan")), "must be a number of at least 0; got nan"),
        (Limits(accounts=0), "accounts must be a whole number of at least 1; got 0"),
        (Limits(stars=1.5), "stars must be a whole number of at least 0; got 1.5"),
        (Limits(group_share=0), "group_share must be above 0 and up to 1; got 0"),
        (Limits(concentration=0.1), "concentration needs the column 'revenue_share'"),
        (Limits(rivals=(("giant",),)), "rivals are sets of two or more accounts"),
        (Limits(rivals=(("giant", "ghost"),)), "rivals names 'ghost', which is not among"),
        (Limits(include=("ghost",)), "include names 'ghost'"),
        (Limits(include=("giant",), exclude=("giant",)), "giant cannot be both in include and"),
    ],
)
def test_limits_that_make_no_sense_are_refused(candidates, limits, message):
    with pytest.raises(InputError, match=message):
        choose_within(candidates, limits)


def test_hours_that_are_not_known_are_refused_with_the_first_account(candidates):
    with pytest.raises(InputError, match="it is not for 1, first 'middle'"):
        choose_within(candidates.assign(hours=[1.0, np.nan, 1.0, 1.0]), Limits(hours=10))


def test_value_that_is_not_known_is_refused(candidates):
    with pytest.raises(InputError, match=r"value must be known .* 2, first 'giant'"):
        choose_within(candidates.assign(value=[np.nan, 1.0, np.inf, 1.0]), Limits())


def test_candidates_that_stand_twice_or_not_at_all_are_refused(candidates):
    with pytest.raises(InputError, match="'giant' more than once"):
        choose_within(pd.concat([candidates, candidates]), Limits())
    with pytest.raises(InputError, match="there are no candidates"):
        choose_within(candidates.iloc[:0], Limits())
    with pytest.raises(InputError, match="lack the column value"):
        choose_within(candidates.drop(columns="value"), Limits())


# purity


def test_candidates_stay_as_they_were(candidates):
    before = candidates.copy(deep=True)
    choose_within(candidates, Limits(hours=100, stars=1))
    pd.testing.assert_frame_equal(candidates, before)
