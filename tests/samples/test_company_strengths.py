import pytest

from kamtools import engagement
from kamtools.samples.company import SEED, planted_truths, write_company
from kamtools.samples.company_accounts import make_roster
from kamtools.samples.company_strengths import FACTORS, RIVALS, client_views
from kamtools.selection.business_strength import relative_strength


@pytest.fixture(scope="module")
def views():
    return client_views(make_roster(seed=SEED), seed=SEED)


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    folder = tmp_path_factory.mktemp("company") / "firm"
    write_company(folder, seed=SEED)
    return engagement.roll_up(engagement.load(folder))


def test_every_client_that_was_asked_rates_all_in_every_factor(views):
    counts = views.groupby("account_id").size()
    assert set(counts) == {len(FACTORS) * len(RIVALS)}
    assert 20 < len(counts) < 40
    assert views[["us", "rating"]].stack().between(1, 10).all()
    assert (views.drop_duplicates(["account_id", "factor"]).groupby("account_id")["weight"].sum()
            == 10).all()  # fmt: skip


def test_views_come_under_the_chain(firm):
    assert "青禾超市" in set(firm.strengths["account_id"])
    assert not firm.strengths.duplicated(["account_id", "factor", "rival"]).any()


def test_planted_clients_say_what_their_stories_say(firm):
    strength = relative_strength(firm.strengths)
    truths = planted_truths(seed=SEED).set_index("account_id")["truth"]
    of_truth = strength.join(truths, how="inner").groupby("truth")["strength"]
    assert of_truth.size().to_dict() == truths.value_counts().to_dict()
    assert of_truth.max()["supermarket_channel"] < 1
    assert of_truth.max()["power_trap"] < 1
    assert of_truth.max()["fader"] < 1
    assert of_truth.min()["riser"] > 1
    assert of_truth.min()["loses_money_when_served"] > 1


def test_the_same_seed_draws_the_same_views(views):
    assert views.equals(client_views(make_roster(seed=SEED), seed=SEED))
