import pytest

from benchmarks.programme import CONTENDERS, OURS, compare, portfolio, table
from kamtools.selection.other_ways import compare_ways
from kamtools.selection.programme import choose_within


def test_all_contenders_prove_the_same_optimum():
    candidates, limits = portfolio(150, seed=2)
    found = {name: contender(candidates, limits) for name, contender in CONTENDERS.items()}
    assert list(found.values()) == pytest.approx([found[OURS]] * len(CONTENDERS), rel=1e-12)


def test_limits_of_a_portfolio_are_worth_a_programme():
    # By value alone the list is a good deal worse, so that solving it is no formality.
    programme = choose_within(*portfolio(500, seed=2))
    assert compare_ways(programme).loc["by value", "share_of_optimum"] < 0.98
    assert (programme.use["left"] < 0.1 * programme.use["limit"]).sum() >= 2


def test_same_seed_makes_the_same_portfolio():
    assert portfolio(20, seed=1)[0].equals(portfolio(20, seed=1)[0])


def test_table_compares_all_with_ours():
    seconds, apart = compare(40, 2, 1)
    assert apart < 1e-12
    assert table(seconds).count(" × |") == len(CONTENDERS) - 1
