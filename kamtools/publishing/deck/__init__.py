"""The deck (PPTX) of a standing report: decision first, one message a slide, all of it editable.

Tables are tables and charts are native, with their values in a workbook behind them. Every
number is of the report's kept tables or of its decisions; nothing is computed anew but counts
and sums that a title tells. The same report gives the same bytes.
"""

import datetime

from kamtools.language import using
from kamtools.publishing.deck import master
from kamtools.publishing.deck.about import assumptions, decision, making
from kamtools.publishing.deck.draw import add_message, add_opening
from kamtools.publishing.deck.next import briefing_slides, plan_slides
from kamtools.publishing.deck.parts import Message
from kamtools.publishing.deck.people import readiness_slides, role_slides
from kamtools.publishing.deck.power import power_slides
from kamtools.publishing.deck.sections import section_slides
from kamtools.publishing.deck.selection import selection_slides
from kamtools.publishing.deck.told import Told, tell
from kamtools.publishing.deck.words import Say, words_of
from kamtools.publishing.documents.form import FIRST_DAY, clean
from kamtools.publishing.standing_report import StandingReport

MOST_SLIDES = 16

_BY_NOTEBOOK = {
    "readiness": readiness_slides,
    "selection": selection_slides,
    "role": role_slides,
    "power": power_slides,
    "account_plan": plan_slides,
    "briefing": briefing_slides,
}
_LANGUAGES = {"zh": "zh-CN"}


def deck(report: StandingReport) -> bytes:
    """Return the deck of a report as the content of a PPTX file.

    A table that the report does not keep leaves its slide out; a report of one notebook, or of
    a case study, gives a short deck.

    Parameters
    ----------
    report
        As `standing_report.read_report` reads it from its folder.

    Returns
    -------
    bytes
        At most 16 slides for the notebooks of a firm: title, decision, messages,
        assumptions, and how it was made.
    """
    with using(report.setting.language):
        return _deck(report)


def _deck(report: StandingReport) -> bytes:
    told, say = tell(report), words_of(report.setting.language)
    firm, day = clean(report.setting.name), report.setting.as_of
    dated = datetime.date.fromisoformat(day) if day else FIRST_DAY
    made = master.new_deck(say("foot", firm=firm))
    subtitle = (say("subtitle"), say("as_of", day=day) if day else say("case_subtitle"))
    messages = slides(told, say)
    first = messages[0].title
    add_opening(made, firm, subtitle, notes=first)
    for message in messages:
        add_message(made, message, say, dated=dated)
    language = _LANGUAGES.get(report.setting.language, "en-GB")
    parts = [p for p in made.part.package.iter_parts() if _has_runs(str(p.partname))]
    for part in parts:
        master.set_fonts(part._element, language=language)
    return master.to_bytes(made, title=firm, firm=firm, dated=dated)


def slides(told: Told, say: Say) -> list[Message]:
    """Return what the slides after the first say, in order; extra ones where there is room."""
    messages = [decision(told, say)]
    for notebook in told.report.notebooks:
        own = _BY_NOTEBOOK.get(notebook)
        messages += own(told, say) if own else section_slides(told, say, notebook)
    assumed = assumptions(told, say)
    messages += [*([assumed] if assumed else []), making(told, say)]
    room = MOST_SLIDES - 1 - sum(not message.is_extra for message in messages)
    kept = []
    for message in messages:
        if message.is_extra and room <= 0:
            continue
        room -= message.is_extra
        kept.append(message)
    return kept


def _has_runs(partname: str) -> bool:
    rooms = ("/ppt/slides/", "/ppt/charts/", "/ppt/notesSlides/")
    return partname.startswith(rooms) and partname.endswith(".xml")
