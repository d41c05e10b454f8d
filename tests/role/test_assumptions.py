import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.assumptions import TIERS, default_assumptions, merge_assumptions
from kamtools.samples.company_tasks import WORKLOAD_ASSUMPTIONS


def own(**columns):
    return pd.DataFrame({"assumption": ["base_star"], "value": [240.0], **columns})


def test_hours_of_the_worked_example_are_the_defaults():
    # methods.md B2: 6 strategic × 420, 5 star × 300, 8 status × 160, 11 streamline × 60 = 5,960.
    base = default_assumptions()["value"]
    counts = {"strategic": 6, "star": 5, "status": 8, "streamline": 11}
    assert sum(n * base[f"base_{tier}"] for tier, n in counts.items()) == 5_960
    assert base["hours_per_year"] * base["share_for_accounts"] == pytest.approx(1_232)


def test_every_default_is_marked_as_an_assumption_and_has_a_meaning():
    table = default_assumptions()
    assert set(table["source"]) == {"assumption"}
    assert table["meaning"].str.len().min() > 10
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()


def test_every_tier_has_a_base():
    assert {f"base_{tier}" for tier in TIERS} <= set(default_assumptions().index)


def test_firm_that_gives_nothing_gets_the_defaults():
    pd.testing.assert_frame_equal(merge_assumptions(None), default_assumptions())
    pd.testing.assert_frame_equal(merge_assumptions(own().iloc[:0]), default_assumptions())


def test_a_value_without_a_range_is_taken_as_known():
    row = merge_assumptions(own()).loc["base_star"]
    assert row[["low", "value", "high"]].tolist() == [240, 240, 240]
    assert row["source"] == "the firm"
    assert row["meaning"] == default_assumptions().at["base_star", "meaning"]


def test_words_of_the_firm_are_kept():
    row = merge_assumptions(own(source=["time study"], meaning=["per star"])).loc["base_star"]
    assert row["source"] == "time study"
    assert row["meaning"] == "per star"


def test_name_may_be_the_index():
    given_so = own().set_index("assumption")
    pd.testing.assert_frame_equal(merge_assumptions(given_so), merge_assumptions(own()))


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(default_assumptions().index[:10])), st.floats(0, 1e4))
def test_only_what_is_given_changes(name, value):
    merged = merge_assumptions(pd.DataFrame({"assumption": [name], "value": [value]}))
    assert merged.at[name, "value"] == value
    pd.testing.assert_frame_equal(merged.drop(name), default_assumptions().drop(name))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"assumption": ["base_star"]}), "lack the column value"),
        (pd.DataFrame({"assumption": ["base_sun"], "value": [1.0]}), "no such .* base_sun; known"),
        (pd.concat([own(), own()]), "base_star is given twice"),
        (own(value=["soon"]), "base_star must have 0 ≤ low ≤ value ≤ high; .* value nan"),
        (own(value=[-1.0]), "value -1"),
        (own(low=[250.0]), "got low 250, value 240"),
        (own(high=[200.0]), "high 200"),
        (own(assumption=["share_for_accounts"], value=[70.0]), "is a share from 0 to 1"),
        (own(assumption=["hours_per_year"], value=[0.0]), "must be above 0; got low 0"),
    ],
)
def test_assumptions_that_cannot_be_are_refused(table, message):
    with pytest.raises(InputError, match=message):
        merge_assumptions(table)


def test_table_given_is_not_changed():
    table = own(low=[200.0])
    before = table.copy(deep=True)
    merge_assumptions(table)
    pd.testing.assert_frame_equal(table, before)


def test_assumptions_of_the_sample_company_are_known_ones():
    merged = merge_assumptions(WORKLOAD_ASSUMPTIONS)
    own = WORKLOAD_ASSUMPTIONS.set_index("assumption")
    pd.testing.assert_frame_equal(merged.loc[own.index], own, check_dtype=False)
