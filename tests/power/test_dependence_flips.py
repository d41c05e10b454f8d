import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.dependence import middle_dependence
from kamtools.power.dependence_flips import fact_flips

SHARE = st.floats(0, 1)


def inputs_of(*rows):
    """Return inputs from (account, side, part, (stake ends), (availability ends))."""
    flat = [(account, side, part, *stake, *free) for account, side, part, stake, free in rows]
    return pd.DataFrame(
        flat, columns=["account_id", "side", "part", "stake_low", "stake", "stake_high",
                       "availability_low", "availability", "availability_high"])  # fmt: skip


def two_accounts():
    return inputs_of(
        ("a", "supplier", "trade", (0.6, 0.7, 0.8), (0.2, 0.25, 0.3)),
        ("b", "supplier", "trade", (0.1, 0.1, 0.1), (0.5, 0.5, 0.5)),
        ("a", "account", "spend", (0.4, 0.45, 0.5), (0.1, 0.6, 0.7)),
        ("b", "account", "spend", (0.2, 0.3, 0.4), (0.4, 0.5, 0.6)),
        ("a", "account", "brand", (0.0, 0.1, 0.2), (0.4, 0.5, 0.6)),
    )


def test_every_move_gives_what_the_changed_inputs_give():
    inputs = two_accounts()
    flips = fact_flips(inputs)
    assert len(flips) == 8 * len(inputs)
    for move in flips.to_dict("records"):
        changed = inputs.copy()
        is_it = (changed[["account_id", "side", "part"]] == [
            move["account_id"], move["side"], move["part"]]).all(axis=1)  # fmt: skip
        columns = [f"{move['fact']}_low", move["fact"], f"{move['fact']}_high"]
        changed.loc[is_it, columns] = move["value"]
        expected = middle_dependence(changed).loc[move["account_id"]]
        assert move["power_imbalance"] == pytest.approx(expected["power_imbalance"])
        assert move["mutual_dependence"] == pytest.approx(expected["mutual_dependence"])


def test_low_and_high_are_the_facts_own_and_none_and_all_are_0_and_1():
    flips = fact_flips(two_accounts())
    own = flips[(flips["part"] == "brand") & (flips["fact"] == "availability")]
    assert own.set_index("moved_to")["value"].to_dict() == {
        "low": 0.4, "high": 0.6, "none": 0.0, "all": 1.0}  # fmt: skip


def test_where_the_account_stands_today_is_in_every_row():
    flips = fact_flips(two_accounts())
    today = middle_dependence(two_accounts())["power_imbalance"]
    assert flips["imbalance_before"].to_numpy() == pytest.approx(flips["account_id"].map(today))


def test_columns_of_other_people_stay_out_of_it():
    flips = fact_flips(two_accounts().assign(value="x", move=1, fact="y"))
    pd.testing.assert_frame_equal(flips, fact_flips(two_accounts()))


@given(SHARE, SHARE)
def test_a_fact_moved_to_where_it_is_moves_nothing(stake, availability):
    inputs = inputs_of(("a", "supplier", "trade", (stake,) * 3, (availability,) * 3),
                       ("a", "account", "spend", (0.3,) * 3, (0.5,) * 3))  # fmt: skip
    stays = fact_flips(inputs).query("moved_to in ['low', 'high']")
    assert not stays["flips"].any()
    assert stays["power_imbalance"].to_numpy() == pytest.approx(stays["imbalance_before"])


def test_an_account_without_one_side_is_refused():
    with pytest.raises(InputError, match="account b has no dependence inputs of the account side"):
        fact_flips(two_accounts().drop(index=3))


def test_inputs_with_an_index_of_their_own_are_left_as_they_were():
    inputs = two_accounts().set_axis([7, 7, 1, 0, 3])
    before = inputs.copy(deep=True)
    fact_flips(inputs)
    pd.testing.assert_frame_equal(inputs, before)
