import io
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.publishing import safe_csv, tables
from kamtools.publishing.records import TABLE_MIME, as_record
from kamtools.publishing.table_html import decision_html, to_html


@pytest.fixture
def shown(monkeypatch):
    """Return what was displayed, as a list that grows."""
    found = []
    monkeypatch.setattr(tables, "display", lambda data, raw: found.append(data))
    return found


def as_csv(frame, tmp_path):
    safe_csv.write_record(as_record("t", frame), tmp_path / "t.csv")
    return (tmp_path / "t.csv").read_text(encoding="utf-8-sig")


def test_notebooks_need_not_wait_for_nbformat():
    code = "import sys, kamtools.publishing.tables; print('nbformat' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_kept_table_is_shown_in_part_and_carried_whole(shown):
    tables.keep("many", pd.DataFrame({"a": range(300)}))
    assert len(shown[0][TABLE_MIME]["rows"]) == 300
    assert shown[0]["text/html"].count("<tr>") == 31
    assert "30 of 300 rows; all of them are in tables/many.csv" in shown[0]["text/html"]


def test_keep_leaves_the_table_as_it_was(shown):
    table = pd.DataFrame({"a": [1.0, np.nan]}, index=pd.Index(["x", "y"], name="account_id"))
    before = table.copy()
    tables.keep("t", table)
    pd.testing.assert_frame_equal(table, before)


def test_named_index_becomes_the_first_column_and_row_numbers_go():
    named = pd.DataFrame({"a": [1]}, index=pd.Index(["x"], name="account_id"))
    assert [c["name"] for c in as_record("t", named)["columns"]] == ["account_id", "a"]
    filtered = pd.DataFrame({"a": [1, 2]}).loc[[1]]
    assert [c["name"] for c in as_record("t", filtered)["columns"]] == ["a"]


@pytest.mark.parametrize("name", ["../up", "Chosen", "a b", "", "1st", "a.csv", "a\n"])
def test_name_that_could_not_be_a_file_is_refused(name):
    with pytest.raises(InputError, match="expected small letters, digits and _"):
        as_record(name, pd.DataFrame())


def test_words_in_an_index_without_a_name_are_refused():
    with pytest.raises(InputError, match="table t: its index has no name"):
        as_record("t", pd.DataFrame({"a": [1]}, index=["x"]))


def test_table_without_columns_is_refused():
    with pytest.raises(InputError, match="table t: expected at least one column"):
        as_record("t", pd.DataFrame())


def test_empty_decision_is_refused():
    with pytest.raises(InputError, match="a decision needs words"):
        tables.decide(" \n")


def test_decision_is_shown_as_text(shown):
    tables.decide("Choose <b>.\n\nNot *her*.")
    assert shown[0]["text/html"].count("<p>") == 2
    assert "&lt;b&gt;" in decision_html("<b>")


def test_what_is_said_is_text_in_paragraphs(shown):
    tables.say("For <b>Moor & Sons</b>.\n\nAnd nobody else.")
    (data,) = shown
    assert data["text/html"] == (
        "<p>For &lt;b&gt;Moor &amp; Sons&lt;/b&gt;.</p><p>And nobody else.</p>"
    )
    assert data["text/plain"].startswith("For <b>Moor & Sons</b>.")


def test_values_of_every_kind_become_plain_ones():
    frame = pd.DataFrame(
        {
            "text": pd.array(["a", None], dtype="str"),
            "mixed": pd.Series([1, None], dtype=object),
            "day": pd.to_datetime(["2024-12-31", None]),
            "whole": [1, 2],
            "fraction": [0.1 + 0.2, np.inf],
            "flag": [True, False],
            "maybe": pd.array([1, None], dtype="Int64"),
            "group": pd.Categorical(["A", None]),
        }
    )
    assert as_record("t", frame)["rows"] == [
        ["a", "1", "2024-12-31", 1, 0.3, True, 1, "A"],
        [None, None, None, 2, None, False, None, None],
    ]


def test_numbers_are_made_readable_by_what_they_are():
    frame = pd.DataFrame(
        {
            "revenue": [1234567.891, -12.0],
            "revenue_share": [0.1234, 0.0],
            "score": [0.98765, 0.5],
            "rank": [1000, 2],
            "growth_potential_rating": [4.5, 3.0],
            "chosen": [True, False],
        }
    )
    html = to_html(as_record("t", frame))
    for text in (
        "1,234,568",
        "−12",
        "12.3\N{NO-BREAK SPACE}%",
        "0.988",
        ">1000<",
        "4.50",
        "yes",
        "no",
    ):
        assert text in html


def test_a_small_number_beside_larger_ones_is_not_rounded_away():
    frame = pd.DataFrame({"high": [18.0, 0.06], "low": [3.0, -0.15], "least": [12.0, 0.004]})
    html = to_html(as_record("t", frame))
    for text in (">18.00<", ">0.06<", ">−0.15<", ">0.004<"):
        assert text in html


def test_table_of_sentences_becomes_cards_on_a_narrow_page():
    short, long = pd.DataFrame({"a": ["x"]}), pd.DataFrame({"the_reason": ["word " * 20]})
    assert 'class="kept"' in to_html(as_record("t", short))
    html = to_html(as_record("t", long))
    assert 'class="kept wordy"' in html
    assert '<td data-label="the reason" class="long"' in html


def test_missing_values_are_dashes_on_a_page_and_empty_in_a_file(tmp_path):
    frame = pd.DataFrame({"a": [np.nan, 1.5], "b": ["x", None]})
    assert to_html(as_record("t", frame)).count("–") == 2
    assert as_csv(frame, tmp_path) == "a,b\n,x\n1.5,\n"


def test_table_without_rows_keeps_its_columns(tmp_path):
    frame = pd.DataFrame({"a": pd.Series(dtype=float), "b": pd.Series(dtype=str)})
    assert as_csv(frame, tmp_path) == "a,b\n"
    html = to_html(as_record("t", frame))
    assert "<th" in html
    assert "No rows." in html


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(sign, tmp_path):
    frame = pd.DataFrame({"name": [sign + "1+1"], "loss": [-5]})
    back = pd.read_csv(io.StringIO(as_csv(frame, tmp_path)), keep_default_na=False)
    assert back.name[0].startswith("'")
    assert back.loss[0] == -5


def test_chinese_names_survive_a_file_and_a_page(tmp_path):
    frame = pd.DataFrame({"name": ["北京超市"]})
    assert "北京超市" in as_csv(frame, tmp_path)
    assert "北京超市" in to_html(as_record("t", frame))


def test_table_in_a_database_is_written_in_order_and_counted(tmp_path):
    import ibis

    frame = pd.DataFrame({"row": [3, 2], "=name": ["+1", None], "amount": [-1.5, 2.0]})
    table = ibis.duckdb.connect().create_table("t", frame)
    assert safe_csv.write_table(table, tmp_path / "t.csv") == 2
    back = pd.read_csv(tmp_path / "t.csv")
    assert back.columns.tolist() == ["row", "'=name", "amount"]
    assert back.row.tolist() == [2, 3]
    assert back["'=name"].iloc[1] == "'+1"
    assert back.amount.tolist() == [2.0, -1.5]
