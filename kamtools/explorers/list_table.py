"""The list of the selection explorer as an HTML table."""

import html
from collections.abc import Callable

import pandas as pd

from kamtools.explorers.selection_words import account_names
from kamtools.plots.acceptability import COLOURS
from kamtools.plots.contrast import letters
from kamtools.plots.style import BLUE, VERMILLION, short_money
from kamtools.wording import percent

MOST_CONTENDERS = 10
STYLE = (
    "<style>.kam-list{border-collapse:collapse;font-size:13px;line-height:1.35}"
    ".kam-list th,.kam-list td{padding:2px 8px;text-align:right;white-space:nowrap;"
    "border-bottom:1px solid rgba(128,128,128,.25)}"
    ".kam-list th.t,.kam-list td.t{text-align:left}"
    ".kam-list td.name{white-space:normal;min-width:9em}"
    ".kam-list th.out{padding-top:10px;font-weight:normal;font-style:italic}"
    ".kam-list i{display:inline-block;width:9px;height:9px;border-radius:50%;"
    "margin-right:5px}.kam-table .widget-html-content{min-width:0}</style>"
)


def rows_shown(listed: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the chosen accounts, and those outside the list that are worth a look.

    Parameters
    ----------
    listed
        As `what_if` returns it.

    Returns
    -------
    two tables of the columns of `listed`
        The second holds who went out, who has no hours, and the likeliest of those to be
        argued about.

    Examples
    --------
    >>> listed = pd.DataFrame({"rank": [1, 2, 3], "is_chosen": [True, False, False],
    ...     "was_chosen": [True, False, False], "verdict": ["in", "argue about it", "out"],
    ...     "p_top_k": [0.9, 0.5, 0.0]}, index=["a", "b", "c"])
    >>> [table.index.tolist() for table in rows_shown(listed)]
    [['a'], ['b']]
    """
    is_told = listed["was_chosen"].copy()
    if "is_pushed_out" in listed:
        is_told |= listed["is_pushed_out"]
    if "verdict" in listed:
        near = listed[~listed["is_chosen"] & (listed["verdict"] != "out")]
        likeliest = near["p_top_k"].sort_values(ascending=False, kind="stable").index
        is_told |= listed.index.isin(likeliest[:MOST_CONTENDERS])
    outside = listed[~listed["is_chosen"] & is_told]
    return listed[listed["is_chosen"]], outside.sort_values("rank", kind="stable")


def list_html(listed: pd.DataFrame, names: pd.Series) -> str:
    """Return the chosen accounts, then those outside who are worth a look, as an HTML table.

    Names are text there, whatever they contain.

    Parameters
    ----------
    listed
        As `what_if` returns it.
    names
        Name by account_id.

    Examples
    --------
    >>> listed = pd.DataFrame(
    ...     {"rank": [1], "score": [0.7], "revenue": [2e6], "rank_by_sales": [3],
    ...      "is_chosen": [True], "was_chosen": [True], "in_sales_list": [True]}, index=["a"]
    ... )
    >>> ">Tom &amp; &lt;b&gt;Co</td>" in list_html(listed, pd.Series({"a": "Tom & <b>Co"}))
    True
    """
    chosen, outside = (
        rows.assign(name=account_names(rows.index, names)) for rows in rows_shown(listed)
    )
    shown = pd.concat([chosen, outside])
    columns = _columns(listed, with_changes=any(_change(row) for _, row in shown.iterrows()))
    heads = "".join(f'<th class="{kind}" scope="col">{head}</th>' for head, kind, _ in columns)
    body = _rows(chosen, columns)
    if len(outside):
        body += (
            f'<tr><th class="t out" colspan="{len(columns)}" scope="colgroup">Not on the list</th>'
            f"</tr>{_rows(outside, columns)}"
        )
    return (
        f'{STYLE}<div style="overflow-x:auto"><table class="kam-list"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


Column = tuple[str, str, Callable[[pd.Series], str]]
"""Head, kind (a class of CSS) and what is written for an account."""


def _columns(listed: pd.DataFrame, *, with_changes: bool) -> list[Column]:
    columns: list[Column] = [
        ("Rank", "", lambda row: f"{row['rank']:,}"),
        ("Account", "t name", lambda row: html.escape(row["name"])),
    ]
    if with_changes:
        columns.append(("Change", "t", _change))
    if "verdict" in listed:
        columns.append(("Verdict", "t", _verdict))
    columns += [
        ("Score", "", lambda row: f"{row['score']:.3f}"),
        ("Sales", "", lambda row: short_money(row["revenue"])),
        ("By sales", "", lambda row: f"{row['rank_by_sales']:,}"),
    ]
    if "hours" in listed:
        columns.append(("Hours", "", lambda row: f"{row['hours']:,.0f}"))
    if "cell" in listed:
        columns.append(("Matrix", "t", lambda row: row["cell"].capitalize()))
    return columns


def _rows(listed: pd.DataFrame, columns: list[Column]) -> str:
    return "".join(
        "<tr>" + "".join(f'<td class="{kind}">{said(row)}</td>' for _, kind, said in columns)
        + "</tr>"
        for _, row in listed.iterrows()
    )  # fmt: skip


def _verdict(row: pd.Series) -> str:
    colour = COLOURS[row["verdict"]]
    return f'<i style="background:{colour}"></i>{row["verdict"]}, {percent(row["p_top_k"])}'


def _change(row: pd.Series) -> str:
    words = []
    if row["is_chosen"] != row["was_chosen"]:
        colour, word = (BLUE, "came in") if row["is_chosen"] else (VERMILLION, "went out")
        words.append(f'<b style="color:{letters(colour)}">{word}</b>')
    if row.get("is_pushed_out", False):
        words.append("no hours left")
    return ": ".join(words)
