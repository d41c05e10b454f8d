import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.dependence_assumptions import (
    default_dependence_assumptions,
    replace_dependence_assumption,
)
from kamtools.power.dependence_money import describe_loss, loss_by_side

DEFAULTS = default_dependence_assumptions()
ENDS = ["_low", "", "_high"]


def card(revenue=1_200.0, margin=300.0):
    columns = {"revenue": [revenue], "revenue_previous": [0.0], "margin": [margin]}
    return pd.DataFrame(columns, index=pd.Index(["a"], name="account_id"))


def facts(us=2.0, them=12.0):
    return pd.DataFrame({"account_id": ["a"], "months_to_replace_us": [us],
                         "months_to_replace_them": [them]})  # fmt: skip


def loss(side, scorecard=None, relationship=None, assumptions=DEFAULTS):
    known = facts() if relationship is None else relationship
    table = loss_by_side(card() if scorecard is None else scorecard, known, assumptions)
    return table.set_index("side").loc[side]


def ends(row, name):
    return [row[f"{name}{end}"] for end in ENDS]


def test_a_year_to_refill_costs_half_a_years_business():
    ours = loss("supplier")
    assert ends(ours, "revenue_lost") == pytest.approx([8.4 * 35, 600, 18 * 80])
    assert ends(ours, "margin_lost") == pytest.approx([8.4 * 35 / 4, 150, 18 * 80 / 4])


def test_the_account_loses_what_it_would_have_resold():
    # 100 a month, 2 months, half of it: 100 not bought, resold at 130
    theirs = loss("account")
    assert theirs["revenue_lost"] == pytest.approx(130)
    assert theirs["margin_lost"] == pytest.approx(30)
    assert theirs["margin_lost_high"] == pytest.approx(100 * 3 * 0.8 * 0.5)


def test_what_can_be_replaced_at_once_costs_nothing():
    assert ends(loss("account", relationship=facts(us=0.0)), "revenue_lost") == [0, 0, 0]


def test_an_account_that_earns_us_nothing_is_a_gain_in_margin_with_its_ends_in_order():
    low, middle, high = ends(loss("supplier", card(margin=-120.0)), "margin_lost")
    assert low < middle < high < 0


def test_margin_is_missing_where_cost_is_not_known():
    ours = loss("supplier", card(margin=np.nan))
    assert np.isnan(ends(ours, "margin_lost")).all()
    assert ours["revenue_lost"] == pytest.approx(600)


def test_months_that_nobody_said_are_assumed_and_the_row_says_so():
    table = loss_by_side(card(), None, DEFAULTS)
    assert table["basis"].tolist() == ["assumed", "assumed"]
    assert ends(table.iloc[0], "months") == [3, 6, 18]


def test_known_assumptions_leave_one_number():
    table = DEFAULTS
    for name, value in (("months_factor", 1), ("not_yet_replaced", 0.5), ("resale_margin", 0.3)):
        table = replace_dependence_assumption(table, name, value)
    for side in ("supplier", "account"):
        low, middle, high = ends(loss(side, assumptions=table), "margin_lost")
        assert low == middle == high


@given(st.floats(1, 1e8), st.floats(-1e8, 1e8), st.floats(0, 60), st.floats(0, 60))
def test_ends_are_in_order_and_twice_the_business_is_twice_the_loss(revenue, margin, us, them):
    once = loss_by_side(card(revenue, margin), facts(us, them), DEFAULTS)
    twice = loss_by_side(card(2 * revenue, 2 * margin), facts(us, them), DEFAULTS)
    for name in ("revenue_lost", "margin_lost"):
        assert (once[f"{name}_low"] <= once[name]).all()
        assert (once[name] <= once[f"{name}_high"]).all()
        np.testing.assert_allclose(2 * once[name], twice[name], atol=1e-300)


def test_words_name_both_sides_and_what_is_assumed():
    text = describe_loss(loss_by_side(card(), facts(us=np.nan), DEFAULTS), "a", name="浩瀚",
                         currency="EUR")  # fmt: skip
    assert text.startswith("If 浩瀚 and we part, we lose EUR 150 of margin (74 to 360) over 12 mo")
    assert "over 6 months (3 to 18, assumed) until we are" in text


def test_words_fall_back_to_revenue_where_cost_is_not_known():
    text = describe_loss(loss_by_side(card(margin=np.nan), facts(), DEFAULTS), "a")
    assert "we lose 600 of revenue (its margin is not known) (294 to 1,440)" in text


def test_words_say_that_parting_would_spare_us_money():
    text = describe_loss(loss_by_side(card(margin=-120.0), facts(), DEFAULTS), "a")
    assert "it spares us 60 of margin (29 to 144)" in text


def test_an_account_that_is_not_in_the_table_is_refused():
    with pytest.raises(InputError, match="account 'b' is not in the table of losses"):
        describe_loss(loss_by_side(card(), facts(), DEFAULTS), "b")


def test_a_scorecard_without_margin_is_refused():
    with pytest.raises(InputError, match="scorecard lacks the columns margin"):
        loss_by_side(card().drop(columns="margin"), facts(), DEFAULTS)


def test_tables_are_left_as_they_were():
    given_card, known = card(margin=-120.0), facts()
    loss_by_side(given_card, known, DEFAULTS)
    pd.testing.assert_frame_equal(given_card, card(margin=-120.0))
    pd.testing.assert_frame_equal(known, facts())
