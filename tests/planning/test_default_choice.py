import pytest

from kamtools import engagement, ledger
from kamtools.planning.default_choice import default_choice, firm_criteria
from kamtools.samples import locate
from kamtools.samples.company import SEED, planted_truths
from kamtools.selection.portfolio import eligible


@pytest.fixture(scope="module")
def firm():
    return engagement.roll_up(engagement.load(locate("sample")))


@pytest.fixture(scope="module")
def scorecard(firm):
    return ledger.scorecard(firm.invoices, as_of=firm.as_of)


@pytest.fixture(scope="module")
def choice(firm, scorecard):
    return default_choice(firm, scorecard)


def test_what_is_planted_in_the_sample_is_chosen_and_left_out(choice):
    truths = planted_truths(seed=SEED).set_index("account_id")["truth"]
    wanted = truths.index[truths.isin(["riser", "supermarket_channel", "power_trap"])]
    assert wanted.isin(choice.index).all()
    assert (
        not truths.index[truths.isin(["fader", "loses_money_when_served"])].isin(choice.index).any()
    )


def test_list_keeps_to_the_number_and_stands_by_rank(firm, choice):
    assert len(choice) <= firm.capacity["key_accounts"]
    assert choice["rank"].is_monotonic_increasing


def test_a_firm_without_facts_of_its_accounts_still_has_a_list(make_folder):
    rows = [f"A{n},I{n},2024-{m:02}-03,{n * 10}" for n in range(1, 11) for m in range(1, 13)]
    lines = "\n".join(["account_id,invoice_id,date,amount", *rows])
    bare = engagement.roll_up(engagement.load(make_folder(invoices=lines)))
    scorecard = ledger.scorecard(bare.invoices, as_of=bare.as_of)
    listed = default_choice(bare, scorecard)
    assert len(listed) == 2
    assert set(listed["cell"]) == {"not placed"}


def test_criteria_are_those_that_the_tables_tell(firm, scorecard):
    table = firm_criteria(firm, eligible(scorecard))
    assert "strategic_fit" in table.values
    assert table.left_out.empty
