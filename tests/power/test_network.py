import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.network import network_pairs
from kamtools.power.network_assumptions import network_assumptions

EDGES = pd.DataFrame(
    {
        "period": 2022,
        "supplier": ["Still", "Still", "Still", "Giant", "Giant", "Giant"],
        "account_id": ["Chain", "Corner", "Kiosk", "Chain", "Corner", "Kiosk"],
        "amount": [60.0, 20.0, 20.0, 540.0, 180.0, 80.0],
    }
)


def random_edges(seed, *, suppliers=6, accounts=9):
    rng = np.random.default_rng(seed)
    every = pd.MultiIndex.from_product([[1], range(suppliers), range(accounts)])
    edges = every.to_frame(index=False, name=["period", "supplier", "account_id"])
    edges["amount"] = rng.lognormal(3, 2, len(edges)).round(2) + 0.01
    kept = edges[rng.random(len(edges)) < 0.6]
    return kept.assign(
        supplier="S" + kept["supplier"].astype(str), account_id="A" + kept["account_id"].astype(str)
    )


def test_a_pair_worked_by_hand():
    # Of Still's 100 the Chain takes 60, the others 20 each: two equal others, and what they could
    # take on is a quarter of 40 ÷ 60. Of the Chain's 600, Still has a tenth; one other is there.
    pair = network_pairs(EDGES).iloc[0]
    available = 2 / 4 * 0.25 * 40 / 60
    assert pair["supplier_share"] == pytest.approx(0.6)
    assert pair["supplier_hhi"] == pytest.approx(0.36 + 0.04 + 0.04)
    assert pair["supplier_alternatives"] == pytest.approx(2)
    assert pair["supplier_dependence"] == pytest.approx(0.6 * (1 - available))
    assert pair["account_share"] == pytest.approx(0.1)
    assert pair["account_alternatives"] == pytest.approx(1)
    assert pair["account_dependence"] == pytest.approx(0.1 * (1 - 1 / 3))
    assert pair["zone"] == "captive supplier"


def test_patatoukas_concentration_of_two_major_customers():
    # Methods C3: Σ share² of a supplier with customers of .7, .2 and .1 is .54.
    edges = pd.DataFrame({"period": 1, "supplier": "S", "account_id": list("abc"),
                          "amount": [70.0, 20.0, 10.0]})  # fmt: skip
    assert network_pairs(edges)["supplier_hhi"].tolist() == pytest.approx([0.54] * 3)


def test_two_who_have_only_each_other_depend_wholly_and_equally():
    pair = network_pairs(EDGES.iloc[[0]]).iloc[0]
    assert (pair["supplier_dependence"], pair["account_dependence"]) == (1, 1)
    assert (pair["power_imbalance"], pair["mutual_dependence"]) == (0, 2)
    assert pair["zone"] == "interlocked"


def test_four_equal_others_are_four_alternatives():
    edges = pd.DataFrame({"period": 1, "supplier": "S", "account_id": list("abcde"), "amount": 5.0})
    assert network_pairs(edges)["supplier_alternatives"].tolist() == pytest.approx([4.0] * 5)


def test_a_giant_beside_dwarfs_still_has_its_number_of_dwarfs():
    amounts = [1e12, 0.01, 0.01, 0.01]
    edges = pd.DataFrame(
        {"period": 1, "supplier": "S", "account_id": list("abcd"), "amount": amounts}
    )
    found = network_pairs(edges)["supplier_alternatives"]
    assert found[0] <= 3
    assert found[1:].tolist() == pytest.approx([1.0] * 3)


@given(st.integers(0, 10_000))
def test_exchange_of_sides_turns_the_imbalance_and_keeps_the_mutual(seed):
    edges = random_edges(seed)
    turned = edges.rename(columns={"supplier": "account_id", "account_id": "supplier"})
    one, other = network_pairs(edges), network_pairs(turned)
    assert other["power_imbalance"].tolist() == pytest.approx((-one["power_imbalance"]).tolist())
    assert other["mutual_dependence"].tolist() == pytest.approx(one["mutual_dependence"].tolist())


@given(st.integers(0, 10_000), st.floats(0.001, 1000))
def test_the_currency_and_the_order_of_rows_change_nothing(seed, unit):
    edges = random_edges(seed)
    pairs = network_pairs(edges)
    other = edges.assign(amount=edges["amount"] * unit).sample(frac=1, random_state=seed)
    again = network_pairs(other).sort_values(["supplier", "account_id"], ignore_index=True)
    ordered = pairs.sort_values(["supplier", "account_id"], ignore_index=True)
    for name in ("supplier_share", "account_alternatives", "power_imbalance"):
        assert again[name].tolist() == pytest.approx(ordered[name].tolist(), rel=1e-6, abs=1e-9)


@given(st.integers(0, 10_000))
def test_shares_add_up_and_dependence_never_exceeds_the_share(seed):
    pairs = network_pairs(random_edges(seed))
    for side, key in (("supplier", "supplier"), ("account", "account_id")):
        assert np.allclose(pairs.groupby(key)[f"{side}_share"].sum(), 1)
        dependence, share = pairs[f"{side}_dependence"], pairs[f"{side}_share"]
        assert ((dependence >= 0) & (dependence <= share + 1e-12)).all()
        assert pairs[f"{side}_availability"].between(0, 1).all()


@given(st.integers(0, 10_000), st.floats(1.1, 50))
def test_the_supplier_depends_more_the_more_it_sells_to_one_account(seed, factor):
    edges = random_edges(seed).reset_index(drop=True)
    more = edges.assign(amount=edges["amount"].where(edges.index > 0, edges["amount"] * factor))
    before, after = (network_pairs(one)["supplier_dependence"][0] for one in (edges, more))
    assert after >= before - 1e-12


def test_each_period_is_measured_by_itself():
    both = pd.concat([EDGES, EDGES.assign(period=2023, amount=1.0)], ignore_index=True)
    alone = network_pairs(EDGES)
    pd.testing.assert_frame_equal(network_pairs(both)[:6], alone)
    assert network_pairs(both)["supplier_share"][6:].tolist() == pytest.approx([1 / 3] * 6)


def test_trade_with_unknown_suppliers_counts_in_the_purchases_and_is_no_alternative():
    unknown = pd.DataFrame({"period": 2022, "supplier": [None], "account_id": ["Chain"],
                            "amount": [600.0]})  # fmt: skip
    pairs = network_pairs(pd.concat([EDGES, unknown], ignore_index=True))
    assert len(pairs) == 6
    assert pairs["account_share"][0] == pytest.approx(60 / 1200)
    assert pairs["account_alternatives"][0] == pytest.approx(1)


def test_a_pair_that_returned_more_than_it_bought_is_left_out_and_counted():
    pairs = network_pairs(EDGES.assign(amount=[-5.0, *EDGES["amount"][1:]]))
    assert len(pairs) == 5
    assert pairs.attrs["left_out"] == 1
    assert pairs["supplier_share"][0] == pytest.approx(0.5)


def test_returns_to_an_unknown_supplier_do_not_push_a_share_over_the_whole():
    unknown = pd.DataFrame({"period": 2022, "supplier": [None], "account_id": ["Chain"],
                            "amount": [-590.0]})  # fmt: skip
    pairs = network_pairs(pd.concat([EDGES, unknown], ignore_index=True))
    assert pairs["account_share"][0] == pytest.approx(60 / 600)
    assert pairs.attrs["left_out"] == 0


def test_other_assumptions_change_dependence_but_no_share():
    table = network_assumptions()
    harder = table.assign(**{end: table[end] / 10 for end in ("low", "middle", "high")})
    harder = table.where(table["input"] == "half_at", harder)
    before, after = network_pairs(EDGES), network_pairs(EDGES, assumptions=harder)
    assert (after["supplier_dependence"] > before["supplier_dependence"]).all()
    assert after["supplier_share"].equals(before["supplier_share"])


@pytest.mark.parametrize(
    ("edges", "message"),
    [
        (EDGES.drop(columns="amount"), "columns amount"),
        (EDGES.assign(amount=np.nan), "Still – Chain in 2022: the amount must be a number"),
        (pd.concat([EDGES, EDGES], ignore_index=True), "Still – Chain in 2022 stands twice"),
        (pd.concat([EDGES, EDGES.assign(period=1)]), "no label stands twice"),
    ],
)
def test_unusable_edges_are_refused(edges, message):
    with pytest.raises(InputError, match=message):
        network_pairs(edges)


def test_edges_are_left_unchanged():
    before = EDGES.copy(deep=True)
    network_pairs(EDGES)
    pd.testing.assert_frame_equal(EDGES, before)
