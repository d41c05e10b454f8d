"""The whole method on the smallest firms: whatever is not known, there is a report."""

import pytest

from kamtools.errors import InputError
from kamtools.publishing.run import run

LINES = """account_id;invoice_id;date;amount;cost
A1;1;05.01.2024;1.200,50;800,00
A1;2;07.02.2024;-100,00;-60,00
A2;3;15.03.2024;300,00;200,00
青禾;4;01.04.2024;5.000,00;3.000,00
"""
TOML = 'name = "Small"\ncurrency = "EUR"\nas_of = 2024-12-31\n'
pytestmark = pytest.mark.usefixtures("warm_kernels")


@pytest.fixture
def small_firm(make_folder):
    return make_folder(toml=TOML, invoices=LINES)


def test_three_accounts_and_four_lines_get_a_report(small_firm, tmp_path):
    index = run(small_firm, out=tmp_path / "report", run_stamp="", progress=False)
    text = index.read_text(encoding="utf-8")
    assert "Chosen as key accounts: 青禾." in text
    assert "there are no managers" in text


def test_hours_that_let_no_account_in_are_told_and_nothing_is_written(small_firm, tmp_path):
    with pytest.raises(InputError, match="no account is chosen"):
        run(
            small_firm, notebooks=["selection"], parameters={"key_account_hours": "1"},
            out=tmp_path / "report", run_stamp="", progress=False,
        )  # fmt: skip
    assert not (tmp_path / "report").exists()
