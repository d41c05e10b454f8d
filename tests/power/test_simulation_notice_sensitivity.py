import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.simulation_assumptions import (
    default_simulation_assumptions,
    known_assumptions,
    replace_assumption,
)
from kamtools.power.simulation_notice import best_notice, notice_curve
from kamtools.power.simulation_notice_sensitivity import (
    NOTICE_ASSUMPTIONS,
    notice_by,
    notice_drivers,
    notice_sensitivity,
    notice_sets,
)

TABLE = default_simulation_assumptions()
OPTIONS = {"notice_days": [7, 15, 31, 60, 90], "years": 400, "seed": 1}


def test_each_value_is_the_curve_with_that_value():
    table = notice_by(TABLE, "relaxed_review_days", [10, 45], **OPTIONS)
    changed = replace_assumption(known_assumptions(TABLE), "relaxed_review_days", 45)
    best = best_notice(notice_curve(changed, **OPTIONS))
    assert table["at"].tolist() == [10, 45]
    assert table.loc[1, "best_days"] == best.best_days
    assert table.loc[1, "best_gain"] == pytest.approx(best.best_gain)


def test_half_a_month_to_a_month_is_enough_for_short_reviews_and_not_for_long_ones():
    table = notice_by(TABLE, "relaxed_review_days", [10, 60], **OPTIONS)
    assert table["in_essay_range"].tolist() == [True, False]
    assert table["enough_days"].is_monotonic_increasing


def test_lengths_outside_half_a_month_to_a_month_never_agree_with_it():
    table = notice_by(TABLE, "relaxed_review_days", [10], **OPTIONS | {"notice_days": [7, 60]})
    assert not table["in_essay_range"].any()


def test_every_assumption_is_tried_at_both_ends_and_the_strongest_comes_first():
    names = ["leak_loss", "relaxed_review_days"]
    table = notice_sensitivity(TABLE, names=names, **OPTIONS)
    assert len(table) == 4
    assert table["assumption"].iloc[0] == "relaxed_review_days"
    assert sorted(table["at"]) == [0.1, 0.6, 10, 60]


def test_sets_of_known_assumptions_differ_only_by_luck():
    found = notice_sets(known_assumptions(TABLE), sets=5, **OPTIONS)
    assert (found[list(NOTICE_ASSUMPTIONS)].nunique() == 1).all()
    assert notice_drivers(found.assign(relaxed_review_days=range(5))).index.tolist() == [
        "relaxed_review_days"
    ]


def test_a_set_is_judged_by_its_own_years():
    found = notice_sets(TABLE, sets=2, **OPTIONS)
    single = notice_sets(TABLE, sets=1, **OPTIONS | {"years": 400})
    assert len(found) == 2
    assert found["best_days"].isin([0, *OPTIONS["notice_days"]]).all()
    assert single["best_gain"].iloc[0] >= 0


def test_essay_share_is_one_exactly_where_the_best_lies_in_the_range():
    found = notice_sets(TABLE, sets=60, **OPTIONS)
    is_in = found["best_days"].between(15, 31)
    assert (found.loc[is_in, "essay_share"] == 1).all()
    assert (found.loc[~is_in, "essay_share"] < 1).all()
    assert (found["enough_days"] <= found["best_days"]).all()


def test_how_long_reviews_take_drives_how_much_notice_is_enough():
    drivers = notice_drivers(notice_sets(TABLE, sets=80, **OPTIONS))
    assert drivers.index[0] == "relaxed_review_days"
    assert drivers.iloc[0] > 0.6
    assert drivers.abs().is_monotonic_decreasing


def test_where_no_length_gains_the_share_is_missing():
    table = replace_assumption(known_assumptions(TABLE), "relaxed_review_days", 0.1)
    found = notice_sets(table, sets=3, **OPTIONS)
    assert found["best_days"].eq(0).all()
    assert found["essay_share"].isna().all()


def test_sets_and_names_that_make_no_sense_are_refused():
    with pytest.raises(InputError, match="sets and years must be at least 1; got 0, 400"):
        notice_sets(TABLE, sets=0, **OPTIONS)
    with pytest.raises(InputError, match="no assumption 'luck'"):
        notice_by(TABLE, "luck", [1], **OPTIONS)
    with pytest.raises(InputError, match="notice_days must rise"):
        notice_sets(TABLE, sets=1, **OPTIONS | {"notice_days": []})


def test_assumptions_are_not_modified():
    table = default_simulation_assumptions()
    notice_sensitivity(table, names=["leak_loss"], **OPTIONS)
    found = notice_sets(table, sets=4, **OPTIONS)
    kept = found.copy()
    notice_drivers(found)
    pd.testing.assert_frame_equal(table, TABLE)
    pd.testing.assert_frame_equal(found, kept)
    assert np.isfinite(found["best_gain"]).all()
