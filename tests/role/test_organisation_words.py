import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.role.organisation_form import classify_form
from kamtools.role.organisation_form_limits import FORMS
from kamtools.role.organisation_words import (
    describe_account_forms,
    describe_firm_form,
    describe_next_form,
    form_reasons,
)

MEASURED = pd.DataFrame(
    {"revenue_share": [0.15, 0.002], "sites": [3.0, 1.0], "countries": [1.0, 1.0],
     "functions": [5.0, 1.0], "joint_projects": [4.0, 0.0], "people": [1.5, 0.02]},
    index=["a", "b"],
)  # fmt: skip


def firm_of(**values):
    return pd.DataFrame({"value": pd.Series(values, dtype=float), "accounts_known": 2})


def test_reason_names_the_values_and_the_limits_that_they_reach():
    reason = form_reasons(MEASURED.loc["a"], "co-located", level="account")
    assert reason.startswith("people's full time 1.5 (1 is enough), revenue share 15 % (10 % is")


def test_highest_form_has_nothing_above_it():
    assert describe_next_form(MEASURED.loc["a"], "global", level="account") == ""


@pytest.mark.parametrize("form", list(FORMS)[:-1])
def test_every_other_form_says_what_would_tip_it(form):
    following = list(FORMS)[list(FORMS).index(form) + 1]
    told = describe_next_form(pd.Series(dtype=float), form, level="account")
    assert told.startswith(f"It would be {FORMS[following]} if ")
    assert "not known today" in told


def test_value_close_to_its_limit_is_read_out_finely_enough_to_tell_them_apart():
    near = pd.Series({"revenue_share": 0.0999, "functions": 4, "joint_projects": 0, "people": 1})
    told = describe_next_form(near, "cross-functional", level="account")
    assert "revenue share went from 9.99 % to 10 %" in told


def test_unknown_conditions_are_named_with_what_they_could_change():
    told = describe_firm_form(firm_of(key_share=0.3, largest_share=0.06), n_accounts=2)
    assert "Fits: a key-account unit" in told
    assert "Not known: people's full time, functions involved, joint projects and" in told
    assert "they could make it a global team" in told


def test_condition_known_of_few_accounts_is_said_to_be_perhaps_more():
    told = describe_firm_form(firm_of(key_share=0.3), n_accounts=5)
    assert "Known of fewer than the 5 accounts, so it may be more" in told
    assert "Known of fewer" not in describe_firm_form(firm_of(key_share=0.3), n_accounts=2)


def test_account_above_the_firm_s_form_is_called_by_its_name():
    forms = classify_form(MEASURED, level="account")
    names = pd.Series({"a": "青禾超市"})
    told = describe_account_forms(forms, MEASURED, firm_form="unit", names=names)
    assert told.startswith("1 of 2 accounts calls for more than the firm's form. 青禾超市: a team")


def test_no_account_above_the_firm_s_form_is_said_so():
    forms = classify_form(MEASURED, level="account")
    told = describe_account_forms(forms, MEASURED, firm_form="global")
    assert told.startswith("No account of 2 calls for more than the firm's form. Less would do")
    assert "the client's place (1)" in told


def test_many_accounts_above_it_are_counted():
    many = pd.concat([MEASURED.loc[["a"]]] * 8).set_axis(list("abcdefgh"))
    told = describe_account_forms(classify_form(many, level="account"), many, firm_form="unit")
    assert told.endswith("And 3 more.")


def test_unknown_level_is_refused():
    with pytest.raises(InputError, match="none for the level 'team'"):
        form_reasons(MEASURED.loc["a"], "unit", level="team")


def test_describing_changes_nothing():
    firm, forms = firm_of(key_share=0.3), classify_form(MEASURED, level="account")
    before = firm.copy(), forms.copy(), MEASURED.copy()
    describe_firm_form(firm, n_accounts=9)
    describe_account_forms(forms, MEASURED, firm_form="part-time")
    for table, old in zip((firm, forms, MEASURED), before, strict=True):
        pd.testing.assert_frame_equal(table, old)
