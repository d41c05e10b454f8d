"""How well the sample company knows those it talks to."""

import pandas as pd
import pytest

from kamtools import engagement
from kamtools.planning.relationship_map import relationship_map
from kamtools.samples import locate
from kamtools.samples.company import SEED, make_company


@pytest.fixture(scope="module", params=[SEED, 1, 2, 7])
def contacts(request):
    return make_company(seed=request.param)["counterparts"]


def test_only_threads_are_judged_and_dated_and_some_are_not(contacts):
    ties = contacts[["strength", "last_contact"]]
    bare = contacts["person"].isna()
    assert ties[bare].isna().all(axis=None)
    assert ties[~bare].notna().mean().between(0.65, 0.95).all()


def test_strength_is_a_whole_number_from_one_to_five_and_no_contact_is_to_come(contacts):
    assert set(contacts["strength"].dropna()) == {1.0, 2.0, 3.0, 4.0, 5.0}
    assert contacts["last_contact"].max() <= pd.Timestamp("2024-12-31")


def test_strong_threads_were_used_more_lately_than_weak_ones(contacts):
    days = (pd.Timestamp("2024-12-31") - contacts["last_contact"]).dt.days
    median = days.groupby(contacts["strength"] >= 3).median()
    assert median[True] < median[False]


def test_some_threads_of_the_company_have_gone_cold():
    firm = engagement.roll_up(engagement.load(locate("sample")))
    maps = [
        relationship_map(firm.counterparts, account, as_of=firm.as_of)
        for account in firm.counterparts["account_id"].unique()
    ]
    cold = pd.concat([one.links["is_cold"] for one in maps])
    assert 0.02 < cold.mean() < 0.25
