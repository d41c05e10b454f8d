import datetime

import pytest

from kamtools.decision_log import FILE, read_log
from kamtools.errors import InputError
from kamtools.publishing.freezing import freeze_weights
from kamtools.samples.company import SEED, write_company
from kamtools.selection.freeze import KIND, frozen_in_log

DAY = datetime.date(2024, 12, 2)


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    folder = tmp_path_factory.mktemp("freezing") / "firm"
    write_company(folder, seed=SEED)
    return folder


@pytest.fixture
def unfrozen(firm):
    (firm / FILE).unlink(missing_ok=True)
    return firm


def test_frozen_weights_go_into_the_log_of_the_engagement(unfrozen):
    frozen = freeze_weights(unfrozen, "margin=3, growth=2", by="Li Wei", date=DAY, note="profit")
    log = read_log(unfrozen)
    assert log.faults == ()
    assert (log.entries[0].kind, log.entries[0].by, log.entries[0].date) == (KIND, "Li Wei", DAY)
    assert frozen_in_log(log.entries) == (frozen,)
    assert frozen.weights == {"margin": 0.6, "growth": 0.4}


def test_default_weights_are_those_of_the_criteria_that_the_tables_tell(unfrozen):
    frozen = freeze_weights(unfrozen, "default", by="Li Wei", date=DAY)
    assert sum(frozen.weights.values()) == pytest.approx(1, abs=1e-6)
    assert "strategic_fit" in frozen.weights


def test_second_freeze_is_added_behind_the_first(unfrozen):
    freeze_weights(unfrozen, "equal", by="Li Wei", date=DAY)
    freeze_weights(unfrozen, "rank: growth > margin", by="Ann", date=DAY)
    assert [frozen.by for frozen in frozen_in_log(read_log(unfrozen).entries)] == ["Li Wei", "Ann"]


@pytest.mark.parametrize(
    ("text", "by", "message"),
    [
        ("magin=3", "Li", "unknown criterion 'magin'"),
        ("margin", "Li", "could not read 'margin'"),
        ("equal", " ", "got a blank name"),
    ],
)
def test_what_cannot_be_frozen_is_refused_and_leaves_no_log(unfrozen, text, by, message):
    with pytest.raises(InputError, match=message):
        freeze_weights(unfrozen, text, by=by, date=DAY)
    assert not (unfrozen / FILE).exists()


def test_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="there is no engagement folder"):
        freeze_weights(tmp_path / "elsewhere", "equal", by="Li", date=DAY)
