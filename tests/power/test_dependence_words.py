import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.dependence_flips import fact_flips
from kamtools.power.dependence_words import (
    TOLD,
    describe_flips,
    describe_power,
    names_of,
    power_headline,
)


def power_of(*rows):
    columns = ["account_id", "zone", "power_imbalance", "zone_probability"]
    return pd.DataFrame(rows, columns=columns)


def inputs_of(supplier, account):
    inputs = pd.DataFrame(
        {"account_id": "a", "side": ["supplier", "account"], "part": ["sales", "spend"]}
    )
    for place, (stake, availability) in enumerate((supplier, account)):
        for name, ends in (("stake", stake), ("availability", availability)):
            for level, value in zip(("_low", "", "_high"), ends, strict=True):
                inputs.loc[place, f"{name}{level}"] = value
    return inputs


def test_every_zone_is_named_once_with_its_accounts():
    text = describe_power(
        power_of(
            ("a", "loose", 0.01, 0.9),
            ("b", "captive supplier", 0.4, 0.9),
            ("c", "captive supplier", 0.2, 0.9),
        )
    )
    assert text.startswith("Of 3 accounts 2 hold the stronger side (captive supplier): b (+0.40")
    assert "1 could do without us, as we without them (loose): a (+0.01, 90 %)." in text


def test_nothing_is_said_of_doubt_where_all_is_sure():
    assert "less than" not in describe_power(power_of(("a", "loose", 0.0, 0.8)))


def test_doubt_is_counted():
    text = describe_power(power_of(("a", "loose", 0.0, 0.79), ("b", "between", 0.1, 0.5)))
    assert "With 2 accounts less than 80 % is sure" in text


def test_a_long_list_is_cut_and_says_so():
    rows = [(f"a{place}", "loose", 0.0, 1.0) for place in range(TOLD + 3)]
    assert "3 more" in describe_power(power_of(*rows))


def test_names_stand_for_ids_where_known():
    names = pd.Series({"a": "浩瀚"})
    assert "浩瀚 (0.00" in describe_power(power_of(("a", "loose", 0.0, 1.0)), names=names)
    assert names_of(pd.Series(["a", "b"]), names).tolist() == ["浩瀚", "b"]


def test_a_map_without_accounts_is_refused():
    with pytest.raises(InputError, match="no account on the power map"):
        describe_power(power_of())


def test_a_fact_within_its_range_is_told_with_the_value_that_moves_the_account():
    flips = fact_flips(inputs_of(((0.6, 0.7, 0.8), (0.25,) * 3), ((0.45,) * 3, (0.1, 0.6, 0.7))))
    text = describe_flips(flips, "a", name="Harbour")
    assert text.startswith(
        "Harbour leaves the zone “captive supplier” if the availability of spend"
    )
    assert "is 0.10: then it is “between”" in text


def test_a_fact_that_must_be_wholly_wrong_is_told_as_such():
    flips = fact_flips(inputs_of(((0.7,) * 3, (0.25,) * 3), ((0.45,) * 3, (0.6,) * 3)))
    assert "only one that is wholly wrong would" in describe_flips(flips, "a")


def test_an_account_that_nothing_moves_is_told():
    flips = fact_flips(inputs_of(((0.7,) * 3, (0.25,) * 3), ((0.45,) * 3, (0.6,) * 3)))
    stays = flips.assign(flips=False)
    assert describe_flips(stays, "a").startswith("No single fact, however wrong")


def test_an_account_without_facts_is_refused():
    flips = fact_flips(inputs_of(((0.7,) * 3, (0.25,) * 3), ((0.45,) * 3, (0.6,) * 3)))
    with pytest.raises(InputError, match="no facts of account 'z'"):
        describe_flips(flips, "z")


def test_describing_changes_nothing():
    table = power_of(("a", "loose", 0.0, 1.0))
    before = table.copy(deep=True)
    describe_power(table)
    pd.testing.assert_frame_equal(table, before)


def test_the_headline_names_the_strongest_first_and_counts_the_rest():
    rows = [(f"a{place}", "captive supplier", 0.2 + place / 100, 1.0) for place in range(TOLD + 1)]
    text = power_headline(power_of(*rows, ("z", "loose", 0.0, 1.0)))
    assert text.startswith("6 of 7 key accounts whose both sides are known hold us captive: a5 (")
    assert text.endswith("and 1 more.")
