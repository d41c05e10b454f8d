"""The pages of a report: one for each notebook, and the index with the decision first.

Every page stands alone: one style sheet inside it, figures inside it, no script. A content
security policy forbids the browser to load or run anything, whatever the data held.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from nbformat import NotebookNode

from kamtools import language
from kamtools.publishing import blocks
from kamtools.publishing.prose import scrolling
from kamtools.publishing.records import Record, kept_tables
from kamtools.publishing.shown import title_of
from kamtools.publishing.table_html import to_html


@dataclass(frozen=True)
class Setting:
    """What every page says of the engagement: the firm, the day, the language."""

    name: str
    as_of: str
    language: str


def notebook_page(
    notebook: NotebookNode,
    *,
    name: str,
    setting: Setting,
    documents: Sequence[str] = (),
    files: Sequence[str] = (),
) -> str:
    """Return the page of one executed notebook, its code in an appendix.

    Parameters
    ----------
    documents : names of the files in `documents/` that came of it
    files : names of the files in `tables/` that are no tables
    """
    with language.using(setting.language):
        return page_environment().get_template("notebook.html").render(
            title=blocks.title(notebook, name),
            setting=setting,
            blocks=blocks.page_blocks(notebook),
            appendix=blocks.appendix(notebook),
            tables=[record["name"] for record in kept_tables(notebook)],
            documents=documents,
            files=files,
        )  # fmt: skip


def index_page(
    notebooks: Mapping[str, NotebookNode],
    *,
    setting: Setting,
    record: Mapping[str, Any],
    quality: Record,
) -> str:
    """Return the first page: the decision of each notebook, then what it rests on.

    Parameters
    ----------
    notebooks : executed notebooks by short name
    record : the contents of run.json
    quality : the data-quality table as kept
    """
    with language.using(setting.language):
        return page_environment().get_template("index.html").render(
            setting=setting,
            parts=[
                {
                    "name": name,
                    "title": blocks.title(notebook, name),
                    "blocks": blocks.index_blocks(notebook),
                }
                for name, notebook in notebooks.items()
            ],
            quality=scrolling(
                to_html(quality, rows=len(quality["rows"])), label=title_of("quality")
            ),
            record=record,
        )  # fmt: skip


def page_environment() -> Environment:
    """Return how templates are filled in: what was computed comes out as text, not as HTML.

    A page's own words stand inside of `_`, or of `_n` where they count something, and come
    out in the language in use.
    """
    environment = Environment(
        loader=PackageLoader("kamtools.publishing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "_": language.tr, "_n": language.tr_n, "language": language.current(),
    }  # fmt: skip
    return environment
