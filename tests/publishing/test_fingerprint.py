from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.publishing import fingerprint
from kamtools.publishing.fingerprint import MadeFrom, changes, input_hashes, made_from, of_notebook
from kamtools.publishing.plan import plan
from kamtools.publishing.run import run

CELLS = [("code", "engagement: str = ''\ntop: int = 3\nchosen: str = ''", ["parameters"])]


@pytest.fixture
def firm(make_firms):
    return make_firms("tea") / "tea"


@pytest.fixture
def planned(notebook_folder):
    """Return a function that plans the notebook `selection` with parameters."""
    source = notebook_folder(CELLS)
    return lambda **parameters: plan(["selection"], parameters, source)


def test_every_file_of_the_folder_counts_by_its_content(firm):
    before = input_hashes(firm)
    assert sorted(before) == ["engagement.toml", "invoices.csv"]
    (firm / "more").mkdir()
    (firm / "more" / "notes.txt").write_text("of a notebook's own")
    assert sorted(input_hashes(firm)) == ["engagement.toml", "invoices.csv", "more/notes.txt"]
    (firm / "invoices.csv").touch()
    assert input_hashes(firm)["invoices.csv"] == before["invoices.csv"]
    with (firm / "invoices.csv").open("a") as file:
        file.write("\n")
    assert input_hashes(firm)["invoices.csv"] != before["invoices.csv"]


def test_reports_hidden_files_and_what_programs_leave_do_not_count(firm, notebook_folder):
    before = input_hashes(firm)
    source = notebook_folder([("code", "1")])
    run(firm, out=firm / "report", run_stamp="", source=source, progress=False)
    (firm / "report.failed").mkdir()
    (firm / "report.failed" / "role.ipynb").touch()
    for name in (".DS_Store", "Thumbs.db", "~$invoices.xlsx", ".git"):
        (firm / name).touch()
    (firm / ".ipynb_checkpoints").mkdir()
    (firm / ".ipynb_checkpoints" / "a.ipynb").touch()
    assert input_hashes(firm) == before


def test_folder_that_a_link_leads_to_does_not_count(firm):
    (firm / "loop").symlink_to(firm, target_is_directory=True)
    assert sorted(input_hashes(firm)) == ["engagement.toml", "invoices.csv"]


def test_table_on_a_server_is_never_certain_to_be_the_same(firm, planned):
    with (firm / "engagement.toml").open("a") as file:
        file.write('[files.accounts]\ndatabase = "postgresql://house/crm"\ntable = "a"\n')
    made = made_from(planned(), firm)
    assert not fingerprint.is_certain(made)
    assert changes(made, made) == ["accounts is a table on a database server, which cannot be "
                                   "hashed"]  # fmt: skip


def test_what_nothing_was_done_to_is_unchanged(firm, planned):
    assert changes(made_from(planned(), firm), made_from(planned(), firm)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"inputs": {"a.csv": "2"}}, ["a.csv changed"]),
        ({"inputs": {}}, ["a.csv is gone"]),
        ({"inputs": {"a.csv": "1", "b.csv": "1"}}, ["b.csv is new"]),
        ({"notebooks": {"role": "2"}}, ["notebook role changed"]),
        ({"notebooks": {"role": "1", "power": "1"}}, ["notebook power is new"]),
        ({"parameters": {"role": {"top": 4}}}, ["parameter top changed (role)"]),
        ({"package": "2"}, ["kamtools itself changed"]),
        ({"versions": {"pandas": "4"}}, ["version of pandas changed"]),
    ],
)
def test_each_kind_of_change_is_named(change, told):
    before = MadeFrom({"a.csv": "1"}, {"role": "1"}, {"role": {"top": 3}}, "1", {"pandas": "3"})
    assert changes(before, replace(before, **change)) == told


def test_fingerprint_of_a_notebook_is_of_all_that_it_depends_on(firm, planned):
    one = planned()["selection"]
    made = made_from(planned(), firm)
    marks = {
        of_notebook(made, "selection", one, firm),
        of_notebook(made, "selection", planned(top=4)["selection"], firm),
        of_notebook(made, "selection", planned(chosen="handed on")["selection"], firm),
        of_notebook(replace(made, inputs={}), "selection", one, firm),
        of_notebook(replace(made, notebooks={"selection": "2"}), "selection", one, firm),
        of_notebook(replace(made, package="2"), "selection", one, firm),
        of_notebook(replace(made, versions={}), "selection", one, firm),
    }
    assert len(marks) == 7


def test_fingerprint_of_a_notebook_does_not_ask_where_the_firm_or_the_others_are(firm, planned):
    one = planned()["selection"]
    made = made_from(planned(), firm)
    moved = firm.rename(firm.parent.parent / firm.name)
    again = replace(made_from(planned(), moved), notebooks=made.notebooks | {"role": "2"})
    assert of_notebook(again, "selection", one, moved) == of_notebook(made, "selection", one, firm)


names = st.text("abc", min_size=1, max_size=2)
hashes = st.dictionaries(names, st.text("12", min_size=1, max_size=1), max_size=3)
states = st.builds(
    MadeFrom,
    inputs=hashes,
    notebooks=hashes,
    parameters=st.just({}),
    package=st.sampled_from("12"),
    versions=hashes,
)


@given(states, states)
def test_two_states_differ_in_words_exactly_where_they_differ(one, other):
    assert bool(changes(one, other)) == (one != other)
    assert len(changes(one, other)) == len(changes(other, one))


def test_hash_of_the_package_is_one_hash_of_sources_only():
    assert len(fingerprint.package_hash()) == 64
    assert fingerprint.package_hash() == fingerprint.package_hash.__wrapped__()
