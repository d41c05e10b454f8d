"""The first page of a case's report: the story up to the decision, then what it rests on."""

from collections.abc import Mapping
from typing import Any

from kamtools import language
from kamtools.publishing.html import Setting, page_environment
from kamtools.publishing.prose import author_html, scrolling
from kamtools.publishing.records import Record
from kamtools.publishing.shown import title_of
from kamtools.publishing.table_html import to_html

PLACES = {"case.ipynb": "#notebook", "facts.toml": "#sources"}
"""Where a link of the story leads on its page, which has the parts of the case in one."""


def case_page(story: str, *, setting: Setting, sources: Record, record: Mapping[str, Any]) -> str:
    """Return the first page of a case's report.

    Parameters
    ----------
    story : the text of `case.md`, in Markdown
    setting : what every page says
    sources : the facts as kept
    record : the contents of run.json
    """
    for file, place in PLACES.items():
        story = story.replace(f"]({file})", f"]({place})")
    with language.using(setting.language):
        return page_environment().get_template("case.html").render(
            setting=setting,
            story=author_html(story),
            sources=scrolling(
                to_html(sources, rows=len(sources["rows"])), label=title_of("sources")
            ),
            record=record,
        )  # fmt: skip
