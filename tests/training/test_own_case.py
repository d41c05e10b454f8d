import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.learning import cases
from kamtools.training.case_copy import case_facts
from kamtools.training.own_case import case_table, load_case


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Return the folder of a case in a pack, in which the notebook works."""
    folder = tmp_path / "company-a-snacks"
    (folder / "data").mkdir(parents=True)
    shipped = cases.case_folder(folder.name)
    text = case_facts((shipped / "facts.toml").read_text(encoding="utf-8"), name="a", title="A")
    (folder / "facts.toml").write_text(text, encoding="utf-8")
    for file in (shipped / "data").iterdir():
        (folder / "data" / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(folder)
    return folder


def test_what_is_told_later_is_added_from_kamtools(own):
    here, whole = load_case("company-a-snacks").facts, cases.load_case("company-a-snacks").facts
    told = here[here["told_after"]]
    assert told["name"].tolist() == whole["name"][whole["told_after"]].tolist()
    assert sorted(here["name"]) == sorted(whole["name"])


def test_fact_changed_in_the_pack_counts(own):
    file = own / "facts.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('account = "', 'account = "New '), encoding="utf-8")
    assert load_case("company-a-snacks").account.startswith("New ")


def test_table_changed_in_the_pack_counts(own):
    table = case_table("company-a-snacks", "conditions.csv").assign(low=0.5)
    table.to_csv(own / "data" / "conditions.csv", index=False)
    read = case_table("company-a-snacks", "conditions.csv")
    assert (read["low"] == 0.5).all()
    assert not read.equals(cases.case_table("company-a-snacks", "conditions.csv"))


def test_another_case_is_that_of_kamtools(own):
    assert load_case("kanthal").title == cases.load_case("kanthal").title
    accounts = case_table("company-b-detergent", "accounts.csv")
    pd.testing.assert_frame_equal(
        accounts, cases.case_table("company-b-detergent", "accounts.csv")
    )  # fmt: skip


def test_facts_that_were_spoilt_are_refused_with_the_reason(own):
    (own / "facts.toml").write_text("[case", encoding="utf-8")
    with pytest.raises(InputError, match=r"facts\.toml cannot be read"):
        load_case("company-a-snacks")
    (own / "facts.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not in UTF-8"):
        load_case("company-a-snacks")
