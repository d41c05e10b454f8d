import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.explanation import contributions, explain
from kamtools.selection.scoring import weighted_sum
from kamtools.selection.weights import direct_weights

LABELS = {
    "margin": "Profit after service",
    "growth": "Growth",
    "headroom": "Headroom",
    "strategic_fit": "Strategic fit",
    "returns_rate": "Returns",
}
OBJECTIVES = pd.Series(
    {"margin": "max", "growth": "max", "headroom": "max", "strategic_fit": "max",
     "returns_rate": "min"}
)  # fmt: skip


def parts(**numbers):
    return pd.DataFrame([numbers], index=["a"], dtype=float)


def test_contribution_is_weight_times_distance_from_the_average():
    values = pd.DataFrame({"margin": [10.0, 0.0], "returns_rate": [0.1, 0.3]})
    weights = pd.Series({"margin": 0.8, "returns_rate": 0.2})
    found = contributions(values, weights, OBJECTIVES)
    assert found.to_numpy().tolist() == [
        pytest.approx([0.4, 0.1]),
        pytest.approx([-0.4, -0.1]),
    ]


@given(
    st.lists(st.lists(st.integers(0, 99), min_size=3, max_size=3), min_size=2, max_size=15),
    st.lists(st.floats(0.1, 10), min_size=3, max_size=3),
)
def test_contributions_sum_to_the_score_less_the_mean_score(matrix, points):
    values = pd.DataFrame(matrix, columns=["margin", "growth", "returns_rate"], dtype=float)
    weights = direct_weights(dict(zip(values.columns, points, strict=True)))
    scores = weighted_sum(values, weights, OBJECTIVES)["score"]
    total = contributions(values, weights, OBJECTIVES).sum(axis="columns")
    np.testing.assert_allclose(total, scores - scores.mean(), atol=1e-9)


def test_average_account_is_moved_by_nothing():
    values = pd.DataFrame({"margin": [0.0, 5.0, 10.0]})
    assert contributions(values, pd.Series({"margin": 1.0}), OBJECTIVES)["margin"][1] == 0


def test_weights_of_what_is_known_are_scaled_up():
    values = pd.DataFrame({"margin": [0.0, 10.0], "growth": [np.nan, 1.0]})
    found = contributions(values, pd.Series({"margin": 0.5, "growth": 0.5}), OBJECTIVES)
    assert found["margin"].tolist() == [-0.5, 0.25]
    assert np.isnan(found["growth"][0])


def test_criterion_without_a_weight_moves_nothing_even_where_it_is_not_known():
    values = pd.DataFrame({"margin": [0.0, 10.0], "growth": [np.nan, 1.0]})
    found = contributions(values, pd.Series({"margin": 1.0}), OBJECTIVES)
    assert found["growth"].tolist() == [0, 0]


def test_sentence_of_the_manual():
    sentence = explain(
        parts(growth=0.2, strategic_fit=0.1, returns_rate=-0.1, headroom=np.nan),
        {**LABELS, "headroom": "Share of wallet"},
        measured=parts(growth=0.64, strategic_fit=0.75, returns_rate=0.09, headroom=np.nan),
    )["a"]
    assert sentence == (
        "Lifted by growth (+64 % a year) and strategic fit (75 %); "
        "held back by returns (9 % of sales). Not known: share of wallet."
    )


def test_strongest_three_lift_and_strongest_two_hold_back():
    sentence = explain(
        pd.DataFrame(
            [[0.1, 0.2, 0.3, 0.05, -0.1, -0.3, -0.2]], columns=list("ABCDEFG"), index=["x"]
        ),
        {},
    )["x"]
    assert sentence == "Lifted by c, b and a; held back by f and g."


def test_small_contribution_is_not_told():
    sentence = explain(parts(growth=0.2, returns_rate=-0.004), LABELS)["a"]
    assert sentence == "Lifted by growth; nothing holds it back."


def test_account_without_a_plus_is_told_so():
    sentence = explain(parts(growth=-0.2), LABELS)["a"]
    assert sentence == "Nothing lifts it above the average; held back by growth."


def test_objectives_add_high_and_low_where_the_noun_alone_misleads():
    lifted = explain(parts(margin=0.1, returns_rate=0.1), LABELS, objectives=OBJECTIVES)["a"]
    held = explain(parts(margin=-0.1, returns_rate=-0.1), LABELS, objectives=OBJECTIVES)["a"]
    assert lifted.startswith("Lifted by profit after service and low returns;")
    assert held.endswith("held back by low profit after service and high returns.")


def test_money_has_its_currency_and_three_figures():
    sentence = explain(
        parts(margin=0.1), LABELS, measured=parts(margin=123_456), currency="EUR"
    )["a"]  # fmt: skip
    assert "profit after service (EUR 123,000)" in sentence


def test_chinese_labels_come_through():
    assert explain(parts(growth=0.1), {"growth": "增长"})["a"].startswith("Lifted by 增长;")


def test_criterion_of_the_firms_own_is_told_without_a_number():
    sentence = explain(parts(charm=0.1), {"charm": "Charm"}, measured=parts(charm=3.0))["a"]
    assert sentence.startswith("Lifted by charm;")


def test_labels_may_be_a_series():
    assert "growth" in explain(parts(growth=0.1), pd.Series(LABELS))["a"]


def test_rows_may_be_picked_from_the_contributions():
    table = pd.DataFrame({"growth": [0.1, -0.1]}, index=["a", "b"])
    measured = pd.DataFrame({"growth": [0.5, -0.5]}, index=["a", "b"])
    sentences = explain(table.loc[["b"]], LABELS, measured=measured)
    assert sentences.index.tolist() == ["b"]
    assert "growth (−50 % a year)" in sentences["b"]


def test_no_rows_give_no_sentences():
    assert explain(parts(growth=0.1).head(0), LABELS).empty


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8))
def test_sentence_does_not_depend_on_other_accounts(row):
    names = [f"n{i}" for i in range(len(row))]
    alone = pd.DataFrame([row], columns=names, index=["a"])
    beside = pd.DataFrame([row, [1.0] * len(row)], columns=names, index=["a", "b"])
    assert explain(alone, {})["a"] == explain(beside, {})["a"]


def test_weights_for_nothing_in_the_table_are_refused():
    with pytest.raises(InputError, match="unknown criterion 'growth'"):
        contributions(pd.DataFrame({"margin": [1.0, 2.0]}), pd.Series({"growth": 1.0}), OBJECTIVES)


def test_arguments_are_not_modified():
    table, measured = parts(growth=0.2, margin=np.nan), parts(growth=0.1, margin=np.nan)
    before, measured_before = table.copy(), measured.copy()
    explain(table, LABELS, measured=measured, objectives=OBJECTIVES)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(measured, measured_before)
