"""What the parts of a table are called in the language in use: title, headings, values.

In English a table on a page keeps the names of its columns, as its file has them. In another
language its headings are those of the definitions, and so are the words of the columns below,
which hold one of a few words each. Words that people wrote stay as they wrote them.
"""

from kamtools import language
from kamtools.publishing.definitions import defined_tables, describe_record
from kamtools.publishing.records import Record
from kamtools.publishing.vocabularies import VALUES


def title_of(name: str) -> str:
    """Return what a table is called, by its name in files."""
    if language.current() == "en" or name not in defined_tables():
        return name.replace("_", " ")
    return describe_record({"name": name, "columns": [], "rows": []}).title


def headings_of(record: Record) -> list[str]:
    """Return the heading of each column of a kept table.

    Examples
    --------
    >>> record = {"name": "exposure", "columns": [{"name": "revenue_share", "kind": "number"}],
    ...           "rows": []}
    >>> headings_of(record)
    ['revenue share']
    >>> with language.using("zh"):
    ...     headings_of(record)
    ['占销售额比重']
    """
    if language.current() == "en":
        return [column["name"].replace("_", " ") for column in record["columns"]]
    return [column.heading for column in describe_record(record).columns]


def value_of(column: str, value: str) -> str:
    """Return a value of a column, in the language in use if it is one of a few fixed words.

    Examples
    --------
    >>> with language.using("zh"):
    ...     value_of("zone", "interlocked"), value_of("name", "interlocked")
    ('相互锁定', 'interlocked')
    """
    if value not in VALUES.get(column, ()):
        return value
    return language.tr_in("status" if column.startswith("status") else "value", value)
