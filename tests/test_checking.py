import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.checking import accounts_invoiced, describe_files, describe_warnings, plain_id
from kamtools.engagement import load

HEADER = "account_id,invoice_id,date,amount\n"
GERMAN = "account_id;invoice_id;date;amount\nA1;1;31.01.2024;1.234,50\nA1;2;01.02.2024;7,25\n"
ACCOUNTS = "account_id,name\nA1,One\nA2,Two\n"


def invoices(*ids_and_amounts):
    rows = [f"{name},{place},2024-03-0{place + 1},{amount}\n"
            for place, (name, amount) in enumerate(ids_and_amounts)]  # fmt: skip
    return HEADER + "".join(rows)


def warnings_of(folder):
    return describe_warnings(load(folder))


def test_a_clean_engagement_calls_for_no_look(make_folder):
    assert warnings_of(make_folder(accounts=ACCOUNTS)) == []


def test_an_engagement_without_further_tables_calls_for_no_look(make_folder):
    assert warnings_of(make_folder()) == []


def test_what_was_recognised_of_a_german_file_is_told(make_folder):
    firm = load(make_folder(invoices=GERMAN.encode("cp1252"), accounts=ACCOUNTS))
    assert describe_files(firm) == [
        "invoices.csv: UTF-8, cells between semicolons, decimal comma, dates as day.month.year; "
        "2 lines, 1 account, 2024-01-31 to 2024-02-01",
        "accounts.csv: UTF-8, cells between commas; 2 lines, 2 accounts",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("13/01/2024", "02/01/2024"), "dates as day/month/year"),
        (("01/13/2024", "01/02/2024"), "dates as month/day/year"),
        (("2024-01-13", "2.1.2024"), "dates as year-month-day and day.month.year"),
        (("2024年1月13日", "20240102"), "dates as year-month-day"),
    ],
)
def test_the_order_of_dates_is_told(make_folder, days, words):
    rows = "".join(f"A1,{place},{day},5\n" for place, day in enumerate(days))
    (sentence,) = describe_files(load(make_folder(invoices=HEADER + rows)))
    assert f"{words}; 2 lines, 1 account, 2024-01-02 to 2024-01-13" in sentence
    assert "decimal" not in sentence


def test_lines_are_those_read_and_days_those_of_the_lines_kept(make_folder):
    text = invoices(("A1", 5)) + ",9,2024-05-01,3\nA1,8,2031-01-01,7\n"
    (sentence,) = describe_files(load(make_folder(invoices=text)))
    assert sentence.endswith("3 lines, 1 account, 2024-03-01 to 2024-03-01")


def test_chinese_encoding_is_told(make_folder):
    accounts = "account_id,name\nA1,何语桐\nA2,江南食品\n".encode("gb18030")
    sentence = describe_files(load(make_folder(accounts=accounts)))[1]
    assert sentence == "accounts.csv: GB18030, cells between commas; 2 lines, 2 accounts"


def test_rates_are_told_as_a_file_too(make_folder):
    rates = "currency,rate\nUSD,0.92\n"
    sentences = describe_files(load(make_folder(rates=rates)))
    assert sentences[1:] == ["rates.csv: UTF-8, cells between commas, decimal point"]


def test_accounts_without_a_row_are_told_with_their_share_of_revenue(make_folder):
    lines = invoices(("A1", 80), ("B7", 5), ("B8", 15))
    assert warnings_of(make_folder(invoices=lines, accounts=ACCOUNTS)) == [
        "2 accounts in invoices.csv (20 % of revenue) have no row in accounts.csv: B8, B7"
    ]


def test_one_account_without_a_row_is_told_in_the_singular(make_folder):
    lines = invoices(("A1", 80), ("B7", 20))
    (sentence,) = warnings_of(make_folder(invoices=lines, accounts=ACCOUNTS))
    assert sentence.startswith("1 account in invoices.csv (20 % of revenue) has no row")


def test_only_the_largest_are_named(make_folder):
    lines = invoices(("A1", 80), *((f"B{place}", place) for place in range(1, 8)))
    (sentence,) = warnings_of(make_folder(invoices=lines, accounts=ACCOUNTS))
    assert sentence.endswith("accounts.csv: B7, B6, B5, B4, B3, and 2 more")


def test_without_revenue_there_is_no_share_of_it(make_folder):
    lines = invoices(("A1", -80), ("B7", 20))
    (sentence,) = warnings_of(make_folder(invoices=lines, accounts=ACCOUNTS))
    assert sentence == "1 account in invoices.csv has no row in accounts.csv: B7"


def test_an_account_written_in_two_ways_is_told_with_the_files(make_folder):
    lines = invoices(("A1", 80), ("a2", 5))
    sentences = warnings_of(make_folder(invoices=lines, accounts=ACCOUNTS))
    assert sentences[1] == (
        "1 account may be written in several ways, which count as different accounts: "
        "'a2' (invoices.csv) and 'A2' (accounts.csv)"
    )


def test_two_spellings_within_the_invoices_are_told(make_folder):
    (sentence,) = warnings_of(make_folder(invoices=invoices(("A1", 80), ("a 1", 5))))
    assert "'A1' (invoices.csv) and 'a 1' (invoices.csv)" in sentence


def test_blanks_around_an_account_are_passed_over_in_reading(make_folder):
    firm = load(make_folder(invoices=invoices(("A1", 80), (" A1\u3000", 5)), accounts=ACCOUNTS))
    assert accounts_invoiced(firm)["account_id"].tolist() == ["A1"]
    assert describe_warnings(firm) == []


def test_zeros_that_a_spreadsheet_took_away_are_told(make_folder):
    accounts = "account_id,name\n42,One\n"
    sentences = warnings_of(make_folder(invoices=invoices(("0042", 8)), accounts=accounts))
    assert "'0042' (invoices.csv) and '42' (accounts.csv)" in sentences[1]


def test_a_table_about_an_account_that_nothing_knows_is_told(make_folder):
    relationship = "account_id,share_of_wallet\nA1,0.5\nZ9,0.2\n"
    assert warnings_of(make_folder(relationship=relationship, accounts=ACCOUNTS)) == [
        "relationship.csv is about 1 account that nothing else knows, and counts for nothing "
        "there: Z9"
    ]


def test_a_chain_is_known_by_its_name(make_folder):
    accounts = "account_id,name,chain\nA1,One,Harbour\nA2,Two,Harbour\n"
    relationship = "account_id,share_of_wallet\nHarbour,0.5\n"
    assert warnings_of(make_folder(relationship=relationship, accounts=accounts)) == []


def test_an_activity_that_would_count_twice_is_told(make_folder):
    service = "account_id,date,activity,hours\nA1,2024-05-01,Order entry,2\n"
    equations = "activity,driver,hours\norder entry,orders,0.25\npacking,lines,0.1\n"
    assert warnings_of(make_folder(service=service, time_equations=equations)) == [
        "time_equations.csv and service.csv spell an activity differently, which counts it "
        "twice: 'order entry' and 'Order entry'"
    ]


def test_revenue_is_that_of_the_lines_kept_largest_account_first(make_folder):
    firm = load(make_folder(invoices=invoices(("A1", 5), ("A2", 7), ("A2", -1), ("", 99))))
    table = accounts_invoiced(firm)
    assert table["account_id"].tolist() == ["A2", "A1"]
    assert table["revenue"].tolist() == [6, 5]
    assert table["lines"].tolist() == [2, 1]


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=8))
def test_a_plain_id_is_plain_already(name):
    assert plain_id(plain_id(name)) == plain_id(name)


@given(st.text("abcXYZ0189- ", min_size=1, max_size=8))
def test_case_and_blanks_make_no_other_id(name):
    assert plain_id(f" {name.upper()} ") == plain_id(name.lower())


def test_tables_are_not_modified(make_folder):
    firm = load(make_folder(accounts=ACCOUNTS, invoices=invoices(("A1", 80), ("B7", 20))))
    before = firm.accounts.copy()
    describe_files(firm)
    describe_warnings(firm)
    pd.testing.assert_frame_equal(firm.accounts, before)
