import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.organisation_form import changes_to, classify_form
from kamtools.role.organisation_form_limits import FORMS, default_form_limits

ACCOUNT = ["revenue_share", "sites", "countries", "functions", "joint_projects", "people"]
NOTHING = dict.fromkeys(ACCOUNT, 0.0)
VALUES = st.fixed_dictionaries(
    {}, optional={name: st.floats(0, 2 if name in ("revenue_share", "people") else 12)
                  for name in ACCOUNT}
)  # fmt: skip


def form_of(values, level="account", limits=None):
    frame = pd.DataFrame([values], index=["x"], dtype=float)
    return classify_form(frame, level=level, limits=limits).loc["x"]


def place(form):
    return list(FORMS).index(form)


def test_large_monthly_share_calls_for_a_unit_as_in_company_a_of_the_essay():
    # E10, E22: the share of a few accounts became large, so a department was founded
    company_a = {"key_share": 0.3, "largest_share": 0.08, "people": 0.5, "functions": 1}
    assert form_of(company_a, "firm")["form"] == "unit"


def test_work_over_the_five_functions_of_the_essay_calls_for_a_team_with_a_sponsor():
    # E23: client, finance, purchasing, production, after-sales
    firm = {"key_share": 0.3, "largest_share": 0.08, "functions": 5, "joint_projects": 3}
    assert form_of(firm, "firm")["form"] == "cross-functional"


def test_nothing_to_do_together_stays_beside_other_work():
    fit = form_of(NOTHING)
    assert (fit["form"], fit["unknown"]) == ("part-time", "")
    assert pd.isna(fit["could_be"])


def test_limit_that_is_just_reached_holds():
    marks = {"revenue_share": 0.03, "functions": 3, "joint_projects": 0}
    assert form_of({**NOTHING, **marks})["form"] == "cross-functional"
    assert form_of({**NOTHING, **marks, "revenue_share": 0.0299})["form"] == "unit"


def test_form_never_fits_without_what_it_cannot_do_without():
    all_else = {**dict.fromkeys(ACCOUNT, 50.0), "people": 0.9, "countries": 1}
    assert form_of(all_else)["form"] == "cross-functional"


def test_one_account_may_deserve_more_than_another():
    measured = pd.DataFrame(
        {"revenue_share": [0.2, 0.01], "functions": [5, 2], "joint_projects": [4, 0],
         "people": [2.0, 0.1], "sites": [30, 1], "countries": [1, 1]}, index=["big", "small"],
    )  # fmt: skip
    forms = classify_form(measured, level="account")["form"]
    assert forms.to_dict() == {"big": "co-located", "small": "unit"}


def test_condition_that_is_not_known_is_named_and_never_counts_as_met():
    known = {"revenue_share": 0.2, "sites": 1, "countries": 1, "functions": 5, "joint_projects": 4}
    fit = form_of(known)
    assert fit["form"] == "cross-functional"
    assert fit["could_be"] == "co-located"
    assert fit["unknown"] == "people's full time"


def test_limits_of_the_firm_s_own_are_used():
    limits = default_form_limits().assign(at_least=1e6)
    assert form_of(dict.fromkeys(ACCOUNT, 99.0), limits=limits)["form"] == "part-time"


@settings(max_examples=40, deadline=None)
@given(VALUES, st.sampled_from(ACCOUNT), st.floats(1, 5))
def test_more_of_a_condition_never_calls_for_less(values, name, factor):
    assume(name in values)
    more = {**values, name: factor * values[name]}
    assert place(form_of(more)["form"]) >= place(form_of(values)["form"])


@settings(max_examples=40, deadline=None)
@given(VALUES, st.sampled_from(ACCOUNT), st.floats(0, 50))
def test_what_becomes_known_never_goes_beyond_what_was_called_possible(values, name, value):
    assume(name not in values)
    before, after = form_of(values), form_of({**values, name: value})
    most = before["form"] if pd.isna(before["could_be"]) else before["could_be"]
    assert place(before["form"]) <= place(after["form"]) <= place(most)


@settings(max_examples=40, deadline=None)
@given(VALUES, st.sampled_from(list(FORMS)[1:]))
def test_changes_that_tip_it_do_tip_it_and_fewer_do_not(values, form):
    own = pd.Series(values, dtype=float)
    changes = changes_to(own, form, level="account")["at_least"]
    marks = default_form_limits().query("level == 'account' and form == @form")

    def fits(known):
        only = pd.concat([default_form_limits().query("level == 'account'")[:0], marks])
        return form_of(known.to_dict(), limits=only)["form"] == form

    reached = own.reindex(own.index.union(changes.index))
    reached.update(changes)
    assert fits(reached)
    if len(changes):
        one_less = own.reindex(own.index.union(changes.index))
        one_less.update(changes.iloc[:-1])
        assert not fits(one_less)


def test_order_of_the_accounts_does_not_matter():
    rng = np.random.default_rng(3)
    measured = pd.DataFrame(rng.uniform(0, 6, (40, 6)), columns=ACCOUNT)
    there = classify_form(measured, level="account")
    back = classify_form(measured[::-1], level="account")[::-1]
    pd.testing.assert_frame_equal(there, back)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"form": "matrix"}, "no form 'matrix'; expected unit, cross-functional"),
        ({"condition": "mood"}, "no condition 'mood'"),
        ({"level": "world"}, "no level 'world'"),
        ({"at_least": -1.0}, "at_least must be a number of at least 0"),
        ({"at_least": float("nan")}, "at_least must be a number of at least 0"),
    ],
)
def test_limits_that_cannot_be_meant_are_refused(change, message):
    limits = default_form_limits()
    limits.loc[0, list(change)] = list(change.values())
    with pytest.raises(InputError, match=message):
        form_of(NOTHING, limits=limits)


def test_limits_with_a_mark_twice_or_without_a_column_are_refused():
    limits = default_form_limits()
    with pytest.raises(InputError, match="the same condition twice"):
        form_of(NOTHING, limits=pd.concat([limits, limits.iloc[[0]]]))
    with pytest.raises(InputError, match="expected a column 'at_least'"):
        form_of(NOTHING, limits=limits.drop(columns="at_least"))


def test_values_levels_and_forms_that_cannot_be_meant_are_refused():
    with pytest.raises(InputError, match=r"sites must be at least 0; got -1"):
        form_of({**NOTHING, "sites": -1})
    with pytest.raises(InputError, match="none for the level 'world'"):
        form_of(NOTHING, "world")
    with pytest.raises(InputError, match="no form 'part-time' with marks"):
        changes_to(pd.Series(NOTHING), "part-time", level="account")


def test_tables_given_are_not_changed():
    measured, limits = pd.DataFrame([NOTHING], index=["x"]), default_form_limits()
    before = measured.copy(), limits.copy()
    classify_form(measured, level="account", limits=limits)
    changes_to(measured.loc["x"], "global", level="account", limits=limits)
    pd.testing.assert_frame_equal(measured, before[0])
    pd.testing.assert_frame_equal(limits, before[1])
