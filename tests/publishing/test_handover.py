import json

import pandas as pd
import pytest
from nbformat import v4

from kamtools.publishing.handover import handed_on
from kamtools.publishing.records import TABLE_MIME, as_record
from kamtools.publishing.run import run

pytestmark = pytest.mark.usefixtures("warm_kernels")
KEEPING = [
    ("md", "# Which?"),
    ("code", 'engagement: str = "sample"  # folder', ["parameters"]),
    (
        "code",
        "import pandas as pd\nfrom kamtools.publishing.tables import keep\n"
        'ids = pd.Index(["A2", "A1"], name="account_id")',
    ),
    ("code", 'keep("chosen", pd.DataFrame({"rank": [1, 2]}, index=ids))'),
    ("code", 'keep("matrix", pd.DataFrame({"cell": ["star", "not placed"]}, index=ids))'),
]
TAKING = [
    ("md", "# Who?"),
    ("code", 'engagement: str = "sample"  # folder\nchosen: str = ""  # ids', ["parameters"]),
    ("code", "print(chosen)"),
]


@pytest.fixture
def executed_record(make_folder, notebook_folder, tmp_path):
    def make(**parameters):
        notebook_folder(KEEPING, name="2_selection")
        source = notebook_folder(TAKING, name="3_role")
        index = run(
            make_folder(), parameters=parameters, out=tmp_path / "report", run_stamp="1",
            source=source, progress=False,
        )  # fmt: skip
        record = json.loads((index.parent / "run.json").read_text(encoding="utf-8"))
        return record["notebooks"]["role"]["parameters"]["chosen"]

    return make


def test_what_selection_chose_is_what_the_role_is_about_and_the_record_says_so(executed_record):
    assert json.loads(executed_record()) == {"A2": "star", "A1": "key"}


def test_a_list_that_the_user_gives_comes_first(executed_record):
    assert executed_record(chosen="A1") == "A1"


def test_a_notebook_that_chose_nothing_hands_nothing_on(notebook):
    assert handed_on(notebook(TAKING)) == {}


def test_list_without_a_matrix_is_handed_on_without_tiers(notebook):
    built = notebook(KEEPING)
    table = pd.DataFrame({"rank": [1]}, index=pd.Index(["A2"], name="account_id"))
    data = {TABLE_MIME: as_record("chosen", table)}
    built.cells[3].outputs = [v4.new_output("display_data", data)]
    assert handed_on(built) == {"chosen": '{"A2": "key"}'}
