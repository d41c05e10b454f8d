import datetime

import ibis
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.planning.briefing_matching import (
    ClientFacts,
    bought_share,
    client_facts,
    concerns,
    product_shares,
)

AS_OF = datetime.date(2024, 12, 31)
FACTS = ClientFacts(
    pd.Series({"Mooncake box": 0.4, "Sesame crackers": 0.3, "Tea": 0.2, "洗衣粉": 0.1}),
    region="North",
    segment="city supermarket",
)


def lines(*rows):
    table = pd.DataFrame(rows, columns=["account_id", "date", "product", "amount"])
    return ibis.memtable(table.astype({"date": "datetime64[us]", "amount": float}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Announced mooncake boxes.", ["Mooncake box"]),
        ("A cheap sesame cracker and TEA", ["Sesame crackers", "Tea"]),
        ("Its team drank teak oil", []),
        ("洗衣粉补充装上架", ["洗衣粉"]),
        ("Opened in the North.", ["North"]),
        ("Went north.", []),
        ("Displays in city supermarkets", ["city supermarket"]),
        ("", []),
        (None, []),
    ],
)
def test_a_text_concerns_what_it_names(text, found):
    assert concerns(text, None, FACTS) == found


def test_what_a_person_wrote_goes_before_the_text():
    assert concerns("Announced mooncake boxes.", "teas; South", FACTS) == ["Tea"]
    assert concerns("x", "all；north", FACTS) == ["all", "North"]


def test_shares_are_of_the_client_s_net_purchases_of_twelve_months():
    table = lines(
        ("a", "2024-12-31", "Tea", 50), ("a", "2024-01-01", "Salt", 60), ("a", "2024-05-01",
        "Salt", -10), ("a", "2023-12-31", "Tea", 900), ("b", "2024-05-01", "Tea", 900),
        ("a", "2024-05-01", None, 900), ("a", "2024-05-01", "Soap", -5),
    )  # fmt: skip
    assert product_shares(table, account_id="a", as_of=AS_OF).to_dict() == {"Salt": 0.5, "Tea": 0.5}


def test_without_products_or_purchases_nothing_is_known():
    table = lines(("a", "2024-12-31", "Tea", 50))
    assert product_shares(table.drop("product"), account_id="a", as_of=AS_OF).empty
    assert product_shares(table, account_id="b", as_of=AS_OF).empty


def test_facts_of_a_client_that_no_table_tells_of_are_blank():
    facts = client_facts(lines(("a", "2024-12-31", "Tea", 50)), None, account_id="a", as_of=AS_OF)
    assert (facts.region, facts.segment, facts.language) == ("", "", "")
    accounts = pd.DataFrame({"account_id": ["b"], "region": ["North"]})
    told = client_facts(lines(("a", "2024-12-31", "Tea", 5)), accounts, account_id="a", as_of=AS_OF)
    assert told.region == ""


@given(st.lists(st.sampled_from([*FACTS.shares.index, "North", "all", "Ink"])))
def test_the_share_is_from_0_to_1_and_counts_no_product_twice(names):
    share = bought_share(names, FACTS)
    assert 0 <= share <= 1 + 1e-9
    assert share == pytest.approx(bought_share(names * 2, FACTS))


def test_a_name_that_is_a_pattern_is_taken_as_it_is():
    facts = ClientFacts(pd.Series({"Box (large) +": 1.0}))
    assert concerns("A box (large) + lid", None, facts) == ["Box (large) +"]
    assert concerns("A box large", None, facts) == []
