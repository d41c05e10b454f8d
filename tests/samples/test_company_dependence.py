import re
from pathlib import Path

import numpy as np
import pytest

from kamtools.power.measure_effects import check_inputs
from kamtools.samples import company
from kamtools.samples.company import SEED, planted_truths
from kamtools.samples.company_accounts import make_roster
from kamtools.samples.company_demand import monthly_demand
from kamtools.samples.company_dependence import MANAGER, ROWS_BY_TRUTH, judged_dependence
from kamtools.schema import DEPENDENCE

ENDS = ["stake_low", "stake", "stake_high", "availability_low", "availability", "availability_high"]


def made(seed):
    roster = make_roster(seed=seed)
    return judged_dependence(roster, monthly_demand(roster, seed=seed), seed=seed)


@pytest.fixture(scope="module", params=[SEED, 1, 2, 7])
def table(request):
    return made(request.param)


def test_what_is_judged_is_valid_and_in_order(table):
    DEPENDENCE.validate(table)
    check_inputs(table.dropna(subset=ENDS))


def test_about_25_organisations_are_judged_one_account_each(table):
    assert 20 <= table["account_id"].nunique() <= 30


def test_most_is_the_managers_and_some_the_accounts_own(table):
    assert 0.6 < (table["whose"] == MANAGER).mean() < 0.95
    assert set(table["whose"]) == {MANAGER, "account"}
    assert not ((table["side"] == "supplier") & (table["whose"] == "account")).any()


def test_some_rows_come_without_their_range_and_all_with_their_middle(table):
    blank = table["stake_low"].isna()
    assert 0 < blank.sum() < len(table) / 2
    assert (table[["availability_high", "stake_high"]].isna().all(axis=1) == blank).all()
    assert table[["stake", "availability"]].notna().all(axis=None)


def test_every_planted_account_says_what_is_written_for_its_story():
    roster = make_roster(seed=SEED)
    first = roster.drop_duplicates("organisation").set_index("organisation")["account_id"]
    by_account = made(SEED).groupby("account_id")["part"].agg(tuple)
    for planted in planted_truths(seed=SEED).itertuples():
        written = tuple(part for _, part, *_ in ROWS_BY_TRUTH[planted.truth])
        assert by_account[first[planted.account_id]] == written


def test_no_other_part_of_the_company_draws_from_the_same_stream():
    sources = Path(company.__file__).parent.glob("company*.py")
    streams = [stream for source in sources
               for stream in re.findall(r"default_rng\(\[seed, (\d+)\]\)",
                                        source.read_text(encoding="utf-8"))]  # fmt: skip
    assert "13" in streams
    assert len(streams) == len(set(streams))


def test_the_same_seed_draws_the_same_judgements(table):
    assert made(SEED).equals(made(SEED))
    assert not made(SEED).equals(made(SEED + 1))


def test_the_roster_and_demand_are_left_as_they_were():
    roster = make_roster(seed=SEED)
    demand = np.ones((len(roster), 36))
    before = roster.copy(deep=True)
    judged_dependence(roster, demand, seed=SEED)
    assert roster.equals(before)
    assert (demand == 1).all()
