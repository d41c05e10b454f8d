"""The account plan of a chain, whose shops are compared with one another."""

from pathlib import Path

import papermill
import pytest

from kamtools.publishing.kernels.provisioner import engine_options
from kamtools.publishing.records import kept_tables

pytestmark = pytest.mark.usefixtures("warm_kernels")
NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "5_account_plan.ipynb"


def test_a_chain_gets_its_white_space_shop_by_shop(tmp_path):
    done = papermill.execute_notebook(
        NOTEBOOK,
        tmp_path / "out.ipynb",
        parameters={"account_id": "Pepperwick Market"},
        progress_bar=False,
        **engine_options(),
    )
    kept = {record["name"] for record in kept_tables(done)}
    assert {"white_space_by_site", "account_plan", "calendar"} <= kept
