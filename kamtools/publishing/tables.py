"""The tables and sentences a decision rests on, shown and kept in the notebook that made them.

`keep` and `decide` display their argument for a reader and lay the whole of it beside, as
an output of a type of its own. The executed notebook is therefore the record, under plain
papermill too; `kam run` only takes the tables out of it.
"""

import pandas as pd
from IPython.display import display

from kamtools import language
from kamtools.errors import InputError
from kamtools.publishing.records import DECISION_MIME, TABLE_MIME, as_frame, as_record
from kamtools.publishing.table_html import ROWS_SHOWN, decision_html, paragraphs_html, to_html


def in_language(name: str) -> None:
    """Show labels of figures and headings of tables in a language, from here on.

    Parameters
    ----------
    name : str
        "en" or "zh", as `firm.language` has it. What a notebook says in sentences stays as it
        is written.

    Raises
    ------
    InputError
        If it is another.
    """
    language.use(name)


def keep(name: str, table: pd.DataFrame) -> None:
    """Show a table in the notebook and keep the whole of it for `tables/NAME.csv`.

    Parameters
    ----------
    name : str
        Name of the file without its ending: small letters, digits and `_`.
    table : DataFrame
        Any table; a named index becomes the first column. The first 30 rows are shown.

    Raises
    ------
    InputError
        If the name could not be the name of a file, or an index has no name.
    """
    record = as_record(name, table)
    shown = as_frame(record).head(ROWS_SHOWN)
    display(
        {
            "text/plain": shown.to_string(index=False),
            "text/html": to_html(record),
            TABLE_MIME: record,
        },
        raw=True,
    )


def say(text: str) -> None:
    """Show sentences that were computed, as text that flows; account names may hold any sign.

    Parameters
    ----------
    text : str
        A blank line starts a new paragraph.
    """
    display({"text/plain": text, "text/html": paragraphs_html(text)}, raw=True)


def decide(text: str) -> None:
    """Show the decision in words; the report's first page opens with it.

    Parameters
    ----------
    text : str
        Plain sentences, not Markdown: account names may hold any sign. A blank line
        starts a new paragraph.

    Raises
    ------
    InputError
        If there is nothing in the text.
    """
    if not text.strip():
        raise InputError("a decision needs words; got an empty text")
    display(
        {
            "text/plain": text,
            "text/html": decision_html(text),
            DECISION_MIME: {"text": text},
        },
        raw=True,
    )
