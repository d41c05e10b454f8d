import pytest

from kamtools.reading.writing import Writing, describe_writing


@pytest.mark.parametrize(
    ("writing", "words"),
    [
        (Writing("a.csv", "utf-8", ",", ".", ("year-month-day",)),
         "UTF-8, cells between commas, decimal point, dates as year-month-day"),
        (Writing("a.csv", "utf-8-sig", "\t"), "UTF-8 with a byte order mark, cells between tabs"),
        (Writing("a.csv", "CP1252", "~"), "Windows-1252, cells between '~'"),
        (Writing("a.csv", "mac_roman", ","), "mac_roman, cells between commas"),
        (Writing("a.csv", "utf-8", ",", None, ("year-month-day", "day.month.year")),
         "UTF-8, cells between commas, dates as year-month-day and day.month.year"),
        (Writing("a.XLSX", decimal=","), "a workbook, decimal comma"),
        (Writing("a.parquet"), "Parquet"),
        (Writing("erp.duckdb"), "a database"),
        (Writing("the database"), "a database"),
    ],
)  # fmt: skip
def test_what_was_recognised_is_told_in_words_and_nothing_else(writing, words):
    assert describe_writing(writing) == words
