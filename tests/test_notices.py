"""The table of notices: read, refused, rolled up to chains, and filled in the sample company."""

import pandas as pd
import pytest

from kamtools import schema
from kamtools.engagement import load, roll_up
from kamtools.errors import InputError
from kamtools.planning.notice_kept import notice_kept
from kamtools.samples import company

HEADER = "account_id,initiative,date,how,by\n"
AS_OF = pd.Timestamp("2024-12-31").date()


@pytest.fixture(scope="module")
def sample():
    return company.make_company(seed=company.SEED)


def test_notices_are_read_and_a_blank_account_means_all(make_folder):
    firm = load(
        make_folder(notices=f"{HEADER}A1,价目表,2024-11-04,letter,Ines\n,Tins,2024-12-02,,\n")
    )
    assert firm.notices["initiative"].tolist() == ["价目表", "Tins"]
    assert firm.notices["account_id"].isna().tolist() == [False, True]
    assert firm.notices["date"].tolist() == [pd.Timestamp("2024-11-04"), pd.Timestamp("2024-12-02")]


def test_a_firm_without_the_table_has_none(make_folder):
    assert load(make_folder()).notices is None


@pytest.mark.parametrize(("line", "message"), [
    ("A1,,2024-11-04,,", r"notices.csv, row 2, column initiative: saw nothing"),
    ("A1,Tins,soon,,", r"notices.csv, row 2, column date: saw 'soon'; expected a date"),
])  # fmt: skip
def test_a_faulty_notice_is_refused_with_its_place(make_folder, line, message):
    with pytest.raises(InputError, match=message):
        load(make_folder(notices=f"{HEADER}{line}\n"))


def test_a_notice_to_a_store_was_given_to_its_chain(make_folder):
    firm = load(
        make_folder(
            accounts="account_id,name,chain\nA1,Tea East,Tea\nA2,Salt,\n",
            notices=f"{HEADER}A1,Tins,2024-11-04,,\n,Tins,2024-12-02,,\n",
        )
    )
    rolled = roll_up(firm).notices
    assert rolled["account_id"].fillna("").tolist() == ["Tea", ""]


def test_sample_company_told_some_in_time_some_late_and_some_never(sample):
    schema.NOTICES.validate(sample["notices"])
    keys = sample["accounts"]["account_id"].iloc[:5]
    found = notice_kept(
        sample["initiatives"], sample["notices"], promised_days=21, accounts=keys, as_of=AS_OF
    )
    assert (found.table["verdict"] == "missing").sum() == len(keys)
    told = sample["notices"]["account_id"].unique()
    found = notice_kept(
        sample["initiatives"], sample["notices"], promised_days=21, accounts=told, as_of=AS_OF
    )
    assert found.table["verdict"].value_counts().loc[["kept", "late"]].tolist() == [9, 3]
    assert found.unknown.empty


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_no_notice_of_the_sample_went_to_nobody(seed):
    notices = company.make_company(seed=seed)["notices"]
    assert notices["account_id"].notna().all()
    assert (notices["account_id"] != "nan").all()
