import datetime
from dataclasses import replace

import pandas as pd

from kamtools.planning.briefing_form import Briefing, MarketLine, Point
from kamtools.planning.briefing_words import NO_EVENTS, describe_briefing, describe_lines

DAY = datetime.date(2024, 12, 31)
LINE = MarketLine(1, 2, DAY, "x", "y", "z", "licensed", "", "It is new.")
POINTS = (Point("One.", 1, "row 2"), Point("Two.", 1, "row 2"))
ONE = Briefing("a", "Ox", "We", DAY.replace(day=1), DAY, "en", "", (LINE,), POINTS, POINTS[:1])


def test_a_draft_says_what_is_to_be_done():
    said = describe_briefing(ONE)
    assert "tells 1 line, makes 2 suggestions and names 1 thing" in said
    assert "nobody has checked it" in said
    assert "Line 1 is licensed" in said
    assert "no legal advice" in said
    lacking = describe_briefing(replace(ONE, suggestions=POINTS[:1]))
    assert "still has to write 1 more suggestion" in lacking


def test_a_checked_briefing_names_who_checked_it():
    assert "Ines Falk has checked it; it may go out." in describe_briefing(
        replace(ONE, checked_by="Ines Falk")
    )


def test_a_calm_month_is_not_an_unknown_one():
    calm = replace(ONE, lines=(), suggestions=(), cooperation=())
    assert "the month was calm" in describe_briefing(calm)
    assert describe_briefing(None) == NO_EVENTS
    assert "not the same as a calm month" in NO_EVENTS


def test_refusals_are_said_as_they_are():
    assert describe_briefing(None, refusals="Row 3 …") == "Row 3 …"


def test_a_firm_whose_clients_have_no_names_is_told_what_is_not_checked():
    lines = pd.DataFrame({"touches": ["Soap", "Tea", ""]})
    assert describe_lines(lines, name="Ox", names_known=True) == (
        "Of 3 lines of the month 2 touch what Ox buys, where it is, or its trade."
    )
    assert "names of other clients" in describe_lines(lines, name="Ox", names_known=False)
    assert describe_lines(lines[:0], name="Ox", names_known=True) == (
        "No line of the month is known."
    )
