import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.attractiveness import attractiveness, standard_anchors
from kamtools.selection.business_strength import (
    business_strength,
    describe_strength,
    relative_strength,
)
from kamtools.selection.matrix import (
    CELLS,
    NOT_PLACED,
    POLICIES,
    describe_matrix,
    is_star,
    portfolio_matrix,
)

IDS = pd.Index(["a", "b", "c", "d"], name="account_id")


@pytest.fixture
def strengths():
    return pd.DataFrame(
        [
            ("a", "price", 3.0, 6.0, "Ox", 8.0),
            ("a", "price", 3.0, 6.0, "Elk", 5.0),
            ("a", "service", 1.0, 9.0, "Ox", 3.0),
            ("a", "service", 1.0, 9.0, "Elk", 9.0),
            ("b", "quality", 2.0, 4.0, "Ox", 8.0),
        ],
        columns=["account_id", "factor", "weight", "us", "rival", "rating"],
    )


@pytest.fixture
def strength():
    return pd.DataFrame({"strength": [1.5, 0.5, 1.2, 0.4], "basis": "", "missing": ""}, index=IDS)


# published: cells and policies as McDonald and Woodburn's frame is told (see `matrix`)


def test_four_cells_carry_the_published_names_and_policies():
    assert POLICIES == {
        "strategic": "Invest, and ensure profit",
        "star": "Invest; need not be profitable yet",
        "status": "Maintain",
        "streamline": "Manage for profit",
    }
    assert {(cell.is_attractive, cell.is_strong) for cell in CELLS} == {
        (True, True), (True, False), (False, True), (False, False),
    }  # fmt: skip


def test_strength_is_ours_over_that_of_the_best_rival(strengths):
    # 3·6 + 1·9 = 27 against 3·8 + 1·3 = 27 of Ox and 3·5 + 1·9 = 24 of Elk.
    table = relative_strength(strengths)
    assert table.loc["a"].tolist() == [1.0, "Ox", "price"]
    assert table.loc["b"].tolist() == [0.5, "Ox", "quality"]


# limit


def test_account_that_rates_us_like_the_best_rival_in_everything_is_level(strengths):
    alike = strengths.assign(rating=strengths["us"])
    assert relative_strength(alike)["strength"].tolist() == [1.0, 1.0]
    assert relative_strength(alike)["worst_factor"].tolist() == ["", ""]


def test_rival_rated_in_some_factors_is_compared_over_those(strengths):
    without = strengths.drop(index=2)  # Ox is not rated in service: 18 against 24
    assert relative_strength(without).loc["a", "strength"] == 0.75


def test_half_the_wallet_and_a_middling_relationship_stand_in_for_level():
    relationship = pd.DataFrame({"account_id": ["a", "b"], "share_of_wallet": [0.5, 0.1]})
    accounts = pd.DataFrame({"account_id": ["a", "c"], "relationship_rating": [3.0, 5.0]})
    table = business_strength(IDS, relationship=relationship, accounts=accounts)
    assert table["strength"].tolist()[:3] == [1.0, 0.2, 2.0]
    assert np.isnan(table.loc["d", "strength"])
    assert table["basis"].tolist() == [
        "stand-in: share of wallet and quality of the relationship",
        "stand-in: share of wallet",
        "stand-in: quality of the relationship",
        "not known",
    ]
    assert table.loc["a", "missing"] == "how the client rates us and our rivals"


def test_what_the_client_said_comes_before_stand_ins(strengths):
    accounts = pd.DataFrame({"account_id": ["a", "c"], "relationship_rating": [5.0, 5.0]})
    table = business_strength(IDS, strengths=strengths, accounts=accounts)
    assert table["strength"].tolist()[:3] == [1.0, 0.5, 2.0]
    assert table.loc["b", "basis"] == "the client's success factors against Ox"
    assert table.loc["b", "behind_in"] == "quality"
    assert table.loc["b", "missing"] == ""
    assert describe_strength(table) == (
        "2 of 4 clients were asked how they rate us against our rivals: share of wallet and "
        "quality of the relationship stand in for 1 of 4 accounts, and nothing is known of 1."
    )


def test_accounts_fall_into_the_four_cells(strength):
    table = portfolio_matrix(pd.Series([8.0, 8.0, 3.0, 3.0], index=IDS), strength)
    assert table["cell"].tolist() == ["strategic", "star", "status", "streamline"]
    assert table["near"].tolist() == [""] * 4
    assert is_star(table).tolist() == [False, True, False, False]


def test_account_on_a_cut_off_is_on_its_better_side_and_near_the_other(strength):
    level = strength.assign(strength=1.0)
    table = portfolio_matrix(pd.Series(5.5, index=IDS), level)
    assert set(table["cell"]) == {"strategic"}
    assert set(table["near"]) == {"status, star"}


def test_moving_a_cut_off_moves_accounts_across_it(strength):
    attractive = pd.Series([8.0, 8.0, 3.0, 3.0], index=IDS)
    assert set(portfolio_matrix(attractive, strength, attractive_from=2)["cell"]) == {
        "strategic", "star",
    }  # fmt: skip
    assert set(portfolio_matrix(attractive, strength, strong_from=0.1)["cell"]) == {
        "strategic", "status",
    }  # fmt: skip


def test_account_of_which_too_little_is_known_is_not_placed(strength):
    attractive = pd.Series([8.0, np.nan, 8.0, 8.0], index=IDS)
    table = portfolio_matrix(attractive, strength.assign(strength=[np.nan, 1.0, 1.0, 0.2]))
    assert table["cell"].tolist() == [NOT_PLACED, NOT_PLACED, "strategic", "star"]
    assert table["policy"].tolist()[:2] == ["", ""]


def test_words_name_the_accounts_to_invest_in_and_count_the_others(strength):
    table = portfolio_matrix(pd.Series([8.0, 5.6, 3.0, 3.0], index=IDS), strength)
    assert describe_matrix(table, names={"a": "Harbour"}) == (
        "Strategic: 1 account, Harbour (invest, and ensure profit). Star: 1 account, b (invest; "
        "need not be profitable yet). Status: 1 account (maintain). Streamline: 1 account "
        "(manage for profit). Near a cut-off, and moved by a small shift of it: 1."
    )


def test_attractiveness_goes_from_one_to_ten_and_no_further():
    values = pd.DataFrame({"growth_potential": [1.0, 3.0, 5.0, 9.0]}, index=IDS)
    result = attractiveness(
        values, pd.Series({"growth_potential": 1.0}), pd.Series({"growth_potential": "max"})
    )
    assert result.tolist() == [1.0, 5.5, 10.0, 10.0]


def test_quality_of_the_relationship_is_left_to_the_other_axis():
    values = pd.DataFrame({"growth_potential": [1.0, 5.0], "relationship": [5.0, 1.0]})
    objectives = pd.Series("max", index=values.columns)
    weights = pd.Series({"growth_potential": 0.2, "relationship": 0.8})
    assert attractiveness(values, weights, objectives).tolist() == [1.0, 10.0]


def test_less_is_better_where_the_criterion_says_so():
    values = pd.DataFrame({"bargaining_power": [1.0, 5.0]})
    weights, objectives = (
        pd.Series({"bargaining_power": 1.0}),
        pd.Series({"bargaining_power": "min"}),
    )
    assert attractiveness(values, weights, objectives).tolist() == [10.0, 1.0]


def test_ends_of_money_come_from_the_firm_and_those_of_ratings_are_written():
    values = pd.DataFrame({"margin": [0.5, 4.0], "strategic_fit": [0.2, 0.3], "growth": 0.0})
    anchors = standard_anchors(values)
    assert anchors.loc["margin", ["low", "high"]].tolist() == [0.0, 4.0]
    assert anchors.loc["strategic_fit", ["low", "high"]].tolist() == [0.0, 1.0]
    assert anchors.loc["growth", ["low", "high"]].tolist() == [-1.0, 1.0]
    assert anchors["basis"].str.startswith("from").tolist() == [True, False, False]


# property

RATING = st.floats(1, 10)


@given(st.lists(st.tuples(st.floats(0.1, 5), RATING, RATING), min_size=1, max_size=6),
       st.floats(0.1, 50))  # fmt: skip
def test_strength_does_not_depend_on_the_unit_of_the_weights(rows, unit):
    strengths = pd.DataFrame(rows, columns=["weight", "us", "rating"]).assign(
        account_id="a", factor=[f"f{place}" for place in range(len(rows))], rival="Ox"
    )
    scaled = strengths.assign(weight=strengths["weight"] * unit)
    ours, again = relative_strength(strengths), relative_strength(scaled)
    assert again.loc["a", "strength"] == pytest.approx(ours.loc["a", "strength"])
    assert 0.1 <= ours.loc["a", "strength"] <= 10


@given(st.lists(st.tuples(RATING, RATING), min_size=1, max_size=5), RATING)
def test_another_rival_never_makes_us_stronger(rows, rating):
    strengths = pd.DataFrame(rows, columns=["us", "rating"]).assign(
        account_id="a", factor=[f"f{place}" for place in range(len(rows))], weight=1.0, rival="Ox"
    )
    newcomer = strengths.assign(rival="Elk", rating=rating)
    alone = relative_strength(strengths).loc["a", "strength"]
    both = relative_strength(pd.concat([strengths, newcomer])).loc["a", "strength"]
    assert both <= alone + 1e-12


@given(st.floats(1, 10), st.floats(0, 2), st.floats(1, 10), st.floats(0, 2))
def test_every_account_is_in_exactly_one_cell(attractive, ours, cut, strong):
    strength = pd.DataFrame({"strength": [ours], "basis": "", "missing": ""}, index=["a"])
    table = portfolio_matrix(
        pd.Series({"a": attractive}), strength, attractive_from=cut, strong_from=strong
    )
    cell = next(cell for cell in CELLS if cell.name == table.loc["a", "cell"])
    assert (cell.is_attractive, cell.is_strong) == (attractive >= cut, ours >= strong)


@given(st.floats(0, 5))
def test_attractiveness_does_not_change_when_an_account_joins(newcomer):
    values = pd.DataFrame({"margin": [1.0, 2.0, newcomer]}, index=["a", "b", "new"])
    anchors = standard_anchors(values.iloc[:2])
    weights, objectives = pd.Series({"margin": 1.0}), pd.Series({"margin": "max"})
    before = attractiveness(values.iloc[:2], weights, objectives, anchors=anchors)
    after = attractiveness(values, weights, objectives, anchors=anchors)
    assert after[["a", "b"]].tolist() == before.tolist()


# refusal


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="rival"), "strengths lack the column rival"),
        (lambda t: t.assign(us=11.0), "us must be a number from 1 to 10; got 11.0 for 'a', factor"),
        (lambda t: t.assign(rating=np.nan), "rating must be a number from 1 to 10; got nan"),
        (lambda t: t.assign(weight=-1.0), "weight must be a number of at least 0; got -1.0"),
        (lambda t: t.assign(weight=0.0), "all weights of 'a' are 0"),
        (lambda t: pd.concat([t, t]), "'a' has 'price' twice for 'Ox'"),
        (lambda t: t.assign(us=[6.0, 7.0, 9.0, 9.0, 4.0]), "'a' has more than one us for .*price"),
    ],
)
def test_strengths_that_contradict_themselves_are_refused(strengths, change, message):
    with pytest.raises(InputError, match=message):
        relative_strength(change(strengths))


def test_cut_off_that_is_no_number_is_refused(strength):
    with pytest.raises(InputError, match="strong_from must be a number; got nan"):
        portfolio_matrix(pd.Series(5.0, index=IDS), strength, strong_from=float("nan"))


def test_attractiveness_without_a_weight_is_refused():
    values = pd.DataFrame({"relationship": [1.0, 2.0]})
    with pytest.raises(InputError, match="no criterion of attractiveness has a weight"):
        attractiveness(values, pd.Series({"relationship": 1.0}), pd.Series({"relationship": "max"}))


# purity


def test_tables_stay_as_they_were(strengths, strength):
    before = strengths.copy(deep=True), strength.copy(deep=True)
    business_strength(IDS, strengths=strengths)
    portfolio_matrix(pd.Series(5.0, index=IDS), strength)
    pd.testing.assert_frame_equal(strengths, before[0])
    pd.testing.assert_frame_equal(strength, before[1])
