import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import engagement
from kamtools.errors import InputError

HEADER = "account_id,invoice_id,date,amount,product\n"


def count(firm, reason):
    rows = firm.quality[firm.quality.reason == reason]
    return int(rows.lines_read.sum())


def test_credit_notes_net_against_their_account(make_folder):
    lines = HEADER + "A,1,2024-01-01,100,x\nA,2,2024-01-02,-30,x\n"
    firm = engagement.load(make_folder(invoices=lines))
    assert firm.invoices.amount.sum().to_pandas() == 70
    assert count(firm, "credit note, netted against its account") == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",1,2024-01-01,5,x", "blank account_id"),
        ("   ,1,2024-01-01,5,x", "blank account_id"),
        ("A,1,2025-01-01,5,x", "dated after as_of"),
        ("A,1,2024-01-01,0.00,x", "amount is zero"),
        ("A,0,2024-01-01,9,x", "duplicate of an earlier line"),
        ("", "blank line"),
    ],
)
def test_a_line_is_set_aside_with_its_reason(make_folder, line, reason):
    lines = f"{HEADER}A,0,2024-01-01,9,x\n{line}\nB,2,2024-01-01,1,x\n"
    firm = engagement.load(make_folder(invoices=lines))
    aside = firm.set_aside.to_pandas()
    assert aside["reason"].tolist() == [reason]
    assert aside["row"].tolist() == [3]
    assert firm.invoices.count().to_pandas() == 2


def test_what_is_set_aside_is_written_as_it_stood(make_folder):
    lines = HEADER + 'A,1,2024-01-01,"1,234.50",x\n,2,31.01.2024,"9,876.5 €",y\n'
    aside = engagement.load(make_folder(invoices=lines)).set_aside.to_pandas()
    assert aside.loc[0, ["date", "amount"]].tolist() == ["31.01.2024", "9,876.5 €"]


def test_equal_lines_are_kept_where_no_product_tells_them_apart(make_folder):
    lines = "account_id,invoice_id,date,amount\n" + "A,1,2024-01-01,5\n" * 2
    firm = engagement.load(make_folder(invoices=lines))
    assert firm.invoices.count().to_pandas() == 2
    assert count(firm, "same as an earlier line, kept: no product tells them apart") == 1


@pytest.mark.parametrize(("option", "kept"), [("keep", 2), ("set_aside", 1)])
def test_the_firm_decides_about_duplicates(make_folder, option, kept):
    lines = HEADER + "A,1,2024-01-01,5,x\n" * 2
    toml = f'[quality]\nduplicates = "{option}"\n'
    firm = engagement.load(make_folder(invoices=lines, extra_toml=toml))
    assert firm.invoices.count().to_pandas() == kept


def test_other_currencies_are_converted_by_the_rate_table(make_folder):
    lines = "account_id,invoice_id,date,amount,cost,currency\n"
    lines += "A,1,2024-01-01,100,50,USD\nA,2,2024-01-01,10,5,eur\nA,3,2024-01-01,1,1,\n"
    firm = engagement.load(make_folder(invoices=lines, rates="currency,rate\nUSD,0.9\n"))
    kept = firm.invoices.order_by("invoice_id").to_pandas()
    assert kept["amount"].tolist() == [90, 10, 1]
    assert kept["cost"].tolist() == [45, 5, 1]
    assert count(firm, "converted") == 1


def test_a_currency_without_a_rate_is_refused(make_folder):
    lines = "account_id,invoice_id,date,amount,currency\nA,1,2024-01-01,1,EUR\n"
    lines += "A,1,2024-01-02,1,GBP\nA,1,2024-01-03,1,GBP\n"
    with pytest.raises(InputError, match=r"row 3, column currency: saw 'GBP'; expected EUR, or a"):
        engagement.load(make_folder(invoices=lines))


CELLS = st.tuples(
    st.sampled_from(["A", "B", "", " "]),
    st.sampled_from(["2024-01-01", "2025-06-01", "2023-12-31"]),
    st.sampled_from(["0", "5", "-5", "7.25"]),
    st.sampled_from(["x", "y"]),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=30))
def test_read_is_kept_plus_set_aside_whatever_the_lines(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("firm")
    (folder / "engagement.toml").write_text('name="T"\ncurrency="EUR"\nas_of=2024-12-31\n')
    lines = [f"{account},1,{day},{amount},{product}" for account, day, amount, product in rows]
    lines.append("Z,9,2024-05-05,1,z")
    (folder / "invoices.csv").write_text(HEADER + "\n".join(lines) + "\n")
    firm = engagement.load(folder)
    quality = firm.quality
    assert (quality.lines_read == quality.lines_kept + quality.lines_set_aside).all()
    assert quality.lines_read.sum() == len(lines)
    assert firm.invoices.count().to_pandas() == quality.lines_kept.sum()
    assert firm.set_aside.count().to_pandas() == quality.lines_set_aside.sum()
    assert isinstance(firm.quality, pd.DataFrame)
