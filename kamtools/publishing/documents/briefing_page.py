"""A market briefing as a page and as a document for the client: what both of them say.

Nothing of ours that is not for the client's eyes is in a `Briefing`, so nothing can be here.
"""

from dataclasses import dataclass

from kamtools.planning.briefing_form import FEWEST_SUGGESTIONS, Briefing
from kamtools.planning.briefing_labels import LABELS, day_words
from kamtools.publishing.html import page_environment

COLUMNS = ("number", "date", "who", "what", "source")
"""Labels of the columns of what moved; the kind of source stands with the source."""


@dataclass(frozen=True)
class Shown:
    """One point of a list: its text, the line it is on (0: none), whether it is to be written."""

    text: str
    number: int
    to_write: bool = False


def to_html(briefing: Briefing) -> str:
    """Return the briefing as a page that needs nothing else, and prints on A4.

    Parameters
    ----------
    briefing
        From `kamtools.planning.briefing.market_briefing`.
    """
    return page_environment().get_template("briefing.html").render(
        one=briefing,
        label=LABELS[briefing.language],
        headings=headings(briefing),
        rows=market_rows(briefing),
        sections=sections(briefing),
    )  # fmt: skip


def headings(briefing: Briefing) -> list[str]:
    """Return the headings of the table of what moved, in the page's language."""
    return [LABELS[briefing.language][name] for name in COLUMNS]


def market_rows(briefing: Briefing) -> list[tuple[str, ...]]:
    """Return what moved, a row for each line; the source ends with its kind in brackets."""
    words = LABELS[briefing.language]
    before, after = ("（", "）") if briefing.language == "zh" else (" (", ")")
    return [
        (
            str(one.number),
            day_words(one.date, briefing.language),
            one.competitor,
            one.event,
            f"{one.source}{before}{words[one.access]}{after}",
        )
        for one in briefing.lines
    ]


def sections(briefing: Briefing) -> list[tuple[str, list[Shown]]]:
    """Return the three lists after what moved, each with its title; none in a calm month.

    What nobody wrote stands in them as "to be written".
    """
    if not briefing.lines:
        return []
    words = LABELS[briefing.language]
    to_write = Shown(words["to write"], 0, True)
    gap = "" if briefing.language == "zh" else " "
    meaning = []
    for one in briefing.lines:
        if one.known or one.meaning:
            said = gap.join(part for part in (one.meaning, one.known) if part)
            meaning.append(Shown(said, one.number))
        if not one.meaning:
            meaning.append(Shown(words["to write"], one.number, True))
    suggested = [Shown(one.text, one.number) for one in briefing.suggestions]
    suggested += [to_write] * max(FEWEST_SUGGESTIONS - len(suggested), 0)
    ours = [Shown(one.text, one.number) for one in briefing.cooperation] or [to_write]
    return [
        (words["means"], meaning),
        (words["suggestions"], suggested),
        (words["cooperation"], ours),
    ]
