"""A market briefing as two files for the client, a page and a document, each whole or not at all.

The same briefing gives the same bytes, on the same versions of Python and its libraries. A
draft says so in its name too.
"""

import dataclasses
import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kamtools.errors import InputError
from kamtools.planning.briefing_form import Briefing, MarketLine, Point
from kamtools.publishing.documents.briefing_document import to_docx
from kamtools.publishing.documents.briefing_page import to_html
from kamtools.publishing.whole_files import name_part, write_together


def write_briefing(briefing: Briefing, folder: Path | str) -> list[Path]:
    """Write `briefing-ACCOUNT-MONTH.html` and `.docx`, and return where they are.

    A draft is `briefing-ACCOUNT-MONTH-draft`. Earlier files of the same name are replaced.

    Parameters
    ----------
    briefing
        From `kamtools.planning.briefing.market_briefing`.
    folder
        Where to; it is made if it is not there.

    Raises
    ------
    InputError
        If the folder is a file, or the account has no id that could name a file.
    """
    if not briefing.account_id.strip():
        raise InputError("a briefing needs the account's id for its file; got a blank one")
    stem = f"briefing-{name_part(briefing.account_id)}-{briefing.month:%Y-%m}"
    stem += "-draft" if briefing.is_draft else ""
    contents = {
        f"{stem}.html": to_html(briefing).encode("utf-8"),
        f"{stem}.docx": to_docx(briefing),
    }
    return write_together(Path(folder), contents, what="the briefing")


def as_plain(briefing: Briefing) -> dict[str, Any]:
    """Return a briefing as values that JSON can hold."""
    plain = dataclasses.asdict(briefing)
    plain["lines"] = [one | {"date": one["date"].isoformat()} for one in plain["lines"]]
    return plain | {"month": plain["month"].isoformat(), "as_of": plain["as_of"].isoformat()}


def from_plain(plain: Mapping[str, Any]) -> Briefing:
    """Return the briefing that `as_plain` wrote.

    Examples
    --------
    >>> day = datetime.date(2024, 12, 1)
    >>> one = Briefing("a", "Ox", "We", day, day, "en", "", (), (Point("Taste.", 1, "row 2"),), ())
    >>> from_plain(as_plain(one)) == one
    True
    """
    of_day = datetime.date.fromisoformat
    lines = [MarketLine(**(one | {"date": of_day(one["date"])})) for one in plain["lines"]]
    points = {
        part: tuple(Point(**one) for one in plain[part]) for part in ("suggestions", "cooperation")
    }
    days = {name: of_day(plain[name]) for name in ("month", "as_of")}
    return Briefing(**{**plain, **days, **points, "lines": tuple(lines)})
