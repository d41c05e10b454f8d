import pytest

from kamtools.errors import Fault
from kamtools.reading import text

HEADER = "account_id,invoice_id,date,amount\n"


def write(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "invoices.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_text_is_recognised_in_each_encoding(tmp_path, encoding):
    path = write(tmp_path, HEADER + "青禾超市,1,2024-01-01,5\n", encoding)
    assert text.find_encoding(path, None) == encoding


def test_western_text_is_recognised(tmp_path):
    path = write(tmp_path, HEADER + "Café Noël,1,2024-01-01,5\n", "cp1252")
    assert text.find_encoding(path, None) == "cp1252"


def test_an_excel_unicode_text_file_is_recognised_by_its_mark(tmp_path):
    path = write(tmp_path, HEADER + "青禾,1,2024-01-01,5\n", "utf-16")
    assert text.find_encoding(path, None) == "utf-16"


def test_bytes_plausible_both_ways_are_refused_and_the_option_is_named(tmp_path):
    path = write(tmp_path, HEADER + "ÄÖÜÄ,1,2024-01-01,5\n", "cp1252")
    fault = text.find_encoding(path, None)
    assert isinstance(fault, Fault)
    assert "[files.invoices] encoding" in fault.expected
    assert "GB18030 and as Windows-1252" in fault.seen


def test_the_option_settles_what_bytes_leave_open(tmp_path):
    path = write(tmp_path, HEADER + "ÄÖÜÄ,1,2024-01-01,5\n", "cp1252")
    assert text.find_encoding(path, "cp1252") == "cp1252"


def test_an_unknown_encoding_is_refused(tmp_path):
    fault = text.find_encoding(write(tmp_path, HEADER), "utf-9")
    assert fault.seen == "'utf-9'"


def test_a_wrong_encoding_option_tells_the_row(tmp_path):
    path = write(tmp_path, HEADER + "青禾超市,1,2024-01-01,5\n", "gb18030")
    assert "after row" in text.find_encoding(path, "utf-8").seen


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_under_which_the_header_holds_what_is_required(tmp_path, mark):
    path = write(tmp_path, mark.join(["account_id", "date", "net,amount", "x"]) + "\n")
    names, found = text.read_header(path, "utf-8", required=["account_id", "date"], separator=None)
    assert found == mark
    assert names[:2] == ["account_id", "date"]


def test_a_blank_line_is_seen_only_where_something_follows_it(tmp_path):
    assert not text.has_blank_lines(write(tmp_path, "a,b\n1,2\n\n\n"), "utf-8")
    assert text.has_blank_lines(write(tmp_path, "a,b\n\n1,2\n"), "utf-8")
    assert text.has_blank_lines(write(tmp_path, "a,b\r\n\r\n1,2\r\n"), "utf-8")


def test_the_plain_copy_keeps_every_row_in_its_place(tmp_path):
    path = write(tmp_path, 'a,b\n1,"two\n\nlines"\n\n3,4\n', "utf-16")
    copy = tmp_path / "copy.csv"
    text.write_plain_copy(path, "utf-16", copy, separator=",", width=2)
    assert copy.read_text(encoding="utf-8") == 'a,b\n1,"two\n\nlines"\n,\n3,4\n'
