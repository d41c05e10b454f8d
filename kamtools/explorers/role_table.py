"""The answer of the role explorer as HTML: who looks after whom, and what is covered."""

import html
import math

import pandas as pd

from kamtools.explorers.list_table import STYLE
from kamtools.explorers.role_answer import Answer
from kamtools.explorers.role_case import Settings
from kamtools.explorers.role_cover import MEASURES, MORE_IS_BETTER, SHARES
from kamtools.plots.contrast import letters
from kamtools.plots.style import BLUE, GREEN, VERMILLION
from kamtools.wording import percent

HEADS = {"today": "Today", "start": "At the start", "now": "Now"}
WRAPPED = (
    "<style>.kam-list.kam-role th,.kam-list.kam-role td.t{white-space:normal}"
    ".kam-list.kam-role td,.kam-list.kam-role th{padding:2px 6px}"
    ".kam-list.kam-role td.name{min-width:7em}</style>"
)
"""So that a table of many columns is not wider than a page."""
NOBODY = "nobody"
LOADS = {"hours_per_year": "Now", "capacity_hours": "Capacity", "fair_hours": "Even share"}


def tables_html(earlier: pd.DataFrame, answer: Answer, *, with_contacts: bool) -> str:
    """Return what is covered, and below it who looks after whom, as HTML.

    Parameters
    ----------
    earlier
        From `what_if.earlier_cover`.
    answer
        From `what_if`.
    with_contacts
        Whether contacts are known.
    """
    who = accounts_html(answer.rows, with_contacts=with_contacts)
    cover = cover_html(earlier, answer.cover)
    # Where no assignment was found, the explorer starts from today's.
    loads = loads_html(answer.loads, start="start" if "start" in earlier.columns else "today")
    return f"{STYLE}{WRAPPED}{loads}{cover}{who}"


def loads_html(loads: pd.DataFrame, *, start: str) -> str:
    """Return the picture of the loads in numbers, as an HTML table that unfolds.

    Parameters
    ----------
    loads
        Of an answer.
    start
        What the explorer started from: "start", its own assignment, or "today".

    Examples
    --------
    >>> loads = pd.DataFrame({"name": ["Li & Co"], "hours_per_year": [60.0], "fair_hours": [70.0],
    ...                       "capacity_hours": [80.0], "hours_at_start": [50.0]}, index=["M1"])
    >>> "Li &amp; Co" in loads_html(loads, start="start")
    True
    """
    shown = LOADS | {"hours_at_start": HEADS[start]}
    heads = [("Manager", "t"), *((head, "") for head in shown.values())]
    body = "".join(
        _row([("t name", _text(row["name"])), *(("", f"{row[one]:,.0f}") for one in shown)])
        for row in loads.to_dict("records")
    )
    table = _table("Load of each manager, hours a year", heads, body)
    return f"<details><summary>The picture in numbers</summary>{table}</details>"


def accounts_html(rows: pd.DataFrame, *, with_contacts: bool) -> str:
    """Return who looks after whom as an HTML table, those who moved marked.

    Names are text there, whatever they contain.

    Parameters
    ----------
    rows
        Of an answer.
    with_contacts
        Whether contacts are known.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["Tom & <b>Co"], "hours": [60.0], "manager": ["Li"],
    ...     "before": ["Eva"], "today": ["Eva"], "is_moved": [True], "is_new": [False],
    ...     "lacks": ["finance"], "contacts": 0, "nobody": 0, "elsewhere": 0}, index=["a"])
    >>> ">Tom &amp; &lt;b&gt;Co</td>" in accounts_html(rows, with_contacts=False)
    True
    """
    with_today = rows["today"].notna().any()
    with_lacks = (rows["lacks"] != "").any()
    heads = [("Account", "t"), ("Manager", "t"), ("Change", "t"), ("Hours", "")]
    heads += [("Today", "t")] if with_today else []
    heads += [("Its manager lacks", "t")] if with_lacks else []
    heads += [("Contacts", ""), ("with nobody", ""), ("to hand over", "")] if with_contacts else []
    body = []
    for row in rows.to_dict("records"):
        cells = [
            ("t name", _text(row["name"])),
            ("t", _text(row["manager"])),
            ("t", _change(row)),
            ("", f"{row['hours']:,.0f}"),
        ]
        if with_today:
            cells.append(("t", _text(row["today"])))
        if with_lacks:
            cells.append(("t name", html.escape(row["lacks"])))
        if with_contacts:
            counts = (row["contacts"], row["nobody"], row["elsewhere"])
            cells += [("", f"{count:,}" if count else "–") for count in counts]
        body.append(_row(cells))
    return _table("Who looks after whom", heads, "".join(body))


def cover_html(earlier: pd.DataFrame, cover: pd.Series) -> str:
    """Return the measures today, at the start and now as an HTML table.

    What is better or worse than at the start, or than today where there is none, is marked.

    Parameters
    ----------
    earlier
        From `what_if.earlier_cover`.
    cover
        Of an answer.

    Examples
    --------
    >>> earlier = pd.DataFrame({"start": [0.0]}, index=["rival_pairs"])
    >>> "1 <b" in cover_html(earlier, pd.Series({"rival_pairs": 1.0}))
    True
    """
    shown = earlier.reindex(cover.index)
    against = shown.columns[-1] if shown.shape[1] else None
    shown = shown.assign(now=cover)
    heads = [("Cover", "t"), *((HEADS[str(column)], "") for column in shown.columns)]
    body = ""
    for measure, row in shown.iterrows():
        texts = {column: _measure(str(measure), value) for column, value in row.items()}
        if against is not None and texts["now"] != texts[against]:
            texts["now"] += _better_or_worse(str(measure), row["now"], row[against])
        cells = [("t name", html.escape(MEASURES[str(measure)]))]
        body += _row([*cells, *(("", text) for text in texts.values())])
    return _table("How well the accounts are covered", heads, body)


def kept_html(settings: Settings) -> str:
    """Return the capacity as HTML with lines for the notebook's cell of parameters.

    Examples
    --------
    >>> "share_for_accounts = 0.7" in kept_html(Settings(1760.0, 0.7))
    True
    """
    return (
        '<p style="margin:10px 0 2px">To keep this capacity, in the notebook\'s parameters '
        "(who comes and who leaves belongs into managers.csv, a new key account into the "
        'selection):</p><pre style="margin:0;white-space:pre-wrap;font-size:12px;line-height:1.4">'
        f"hours_per_year = {settings.hours_per_year:.10g}\n"
        f"share_for_accounts = {settings.share_for_accounts:.10g}</pre>"
    )


def _measure(measure: str, value: float) -> str:
    if math.isnan(value):
        return "–"
    return percent(value) if measure in SHARES else f"{value:,.0f}"


def _better_or_worse(measure: str, now: float, before: float) -> str:
    """Return the word in its colour, for who sees no colour too."""
    if math.isnan(now) or math.isnan(before):
        return ""
    is_better = (now > before) == (measure in MORE_IS_BETTER)
    colour, word = (GREEN, "better") if is_better else (VERMILLION, "worse")
    return f' <b style="color:{letters(colour)}">{word}</b>'


def _change(row: dict) -> str:
    if row["is_new"]:
        return f'<b style="color:{letters(GREEN)}">new</b>'
    if row["is_moved"]:
        return f'<b style="color:{letters(BLUE)}">moved</b> from {_text(row["before"])}'
    return ""


def _text(name: object) -> str:
    return html.escape(name) if isinstance(name, str) else f"<em>{NOBODY}</em>"


def _row(cells: list[tuple[str, str]]) -> str:
    return "<tr>" + "".join(f'<td class="{kind}">{said}</td>' for kind, said in cells) + "</tr>"


def _table(caption: str, heads: list[tuple[str, str]], body: str) -> str:
    head = "".join(f'<th class="{kind}" scope="col">{word}</th>' for word, kind in heads)
    return (
        '<div style="overflow-x:auto"><table class="kam-list kam-role">'
        f'<caption style="text-align:left;font-weight:bold;padding:8px 0 2px">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
