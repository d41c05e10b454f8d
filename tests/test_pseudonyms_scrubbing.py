"""Names, addresses and amounts in free text, and what is left of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.pseudonyms.leftovers import possible_names
from kamtools.pseudonyms.names import Names, is_job
from kamtools.pseudonyms.scrubbing import Scrubber
from kamtools.pseudonyms.terms import terms

KINDS = {
    "Dovecote Grocers": "chain", "Dovecote Grocers Harbour": "name", "Ines Falk": "person",
    "Ines Maro": "person", "林知秋": "person", "青禾超市": "chain", "A004": "account",
    "17": "account", "45678": "account", "Mooncake box": "product", "North": "region",
    "IT": "manager", "Lantern Foods": "supplier", "May Summer": "person",
}  # fmt: skip
NAMES = Names({text: f"<{text[::-1]}>" for text in KINDS}, KINDS,
              {"Dovecote Grocers Harbour": "Dovecote Grocers"})  # fmt: skip


@pytest.fixture
def scrubber():
    return Scrubber(terms(NAMES, ["for the lantern festival"]), years=28)


def alias(text):
    return NAMES.aliases[text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DOVECOTE grocers harbour and dovecote  grocers",
         f"{alias('Dovecote Grocers Harbour')} and {alias('Dovecote Grocers')}"),
        ("Ask Dovecote.", f"Ask {alias('Dovecote Grocers')}."),
        ("Falk and Ines came.", f"{alias('Ines Falk')} and [name] came."),
        ("林经理和知秋开会", f"{alias('林知秋')}和{alias('林知秋')}开会"),
        ("在青禾开会", f"在{alias('青禾超市')}开会"),
        ("visit to A004, not A0041", f"visit to {alias('A004')}, not A0041"),
        ("17 stores of 45678", f"17 stores of {alias('45678')}"),
        ("mooncake boxes", alias("Mooncake box")),
        ("North of the north", f"{alias('North')} of the north"),
        ("IT says it works", f"{alias('IT')} says it works"),
        ("lamps for the Lantern festival", "lamps for the Lantern festival"),
        ("Lantern Foods", alias("Lantern Foods")),
        ("in May 2024, Summer", f"in May 1996, {alias('May Summer')}"),
    ],
)  # fmt: skip
def test_known_names_become_their_alias(scrubber, text, expected):
    assert scrubber.text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to bo.li+x@a-b.example now", "to [e-mail] now"),
        ("see https://a.example/x?y=1 or www.b.example", "see [web address] or [web address]"),
        ("call +49 (0)30 123456-7", "call [telephone]"),
        ("call 030/1234567", "call [telephone]"),
        ("电话13812345678。", "电话[telephone]。"),
        ("EUR 1,200.50 or 3 million euros", "[amount] or [amount]"),
        ("€5k, 300万元, 12 元", "[amount], [amount], [amount]"),
        ("on 2024-12-02 and 02.12.2024", "on 1996-12-02 and 02.12.1996"),
        ("2024年12月 and Q1/2024", "1996年12月 and Q1/1996"),
        ("11 of 20 stores, 4 percent, 24 hours", "11 of 20 stores, 4 percent, 24 hours"),
    ],
)
def test_addresses_amounts_and_years_are_replaced(scrubber, text, expected):
    assert scrubber.text(text) == expected


def test_what_was_replaced_is_counted_once_for_each_text(scrubber):
    for _ in range(2):
        scrubber.text("Ines Falk had EUR 5 in 2024")
    assert dict(scrubber.counts) == {"names": 1, "amounts": 1, "years": 1}


def test_labels_that_become_the_same_are_kept_apart(scrubber):
    labels = [scrubber.label(f"Rebate of EUR {n}") for n in (5, 9, 5)]
    assert labels == ["Rebate of [amount]", "Rebate of [amount] (2)", "Rebate of [amount]"]


@given(st.text(), st.sampled_from(["Ines Falk", "青禾超市", "Dovecote Grocers Harbour"]), st.text())
def test_a_name_is_found_wherever_it_stands_alone(before, name, after):
    scrubber = Scrubber(terms(NAMES, []), years=28)
    assert name not in scrubber.text(f"{before} {name} {after}")


def test_words_that_look_like_names_are_listed_and_others_are_not():
    texts = ["Asked Holmes in March. The key account manager of Account Bo said: Yes.", "问了王总"]
    assert dict(possible_names(texts, ["Account Bo"])) == {"Holmes": 1, "王总": 1}


@pytest.mark.parametrize("text", ["Anna Buyer", "江总监", "", "M. Sales"])
def test_a_name_is_not_taken_for_a_job(text):
    assert not is_job(text)
