import pytest

from benchmarks import backtest
from benchmarks.backtest import first_look, lines_of, main, part_of
from benchmarks.backtest_tables import percent_cell
from kamtools.errors import InputError


def test_first_look_at_iowas_stores_comes_out_again(shared_data):
    looked = first_look(shared_data)
    assert looked["revenue_share"].round(2).tolist() == [0.97, 0.94, 0.88, 0.81]
    assert looked["top_found"].round(2).tolist() == [0.86, 0.79, 0.66, 0.56]


@pytest.fixture(scope="module")
def sample_part():
    return part_of("sample", lines_of("sample"))


def test_part_on_the_sample_company_has_its_tables(sample_part):
    text, held = sample_part
    assert text.startswith("### The sample company (simulated)\n")
    assert "Best possible revenue caught, %, lists of 20:" in text
    assert "Best possible margin caught, %, lists of 20:" in text
    assert "| Scorecard |" in text
    assert "| of how many |" in text
    assert set(held["data"]) == {"sample"}


def test_section_ends_with_the_intervals(sample_part, monkeypatch, capsys):
    monkeypatch.setattr(backtest, "part_of", lambda name, lines: sample_part)
    main(["sample"])
    out = capsys.readouterr().out
    assert out.index("### Did the intervals hold?") > out.index("### The sample company")
    assert "| sample | 12 | margin |" in out


def test_stores_of_iowa_need_the_data_folder(monkeypatch):
    monkeypatch.delenv("KAMTOOLS_DATA", raising=False)
    with pytest.raises(InputError, match="the folder that KAMTOOLS_DATA names"):
        lines_of("iowa-stores")


@pytest.mark.parametrize(
    ("share", "text"), [(0.996, "99.6"), (0.9, "90"), (1.0, "100"), (-0.15, "−15"), (None, "–")]
)
def test_shares_are_written_in_per_cent(share, text):
    assert percent_cell(share) == text
