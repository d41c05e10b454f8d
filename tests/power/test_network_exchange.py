import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.network_exchange import balanced_outcome

# Shares in balanced outcomes: Cook & Yamagishi 1992; Kleinberg & Tardos 2008; Easley & Kleinberg
# 2010, ch. 12. The same as in the public facts, which a test compares where they are there.
KNOWN = {
    "AB": {"A": 1 / 2, "B": 1 / 2},
    "AB BC": {"A": 0, "B": 1, "C": 0},
    "AB BC CD": {"A": 1 / 3, "B": 2 / 3, "C": 2 / 3, "D": 1 / 3},
    "AB BC CD DE": {"A": 0, "B": 1, "C": 0, "D": 1, "E": 0},
    "AB BC BD CD": {"A": 1 / 4, "B": 3 / 4, "C": 1 / 2, "D": 1 / 2},
}


def ties(names, pie=1.0):
    pairs = names.split() if isinstance(names, str) else names
    return pd.DataFrame(
        {"first": [pair[0] for pair in pairs], "second": [pair[1] for pair in pairs], "pie": pie}
    )


@pytest.mark.parametrize(("names", "shares"), KNOWN.items())
def test_exchange_networks_have_their_known_shares(names, shares):
    assert balanced_outcome(ties(names))["gets"].to_dict() == pytest.approx(shares, abs=1e-6)


def test_shares_are_those_of_the_public_facts(shared_data):
    facts = json.loads((shared_data / "facts" / "known_answers.json").read_text(encoding="utf-8"))
    networks = [fact for fact in facts if fact["id"].startswith("exch_")]
    assert len(networks) == 5
    for fact in networks:
        table, wanted = fact["table"], fact["expected"]["share"]
        found = balanced_outcome(ties(table["edges"], float(table["pie"])))["gets"]
        assert found[list(wanted)].tolist() == pytest.approx(list(wanted.values()), abs=1e-4)


def test_an_alternative_that_nobody_else_wants_is_worth_half_a_pie_more():
    # B may also deal with C for 0.6, but C has nobody else: outside 0.6, so 0.6 + (1 − 0.6) / 2.
    found = balanced_outcome(ties("AB BC", pie=np.array([1.0, 0.6])))
    assert found["gets"].to_dict() == pytest.approx({"A": 0.2, "B": 0.8, "C": 0.0})
    assert found.loc["B", "outside"] == pytest.approx(0.6)
    assert found["partner"].fillna("").tolist() == ["B", "A", ""]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 1e4))
def test_partners_share_the_pie_nobody_can_outbid_and_the_currency_does_not_matter(seed, unit):
    rng = np.random.default_rng(seed)
    pairs = [(f"S{s}", f"A{a}") for s in range(4) for a in range(4) if rng.random() < 0.6]
    table = ties([("S0", "A0"), *[pair for pair in pairs if pair != ("S0", "A0")]])
    table["pie"] = rng.uniform(0.5, 2, len(table))
    found = balanced_outcome(table)
    gets = found["gets"]
    for row in table.itertuples(index=False):
        together = gets[row.first] + gets[row.second]
        if found.loc[row.first, "partner"] == row.second:
            assert together == pytest.approx(row.pie)
        assert together >= row.pie - 1e-6
    other = balanced_outcome(table.assign(pie=table["pie"] * unit))["gets"]
    assert other.tolist() == pytest.approx((gets * unit).tolist(), rel=1e-5, abs=1e-6 * unit)


def test_a_ring_of_four_has_many_balanced_outcomes_and_shows_the_even_one():
    assert balanced_outcome(ties("AB BC CD DA"))["gets"].tolist() == pytest.approx([0.5] * 4)


def test_dealing_partners_gain_equally_over_their_outside_options():
    found = balanced_outcome(ties("AB BC CD"))
    gain = found["gets"] - found["outside"]
    assert gain["A"] == pytest.approx(gain["B"], abs=1e-6)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (ties("AB BC CA"), "no outcome is stable"),
        (ties("AB BA"), "a tie stands twice"),
        (ties("AA"), "A has a tie with itself"),
        (ties("AB", pie=0.0), "above 0"),
        (ties(""), "at least one tie"),
        (ties("AB").drop(columns="pie"), "columns pie"),
        (ties([(f"a{n}", f"b{n}") for n in range(201)]), "at most 400 nodes; got 402"),
    ],
)
def test_networks_without_an_outcome_are_refused(table, message):
    with pytest.raises(InputError, match=message):
        balanced_outcome(table)


def test_ties_are_left_unchanged():
    table = ties("AB BC CD")
    balanced_outcome(table)
    pd.testing.assert_frame_equal(table, ties("AB BC CD"))
