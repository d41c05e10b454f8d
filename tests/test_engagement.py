import datetime
import sqlite3

import duckdb
import pandas as pd
import pytest

from kamtools import engagement
from kamtools.errors import InputError

LINES = pd.DataFrame(
    {
        "account_id": [12346.0, 2.0, None],
        "invoice_id": ["1", "2", "3"],
        "date": pd.to_datetime(["2024-01-15 08:26", "2024-02-15 00:00", "2024-03-01 00:00"]),
        "amount": [10.5, 2.0, 3.0],
    }
)
BROKEN = {
    "no engagement.toml": (
        {"toml": None},
        r"engagement.toml: saw no such file; expected a file that names the firm",
    ),
    "a key misspelt": (
        {"extra_toml": "[capacity]\nhours_per_yaer = 3\n"},
        r"key capacity.hours_per_yaer: saw an unknown key; expected capacity.hours_per_year",
    ),
    "a corridor the wrong way round": (
        {"extra_toml": "[power]\ncorridor = [0.2, -0.2]\n"},
        r"power.corridor: saw \[0.2, -0.2\]; expected two numbers from -1 to 1, the lower first",
    ),
    "finance below nothing": (
        {"extra_toml": "[finance]\ncash = -1\navoidable_share = 10\n"},
        r"(?s)finance.cash: saw -1; .*finance.avoidable_share: saw 10; expected a share",
    ),
    "no date": ({"toml": 'name = "T"\ncurrency = "EUR"\n'}, r"as_of: saw nothing; expected a date"),
    "no invoices": ({"invoices": None}, r"invoices: saw no such file; expected invoices.csv"),
    "an empty file": ({"invoices": ""}, r"invoices.csv: saw 0 bytes; expected a header row"),
    "a column missing": (
        {"invoices": "account_id,invoice_id,day,amount\nA,1,2024-01-01,5\n"},
        r"row 1, column date: saw the columns account_id, invoice_id, day, amount; "
        r"expected a column date, or \[files.invoices\] columns = \{date",
    ),
    "a date that does not exist": (
        {"invoices": "account_id,invoice_id,date,amount\nA,1,2024-02-30,5\n"},
        r"invoices.csv, row 2, column date: saw '2024-02-30'; expected a date such as 2024-03-31",
    ),
    "an amount that is none": (
        {"invoices": "account_id,invoice_id,date,amount\nA,1,2024-02-03,5\nB,2,2024-02-03,ten\n"},
        r"invoices.csv, row 3, column amount: saw 'ten'; expected a number",
    ),
    "an amount left out": (
        {"invoices": "account_id,invoice_id,date,amount\nA,1,2024-02-03,\n"},
        r"row 2, column amount: saw nothing; expected a number",
    ),
    "a day that may be a month": (
        {"invoices": "account_id,invoice_id,date,amount\nA,1,03/04/2024,5\n"},
        r"row 2, column date: saw '03/04/2024', which can be read in two ways.*date_order",
    ),
    "a number that may be a thousand": (
        {"invoices": 'account_id,invoice_id,date,amount\nA,1,2024-02-03,"1,234"\n'},
        r"row 2, column amount: saw '1,234', which can be read in two ways.*decimal",
    ),
    "too many cells": (
        {"invoices": "account_id,invoice_id,date,amount\nA,1,2024-02-03,1,234\n"},
        r"invoices.csv, row 2: saw 'A,1,2024-02-03,1,234'; expected 4 cells",
    ),
    "a rating out of range": (
        {"accounts": "account_id,name,strategic_fit_rating\nA1,Tea,6\n"},
        r"accounts.csv, row 2, column strategic_fit_rating: saw 6; expected a number from 1 to 5",
    ),
    "an account twice": (
        {"accounts": "account_id,name\nA1,Tea\nA1,Salt\n"},
        r"accounts.csv, row 3, column account_id: saw 'A1'; expected a value that no other row",
    ),
    "a share above one": (
        {"relationship": "account_id,share_of_wallet\nA1,45\n"},
        r"relationship.csv, row 2, column share_of_wallet: saw 45; expected a number from 0 to 1",
    ),
    "a goal of no column": (
        {"accounts": "account_id,name\nA1,Tea\n",
         "extra_toml": '[strategy]\ngoals = [{name = "g", column = "segmnt", weight = 1}]\n'},
        r"strategy.goals, goal 1: saw 'segmnt'; expected a column of accounts: account_id, name",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_engagement_is_refused_with_place_and_expectation(make_folder, case):
    files, message = dict(BROKEN[case][0]), BROKEN[case][1]
    without_toml = files.get("toml", "") is None
    folder = make_folder(**({} if without_toml else files))
    if without_toml:
        (folder / "engagement.toml").unlink()
    before = sorted(folder.iterdir())
    with pytest.raises(InputError, match=message):
        engagement.load(folder)
    assert sorted(folder.iterdir()) == before


def test_all_faults_of_all_files_come_in_one_report(make_folder):
    folder = make_folder(
        invoices="account_id,invoice_id,date,amount\nA,1,2024-02-30,x\n",
        accounts="account_id,name,fit_rating\nA1,Tea,9\n",
        service="account_id,date,activity,hours\nA1,2024-01-01,visit,-1\n",
    )
    with pytest.raises(InputError) as caught:
        engagement.load(folder)
    found = {(fault.file, fault.row, fault.column) for fault in caught.value.faults}
    assert found == {
        ("invoices.csv", 2, "date"),
        ("invoices.csv", 2, "amount"),
        ("accounts.csv", 2, "fit_rating"),
        ("service.csv", 2, "hours"),
    }
    assert "4 faults" in str(caught.value)


def test_many_equal_faults_are_counted_not_printed_one_by_one(make_folder):
    lines = "account_id,invoice_id,date,amount\n" + "A,1,never,5\n" * 500
    with pytest.raises(InputError, match="500 faults") as caught:
        engagement.load(make_folder(invoices=lines))
    assert len(caught.value.faults) == 10
    assert caught.value.faults[-1].count == 491


def test_a_file_written_the_german_way_is_read(make_folder):
    lines = "Account_ID;invoice_id;Date;amount\nA;1;31.01.2024;1.234,50\nA;2;01.02.2024;7,5\n"
    firm = engagement.load(make_folder(invoices=lines.encode("utf-8-sig")))
    assert firm.invoices.amount.sum().to_pandas() == pytest.approx(1242)


def test_chinese_names_in_gb18030_are_read(make_folder):
    accounts = "account_id,name\nA1,青禾超市\n".encode("gb18030")
    firm = engagement.load(make_folder(accounts=accounts))
    assert firm.display_names().to_dict() == {"A1": "青禾超市"}


def test_the_firm_may_keep_its_own_column_names(make_folder):
    lines = "Kunde,Beleg,Datum,Betrag,amount\nA,1,2024-01-01,5,999\n"
    toml = '[files.invoices]\ncolumns = {account_id = "Kunde", invoice_id = "Beleg", '
    toml += 'date = "Datum", amount = "Betrag"}\n'
    firm = engagement.load(make_folder(invoices=lines, extra_toml=toml))
    assert firm.invoices.amount.sum().to_pandas() == 5


def test_options_settle_what_a_file_leaves_open(make_folder):
    lines = 'account_id,invoice_id,date,amount\nA,1,03/04/2024,"1,234"\n'
    toml = '[files.invoices]\ndate_order = "mdy"\ndecimal = ","\n'
    kept = engagement.load(make_folder(invoices=lines, extra_toml=toml)).invoices.to_pandas()
    assert kept["amount"].tolist() == [1.234]
    assert pd.Timestamp(kept["date"][0]) == pd.Timestamp("2024-03-04")


def test_as_of_can_be_moved_for_one_run(make_folder):
    firm = engagement.load(make_folder(), as_of="2024-02-01")
    assert firm.as_of == datetime.date(2024, 2, 1)
    assert firm.invoices.count().to_pandas() == 1


def test_optional_tables_are_none_where_the_folder_has_none(make_folder):
    firm = engagement.load(make_folder())
    assert firm.accounts is None
    assert firm.display_names().empty


def write_workbook(folder):
    text = LINES.assign(amount=["10.5", 2, 3.0])
    text.to_excel(folder / "invoices.xlsx", index=False)


def write_parquet(folder):
    LINES.to_parquet(folder / "invoices.parquet")


@pytest.mark.parametrize("write", [write_workbook, write_parquet])
def test_workbooks_and_parquet_are_read_like_csv(make_folder, write):
    folder = make_folder(invoices=None)
    write(folder)
    firm = engagement.load(folder)
    kept = firm.invoices.order_by("invoice_id").to_pandas()
    assert kept["account_id"].tolist() == ["12346", "2"]
    assert kept["amount"].tolist() == [10.5, 2.0]
    assert firm.quality.lines_set_aside.sum() == 1


def write_duckdb(path):
    with duckdb.connect(path) as database:
        database.execute("CREATE TABLE sales AS SELECT * FROM LINES")


def write_sqlite(path):
    with sqlite3.connect(path) as database:
        LINES.to_sql("sales", database, index=False)
    database.close()


@pytest.mark.parametrize(
    ("file", "write"), [("s.duckdb", write_duckdb), ("s.sqlite", write_sqlite)]
)
@pytest.mark.parametrize("what", ['table = "sales"', 'query = "SELECT * FROM sales"'])
def test_a_table_or_a_query_of_a_database_is_read(make_folder, file, write, what):
    folder = make_folder(
        invoices=None, extra_toml=f'[files.invoices]\ndatabase = "{file}"\n{what}\n'
    )
    write(folder / file)
    firm = engagement.load(folder)
    kept = firm.invoices.order_by("invoice_id").to_pandas()
    assert kept["account_id"].tolist() == ["12346", "2"]
    assert kept["amount"].tolist() == [10.5, 2.0]
    assert (firm.quality.lines_read.sum(), firm.quality.lines_set_aside.sum()) == (3, 1)


@pytest.mark.parametrize(
    "query", ["DROP TABLE sales", "SELECT 1; DROP TABLE sales", "COPY sales TO 'x'"]
)
def test_a_query_may_only_select(make_folder, query):
    toml = f'[files.invoices]\ndatabase = "s.duckdb"\nquery = "{query}"\n'
    folder = make_folder(invoices=None, extra_toml=toml)
    write_duckdb(folder / "s.duckdb")
    with pytest.raises(InputError, match=r"files.invoices.query"):
        engagement.load(folder)


def test_a_query_cannot_read_files_beside_the_database(make_folder):
    folder = make_folder(extra_toml='[files.invoices]\ndatabase = "s.duckdb"\n'
                         "query = \"SELECT * FROM read_csv('/etc/passwd')\"\n")  # fmt: skip
    write_duckdb(folder / "s.duckdb")
    with pytest.raises(InputError, match="a database that answers"):
        engagement.load(folder)


def test_a_path_out_of_the_folder_is_refused(make_folder):
    folder = make_folder(extra_toml='[files.invoices]\npath = "../elsewhere.csv"\n')
    with pytest.raises(InputError, match="a file inside the engagement folder"):
        engagement.load(folder)


def test_two_files_of_one_table_are_refused(make_folder):
    folder = make_folder()
    write_parquet(folder)
    with pytest.raises(InputError, match=r"invoices.csv and invoices.parquet"):
        engagement.load(folder)


def test_a_corrupt_parquet_file_is_refused_by_name(make_folder):
    folder = make_folder(invoices=None)
    (folder / "invoices.parquet").write_bytes(b"PAR1 but no more")
    with pytest.raises(InputError, match=r"invoices.parquet: .*expected a readable .parquet file"):
        engagement.load(folder)


def test_stores_come_under_their_chain(make_folder):
    folder = make_folder(
        accounts="account_id,name,chain,fit_rating\nA1,Tea 1,Tea,2\nA2,Tea 2,Tea,4\n",
        service="account_id,date,activity,hours\nA1,2024-01-01,visit,2\nA2,2024-01-01,visit,3\n",
        relationship="account_id,share_of_wallet\nA1,0.2\nA2,0.4\n",
    )
    firm = engagement.roll_up(engagement.load(folder))
    assert firm.invoices.account_id.nunique().to_pandas() == 1
    assert firm.accounts.loc[0, ["account_id", "name", "fit_rating"]].tolist() == ["Tea", "Tea", 3]
    assert firm.service["account_id"].unique().tolist() == ["Tea"]
    assert firm.relationship["share_of_wallet"].tolist() == [pytest.approx(0.3)]


def test_without_chains_nothing_is_rolled_up(make_folder):
    firm = engagement.load(make_folder(accounts="account_id,name\nA1,Tea\n"))
    assert engagement.roll_up(firm) is firm


def test_rows_after_one_that_could_not_be_read_keep_their_numbers(make_folder):
    lines = "account_id,invoice_id,date,amount\nA,1,2024-01-01,5,extra\nA,2,2024-01-02\n"
    folder = make_folder(invoices=lines + "A,3,2024-01-03,5\nA,4,2024-01-04,five\n")
    with pytest.raises(InputError, match="3 faults") as caught:
        engagement.load(folder)
    assert [fault.row for fault in caught.value.faults] == [2, 3, 5]


def test_an_amount_in_the_sign_of_another_currency_is_refused(make_folder):
    lines = "account_id,invoice_id,date,amount\nA,1,2024-01-01,€ 5\nA,2,2024-01-02,4.50 $\n"
    with pytest.raises(InputError, match=r"row 3, column amount: saw '4.50 \$'; expected an am"):
        engagement.load(make_folder(invoices=lines))


def test_a_missing_key_does_not_hide_the_faults_of_the_files(make_folder):
    folder = make_folder(
        toml='name = "T"\n', invoices="account_id,invoice_id,date,amount\nA,1,2024-02-30,5\n"
    )
    with pytest.raises(InputError, match="3 faults"):
        engagement.load(folder)


MANAGERS = "manager_id,name,capacity_hours_per_month\nM1,Ines,100\nM2,Oskar,\n"
UNKNOWN = {
    "a manager of an account": (
        {"accounts": "account_id,name,manager_id\nA1,Tea,M1\nA2,Salt,M9\n"},
        r"accounts.csv, row 3, column manager_id: saw 'M9'; expected a manager_id of "
        r"managers.csv: M1, M2",
    ),
    "a manager who was judged": (
        {"competences": "manager_id,competence,assessor,level\n\nM3,finance,self,2\n"},
        r"competences.csv, row 3, column manager_id: saw 'M3'; expected a manager_id of",
    ),
    "a rival": (
        {"accounts": "account_id,name,chain,rivals\nA1,Tea,T,A2; A7\nA2,Salt,,T\n"},
        r"accounts.csv, row 2, column rivals: saw 'A7'; expected account ids or chains of acc",
    ),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_name_that_no_table_knows_is_refused_with_its_place(make_folder, case):
    files, message = UNKNOWN[case]
    with pytest.raises(InputError, match=message):
        engagement.load(make_folder(managers=MANAGERS, **files))


def test_account_without_a_manager_is_no_fault(make_folder):
    accounts = "account_id,name,manager_id\nA1,Tea,\nA2,Salt,M2\n"
    firm = engagement.load(make_folder(managers=MANAGERS, accounts=accounts))
    assert firm.accounts["manager_id"].isna().tolist() == [True, False]


def test_managers_are_not_looked_up_where_the_firm_has_no_table_of_them(make_folder):
    firm = engagement.load(make_folder(accounts="account_id,name,manager_id\nA1,Tea,M9\n"))
    assert firm.accounts["manager_id"].tolist() == ["M9"]


def test_many_unknown_managers_are_counted(make_folder):
    accounts = "account_id,name,manager_id\n" + "".join(f"A{n},Tea,M9\n" for n in range(40))
    with pytest.raises(InputError, match="40 faults"):
        engagement.load(make_folder(managers=MANAGERS, accounts=accounts))


OUT_OF_RANGE = {
    "a level between": (
        {"competences": "manager_id,competence,assessor,level\nM1,finance,self,2.5\n"},
        r"row 2, column level: saw 2.5; expected one of 1, 2, 3, 4, 5",
    ),
    "an assessor nobody knows": (
        {"competences": "manager_id,competence,assessor,level\nM1,finance,client,2\n"},
        r"row 2, column assessor: saw 'client'; expected one of self, manager",
    ),
    "an assessor left out": (
        {"competences": "manager_id,competence,assessor,level\nM1,finance,,2\n"},
        r"row 2, column assessor: saw nothing; expected a value",
    ),
    "a stake above the whole": (
        {"dependence": "account_id,side,part,stake,availability,whose\nA,account,spend,2,0,us\n"},
        r"dependence.csv, row 2, column stake: saw 2; expected a number from 0 to 1",
    ),
    "a side nobody knows": (
        {"dependence": "account_id,side,part,stake,availability,whose\nA,client,spend,1,0,us\n"},
        r"row 2, column side: saw 'client'; expected one of supplier, account",
    ),
    "a part twice": (
        {
            "dependence": "account_id,side,part,stake,availability,whose\n"
            "A,account,spend,1,0,us\nA,account,spend,1,0,us\n"
        },
        r"row 3, .*expected values that no row above has together",
    ),
    "a middle below its low": (
        {
            "dependence": "account_id,side,part,stake_low,stake,availability,whose\n"
            "A,account,spend,0.5,0.4,0,us\n"
        },
        r"dependence.csv, row 2, column stake: saw 0.4; expected at least stake_low, 0.5",
    ),
    "a cost above its high": (
        {"measures": "measure,cost,cost_high\nnotice,9,8\n"},
        r"measures.csv, row 2, column cost_high: saw 8; expected at least cost, 9",
    ),
    "hours below nought": (
        {"workload_assumptions": "assumption,value\nhours_per_site,-2\n"},
        r"workload_assumptions.csv, row 2, column value: saw -2; expected a number of at least 0",
    ),
    "an assumption twice": (
        {"workload_assumptions": "assumption,value\nspan,2\nspan,3\n"},
        r"row 3, column assumption: saw 'span'; expected a value that no other row has",
    ),
    "days below nought": (
        {"activities": "activity,function,responsible,escalation_days\nvisit,client,Ines,-1\n"},
        r"activities.csv, row 2, column escalation_days: saw -1; expected a number of at least 0",
    ),
    "sites below nought": (
        {"accounts": "account_id,name,sites\nA1,Tea,-1\n"},
        r"accounts.csv, row 2, column sites: saw -1; expected a number of at least 0",
    ),
    "contacts without a person's column": (
        {"counterparts": "account_id,client_role,function\nA1,buyer,client\n"},
        r"counterparts.csv, row 1, column person: saw the columns",
    ),
}


@pytest.mark.parametrize("case", OUT_OF_RANGE)
def test_impossible_value_of_the_role_tables_is_refused(make_folder, case):
    files, message = OUT_OF_RANGE[case]
    with pytest.raises(InputError, match=message):
        engagement.load(make_folder(**files))


def test_role_tables_are_read_counted_and_come_under_the_chain(make_folder):
    folder = make_folder(
        accounts="account_id,name,chain,sites,rivals\nA1,Tea 1,Tea,,A2; A3\nA2,Tea 2,Tea,,\n"
        "A3,Salt,,,A1\n",
        counterparts="account_id,client_role,function,person\nA1,buyer,client,\n\n"
        "A3,buyer,client,Ines\n",
        competences="manager_id,competence,assessor,level\nM1,finance,self,\n",
        workload_assumptions="assumption,value\nhours_per_site,0\n",
    )
    firm = engagement.roll_up(engagement.load(folder))
    assert firm.counterparts["account_id"].tolist() == ["Tea", "A3"]
    assert firm.counterparts["person"].isna().tolist() == [True, False]
    assert firm.competences["level"].isna().all()
    assert firm.workload_assumptions["value"].tolist() == [0.0]
    assert firm.accounts.set_index("account_id")["rivals"].to_dict() == {"Tea": "A3", "A3": "Tea"}
    assert {"counterparts.csv", "competences.csv"} <= set(firm.quality["file"])
