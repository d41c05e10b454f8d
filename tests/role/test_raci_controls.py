import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.role.raci_controls import (
    check_controls,
    default_controls,
    has_all_words,
    recognised,
    recognised_activities,
)
from kamtools.role.raci_table import raci_table


@pytest.mark.parametrize(
    ("kind", "control", "text"),
    [
        ("activity", "price floor", "Set price floors for key accounts"),
        ("activity", "credit limit", "LIMIT of CREDIT"),
        ("activity", "complaint closure", "Complaints are closed"),
        ("activity", "advance notice", "Give notice of our own steps"),
        ("activity", "credit limit", "核定信用额度"),
        ("role", "key account manager", "Senior key account manager, North"),
        ("role", "strategy", "head of strategy"),
        ("role", "committee", "Pricing committee"),
        ("function", "client", "Sales"),
        ("function", "after-sales", "customer service"),
    ],
)
def test_words_of_a_firm_are_recognised(kind, control, text):
    assert recognised(text, default_controls(), kind=kind, control=control)


@pytest.mark.parametrize(
    ("kind", "control", "text"),
    [
        ("activity", "price floor", "Sweep the floor"),
        ("activity", "complaint closure", "Record complaints"),
        ("role", "key account manager", "Kamal Rao"),
        ("role", "committee", "head of sales"),
        ("role", "strategy", "head of sales"),
        ("function", "client", "after-sales"),
    ],
)
def test_other_words_are_not_taken_for_a_control(kind, control, text):
    assert not recognised(text, default_controls(), kind=kind, control=control)


def test_order_of_the_words_does_not_matter():
    assert has_all_words("limit the credit", "credit limit")
    assert not has_all_words("credits", "credit limit")


def test_recognised_activities_are_shown_for_each_control(division):
    found = recognised_activities(raci_table(division()))
    assert found.to_dict() == {
        "price floor": "Set the price floor",
        "credit limit": "Set the credit limit",
        "complaint closure": "Close complaints",
        "advance notice": "Give notice of our steps",
    }


def test_every_control_has_a_reason():
    assert default_controls()["because"].str.len().gt(0).all()


def test_table_without_a_control_is_refused_by_its_name():
    with pytest.raises(InputError, match="no row for committee"):
        check_controls(default_controls().query("control != 'committee'"))


def test_control_without_a_keyword_is_refused():
    controls = default_controls()
    controls.loc[0, "keywords"] = " "
    with pytest.raises(InputError, match="price floor has no keyword"):
        check_controls(controls)


def test_table_without_keywords_is_refused():
    with pytest.raises(InputError, match="no keywords"):
        check_controls(default_controls().drop(columns="keywords"))


def test_controls_given_are_not_changed(division):
    controls = default_controls()
    before = controls.copy()
    recognised_activities(raci_table(division()), controls)
    pd.testing.assert_frame_equal(controls, before)
